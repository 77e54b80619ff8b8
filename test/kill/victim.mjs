// SPDX-License-Identifier: MIT
// victim.mjs - the service that people work at while it is killed again and again.
import assert from "node:assert/strict";
import { trustsWithoutPledge } from "../browser/lib/pledge.mjs";
import { Service } from "../browser/lib/service.mjs";
import { until } from "../browser/lib/until.mjs";
import { Sink } from "./sink.mjs";

const HOUR_SECS = 3600;

const SHARES = 24; // six rounds of up to four who send

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
    this.organisations = await trustsWithoutPledge(this.service);
    this.share = Math.floor(this.organisations.length / SHARES);
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
