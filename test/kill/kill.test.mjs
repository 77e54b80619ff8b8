// SPDX-License-Identifier: MIT
// kill.test.mjs - kill -9 in the middle of writing.
//
// People save answers, send pledges, sign them and sign in, all at once, until the process is
// killed.  Whatever was answered is then looked for in the service that starts again; whatever was
// not answered may be there or not, but never by half.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Service } from "../browser/lib/service.mjs";

const ROUNDS = 5;
const SAVERS = 4;

let service, organisations, untouched; // codes; of the last one no pledge is sent

before(async () => {
  service = await Service.start();
  organisations = service
    .sqlite(
      service.database,
      `select o.code from organisation o join organisation_record r on r.organisation_id = o.id
       where r.dropped_by is null and r.state = 'open' and o.code like 'R%'
       order by o.code`,
    )
    .split("\n");
  untouched = organisations.pop();
});

after(() => service?.stop());

/** One person's browser, without a window. */
class Person {
  cookie = "";
  token = "";

  async ask(path, form) {
    const headers = { Cookie: this.cookie };
    if (form) headers["Content-Type"] = "application/x-www-form-urlencoded";
    const answer = await fetch(new URL(path, service.base), {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers,
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
}

/** Saves a step of a draft of one's own again and again; keeps the last name that was taken. */
async function save(done, round, i) {
  const person = new Person();
  await person.ask("/pledges/sign");
  const draft = await person.send("/pledges/sign", {});
  const path = `${draft.split("/").slice(0, 4).join("/")}/leader`;
  await person.send(path.replace(/leader$/, "organisation"), { organisation: untouched });
  const kept = { person, path, name: "", sent: "" };
  done.saved.push(kept);
  for (let n = 0; ; n++) {
    kept.sent = `Saver ${round}-${i}-${n}`;
    await person.ask(path);
    await person.send(path, { leader_name: kept.sent, leader_title: "Chief", leader_email: "a@b.example" });
    kept.name = kept.sent;
  }
}

function wholePledge(code) {
  return JSON.stringify({
    organisation: code,
    leader_name: "Ada Leader",
    leader_title: "Chief executive",
    leader_email: `leader-${code}@trust.example`.toLowerCase(),
    has_union: "yes",
    union_code: "unison",
    cosigner_name: "Bo Branch",
    cosigner_title: "Branch secretary",
    cosigner_email: `branch-${code}@union.example`.toLowerCase(),
    intentions: ["tfc-1", "tfc-3"],
    actions: [
      {
        intention: "tfc-1",
        action: "Open two new ways in",
        baseline: "None yet",
        measure: "Ways in",
        target: "2",
        lead: "Head of learning",
        start_on: `${new Date().getFullYear()}-04-01`,
        due_on: `${new Date().getFullYear() + 2}-03-31`,
      },
    ],
  });
}

/** Sends pledges of one organisation after the other, and signs each as its leader. */
async function sendAndSign(done) {
  for (let code = organisations.shift(); code; code = organisations.shift()) {
    const answer = await fetch(`${service.base}/pledges/sign`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: wholePledge(code),
    });
    const text = await answer.text();
    assert.equal(answer.status, 201, text);
    const sent = { code, reference: text.match(/PL-\w{4}-\w{4}/)[0], link: null };
    done.sent.push(sent);
    const link = linkTo(`leader-${code}@trust.example`.toLowerCase());
    const person = new Person();
    await person.ask(link);
    await person.send(link, {});
    sent.link = link;
  }
}

/** Where the newest email to this address leads. */
function linkTo(address) {
  const body = service.sqlite(
    service.database,
    `select body from mail where to_address = '${address}' order by id desc limit 1`,
  );
  const [path] = body.match(/\/pledges\/confirm\/[\w-]+/);
  return path;
}

/** Signs in by the mailed code and keeps the session that was given. */
async function signIn(done, email) {
  const person = new Person();
  await person.ask("/sign-in");
  await person.send("/sign-in", { email });
  const code = await codeFor(email);
  await person.ask("/sign-in/code");
  await person.send("/sign-in/code", { code });
  done.signedIn.push(person);
}

async function codeFor(email) {
  for (let i = 0; i < 100; i++) {
    const body = service.sqlite(
      service.database,
      `select body from mail where to_address = '${email}' order by id desc limit 1`,
    );
    const code = body.match(/\b\d{3} ?\d{3}\b/);
    if (code) return code[0];
    await wait(50);
  }
  return assert.fail("no code was mailed");
}

/** Does the work until the service is gone; only that may end it. */
async function untilKilled(work, isKilled) {
  try {
    await work;
  } catch (error) {
    if (!isKilled() || error.name === "AssertionError") throw error;
  }
}

async function checkSaved(done) {
  for (const { person, path, name, sent } of done.saved) {
    if (!name) continue;
    const { code, text } = await person.ask(path);
    assert.equal(code, 200, `the draft ${path} is gone`);
    const kept = text.match(/id="leader_name"[^>]*value="([^"]*)"/)?.[1];
    assert.ok([name, sent].includes(kept), `${path} holds ${kept}, not ${name}`);
  }
}

async function checkSent(done) {
  for (const { reference, link } of done.sent) {
    const state = service.sqlite(
      service.database,
      `select count(*) from pledge where reference = '${reference}'`,
    );
    assert.equal(state, "1", `pledge ${reference} is gone`);
    if (link) assert.match((await new Person().ask(link)).text, /You have signed/);
  }
}

/** What exists has all of its parts. */
function checkWhole() {
  const none = (what, sql) => assert.equal(service.sqlite(service.database, sql), "", what);
  none(
    "pledges without the event of sending",
    `select reference from pledge p where not exists (select 1 from pledge_event e
     where e.pledge_id = p.id and e.number = 1)`,
  );
  none(
    "pledges without two links",
    `select reference from pledge p where (select count(*) from pledge_link l
     where l.pledge_id = p.id) < 2`,
  );
  none(
    "pledges without emails to both",
    `select reference from pledge p where (select count(*) from mail m
     where m.about = p.reference) < 2 and exists (select 1 from mail where about like 'PL-%')`,
  );
  assert.equal(service.sqlite(service.database, "pragma integrity_check"), "ok");
  if (service.hasCommand("check")) service.command("check");
}

for (let round = 1; round <= ROUNDS; round++) {
  test(`what was acknowledged is there after a kill, round ${round}`, async () => {
    const done = { saved: [], sent: [], signedIn: [] };
    const email = `lead-${round}@programme.example`;
    let killed = false;
    service.command("user", "create", email, "--role", "national");
    const work = [sendAndSign(done), sendAndSign(done), signIn(done, email)];
    for (let i = 0; i < SAVERS; i++) work.push(save(done, round, i));
    const ends = Promise.all(work.map((one) => untilKilled(one, () => killed)));
    await Promise.race([ends, wait(800 + 350 * round)]);
    killed = true;
    await service.kill();
    await ends;
    await service.serve();

    assert.ok(done.saved.some(({ name }) => name) && done.sent.length > 0, "nothing was done");
    await checkSaved(done);
    await checkSent(done);
    for (const person of done.signedIn)
      assert.equal((await person.ask("/account")).code, 200, "a session is gone");
    checkWhole();
  });
}
