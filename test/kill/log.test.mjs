// SPDX-License-Identifier: MIT
// log.test.mjs - kill -9 while the public log takes in what waits: nothing is lost, nothing comes
// in twice, and the log that an outsider downloads holds.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { readLog } from "../../doc/verify/check_log.mjs";
import { Service } from "../browser/lib/service.mjs";
import { until } from "../browser/lib/until.mjs";

const FACTS = 60000; // seconds of work, so that a kill falls into it on any machine
const KILLS = 6;

let service;

before(async () => {
  service = await Service.start();
});
after(() => service?.stop());

const count = async (table) => Number(await service.query(`select count(*) from ${table}`));

/** The job at once, instead of at the next minute or when the lease of who died has run out. */
const again = () =>
  service.database.change(
    "delete from job_period where kind = 'ledger.take'; delete from job where kind = 'ledger.take'",
  );

test("a service that is killed while it takes in facts loses none and doubles none", async () => {
  await service.kill();
  // As id.h makes them: 32 bits of seconds since 2020, then 31 bits.
  const first = (BigInt(Math.floor(Date.now() / 1000)) - 1577836800n) << 31n;
  const digits =
    "'0123456789abcdef0123456789abcdef0123456789abcdef012345678' || cast(1000000 + n as text)";
  await service.database.change(
    `insert into ledger_waiting
     with recursive s(n) as (select 1 union all select n + 1 from s where n < ${FACTS})
     select ${first} + n, 'pledge', 'PL-' || cast(n as text), ${digits}, 1773046800 + n from s`,
  );
  const seen = [];
  for (let i = 0; i < KILLS; i++) {
    await again();
    await service.serve();
    const entries = await count("ledger_entry");
    await until(
      "an entry more",
      async () => (await count("ledger_entry")) > entries || (await count("ledger_waiting")) === 0,
      { lookMs: 5 },
    );
    await wait(Math.random() * 60);
    await service.kill();
    seen.push(await count("ledger_entry"));
    assert.equal(seen.at(-1) + (await count("ledger_waiting")), FACTS);
    service.command("check");
  }
  assert.ok(
    seen.some((entries) => entries > 0 && entries < FACTS),
    `never in between: ${seen}`,
  );
  await again();
  await service.serve();
  await until("all of them", async () => (await count("ledger_waiting")) === 0);
  const log = await readLog((await fetch(`${service.base}/pledges/log/log.jsonl`)).body);
  assert.equal(log.tree.size, FACTS);
});
