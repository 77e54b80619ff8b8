// SPDX-License-Identifier: MIT
// years.test.mjs - kill -9 while people work on pledges through the year.
//
// Some write updates of living plans, with files.  Some sign reviews, by mailed links or signed in.
// Some say yes to signing for a side from now on.  Some send scans of what they signed by hand, and
// staff put in others, record them, compare them and let them count.  In each round the process is
// killed at some instant after something of each kind was acknowledged.  What was acknowledged is
// there, once; what was not is there once or not at all, and whole; the same press again, after the
// service has started again, adds nothing.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Person } from "../browser/lib/person.mjs";
import {
  cosignerOf,
  leaderOf,
  NO_UNION,
  pledgeOf,
  sendPledge,
  trustsWithoutPledge,
} from "../browser/lib/pledge.mjs";
import { LEAD, Service } from "../browser/lib/service.mjs";
import { until } from "../browser/lib/until.mjs";

const ROUNDS = 4;
const LONGEST_LIFE_MS = 500; // after the first acknowledgements of a round
const DEPUTY = "deputy@programme.example";
const TODAY = new Date().toISOString().slice(0, 10);
const BUSY = 503; // nothing was done: others were in the way, so it is sent again
const IN_VAIN = 409; // what is asked for is done, or can be done no more

/** What happened, a line each time: that of an act is there once. */
const LINES = {
  update: "select note from plan_update where note like 'Try %'",
  signature: `select p.reference || '/' || s.period || '/' || s.version || '/' || s.role
    from review_signature s join pledge p on p.id = s.pledge_id`,
  yes: "select email from pledge_party where confirmed_at is not null",
  scan: "select digest from paper where state <> 'replaced'",
  record: "select digest from paper where recorded_at <> 0",
  count: "select detail from pledge_event where detail like '%scan=%'",
};

let service, trusts, wording, lead, deputy, nobody;
const people = [];

/** Somebody who does one act after the other until nobody answers. */
class Worker {
  done = []; // acts that were acknowledged
  inHand = null;

  constructor(kinds, work) {
    this.kinds = kinds;
    this.work = work;
    people.push(this);
  }

  async act(kind, key, press) {
    this.inHand = { kind, key, press };
    assert.notEqual(await press(), IN_VAIN, `${kind} ${key}`);
    this.done.push(this.inHand);
    this.inHand = null;
  }


  /** Works until the service is gone; only that may end it. */
  async workOn(round) {
    try {
      for (;;) await this.work(this);
    } catch (error) {
      if (!round.isKilled || error.name === "AssertionError") throw error;
    }
  }
}

// ---- pressing ----

async function post(person, path, body, headers) {
  const answer = await fetch(new URL(path, service.base), {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: person.cookie, ...headers },
    body,
  });
  const text = await answer.text();
  if (answer.status === BUSY) return post(person, path, body, headers);
  assert.ok([200, 201, 303, IN_VAIN].includes(answer.status), `${path}: ${answer.status} ${text}`);
  return answer.status;
}

const postJson = (person, path, body, headers) =>
  post(person, path, JSON.stringify({ ...body, form_token: person.token }), {
    "Content-Type": "application/json",
    "X-Form-Token": person.token,
    ...headers,
  });

function postFile(person, path, fields, [field, name, bytes]) {
  const form = new FormData();
  form.set("form_token", person.token);
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  form.set(field, new Blob([bytes]), name);
  return post(person, path, form);
}

/** The path of the link in the message of a kind about a pledge; there is one. */
async function linkIn(kind, reference, where) {
  const body = await service.query(
    `select m.body from mail m where m.kind = '${kind}' and m.about = '${reference}' and ${where}`,
  );
  const link = body.match(/\/(pledges|reviews)\/(confirm|take-over)\/[\w-]+/);
  assert.ok(link, `no ${kind} about ${reference} where ${where}`);
  return link[0];
}

// ---- what people do ----

let tries = 0;

/** An update of an action; every second one with a file. */
const writeUpdate =
  ({ person, path }) =>
  async (worker) => {
    const file = `Try ${(tries += 1)}`;
    const isPlain = tries % 2 === 0;
    const note = isPlain ? file : `${file} with a file`;
    const fields = {
      state: "in-progress",
      rag: "amber",
      happened_on: TODAY,
      note,
      evidence: "So we heard.",
      link: "https://www.example.org/report",
    };
    await worker.act("update", note, () =>
      isPlain
        ? postJson(person, path, fields)
        : postFile(person, path, fields, ["file", "figures.csv", `ward,people\nA,${note}\n`]),
    );
  };

