// SPDX-License-Identifier: MIT
// people.mjs - people at work without a window, and the service that they work at while it is
// killed again and again.
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { Service } from "../browser/lib/service.mjs";
export { Person } from "../browser/lib/person.mjs";
import { Sink } from "./sink.mjs";

const LOOK_MS = 20;
const HOUR_SECS = 3600;

/** Waits until the condition holds, and at most so long. */
export async function until(what, isSo, atMostMs = 60000) {
  const end = Date.now() + atMostMs;
  while (!(await isSo())) {
    assert.ok(Date.now() < end, `this did not come: ${what}`);
    await wait(LOOK_MS);
  }
}

export const leaderOf = (code) => `leader-${code}@trust.example`.toLowerCase();
export const cosignerOf = (code) => `branch-${code}@union.example`.toLowerCase();

/** Sends the whole pledge of one organisation in one call; sent again with the same key it is the
 * same pledge.  Returns its reference. */
export async function sendPledge(base, code, key = `pledge-of-the-trust-${code}`) {
  const year = new Date().getFullYear();
  const answer = await fetch(`${base}/pledges/sign`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify({
      organisation: code,
      leader_name: "Ada Leader",
      leader_title: "Chief executive",
      leader_email: leaderOf(code),
      has_union: "yes",
      union_code: "unison",
      cosigner_name: "Bo Branch",
      cosigner_title: "Branch secretary",
      cosigner_email: cosignerOf(code),
      intentions: ["tfc-1", "tfc-3"],
      actions: [
        {
          intention: "tfc-1",
          action: "Open two new ways in",
          baseline: "None yet",
          measure: "Ways in",
          target: "2",
          lead: "Head of learning",
          start_on: `${year}-04-01`,
          due_on: `${year + 2}-03-31`,
        },
      ],
    }),
  });
  const text = await answer.text();
  assert.ok([200, 201].includes(answer.status), `${code}: ${answer.status} ${text}`);
  return text.match(/PL-\w{4}-\w{4}/)[0];
}

/** A service that sends its mail to a sink, and what is needed to kill it and look at it. */
export class Victim {
  kills = 0;
  inHand = new Set(); // ids of the messages that a sender had just handed over when it died

  async start() {
    this.sink = await Sink.open();
    this.service = await Service.start({
      settings: { ONWARD_SMTP: this.sink.url, ONWARD_MAIL_FROM: "pledges@programme.example" },
    });
    this.base = this.service.base;
    const codes = await this.service.query(
      `select o.code from organisation o join organisation_record r on r.organisation_id = o.id
       where r.dropped_by is null and r.state = 'open' and o.code like 'R%'
       order by o.code`,
    );
    this.organisations = codes.split("\n");
  }

  /** The code of an organisation that has no pledge. */
  nextOrganisation() {
    assert.ok(this.organisations.length > 0, "there are no organisations left");
    return this.organisations.shift();
  }

  /** As when the power fails. */
  async kill() {
    await this.service.kill();
    await this.sink.settle();
    this.kills += 1;
    const last = this.sink.taken.at(-1);
    if (last) this.inHand.add(last.id);
  }

  /**
   * Starts again.  The jobs that the dead process held stay held until its lease runs out, which is
   * some minutes; no setting moves the clock, so the time at which it runs out is moved instead.
   */
  async serveAgain() {
    await this.service.database.change(
      `update job set leased_until = leased_until - ${HOUR_SECS}
       where leased_until is not null and finished_at is null and given_up_at is null`,
    );
    await this.service.serve();
  }

  /** Until the outbox is empty. */
  async drain() {
    const waiting = `select count(*) from mail
      where sent_at is null and failed_at is null and cancelled_at is null`;
    await until("the end of the outbox", async () => (await this.service.query(waiting)) === "0");
  }

  /**
   * Every message of the outbox arrived, and once; only the one that a dying sender had just handed
   * over may have come a second time (mail.h, "Once").  Nothing arrived that is not in the outbox.
   */
  async checkMail() {
    const rows = await this.service.query(
      "select message_id, case when sent_at is null then 'not sent' else 'sent' end from mail",
    );
    const counts = this.sink.counts();
    let doubles = 0;
    for (const row of rows.split("\n")) {
      const [id, state] = row.split("|");
      const count = counts.get(id) ?? 0;
      assert.equal(state, "sent", `a message was ${state}`);
      assert.ok(count >= 1, `a message was lost: ${id}`);
      assert.ok(count === 1 || this.inHand.has(id), `a message came ${count} times: ${id}`);
      doubles += count - 1;
      counts.delete(id);
    }
    assert.ok(doubles <= this.kills, `${doubles} doubles of ${this.kills} kills`);
    assert.deepEqual([...counts.keys()], [], "messages without a cause");
    return doubles;
  }

  async stop() {
    try {
      await this.service?.stop();
    } finally {
      await this.sink?.close(); // an open one would keep this process for ever
    }
  }
}
