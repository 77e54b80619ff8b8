// SPDX-License-Identifier: MIT
// target.mjs - a demonstration to attack: requests of any shape, its pages and forms, and all that
// its database holds.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { request } from "node:http";
import { connect } from "node:net";
import { promisify } from "node:util";
import { Person } from "../browser/lib/person.mjs";
import { Service } from "../browser/lib/service.mjs";

const run = promisify(execFile);
const RAW_MS = 1500;
const DUMP_BYTES_MAX = 256 * 1024 * 1024;
const PAGES_OF_A_KIND = 3;
const PAGES_MAX = 600;

export const LEAD = "lead@demo.example";
export const EVIL = "evil.example";

/** What every look at a record writes, by design, and the number of downloads of a document. */
const NOTES_OF_LOOKS = /^INSERT INTO (audit_event|audit_chain|oversight_look|resource_download) /;

const decode = (text) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const attribute = (tag, name) => {
  const found = tag.match(new RegExp(`\\s${name}="([^"]*)"`));
  return found ? decode(found[1]) : undefined;
};

/** The forms of a page: where each goes, and what it holds before anybody types. */
export function formsOf(text) {
  return [...text.matchAll(/<form\b[^>]*>.*?<\/form>/gs)].map(([form]) => {
    const head = form.match(/<form\b[^>]*>/)[0];
    const fields = {};
    for (const [tag] of form.matchAll(/<(input|textarea|select|button)\b[^>]*>/g)) {
      const name = attribute(tag, "name");
      if (name) fields[name] ??= attribute(tag, "value") ?? "";
    }
    return { action: attribute(head, "action"), method: attribute(head, "method"), fields };
  });
}

export class Target {
  /** A demonstration and its lead, signed in; from then on no job runs, so that nothing but what
   * is sent changes the database. */
  static async start() {
    const target = new Target();
    target.service = await Service.start({ filled: true });
    target.base = target.service.base;
    target.lead = await new Person(target.base).signIn(LEAD, { needsSecond: true });
    await target.service.kill();
    target.service.env.ONWARD_JOB_WORKERS_COUNT = "0";
    await target.service.serve();
    return target;
  }

  stop() {
    return this.service.stop();
  }

  /** One request with exactly these headers (and Host, unless there is one). */
  ask(method, path, { headers = {}, body } = {}) {
    return new Promise((resolve, reject) => {
      const { port } = this.service;
      const options = { host: "127.0.0.1", port, method, path, headers, agent: false };
      const sent = request(options, (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => {
          this.noteCookie(headers.Cookie, answer.headers["set-cookie"]);
          const text = Buffer.concat(parts).toString("latin1");
          resolve({ code: answer.statusCode, headers: answer.headers, text });
        });
        answer.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }

  /** The lead's browser takes the cookie that it is given. */
  noteCookie(sent, given) {
    const cookie = given?.[0].split(";")[0];
    if (cookie && sent === this.lead.cookie) this.lead.cookie = cookie;
  }

  /** A form as a browser sends it. */
  post(path, fields, headers = {}) {
    const type = "application/x-www-form-urlencoded";
    return this.ask("POST", path, {
      headers: { Cookie: this.lead.cookie, "Content-Type": type, ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** Whatever comes back for these bytes until the line closes or some time has passed. */
  raw(bytes, ms = RAW_MS) {
    return new Promise((resolve) => {
      let heard = "";
      const socket = connect(this.service.port, "127.0.0.1", () => socket.write(bytes, "latin1"));
      const end = () => {
        socket.destroy();
        resolve(heard);
      };
      const clock = setTimeout(end, ms);
      socket.on("data", (part) => (heard += part.toString("latin1")));
      socket.on("error", () => {});
      socket.on("close", () => {
        clearTimeout(clock);
        resolve(heard);
      });
    });
  }

  /** All that is kept, as lines; without the notes of looks. */
  async dump() {
    const { path } = this.service.database;
    const options = { maxBuffer: DUMP_BYTES_MAX };
    const { stdout } = await run("sqlite3", ["-readonly", path, ".dump"], options);
    return stdout.split("\n").filter((line) => !NOTES_OF_LOOKS.test(line));
  }

  /** Fails when anything is kept that was not, or the reverse. */
  async changedNothing(before, what) {
    const after = await this.dump();
    const old = new Set(before);
    const now = new Set(after);
    const lines = [
      ...after.filter((line) => !old.has(line)).map((line) => `+ ${line.slice(0, 200)}`),
      ...before.filter((line) => !now.has(line)).map((line) => `- ${line.slice(0, 200)}`),
    ];
    assert.deepEqual(lines.slice(0, 10), [], what);
  }

  /** Paths of the program with their methods, values filled in with something. */
  routes() {
    return this.service
      .command("routes")
      .split("\n")
      .map((line) => line.match(/^(\w+)\s+(\/\S*)\s/))
      .filter(Boolean)
      .map(([, method, path]) => ({ method, path: path.replaceAll(/:\w+/g, "1") }));
  }

  /** Follows the links of pages, as the lead; gives the pages and their forms, some of each kind. */
  async crawl() {
    const waiting = ["/", "/desk", "/account", "/account/roles", "/pledges/sign", "/claim", "/concern"];
    const kinds = new Map();
    const seen = new Set(waiting);
    const pages = [];
    const forms = [];
    const kindOf = (path) => path.replace(/\?.*/, "?").replaceAll(/[A-Z0-9]*\d[\w-]*|[A-Z]{2}-[\w-]+/g, "*");
    const add = (href) => {
      if (!href.startsWith("/") || href.startsWith("/assets/") || seen.has(href)) return;
      const kind = kindOf(href);
      if ((kinds.get(kind) ?? 0) >= PAGES_OF_A_KIND) return;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      seen.add(href);
      waiting.push(href);
    };
    while (waiting.length > 0 && pages.length < PAGES_MAX) {
      const path = waiting.shift();
      const answer = await this.ask("GET", path, { headers: { Cookie: this.lead.cookie } });
      assert.ok(answer.code < 500, `${path}: ${answer.code}`);
      pages.push(path);
      if (answer.headers.location) add(answer.headers.location);
      if (!String(answer.headers["content-type"]).startsWith("text/html")) continue;
      for (const [, href] of answer.text.matchAll(/<a\b[^>]*\shref="([^"#]+)/g)) add(decode(href));
      for (const form of formsOf(answer.text))
        if (form.method === "post") forms.push({ ...form, page: path });
    }
    return { pages, forms: this.apart(forms, kindOf) };
  }

  /** One form of each kind. */
  apart(forms, kindOf) {
    const kinds = new Map();
    for (const form of forms) {
      const kind = `${kindOf(form.action)} ${Object.keys(form.fields)}`;
      if (!kinds.has(kind)) kinds.set(kind, form);
    }
    return [...kinds.values()];
  }
}
