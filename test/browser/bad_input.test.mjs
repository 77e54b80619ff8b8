// SPDX-License-Identifier: MIT
// bad_input.test.mjs - what people and programs send by mistake or by intent.  Each gets a message
// beside its field or a plain page of error; what was typed stays; the service goes on, and
// service.stop() fails the file when anything was answered with a 5xx.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { WIDTHS, press } from "./lib/browser.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import {
  COSIGNER,
  LEADER,
  chooseOrganisation,
  fillLeader,
  fillPlan,
  fillUnion,
  linkTo,
  sign,
} from "./lib/signing.mjs";

const MEGABYTE = 1024 * 1024;

setUp();

async function begin(page, words, name) {
  await page.goto(`${service.base}/pledges/sign`);
  await press(page, "Start now");
  if (!words) return;
  await chooseOrganisation(page, words, name);
  await press(page, "Continue");
}

async function assertWrong(page, id, value) {
  assert.match(await page.title(), /^Error/);
  const summary = page.locator(`.nhsuk-error-summary a[href="#${id}"]`);
  assert.equal(await summary.count(), 1, `the summary does not lead to ${id}`);
  const box = page.locator(`#${id}`);
  assert.equal(await box.inputValue(), value, "what was typed is gone");
  const said = await box.getAttribute("aria-describedby");
  assert.ok(said.includes(`${id}-error`), `the message is not tied to ${id}`);
}

for (const width of WIDTHS) {
  test(`what is wrong is said beside its box, and what was typed stays: ${width} px`, async () => {
    const page = await browsers.page({ width });
    await begin(page);
    await page.fill("#organisation", "zzzz no such place");
    // A button that moves between press and release is not pressed.
    await page.getByText("No organisation found.").first().waitFor();
    await press(page, "Continue");
    assert.match(await page.locator("main").innerText(), /no organisation for “zzzz no such place”/);
    await look(page, "an unknown organisation");
    await page.fill("#organisation", "");
    await chooseOrganisation(page, "norfolk and norwich", /Norfolk and Norwich/);
    await press(page, "Continue");

    const absurd = "x".repeat(5000);
    await fillLeader(page, { name: "N", title: absurd, email: "not an address" });
    await press(page, "Continue");
    await look(page, "an absurd leader");
    await assertWrong(page, "leader_email", "not an address");
    await assertWrong(page, "leader_title", absurd);

    const name = "محمد \u202e<script>alert(1)</script> 李小龍";
    await fillLeader(page, { ...LEADER, name });
    await press(page, "Continue");
    if (/^Error/.test(await page.title())) {
      await look(page, "a name with marks of direction");
      await assertWrong(page, "leader_name", name);
      await fillLeader(page, { ...LEADER, name: "محمد 李小龍" });
      await press(page, "Continue");
    }
    await fillUnion(page, { ...COSIGNER, email: LEADER.email.toUpperCase() });
    await press(page, "Continue");
    await look(page, "a co-signatory with the leader's address");
    await assertWrong(page, "cosigner_email", LEADER.email.toUpperCase());
    await page.context().close();
  });

  test(`dates that cannot be are refused: ${width} px`, async () => {
    const page = await browsers.page({ width });
    await begin(page, "cambridge university", /Cambridge University/);
    await fillLeader(page);
    await press(page, "Continue");
    await fillUnion(page);
    await press(page, "Continue");
    await page.getByRole("checkbox").first().check();
    await press(page, "Continue");
    await page.goto(`${page.url().split("?")[0]}/new`);
    await look(page, "an action of one's own");
    await press(page, "Save");
    assert.match(await page.title(), /^Error/);
    await look(page, "an action, empty");
    for (const [part, value] of [["day", "31"], ["month", "2"], ["year", "2027"]])
      await page.fill(`#start_on-${part}`, value);
    for (const [part, value] of [["day", "1"], ["month", "January"], ["year", "99999"]])
      await page.fill(`#due_on-${part}`, value);
    await press(page, "Save");
    await look(page, "an action with impossible dates");
    assert.match(await page.title(), /^Error/);
    const problems = await page.locator(".nhsuk-error-summary li").allInnerTexts();
    assert.ok(problems.some((one) => /start/i.test(one)), problems.join("; "));
    assert.ok(problems.some((one) => /due/i.test(one)), problems.join("; "));
    assert.equal(await page.inputValue("#start_on-day"), "31");
    assert.equal(await page.inputValue("#due_on-month"), "January");
    await page.context().close();
  });
}

test("a form sent twice and Back after sending make one pledge", async () => {
  const page = await browsers.page();
  const reference = await sign(page, service.base, { words: "walton centre", name: /Walton Centre/ });
  await page.goBack();
  await page.waitForLoadState();
  const again = page.getByRole("button", { name: "Send for signing" });
  if (await again.count()) {
    await press(page, "Send for signing");
    assert.ok((await page.locator(".nhsuk-panel").innerText()).includes(reference));
  } else {
    assert.match(page.url(), /\/done$/);
  }
  const other = await browsers.page();
  await begin(other);
  await chooseOrganisation(other, "walton centre", /Walton Centre/);
  await press(other, "Continue");
  assert.match(await other.title(), /^Error/, "a second live pledge of one organisation");
  await look(other, "an organisation that has a pledge");

  const link = await linkTo(page, service.base, LEADER.email);
  await page.goto(link);
  await press(page, "I sign this pledge");
  await page.goto(link);
  assert.equal(await page.locator("h1").innerText(), "You have signed");
  await look(page, "a used link");
  await page.context().close();
  await other.context().close();
});

