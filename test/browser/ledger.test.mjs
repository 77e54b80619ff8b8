// SPDX-License-Identifier: MIT
// ledger.test.mjs - somebody who trusts nobody reads a pledge, saves its receipt and the log from
// the pages, and checks both with the program that the service offers beside them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { WIDTHS, follow } from "./lib/browser.mjs";
import { look, browsers, service, setUp } from "./lib/setting.mjs";

setUp({ filled: true });

/** Follows a link to a file, and keeps what comes. */
async function save(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name }).first().click(),
  ]);
  const path = join(service.folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

for (const width of WIDTHS)
  test(`a pledge is followed from its page into the log and checked: ${width} px`, async () => {
    const page = await browsers.page({ width });
    await page.goto(`${service.base}/pledges?state=published`);
    await page.locator("main a[href^='/pledges/PL-']").first().click();
    await page.waitForLoadState();
    await look(page, "pledge in the log");
    const receipt = await save(page, "Save the receipt of this pledge (JSON)");
    await follow(page, "check that it is in the log");
    await look(page, "check the log");
    const [log, checker] = [
      await save(page, "Download the log"),
      await save(page, "the program that checks it"),
    ];
    const said = execFileSync(process.execPath, [checker, "receipt", receipt, log], {
      encoding: "utf8",
    });
    assert.match(said, /^It holds: the receipt of PL-[\w-]+ and its entries in the log\.\n$/);
    await follow(page, "Read the log");
    await look(page, "log");
    // Of all that is in the log, something about a pledge.
    const { reference } = JSON.parse(readFileSync(receipt, "utf8"));
    await page.goto(`${service.base}/pledges/log?subject=${reference}`);
    await page.locator("main a[href^='/pledges/log/entries/']").first().click();
    await page.waitForLoadState();
    await page.getByText("Show the fingerprints").click();
    await look(page, "entry of the log");
    await page.getByRole("link", { name: /^All entries about PL-/ }).click();
    await page.waitForLoadState();
    await look(page, "log of one pledge");
    await page.goto(`${service.base}/pledges/log/heads`);
    await look(page, "heads of the log");
    await page.context().close();
  });
