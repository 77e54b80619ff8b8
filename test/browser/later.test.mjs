// SPDX-License-Identifier: MIT
// later.test.mjs - time and second thoughts: coming back later by a mailed link, links and codes
// that are too old, Back after sending, and buttons that are pressed twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, press } from "./lib/browser.mjs";
import { LEAD } from "./lib/service.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import {
  COSIGNER,
  LEADER,
  chooseOrganisation,
  codeTo,
  fillLeader,
  fillPlan,
  fillUnion,
  linkTo,
  mailsTo,
  sign,
  signIn,
} from "./lib/signing.mjs";

const DAY_SECS = 86400;

setUp();

const heading = (page) => page.locator("h1").innerText();

/** Begins, and goes as far as the question of the staff side. */
async function begin(page, { words, name }) {
  await page.goto(`${service.base}/pledges/sign`);
  await press(page, "Start now");
  await chooseOrganisation(page, words, name);
  await press(page, "Continue");
  await fillLeader(page);
  await press(page, "Continue");
}

/** From the question of the staff side to the page with the button that sends. */
async function fillTheRest(page) {
  await fillUnion(page);
  await press(page, "Continue");
  await page.getByRole("checkbox").first().check();
  await press(page, "Continue");
  await fillPlan(page);
  for (let i = 0; i < 2; i++) await press(page, "Continue");
}

/** Has the link mailed, and gives it back. */
async function saveForLater(page, email) {
  const known = await mailsTo(await page.context().newPage(), service.base, email);
  await follow(page, "Save and come back later");
  await page.fill("#email", email);
  await press(page, "Send me the link");
  assert.equal(await heading(page), "Your answers are saved");
  const mail = await page.context().newPage();
  const link = await linkTo(mail, service.base, email, known);
  await mail.close();
  assert.match(link, /\/open\?key=/);
  return link;
}

async function assertNoMore(page, link, name) {
  await page.goto(link);
  assert.equal(page.answer.status(), 404, name);
  assert.equal(await heading(page), "This link no longer works");
  await look(page, name);
}

const runs = [
  { width: 360, scripts: true, words: "whittington", name: /Whittington/ },
  { width: 1280, scripts: false, words: "homerton", name: /Homerton/ },
];

for (const run of runs) {
  const how = `${run.width} px, ${run.scripts ? "with" : "without"} scripts`;
  test(`answers are saved, and carried on with on another device: ${how}`, async () => {
    const page = await browsers.page(run);
    const email = `later-${run.width}@trust.example`;
    await begin(page, run);
    const address = page.url();
    await follow(page, "Save and come back later");
    await look(page, "come back later");
    await press(page, "Send me the link");
    assert.match(await page.title(), /^Error/);
    await look(page, "come back later, empty");
    await page.goto(address);
    const first = await saveForLater(page, email);
    await look(page, "saved");
    await page.reload();
    assert.equal((await mailsTo(page, service.base, email)).length, 1, "a reload mails again");
    await page.goto(address);
    const second = await saveForLater(page, email);

    const other = await browsers.page(run);
    await other.goto(address);
    assert.equal(other.answer.status(), 404, "the address alone opens nothing");
    await assertNoMore(other, first, "the link before the newest");
    for (let i = 0; i < 2; i++) await other.goto(second); // to look at it moves nothing
    await look(other, "the page of the link");
    await page.goto(address);
    assert.equal(page.answer.status(), 200, "the first browser lost its draft to a look");
    await press(other, "Carry on");
    assert.equal(other.url(), address, "it goes on elsewhere than it stopped");
    await other.goto(address.replace(/staff-side$/, "leader"));
    assert.equal(await other.inputValue("#leader_name"), LEADER.name);
    await press(other, "Continue");
    await fillTheRest(other);
    await press(other, "Send for signing");
    assert.match(await other.locator(".nhsuk-panel").innerText(), /PL-/);
    await assertNoMore(other, second, "the link after sending");
    await page.context().close();
    await other.context().close();
  });
}

test("a draft that nobody came back to for a year is gone, and its link says so", async () => {
  const page = await browsers.page({ width: 360 });
  await begin(page, { words: "milton keynes", name: /Milton Keynes/ });
  const address = page.url();
  const link = await saveForLater(page, "never@trust.example");
  const other = await browsers.page({ width: 360 });
  await other.goto(link);
  await service.database.change(
    `update web_draft set expires_at = expires_at - ${400 * DAY_SECS} where finished_at is null`,
  );
  await press(other, "Carry on");
  assert.equal(other.answer.status(), 404);
  await assertNoMore(other, link, "the link of a draft that is over");
  await page.goto(address);
  assert.equal(page.answer.status(), 404);
  await page.context().close();
  await other.context().close();
});

