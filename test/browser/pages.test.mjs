// SPDX-License-Identifier: MIT
// pages.test.mjs - every page of a service on which nothing has happened yet, the pages that say
// that something is wrong, and each page that the people of a demonstration can reach.
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import { Browsers, WIDTHS, follow, press, tabTo } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";
import { browsers, service, setUp } from "./lib/setting.mjs";
import { linkTo, signIn } from "./lib/signing.mjs";

let full, fullBrowsers;

setUp({}, async () => {
  full = await Service.start({ filled: true });
  fullBrowsers = new Browsers(full.base);
});

afterEach(() => fullBrowsers.settle());

after(async () => {
  await fullBrowsers?.close();
  await full?.stop();
});

/** Addresses for everyone, and the code that each answers with. */
const open = [
  ["/", 200],
  ["/accessibility", 200],
  ["/pledges", 200],
  ["/pledges?q=zzzz&state=withdrawn", 200],
  ["/pledges?state=nonsense", [200, 400, 404]],
  ["/pledges/PL-0000-0000", 404],
  ["/pledges/sign", 200],
  ["/pledges/map", 200],
  ["/pledges/progress", 200],
  ["/pledges/progress?quarter=nonsense", 404],
  ["/pledges/compare", 200],
  ["/pledges/compare?with=nonsense", 422],
  ["/pledges/snapshots", 200],
  ["/pledges/snapshots/2199-01", 404],
  ["/pledges/snapshots/difference", 200],
  ["/pledges/confirm/no-such-link", 404],
  ["/pledges/mend/no-such-link", 404],
  ["/pledges/log", 200],
  ["/pledges/log/heads", 200],
  ["/pledges/log/check", 200],
  ["/pledges/log/entries/0", 404],
  ["/organisations", 200],
  ["/organisations?q=manchester", 200],
  ["/organisations?q=zzzzzzzz", 200],
  ["/organisations/find", 200],
  ["/organisations/find?q=leeds", 200],
  ["/organisations/find?q=zzzzzzzz", 200],
  ["/organisations/R0A", 200],
  ["/organisations/RW3", 200],
  ["/organisations/NOPE", 404],
  ["/verify", 200],
  ["/verify/NOSUCHCODE00", 404],
  ["/privacy", 200],
  ["/privacy/ask", 200],
  ["/privacy/request/no-such-link", 404],
  ["/terms", 200],
  ["/cookies", 200],
  ["/contact", 200],
  ["/roles", 200],
  ["/claim", 200],
  ["/invitations/no-such-link", 404],
  ["/sign-in", 200],
  ["/signed-out", 200],
  ["/desk/outbox", 200],
  ["/desk/outbox/1", 404],
  ["/no-such-page", 404],
];

const forStaff = [
  ["/desk", 200],
  ["/desk/pledges", 200],
  ["/desk/pledges?state=returned", 200],
  ["/desk/pledges/PL-0000-0000", 404],
  ["/desk/messages", 200],
  ["/account", 200],
  ["/account/devices", 200],
  ["/account/password", 200],
  ["/account/phone", 200],
  ["/account/phone/add", 200],
  ["/account/address", 200],
  ["/account/services", 200],
  ["/sign-in/recovery", 200],
  ["/sign-in/lost-phone", 200],
  ["/sign-in/prove", 200],
  ["/account/data", 200],
  ["/account/erase", 200],
  ["/account/requests", 200],
  ["/account/roles", 200],
  ["/account/claims", 200],
  ["/account/record", 200],
  ["/account/equality", 200],
  ["/account/concerns", 200],
  ["/concern", 200],
  ["/desk/people", 200],
  ["/desk/people/1", 404],
  ["/desk/invite", 200],
  ["/desk/invitations", 200],
  ["/desk/claims", 200],
  ["/desk/keys", 200],
  ["/desk/record", 200],
  ["/desk/record/1", 404],
  ["/desk/emergencies", 200],
  ["/desk/rights", 200],
  ["/desk/rights/RQ-0000-0000", 404],
  ["/desk/records", 200],
  ["/desk/records/removed", 200],
  ["/desk/holds", 200],
  ["/desk/holds/place", 200],
  ["/desk/holds/1/release", 404],
  ["/desk/outbox", 200],
];

async function visit(page, list) {
  for (const [path, wanted] of list) {
    await page.goto(service.base + path);
    const code = page.answer.status();
    assert.ok([wanted].flat().includes(code), `${path} answered ${code}`);
    if (code === 200) assert.equal(page.url(), service.base + path, "it leads elsewhere");
    await browsers.look(page, path);
    if (page.has.width === WIDTHS[0]) await browsers.lookNarrow(page, path);
  }
}

