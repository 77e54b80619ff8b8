// SPDX-License-Identifier: MIT
// person.mjs - one person's browser, without a window.
//
// In a demonstration anybody may read the outbox, so a person signs in by its pages: run as a
// program, `node person.mjs BASE EMAIL` prints the cookie of somebody who has signed in.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { until } from "./until.mjs";

const OFTEN = { lookMs: 100, atMostMs: 30000 };

/** A code to sign in with, as emails have it. */
export const CODE = /\b\d{3} ?\d{3}\b/;

export class Person {
  cookie = "";
  token = "";

  constructor(base) {
    this.base = base;
  }

  /** The same browser at another node of the service. */
  at(base) {
    return Object.assign(new Person(base), { cookie: this.cookie, token: this.token });
  }

  async ask(path, form, headers = {}) {
    const answer = await fetch(new URL(path, this.base), {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: {
        Cookie: this.cookie,
        ...(form && { "Content-Type": "application/x-www-form-urlencoded" }),
        ...headers,
      },
      body: form && new URLSearchParams({ form_token: this.token, ...form }).toString(),
    });
    const cookie = answer.headers.get("set-cookie");
    if (cookie) this.cookie = cookie.split(";")[0];
    const text = await answer.text();
    const token = text.match(/name="form_token" value="([^"]+)"/);
    if (token) this.token = token[1];
    return { code: answer.status, text, location: answer.headers.get("location") };
  }

  async send(path, form) {
    const answer = await this.ask(path, form);
    assert.equal(answer.code, 303, `${path}: ${answer.code}`);
    return answer.location;
  }

  /** The paths of the emails to the address, in a demonstration. */
  async mailsTo(email) {
    const { text } = await this.ask("/desk/outbox");
    const rows = text.split("<tr").filter((row) => row.includes(email));
    return rows.map((row) => row.match(/href="(\/desk\/outbox\/\d+)"/)?.[1]).filter(Boolean);
  }

  /** The code of an email to the address that is not among `known`. */
  mailedCode(email, known) {
    const find = async () => {
      const fresh = (await this.mailsTo(email)).find((mail) => !known.includes(mail));
      const text = fresh ? (await this.ask(fresh)).text : "";
      return text.match(new RegExp(`${CODE.source}(?=[^>]*<)`))?.[0];
    };
    return until(`a code to ${email}`, find, OFTEN);
  }

  /** The second step: adds a phone, or types what it shows, which a demonstration says. */
  async secondStep() {
    let { text, location } = await this.ask("/sign-in/second");
    const path = location?.startsWith("/account/phone/add") ? location : "/sign-in/second";
    if (path !== "/sign-in/second") text = (await this.ask(path)).text;
    const code = text.match(/would show <strong>(\d+)</)[1];
    const answer = await this.ask(path, { code });
    assert.ok([200, 303].includes(answer.code), `the second step answered ${answer.code}`);
  }

  async askForCode(email) {
    await this.ask("/sign-in");
    await this.send("/sign-in", { email });
  }

  async typeCode(code) {
    await this.ask("/sign-in/code");
    await this.send("/sign-in/code", { code });
  }

  /** From the page for the code to the page of the own account. */
  async finishSignIn(code, { needsSecond = false } = {}) {
    await this.typeCode(code);
    if (needsSecond) await this.secondStep();
    await this.ask("/account"); // its form token is the one to send from now on
    return this;
  }

  /** The whole way in, by the code that a demonstration shows. */
  async signIn(email, how) {
    const known = await this.mailsTo(email);
    await this.askForCode(email);
    return this.finishSignIn(await this.mailedCode(email, known), how);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [base, email] = process.argv.slice(2);
  const person = await new Person(base).signIn(email, { needsSecond: true });
  console.log(person.cookie);
}
