// SPDX-License-Identifier: MIT
// receipt.test.mjs - the receipts of all pledges of the demonstration, checked by an outsider, and
// refused when anything in them is another.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkReceipt, holdInLog, Keys, readLog, Refused } from "../../doc/verify/check_log.mjs";
import { Service } from "../browser/lib/service.mjs";

const DAY_SECS = 24 * 60 * 60;

let service, log, keys, receipts;

const fetched = (path) => fetch(service.base + path);

before(async () => {
  service = await Service.start({ filled: true });
  const references = await service.query(
    "select reference from pledge where is_public = 1 order by id",
  );
  log = await readLog((await fetched("/pledges/log/log.jsonl")).body);
  keys = Keys.of((await (await fetched("/keys.json")).json()).keys);
  receipts = [];
  for (const reference of references.split("\n"))
    receipts.push(await (await fetched(`/pledges/${reference}/receipt.json`)).json());
});
after(() => service?.stop());

test("the receipt of every public pledge holds, and is in the log", async () => {
  assert.ok(receipts.length > 10);
  for (const receipt of receipts) {
    assert.deepEqual(checkReceipt(receipt, keys), [], receipt.reference);
    holdInLog(receipt, log);
  }
  const proofs = receipts.flatMap((receipt) => receipt.proofs);
  const entries = await service.query(
    "select count(*) from ledger_entry where kind in ('pledge', 'pledge-text')",
  );
  assert.equal(proofs.length, Number(entries)); // nothing of a pledge is there that no receipt shows
});

test("a receipt is checked against the keys that the service gives alone", async () => {
  const path = join(service.folder, "receipt.json"),
    keysPath = join(service.folder, "keys.json");
  writeFileSync(path, JSON.stringify(receipts[0]));
  writeFileSync(keysPath, await (await fetched("/keys.json")).text());
  const checker = fileURLToPath(new URL("../../doc/verify/check_log.mjs", import.meta.url));
  const said = (...more) =>
    execFileSync(process.execPath, [checker, "receipt", path, ...more], { encoding: "utf8" });
  assert.match(said(keysPath), /^It holds: the receipt of PL-[\w-]+\.\n$/);
  assert.match(said(), /Note: the keys are those of the receipt itself/);
});

test("there is no receipt of a pledge that is not public", async () => {
  const references = (
    await service.query("select reference from pledge where is_public = 0")
  ).split("\n");
  assert.ok(references.length > 3);
  for (const reference of references)
    assert.equal((await fetched(`/pledges/${reference}/receipt.json`)).status, 404);
});

test("a receipt in which anything is another is refused", () => {
  const receipt = receipts.find((it) => it.proofs.length > 2);
  const other = receipts.find((it) => it.reference !== receipt.reference);
  const wrong = {
    text: (it) => (it.text += " "),
    reference: (it) => (it.reference = other.reference),
    "an event of another": (it) => (it.events[0] = other.events[0]),
    "a later time": (it) => (it.events[1].at += 1),
    "another kind": (it) => (it.events[1].kind = "declined"),
    "an event left out": (it) => it.events.splice(1, 1),
    "the last event left out": (it) => it.events.pop(),
    "a reason": (it) => (it.events[0].reason_digest = "0".repeat(64)),
    "a proof left out": (it) => it.proofs.splice(0, 1),
    "the words left out": (it) =>
      (it.proofs = it.proofs.filter((proof) => proof.entry.kind !== "pledge-text")),
    "proofs in another order": (it) => it.proofs.reverse(),
    "a proof twice": (it) => it.proofs.push(it.proofs[0]),
    "a shorter path": (it) => it.proofs[0].path.pop(),
    "another place": (it) => (it.proofs[0].entry.number ^= 1),
    "another root": (it) => (it.head.root = "0".repeat(64)),
    "no head": (it) => (it.head = null),
    "another signature": (it) => (it.head.signature = it.head.signature.replace(/^..../, "AAAA")),
    "another key": (it) => (it.keys[0].from += 1),
    "something more": (it) => (it.more = 1),
  };
  for (const [what, change] of Object.entries(wrong)) {
    const changed = structuredClone(receipt);
    change(changed);
    assert.throws(() => checkReceipt(changed, keys), Refused, what);
  }
});

test("a receipt that hides what happened last is found beside the log", async () => {
  const receipt = structuredClone(receipts.find((it) => it.proofs.length > 2));
  const whole = await readLog((await fetched("/pledges/log/log.jsonl")).body, receipt.reference);
  assert.deepEqual(holdInLog(receipt, whole), []);
  receipt.proofs.pop();
  receipt.events.pop();
  assert.deepEqual(checkReceipt(receipt, keys), []); // alone it holds
  assert.throws(() => holdInLog(receipt, whole), /the receipt leaves out entry \d+/);
});

test("events that the service left out of the log are found when they are old", () => {
  // What happened just now may still wait, so it is one to which nothing has happened of late.
  const isOld = (it) => it.events.at(-1).at + DAY_SECS < it.head.at;
  const receipt = structuredClone(receipts.find((it) => it.proofs.length > 2 && isOld(it)));
  receipt.proofs.pop();
  assert.throws(() => checkReceipt(receipt, keys), /was left out of the log/);
});
