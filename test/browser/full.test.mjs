// SPDX-License-Identifier: MIT
// full.test.mjs - the pages of a demonstration, full of organisations, people and pledges in every
// state.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS } from "./lib/browser.mjs";
import { browsers, service, setUp } from "./lib/setting.mjs";
import { signIn } from "./lib/signing.mjs";

const STATES = ["awaiting", "signed", "acknowledged", "published", "returned", "withdrawn"];

setUp({ filled: true });

async function visit(page, path) {
  await page.goto(new URL(path, service.base).href);
  assert.equal(page.answer.status(), 200, path);
  assert.equal(page.url(), new URL(path, service.base).href, "it leads elsewhere");
  await browsers.look(page, path);
}

/** Where the first link that begins so on this page leads. */
async function first(page, begin) {
  const link = page.locator(`main a[href^="${begin}"]`).first();
  assert.equal(await link.count(), 1, `${page.url()} has no link to ${begin}`);
  return link.getAttribute("href");
}

for (const width of WIDTHS) {
  test(`the public pages stand when full: ${width} px`, async () => {
    const page = await browsers.page({ width });
    for (const path of ["/", "/organisations", "/desk/outbox"]) await visit(page, path);
    await visit(page, await first(page, "/desk/outbox/"));
    for (const state of ["published", "withdrawn"]) {
      await visit(page, `/pledges?state=${state}`);
      await visit(page, await first(page, "/pledges/PL-"));
      await visit(page, await first(page, "/organisations/"));
      await page.goBack();
      await visit(page, await first(page, "/verify/"));
    }
    await visit(page, "/pledges?q=a&sort=name");
    await page.context().close();
  });

  test(`the desk stands when full: ${width} px`, async () => {
    const page = await browsers.page({ width });
    await signIn(page, service.base);
    for (const path of ["/desk", "/desk/pledges", "/desk/messages"]) await visit(page, path);
    for (const state of STATES) {
      await visit(page, `/desk/pledges?state=${state}`);
      const pledge = await first(page, "/desk/pledges/PL-");
      await visit(page, pledge);
      if (await page.locator(`a[href$="/return"]`).count()) await visit(page, `${pledge}/return`);
      if (await page.locator(`a[href$="/withdraw"]`).count()) await visit(page, `${pledge}/withdraw`);
    }
    await page.context().close();
  });
}
