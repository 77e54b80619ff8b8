// SPDX-License-Identifier: MIT
// pages.test.mjs - every page of a service on which nothing has happened yet, and the pages that
// say that something is wrong.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Browsers, WIDTHS, press } from "./lib/browser.mjs";
import { Service } from "./lib/service.mjs";
import { signIn } from "./lib/signing.mjs";

let service, browsers;

before(async () => {
  service = await Service.start();
  browsers = new Browsers(service.base);
});

afterEach(() => browsers.settle());

after(async () => {
  await browsers?.close();
  await service?.stop();
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
  ["/pledges/confirm/no-such-link", 404],
  ["/pledges/mend/no-such-link", 404],
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