/** A version of a review, and one signature under it: by a link, or signed in. */
const signReview = (review) => async (worker) => {
  const { writer, leader, reference, period, intentions } = review;
  const path = `/reviews/${reference}`;
  const sent = await postJson(writer, `${path}/send`, {
    period,
    statement: `Review ${(tries += 1)}`,
    changes: "More places.",
    parts: intentions.map((intention) => ({ intention, done: "Two.", next: "Three." })),
  });
  assert.notEqual(sent, IN_VAIN);
  const version = await service.query(
    `select max(v.version) from review_version v join pledge p on p.id = v.pledge_id
     where p.reference = '${reference}' and v.period = ${period}`,
  );
  const role = version % 3 === 1 ? "cosigner" : "leader";
  const link = await linkIn(
    "review.sign",
    reference,
    `exists (select 1 from review_link l
       where l.ended_at is null and l.version = ${version} and l.role = '${role}'
         and m.key like '%/' || substr(l.token_hash, 1, 16) || '/${role}')`,
  );
  await worker.act("signature", `${reference}/${period}/${version}/${role}`, () =>
    version % 3 === 2
      ? postJson(leader, `${path}/sign?period=${period}&version=${version}`, {})
      : postJson(nobody, link, {}),
  );
};

/** The desk asks somebody to sign for a side, and they say yes. */
const takeOver = (reference, side) => async (worker) => {
  const number = (tries += 1);
  const email = `new-${number}@trust.example`;
  const asked = await postJson(lead, `/desk/pledges/${reference}/hand-over/${side}`, {
    name: `Nia New ${number}`,
    title: "Director",
    email,
    reason: "Another person has come.",
  });
  assert.notEqual(asked, IN_VAIN);
  const link = await linkIn("pledge.take_over", reference, `to_address = '${email}'`);
  await worker.act("yes", email, () => postJson(nobody, link, {}));
};

/** What is signed by hand: it comes, one records it, another one lets it count. */
async function signByHand(worker, come, record) {
  const scan =
    `%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% ${(tries += 1)}\n` +
    "3 0 obj\n<< /Type /Page >>\nendobj\n%%EOF\n";
  const digest = createHash("sha256").update(scan).digest("hex");
  await worker.act("scan", digest, () => come(["scan", "scan.pdf", scan]));
  const reference = await service.query(`select reference from paper where digest = '${digest}'`);
  await worker.act("record", digest, () => record(reference));
  const { text } = await deputy.ask(`/desk/paper/${reference}`);
  const compared = [...text.matchAll(/name="compared"[^>]* value="([^"]*)"/g)].map(([, v]) => v);
  await worker.act("count", `scan=${digest}`, () =>
    postJson(deputy, `/desk/paper/${reference}/check?version=1`, { compared }),
  );
}

const putIn = (fields, scan) =>
  postFile(lead, "/desk/paper/add", { ...fields, came_by: "post", received_on: TODAY }, scan);

const recordSigner = (signer) => (paper) =>
  postJson(lead, `/desk/paper/${paper}/signature`, { signer, signed_on: TODAY });

/** A pledge whose leader scans what they signed, and whose staff side sends it by post. */
async function signSides(worker) {
  const code = trusts.shift();
  const pledge = await sendPledge(service.base, code);
  const link = await linkIn("pledge.sign", pledge, `to_address = '${leaderOf(code)}'`);
  const leader = new Person(service.base);
  await leader.ask(`${link}/paper`);
  await signByHand(
    worker,
    (scan) => postFile(leader, `${link}/paper`, {}, scan),
    recordSigner("Ada Leader"),
  );
  await signByHand(
    worker,
    (scan) => putIn({ about: "signature", pledge, side: "cosigner" }, scan),
    recordSigner("Bo Branch"),
  );
}

/** A whole pledge by post. */
async function signWhole(worker) {
  const code = trusts.shift();
  const written = { ...pledgeOf(code, NO_UNION), wording, leader_signed_on: TODAY };
  const record = (paper) => {
    const key = { "Idempotency-Key": `the-${paper}` };
    return postJson(lead, "/desk/paper/record", { ...written, paper }, key);
  };
  await signByHand(
    worker,
    (scan) => putIn({ about: "pledge", organisation: code }, scan),
    record,
  );
}

// ---- who they are ----

async function coordinator(email, code) {
  service.command("user", "create", email, "--role", "coordinator", "--area", code);
  return new Person(service.base).signIn(email, { needsSecond: true });
}

