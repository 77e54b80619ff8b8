// SPDX-License-Identifier: MIT
// browser.mjs - Debian's Chromium without windows, and the looks that every page must stand.
//
// A page that is looked at has: no violation that axe finds of WCAG 2.2 AA, HTML that is valid, no
// sideways scrolling, a title and one first heading.  Nothing may ask another host, fail in the
// console, or break the content-security policy.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";
import { wrongOnPaper } from "./paper.mjs";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// The same engine as Debian's chromium, without what only windows need.
const SHELL = "/usr/bin/chromium-headless-shell";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const WIDTHS = [360, 1280];

const TABS_MOST = 40;

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    // The design system's own markup, which ours equals element for element, has these.
    "no-implicit-button-type": "off",
    "no-redundant-role": "off",
    "prefer-native-element": "off",
    "text-content": "off",
  },
});

/** The width of a page at 400 % zoom on a screen of 1280 px. */
const NARROW = 320;

/** In the page: whether it scrolls sideways, with its pictures and without, and by what; and text
 * that is cut off.  Tables may scroll in a region of their own. */
function outside() {
  const page = document.documentElement;
  const wrong = [];
  const say = (at, what) =>
    wrong.push(`${what}: ${at.outerHTML.replace(/\s+/g, " ").slice(0, 160)}`);
  const isHidden = (at) => at.closest(".nhsuk-u-visually-hidden, .nhsuk-skip-link, svg") !== null;
  const scrolls = (how) => {
    if (page.scrollWidth <= page.clientWidth) return;
    wrong.push(`scrolls sideways${how}, ${page.scrollWidth} in ${page.clientWidth}`);
    for (const at of document.querySelectorAll("main *, header *, footer *"))
      if (at.getBoundingClientRect().right > page.clientWidth + 1 && at.closest("thead") === null)
        say(at, "reaches beyond");
  };
  scrolls("");
  for (const at of document.body.querySelectorAll("*")) {
    const isWide = at.scrollWidth > at.clientWidth + 1;
    const isHigh = at.scrollHeight > at.clientHeight + 1;
    if ((!isWide && !isHigh) || at.clientWidth < 2 || at.clientHeight < 2) continue;
    const { overflowX, overflowY } = getComputedStyle(at);
    const isCut = (/hidden|clip/.test(overflowX) && isWide) || (/hidden|clip/.test(overflowY) && isHigh);
    if (isCut && !isHidden(at) && at.innerText?.trim()) say(at, "is cut off");
    const isRegion = /auto|scroll/.test(overflowX) && isWide;
    if (isRegion && at.localName !== "textarea" && !at.querySelector("table, pre") && at.localName !== "pre")
      say(at, "scrolls sideways and is no table");
  }
  if (document.images.length > 0) {
    for (const image of document.images) image.removeAttribute("src");
    scrolls(" without pictures");
  }
  return wrong.slice(0, 5);
}

/** In the page: the texts that stand in other surroundings than any that is known, in the order of
 * the page, are kept for lookAtColours.  Their numbers, which name the elements and classes around
 * them, are returned.  Colours follow from these. */
function surroundings(known) {
  const seen = new Set(known);
  const numbers = [];
  globalThis.freshTexts = [];
  const hasText = (at) =>
    at.localName === "input" ||
    [...at.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim() !== "");
  for (const at of document.body.querySelectorAll("*")) {
    if (!hasText(at)) continue;
    let number = 0;
    for (let up = at; up !== null; up = up.parentElement) {
      const { localName, className, type, disabled, ariaCurrent } = up;
      for (const char of `${localName}.${className}.${type}.${disabled}.${ariaCurrent}/`)
        number = (Math.imul(number, 31) + char.codePointAt(0)) | 0;
    }
    if (seen.has(number)) continue;
    seen.add(number);
    numbers.push(number);
    globalThis.freshTexts.push(at);
  }
  return numbers;
}

/** Opens browsers with a new profile each; close() ends all of them. */
export class Browsers {
  constructor(base) {
    this.base = base;
    this.open = [];
    this.wrong = [];
    this.seen = new Set();
    this.surroundings = new Map(WIDTHS.map((width) => [width, []]));
  }

  async profile() {
    const folder = mkdtempSync(join(process.env.ONWARD_TEST_FOLDER ?? tmpdir(), "profile-"));
    const browser = await chromium.launch({
      executablePath: process.env.ONWARD_CHROMIUM ?? SHELL,
      args: FLAGS,
      env: { ...process.env, HOME: folder },
    });
    this.open.push({ browser, folder });
    return browser;
  }

