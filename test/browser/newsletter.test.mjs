// SPDX-License-Identifier: MIT
// newsletter.test.mjs - getting the newsletter, programs that follow links, leaving; and an issue
// from its first word to its public page, by two people.
import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, press } from "./lib/browser.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import { codeTo, linkTo, signIn } from "./lib/signing.mjs";
import { until } from "./lib/until.mjs";

const SECOND = "second@programme.example";

setUp();

const heading = (page) => page.locator("h1").innerText();

/** From the footer of any page to the page that asks for the code; gives its address. */
async function ask(page, { email, looks = async () => {} }) {
  await page.goto(`${service.base}/pledges`);
  await page.locator("footer").getByRole("link", { name: "Get the newsletter" }).click();
  await page.waitForURL(/subscribe/);
  await looks(page, "start of the newsletter");
  await press(page, "Start now");
  await page.getByLabel("No", { exact: true }).check();
  await press(page, "Continue");
  assert.match(await page.locator("main").innerText(), /You must be 13 or older/);
  await looks(page, "newsletter, under 13");
  await page.getByLabel("Yes", { exact: true }).check();
  await press(page, "Continue");
  await looks(page, "newsletter topics");
  await page.getByRole("checkbox").nth(0).check();
  await press(page, "Continue");
  await looks(page, "newsletter region");
  await press(page, "Continue");
  await looks(page, "newsletter address");
  await page.fill("#email", email);
  await press(page, "Continue");
  await press(page, "Send");
  assert.equal(await heading(page), "Check your email");
  await looks(page, "newsletter code");
  return page.url();
}

test("a code in the open page confirms; one's own page changes and stops it", async () => {
  const page = await browsers.page({ width: 360 });
  const email = "ana@home.example";
  const open = await ask(page, { email, looks: look });
  const code = await codeTo(page, service.base, email);
  await page.goto(open);
  await page.fill("#code", code);
  await press(page, "Confirm");
  assert.match(await page.locator("main").innerText(), /You get the newsletter/);
  await look(page, "own newsletter");
  await page.getByRole("checkbox").nth(3).check();
  await press(page, "Save");
  await follow(page, "Stop the newsletter");
  await look(page, "stop the newsletter");
  await press(page, "Stop the newsletter");
  assert.equal(await heading(page), "You get no newsletter any more");
  await look(page, "newsletter stopped");
  await page.context().close();
});

test("a program that fetches every link and runs the scripts confirms and stops nobody", async () => {
  const page = await browsers.page({ scripts: false });
  const email = "ben@home.example";
  await ask(page, { email });
  const link = await linkTo(page, service.base, email);
  const readers = () => service.query("select count(*) from newsletter_reader");
  const before = await readers();
  const scanner = await browsers.page();
  const visit = async (url) => {
    for (const method of ["HEAD", "GET", "GET", "OPTIONS"]) await fetch(url, { method });
    await scanner.goto(url);
    await scanner.waitForLoadState("networkidle");
    await look(scanner, "the mailed link of the newsletter");
  };
  await visit(link);
  assert.equal(await readers(), before, "a scanner confirmed somebody");
  await page.goto(link);
  await press(page, "Send me the newsletter");
  assert.match(await page.locator("main").innerText(), /You get the newsletter/);
  const stop = page.url().replace("/mine/", "/stop/").replace(/\?.*/, "");
  await visit(stop);
  await visit(page.url());
  assert.equal(await readers(), String(Number(before) + 1), "a scanner stopped somebody");
  const answer = await fetch(stop, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  assert.equal(answer.status, 200);
  assert.equal(await readers(), before);
  await scanner.context().close();
  await page.context().close();
});

test("an issue is written, previewed, approved by somebody else and public", async () => {
  const page = await browsers.page();
  await signIn(page, service.base);
  await page.goto(`${service.base}/desk/newsletter`);
  await look(page, "issues of the newsletter");
  await follow(page, "Begin an issue");
  await look(page, "head of an issue");
  await page.fill("#subject", "A new bus");
  await page.fill("#preview", "It goes at six");
  await press(page, "Save");
  await follow(page, "Add words of your own");
  await look(page, "words of an issue");
  await page.fill("#words", "## Hello\n\nRead [about our pledges](/pledges).");
  await press(page, "Add");
  await follow(page, "Add what was published");
  await look(page, "what was published");
  await page.goBack();
  await look(page, "an issue that is a draft");
  await follow(page, /See how it reads/);
  await look(page, "how an issue reads");
  const phone = await page.locator(".app-phone").boundingBox();
  assert.ok(phone.width <= 360, `the phone is ${phone.width} px wide`);
  await page.goBack();
  await follow(page, "Ask for approval");
  await look(page, "when an issue goes out");
  await press(page, "Ask for approval");
  assert.match(await page.locator("main").innerText(), /Another person has to read/);
  await look(page, "an issue that waits");
  const own = page.url();
  service.command("user", "create", SECOND, "--role", "national");
  const second = await browsers.page({ width: 360 });
  await signIn(second, service.base, undefined, SECOND);
  await second.goto(own);
  await look(second, "an issue to approve");
  await press(second, "Approve this version");
  assert.match(await second.locator("main").innerText(), /Approved by/);
  await until("the issue is public", async () => {
    await page.goto(`${service.base}/newsletter`);
    return (await page.locator("main").innerText()).includes("A new bus");
  });
  await look(page, "all newsletters");
  await follow(page, "A new bus");
  assert.match(await page.locator("main").innerText(), /Read about our pledges/);
  await look(page, "a newsletter");
  const feed = await fetch(`${service.base}/newsletter.atom`);
  assert.match(await feed.text(), /A new bus/);
  await second.context().close();
  await page.context().close();
});