const HELD = `p.holder_id = p.organisation_id and exists (select 1 from organisation_record o
  where o.organisation_id = p.holder_id and o.dropped_by is null and o.state <> 'closed'
    and o.kind <> 'integrated-care-board')`;

const rows = async (sql) => {
  const found = await service.query(sql);
  return found === "" ? [] : found.split("\n").map((line) => line.split("|"));
};

async function meetPlanners() {
  const found = await rows(
    `select p.reference, p.organisation_code, p.period from pledge p
     where p.state = 'published' and ${HELD} and exists (select 1 from plan_action a
       where a.pledge_id = p.id and a.period = p.period and a.is_open = 1) order by p.id limit 2`,
  );
  for (const [i, [reference, code, period]] of found.entries()) {
    const person = await coordinator(`planner-${i}@year.example`, code);
    const path = `/plans/${reference}/${period}/actions/1/update`;
    new Worker(["update"], writeUpdate({ person, path }));
  }
}

async function meetReviewers() {
  const found = await rows(
    `select p.reference, p.organisation_code, p.period, v.leader_email from pledge p
     join review r on r.pledge_id = p.id and r.period = p.period
     join pledge_revision v on v.pledge_id = p.id and v.revision = p.revision
     where p.state = 'under-review' and r.due_on > '${TODAY}' and ${HELD}
       and v.cosigner_email <> '' and not exists (select 1 from pledge_party y
         where y.pledge_id = p.id) order by p.id limit 2`,
  );
  for (const [i, [reference, code, period, email]] of found.entries()) {
    const intentions = await rows(
      `select i.intention from pledge_intention i join pledge p
       on p.id = i.pledge_id and p.revision = i.revision
       where p.reference = '${reference}' order by i.position`,
    );
    const review = {
      writer: await coordinator(`reviewer-${i}@year.example`, code),
      leader: await coordinator(email, code),
      reference,
      period: Number(period),
      intentions: intentions.flat(),
    };
    new Worker(["signature"], signReview(review));
  }
}

async function meetSuccessors() {
  const found = await rows(
    `select p.reference from pledge p where p.state = 'published' and ${HELD}
       and exists (select 1 from pledge_event e where e.pledge_id = p.id
         and e.kind = 'cosigner-signed') order by p.id desc limit 2`,
  );
  for (const [i, [reference]] of found.entries())
    new Worker(["yes"], takeOver(reference, ["leader", "cosigner"][i]));
}

before(async () => {
  service = await Service.start({ filled: true });
  trusts = await trustsWithoutPledge(service);
  wording = await service.query("select max(wording) from pledge");
  nobody = new Person(service.base);
  service.command("user", "create", DEPUTY, "--role", "national");
  lead = await new Person(service.base).signIn(LEAD, { needsSecond: true });
  deputy = await new Person(service.base).signIn(DEPUTY, { needsSecond: true });
  await meetPlanners();
  await meetReviewers();
  await meetSuccessors();
  new Worker(["scan", "record", "count"], signSides);
  new Worker(["scan", "record", "count"], signWhole);
  const kinds = new Set(people.flatMap((worker) => worker.kinds));
  assert.deepEqual([...kinds], Object.keys(LINES), "the demonstration has not all for them");
});

after(() => service?.stop());

// ---- what must be there ----

