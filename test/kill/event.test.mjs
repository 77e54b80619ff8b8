// SPDX-License-Identifier: MIT
// event.test.mjs - kill -9 while people book an event, confirm, cancel, come with fewer, take offers,
// and its organiser gives it more and fewer seats.
//
// In each round the process, which serves and works, is killed at some instant after something of
// each kind was acknowledged.  Never are more seats given than there are, also before anything has
// mended it; what was answered is there; what was not is there once when it is sent again; nobody
// waits for what cannot come and does not know it; each message arrives, and none is put twice.
//
// ONWARD_KILL_ROUNDS=50 kills more often.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { CODE, Person } from "../browser/lib/person.mjs";
import { LEAD } from "../browser/lib/service.mjs";
import { until } from "../browser/lib/until.mjs";
import { Victim } from "./victim.mjs";

const ROUNDS = Number(process.env.ONWARD_KILL_ROUNDS ?? 2);
const PEOPLE = 3;
const PAUSE_MS = 30; // between two changes of seats
const LEAST_DONE = 2; // of each kind, in each round
const LONGEST_LIFE_MS = 400; // after that
const SEATS_LEAST = 3;
const SEATS_MORE = 9;
const GROUP_MOST = 5;
const BUSY = 503; // nothing was done: others were in the way, so it is sent again
const KINDS = ["book", "confirm", "cancel", "seats"];

let victim, organiser, event;
const bookings = [];
const seats = { known: 6, sent: 6 }; // answered last, and sent last

before(async () => {
  victim = new Victim();
  await victim.start();
  organiser = await signIn(LEAD);
  event = (await plan()).split("/").at(-1);
});
after(() => victim?.stop());

async function signIn(email) {
  const person = new Person(victim.base);
  await person.askForCode(email);
  const code = await until("a code", () => victim.sink.to(email).at(-1)?.text.match(CODE)?.[0]);
  return person.finishSignIn(code, { needsSecond: true });
}

const below = (n) => Math.floor(Math.random() * n);

