// SPDX-License-Identifier: MIT
// party.test.mjs - a pledge in other hands: "this was not us", a side handed over by a mailed link,
// an organisation that split, a pledge that was there twice.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Browsers, follow, press } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";
import { linkTo, signIn } from "./lib/signing.mjs";

const NEW = "nia@trust.example";

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
const heading = (page) => page.locator("h1").innerText();
const text = (page) => page.locator("main").innerText();

/** The addresses of the pledges in a list. */
const pledgesIn = (page) =>
  page.locator("tbody tr a").evaluateAll((links) => links.map((link) => link.href));

test("somebody says that this was not us, and the desk withdraws the pledge", async () => {
  const page = await browsers.page({ width: 360 });
  await page.goto(`${service.base}/pledges?state=published`);
  const [pledge] = await pledgesIn(page);
  await page.goto(pledge);
  await look(page, "a pledge");
  await follow(page, "Tell us that this was not us");
  await look(page, "this was not us");
  await press(page, "Start");
  assert.match(await text(page), /You tell us about the pledge PL-/);
  await look(page, "what happened");
  await press(page, "Continue");
  await look(page, "what happened, empty");
  await page.getByRole("radio").first().check();
  await page.fill("#words", "The board knows nothing of it.");
  await press(page, "Continue");
  await look(page, "who are you");
  await page.fill("#name", "Дара Доу");
  await page.fill("#job_title", "Board secretary");
  await page.fill("#email", "dara@trust.example");
  await press(page, "Continue");
  await look(page, "check your answers");
  await press(page, "Send");
  await look(page, "sent");
  const [number] = (await text(page)).match(/DP-[\w-]+/);

  await desk.goto(`${service.base}/desk/disputes?state=open`);
  await look(desk, "disputes");
  await follow(desk, number);
  await look(desk, "a dispute");
  await follow(desk, "Decide");
  await press(desk, "Decide");
  await look(desk, "deciding, empty");
  await desk.getByRole("radio").nth(1).check();
  await desk.fill("#answer", "You are right, and we are sorry.");
  await press(desk, "Decide");
  assert.match(await text(desk), /You are right/);
  await page.goto(pledge);
  assert.match(await text(page), /was not made by the organisation/);
  await look(page, "not made by the organisation");
});

test("a side is handed over by a mailed link, and the page says since when", async () => {
  await desk.goto(`${service.base}/desk/pledges?state=published`);
  const [pledge] = await pledgesIn(desk);
  await desk.goto(pledge);
  await look(desk, "a pledge at the desk");
  await desk.locator('a[href$="/hand-over/leader"]').click();
  await look(desk, "hand over");
  await press(desk, "Ask them");
  await look(desk, "hand over, empty");
  await desk.fill("#name", "Nia New");
  await desk.fill("#title", "Interim chief executive");
  await desk.fill("#email", NEW);
  await desk.fill("#reason", "The chief executive has retired.");
  await press(desk, "Ask them");
  assert.match(await text(desk), /Nia New, Interim chief executive/);
  const link = await linkTo(desk, service.base, NEW);

  const page = await browsers.page({ width: 360, scripts: false });
  await page.goto(link);
  await look(page, "sign from now on?");
  await press(page, "Yes, I sign from now on");
  assert.equal(await heading(page), "Thank you");
  await look(page, "taken over");
  await page.goto(pledge.replace("/desk", ""));
  assert.match(await text(page), /Another person signs for the employer since/);
});

test("staff choose who goes on with a pledge, and merge one that is there twice", async () => {
  await desk.goto(`${service.base}/desk/split-pledges`);
  await look(desk, "split pledges");
  const [split] = await pledgesIn(desk);
  await desk.goto(split);
  await look(desk, "a pledge whose organisation has split");
  await follow(desk, "Choose who goes on with it");
  await look(desk, "who goes on");
  await desk.getByRole("radio").first().check();
  await desk.fill("#reason", "Most of its homes went there.");
  await press(desk, "Let it go on there");
  assert.match(await text(desk), /Went over from/);

  await desk.goto(`${service.base}/desk/undone-pledges`);
  await look(desk, "no succession was taken back");
  await desk.goto(`${service.base}/desk/pledges?state=published`);
  const [goes, stays] = (await pledgesIn(desk)).slice(-2);
  await desk.goto(goes);
  await follow(desk, /Merge it into another one/);
  await desk.fill("#into", stays.split("/").pop());
  await desk.fill("#reason", "The same organisation under two codes.");
  await look(desk, "merge");
  await press(desk, "See what will happen");
  await look(desk, "what a merge does");
  await press(desk, "Merge them");
  assert.match(await text(desk), /Where it goes on/);
  const page = await browsers.page({ width: 360 });
  for (const pledge of [goes, stays]) {
    await page.goto(pledge.replace("/desk", ""));
    await page.locator("summary").last().click();
    await look(page, "one of two that are one");
  }
  await page.goto(`${service.base}/pledges?state=merged`);
  await look(page, "merged pledges");
});
