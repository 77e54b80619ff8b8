// SPDX-License-Identifier: MIT
// lead.test.mjs - somebody finds the local lead of a postcode, asks, confirms by a mailed page, and
// is answered at the desk; a lead says that it is still so.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Browsers, follow, press } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";
import { linkTo, signIn } from "./lib/signing.mjs";

const ASKER = "ana@home.example";

let service, browsers, desk;

before(async () => {
  service = await Service.start({ filled: true });
  browsers = new Browsers(service.base);
  desk = await browsers.page();
  await signIn(desk, service.base);
});

afterEach(() => browsers.settle());

after(async () => {
  await browsers?.close();
  await service?.stop();
});

const look = (page, name) => browsers.look(page, name);
const text = (page) => page.locator("main").innerText();

test("a lead is found by postcode, and a sector in two areas asks which", async () => {
  const page = await browsers.page({ width: 360 });
  await page.goto(`${service.base}/local-lead`);
  await look(page, "find your local lead");
  await page.fill("#place", "PE13 3");
  await page.keyboard.press("Enter");
  await page.waitForURL(/place=/);
  assert.match(await text(page), /PE13 3 lies in more than one area/);
  await look(page, "two areas");
  await page.goto(`${service.base}/local-lead?place=M13+9WL&on=soon`);
  assert.match(await text(page), /Enter the day as year, month and day/);
  await look(page, "a day that is none");
  await page.goto(`${service.base}/local-lead?place=nowhere+at+all`);
  await look(page, "no place");
  await page.goto(`${service.base}/local-lead/all`);
  await look(page, "all local leads");
});

test("a question is asked, confirmed by the mailed page alone, answered and closed", async () => {
  const page = await browsers.page({ width: 360, scripts: false });
  await page.goto(`${service.base}/local-lead?at=Y62`);
  assert.match(await text(page), /Half of the answers of local leads came within/);
  await look(page, "the leads of a region");
  await press(page, "Ask a question");
  await look(page, "a question");
  await press(page, "Continue");
  await look(page, "a question, empty");
  await page.getByRole("radio").first().check();
  await page.fill("#question", "How do I begin?");
  await press(page, "Continue");
  await page.fill("#name", "Ана Белл");
  await page.fill("#email", ASKER);
  await look(page, "who asks");
  await press(page, "Continue");
  await look(page, "check your answers");
  await press(page, "Send the question");
  await look(page, "sent");
  const [reference] = (await text(page)).match(/EN-[\w-]+/);

  const link = await linkTo(desk, service.base, ASKER);
  await page.goto(link);
  await look(page, "to be confirmed");
  await press(page, "Yes, send my question");
  assert.match(await text(page), /Answer by/);
  await look(page, "waiting for an answer");

  await desk.goto(`${service.base}/desk/enquiries?state=open`);
  await look(desk, "questions");
  await desk.goto(`${service.base}/desk/enquiries/${reference}`);
  assert.match(await text(desk), /How do I begin\?/);
  await look(desk, "a question at the desk");
  await press(desk, "Send the answer");
  assert.match(await text(desk), /Write something first/);
  await look(desk, "an empty answer");
  await desk.fill("#text", "Come to our open day on Monday.");
  await press(desk, "Send the answer");
  await look(desk, "answered");

  await page.reload();
  assert.match(await text(page), /Come to our open day on Monday\./);
  await look(page, "the answer");
  await press(page, "I need nothing more");
  assert.match(await text(page), /Closed/);
});

test("leads are kept at the desk", async () => {
  await desk.goto(`${service.base}/desk/leads`);
  await look(desk, "leads at the desk");
  await follow(desk, "Name a local lead");
  await look(desk, "naming a lead");
  await press(desk, "Name them");
  await look(desk, "naming a lead, empty");
  await desk.goto(`${service.base}/desk/leads`);
  await desk.locator("tbody a").first().click();
  await look(desk, "one lead");
  await press(desk, "Yes, this is still so");
  await desk.goto(`${service.base}/desk/leads/mine`);
  await look(desk, "where I am the lead");
});
