// SPDX-License-Identifier: MIT
// paper.test.mjs - signed by hand: printed and scanned from the link, or come by post; one person
// records what is on the paper, another one checks it, and it counts like any other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { press, follow } from "./lib/browser.mjs";
import { leaderOf, sendPledge, trustsWithoutPledge } from "./lib/pledge.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import { chooseOrganisation, fillPlan, linkTo, signIn } from "./lib/signing.mjs";

setUp();

const DEPUTY = "deputy@programme.example";
const YESTERDAY = new Date(Date.now() - 86400000);

const pages = (count) =>
  Array.from({ length: count }, (_, i) => `${i + 3} 0 obj\n<< /Type /Page >>\nendobj\n`).join("");
const pdf = (count, more = "") => ({
  name: "scan.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from(
    `%PDF-1.4\n1 0 obj\n<< /Type /Catalog ${more}>>\nendobj\n${pages(count)}%%EOF\n`,
  ),
});

const text = (page) => page.locator("main").innerText();

async function fillDay(page, field, day) {
  await page.fill(`#${field}-day`, String(day.getDate()));
  await page.fill(`#${field}-month`, String(day.getMonth() + 1));
  await page.fill(`#${field}-year`, String(day.getFullYear()));
}

/** Two people of the programme, each in a browser of their own. */
async function twoPeople(run) {
  service.command("user", "create", DEPUTY, "--role", "national");
  const one = await browsers.page(run);
  const two = await browsers.page(run);
  await signIn(one, service.base);
  await signIn(two, service.base, undefined, DEPUTY);
  return [one, two];
}

/** Ticks all lines of a paper and confirms it. */
async function confirmAll(page, name) {
  await look(page, name);
  const boxes = page.getByRole("checkbox");
  const count = await boxes.count();
  await boxes.first().check();
  await press(page, "Confirm");
  assert.match(await text(page), new RegExp(`ticked 1 of ${count} lines`));
  await look(page, `${name}, too few ticked`);
  for (let i = 0; i < count; i++) await boxes.nth(i).check();
  await press(page, "Confirm");
  assert.match(await text(page), /Counts/);
}

/** The leader's way: every scan that is none is refused, then a good one is taken. */
async function sendScan(page, code) {
  const link = await linkTo(page, service.base, leaderOf(code));
  await page.goto(link);
  await look(page, "a link to sign");
  await follow(page, /print and sign on paper/);
  await look(page, "print and sign on paper");
  const bad = [
    [pdf(50), /has 50 pages/],
    [pdf(1, "/OpenAction << /S /JavaScript /JS (x) >> "), /can run something/],
    [{ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("Hello") }, /PDF, PNG or JPG/],
  ];
  for (const [file, said] of bad) {
    await page.setInputFiles("input[name=scan]", file);
    await press(page, "Send the scan");
    assert.match(await text(page), said);
  }
  await look(page, "a scan that is refused");
  await page.setInputFiles("input[name=scan]", pdf(1));
  await press(page, "Send the scan");
  assert.match(await text(page), /We have your scan/);
  await look(page, "a scan that was sent");
}

test("a signature by hand is scanned, recorded, checked and counts: 360 px", async () => {
  const run = { width: 360 };
  const [code] = await trustsWithoutPledge(service);
  const reference = await sendPledge(service.base, code);
  const page = await browsers.page(run);
  await sendScan(page, code);
  const [one, two] = await twoPeople(run);
  await one.goto(`${service.base}/desk/paper?state=waiting`);
  await look(one, "papers to record");
  await one.locator("tbody a").first().click();
  await one.waitForURL("**/desk/paper/PA-*");
  const paper = one.url();
  await look(one, "a paper that waits");
  await follow(one, "Record what is on it");
  await look(one, "recording a signature");
  await press(one, "Send to be checked");
  assert.match(await one.title(), /^Error/);
  await one.fill("#signer", "Ada Leader");
  await fillDay(one, "signed_on", YESTERDAY);
  await press(one, "Send to be checked");
  assert.match(await text(one), /somebody else must check it/);
  await look(one, "one's own paper");
  await two.goto(paper);
  await confirmAll(two, "comparing a signature");
  await look(two, "a paper that counts");
  await two.goto(`${service.base}/desk/pledges/${reference}`);
  assert.match(await text(two), /signed on paper on/);
  await look(two, "a pledge with a signature on paper");
  for (const each of [page, one, two]) await each.context().close();
});

/** Puts in a whole pledge that came by post, and gives the address of its paper. */
async function putIn(page, words, name) {
  await page.goto(`${service.base}/desk/paper/add`);
  await look(page, "putting in a paper");
  await page.getByLabel("A whole pledge").check();
  await page.locator("#organisation").pressSequentially(words);
  await page.getByRole("option", { name }).first().click();
  await page.getByLabel("By post").check();
  await fillDay(page, "received_on", YESTERDAY);
  await page.setInputFiles("input[name=scan]", pdf(3));
  await press(page, "Put it in");
  return page.url();
}

/** Writes down what is on it. */
async function transcribe(page, words, name) {
  await press(page, "Record what is on it");
  await look(page, "which paper");
  await page.selectOption("#wording", { index: 1 });
  await press(page, "Continue");
  if (await page.locator("#organisation").count()) {
    if ((await page.inputValue("#organisation")) === "")
      await chooseOrganisation(page, words, name);
    await press(page, "Continue");
  }
  await page.fill("#leader_name", "Ada Leader");
  await page.fill("#leader_title", "Chief executive");
  await fillDay(page, "leader_signed_on", YESTERDAY);
  await look(page, "who signed for the employer");
  await press(page, "Continue");
  await page.getByLabel("No", { exact: true }).check();
  await page.fill("#no_union_reason", "We have none, and staff were asked.");
  await look(page, "who signed for the staff side");
  await press(page, "Continue");
  await page.getByRole("checkbox").nth(0).check();
  await press(page, "Continue");
  await fillPlan(page);
  await press(page, "Continue");
  await look(page, "what was recorded");
  await press(page, "Send to be checked");
  assert.match(await text(page), /What happens next/);
}

test("a whole pledge by post is on the register like any other: 1280 px", async () => {
  const run = { width: 1280 };
  const words = "salisbury";
  const name = /Salisbury/;
  const [one, two] = await twoPeople(run);
  await one.goto(`${service.base}/pledges/paper`);
  await look(one, "how to sign on paper");
  const paper = await putIn(one, words, name);
  await transcribe(one, words, name);
  await two.goto(paper);
  await confirmAll(two, "comparing a whole pledge");
  await follow(two, /PL-/);
  await press(two, "Countersign");
  await press(two, "Put on the public register");
  const reference = two.url().match(/PL-[\w-]+/)[0];
  await one.goto(`${service.base}/pledges/${reference}`);
  assert.match(await text(one), /signed on paper on/i);
  await look(one, "a pledge that was signed on paper");
  for (const each of [one, two]) await each.context().close();
});
