// SPDX-License-Identifier: MIT
// keyboard.test.mjs - the first steps of signing with nothing but a keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDTHS, focused, tabTo } from "./lib/browser.mjs";
import { browsers, service, setUp } from "./lib/setting.mjs";
import { COSIGNER, LEADER } from "./lib/signing.mjs";

setUp();

const tabToId = (page, id) => tabTo(page, (at) => at.id === id, `#${id}`);

async function enter(page) {
  await Promise.all([page.waitForEvent("domcontentloaded"), page.keyboard.press("Enter")]);
  await page.waitForLoadState();
}

/** To the button with this text, and Enter on it. */
async function go(page, text = "Continue") {
  await tabTo(page, (at) => at.text === text, `the button ${text}`);
  await enter(page);
}

async function type(page, id, words) {
  await tabToId(page, id);
  await page.keyboard.type(words);
}

for (const width of WIDTHS) {
  test(`the first steps of signing need no mouse: ${width} px`, async () => {
    const page = await browsers.page({ width });
    await page.goto(`${service.base}/pledges/sign`);
    await page.keyboard.press("Tab");
    assert.equal((await focused(page)).text, "Skip to main content");
    await page.keyboard.press("Enter");
    await go(page, "Start now");

    // An empty form: the summary takes the focus, and its link leads to the box.
    await go(page);
    assert.equal(await page.locator(".nhsuk-error-summary").count(), 1);
    await page.waitForFunction(() => document.activeElement.matches(".nhsuk-error-summary"));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal((await focused(page)).id, "organisation");

    await chooseByArrows(page);
    await enter(page);
    await type(page, "leader_name", LEADER.name);
    await type(page, "leader_title", LEADER.title);
    await type(page, "leader_email", LEADER.email);
    await enter(page); // in a box, Enter sends
    await tabTo(page, (at) => at.type === "radio", "the question of the staff side");
    await page.keyboard.press("Space");
    assert.ok(await page.getByLabel("Yes", { exact: true }).isChecked());
    await tabToId(page, "union_code");
    await page.keyboard.press("ArrowDown");
    await type(page, "cosigner_name", COSIGNER.name);
    await type(page, "cosigner_title", COSIGNER.title);
    await type(page, "cosigner_email", COSIGNER.email);
    await go(page);
    await tabTo(page, (at) => at.type === "checkbox", "the intentions");
    await page.keyboard.press("Space");
    await go(page);
    assert.equal(await page.locator("h1").innerText(), "Your action plan");
    await page.context().close();
  });
}

/** The look-up: letters, arrows there and back, Escape, Enter. */
async function chooseByArrows(page) {
  const box = page.locator("#organisation");
  const options = page.getByRole("option");
  await page.keyboard.type("sheffield teach");
  await options.first().waitFor();
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowUp");
  const last = options.last();
  assert.equal(await box.getAttribute("aria-activedescendant"), await last.getAttribute("id"));
  await page.keyboard.press("ArrowDown");
  const first = options.first();
  assert.equal(await box.getAttribute("aria-activedescendant"), await first.getAttribute("id"));
  assert.equal(await first.getAttribute("aria-selected"), "true");
  await browsers.look(page, "look-up, open");
  await page.keyboard.press("Escape");
  assert.equal(await box.getAttribute("aria-expanded"), "false");
  assert.equal(await page.locator("#organisation-key").inputValue(), "");
  await page.keyboard.type("i");
  await options.first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.match(await box.inputValue(), /Sheffield Teaching/);
  assert.notEqual(await page.locator("#organisation-key").inputValue(), "");
  assert.equal((await focused(page)).id, "organisation");
}