const PARTS = {
  "updates with gaps in their numbers": `select a.pledge_id from plan_action a
    where a.update_count <> (select count(*) from plan_update u where u.pledge_id = a.pledge_id
            and u.period = a.period and u.action = a.number)
       or a.update_count <> (select coalesce(max(u.number), 0) from plan_update u
            where u.pledge_id = a.pledge_id and u.period = a.period and u.action = a.number)`,
  "updates without all that shows them": `select u.note from plan_update u
    where u.note like 'Try %'
      and (select count(*) from plan_evidence e where e.pledge_id = u.pledge_id
             and e.period = u.period and e.action = u.action and e.number = u.number)
       <> case when u.note like '%file' then 3 else 2 end`,
  "evidence without its file": `select e.pledge_id from plan_evidence e
    join pledge p on p.id = e.pledge_id
    where e.kind = 'file' and not exists (select 1 from upload f
      where f.id = e.upload_id and f.owner = 'plan/' || p.reference)`,
  "updates without a note in the audit, or the reverse": `select p.reference from pledge p
    where (select count(*) from plan_update u where u.pledge_id = p.id)
       <> (select count(*) from audit_event e where e.thing = p.reference
             and e.what in ('plan.updated', 'plan.corrected'))`,
  "reviews signed without their events, or the reverse": `select p.reference from pledge p
    where (select count(*) from review_signature s where s.pledge_id = p.id)
       <> (select count(*) from pledge_event e where e.pledge_id = p.id
             and e.kind in ('review-leader-signed', 'review-cosigner-signed'))`,
  "hands without their events, or the reverse": `select p.reference from pledge p
    where (select count(*) from pledge_party y
             where y.pledge_id = p.id and y.confirmed_at is not null)
       <> (select count(*) from pledge_event e
             where e.pledge_id = p.id and e.kind = 'handed-over')`,
  "two who are asked at once": `select y.pledge_id from pledge_party y
    where y.confirmed_at is null and y.ended_at is null group by y.pledge_id, y.role
    having count(*) > 1`,
  "somebody asked without their mail": `select y.email from pledge_party y
    where y.email like 'new-%@trust.example' and not exists (select 1 from mail m
      where m.kind = 'pledge.take_over' and m.to_address = y.email)`,
  "events of public pledges that the log does not have": `select e.digest from pledge_event e
    join pledge p on p.id = e.pledge_id
    where e.kind = 'handed-over' and p.state = 'published'
      and not exists (select 1 from ledger_waiting w where w.digest = e.digest)
      and not exists (select 1 from ledger_entry l where l.digest = e.digest)`,
  "papers that count without their event, or events without one": `select f.reference from paper f
    where case f.state when 'counted' then 1 else 0 end
       <> (select count(*) from pledge_event e join pledge p on p.id = e.pledge_id
           where p.reference = f.pledge and e.detail like '%scan=' || f.digest || '%'
             and e.kind = case f.about when 'pledge' then 'leader' else f.side end || '-signed')`,
  "papers without their scan": `select f.reference from paper f
    where f.state in ('waiting', 'recorded', 'counted') and not exists (select 1 from upload u
      where u.id = f.upload_id and u.owner = 'paper/' || f.reference and u.sha256 = f.digest)`,
  "papers without a note in the audit": `select f.reference from paper f
    where 1 <> (select count(*) from audit_event e
                where e.thing = f.reference and e.what = 'paper.received')
       or (f.state = 'counted') <> exists (select 1 from audit_event e
                where e.thing = f.reference and e.what = 'paper.counted')`,
  "files that nobody has and nobody removes": `select u.owner from upload u
    where u.expires_at is null and (u.owner like 'paper/new/%' or u.owner like 'plan-draft/%')`,
};

async function checkWhole() {
  for (const [what, sql] of Object.entries(PARTS))
    assert.equal(await service.query(sql), "", what);
  const lines = {};
  for (const [kind, sql] of Object.entries(LINES))
    lines[kind] = (await service.query(sql)).split("\n");
  const times = ({ kind, key }) => lines[kind].filter((line) => line === key).length;
  for (const { done, inHand } of people) {
    for (const one of done) assert.equal(times(one), 1, `${one.kind} ${one.key}`);
    if (inHand) assert.ok(times(inHand) <= 1, `${inHand.kind} ${inHand.key} twice`);
  }
}

/** Presses again what was pressed last: what nobody acknowledged counts now, and all of it once. */
async function pressAgain() {
  let unanswered = 0;
  for (const worker of people) {
    const last = worker.inHand ?? worker.done.at(-1);
    await last.press();
    if (!worker.inHand) continue;
    unanswered += 1;
    worker.done.push(last);
    worker.inHand = null;
  }
  return unanswered;
}

for (let number = 1; number <= ROUNDS; number++) {
  test(`work on pledges that was acknowledged is there once, round ${number}`, async (t) => {
    const round = { isKilled: false };
    const begun = people.map(({ done }) => done.length);
    const ends = Promise.all(people.map((worker) => worker.workOn(round)));
    const isBegun = () =>
      people.every((worker, i) => {
        const fresh = worker.done.slice(begun[i]).map(({ kind }) => kind);
        return worker.kinds.every((kind) => fresh.includes(kind));
      });
    await Promise.race([until("the first acknowledgements", isBegun), ends]);
    const lifeMs = Math.floor(Math.random() * LONGEST_LIFE_MS);
    await Promise.race([wait(lifeMs), ends]);
    round.isKilled = true;
    await service.kill();
    await ends;

    await checkWhole();
    await service.serve();
    const unanswered = await pressAgain();
    await checkWhole();
    service.command("check");
    const done = people.reduce((sum, worker) => sum + worker.done.length, 0);
    t.diagnostic(`killed after ${lifeMs} ms: ${done} acts so far, ${unanswered} pressed again`);
  });
}
