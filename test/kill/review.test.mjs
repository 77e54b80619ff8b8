// SPDX-License-Identifier: MIT
// review.test.mjs - kill -9 while yearly reviews are written, sent and signed.
//
// One person a pledge writes its review, sends it, changes it and sends it again, version after
// version.  The process is killed at some instant after something was acknowledged.  In the service
// that starts again every version that was acknowledged is there, each is whole, and the chain of
// the pledge says just as much as there is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Person } from "../browser/lib/person.mjs";
import { Service } from "../browser/lib/service.mjs";
import { until } from "../browser/lib/until.mjs";

const ROUNDS = 4;
const LONGEST_LIFE_MS = 400; // after the first acknowledgement of a round
const BUSY = 503; // nothing was done: others were in the way, so it is sent again

let service;
const writers = [];

/** A coordinator of an organisation whose review is open and not late. */
async function writerOf([reference, code], i) {
  const email = `writer-${i}@review.example`;
  service.command("user", "create", email, "--role", "coordinator", "--area", code);
  const intentions = await service.query(
    `select i.intention from pledge_intention i join pledge p
     on p.organisation_id = i.organisation_id and p.id = i.pledge_id and p.revision = i.revision
     where p.reference = '${reference}' order by i.position`,
  );
  const person = await new Person(service.base).signIn(email);
  return { person, reference, intentions: intentions.split("\n"), sent: 0 };
}

before(async () => {
  service = await Service.start({ filled: true });
  const rows = await service.query(
    `select p.reference || ' ' || p.organisation_code from pledge p
     join review r on r.pledge_id = p.id and r.period = p.period
     join organisation_record o on o.organisation_id = p.holder_id and o.dropped_by is null
     where p.state = 'under-review' and r.due_on > '${new Date().toISOString().slice(0, 10)}'
       and o.kind <> 'integrated-care-board' order by p.id limit 3`,
  );
  for (const [i, row] of rows.split("\n").entries())
    writers.push(await writerOf(row.split(" "), i));
});

after(() => service?.stop());

/** Sends other words again and again; `sent` counts what was acknowledged. */
async function writeOn(writer) {
  const { person, reference, intentions } = writer;
  for (;;) {
    const words = {
      period: 1,
      statement: `Try ${writer.sent}, ${Date.now()}`,
      changes: "More places.",
      parts: intentions.map((intention) => ({ intention, done: "Two.", next: "Three." })),
    };
    const answer = await fetch(`${service.base}/reviews/${reference}/send`, {
      method: "POST",
      redirect: "manual",
      headers: {
        Cookie: person.cookie,
        "Content-Type": "application/json",
        "X-Form-Token": person.token,
      },
      body: JSON.stringify({ ...words, form_token: person.token }),
    });
    if (answer.status === BUSY) continue;
    assert.equal(answer.status, 303, await answer.text());
    writer.sent += 1;
  }
}

async function untilKilled(work, round) {
  try {
    await work;
  } catch (error) {
    if (!round.isKilled || error.name === "AssertionError") throw error;
  }
}

const COUNTS = {
  "a version without its event, or the reverse": `select p.reference from pledge p
    where (select count(*) from review_version v where v.pledge_id = p.id and v.period = p.period)
       <> (select count(*) from pledge_event e where e.pledge_id = p.id and e.kind = 'review-sent'
             and e.detail like 'period=' || p.period || '%')`,
  "a version without all its narratives": `select p.reference from review_version v
    join pledge p on p.id = v.pledge_id
    where (select count(*) from review_part a where a.pledge_id = v.pledge_id
             and a.period = v.period and a.version = v.version)
       <> (select count(*) from pledge_intention i where i.pledge_id = p.id
             and i.revision = p.revision)`,
  "signatures without their events, or the reverse": `select p.reference from pledge p
    where (select count(*) from review_signature s where s.pledge_id = p.id)
       <> (select count(*) from pledge_event e where e.pledge_id = p.id
             and e.kind in ('review-leader-signed', 'review-cosigner-signed'))`,
  "an open review of a pledge that is not under review": `select p.reference from pledge p
    where p.state = 'under-review' and not exists (select 1 from review r
      where r.pledge_id = p.id and r.period = p.period)`,
};

async function checkWhole() {
  for (const [what, sql] of Object.entries(COUNTS))
    assert.equal(await service.query(sql), "", what);
  for (const { reference, sent } of writers) {
    const count = await service.query(
      `select count(*) from review_version v join pledge p on p.id = v.pledge_id
       where p.reference = '${reference}'`,
    );
    assert.ok(Number(count) >= sent, `${reference} has ${count} versions of ${sent}`);
  }
}

test("what was sent before kill -9 is there and whole", async () => {
  for (let number = 0; number < ROUNDS; number++) {
    const round = { isKilled: false };
    const begun = writers.map(({ sent }) => sent);
    const works = writers.map((writer) => untilKilled(writeOn(writer), round));
    await until("something acknowledged to each", () =>
      writers.every(({ sent }, i) => sent > begun[i]),
    );
    await wait(Math.random() * LONGEST_LIFE_MS);
    round.isKilled = true;
    await service.kill();
    await Promise.all(works);
    await checkWhole();
    await service.serve();
    await checkWhole();
  }
  service.command("check");
  assert.ok(writers.length >= 2 && writers.every(({ sent }) => sent >= ROUNDS));
});
