// SPDX-License-Identifier: MIT
// mail.test.mjs - kill -9 at each stage of the delivery of a message.
//
// What the outbox promises (mail.h, "Once"): a message that the mail server has not taken when the
// sender dies is sent once.  One that it has taken, and whose end the sender could not record any
// more, is sent again under the same Message-Id: rather twice than never.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cosignerOf, leaderOf, sendPledge } from "../browser/lib/pledge.mjs";
import { until } from "../browser/lib/until.mjs";
import { DROP } from "./sink.mjs";
import { Victim } from "./victim.mjs";

const PLEDGES = 4; // at each stage; each of them puts two messages
const NTH = 3; // the message in whose delivery the sender dies

const stages = [
  { stage: "EHLO", copies: [1] },
  { stage: "MAIL", copies: [1] },
  { stage: "RCPT", copies: [1] },
  { stage: "DATA", copies: [1] },
  { stage: "half", copies: [1] },
  { stage: "whole", copies: [2] },
  { stage: "taken", copies: [1, 2] },
];

let victim;

before(async () => {
  victim = new Victim();
  await victim.start();
});

after(() => victim?.stop());

/** Holds all mail back until it is opened, then kills the sender at that stage of the nth message
 * (of the first line, for EHLO). */
function trap(wanted) {
  const it = { isOpen: false, isSprung: false, isDead: false, inHand: null };
  let count = 0;
  victim.sink.at = async (stage, message) => {
    if (it.isSprung) return it.isDead ? undefined : DROP;
    await until("the opening of the trap", () => it.isOpen);
    if (stage === "MAIL") count += 1;
    if (stage !== wanted || (stage !== "EHLO" && count < NTH)) return undefined;
    it.isSprung = true;
    it.inHand = message?.id ?? null;
    await victim.service.kill();
    it.isDead = true;
    return DROP;
  };
  return it;
}

for (const { stage, copies } of stages) {
  test(`a sender killed at "${stage}" of a message loses none`, async () => {
    const { service, sink, base } = victim;
    // A line that is kept would hide EHLO: each stage begins with a new process.
    await service.kill();
    await service.serve();
    const snare = trap(stage);
    const codes = Array.from({ length: PLEDGES }, () => victim.nextOrganisation());
    for (const code of codes) await sendPledge(base, code);
    snare.isOpen = true;
    await until(`the kill at ${stage}`, () => snare.isDead);
    const held = await service.query(
      `select count(*) from job
       where kind = 'mail.send' and lease is not null and finished_at is null`,
    );
    // Once told that its message was taken, the sender may be faster than the kill.
    const most = stage === "taken" ? ["0", "1"] : ["1"];
    assert.ok(most.includes(held), `the sender died with ${held} messages in hand`);
    await victim.kill();
    await victim.serveAgain();
    await victim.drain();

    const found = [];
    for (const address of [...codes.map(leaderOf), ...codes.map(cosignerOf)]) {
      const messages = sink.to(address);
      assert.ok(messages.length > 0, `a message to ${address} was lost`);
      assert.equal(new Set(messages.map((one) => one.id)).size, 1, "the copies differ in their id");
      if (messages.length > 1) assert.equal(messages[0].id, snare.inHand, "not the one in hand");
      if (messages[0].id === snare.inHand) found.push(messages.length);
      else assert.equal(messages.length, 1);
    }
    if (snare.inHand !== null)
      assert.ok(copies.includes(found[0]), `the message in hand came ${found[0]} times`);
    await victim.checkMail();
  });
}
