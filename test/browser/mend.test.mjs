// SPDX-License-Identifier: MIT
// mend.test.mjs - a pledge that comes back: it is changed by the mailed link, sent again, and
// signed anew; no link from before works any more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { press } from "./lib/browser.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import {
  COSIGNER,
  LEADER,
  linkTo,
  mailsTo,
  newMailTo,
  openMail,
  sign,
  signByLink,
  signIn,
} from "./lib/signing.mjs";

const REASON = "Please say how many people you will help.";
const BETTER = "We will help forty people a year.";
const DAYS_22_SECS = 22 * 86400;

setUp();

async function assertOver(page, link, name) {
  await page.goto(link);
  assert.equal(page.answer.status(), 409, name);
  assert.equal(await page.locator("h1").innerText(), "This link can no longer be used");
  await look(page, name);
}

/** The co-signatory does not sign, and says why; saying it twice is no harm. */
async function declineByLink(page) {
  const link = await linkTo(page, service.base, COSIGNER.email);
  for (let i = 0; i < 2; i++) {
    if (i === 0) await page.goto(link);
    else await page.goBack();
    const summary = page.locator("summary").first();
    if (!(await page.locator("#reason").isVisible())) await summary.click();
    await page.fill("#reason", REASON);
    await press(page, "Send it back");
    assert.equal(await page.locator("h1").innerText(), "You have not signed");
  }
  await look(page, "not signed");
  await assertOver(page, link, "the link of who did not sign");
  return link;
}

const mailsToBoth = async (page) => [
  ...(await mailsTo(page, service.base, LEADER.email)),
  ...(await mailsTo(page, service.base, COSIGNER.email)),
];

/** The programme sends it back from its desk. */
async function returnFromDesk(desk, reference) {
  await signIn(desk, service.base);
  await desk.goto(`${service.base}/desk/pledges/${reference}`);
  await desk.getByRole("link", { name: "Return it with a reason" }).click();
  await desk.waitForURL("**/return");
  await desk.fill("#reason", REASON);
  await look(desk, "returning a pledge");
  await press(desk, "Return");
  assert.match(await desk.locator("main").innerText(), /Returned/);
  await look(desk, "a returned pledge on the desk");
}

/** Opens the mailed link and the answers behind it, changes one, and sends. */
async function mend(page, reference, known) {
  const link = await linkTo(page, service.base, LEADER.email, known);
  assert.match(link, /\/pledges\/mend\//);
  await openMail(page, service.base, COSIGNER.email, known);
  assert.doesNotMatch(await page.locator("main").innerHTML(), /pledges\/mend/, "two could mend it");
  assert.match(await page.locator("main").innerText(), /You then get a new link/);
  for (let i = 0; i < 2; i++) await page.goto(link);
  await look(page, "a link to mend");
  await press(page, "Open my answers");
  assert.match(await page.locator("h1").innerText(), /Check your answers/);
  await look(page, "check what came back");
  await page.locator('a[href*="/public?change=yes#statement"]').click();
  await page.waitForURL("**/public?change=yes*");
  assert.equal(await page.inputValue("#statement"), "Because everyone deserves a way in.");
  await page.fill("#statement", BETTER);
  await press(page, "Continue");
  assert.match(await page.locator("h1").innerText(), /Check your answers/);
  assert.match(await page.locator("main").innerText(), /forty people/);
  await press(page, "Send for signing");
  assert.match(await page.locator(".nhsuk-panel").innerText(), new RegExp(reference));
  await look(page, "sent again");
  return link;
}

const runs = [
  { width: 360, scripts: true, words: "wirral university", name: /Wirral/, by: "cosigner" },
  { width: 1280, scripts: false, words: "royal surrey", name: /Royal Surrey/, by: "desk" },
];

for (const run of runs) {
  const how = `${run.width} px, ${run.scripts ? "with" : "without"} scripts, by the ${run.by}`;
  test(`a pledge that was sent back is mended and signed anew: ${how}`, async () => {
    const page = await browsers.page(run);
    const desk = await browsers.page(run);
    const reference = await sign(page, service.base, run);
    const signed = await signByLink(page, service.base, LEADER);
    const before = await mailsToBoth(page);
    const old = [signed];
    if (run.by === "cosigner") old.push(await declineByLink(page));
    else await returnFromDesk(desk, reference);
    await openMail(page, service.base, LEADER.email, before);
    assert.match(await page.locator("main").innerText(), new RegExp(REASON));
    await look(page, "the email that it came back");
    await newMailTo(page, service.base, COSIGNER.email, before);
    const returned = await mailsToBoth(page);

    const phone = await browsers.page({ width: 360, scripts: run.scripts });
    const link = await mend(phone, reference, before);
    await assertOver(phone, link, "a link to mend that was used");
    for (const one of old) {
      await page.goto(one);
      assert.equal(page.answer.status(), 409, "a link to words that are no longer the words");
    }
    for (const person of [COSIGNER, LEADER]) await signByLink(page, service.base, person, returned);

    if (run.by === "cosigner") await signIn(desk, service.base);
    await desk.goto(`${service.base}/desk/pledges/${reference}`);
    const text = await desk.locator("main").innerText();
    for (const part of [REASON, BETTER]) assert.ok(text.includes(part), `nobody says ${part}`);
    await look(desk, "a mended pledge on the desk");
    await press(desk, "Countersign");
    await press(desk, "Put on the public register");
    await page.goto(`${service.base}/pledges/${reference}`);
    const shown = await page.locator("main").innerText();
    assert.ok(shown.includes(BETTER) && !shown.includes(REASON), "reasons are not for the public");
    await look(page, "a mended pledge");
    for (const one of [page, desk, phone]) await one.context().close();
  });
}

test("a link to mend that is too old says so, also to who had its page open", async () => {
  const page = await browsers.page({ width: 360 });
  await sign(page, service.base, { words: "salisbury", name: /Salisbury/ });
  const known = await mailsTo(page, service.base, LEADER.email);
  await declineByLink(page);
  const link = await linkTo(page, service.base, LEADER.email, known);
  await page.goto(link);
  await service.database.change(
    `update pledge_link set expires_at = expires_at - ${DAYS_22_SECS} where role = 'amend'`,
  );
  await press(page, "Open my answers");
  assert.equal(page.answer.status(), 409);
  await assertOver(page, link, "a link to mend that is too old");
  await page.context().close();
});
