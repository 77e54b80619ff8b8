// SPDX-License-Identifier: MIT
// kill.test.mjs - kill -9 in the middle of writing and of sending mail.
//
// People save answers, send pledges, sign them by the mailed links and sign in by mailed codes, all
// at once.  In each round the process is killed at some instant after each of them had something
// acknowledged.  Whatever was answered is then looked for in the service that starts again;
// whatever was not answered may be there or not, but never by half, and asking for it again does it
// once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { CODE, Person } from "../browser/lib/person.mjs";
import { leaderOf, sendPledge } from "../browser/lib/pledge.mjs";
import { until } from "../browser/lib/until.mjs";
import { Victim } from "./victim.mjs";

const ROUNDS = 6;
const SAVERS = 4;
const SENDERS = 3;
const PAUSE_MS = 100;
const BATCH = 2; // pledges that a sender sends before it signs them
const LONGEST_LIFE_MS = 1500; // after the first acknowledgements

let victim, untouched; // code of an organisation of which no pledge is sent

before(async () => {
  victim = new Victim();
  await victim.start();
  untouched = victim.nextOrganisation();
});

after(() => victim?.stop());

/** What one round's people know. */
class Round {
  constructor(number) {
    this.number = number;
    this.isKilled = false;
    this.saved = []; // drafts, and the names that were taken for them
    this.sent = []; // pledges: code; reference and link once they were answered
    this.signedIn = [];
  }

  /** Everybody had something acknowledged. */
  isBegun() {
    const names = this.saved.filter(({ name }) => name !== "");
    const signed = this.sent.filter(({ link }) => link !== null);
    return names.length === SAVERS && signed.length >= SENDERS && this.signedIn.length > 0;
  }

  /** What the newest message to this address says, when it has come. */
  mailTo(address, pattern) {
    return until(`mail to ${address}`, () => {
      if (this.isKilled) throw new Error("nobody sends it any more");
      return victim.sink.to(address).at(-1)?.text.match(pattern)?.[0];
    });
  }
}

/** Saves a step of a draft of one's own again and again; keeps the last name that was taken. */
async function save(round, i) {
  const person = new Person(victim.base);
  await person.ask("/pledges/sign");
  const draft = await person.send("/pledges/sign", {});
  const path = `${draft.split("/").slice(0, 4).join("/")}/leader`;
  const kept = { person, path, name: "", sent: "" };
  await person.send(path.replace(/leader$/, "organisation"), { organisation: untouched });
  round.saved.push(kept);
  for (let n = 0; ; n++) {
    kept.sent = `Saver ${round.number}-${i}-${n}`;
    await person.ask(path);
    await person.send(path, {
      leader_name: kept.sent,
      leader_title: "Chief",
      leader_email: "a@b.example",
    });
    kept.name = kept.sent;
  }
}

/** Sends pledges of one organisation after the other, and signs each as its leader. */
async function sendAndSign(round) {
  // There are so many organisations: each round takes its share, and not all at once.
  for (let left = victim.share; left >= BATCH; left -= BATCH, await wait(PAUSE_MS)) {
    const batch = Array.from({ length: BATCH }, () => victim.nextOrganisation());
    const sent = batch.map((code) => ({ code, reference: null, link: null }));
    round.sent.push(...sent);
    for (const one of sent) one.reference = await sendPledge(victim.base, one.code);
    for (const one of sent) {
      const link = await round.mailTo(leaderOf(one.code), /\/pledges\/confirm\/[\w-]+/);
      const person = new Person(victim.base);
      await person.ask(link);
      await person.send(link, {});
      one.link = link;
    }
  }
}

/** Signs in by the mailed code and keeps the session that was given. */
async function signIn(round, email) {
  const person = new Person(victim.base);
  await person.askForCode(email);
  await person.typeCode(await round.mailTo(email, CODE));
  round.signedIn.push(person);
}

/** Does the work until the service is gone; only that may end it. */
async function untilKilled(work, round) {
  try {
    await work;
  } catch (error) {
    if (!round.isKilled || error.name === "AssertionError") throw error;
  }
}

