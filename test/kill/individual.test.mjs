// SPDX-License-Identifier: MIT
// individual.test.mjs - kill -9 while people sign pledges of their own: what was answered is there,
// what counts is in the public log, and the same call again signs nothing a second time.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { CODE } from "../browser/lib/person.mjs";
import { Service } from "../browser/lib/service.mjs";
import { until } from "../browser/lib/until.mjs";

const ROUNDS = 4;
const PEOPLE = 3;
const LEAST_SIGNED = 3; // in each round
const LONGEST_LIFE_MS = 400; // after that

let service;

before(async () => {
  service = await Service.start();
});
after(() => service?.stop());

const count = async (what) => Number(await service.query(`select count(*) from ${what}`));

const post = (path, key, body) =>
  fetch(service.base + path, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/json", accept: "application/json", "idempotency-key": key },
    body: JSON.stringify(body),
  });

const send = (pledge) =>
  post("/pledges/individual", pledge.key, {
    name: "Kim",
    employer_kind: "none",
    intentions: ["tfc-1"],
    shown: ["name"],
    email: `${pledge.key}@home.example`,
  });

async function confirm(pledge) {
  const body = await service.query(
    `select body from mail where key = 'individual/${pledge.reference}/sent'`,
  );
  const code = body.match(new RegExp(`"(${CODE.source})"`))[1];
  return post(`/pledges/people/${pledge.reference}/confirm`, pledge.key, { code });
}

/** Signs one pledge after the other until nobody answers. */
async function sign(pledges) {
  for (;;) {
    const pledge = { key: randomBytes(12).toString("hex"), reference: null, isConfirmed: false };
    pledges.push(pledge);
    const sent = await send(pledge);
    assert.equal(sent.status, 201);
    pledge.reference = (await sent.json()).reference;
    assert.equal((await confirm(pledge)).status, 303);
    pledge.isConfirmed = true;
  }
}

const stateOf = (pledge) =>
  service.query(`select state from individual where reference = '${pledge.reference}'`);

test("nothing that was answered is lost, nothing is half done, nothing is done twice", async () => {
  let counted = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const pledges = [];
    const people = Array.from({ length: PEOPLE }, () => sign(pledges).catch(() => {}));
    await until("some pledges", () => pledges.filter((p) => p.isConfirmed).length >= LEAST_SIGNED);
    await wait(Math.random() * LONGEST_LIFE_MS);
    await service.kill();
    await Promise.all(people);
    for (const pledge of pledges.filter((p) => p.isConfirmed))
      assert.equal(await stateOf(pledge), "confirmed");
    const confirmed = "individual where state = 'confirmed'";
    const logged = async (table) => count(`${table} where kind = 'individual'`);
    assert.equal(
      (await logged("ledger_entry")) + (await logged("ledger_waiting")),
      await count(confirmed),
    );
    await service.serve();
    for (const pledge of pledges) {
      const again = await send(pledge);
      assert.ok([200, 201].includes(again.status));
      const { reference } = await again.json();
      assert.equal(reference, pledge.reference ?? reference);
      pledge.reference = reference;
      assert.equal((await confirm(pledge)).status, 303); // also where it was confirmed before
      assert.equal(await stateOf(pledge), "confirmed");
    }
    counted += pledges.length;
    assert.equal(await count(confirmed), counted);
    assert.equal(await count("individual"), counted);
  }
});
