// SPDX-License-Identifier: MIT
// casestudy.test.mjs - a case study from its author, by an editor and whoever is shown, to readers
// and to another organisation that did it too.
import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { test } from "node:test";
import { follow, press } from "./lib/browser.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import { chooseOrganisation, codeTo, linkTo, signIn } from "./lib/signing.mjs";

setUp({ filled: true });

const heading = (page) => page.locator("h1").innerText();

/** A picture of one colour, as a PNG. */
function png(width, height) {
  const table = Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
  });
  const crc = (bytes) =>
    (bytes.reduce((c, byte) => table[(c ^ byte) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4), sum = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.alloc(1), Buffer.alloc(width * 3, 90)]); // filter 0: none
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const next = (page) => press(page, "Continue");

/** From the start page to the page of the code. */
async function send(page, email, looks) {
  await page.goto(`${service.base}/case-studies/send`);
  await press(page, "Start now");
  await chooseOrganisation(page, "manchester university", /Manchester University/);
  await next(page);
  await next(page);
  assert.match(await page.title(), /^Error/);
  await looks(page, "about a case study, empty");
  await page.fill("#title", "A day in the laboratory");
  await page.fill("#summary", "Pupils look through a microscope.");
  await next(page);
  await page.getByLabel("Get Ready").check();
  await page.getByLabel("Widening access and participation").check();
  await next(page);
  await page.getByRole("checkbox").first().check();
  await next(page);
  await page.fill("#problem", "Few pupils knew of laboratories.");
  await next(page);
  await page.fill("#done", "We opened ours for a day.");
  await next(page);
  await page.fill("#result", "Thanks to the day, 3 pupils applied.");
  await next(page);
  await looks(page, "evidence");
  await page.getByLabel("Type 1: a reasoned story").check();
  await next(page);
  await next(page);
  await page.fill("#contact", "The careers team");
  await page.fill("#contact_email", "careers@trust.example");
  await next(page);
  await follow(page, "Add a picture");
  await page.setInputFiles("input[type=file]", {
    name: "lab.png", mimeType: "image/png", buffer: png(1600, 400),
  });
  await page.fill("#alternative", "A pupil at a microscope");
  await page.getByLabel("Yes", { exact: true }).check();
  await looks(page, "a picture");
  await press(page, "Save");
  await looks(page, "pictures");
  await next(page);
  await follow(page, "Add a person");
  await page.fill("#name", "Kim");
  await page.getByLabel("13 to 17").check();
  await press(page, "Save");
  assert.match(await page.title(), /^Error/);
  await looks(page, "a person in a picture, not whole");
  await page.locator("input[name=way][value=email]").check();
  await page.fill("#email", `kim-${email}`);
  await page.fill("#guardian_name", "Pat");
  await page.fill("#guardian_email", `pat-${email}`);
  await page.getByLabel("A pupil at a microscope").check();
  await press(page, "Save");
  await looks(page, "people in pictures");
  await next(page);
  await page.fill("#author_name", "Ada Author");
  await page.fill("#email", email);
  await next(page);
  await looks(page, "check a case study");
  await press(page, "Send");
  const open = page.url(), code = await codeTo(page, service.base, email);
  await page.goto(open);
  await page.fill("#code", code);
  await press(page, "Confirm");
  assert.equal(await heading(page), "A day in the laboratory");
  await looks(page, "the author's page");
}

/** Whoever is asked opens the link, and says it. */
async function say(page, address, button, looks) {
  await page.goto(await linkTo(page, service.base, address));
  await looks(page, "asked for consent");
  await press(page, button);
}

test("a case study with a picture is sent, challenged, published, and loses a picture", async () => {
  const page = await browsers.page({ width: 360 });
  const email = "author@lab.example";
  await send(page, email, look);
  const desk = await browsers.page({ width: 1280 });
  await signIn(desk, service.base);
  await desk.goto(`${service.base}/desk/case-studies?state=submitted`);
  await look(desk, "case studies at the desk");
  await follow(desk, "A day in the laboratory");
  await look(desk, "a case study at the desk");
  await press(desk, "Publish this version");
  assert.match(await desk.title(), /^Error/);
  await follow(desk, "Edit beside the author’s words");
  await look(desk, "the editor");
  await desk.fill("#result", "3 pupils applied. They say that the day helped them to choose.");
  await press(desk, "Save as a new version");
  await press(desk, "Publish this version");
  const reference = desk.url().split("/").pop();
  await say(page, `kim-${email}`, "Yes, I agree", look);
  await say(page, `pat-${email}`, "Yes, I agree", async () => {});
  await page.goto(`${service.base}/case-studies/${reference}`);
  await look(page, "a case study");
  const shown = page.locator("figure img");
  await shown.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("figure img").naturalWidth === 1200);
  await say(page, `pat-${email}`, "I take this back", async () => {});
  await look(page, "a consent taken back");
  assert.equal((await page.goto(`${service.base}/case-studies/${reference}`)).status(), 404);
  await desk.goto(`${service.base}/desk`);
  assert.match(await desk.locator("main").innerText(), /that a consent took down/);
  await page.context().close();
  await desk.context().close();
});

test("readers filter, and another organisation says that it did it too", async () => {
  const page = await browsers.page({ scripts: false, width: 1280 });
  await page.goto(`${service.base}/case-studies`);
  await look(page, "case studies");
  await page.goto(`${service.base}/case-studies?evidence=3`);
  await follow(page, "Maths by the bedside");
  await look(page, "a case study of the demonstration");
  const before = Number((await page.locator("main").innerText()).match(/(\d+) other org/)[1]);
  await press(page, "We did this too");
  await chooseOrganisation(page, "barts", /Barts/);
  await next(page);
  await look(page, "what was changed");
  await next(page);
  await page.fill("#name", "Bo");
  await page.fill("#email", "bo@reuse.example");
  await next(page);
  await press(page, "Send");
  const link = await linkTo(page, service.base, "bo@reuse.example");
  for (let i = 0; i < 3; i++) await page.goto(link);
  await look(page, "confirm a reuse");
  await press(page, "Yes, we did");
  assert.equal(await heading(page), "Thank you");
  await look(page, "a reuse");
  await follow(page, "Read the case study");
  assert.match(await page.locator("main").innerText(), new RegExp(`${before + 1} other org`));
  await page.context().close();
});
