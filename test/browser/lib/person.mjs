// SPDX-License-Identifier: MIT
// person.mjs - one person's browser, without a window.
//
// In a demonstration anybody may read the outbox, so a person signs in by its pages: run as a
// program, `node person.mjs BASE EMAIL` prints the cookie of somebody who has signed in.
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const LOOK_MS = 100;
const LOOKS = 300;

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

  /** The newest code that was mailed to the address, in a demonstration. */
  async mailedCode(email) {
    for (let i = 0; i < LOOKS; i++) {
      const { text } = await this.ask("/desk/outbox");
      const row = text.split("<tr").find((part) => part.includes(email));
      const href = row?.match(/href="(\/desk\/outbox\/\d+)"/)?.[1];
      const mail = href ? (await this.ask(href)).text : "";
      const code = mail.match(/\b\d{3} ?\d{3}\b(?=[^>]*<)/)?.[0];
      if (code) return code;
      await wait(LOOK_MS);
    }
    return assert.fail(`no code was mailed to ${email}`);
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

  async signIn(email, { needsSecond = false } = {}) {
    await this.ask("/sign-in");
    await this.send("/sign-in", { email });
    const code = await this.mailedCode(email);
    await this.ask("/sign-in/code");
    await this.send("/sign-in/code", { code });
    if (needsSecond) await this.secondStep();
    await this.ask("/account"); // its form token is the one to send from now on
    return this;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [base, email] = process.argv.slice(2);
  const person = await new Person(base).signIn(email, { needsSecond: true });
  console.log(person.cookie);
}
