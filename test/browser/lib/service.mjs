// SPDX-License-Identifier: MIT
// service.mjs - the program, serving a new database of its own while a file of tests runs.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { databaseFor } from "./database.mjs";

const binary =
  process.env.ONWARD_BINARY ?? fileURLToPath(new URL("../../../build/onward", import.meta.url));

const START_LOOK_MS = 50;
const START_TRIES = 600;

export const LEAD = "national.lead@programme.example";

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export class Service {
  /** A service with reference data and, when asked, with what the demonstration shows.  settings:
   * what else it is set to, as variables of its environment. */
  static async start({ filled = false, settings = {} } = {}) {
    const service = new Service();
    service.folder = mkdtempSync(join(process.env.ONWARD_TEST_FOLDER ?? tmpdir(), "onward-"));
    service.port = await freePort();
    service.base = `http://127.0.0.1:${service.port}`;
    service.database = databaseFor(service.folder);
    await service.database.create();
    service.env = {
      ...process.env,
      ONWARD_DATABASE: service.database.url,
      ONWARD_LISTEN: `127.0.0.1:${service.port}`,
      ONWARD_BASE_URL: service.base,
      ONWARD_DEMONSTRATION: "yes",
      ONWARD_REQUESTS_PER_MINUTE_COUNT: "0",
      ...settings,
    };
    if (filled) service.command("demo", "--only-fill", "--pledges", "40");
    else service.command("migrate");
    service.command("user", "create", LEAD, "--role", "national");
    await service.serve();
    return service;
  }

  /** Another process that serves the same database under the same name; end() it before stop(). */
  async another() {
    const other = new Service();
    const port = await freePort();
    Object.assign(other, { folder: this.folder, database: this.database, port });
    other.base = `http://127.0.0.1:${port}`;
    other.env = { ...this.env, ONWARD_LISTEN: `127.0.0.1:${port}` };
    await other.serve();
    return other;
  }

  command(...words) {
    return execFileSync(binary, words, { env: this.env, cwd: this.folder, encoding: "utf8" });
  }

  /** What a query finds in its database, see database.mjs. */
  query(sql) {
    return this.database.query(sql);
  }

  async serve() {
    this.logPath = join(this.folder, `serve-${this.port}.log`);
    const log = openSync(this.logPath, "a");
    this.process = spawn(binary, ["serve"], {
      env: this.env,
      cwd: this.folder,
      stdio: ["ignore", log, log],
    });
    this.ended = new Promise((resolve) =>
      this.process.on("exit", (code, signal) => resolve(signal ?? code)),
    );
    this.note();
    for (let i = 0; i < START_TRIES; i++) {
      try {
        if ((await fetch(`${this.base}/health`)).ok) return;
      } catch {
        assert.equal(this.process.exitCode, null, `the service ended: ${this.log()}`);
      }
      await wait(START_LOOK_MS);
    }
    assert.fail(`the service does not answer: ${this.log()}`);
  }

  /** Sees to it that the process ends with the tests, however these end. */
  note() {
    const { pid } = this.process;
    const folder = process.env.ONWARD_TEST_FOLDER;
    const file = folder && join(folder, `${pid}.pid`);
    const killer = () => this.process.kill("SIGKILL");
    if (file) writeFileSync(file, String(pid));
    process.on("exit", killer);
    this.ended.then(() => {
      process.off("exit", killer);
      if (file) rmSync(file, { force: true }); // the number may soon be that of another process
    });
  }

  log() {
    return readFileSync(this.logPath, "utf8");
  }

  /** What was answered with a 5xx since the start, as lines of /metrics. */
  async faults() {
    const text = await (await fetch(`${this.base}/metrics`)).text();
    return text.split("\n").filter((line) => /^onward_requests_total\{.*"5xx".*\} [1-9]/.test(line));
  }

  /** As when the power fails. */
  async kill() {
    this.process.kill("SIGKILL");
    await this.ended;
  }

  /** Ends the process; what it returns says what was wrong with how it ran. */
  async end() {
    const faults = await this.faults();
    this.process.kill("SIGTERM");
    const ended = await this.ended;
    const log = this.log();
    return () => Service.judge(faults, ended, log);
  }

  /** Ends it, removes what it kept, and says what was wrong with how it ran. */
  async stop() {
    const judge = await this.end();
    this.command("check");
    await this.database.remove();
    rmSync(this.folder, { recursive: true, force: true });
    judge();
  }

  static judge(faults, ended, log) {
    assert.deepEqual(faults, [], `a request failed on our side:\n${log.slice(-4000)}`);
    assert.equal(ended, 0, `the service did not end well: ${log.slice(-4000)}`);
  }
}
