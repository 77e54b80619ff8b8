// SPDX-License-Identifier: MIT
// sink.mjs - a mail server for the kill tests: takes every message and keeps it.
//
// `at(stage, message)` is asked at each stage of a delivery and may take its time, for instance to
// kill the sender.  The stages, in their order: "EHLO", "MAIL", "RCPT", "DATA", "half" (the first
// bytes of the message are here), "whole" (all of it is here, and from now on it counts as taken),
// "taken" (the sender was told so).  When it gives DROP, the line breaks there; one that broke
// before "whole" took nothing.
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

const ANSWERS = {
  EHLO: "250 sink",
  HELO: "250 sink",
  MAIL: "250 yes",
  RCPT: "250 yes",
  DATA: "354 go on",
  RSET: "250 yes",
  NOOP: "250 yes",
  QUIT: "221 bye",
};

export const DROP = "drop";

const END = "\r\n.\r\n";

/** The text of a message as people read it: quoted-printable undone. */
function readable(data) {
  const bytes = data
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** One connection: commands line by line, and messages up to their dot. */
class Line {
  constructor(sink, socket, number) {
    Object.assign(this, { sink, socket, number, bytes: "", message: null, isData: false });
    this.work = Promise.resolve();
    socket.on("data", (part) => {
      this.bytes += part.toString("latin1");
      this.work = this.work.then(() => this.read());
    });
    socket.on("error", () => {}); // the sender was killed
    this.say("220 sink");
  }

  /** False when the line breaks at this stage. */
  async goesOn(stage, message) {
    if ((await this.sink.at(stage, message)) !== DROP) return true;
    this.isBroken = true;
    this.socket.destroy();
    return false;
  }

  say(answer) {
    if (!this.socket.destroyed) this.socket.write(`${answer}\r\n`);
  }

  async read() {
    while (!this.isBroken) {
      if (this.isData && !(await this.readMessage())) return;
      const end = this.bytes.indexOf("\r\n");
      if (end < 0) return;
      const command = this.bytes.slice(0, end);
      this.bytes = this.bytes.slice(end + 2);
      await this.obey(command);
    }
  }

  async obey(command) {
    const verb = command.slice(0, 4).toUpperCase();
    if (verb === "MAIL") this.message = { to: "", line: this.number };
    if (verb === "RCPT") this.message.to = command.match(/<(.*)>/)[1];
    if (!(await this.goesOn(verb, this.message))) return;
    this.isData = verb === "DATA";
    this.say(ANSWERS[verb] ?? "500 what");
    if (verb === "QUIT") this.socket.end();
  }

  /** True when the message is whole and was taken. */
  async readMessage() {
    if (this.bytes !== "" && !this.message.isBegun) {
      this.message.isBegun = true;
      if (!(await this.goesOn("half", this.message))) return false;
    }
    const end = this.bytes.indexOf(END);
    if (end < 0) return false;
    const data = this.bytes.slice(0, end);
    this.bytes = this.bytes.slice(end + END.length);
    this.isData = false;
    const id = data.match(/^Message-Id: *(?:\r\n )?<(.*)>/im)[1];
    const message = { ...this.message, id, text: readable(data), at: Date.now() };
    this.sink.taken.push(message);
    if (!(await this.goesOn("whole", message))) return false;
    this.say("250 taken");
    return this.goesOn("taken", message);
  }
}

export class Sink {
  taken = []; // every message, in order, twice when it came twice
  at = async () => {};
  lines = new Set(); // that are open

  static async open() {
    const sink = new Sink();
    let lines = 0;
    sink.server = createServer((socket) => {
      const line = new Line(sink, socket, (lines += 1));
      sink.lines.add(line);
      socket.on("close", () => line.work.then(() => sink.lines.delete(line)));
    });
    await new Promise((resolve) => sink.server.listen(0, "127.0.0.1", resolve));
    sink.url = `smtp://127.0.0.1:${sink.server.address().port}`;
    return sink;
  }

  /** The messages to this address, the oldest first. */
  to(address) {
    return this.taken.filter((message) => message.to === address);
  }

  /** How often each message came, by its id. */
  counts() {
    const counts = new Map();
    for (const { id } of this.taken) counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts;
  }

  /** After the sender died: until all that it had sent is read. */
  async settle() {
    while (this.lines.size > 0) await wait(5);
  }

  close() {
    for (const { socket } of this.lines) socket.destroy();
    return new Promise((resolve) => this.server.close(resolve));
  }
}
