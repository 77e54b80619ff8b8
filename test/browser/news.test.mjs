// SPDX-License-Identifier: MIT
// news.test.mjs - documents and news: read, downloaded in parts, written, published, corrected,
// withdrawn; and the second of two editors loses nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { press } from "./lib/browser.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import { signIn } from "./lib/signing.mjs";

const EDITOR = "lead@demo.example";

setUp({ filled: true });

const main = (page) => page.locator("main").innerText();
const documentCalled = async (title) =>
  (await service.query(`select reference from resource where title like '${title}%'`)).trim();

for (const width of [360, 1280]) {
  test(`a reader finds documents and news in every state: ${width} px`, async () => {
    const page = await browsers.page({ width, scripts: width === 1280 });
    const visit = async (path, name) => {
      await page.goto(service.base + path);
      await look(page, name);
      return main(page);
    };
    await visit("/resources", "documents");
    assert.match(await visit("/resources?accessible=1", "accessible documents"), /a week that works/);
    const guide = await documentCalled("Work experience");
    const words = await visit(`/resources/${guide}`, "a document with everything");
    assert.match(words, /Download the accessible version \(plain text, \d+ bytes\)/);
    assert.match(words, /In Welsh/);
    assert.match(await visit(`/resources/${guide}/1`, "an earlier version"), /earlier version/);
    const poster = await documentCalled("Poster");
    assert.match(
      await visit(`/resources/${poster}`, "a document without an accessible version"),
      /No accessible version yet[\s\S]*give the number RE-/,
    );
    assert.match(await visit(`/resources/${await documentCalled("Checklist")}`, "late"), /is late/);
    const letter = await documentCalled("Letter");
    assert.match(await visit(`/resources/${letter}`, "a withdrawn document"), /withdrawn/);

    await visit("/", "the front page with news");
    await visit("/news", "news");
    const slug = "employers-and-unions-report-on-their-first-year";
    assert.match(await visit(`/news/${slug}`, "corrected news"), /Corrected on/);
    await visit("/news/places-for-the-summer-are-open", "withdrawn news");
    await page.context().close();
  });
}

test("a download goes on where it broke off, and is counted once", async () => {
  const guide = await documentCalled("Work experience");
  const url = `${service.base}/resources/${guide}/2/1`;
  const whole = await fetch(url);
  const bytes = new Uint8Array(await whole.arrayBuffer());
  const middle = bytes.length >> 1;
  const rest = await fetch(url, {
    headers: { range: `bytes=${middle}-`, "if-range": whole.headers.get("etag") },
  });
  assert.equal(rest.status, 206);
  assert.deepEqual(new Uint8Array(await rest.arrayBuffer()), bytes.slice(middle));
  const changed = await fetch(url, { headers: { range: "bytes=9-", "if-range": '"x"' } });
  assert.equal(changed.status, 200);
  assert.equal((await fetch(url, { headers: { range: "bytes=9999999-" } })).status, 416);
  const head = await fetch(url, { method: "HEAD", headers: { range: "bytes=0-9" } });
  assert.equal(head.headers.get("content-length"), String(bytes.length));
  assert.equal(head.headers.get("accept-ranges"), "bytes");
  const counted = await service.query("select sum(downloads) from resource_download");
  assert.equal(counted.trim(), "2"); // the whole, and the whole again because it "changed"
});

test("an editor adds a document, a version and a language", async () => {
  const page = await browsers.page({ width: 360 });
  await signIn(page, service.base, async () => {}, EDITOR);
  await page.goto(`${service.base}/desk/resources`);
  await look(page, "documents at the desk");
  await page.getByRole("button", { name: "Add a document" }).click();
  await look(page, "before a document is added");
  await press(page, "Start now");
  await press(page, "Continue");
  assert.match(await page.title(), /^Error/);
  await look(page, "a document without words");
  await page.fill("#title", "Buddy scheme: how to begin");
  await page.fill("#summary", "For teams that want a buddy for everybody who is new.");
  await page.getByLabel("Guide").check();
  await press(page, "Continue");
  await page.setInputFiles('input[name="document"]', {
    name: "buddy.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("Ask who would like to be a buddy.\n"),
  });
  await page.selectOption("#language", "en");
  await press(page, "Continue");
  assert.match(await main(page), /buddy\.txt/); // what was sent is kept
  await look(page, "whether it works with a screen reader is missing");
  await page.getByLabel("Yes").check();
  await press(page, "Continue");
  const next = new Date(Date.now() + 200 * 86400000);
  await page.fill("#review_on-day", String(next.getUTCDate()));
  await page.fill("#review_on-month", String(next.getUTCMonth() + 1));
  await page.fill("#review_on-year", String(next.getUTCFullYear()));
  await press(page, "Continue");
  await look(page, "a document before it is public");
  await press(page, "Make it public");
  await look(page, "a document is public");
  const made = await documentCalled("Buddy");
  await page.goto(`${service.base}/desk/resources/${made}`);
  await look(page, "a document at the desk");
  await press(page, "Add a new version");
  assert.match(page.url(), /\/document$/); // its words stand already
  await look(page, "a new version");
  await page.goto(`${service.base}/desk/resources/${made}/withdraw`);
  await look(page, "withdrawing a document");
  await page.goto(`${service.base}/desk/resources/downloads`);
  await look(page, "downloads");
  await page.context().close();
});

test("news is written, seen first, published and corrected; of two editors nobody loses words", async () => {
  const [page, other] = [await browsers.page({ width: 1280 }), await browsers.page({ width: 360 })];
  for (const one of [page, other]) await signIn(one, service.base, async () => {}, EDITOR);
  await page.goto(`${service.base}/desk/news`);
  await look(page, "news at the desk");
  await page.getByRole("button", { name: "Write news" }).click();
  await press(page, "Save");
  await look(page, "news without words");
  await page.fill("#title", "A day for porters");
  await page.fill("#summary", "What porters do all day.");
  await page.selectOption("#category", "people");
  await page.fill("#body", "## Come and see\n\n- at noon\n\n[x](javascript:alert)");
  await press(page, "Save");
  assert.match(await page.title(), /^Error/); // no page links to a script
  await page.fill("#body", "## Come and see\n\n- at noon\n");
  await press(page, "Preview");
  await look(page, "a preview of news");
  assert.equal((await fetch(`${service.base}/news/a-day-for-porters`)).status, 404);
  await press(page, "Save");
  await look(page, "a draft of news");

  const edit = `${service.base}/desk/news/a-day-for-porters/edit`;
  await page.goto(edit);
  await other.goto(edit);
  await page.fill("#title", "A day for all porters");
  await press(page, "Save");
  await other.fill("#summary", "What a porter sees.");
  await press(other, "Save");
  assert.match(await main(other), /Somebody else changed this[\s\S]*A day for all porters/);
  assert.equal(await other.inputValue("#summary"), "What a porter sees.");
  await look(other, "the second of two editors");
  await press(other, "Save");

  await page.goto(`${service.base}/desk/news/a-day-for-porters/publish`);
  await look(page, "when news comes out");
  await page.getByLabel("Now").check();
  await press(page, "Publish");
  await page.goto(edit);
  await look(page, "correcting news");
  await page.fill("#correction", "It is not noon but one o'clock.");
  await press(page, "Publish the correction");
  await page.goto(`${service.base}/news/a-day-for-porters`);
  assert.match(await main(page), /Corrected on .*one o'clock/);
  await page.context().close();
  await other.context().close();
});
