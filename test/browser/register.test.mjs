// SPDX-License-Identifier: MIT
// register.test.mjs - the register as a whole: from the tiles to the pledges of a board, quarter by
// quarter, pledges side by side, and month by month.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { WIDTHS, follow, press } from "./lib/browser.mjs";
import { browsers, service, setUp } from "./lib/setting.mjs";

setUp({ filled: true });

const heading = (page) => page.locator("h1").innerText();

for (const width of WIDTHS) {
  test(`the figures of the register are found and read: ${width} px`, async () => {
    const page = await browsers.page({ width });
    await page.goto(`${service.base}/pledges`);
    await follow(page, "Where pledges are in force");
    await browsers.look(page, "the map");

    // A tile says the same number as the list that it leads to.
    const tile = page.locator("a.app-tile").first();
    const [, count] = /: (\d+) in force/.exec(await tile.getAttribute("aria-label"));
    await tile.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/pledges\?board=/);
    const listed = await page.locator(".app-listing__results .nhsuk-tag", { hasText: "In force" });
    assert.ok((await listed.count()) <= Number(count) && Number(count) > 0);

    await page.goto(`${service.base}/pledges/progress`);
    await browsers.look(page, "progress");
    await page.locator("summary", { hasText: "Another quarter" }).click();
    await page.locator('a[href^="/pledges/progress?quarter="]').last().click();
    assert.match(page.url(), /quarter=\d{4}-\d\d-q[1-4]$/);
    await page.context().close();
  });

  test(`a pledge is set beside others: ${width} px`, async () => {
    const page = await browsers.page({ width });
    await page.goto(`${service.base}/pledges?state=published`);
    const links = page.locator('main a[href^="/pledges/PL-"]');
    const other = (await links.nth(1).getAttribute("href")).split("/").pop();
    await links.first().click();
    await follow(page, "See this pledge beside others");
    await browsers.look(page, "one beside its group");
    await page.fill("#with-2", other);
    await press(page, "Compare");
    assert.equal(await page.locator("thead a").count(), 2);
    await browsers.look(page, "two side by side");

    // The same again is said, and what was typed stays.
    await page.fill("#with-3", other);
    await press(page, "Compare");
    assert.equal(page.answer.status(), 422);
    assert.match(await page.locator(".nhsuk-error-summary").innerText(), /is there twice/);
    assert.equal(await page.inputValue("#with-3"), other);
    await browsers.look(page, "the same twice");
    await page.context().close();
  });

  test(`the register is read month by month: ${width} px`, async () => {
    const page = await browsers.page({ width });
    await page.goto(`${service.base}/pledges`);
    await follow(page, "The register month by month");
    await browsers.look(page, "snapshots");
    await page.locator('main a[href^="/pledges/snapshots/2"]').first().click();
    await browsers.look(page, "a snapshot");
    const file = await (await fetch(`${page.url()}.json`)).text();
    const digest = createHash("sha256").update(file).digest("hex");
    assert.ok((await page.locator("main").innerText()).includes(digest));
    await page.locator('a[href^="/pledges/snapshots/difference"]').click();
    assert.equal(await heading(page), "What changed on the register");
    await browsers.look(page, "the difference");

    // The later month first is refused, and both stay chosen.
    const from = await page.inputValue("#from");
    const to = await page.inputValue("#to");
    await page.selectOption("#from", to);
    await page.selectOption("#to", from);
    await press(page, "Show what changed");
    assert.equal(page.answer.status(), 422);
    assert.equal(await page.inputValue("#from"), to);
    await browsers.look(page, "the wrong way round");
    await page.context().close();
  });
}