async function checkSaved(round) {
  for (const { person, path, name, sent } of round.saved) {
    const { code, text } = await person.ask(path);
    assert.equal(code, 200, `the draft ${path} is gone`);
    const kept = text.match(/id="leader_name"[^>]*value="([^"]*)"/)?.[1];
    assert.ok([name, sent].includes(kept), `${path} holds ${kept}, not ${name}`);
  }
}

/** What was answered is there; what was not is there once when it is sent again. */
async function checkSent(round) {
  for (const { code, reference, link } of round.sent) {
    const again = await sendPledge(victim.base, code);
    if (reference) assert.equal(again, reference, `the pledge ${reference} is gone`);
    const count = await victim.service.query(
      `select count(*) from pledge where organisation_code = '${code}'`,
    );
    assert.equal(count, "1", `pledges of ${code}`);
    if (link) assert.match((await new Person(victim.base).ask(link)).text, /You have signed/);
  }
}

/** What exists has all of its parts, before anything has mended it. */
async function checkWhole() {
  const wrong = {
    "pledges without the event of sending": `select reference from pledge p
      where not exists (select 1 from pledge_event e where e.pledge_id = p.id and e.number = 1)`,
    "pledges without their revision": `select reference from pledge p
      where not exists (select 1 from pledge_revision r
                        where r.pledge_id = p.id and r.revision = p.revision)`,
    "pledges without two links": `select reference from pledge p
      where (select count(*) from pledge_link l where l.pledge_id = p.id) <> 2`,
    "pledges without emails to both": `select reference from pledge p
      where (select count(*) from mail m
             where m.about = p.reference and m.kind = 'pledge.sign') <> 2`,
    "signatures without a used link, or the reverse": `select reference from pledge p
      where (select count(*) from pledge_event e
             where e.pledge_id = p.id and e.kind in ('leader-signed', 'cosigner-signed'))
         <> (select count(*) from pledge_link l
             where l.pledge_id = p.id and l.used_at is not null)`,
    "drafts that were finished without a pledge": `select code from web_draft d
      where finished_at is not null
        and not exists (select 1 from pledge p where p.reference = d.reference)`,
    "emails that wait without a job": `select id from mail m
      where sent_at is null and failed_at is null and cancelled_at is null
        and not exists (select 1 from job j
                        where j.kind = 'mail.send' and j.key = cast(m.id as text)
                          and j.finished_at is null and j.given_up_at is null)`,
  };
  for (const [what, sql] of Object.entries(wrong))
    assert.equal(await victim.service.query(sql), "", what);
  await victim.service.database.check();
}

for (let number = 1; number <= ROUNDS; number++) {
  test(`what was acknowledged is there after a kill, round ${number}`, async (t) => {
    const round = new Round(number);
    const email = `lead-${number}@programme.example`;
    const lifeMs = Math.floor(Math.random() * LONGEST_LIFE_MS);
    victim.service.command("user", "create", email, "--role", "national");
    const work = [signIn(round, email)];
    for (let i = 0; i < SENDERS; i++) work.push(sendAndSign(round));
    for (let i = 0; i < SAVERS; i++) work.push(save(round, i));
    const ends = Promise.all(work.map((one) => untilKilled(one, round)));
    await Promise.race([until("the first acknowledgements", () => round.isBegun()), ends]);
    await Promise.race([wait(lifeMs), ends]);
    round.isKilled = true;
    await victim.kill();
    await ends;

    await checkWhole();
    await victim.serveAgain();
    await checkSaved(round);
    await checkSent(round);
    for (const person of round.signedIn)
      assert.equal((await person.ask("/account")).code, 200, "a session is gone");
    await victim.drain();
    const doubles = await victim.checkMail();
    victim.service.command("check");
    t.diagnostic(
      `killed ${lifeMs} ms after the first acknowledgements: ${round.sent.length} pledges begun, ` +
        `${victim.sink.taken.length} messages so far, ${doubles} of them twice`,
    );
  });
}
