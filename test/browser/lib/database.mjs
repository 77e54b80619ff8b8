// SPDX-License-Identifier: MIT
// database.mjs - the database of one service: a SQLite file, or a database of its own in the
// PostgreSQL server that ONWARD_TEST_DATABASE names (see test/with-postgresql).
//
// Tests ask it what is there, read only, by the programs of the two themselves.  They change it
// only where nothing else will do: no setting moves the clock, so to let a time run out a test
// moves the time that is kept.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROWS_BYTES_MAX = 64 * 1024 * 1024;

let made = 0;

async function answer(program, words, env = {}) {
  const options = { env: { ...process.env, ...env }, maxBuffer: ROWS_BYTES_MAX };
  return (await run(program, words, options)).stdout.trim();
}

class Sqlite {
  constructor(folder) {
    this.path = join(folder, "onward.db");
    this.url = `sqlite:${this.path}`;
  }

  async create() {}

  /** What a query finds: a line a row, its values between bars. */
  query(sql) {
    return answer("sqlite3", ["-readonly", "-cmd", ".timeout 10000", this.path, sql]);
  }

  /** Changes what is kept. */
  change(sql) {
    return answer("sqlite3", ["-bail", "-cmd", ".timeout 10000", this.path, sql]);
  }

  tables() {
    return this.query("select name from sqlite_master where type = 'table' order by name");
  }

  async check() {
    assert.equal(await this.query("pragma integrity_check"), "ok");
  }

  async remove() {} // with its folder
}

class Postgresql {
  constructor(server) {
    this.server = server;
    this.name = `onward_${process.pid}_${(made += 1)}`;
    this.url = server.replace("/postgres?", `/${this.name}?`);
  }

  psql(url, sql, options = "") {
    const words = ["-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql];
    return answer("psql", words, { PGOPTIONS: options });
  }

  create() {
    return this.psql(this.server, `create database ${this.name}`);
  }

  query(sql) {
    return this.psql(this.url, sql, "-c default_transaction_read_only=on");
  }

  change(sql) {
    return this.psql(this.url, sql);
  }

  tables() {
    return this.query("select tablename from pg_tables where schemaname = 'public' order by 1");
  }

  async check() {} // the server looks after its own

  remove() {
    return this.psql(this.server, `drop database ${this.name} with (force)`);
  }
}

export function databaseFor(folder) {
  const server = process.env.ONWARD_TEST_DATABASE;
  return server ? new Postgresql(server) : new Sqlite(folder);
}