for (const width of WIDTHS) {
  test(`the pages for everyone stand when empty: ${width} px`, async () => {
    const page = await browsers.page({ width });
    await visit(page, open);
    await page.context().close();
  });

  test(`the pages for staff stand when empty: ${width} px`, async () => {
    const page = await browsers.page({ width });
    await page.goto(`${service.base}/sign-in/code`);
    await signIn(page, service.base, (at, name) => browsers.look(at, name));
    await visit(page, forStaff);
    await page.goto(`${service.base}/account`);
    await press(page, "Sign out");
    await browsers.look(page, "signed out");
    await page.goto(`${service.base}/desk`);
    assert.match(page.url(), /\/sign-in/, "the desk is for those who signed in");
    await page.context().close();
  });

  test(`forms sent empty say what is missing: ${width} px`, async () => {
    const page = await browsers.page({ width });
    await page.goto(`${service.base}/sign-in`);
    await press(page, "Continue");
    assert.match(await page.title(), /^Error/);
    await browsers.look(page, "sign-in, empty");
    await page.fill("#email", "nobody@nowhere.example");
    await press(page, "Continue");
    await press(page, "Sign in");
    assert.match(await page.title(), /^Error/);
    await browsers.look(page, "code, empty");
    await page.fill("#code", "000000");
    await press(page, "Sign in");
    await browsers.look(page, "code, wrong");
    await page.goto(`${service.base}/verify`);
    await page.getByRole("button", { name: "Check" }).click();
    await page.waitForLoadState();
    await browsers.look(page, "verify, empty");
    await page.context().close();
  });
}

// ---- the people of a demonstration ----

const PEOPLE = ["lead", "trust", "union", "local", "editor", "safeguarding", "operator", "newcomer"];
const PAGES_MOST = 150;

/** Signs in as somebody of the demonstration. */
async function enter(name, width, scripts = true) {
  const page = await fullBrowsers.page({ width, scripts });
  await signIn(page, full.base, undefined, `${name}@demo.example`);
  return page;
}

/** What stands for all pages of its kind: the address without numbers, references and codes. */
const shapeOf = (path) =>
  path
    .replace(/\?.*/, "")
    .replace(/\/(\d+|[A-Z]{2}-[\w-]+)(?=\/|$)/g, "/:thing")
    .replace(/\/([A-Z][A-Z0-9]{2,4}|DEMO-\d+)(?=\/|$)/g, "/:organisation");

const isPage = (path) =>
  /^\/(account|desk)(\/|$|\?)/.test(path) &&
  !/\.(csv|json|xlsx|atom|pdf|ics)(\?|$)|\/(plan-file|message|scan|mail)$/.test(path);

// At the greater width a page of a kind that somebody else has shown there already is not looked at
// again, or this file would take most of the time of all journeys: each person is looked at whole
// on a phone, and each kind of page at both widths.
const looked = new Set();

// Each kind of page once as at 400 % zoom, and on paper.
const narrow = new Set();

/** Looks at one page of each kind that links lead to, from the account and the desk on. */
async function walk(page, name) {
  const seen = new Set();
  const waiting = ["/account", "/desk"];
  while (waiting.length > 0) {
    const path = waiting.shift();
    if (seen.has(shapeOf(path))) continue;
    seen.add(shapeOf(path));
    assert.ok(seen.size < PAGES_MOST, `${name} finds no end of pages`);
    await page.goto(full.base + path);
    if (path === "/desk" && page.answer.status() === 403) continue; // who has no role
    assert.equal(page.answer.status(), 200, `${name}: ${path}`);
    if (page.has.width === WIDTHS[0] || !looked.has(shapeOf(path)))
      await fullBrowsers.look(page, `${name} ${path}`);
    if (page.has.width !== WIDTHS[0]) looked.add(shapeOf(path));
    const links = await page
      .locator("main a[href^='/']")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    if (page.has.width === WIDTHS[0] && page.has.scripts && !narrow.has(shapeOf(path))) {
      narrow.add(shapeOf(path));
      await fullBrowsers.lookNarrow(page, `${name} ${path}`);
      await fullBrowsers.lookOnPaper(page, `${name} ${path}`);
    }
    waiting.push(...links.filter(isPage));
  }
  return seen;
}

