// SPDX-License-Identifier: MIT
// event.test.mjs - an organiser plans an event, people book it, wait, get an offer and say yes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, press } from "./lib/browser.mjs";
import { browsers, look, service, setUp } from "./lib/setting.mjs";
import { codeTo, signIn } from "./lib/signing.mjs";

setUp({ filled: true });

const heading = (page) => page.locator("h1").innerText();
const nobody = async () => {};

/** From the page of an event to the page that asks for the code; gives the event's address. */
async function book(page, event, { name, email, people, looks = nobody }) {
  await page.goto(event);
  const button = page.getByRole("button", { name: /Book a place|Join the waiting list/ });
  await button.click();
  await looks(page, "who comes");
  await press(page, "Continue");
  assert.match(await page.title(), /^Error/);
  await looks(page, "who comes, empty");
  await page.fill("#people", String(people));
  await press(page, "Continue");
  await looks(page, "needs");
  await page.fill("#needs", "A hearing loop");
  await press(page, "Continue");
  await looks(page, "who books");
  await page.fill("#name", name);
  await page.fill("#email", email);
  await press(page, "Continue");
  await looks(page, "check a booking");
  await press(page, "Send my booking");
  assert.equal(await heading(page), "Check your email");
  await looks(page, "code of a booking");
  const open = page.url();
  const code = await codeTo(page, service.base, email);
  await page.goto(open);
  await page.fill("#code", code);
  await press(page, "Confirm my booking");
}

test("an event is planned, booked to the last place, given back and offered on", async () => {
  const staff = await browsers.page({ width: 1280 });
  await signIn(staff, service.base);
  await staff.goto(`${service.base}/desk/events`);
  await look(staff, "events of an area");
  await follow(staff, "Plan an event");
  await press(staff, "Save as a draft");
  assert.match(await staff.title(), /^Error/);
  await look(staff, "plan an event, empty");
  const year = new Date().getUTCFullYear() + 1;
  await staff.fill("#title", "Open evening");
  await staff.fill("#summary", "Come and look round.");
  await staff.fill("#text", "## Tea\n\nThere is tea.");
  for (const [part, value] of [["day", 12], ["month", 6], ["year", year]])
    await staff.fill(`#on-${part}`, String(value));
  await staff.fill("#starts", "6pm");
  await staff.fill("#ends", "8pm");
  await staff.getByLabel("In person", { exact: true }).check();
  await staff.fill("#place", "The hall");
  await staff.fill("#room_seats", "2");
  await press(staff, "Save as a draft");
  assert.equal(await heading(staff), "Open evening");
  await look(staff, "draft of an event");
  await press(staff, "Publish");
  const event = service.base + (await staff.getByText("The public page").getAttribute("href"));

  const page = await browsers.page({ width: 360 });
  await page.goto(`${service.base}/events`);
  await look(page, "events");
  const [ada, bo] = ["ada@home.example", "bo@home.example"];
  await book(page, event, { name: "Ada", email: ada, people: 2, looks: look });
  assert.equal(await heading(page), "You have a place");
  await look(page, "a place");
  const mine = page.url();
  await page.goto(event);
  await look(page, "a full event");
  await book(page, event, { name: "Bo", email: bo, people: 1 });
  assert.equal(await heading(page), "You are on the waiting list");
  await look(page, "waiting");
  const waits = page.url();
  await page.goto(`${mine}/people`);
  await page.fill("#people", "9");
  await press(page, "Save");
  assert.match(await page.title(), /^Error/);
  await look(page, "more people than places");
  await page.goto(`${mine}/cancel`);
  await look(page, "cancel a booking");
  await press(page, "Cancel my booking");
  assert.equal(await heading(page), "Your booking is cancelled");
  for (let i = 0; i < 3; i++) await page.goto(waits); // looking takes nothing
  assert.equal(await heading(page), "There is a place for you");
  await look(page, "an offer");
  await press(page, "Yes, I take it");
  assert.equal(await heading(page), "You have a place");
  await staff.reload();
  await follow(staff, "Who has booked, with what they need");
  await look(staff, "who has booked");
  assert.match(await staff.locator("main").innerText(), /bo@home.example[^]*A hearing loop/);
  await staff.context().close();
  await page.context().close();
});

test("pages of the demonstration's events, without scripts", async () => {
  const page = await browsers.page({ width: 1280, scripts: false });
  const states = (await service.query("select min(reference) from event where state <> 'draft' group by state")).split("\n");
  for (const reference of states.filter(Boolean)) {
    await page.goto(`${service.base}/events/${reference}`);
    await look(page, `event ${reference}`);
  }
  await page.goto(`${service.base}/events?online=1`);
  await look(page, "events online");
  await page.context().close();
  const staff = await browsers.page({ width: 360 });
  await signIn(staff, service.base);
  const past = (await service.query("select reference from event where title = 'Care careers evening'")).trim();
  await staff.goto(`${service.base}/desk/events/${past}`);
  await look(staff, "an event that is over");
  await follow(staff, "Note who came");
  await look(staff, "attendance");
  await staff.getByRole("textbox").first().fill("99");
  await press(staff, "Save");
  await look(staff, "attendance, wrong");
  await staff.context().close();
});
