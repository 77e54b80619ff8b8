// SPDX-License-Identifier: MIT
// signing.test.mjs - the main job: a trust and its trade union sign the pledge, the programme
// countersigns it, and everybody can read and check it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { press } from "./lib/browser.mjs";
import { browsers, service, setUp } from "./lib/setting.mjs";
import { COSIGNER, LEADER, linkTo, openMail, sign, signIn } from "./lib/signing.mjs";

setUp();

const runs = [
  { width: 1280, scripts: true, words: "manchester univ", name: /Manchester University/ },
  { width: 360, scripts: true, words: "leeds teaching", name: /Leeds Teaching/ },
  { width: 1280, scripts: false, words: "barts health", name: /Barts Health/ },
  { width: 360, scripts: false, words: "royal free", name: /Royal Free/ },
];

async function stateAt(page, code) {
  await page.goto(`${service.base}/verify/${code}`);
  return page.locator("h1").innerText();
}

/** Signs by the mailed link; fetching the link alone must change nothing. */
async function signByLink(page, look, person) {
  const link = await linkTo(page, service.base, person.email);
  for (let i = 0; i < 2; i++) {
    await page.goto(link);
    assert.match(await page.locator("h1").innerText(), /^Sign the Partnership Pledge/);
  }
  await look(page, `link of ${person.title}`);
  await page.locator("summary").first().click();
  await look(page, `link of ${person.title}, saying no`);
  if (person === LEADER) {
    await press(page, "Send it back");
    assert.match(await page.title(), /^Error/);
    await look(page, "sent back without a reason");
  }
  await press(page, "I sign this pledge");
  assert.equal(await page.locator("h1").innerText(), "You have signed");
  await look(page, `signed by ${person.title}`);
}

function checkPdf(bytes, organisation) {
  assert.equal(bytes.subarray(0, 5).toString("latin1"), "%PDF-");
  const file = join(service.folder, "pledge.pdf");
  writeFileSync(file, bytes);
  const info = execFileSync("pdfinfo", [file], { encoding: "utf8" });
  assert.match(info, new RegExp(`Title:.*${organisation.source}`));
  assert.match(info, /Tagged:\s+yes/);
  return execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
}

for (const run of runs) {
  const how = `${run.width} px, ${run.scripts ? "with" : "without"} scripts`;
  test(`a pledge goes from a search to the public register: ${how}`, async () => {
    const page = await browsers.page(run);
    const look = (at, name) => browsers.look(at, name);
    const reference = await sign(page, service.base, { ...run, look, errors: true });

    await page.goto(`${service.base}/pledges/${reference}`);
    assert.equal(page.answer.status(), 404, "a pledge that waits is not for the public");
    await openMail(page, service.base, LEADER.email);
    await look(page, "an email");
    await signByLink(page, look, LEADER);
    await signByLink(page, look, COSIGNER);

    const desk = await browsers.page(run);
    await signIn(desk, service.base, look);
    await desk.goto(`${service.base}/desk`);
    await look(desk, "desk");
    await desk.goto(`${service.base}/desk/pledges`);
    await look(desk, "queue");
    await desk.goto(`${service.base}/desk/pledges/${reference}`);
    await look(desk, "signed pledge on the desk");
    await press(desk, "Countersign");
    await look(desk, "countersigned pledge on the desk");
    await press(desk, "Put on the public register");
    await look(desk, "published pledge on the desk");

    await page.goto(`${service.base}/pledges`);
    await look(page, "register");
    await page.getByRole("link", { name: run.name }).first().click();
    await page.waitForURL(`**/pledges/${reference}`);
    await look(page, "published pledge");
    const text = await page.locator("main").innerText();
    for (const part of ["Because everyone deserves a way in.", "Where we are now", "None"])
      assert.ok(text.includes(part), `the page does not say ${part}`);
    assert.doesNotMatch(text, /Head of learning/, "the leads of actions are not to be shown");
    assert.match(text, /Zoë Ångström/, "the leader agreed to be named");
    assert.doesNotMatch(text, /Sam Okafor/, "the representative did not agree to be named");
    assert.ok((await page.locator(".app-timeline__event").count()) >= 4, "history is short");

    const code = (await page.locator(".app-reference").first().innerText()).trim();
    assert.equal(await stateAt(page, code), "This pledge is real and in force");
    await look(page, "checked");
    const pdf = await page.context().request.get(`${service.base}/pledges/${reference}/pledge.pdf`);
    assert.match(checkPdf(await pdf.body(), run.name), new RegExp(code));
    await page.context().close();
    await desk.context().close();
  });
}