  /** A page in a browser session of its own. */
  async page({ width = 1280, scripts = true } = {}) {
    this.browser ??= await this.profile();
    const context = await this.browser.newContext({
      viewport: { width, height: 800 },
      javaScriptEnabled: scripts,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60000); // enough for a machine that does other things as well
    const note = (what) => this.wrong.push(`${page.url()}: ${what}`);
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${this.base}/`) && !url.startsWith("data:")) note(`asks for ${url}`);
    });
    page.on("pageerror", (error) => note(`script failed: ${error.message}`));
    page.on("console", (message) => {
      // The browser itself says so of each answer of 4xx, which tests ask for.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        note(`console: ${message.text()}`);
    });
    page.on("response", (response) => {
      const request = response.request();
      if (request.isNavigationRequest() && request.frame() === page.mainFrame())
        page.answer = response;
    });
    page.has = { scripts, width };
    return page;
  }

  async close() {
    for (const { browser, folder } of this.open) {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
    this.settle();
  }

  /** Fails when something was wrong with a page since the last time.  All of it is said at once. */
  settle() {
    const wrong = [...new Set(this.wrong.splice(0))];
    assert.deepEqual(wrong, []);
  }

  /** Looks at the page as it stands; settle() says what was wrong.  What takes long is looked at on
   * SQLite only: the markup is the same on both databases. */
  async look(page, name) {
    const how = `${page.has.width} px${page.has.scripts ? "" : ", no scripts"}`;
    const where = `${name} (${how}) ${page.url()}`;
    const wrong = await this.lookAtShape(page);
    if (!process.env.ONWARD_TEST_DATABASE) {
      wrong.push(...(await this.lookAtHtml(page)));
      if (page.has.scripts) wrong.push(...(await this.lookWithAxe(page)));
    }
    if (process.env.ONWARD_SHOTS) await this.shoot(page, name);
    this.wrong.push(...wrong.map((what) => `${where}: ${what}`));
  }

  /** Keeps what the page looks like in the folder ONWARD_SHOTS, for people to look at. */
  async shoot(page, name) {
    const file = `${page.has.width}-${name.replace(/[^\w]+/g, "-").slice(0, 80)}.png`;
    const path = join(process.env.ONWARD_SHOTS, file);
    await page.screenshot({ path, fullPage: true, timeout: 60000 });
  }

  async lookAtShape(page) {
    const wrong = [];
    const wide = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth > clientWidth ? `${scrollWidth} in ${clientWidth}` : "";
    });
    if (wide !== "") wrong.push(`scrolls sideways, ${wide}`);
    if ((await page.title()) === "") wrong.push("has no title");
    if ((await page.locator("h1").count()) !== 1) wrong.push("has not one first heading");
    return wrong;
  }

  /** Looks at the page that is open as at 400 % zoom on a screen of 1280 px, where it is 320 px wide
   * (WCAG 2.2, 1.4.10), and the same without its pictures; nothing is loaded anew. */
  async lookNarrow(page, name) {
    const { width, height } = page.viewportSize();
    await page.setViewportSize({ width: NARROW, height: 256 });
    const wrong = await page.evaluate(outside);
    await page.setViewportSize({ width, height });
    this.wrong.push(...wrong.map((what) => `${name} (${NARROW} px) ${page.url()}: ${what}`));
  }

  /** Looks at the page that is open as somebody gets it who prints it, see paper.mjs. */
  async lookOnPaper(page, name) {
    const wrong = await wrongOnPaper(page);
    this.wrong.push(...wrong.map((what) => `${name} (on paper) ${page.url()}: ${what}`));
  }

  /** Whether the same was looked at before, but for what is drawn by lot for each visit. */
  isSeen(html) {
    const same = html.replaceAll(/name="form_token" value="[^"]*"|nonce="[^"]*"/g, "");
    const digest = createHash("sha256").update(same).digest("hex");
    if (this.seen.has(digest)) return true;
    this.seen.add(digest);
    return false;
  }

  async lookAtHtml(page) {
    const html = await page.answer.text();
    if (this.isSeen(html)) return [];
    return validator
      .validateStringSync(html)
      .results.flatMap((result) => result.messages)
      .map((m) => `HTML line ${m.line}: ${m.ruleId}: ${m.message} (${m.selector})`);
  }

  async lookWithAxe(page) {
    if (this.isSeen(`${page.has.width} ${await page.content()}`)) return [];
    await page.evaluate(axeSource);
    const violations = await page.evaluate(async (values) => {
      const only = { runOnly: { type: "tag", values }, rules: { "color-contrast": { enabled: false } } };
      return (await globalThis.axe.run(document, only)).violations;
    }, TAGS);
    violations.push(...(await this.lookAtColours(page)));
    return violations.map(
      (v) => `axe: ${v.id}: ${v.help}: ${v.nodes.map((n) => n.html.slice(0, 200)).join(" | ")}`,
    );
  }

  /** Axe takes longest over colours.  Once a file of tests they are looked at in each surroundings. */
  async lookAtColours(page) {
    const known = this.surroundings.get(page.has.width) ?? [];
    const fresh = await page.evaluate(surroundings, known);
    if (fresh.length === 0) return [];
    this.surroundings.set(page.has.width, [...known, ...fresh]);
    return page.evaluate(async () => {
      const only = { runOnly: { type: "rule", values: ["color-contrast"] } };
      return (await globalThis.axe.run({ include: globalThis.freshTexts }, only)).violations;
    });
  }
}

/** Presses the button of this name and waits for the page that follows. */
export async function press(page, name) {
  await Promise.all([
    page.waitForEvent("domcontentloaded"),
    page.getByRole("button", { name }).first().click(),
  ]);
  await page.waitForLoadState();
}

/** The same with a link, also one that looks like a button. */
export async function follow(page, name) {
  const main = page.locator("main");
  const link = main.getByRole("link", { name }).or(main.getByRole("button", { name }));
  await Promise.all([page.waitForEvent("domcontentloaded"), link.first().click()]);
  await page.waitForLoadState();
}

/** What has the focus, and whether people see that it has. */
export function focused(page) {
  return page.evaluate(() => {
    const it = document.activeElement;
    const style = getComputedStyle(it);
    return {
      id: it.id,
      type: it.type ?? "",
      text: it.textContent.trim(),
      isVisible: style.outlineStyle !== "none" || style.boxShadow !== "none",
    };
  });
}

/** Presses Tab until the focus is where it should be; each stop on the way must be seen. */
export async function tabTo(page, isThere, what) {
  for (let i = 0; i < TABS_MOST; i++) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    assert.ok(now.isVisible, `nobody sees that the focus is at ${now.id || now.text}`);
    if (isThere(now)) return now;
  }
  return assert.fail(`Tab does not reach ${what}`);
}
