// SPDX-License-Identifier: MIT
// nodes.test.mjs - two processes serve one database: whatever is done at one counts at the other at
// once, and what is to be done once is done once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CODE, Person } from "../browser/lib/person.mjs";
import {
  ACTION,
  NO_UNION,
  cosignerOf,
  leaderOf,
  sendPledge,
  trustsWithoutPledge,
} from "../browser/lib/pledge.mjs";
import { Service } from "../browser/lib/service.mjs";
import { until } from "../browser/lib/until.mjs";
import { Sink } from "../kill/sink.mjs";

const LEAD = "lead@demo.example";
const CODE_TRIES = 5; // ACCESS_CODE_TRIES
const CODES_AN_HOUR = 6; // ACCESS_CODES_AN_HOUR
const PASSWORD = "plaid umbrella teaspoon";
const HOUR_SECS = 3600;

let sink, one, two, organisations;

before(async () => {
  sink = await Sink.open();
  one = await Service.start({
    filled: true,
    settings: { ONWARD_SMTP: sink.url, ONWARD_MAIL_FROM: "pledges@programme.example" },
  });
  two = await one.another();
  organisations = await trustsWithoutPledge(one);
});

after(async () => {
  try {
    const judge = await two?.end();
    await one?.stop();
    judge?.();
  } finally {
    await sink?.close();
  }
});

const person = () => new Person(one.base);

const pledgesOf = (code) =>
  one.query(`select count(*) from pledge where organisation_code = '${code}'`);

/** The newest code that was sent to the address after so many messages. */
function codeTo(email, known) {
  const codes = () =>
    sink
      .to(email)
      .slice(known)
      .map(({ text }) => text.match(CODE)?.[0])
      .filter(Boolean);
  return until(`a code to ${email}`, () => codes().at(-1));
}

/** Asks at one node and types the code at the other. */
async function signIn(email, asking = one, typing = two) {
  const known = sink.to(email).length;
  const here = new Person(asking.base);
  await here.askForCode(email);
  const there = here.at(typing.base);
  return there.finishSignIn(await codeTo(email, known), { needsSecond: true });
}

/** What was asked so far no longer counts: an hour passes for the limits of codes. */
const anHourLater = () =>
  one.database.change(`update access_code set created_at = created_at - ${2 * HOUR_SECS}`);

test("a code asked for at one node signs in at the other, and both know the session", async () => {
  const there = await signIn(LEAD);
  const here = there.at(one.base);
  for (const browser of [there, here]) assert.equal((await browser.ask("/desk")).code, 200);
  // A form that one node made is taken by the other.
  await there.ask("/account");
  await there.at(one.base).send("/sign-out", {});
  assert.equal((await there.ask("/desk")).code, 303, "signed out at one node only");
});

test("both list the devices, and signing out everywhere at one ends all at once", async () => {
  const first = await signIn(LEAD, one, two);
  const second = await signIn(LEAD, two, one);
  for (const base of [one.base, two.base]) {
    const { code, text } = await first.at(base).ask("/account/devices");
    assert.equal(code, 200);
    const ends = text.match(/action="\/account\/devices\/\d+\/end"/g) ?? [];
    assert.equal(ends.length, 1, `${base} does not list the other device`);
  }
  await first.ask("/account");
  await first.send("/account/sign-out-everywhere", {});
  for (const browser of [first, second, first.at(one.base), second.at(two.base)])
    assert.equal((await browser.ask("/account")).code, 303, "a session went on");
});

test("a session that is ended at one node acts no more at the other", async () => {
  const victim = await signIn(LEAD, one, one);
  const other = await signIn(LEAD, two, two);
  await victim.at(two.base).ask("/account/password");
  const { text } = await other.ask("/account/devices");
  const end = text.match(/action="(\/account\/devices\/\d+\/end)"/)[1];
  await other.send(end, {});
  const answer = await victim.ask("/account/sign-out-everywhere", {});
  assert.notEqual(answer.code, 200);
  assert.equal((await other.ask("/account")).code, 200, "the ended session signed others out");
  await anHourLater();
});

test("a draft that was begun at one node is finished at the other, once", async () => {
  const code = organisations.shift();
  const here = person();
  await here.ask("/pledges/sign");
  const path = (await here.send("/pledges/sign", {})).split("/").slice(0, 4).join("/");
  const steps = {
    organisation: { organisation: code },
    leader: { leader_name: "Ada", leader_title: "Chief", leader_email: leaderOf(code) },
    "staff-side": NO_UNION,
  };
  let at = here;
  for (let i = 0; i < 20; i++) {
    at = at.at([one, two][i % 2].base);
    const { location } = await at.ask(path);
    if (!location || location.endsWith("/check")) break;
    await at.ask(location);
    const step = location.split("/").at(-1);
    await fill(at, location, steps[step]);
  }
  const check = await at.ask(`${path}/check`);
  assert.equal(check.code, 200);
  // Both nodes get the same press of the button at once, several times.
  const both = [one, two, one, two, one, two].map((node) => at.at(node.base));
  const answers = await Promise.all(both.map((browser) => browser.ask(`${path}/check`, {})));
  for (const answer of answers)
    assert.ok([303, 409, 503].includes(answer.code), `sending answered ${answer.code}`);
  assert.ok(answers.some(({ code }) => code === 303));
  assert.equal(await pledgesOf(code), "1");
  await until("the email to the leader", () => sink.to(leaderOf(code)).length > 0);
});

