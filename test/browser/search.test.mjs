// SPDX-License-Identifier: MIT
// search.test.mjs - searching with and without script: results, narrowing, what is suggested while
// somebody types, and the pages of a search that finds nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browsers, look, service, setUp } from "./lib/setting.mjs";

setUp({ filled: true });

for (const width of [360, 1280]) {
  const scripts = width === 1280;
  test(`pledges are found, narrowed and read: ${width} px`, async () => {
    const page = await browsers.page({ width, scripts });
    await page.goto(service.base);
    await page.fill("#search-field", "pledges");
    await page.press("#search-field", "Enter");
    await page.waitForURL(/\/search\?q=pledges/);
    assert.ok((await page.locator("mark").count()) > 1);
    await look(page, "what was found");
    const before = await page.locator("#found").innerText();
    const narrow = page.getByRole("navigation", { name: "Narrow what was found" });
    await narrow.getByRole("link").first().click();
    await narrow.getByRole("link", { name: "Clear all filters" }).waitFor();
    await look(page, "what was found, narrowed");
    await narrow.getByRole("link", { name: "Clear all filters" }).click();
    assert.equal(await page.locator("#found").innerText(), before);
    await page.locator(".app-search__hit a").first().click();
    await page.waitForURL(/\/pledges\/PL-/);
    for (const [typed, name] of [
      ["qqxxzz", "nothing found"],
      ["the", "common words only"],
      ["m13 9wl", "a postcode"],
    ]) {
      await page.goto(`${service.base}/search?q=${encodeURIComponent(typed)}`);
      await look(page, `a search: ${name}`);
    }
    await page.context().close();
  });
}

test("a page is chosen from what is suggested, with the keyboard alone", async () => {
  const page = await browsers.page({ width: 1280 });
  await page.goto(`${service.base}/cookies`);
  const box = page.locator("#search-field");
  await box.pressSequentially("pledge of");
  const first = page.getByRole("option").first();
  await first.waitFor();
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await box.press("ArrowDown");
  assert.equal(await box.getAttribute("aria-activedescendant"), await first.getAttribute("id"));
  await look(page, "what is suggested");
  await box.press("Escape");
  assert.equal(await box.getAttribute("aria-expanded"), "false");
  await box.press("End");
  await box.pressSequentially(" ");
  await first.waitFor();
  await box.press("ArrowDown");
  await box.press("Enter");
  await page.waitForURL(/\/pledges\/PL-/);
  await page.context().close();
});