for (const width of WIDTHS) {
  for (const name of PEOPLE) {
    test(`what ${name}@demo.example can reach stands: ${width} px`, async () => {
      const page = await enter(name, width);
      const seen = await walk(page, name);
      assert.ok(seen.has("/account/data") && seen.has("/account/record"), "the account leads on");
      await page.context().close();
    });
  }

  test(`a claim and a concern can be sent: ${width} px`, async () => {
    const page = await enter("newcomer", width);
    for (const path of ["/claim", "/concern"]) {
      await page.goto(full.base + path);
      await fullBrowsers.look(page, `${path}, start`);
      await follow(page, /Start now|Continue|Start/);
      await fullBrowsers.look(page, `${path}, first step`);
      await press(page, "Continue");
      assert.match(await page.title(), /^Error/);
      await fullBrowsers.look(page, `${path}, first step, empty`);
    }
    await page.context().close();
  });

  test(`a record is opened in an emergency: ${width} px`, async () => {
    const page = await enter("operator", width);
    await page.goto(`${full.base}/desk/break-glass`);
    await press(page, "Open the record");
    assert.match(await page.title(), /^Error/);
    await fullBrowsers.look(page, "emergency, empty");
    await page.fill("#what", "newcomer@demo.example");
    await page.fill("#reason", "She cannot sign in and her first day is today");
    await press(page, "Open the record");
    assert.match(await page.locator("h1").innerText(), /^Account of/);
    await fullBrowsers.look(page, "emergency, open");
    await press(page, "Close this record now");
    await fullBrowsers.look(page, "emergency, closed");
    await page.context().close();
  });
}

// Lists for everyone and how the addresses of the pages that they lead to begin; "" for none.
const forPaper = [
  ["/", ""],
  ["/guidance", "/guidance/"],
  ["/guidance/ladder", ""],
  ["/guidance/t-levels", ""],
  ["/guidance/pillars/apprenticeships", ""],
  ["/get-in", ""],
  ["/case-studies", "/case-studies/CS-"],
  ["/resources", "/resources/RE-"],
  ["/news", "/news/"],
  ["/events", "/events/EV-"],
  ["/newsletter", "/newsletter/NL-"],
  ["/pledges?state=published", "/pledges/PL-"],
  ["/organisations", "/organisations/"],
  ["/organisations/find?q=leeds", ""],
  ["/search?q=apprentice", ""],
  ["/search?q=leeds", ""],
  ["/local-lead?at=Y62", ""],
  ["/local-lead/all", ""],
  ["/pledges/map", ""],
  ["/pledges/progress", ""],
  ["/pledges/log", "/pledges/log/entries/"],
  ["/pledges/compare", ""],
  ["/pledges/sign", ""],
  ["/privacy", ""],
  ["/roles", ""],
  ["/verify", ""],
];

test("the pages for everyone can be printed when full", async () => {
  const page = await fullBrowsers.page();
  for (const [path, begin] of forPaper) {
    await page.goto(full.base + path);
    assert.equal(page.answer.status(), 200, path);
    await fullBrowsers.lookOnPaper(page, path);
    if (begin === "") continue;
    const link = page.locator(`main a[href^="${begin}"]`).first();
    await page.goto(full.base + (await link.getAttribute("href")));
    await fullBrowsers.lookOnPaper(page, `the first page of ${path}`);
  }
  await page.context().close();
});

test("a question can be printed: a step, the answers to check, and what the asker sees", async () => {
  const page = await fullBrowsers.page();
  const email = "paper@home.example";
  await page.goto(`${full.base}/local-lead?at=Y62`);
  await press(page, "Ask a question");
  await fullBrowsers.lookOnPaper(page, "a step");
  await page.getByRole("radio").first().check();
  await page.fill("#question", "How do I begin?");
  await press(page, "Continue");
  await page.fill("#name", "Eve Bell");
  await page.fill("#email", email);
  await press(page, "Continue");
  await fullBrowsers.lookOnPaper(page, "answers to check");
  await press(page, "Send the question");
  await fullBrowsers.lookOnPaper(page, "sent");
  await page.goto(await linkTo(page, full.base, email));
  await press(page, "Yes, send my question");
  await fullBrowsers.lookOnPaper(page, "the asker's page");
  await page.context().close();
});

test("what a lead can reach stands without scripts", async () => {
  const page = await enter("trust", 360, false);
  await walk(page, "trust, no scripts,");
  await page.context().close();
});

const tabToButton = (page, text) =>
  tabTo(page, (at) => at.type === "submit" && at.text === text, `the button ${text}`);

test("a record is opened in an emergency by keyboard alone", async () => {
  const page = await enter("operator", 1280);
  await page.goto(`${full.base}/desk/break-glass`);
  await tabTo(page, (at) => at.id === "what", "#what");
  await page.keyboard.type("trust@demo.example");
  await tabTo(page, (at) => at.id === "reason", "#reason");
  await page.keyboard.type("She cannot sign in and has to decide a claim");
  await tabToButton(page, "Open the record");
  await Promise.all([page.waitForEvent("domcontentloaded"), page.keyboard.press("Enter")]);
  assert.match(await page.locator("h1").innerText(), /^Account of/);
  await tabToButton(page, "Close this record now");
  await Promise.all([page.waitForEvent("domcontentloaded"), page.keyboard.press("Enter")]);
  assert.equal(await page.locator("h1").innerText(), "This record is closed");
  await page.context().close();
});