test("a link to sign that is too old says so, also to who had its page open", async () => {
  const page = await browsers.page({ width: 360 });
  const reference = await sign(page, service.base, { words: "medway", name: /Medway/ });
  const link = await linkTo(page, service.base, LEADER.email);
  await page.goto(link);
  await service.database.change(
    `update pledge_link set expires_at = expires_at - ${22 * DAY_SECS} where role = 'leader'`,
  );
  await press(page, "I sign this pledge");
  assert.equal(page.answer.status(), 409);
  assert.equal(await heading(page), "This link can no longer be used");
  await page.goto(link);
  assert.equal(page.answer.status(), 409);
  await look(page, "a link to sign that is too old");

  // The programme sends a new one, and that works.
  const desk = await browsers.page();
  const known = await mailsTo(page, service.base, LEADER.email);
  await signIn(desk, service.base);
  await desk.goto(`${service.base}/desk/pledges/${reference}`);
  await press(desk, /remind|new link/i);
  await page.goto(await linkTo(page, service.base, LEADER.email, known));
  await press(page, "I sign this pledge");
  assert.equal(await heading(page), "You have signed");
  await page.context().close();
  await desk.context().close();
});

test("a code to sign in that is too old does not work, and a new one does", async () => {
  const page = await browsers.page({ width: 360 });
  const known = await mailsTo(page, service.base, LEAD);
  await page.goto(`${service.base}/sign-in`);
  await page.fill("#email", LEAD);
  await press(page, "Continue");
  const mail = await page.context().newPage();
  const code = await codeTo(mail, service.base, LEAD, known);
  await service.database.change(
    `update access_code set expires_at = expires_at - ${DAY_SECS} where used_at is null`,
  );
  await page.fill("#code", code);
  await press(page, "Sign in");
  assert.match(await page.title(), /^Error/);
  await look(page, "a code that is too old");
  await signIn(page, service.base);
  await page.goto(`${service.base}/account`);
  assert.equal(page.answer.status(), 200);
  await page.context().close();
});

/** Presses the button twice, as fast as hands do, and waits for the page that stands in the end. */
async function pressTwice(page, name) {
  await Promise.all([
    page.waitForEvent("domcontentloaded"),
    page.getByRole("button", { name }).first().dblclick({ delay: 5 }),
  ]);
  await page.waitForLoadState("networkidle");
}

const count = async (sql) => Number(await service.query(`select count(*) from ${sql}`));

for (const run of [
  { width: 1280, scripts: true, words: "croydon health", name: /Croydon/ },
  { width: 360, scripts: false, words: "east cheshire", name: /East Cheshire/ },
]) {
  const how = `${run.width} px, ${run.scripts ? "with" : "without"} scripts`;
  test(`buttons pressed twice, and Back after sending, do it once: ${how}`, async () => {
    const page = await browsers.page(run);
    const pledges = await count("pledge");
    await begin(page, run);
    await fillTheRest(page);
    await pressTwice(page, "Send for signing");
    await page.waitForURL("**/done");
    const [reference] = (await page.locator(".nhsuk-panel").innerText()).match(/PL-[\w-]+/);
    await page.goBack();
    await page.waitForLoadState();
    assert.match(page.url(), /\/done$/, "Back shows answers that were sent already");
    assert.equal(await count("pledge"), pledges + 1);
    assert.equal(await count(`mail where kind = 'pledge.sign' and about = '${reference}'`), 2);

    for (const person of [LEADER, COSIGNER]) {
      const link = await linkTo(page, service.base, person.email);
      await page.goto(link);
      await pressTwice(page, "I sign this pledge");
      assert.equal(await heading(page), "You have signed");
      await page.goBack();
      await page.goto(link);
      assert.equal(await heading(page), "You have signed");
    }
    const desk = await browsers.page(run);
    await signIn(desk, service.base);
    await desk.goto(`${service.base}/desk/pledges/${reference}`);
    await pressTwice(desk, "Countersign");
    await pressTwice(desk, "Put on the public register");
    const events = `pledge_event e join pledge p on p.id = e.pledge_id
      where p.reference = '${reference}'`;
    assert.equal(await count(events), 5, "sent, two signatures, countersigned, published");
    await page.context().close();
    await desk.context().close();
  });
}
