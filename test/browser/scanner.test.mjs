// SPDX-License-Identifier: MIT
// scanner.test.mjs - programs that read mail before people do follow its links and run the pages.
// Whatever they fetch, nothing may change.
import assert from "node:assert/strict";
import { test } from "node:test";
import { press } from "./lib/browser.mjs";
import { LEAD } from "./lib/service.mjs";
import { browsers, service, setUp } from "./lib/setting.mjs";
import { COSIGNER, LEADER, linkTo, mailsTo, newMailTo, sign } from "./lib/signing.mjs";

let links;

setUp({}, async () => {
  const page = await browsers.page();
  await sign(page, service.base, { words: "guy's and st thom", name: /Guy/ });
  await page.goto(`${service.base}/sign-in`);
  await page.fill("#email", LEAD);
  await press(page, "Continue");
  links = await linksOfAllMails(page);
});

/** Every address in every email, as its text and as its HTML have them. */
async function linksOfAllMails(page) {
  const found = new Set();
  for (const address of [LEADER.email, COSIGNER.email, LEAD]) {
    await newMailTo(page, service.base, address);
    const mails = await mailsTo(page, service.base, address);
    for (const mail of mails) {
      await page.goto(mail);
      await page.locator("main details summary").click();
      const text = await page.locator("main").innerText();
      const html = await (await fetch(`${mail}/message`)).text();
      for (const [url] of `${text} ${html}`.matchAll(/http:\/\/127[^\s"'<>)]+/g)) found.add(url);
    }
  }
  return [...found];
}

/** What the database holds of what may not change. */
async function state() {
  const tables = (await service.database.tables())
    .split("\n")
    .filter((name) => /^(pledge|access_|person|mail|web_draft|draft|journey)/.test(name));
  assert.ok(tables.some((name) => name.startsWith("pledge")));
  const found = [];
  for (const name of tables)
    found.push(`${name}\n${await service.query(`select * from "${name}"`)}`);
  return found;
}

test("the emails have links to sign by", () => {
  assert.ok(links.filter((url) => url.includes("/pledges/confirm/")).length >= 2, links.join("\n"));
});

test("fetching every link of every email changes nothing", async () => {
  const before = await state();
  for (const url of links) {
    for (const method of ["HEAD", "GET", "GET", "OPTIONS"]) {
      const answer = await fetch(url, { method });
      assert.ok(answer.status < 500, `${method} ${url} answered ${answer.status}`);
    }
  }
  assert.deepEqual(await state(), before);
});

test("opening every link with scripts, and what these pages link to, changes nothing", async () => {
  const before = await state();
  const page = await browsers.page();
  for (const url of links) {
    await page.goto(url);
    await page.waitForLoadState("networkidle");
    const onward = await page
      .locator("a[href]")
      .evaluateAll((all) => all.map((a) => a.href).filter((href) => href.startsWith("http")));
    for (const href of new Set(onward)) await page.context().request.get(href);
  }
  await page.context().close();
  assert.deepEqual(await state(), before);
});

test("a POST to a mailed link without the page's form is refused", async () => {
  const before = await state();
  for (const url of links.filter((one) => one.includes("/pledges/confirm/"))) {
    for (const body of ["", "form_token=x", "form_token="]) {
      const answer = await fetch(url, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
      });
      assert.equal(answer.status, 403);
    }
  }
  assert.deepEqual(await state(), before);
});

test("after all that, the people can still sign", async () => {
  const page = await browsers.page();
  for (const person of [LEADER, COSIGNER]) {
    await page.goto(await linkTo(page, service.base, person.email));
    await press(page, "I sign this pledge");
    assert.equal(await page.locator("h1").innerText(), "You have signed");
  }
  await page.context().close();
});
