// SPDX-License-Identifier: MIT
// looks.test.mjs - that the looks at pages see what is wrong with them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Browsers } from "./lib/browser.mjs";

const BASE = "http://pages.example";

const unfit = `<!DOCTYPE html>
<html lang="en"><head><title>Unfit for paper</title></head>
<body><nav><a href="/">Home</a></nav><div style="height: 600px"></div><main><h1>Low</h1>
<details><summary>More</summary><p>Folded</p></details>
<button>Send</button>
<table><tr><th>${"Word".repeat(60)}</th></tr></table></main></body></html>`;

const bad = `<!DOCTYPE html>
<html><head><title></title></head>
<body><p><div>Not in a paragraph</div></p>
<h1>One</h1><h1>Two</h1>
<img src="${BASE}/a.png">
<p style="width: 2000px; color: #eee">Wide and pale</p>
<script src="http://elsewhere.example/a.js"></script>
<script>throw new Error("broken");</script>
</body></html>`;

const plain = (words) => `<!DOCTYPE html>
<html lang="en"><head><title>Plain</title><style>.pale { color: #eee }</style></head>
<body><main><h1>Plain</h1>${words}</main></body></html>`;

/** What is said of pages with these contents, one after the other. */
async function saidOf(...bodies) {
  const browsers = new Browsers(BASE);
  try {
    const page = await browsers.page({ width: 360 });
    await page.route("**/*", (route) => {
      const [, number] = route.request().url().match(`^${BASE}/page/(\\d+)$`) ?? [];
      return number ? route.fulfill({ contentType: "text/html", body: bodies[number] }) : route.abort();
    });
    const said = [];
    for (const number of bodies.keys()) {
      await page.goto(`${BASE}/page/${number}`);
      await browsers.look(page, "page");
      said.push(browsers.wrong.splice(0).join("\n"));
    }
    return said;
  } finally {
    await browsers.close();
  }
}

test("each thing that is wrong with a page is seen", async () => {
  const [said] = await saidOf(bad);
  for (const wanted of [
    "scrolls sideways",
    "has no title",
    "has not one first heading",
    "HTML line",
    "axe: html-has-lang",
    "axe: image-alt",
    "axe: color-contrast",
    "asks for http://elsewhere.example/a.js",
    "script failed: broken",
  ])
    assert.ok(said.includes(wanted), `nobody saw: ${wanted}\n${said}`);
});

test("a text that nobody can read is seen among those whose colours are known", async () => {
  const said = await saidOf(
    plain("<p>Dark</p>"),
    plain("<p>Dark again</p><p class='pale'>Pale</p>"),
    plain("<p>And dark</p>"),
  );
  assert.deepEqual(said.map((text) => text.includes("axe: color-contrast")), [false, true, false]);
});

test("each thing that is wrong with a page on paper is seen", async () => {
  const browsers = new Browsers(BASE);
  try {
    const page = await browsers.page();
    await page.setContent(unfit);
    await browsers.lookOnPaper(page, "unfit");
    const said = browsers.wrong.splice(0).join("\n");
    for (const wanted of [
      "is cut off",
      "prints: <nav",
      "prints: <button",
      "is wider than the sheet",
      "stays folded away",
      "beyond the first half",
    ])
      assert.ok(said.includes(wanted), `nobody saw: ${wanted}\n${said}`);
  } finally {
    await browsers.close();
  }
});