/** A day of the action as its three boxes have it. */
function date(name) {
  const [year, month, day] = ACTION[name].split("-");
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
}

/** Answers a step of the pledge by what its page asks for. */
async function fill(at, location, answers) {
  const { text } = await at.ask(location);
  if (answers) return at.send(location, answers);
  if (/name="intentions"/.test(text)) return at.send(location, { intentions: "tfc-1" });
  if (location.endsWith("/plan")) {
    await at.ask(`${location}/new`);
    await at.send(`${location}/new`, { ...ACTION, ...date("start_on"), ...date("due_on") });
    return at.send(location, {});
  }
  return at.send(location, {});
}

test("a pledge that is sent to both at once with one key is one pledge", async () => {
  for (let i = 0; i < 4; i++) {
    const code = organisations.shift();
    const bases = [one.base, two.base, one.base, two.base];
    const references = await Promise.all(bases.map((base) => sendPledge(base, code)));
    assert.equal(new Set(references).size, 1, references.join(" "));
    assert.equal(await pledgesOf(code), "1");
  }
});

test("wrong codes typed at one node count at the other", async () => {
  const email = "editor@demo.example";
  const known = sink.to(email).length;
  const here = person();
  await here.askForCode(email);
  const there = here.at(two.base);
  const code = (await codeTo(email, known)).replace(" ", "");
  const wrong = code === "123456" ? "123457" : "123456";
  await there.ask("/sign-in/code");
  const type = async (node, typed) =>
    (await there.at(node.base).ask("/sign-in/code", { code: typed })).code;
  for (let i = 0; i < CODE_TRIES; i++) assert.equal(await type([one, two][i % 2], wrong), 422);
  for (const node of [one, two]) assert.equal(await type(node, code), 422, "a sixth try");
});

test("asking for codes is limited over both nodes together", async () => {
  const email = "analyst@demo.example";
  const here = person();
  await here.ask("/sign-in");
  for (let i = 0; i < CODES_AN_HOUR; i++)
    assert.equal((await here.at([one, two][i % 2].base).ask("/sign-in", { email })).code, 303);
  for (const node of [one, two])
    assert.equal((await here.at(node.base).ask("/sign-in", { email })).code, 429, node.base);
  await anHourLater();
});

test("wrong passwords at one node make the other wait as well", async () => {
  const email = "nobody-yet@demo.example";
  const here = person();
  await here.ask("/sign-in");
  const codes = [];
  for (let i = 0; i < 8; i++) {
    const node = [one, two][i % 2];
    codes.push((await here.at(node.base).ask("/sign-in", { email, password: PASSWORD })).code);
  }
  assert.ok(codes.slice(0, 5).every((code) => code === 422), codes.join(" "));
  assert.ok(codes.slice(-2).every((code) => code === 429), codes.join(" "));
});

test("each mail is sent once and each job is done once while both work", async () => {
  const codes = organisations.splice(0, 12);
  await Promise.all(codes.map((code, i) => sendPledge([one, two][i % 2].base, code)));
  const waiting = `select count(*) from mail m join pledge p on p.reference = m.about
    where p.organisation_code in ('${codes.join("','")}')
      and m.sent_at is null and m.failed_at is null and m.cancelled_at is null`;
  await until("the end of the outbox", async () => (await one.query(waiting)) === "0");
  for (const code of codes)
    for (const email of [leaderOf(code), cosignerOf(code)])
      assert.equal(sink.to(email).length, 1, email);
  const counts = [...sink.counts().values()];
  assert.ok(counts.every((count) => count === 1), "a message came twice");
  const tried = await one.query(
    "select count(*) from job where finished_at is not null and attempts > 1",
  );
  assert.equal(tried, "0", "a job was begun twice");
});

test("the limit of requests holds over both nodes together", async () => {
  const LIMIT = 40;
  const MINUTE_MS = 60000;
  const first = await Service.start({
    settings: {
      ONWARD_REQUESTS_PER_MINUTE_COUNT: String(LIMIT),
      ONWARD_NODES_COUNT: "2",
      ONWARD_TRUSTED_PROXIES: "127.0.0.1",
    },
  });
  let second;
  try {
    second = await first.another();
    const began = Date.now();
    const codes = [];
    // Requests of this machine itself have no limit: these come through a proxy.
    for (let i = 0; i < LIMIT; i++)
      for (const base of [first.base, second.base]) {
        const answer = await fetch(base, { headers: { "X-Forwarded-For": "192.0.2.7" } });
        await answer.arrayBuffer();
        codes.push(answer.status);
      }
    const taken = codes.filter((code) => code === 200).length;
    const refilled = Math.ceil(((Date.now() - began) * LIMIT) / MINUTE_MS) + 2;
    assert.ok(taken >= LIMIT - 2 && taken <= LIMIT + refilled, `${taken} were answered`);
    assert.equal(codes.filter((code) => code === 429).length, codes.length - taken);
  } finally {
    const judge = await second?.end();
    await first.stop();
    judge?.();
  }
});
