// SPDX-License-Identifier: MIT
// share.test.mjs - sharing a pledge, and chasing those who have not signed: a list, an address, a
// letter with its preview, sent once, and the link by which its reader wants no more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { press } from "./lib/browser.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import { openMail, signIn } from "./lib/signing.mjs";
import { until } from "./lib/until.mjs";

const NORTH_WEST = "north-west@demo.example";
const CONTACT = "ines@board.example";

setUp({ filled: true });

async function pledgeIn(state) {
  const reference = await service.query(
    `select reference from pledge where state = '${state}' order by id limit 1`,
  );
  return reference.trim();
}

const main = (page) => page.locator("main").innerText();

for (const width of [360, 1280]) {
  const scripts = width === 1280;
  test(`a pledge is shared, or not when it does not stand: ${width} px`, async () => {
    const page = await browsers.page({ width, scripts });
    const reference = await pledgeIn("published");
    await page.goto(`${service.base}/pledges/${reference}`);
    const image = await page.getAttribute('meta[property="og:image"]', "content");
    assert.equal(image, `${service.base}/pledges/${reference}/picture.png`);
    await look(page, "a pledge that can be shared");
    await page.goto(`${service.base}/pledges/${reference}/share`);
    await look(page, "sharing a pledge");
    const address = `${service.base}/pledges/${reference}`;
    assert.equal(await page.inputValue("#address"), address);
    assert.equal(await page.getByRole("button", { name: "Copy: Address" }).count(), scripts ? 1 : 0);
    if (scripts) {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.getByRole("button", { name: "Copy: Address" }).click();
      await page.getByText("Copied").waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);
    }
    for (const picture of ["badge.svg", "picture.png"]) {
      const size = await page
        .locator(`img[src$="${picture}"]`)
        .evaluate((it) => it.decode().then(() => it.naturalWidth));
      assert.ok(size > 300, `${picture} is not shown`);
    }
    const gone = await pledgeIn("withdrawn");
    await page.goto(`${service.base}/pledges/${gone}/share`);
    assert.match(await main(page), /No longer in force/);
    await look(page, "a pledge that cannot be shared");
    await page.context().close();
  });
}

test("a letter goes to everybody on a chase list, once, and one reader wants no more", async () => {
  const desk = await browsers.page({ width: 1280 });
  const phone = await browsers.page({ width: 360, scripts: false });
  await signIn(desk, service.base, async () => {}, NORTH_WEST);
  for (const page of ["", "/unsigned?kind=integrated-care-board", "/waiting", "/figures"]) {
    await desk.goto(`${service.base}/desk/campaign${page}`);
    await look(desk, `campaign${page}`);
  }
  await desk.goto(`${service.base}/desk/campaign/unsigned?kind=integrated-care-board`);
  await desk.getByRole("link", { name: "Make a chase list of these" }).click();
  await press(desk, "Make the list");
  assert.match(await desk.title(), /^Error/);
  await look(desk, "a list without a name");
  await desk.fill("#name", "Boards in the north west");
  await press(desk, "Make the list");
  await look(desk, "a chase list");
  const list = desk.url();

  await desk.getByRole("button", { name: "Write a letter to them" }).click();
  await desk.waitForURL("**/letter");
  await desk.fill("#subject", "Will {organisation} sign?");
  await desk.fill("#body", "Dear {name},\n\nwill you?");
  await press(desk, "See how it reads");
  assert.match(await main(desk), /There is no field \{name\}/);
  await look(desk, "a letter with an unknown field");
  await desk.fill("#body", "Dear {leader},\n\nthe staff of {region} ask.\n\n- one\n- two\n\n{link}");
  await press(desk, "See how it reads");
  assert.match(await main(desk), /We have no address for/);
  await look(desk, "a letter without addresses");
  const letter = desk.url();

  await desk.goto(list);
  const codes = await desk
    .locator('a:text-matches("^Change")')
    .evaluateAll((links) => links.map((link) => link.href));
  assert.ok(codes.length > 0);
  for (const [i, href] of codes.entries()) {
    await desk.goto(href);
    if (i === 0) await look(desk, "an address for letters");
    if (i > 0) {
      await press(desk, "Take it off this list");
      continue;
    }
    await desk.fill("#contact_name", "Ines Farrow");
    await desk.fill("#email", CONTACT);
    await desk.fill("#source", "Their website");
    await press(desk, "Save the address");
  }
  await look(desk, "a chase list with an address");
  await desk.goto(letter);
  assert.match(await main(desk), /Dear Ines Farrow/);
  await look(desk, "a letter as it reads");
  await press(desk, "Send to 1 organisation");
  await until("the letter is sent", async () => {
    await desk.reload();
    return /1 of 1 letters/.test(await main(desk));
  });
  await look(desk, "a letter that was sent");

  await openMail(phone, service.base, CONTACT);
  const stop = await phone.locator('main a[href*="/letters/stop/"]').first().getAttribute("href");
  await phone.goto(new URL(stop, service.base).href);
  await look(phone, "no more letters");
  await press(phone, "Send me no more letters");
  assert.equal(await phone.locator("h1").innerText(), "You get no more letters");
  await desk.goto(list);
  assert.match(await main(desk), /Wants no letters/);
  for (const one of [desk, phone]) await one.context().close();
});