async function post(path, body, headers = {}) {
  const answer = await fetch(new URL(path, victim.base), {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status === BUSY) return post(path, body, headers);
  return { code: answer.status, text, location: answer.headers.get("location") };
}

const asOrganiser = (path, body) =>
  post(path, body, { Cookie: organiser.cookie, "X-Form-Token": organiser.token });

const eventWith = (roomSeats) => ({
  title: "Open evening",
  summary: "Come and look round.",
  on: `${new Date().getUTCFullYear() + 1}-06-12`,
  starts: "6pm",
  ends: "8pm",
  mode: "person",
  place: "The old library",
  room_seats: roomSeats,
  carers_count: "no",
  strands: "yes",
});

async function plan() {
  const { strands, ...draft } = eventWith(seats.known);
  assert.equal(strands, "yes");
  const made = await asOrganiser("/desk/events/new", draft);
  assert.equal(made.code, 303, made.text);
  assert.equal((await asOrganiser(`${made.location}/publish`, {})).code, 303);
  return made.location;
}

// ---- what people do ----

const addressOf = (it) => `${it.key}@home.example`;

const book = (it) =>
  post(
    "/events/book",
    { event, way: "person", people: it.people, name: "Kim", email: addressOf(it) },
    { "Idempotency-Key": it.key },
  );

/** The link of the message that asks to confirm: from the outbox, which forgets it when it is sent,
 * or from who took it. */
const linkOf = (round, it) =>
  until(`mail to ${addressOf(it)}`, async () => {
    if (round.isKilled) throw new Error("nobody sends it any more");
    const kept = await victim.service.query(
      `select body from mail where key = 'event.confirm/${it.reference}'`,
    );
    const sent = victim.sink.to(addressOf(it)).map(({ text }) => text);
    return [kept, ...sent].join(" ").match(/\/events\/mine\/[\w-]+/)?.[0];
  });

/** Does one act; what was answered is noted after it. */
async function act(round, it, kind, press) {
  it.inHand = kind;
  const { code, text } = await press();
  // 409: the offer was over, 422: there is no room for so many; both leave things as they are.
  assert.ok([201, 303, 409, 422].includes(code), `${kind}: ${code} ${text}`);
  if (code < 400) {
    it.done.add(kind);
    round[kind] = (round[kind] ?? 0) + 1;
  }
  it.inHand = null;
  return { code, text };
}

/** One person after the other books, confirms, and then may give back, take or come with fewer. */
async function come(round) {
  for (;;) {
    const it = {
      key: randomBytes(12).toString("hex"),
      people: 1 + below(Math.min(GROUP_MOST, seats.known)),
      done: new Set(),
      reference: null,
    };
    const booked = await act(round, it, "book", () => {
      bookings.push(it);
      return book(it);
    });
    if (booked.code !== 201) {
      bookings.splice(bookings.indexOf(it), 1); // the event is smaller than the group by now
      continue;
    }
    it.reference = JSON.parse(booked.text).reference;
    it.link = await linkOf(round, it);
    await act(round, it, "confirm", () => post(it.link, {}));
    const other = bookings[below(bookings.length)];
    if (other.link && other.inHand == null && other.done.has("confirm")) {
      const kind = ["cancel", "cancel", "cancel", "accept", "people"][below(5)];
      await act(round, other, kind, () =>
        post(`${other.link}/${kind}`, kind === "people" ? { people: 1 } : {}),
      );
    }
  }
}

async function giveSeats(round) {
  for (;;) {
    seats.sent = SEATS_LEAST + below(SEATS_MORE);
    const { code, text } = await asOrganiser(`/desk/events/${event}/edit`, eventWith(seats.sent));
    assert.ok([303, 422].includes(code), `seats: ${code} ${text}`);
    if (code === 303) {
      seats.known = seats.sent;
      round.seats = (round.seats ?? 0) + 1;
    }
    seats.sent = seats.known;
    await wait(PAUSE_MS);
  }
}

/** Does the work until the service is gone; only that may end it. */
async function untilKilled(work, round) {
  try {
    await work;
  } catch (error) {
    if (!round.isKilled || error.name === "AssertionError") throw error;
  }
}

// ---- what must hold ----

const count = async (sql) => Number(await victim.service.query(`select count(*) from ${sql}`));

/** What exists is whole and right, before anything has mended it. */
async function checkWhole() {
  const of = "event_booking b join event e on e.organisation_id = b.organisation_id and e.id = b.event_id";
  const taken = `(select coalesce(sum(b.seats), 0) from event_booking b
    where b.event_id = e.id and b.state in ('booked', 'offered'))`;
  const mails = (kind) => `(select count(*) from mail m where m.about = b.reference
    and m.kind = 'event.${kind}')`;
  const wrong = {
    "more seats given than there are": `event e where ${taken} > e.room_seats`,
    "seats left that do not add up": `event e where e.room_left <> e.room_seats - ${taken}`,
    "somebody waits who would fit": `${of} where b.state = 'waiting' and b.seats <= e.room_left`,
    "somebody waits in vain": `${of} where b.state = 'waiting' and b.is_stuck <>
      case when b.seats > e.room_seats then 1 else 0 end`,
    "somebody waits in vain and was not told": `${of} where b.is_stuck = 1 and ${mails("stuck")} = 0`,
    "a booking without its first message": `${of} where ${mails("confirm")} <> 1`,
    "one that counts and was not told how": `${of} where b.state in ('booked', 'waiting', 'offered')
      and ${mails("booked")} + ${mails("waiting")} = 0`,
    "one that was given back and not told, or the reverse": `${of}
      where ${mails("left")} <> case when b.state = 'left' then 1 else 0 end`,
    "an offer that nobody heard of": `${of} where b.state = 'offered' and ${mails("offer")} <> 1`,
    "an email that waits without a job": `mail m where m.sent_at is null and m.failed_at is null
      and m.cancelled_at is null and not exists (select 1 from job j where j.kind = 'mail.send'
        and j.key = cast(m.id as text) and j.finished_at is null and j.given_up_at is null)`,
  };
  for (const [what, sql] of Object.entries(wrong)) assert.equal(await count(sql), 0, what);
  await victim.service.database.check();
}

/** What was answered is there. */
async function checkKept() {
  for (const { reference, done } of bookings.filter((it) => it.reference)) {
    const state = await victim.service.query(
      `select state from event_booking where reference = '${reference}'`,
    );
    assert.notEqual(state, "", `the booking ${reference} is gone`);
    if (done.has("confirm")) assert.notEqual(state, "unconfirmed");
    if (done.has("cancel")) assert.equal(state, "left");
  }
  const now = Number(await victim.service.query("select room_seats from event"));
  assert.ok([seats.known, seats.sent].includes(now), `${now} seats, not ${seats.known}`);
  seats.known = seats.sent = now;
}

/** What was not answered is sent again, and is there once. */
async function sendAgain() {
  for (const it of [...bookings]) {
    if (it.inHand === "book") {
      const { code, text } = await book(it);
      if (code >= 400) bookings.splice(bookings.indexOf(it), 1);
      else it.reference = JSON.parse(text).reference;
    } else if (it.inHand === "confirm") {
      await post(it.link, {});
    } else if (it.inHand === "cancel") {
      assert.equal((await post(`${it.link}/cancel`, {})).code, 303);
      it.done.add("cancel");
    }
    it.inHand = null;
    if (it.reference) it.link ??= await linkOf({ isKilled: false }, it);
  }
  assert.equal(await count("event_booking"), bookings.length, "a booking was made twice, or lost");
}

for (let number = 1; number <= ROUNDS; number++) {
  test(`seats are right after a kill while people book, round ${number}`, async (t) => {
    const round = { isKilled: false };
    const work = [giveSeats(round), ...Array.from({ length: PEOPLE }, () => come(round))];
    const ends = Promise.all(work.map((one) => untilKilled(one, round)));
    const isBegun = () => KINDS.every((kind) => (round[kind] ?? 0) >= LEAST_DONE);
    await Promise.race([until("acts of each kind", isBegun), ends]);
    await Promise.race([wait(below(LONGEST_LIFE_MS)), ends]);
    round.isKilled = true;
    await victim.kill();
    await ends;

    await checkWhole();
    await checkKept();
    await victim.serveAgain();
    await sendAgain();
    await checkWhole();
    await checkKept();
    await victim.drain();
    const doubles = await victim.checkMail();
    t.diagnostic(
      `${bookings.length} bookings, ${round.cancel} given back, seats changed ${round.seats} times, ` +
        `${victim.sink.taken.length} messages, ${doubles} of them handed over twice`,
    );
  });
}
