// SPDX-License-Identifier: MIT
// signing.mjs - what people do on the way of a pledge, a function a stretch of it.
import assert from "node:assert/strict";
import { follow, press } from "./browser.mjs";
import { CODE } from "./person.mjs";
import { LEAD } from "./service.mjs";
import { until } from "./until.mjs";

const OUTBOX_PAGES = 8; // of a demonstration, which sends a hundred or so
const OFTEN = { lookMs: 200 }; // a page in a window takes its time

const nothing = async () => {};

export const LEADER = {
  name: "Zoë Ångström",
  title: "Chief executive",
  email: "zoe@trust.example",
};
export const COSIGNER = {
  name: "Sam Okafor",
  title: "Branch secretary",
  email: "sam@union.example",
};

/** Chooses an organisation on the page that asks for it: from the list with scripts, else by a
 * search and a choice. */
export async function chooseOrganisation(page, words, name) {
  if (page.has.scripts) {
    await page.locator("#organisation").pressSequentially(words);
    await page.getByRole("option", { name }).first().click();
    assert.match(await page.locator("#organisation").inputValue(), name);
  } else {
    await page.fill("#organisation", words);
    await press(page, "Continue");
    await page.getByRole("radio", { name }).first().check();
  }
}

export async function fillLeader(page, leader = LEADER) {
  await page.fill("#leader_name", leader.name);
  await page.fill("#leader_title", leader.title);
  await page.fill("#leader_email", leader.email);
}

export async function fillUnion(page, cosigner = COSIGNER) {
  await page.getByLabel("Yes", { exact: true }).check();
  await page.selectOption("#union_code", { index: 1 });
  await page.fill("#cosigner_name", cosigner.name);
  await page.fill("#cosigner_title", cosigner.title);
  await page.fill("#cosigner_email", cosigner.email);
}

/**
 * The journey from its start page to its confirmation.  look(page, name) is called on each page,
 * and on the errors of each empty form when `errors` says so.  Returns the reference.
 */
export async function sign(page, base, { words, name, look = nothing, errors = false }) {
  const wrong = async (what) => {
    if (!errors) return;
    await press(page, "Continue");
    assert.match(await page.title(), /^Error/, `${what} was taken although empty`);
    await look(page, `${what}, empty`);
  };
  await page.goto(`${base}/pledges/sign`);
  await look(page, "start of signing");
  await press(page, "Start now");
  await look(page, "organisation");
  await wrong("organisation");
  await chooseOrganisation(page, words, name);
  await look(page, "organisation, chosen");
  await press(page, "Continue");
  await look(page, "leader");
  await wrong("leader");
  await fillLeader(page);
  await press(page, "Continue");
  await look(page, "staff side");
  await wrong("staff side");
  await fillUnion(page);
  await look(page, "staff side, yes");
  await press(page, "Continue");
  await look(page, "intentions");
  await wrong("intentions");
  await page.getByRole("checkbox").nth(0).check();
  await page.getByRole("checkbox").nth(2).check();
  await press(page, "Continue");
  await fillPlan(page, look, wrong);
  await look(page, "what the public sees");
  await page.fill("#statement", "Because everyone deserves a way in.");
  await page.getByRole("checkbox").first().check();
  await press(page, "Continue");
  await look(page, "preview");
  await press(page, "Continue");
  await look(page, "check your answers");
  await press(page, "Send for signing");
  await look(page, "confirmation");
  const [reference] = (await page.locator(".nhsuk-panel").innerText()).match(/PL-[\w-]+/);
  return reference;
}

/** From the empty plan to the step after it, with one action of the library. */
export async function fillPlan(page, look = nothing, wrong = nothing) {
  await look(page, "plan, empty");
  await wrong("plan");
  await follow(page, /library/);
  await look(page, "library");
  await page.getByRole("checkbox").nth(0).check();
  await press(page, "Add what I chose");
  await look(page, "plan with an unfinished action");
  await follow(page, /^Finish/);
  await look(page, "an action");
  await page.fill("#baseline", "None");
  await page.fill("#lead", "Head of learning");
  await press(page, "Save");
  await look(page, "plan");
  await press(page, "Continue");
}

/** The addresses of the emails in the outbox to this person, the newest first. */
export async function mailsTo(page, base, address) {
  const found = [];
  let next = `${base}/desk/outbox`;
  for (let i = 0; next && i < OUTBOX_PAGES; i++) {
    await page.goto(next);
    const rows = page.locator("tbody tr").filter({ hasText: address });
    found.push(...(await rows.getByRole("link").evaluateAll((all) => all.map((it) => it.href))));
    const after = page.locator("main a[href*='?before=']");
    next = (await after.count()) > 0 ? new URL(await after.getAttribute("href"), next).href : null;
  }
  return found;
}

/** The address of the newest email to this person that is not among `known`.  Some are made by jobs,
 * which take a moment; those of one second stand in no order, so who waits for a new one says what
 * was there before. */
export function newMailTo(page, base, address, known = []) {
  const fresh = async () =>
    (await mailsTo(page, base, address)).find((mail) => !known.includes(mail));
  return until(`an email to ${address}`, fresh, OFTEN);
}

export async function openMail(page, base, address, known) {
  await page.goto(await newMailTo(page, base, address, known));
}

/** The address behind the button of the newest email to this person. */
export async function linkTo(page, base, address, known) {
  await openMail(page, base, address, known);
  const link = page.locator("main a.nhsuk-button, main .nhsuk-button a, main a[role=button]");
  return new URL(await link.first().getAttribute("href"), base).href;
}

/** The code to sign in with that the newest email to this person has. */
export async function codeTo(page, base, address, known) {
  await openMail(page, base, address, known);
  return (await page.locator("main").innerText()).match(CODE)[0];
}

/** The second step: adds a phone when there is none yet, and types what it would show, which a
 * demonstration says. */
export async function secondStep(page, look = nothing) {
  const heading = await page.locator("h1").innerText();
  if (heading === "Add your phone") {
    await look(page, "add a phone");
    await page.fill("#code", await page.locator(".nhsuk-inset-text strong").innerText());
    await press(page, "Add this phone");
    await look(page, "recovery codes");
    await follow(page, "Continue");
  } else if (heading === "Enter the code from your phone") {
    await look(page, "second step");
    await page.fill("#code", await page.locator(".nhsuk-inset-text strong").innerText());
    await press(page, "Continue");
  }
}

/** Signs in with the code that is mailed, and the second step when the role needs it. */
export async function signIn(page, base, look = nothing, who = LEAD) {
  const known = await mailsTo(page, base, who);
  await page.goto(`${base}/sign-in`);
  await look(page, "sign in");
  await page.fill("#email", who);
  await press(page, "Continue");
  await look(page, "code");
  const code = await codeTo(page, base, who, known);
  await page.goto(`${base}/sign-in/code`);
  await page.fill("#code", code);
  await press(page, "Sign in");
  await secondStep(page, look);
}

/** Signs by the newest link that was mailed to this person. */
export async function signByLink(page, base, person, known) {
  const link = await linkTo(page, base, person.email, known);
  await page.goto(link);
  await press(page, "I sign this pledge");
  assert.equal(await page.locator("h1").innerText(), "You have signed");
  return link;
}
