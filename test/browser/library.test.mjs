// SPDX-License-Identifier: MIT
// library.test.mjs - guidance as the public reads it, and an editor at work: write, be told what to
// mend, compare, publish, meet another editor, bring words back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, press } from "./lib/browser.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import { signIn } from "./lib/signing.mjs";

const EDITOR = "editor@demo.example";
const FIRST_VISIT_BYTES_MOST = 60 * 1024;
const PAGE_BYTES_MOST = 15 * 1024;
/** A picture of one dot. */
const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==",
  "base64",
);

setUp({ filled: true });

const main = (page) => page.locator("main").innerText();

for (const width of [360, 1280]) {
  test(`the public reads the guidance: ${width} px`, async () => {
    const page = await browsers.page({ width, scripts: width === 1280 });
    const paths = width === 360 ? ["", "/ladder", "/t-levels", "/care-certificate"] : ["", "/ladder"];
    for (const path of paths) {
      await page.goto(`${service.base}/guidance${path}`);
      await look(page, `guidance${path}`);
    }
    assert.equal(await page.locator(".app-rung").count(), paths.length === 2 ? 6 : 0);
    await page.goto(`${service.base}/get-in`);
    await look(page, "a stage");
    const link = page.locator("main").getByRole("link", { name: "What is fair" });
    assert.equal(await link.getAttribute("href"), "#what-is-fair");
    assert.ok(await page.locator("#what-is-fair").isVisible());
    await page.context().close();
  });
}

test("pages are light", async () => {
  const sizeOf = async (path) => {
    const answer = await fetch(service.base + path, { headers: { "accept-encoding": "gzip" } });
    const text = await answer.text();
    const packed = Number(answer.headers.get("content-length") ?? text.length);
    return { text, packed };
  };
  for (const path of ["/guidance", "/guidance/ladder", "/guidance/care-certificate"]) {
    const { text, packed } = await sizeOf(path);
    assert.ok(packed <= PAGE_BYTES_MOST, `${path} has ${packed} bytes`);
    let whole = packed;
    for (const [, asset] of text.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js))"/g))
      whole += (await sizeOf(asset)).packed;
    assert.ok(whole <= FIRST_VISIT_BYTES_MOST, `the first visit of ${path} has ${whole} bytes`);
  }
});

async function fillPage(page, body) {
  await page.fill("#title", "Coming to us from school");
  await page.fill("#path", "/guidance/from-school");
  await page.fill("#summary", "What to bring, and what to ask.");
  await page.fill("#body", body);
  await page.fill("#steps", "[Ask your local lead](/contact)");
  await page.fill("#sources", "Our own trust");
}

test("an editor writes, publishes, meets another editor and brings words back", async () => {
  const desk = await browsers.page({ width: 1280 });
  await signIn(desk, service.base, async () => {}, EDITOR);
  await desk.goto(`${service.base}/desk/library`);
  await look(desk, "the desk of guidance");
  for (const state of ["Pack brought other words", "Check is due", "Not public"])
    assert.ok((await main(desk)).includes(state), state);
  await follow(desk, "Write a new page");
  await look(desk, "a new page");
  await fillPage(desk, "Words <script>alert(1)</script>");
  await press(desk, "Save as a draft and look at it");
  assert.match(await main(desk), /HTML is not shown/);
  assert.match(await desk.inputValue("#body"), /^Words <script>/);
  await look(desk, "a page with a problem");
  await desk.fill("#body", "## One\n\nBring a pen.\n\n::: dont\n- be shy\n:::");
  await press(desk, "Save as a draft and look at it");
  await look(desk, "a version");
  await follow(desk, "Publish");
  await desk.getByLabel("Now").check();
  await look(desk, "publishing");
  await press(desk, "Publish");
  const page = desk.url();
  await look(desk, "a page at the desk");

  const other = await desk.context().newPage();
  await other.goto(`${page}/edit`);
  await desk.bringToFront();
  await desk.goto(`${page}/edit`);
  await desk.fill("#body", "## One\n\nBring two pens.");
  await press(desk, "Save as a draft and look at it");
  await look(desk, "a version with differences");
  assert.match(await main(desk), /Bring two pens\./);
  await other.fill("#body", "## One\n\nBring nothing.");
  await press(other, "Save as a draft and look at it");
  assert.match(await main(other), /This page was changed while you worked on it/);
  assert.equal(await other.inputValue("#body"), "## One\n\nBring nothing.");
  await press(other, "Save my words as the newest version");
  await other.goto(`${page}/versions/3/publish`);
  await other.getByLabel("Now").check();
  await press(other, "Publish");
  await desk.goto(`${service.base}/guidance/from-school`);
  assert.match(await main(desk), /Bring nothing\./);
  await desk.goto(`${page}/versions/1`);
  await press(desk, "Bring these words back");
  await desk.goto(`${service.base}/guidance/from-school`);
  assert.match(await main(desk), /Bring a pen\./);

  for (const path of ["/links", "/pictures"]) {
    await desk.goto(`${service.base}/desk/library${path}`);
    await look(desk, `the desk of guidance${path}`);
  }
  const send = async (alt) => {
    await desk.setInputFiles('input[type="file"]', { name: "a.png", mimeType: "image/png", buffer: DOT });
    await desk.fill("#alt", alt);
    await press(desk, "Add the picture");
  };
  await send("");
  await look(desk, "a picture with a problem");
  await send("A yellow dot");
  assert.ok(await desk.getByRole("img", { name: "A yellow dot" }).isVisible());
  await look(desk, "pictures of guidance");
  await desk.context().close();
});