test("a form token of another session is refused with a plain page", async () => {
  const mine = await browsers.page();
  const theirs = await browsers.page();
  await begin(mine);
  await begin(theirs);
  const token = await theirs.locator("input[name=form_token]").first().inputValue();
  await mine
    .locator("input[name=form_token]")
    .first()
    .evaluate((input, value) => (input.value = value), token);
  await press(mine, "Continue");
  assert.equal(mine.answer.status(), 403);
  await look(mine, "a token of another session");
  await mine.context().close();
  await theirs.context().close();
});

async function atUpload(page) {
  await begin(page, "frimley", /Frimley/);
  await fillLeader(page);
  await press(page, "Continue");
  await fillUnion(page);
  await press(page, "Continue");
  await page.getByRole("checkbox").first().check();
  await press(page, "Continue");
  await fillPlan(page);
}

test("files that are too large or not what they say are refused", async () => {
  const page = await browsers.page({ width: 360 });
  await atUpload(page);
  await page.fill("#statement", "What was typed");
  const elf = Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01", "latin1"), Buffer.alloc(4000, 7)]);
  await page.setInputFiles("input[type=file]", {
    name: "plan.pdf",
    mimeType: "application/pdf",
    buffer: elf,
  });
  await press(page, "Continue");
  assert.match(await page.title(), /^Error/);
  await look(page, "a PDF that is a program");
  assert.equal(await page.inputValue("#statement"), "What was typed");

  const large = join(service.folder, "large.pdf");
  writeFileSync(large, Buffer.concat([Buffer.from("%PDF-1.4\n"), Buffer.alloc(50 * MEGABYTE, 32)]));
  await page.setInputFiles("input[type=file]", large);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForFunction(() => !document.title.startsWith("Error: What"), null, {
    timeout: 30000,
  });
  await page.waitForLoadState();
  assert.ok([400, 413].includes(page.answer.status()), `answered ${page.answer.status()}`);
  await look(page, "a file of 50 MB");
  await page.context().close();
});

/** Sends bytes as they are and gives back the first line of the answer. */
function raw(bytes) {
  return new Promise((resolve, reject) => {
    const socket = connect(service.port, "127.0.0.1");
    const got = [];
    socket.setTimeout(15000, () => socket.destroy(new Error("no answer")));
    socket.on("data", (part) => got.push(part));
    const end = () => resolve(Buffer.concat(got).toString("latin1").split("\r\n")[0]);
    socket.on("close", end);
    socket.on("error", (error) => (got.length > 0 ? end() : reject(error)));
    socket.end(bytes);
  });
}

function post(path, body, type = "application/x-www-form-urlencoded") {
  const head =
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${service.port}\r\nContent-Type: ${type}\r\n` +
    `Content-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

const get = (target, more = "") =>
  Buffer.from(
    `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${service.port}\r\nConnection: close\r\n${more}\r\n`,
    "latin1",
  );

test("raw requests of any kind are answered with a 4xx or not at all", async () => {
  const long = "a".repeat(100000);
  const requests = {
    "NUL in a form": post("/sign-in", Buffer.from("email=a\0b%00c%40d.example&form_token=x")),
    "invalid UTF-8 in a form": post("/sign-in", Buffer.from("email=%ff%fe\xff", "latin1")),
    "a field of 10 MB": post("/sign-in", Buffer.alloc(10 * MEGABYTE, 97)),
    "a multipart without an end": post(
      "/sign-in",
      Buffer.from('--x\r\nContent-Disposition: form-data; name="email"\r\n\r\nabc'),
      "multipart/form-data; boundary=x",
    ),
    "JSON nested too deep": post(
      "/pledges/sign",
      Buffer.from("[".repeat(100000)),
      "application/json",
    ),
    "a type that nobody reads": post("/sign-in", Buffer.from("<a/>"), "text/xml"),
    "an address with NUL": get("/pledges/%00"),
    "an address with invalid UTF-8": get("/pledges/%ff%c0%af"),
    "an address that climbs": get("/assets/..%2f..%2fetc%2fpasswd"),
    "a long address": get(`/pledges/${long}`),
    "a long header": get("/pledges", `X-Long: ${long}\r\n`),
    "a method that is none": Buffer.from("BREW / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
    "no HTTP": Buffer.from("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "latin1"),
  };
  for (const [name, bytes] of Object.entries(requests)) {
    const line = await raw(bytes).catch((error) => error.code);
    assert.match(String(line), /^HTTP\/1\.1 4\d\d|^$|^ECONNRESET$|^EPIPE$/, `${name}: ${line}`);
  }
  for (const target of [
    "/pledges?q=%00%ff",
    "/organisations/find?q=%ff%fe",
    "/organisations/find.json?q=%00",
    "/pledges?after=%ff&region[]=1&year=-99999999999999999999",
    `/organisations/find?q=${"%E2%80%AE".repeat(500)}`,
  ]) {
    const line = await raw(get(target));
    assert.match(line, /^HTTP\/1\.1 [24]\d\d/, `${target}: ${line}`);
  }
});
