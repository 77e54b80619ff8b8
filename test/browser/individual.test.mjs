// SPDX-License-Identifier: MIT
// individual.test.mjs - one person signs a pledge of their own: with the code in the open page, or
// by the mail's button; then sees, changes and withdraws it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { follow, press } from "./lib/browser.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import { codeTo, linkTo, mailsTo, openMail, signIn } from "./lib/signing.mjs";

setUp();

/** What an outsider's program says of a receipt. */
function checked(receipt) {
  const path = join(service.folder, "receipt.json");
  const checker = fileURLToPath(new URL("../../doc/verify/check_log.mjs", import.meta.url));
  writeFileSync(path, receipt);
  return execFileSync(process.execPath, [checker, "receipt", path], { encoding: "utf8" });
}

const heading = (page) => page.locator("h1").innerText();

/** From the start page to the page that asks for the code; gives its address. */
async function sign(page, { name, email, looks = async () => {} }) {
  await page.goto(`${service.base}/pledges/individual`);
  await looks(page, "start of a person's pledge");
  await press(page, "Start now");
  await press(page, "Continue");
  assert.match(await page.title(), /^Error/);
  await looks(page, "name, empty");
  await page.fill("#name", name);
  await press(page, "Continue");
  await looks(page, "work");
  await page.fill("#role", "Porter");
  await press(page, "Continue");
  await looks(page, "employer");
  await page.getByLabel("Somewhere else").check();
  await page.fill("#employer_other", "A hospice by the sea");
  await press(page, "Continue");
  await looks(page, "intentions of a person");
  await page.getByRole("checkbox").nth(3).check();
  await press(page, "Continue");
  await looks(page, "statement");
  await page.fill("#statement", "I will show a pupil round every month.");
  await press(page, "Continue");
  await looks(page, "what the public sees of a person");
  await page.getByLabel("My name").check();
  await page.getByLabel("What I wrote in my own words").check();
  await press(page, "Continue");
  await looks(page, "reminder");
  await press(page, "Continue");
  await looks(page, "address");
  await page.fill("#email", email);
  await press(page, "Continue");
  await looks(page, "preview of a person's pledge");
  assert.match(await page.locator(".nhsuk-card").innerText(), new RegExp(name));
  assert.doesNotMatch(await page.locator(".nhsuk-card").innerText(), /hospice|Porter/);
  await press(page, "Continue");
  await looks(page, "check the answers of a person");
  await press(page, "Sign and send");
  await looks(page, "code of a person");
  assert.equal(await heading(page), "Check your email");
  return page.url();
}

for (const width of [360, 1280])
  test(`a person signs with the code in the open page: ${width} px`, async () => {
    const page = await browsers.page({ width });
    const email = `zoe-${width}@home.example`, name = `Zoë ${width}`;
    const open = await sign(page, { name, email, looks: width === 360 ? look : undefined });
    const code = await codeTo(page, service.base, email);
    await page.goto(open);
    await page.fill("#code", code === "000000" ? "000001" : "000000");
    await press(page, "Confirm my pledge");
    assert.match(await page.title(), /^Error/);
    await look(page, "wrong code of a person");
    await page.fill("#code", code);
    await press(page, "Confirm my pledge");
    assert.equal(await heading(page), "Your pledge counts");
    await look(page, "own pledge");
    const mine = page.url();
    await follow(page, "Your receipt");
    await look(page, "receipt of a person");
    const receipt = await page.context().request.get(`${mine}/receipt.json`);
    assert.equal((await receipt.json()).kind, "individual");
    assert.match(checked(await receipt.text()), /^It holds: the receipt of /);
    await page.goto(`${mine}/about-you`);
    await look(page, "equality questions of a person");
    await page.goto(`${mine}/choice`);
    await look(page, "change what the public sees");
    await page.getByLabel("My name").uncheck();
    await press(page, "Save");
    await page.goto(`${service.base}/pledges/people`);
    await look(page, "people");
    const people = await page.locator("main").innerText();
    assert.match(people, /Somebody who stays anonymous/);
    assert.doesNotMatch(people, new RegExp(name));
    await page.goto(`${mine}/withdraw`);
    await look(page, "withdraw a person's pledge");
    await press(page, "Withdraw my pledge");
    assert.equal(await heading(page), "You have withdrawn your pledge");
    await look(page, "withdrawn pledge of a person");
    await page.context().close();
  });

test("the mail's link changes nothing, its button signs; signing again looks the same", async () => {
  const page = await browsers.page({ scripts: false });
  const email = "bo@home.example";
  await sign(page, { name: "Bo", email });
  const first = await page.locator("main").innerText();
  const link = await linkTo(page, service.base, email);
  const known = await mailsTo(page, service.base, email);
  const counted = () => service.query("select count(*) from individual where state = 'confirmed'");
  const before = await counted();
  for (let i = 0; i < 3; i++) await page.goto(link);
  await look(page, "confirm by a link");
  assert.equal(await counted(), before);
  await press(page, "I sign this pledge");
  assert.equal(await heading(page), "Your pledge counts");
  assert.equal(Number(await counted()), Number(before) + 1);

  const open = await sign(page, { name: "Bo", email });
  assert.equal(await page.locator("main").innerText(), first);
  const code = await codeTo(page, service.base, email, known);
  await page.goto(open);
  await page.fill("#code", code);
  await press(page, "Confirm my pledge");
  assert.equal(await heading(page), "Your pledge counts");
  assert.equal(Number(await counted()), Number(before) + 1);
  await page.context().close();
});

test("the programme hides what must not stand in public, and its writer is told why", async () => {
  const page = await browsers.page({ width: 360 });
  const desk = await browsers.page({ width: 360 });
  const email = "ike@home.example";
  await sign(page, { name: "Ike", email });
  await page.goto(await linkTo(page, service.base, email));
  await press(page, "I sign this pledge");
  const known = await mailsTo(page, service.base, email);
  await signIn(desk, service.base);
  await desk.goto(`${service.base}/desk/individuals`);
  await look(desk, "what people show of their pledges");
  await desk.locator("tbody a").first().click();
  await look(desk, "what one person shows");
  await press(desk, "Hide it from the public");
  assert.match(await desk.title(), /^Error/);
  await look(desk, "hide a person's pledge, empty");
  await desk.fill("#reason", "It names a pupil.");
  await press(desk, "Hide it from the public");
  await look(desk, "hidden pledge of a person");
  await openMail(page, service.base, email, known);
  assert.match(await page.locator("main").innerText(), /It names a pupil/);
  await page.goto(`${service.base}/pledges/people`);
  assert.doesNotMatch(await page.locator("main").innerText(), /Ike/);
  await press(desk, "Show it to the public again");
  await page.reload();
  assert.match(await page.locator("main").innerText(), /Ike/);
  for (const one of [page, desk]) await one.context().close();
});
