// SPDX-License-Identifier: MIT
// plan.test.mjs - a living plan: somebody who was invited joins, writes, corrects, and meets what
// another wrote meanwhile; the public reads how it goes and compares two periods.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Browsers, follow, press, WIDTHS } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";
import { linkTo, mailsTo, openMail, signIn } from "./lib/signing.mjs";

const COACH = "coach@demo.example";

let service, browsers, reference;

before(async () => {
  service = await Service.start({ filled: true });
  browsers = new Browsers(service.base);
  reference = (
    await service.query(
      "select distinct p.reference from pledge p join plan_member m on m.pledge_id = p.id where m.kind = 'guest'",
    )
  ).trim();
});

afterEach(() => browsers.settle());

after(async () => {
  await browsers?.close();
  await service?.stop();
});

const look = (page, name) => browsers.look(page, name);
const heading = (page) => page.locator("h1").innerText();
const words = (page) => page.locator("main").innerText();

test("anybody reads how a plan goes, and compares two periods", async () => {
  for (const width of WIDTHS) {
    const page = await browsers.page({ width });
    await page.goto(`${service.base}/pledges/${reference}`);
    assert.match(await words(page), /How it goes today/);
    await look(page, "a pledge with its living plan");
    await page.goto(`${service.base}/pledges/${reference}/plan`);
    assert.match(await words(page), /Overdue/);
    assert.doesNotMatch(await words(page), /demo\.example/);
    await look(page, "a plan for the public");
    await follow(page, /compare Period 1/);
    assert.equal(await heading(page), "Two periods side by side");
    await look(page, "two periods of a plan");
    await page.goto(`${service.base}/pledges/${reference}/plan?period=1`);
    assert.match(await words(page), /kept as it was/);
    await look(page, "an earlier period");
  }
});

/** The coach presses the button of the mailed link, and signs in with the code that comes next. */
async function join(page) {
  const link = await linkTo(page, service.base, COACH);
  await page.goto(link);
  await look(page, "joining a plan");
  await press(page, "Work on the plan");
  assert.equal(new URL(page.url()).searchParams.get("next"), `/plans/${reference}`);
  const asks = page.url();
  const known = await mailsTo(page, service.base, COACH);
  await page.goto(asks);
  await page.fill("#email", COACH);
  await press(page, "Continue");
  await openMail(page, service.base, COACH, known);
  const [code] = (await words(page)).match(/\b\d{3} ?\d{3}\b/);
  await page.goto(`${service.base}/sign-in/code`);
  await page.fill("#code", code);
  await press(page, "Sign in");
  assert.equal(new URL(page.url()).pathname, `/plans/${reference}`);
}

async function fillUpdate(page, { state = "In progress", note }) {
  await page.getByRole("radio", { name: state }).check();
  await page.getByRole("radio", { name: "Amber" }).check();
  await page.fill("#note", note);
}

async function problems(page, wanted) {
  assert.equal(page.answer.status(), 422);
  assert.match(await page.locator(".nhsuk-error-summary").innerText(), wanted);
}

