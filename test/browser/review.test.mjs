// SPDX-License-Identifier: MIT
// review.test.mjs - a year later: a pledge is reviewed part by part, signed again by both sides and
// renewed; and how the other states of reviews look.
import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, press } from "./lib/browser.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import { linkTo, signIn } from "./lib/signing.mjs";

setUp({ filled: true });

const TODAY = new Date().toISOString().slice(0, 10);
const WRITER = "coordinator@review.example";

/** References of pledges by a condition on review (r) and pledge (p), the first made first. */
async function pledges(where) {
  const found = await service.query(
    `select p.reference || ' ' || p.organisation_code from pledge p
     join review r on r.organisation_id = p.organisation_id and r.pledge_id = p.id
     where ${where} order by p.id`,
  );
  assert.notEqual(found.trim(), "", `no pledge where ${where}`);
  return found.split("\n").map((line) => line.split(" "));
}

const NEWEST = `(select max(v.version) from review_version v
  where v.organisation_id = r.organisation_id and v.pledge_id = r.pledge_id and v.period = r.period)`;

const heading = (page) => page.locator("h1").innerText();

async function writeAll(page) {
  const tasks = page.locator(".nhsuk-task-list__link");
  await tasks.first().click();
  await look(page, "an intention of the review");
  await page.fill("#done", "Two ways in are open.");
  await press(page, "Save and continue");
  assert.match(await page.title(), /^Error/, "a part without what comes next was taken");
  await look(page, "an intention, not finished");
  for (;;) {
    const boxes = page.locator("main textarea");
    for (let i = 0; i < (await boxes.count()); i++)
      await boxes.nth(i).fill("Écrit ensemble: 12 people began, 9 stayed.");
    await press(page, "Save and continue");
    if (page.url().endsWith("/check")) return;
  }
}

async function signByLink(page, email) {
  await page.goto(await linkTo(page, service.base, email));
  assert.match(await heading(page), /^Sign the yearly review/);
  await look(page, "link to sign a review");
  await page.locator("main summary").first().click();
  await look(page, "link to sign a review, saying no");
  await press(page, "I sign this review");
  assert.equal(await heading(page), "You have signed");
  await look(page, "review signed");
}

test("a review is written together, signed by both sides by mailed links, and public", async () => {
  const [[reference, code]] = await pledges(
    `p.state = 'under-review' and p.period = r.period and ${NEWEST} is null
     and p.organisation_code in (select o.code from organisation o join organisation_record c
       on c.organisation_id = o.id and c.dropped_by is null where c.kind like '%trust%')`,
  );
  service.command("user", "create", WRITER, "--role", "coordinator", "--area", code);
  const page = await browsers.page({ width: 360 });
  await signIn(page, service.base, undefined, WRITER);
  await page.goto(`${service.base}/account`);
  await follow(page, /^Yearly review of the pledge/);
  await look(page, "the review, nothing written");
  await page.goto(`${service.base}/reviews/${reference}/check`);
  assert.ok(await page.getByText("There is more to write").isVisible());
  await look(page, "the words, nothing written");
  await page.goto(`${service.base}/reviews/${reference}`);
  await writeAll(page);
  await look(page, "the exact words");
  await press(page, "Send it to be signed");
  await look(page, "the review, sent");

  const other = await browsers.page();
  await signByLink(other, `leader@${code.toLowerCase()}.example`);
  await other.goto(`${service.base}/pledges/${reference}/reviews/1`);
  assert.equal(other.answer.status(), 404, "a review that one side signed is not public");
  await signByLink(other, `staffside@${code.toLowerCase()}.example`);
  await follow(other, /^Read the review/);
  await look(other, "a signed review");
  assert.match(await other.locator("main").innerText(), /9 stayed/);
  await other.goto(`${service.base}/pledges/${reference}`);
  assert.match(await other.locator("main").innerText(), /Renewed[\s\S]*Review of year 1/);
  await look(other, "a renewed pledge");
  const pdf = await other
    .context()
    .request.get(`${service.base}/pledges/${reference}/reviews/1/review.pdf`);
  assert.equal((await pdf.body()).subarray(0, 5).toString("latin1"), "%PDF-");
});

test("each state of a review says what it is, to the public and at the desk", async () => {
  const states = {
    late: `p.state = 'under-review' and r.extended_at is null and r.due_on < '${TODAY}'`,
    "more time": "p.state = 'under-review' and r.extended_at is not null",
    lapsed: "p.state = 'lapsed'",
    "renewed twice": "p.state = 'renewed' and r.period = 2",
  };
  const desk = await browsers.page();
  await signIn(desk, service.base);
  await desk.goto(`${service.base}/desk/reviews`);
  await look(desk, "reviews at the desk");
  for (const [name, where] of Object.entries(states)) {
    const [[reference]] = await pledges(where);
    const page = await browsers.page({ width: 360 });
    await page.goto(`${service.base}/pledges/${reference}`);
    await look(page, `pledge, ${name}`);
    await desk.goto(`${service.base}/desk/pledges/${reference}`);
    await look(desk, `pledge at the desk, ${name}`);
  }
  const [[late]] = await pledges(states.late);
  await desk.goto(`${service.base}/desk/reviews/${late}/extend`);
  await press(desk, "Give more time");
  assert.match(await desk.title(), /^Error/);
  await look(desk, "more time, not filled in");
});
