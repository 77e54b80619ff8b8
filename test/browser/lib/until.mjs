// SPDX-License-Identifier: MIT
// until.mjs - waiting for what comes sooner or later.
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";

/** What `find` finds, as soon as it is anything; fails when that takes too long. */
export async function until(what, find, { lookMs = 20, atMostMs = 60000 } = {}) {
  const end = Date.now() + atMostMs;
  for (;;) {
    const found = await find();
    if (found) return found;
    assert.ok(Date.now() < end, `this did not come: ${what}`);
    await wait(lookMs);
  }
}