/** What cannot be is told, and what was typed stays. */
async function writeBadly(page) {
  await follow(page, "Write an update");
  await look(page, "an update");
  await fillUpdate(page, { state: "Stopped", note: "We stop here." });
  await page.fill("#link", "javascript:alert(1)");
  await page.setInputFiles("input[type=file]", {
    name: "report.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("#!/bin/sh\necho no report\n"),
  });
  await press(page, "Save the update");
  await problems(page, /program[\s\S]*why the action was stopped[\s\S]*https:\/\//);
  assert.equal(await page.inputValue("#note"), "We stop here.");
  await look(page, "an update with problems");
}

async function writeWell(page) {
  await fillUpdate(page, { note: "Half of the wards take part." });
  await page.fill("#link", "https://www.example.org/wards");
  await page.setInputFiles("input[type=file]", {
    name: "figures.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("ward,people\nA,3\nB,4\n"),
  });
  await press(page, "Save the update");
  assert.match(await words(page), /Half of the wards take part\.[\s\S]*figures\.csv/);
  await look(page, "an action with updates");
}

async function correct(page) {
  await follow(page, /^Correct update/);
  assert.equal(await page.inputValue("#note"), "Half of the wards take part.");
  await look(page, "a correction");
  await page.fill("#note", "A third of the wards takes part.");
  await press(page, "Save the correction");
  assert.match(await words(page), /This corrects update 1[\s\S]*Corrected by update 2/);
}

/** Two forms are open; the second to be sent shows the first before it is taken. */
async function writeAtOnce(page) {
  const form = `${page.url()}/update`;
  const other = await page.context().newPage();
  await other.goto(form);
  await fillUpdate(other, { note: "The other one wrote this." });
  await page.goto(form);
  await press(other, "Save the update");
  await other.close();
  await fillUpdate(page, { note: "And I wrote this." });
  await press(page, "Save the update");
  await problems(page, /while you were writing/);
  assert.match(await words(page), /The other one wrote this\./);
  await look(page, "written meanwhile");
  await press(page, "Save the update");
  assert.match(await words(page), /And I wrote this\.[\s\S]*The other one wrote this\./);
}

async function addAction(page) {
  await page.goto(`${service.base}/plans/${reference}/add`);
  await press(page, "Add the action");
  await problems(page, /Enter what you will do/);
  await look(page, "a new action with problems");
  await page.getByRole("radio").first().check();
  for (const [name, value] of Object.entries({
    action: "Find ten mentors",
    baseline: "None",
    measure: "Mentors",
    target: "Ten",
    lead: "Head of learning",
    "start_on-day": "1",
    "start_on-month": "1",
    "start_on-year": "2027",
    "due_on-day": "1",
    "due_on-month": "6",
    "due_on-year": "2027",
  }))
    await page.fill(`[name="${name}"]`, value);
  await press(page, "Add the action");
  assert.equal(await heading(page), "Find ten mentors");
  await follow(page, "Say who is reminded");
  await look(page, "who is reminded");
}

/** Who was invited sees who else works on it, without addresses, and invites nobody. */
async function people(page) {
  await page.goto(`${service.base}/plans/${reference}/people`);
  assert.match(await words(page), /Cy Coach[\s\S]*Works on it/);
  assert.doesNotMatch(await words(page), /@/);
  assert.equal(await page.getByRole("button", { name: "Send the invitation" }).count(), 0);
  await look(page, "people of a plan, for who was invited");
}

for (const width of WIDTHS)
  test(`somebody who is invited works on a plan, ${width} px`, async () => {
    const page = await browsers.page({ width });
    if (width === WIDTHS[0]) await join(page);
    else await signIn(page, service.base, undefined, COACH);
    await page.goto(`${service.base}/plans/${reference}`);
    await look(page, "a plan for those who work on it");
    if (width !== WIDTHS[0]) {
      await page.goto(`${service.base}/account`);
      assert.match(await words(page), /Action plans you work on/);
      return;
    }
    await page.goto(`${service.base}/plans/${reference}/2/actions/1`);
    await writeBadly(page);
    await writeWell(page);
    await correct(page);
    await writeAtOnce(page);
    await addAction(page);
    await people(page);
    for (const [file, magic] of [
      ["plan.pdf", "%PDF"],
      ["plan.xlsx", "PK"],
    ]) {
      const answer = await page.request.get(`${service.base}/plans/${reference}/${file}`);
      assert.ok((await answer.body()).toString("latin1").startsWith(magic), file);
    }
    await page.goto(`${service.base}/plans/${reference}/1/actions/1/update`);
    assert.equal(page.answer.status(), 409);
    await look(page, "a plan that is over");
  });

test("for everybody else a plan is not there", async () => {
  const page = await browsers.page();
  await signIn(page, service.base, undefined, "newcomer@demo.example");
  await page.goto(`${service.base}/plans/${reference}`);
  assert.equal(page.answer.status(), 404);
});
