// SPDX-License-Identifier: MIT
// forms.test.mjs - forms sent by others, with fields that they do not have, and pages that would
// change something by being read.  What the database holds is compared before and after.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person } from "../browser/lib/person.mjs";
import { NO_UNION, pledgeOf, trustsWithoutPledge } from "../browser/lib/pledge.mjs";
import { EVIL, Target } from "./target.mjs";

const FORMS_LEAST = 25;
const WORD = "zzmass";
const NUMBER = "987654321987";
const ENDS_SESSION = /\/sign-out|\/account\/leave|\/phone\/remove|\/devices/;

// A button that mail programs press by themselves (RFC 8058): it has no form token, the secret is in
// its address, and all that it does is to stop letters.
const ONE_CLICK = /^\/(letters|newsletter)\/stop\//;

let target, found;

before(async () => {
  target = await Target.start();
  const kept = await target.dump();
  found = await target.crawl();
  found.forms = found.forms.filter(({ action }) => !ONE_CLICK.test(action));
  target.keptBefore = kept;
});
after(() => target?.stop());

test("reading every page and file changes nothing but the record of looks", async (t) => {
  t.diagnostic(`${found.pages.length} pages, ${found.forms.length} forms`);
  assert.ok(found.forms.length >= FORMS_LEAST, `only ${found.forms.length} forms`);
  await target.changedNothing(target.keptBefore, "reading");
});

test("a form without the token of this browser's session is taken nowhere", async () => {
  const kept = await target.dump();
  const stranger = new Person(target.base);
  await stranger.ask("/sign-in");
  const wrong = ["", "0".repeat(64), stranger.token];
  for (const { action, fields } of found.forms)
    for (const form_token of wrong) {
      const { code } = await target.post(action, { ...fields, form_token });
      assert.equal(code, 403, `${action} with "${form_token}"`);
    }
  for (const { method, path } of target.routes()) {
    if (method !== "POST" || ONE_CLICK.test(path)) continue;
    for (const headers of [{}, { "Content-Type": "text/plain" }, { "Content-Type": "application/json" }]) {
      const { code } = await target.post(path, { reason: "x", email: "x@x.example" }, headers);
      assert.ok([400, 403, 415].includes(code), `${path}: ${code}`);
    }
  }
  await target.changedNothing(kept, "forms without their token");
});

test("a form with its token from another site's page is taken nowhere", async () => {
  const kept = await target.dump();
  const from = [
    { Origin: `http://${EVIL}` },
    { Origin: "null" },
    { Origin: `${target.base}.${EVIL}` },
    { Origin: target.base.replace(/:\d+$/, ":1") },
    { Referer: `http://${EVIL}/page` },
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { "Sec-Fetch-Site": "same-origin", Origin: "null" },
  ];
  for (const { action, fields } of found.forms)
    for (const headers of from) {
      const { code } = await target.post(action, fields, headers);
      assert.equal(code, 403, `${action} from ${JSON.stringify(headers)}`);
    }
  await target.changedNothing(kept, "forms of other sites");
});

test("what a form does is done by no other method", async () => {
  const kept = await target.dump();
  const headers = { Cookie: target.lead.cookie };
  for (const { action, fields } of found.forms) {
    const query = new URLSearchParams({ ...fields, _method: "POST" });
    const sign = action.includes("?") ? "&" : "?";
    for (const method of ["GET", "HEAD"]) {
      for (const name of ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]) {
        const answer = await target.ask(method, `${action}${sign}${query}`, {
          headers: { ...headers, [name]: "POST" },
        });
        assert.ok(answer.code < 500, `${method} ${action}: ${answer.code}`);
      }
    }
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"]) {
      const { code } = await target.ask(method, action, { headers });
      assert.ok([400, 404, 405, 501].includes(code), `${method} ${action}: ${code}`);
    }
  }
  await target.changedNothing(kept, "other methods");
});

/** Names of all columns, and what others' forms call such things. */
async function undeclared() {
  const rows = await target.service.query(
    `select distinct p.name || '|' || p.type from sqlite_master m, pragma_table_info(m.name) p
     where m.type = 'table'`,
  );
  const fields = {};
  for (const row of rows.split("\n")) {
    const [name, type] = row.split("|");
    fields[name] = /int/i.test(type) ? NUMBER : WORD;
  }
  for (const name of ["is_admin", "admin", "roles", "roles[]", "user[role]", "permissions", "_method", "__proto__", "constructor"])
    fields[name] = WORD;
  return fields;
}

async function heldNowhere(what) {
  const lines = (await target.dump()).filter((line) => line.includes(WORD) || line.includes(NUMBER));
  assert.deepEqual(lines.map((line) => line.slice(0, 300)), [], what);
}

/** Something that the field may hold. */
function typed(name, value) {
  if (value !== "") return value;
  if (/email/.test(name)) return "somebody@trust.example";
  if (/-day$|-month$/.test(name)) return "2";
  if (/-year$/.test(name)) return String(new Date().getFullYear() + 1);
  if (/organisation|area|union_code/.test(name)) return "R0A";
  return "Because the rules say so";
}

/** Sends forms as they are, with fields more; gives how often each code was answered. */
async function sendWithMore(forms) {
  const extra = await undeclared();
  const codes = {};
  for (const { action, page, fields } of forms) {
    const { text } = await target.ask("GET", page, { headers: { Cookie: target.lead.cookie } });
    const form_token = text.match(/name="form_token" value="([^"]+)"/)?.[1];
    const isThere = page.split("?")[0] === action || text.includes(`action="${action}"`);
    if (!form_token || !isThere) continue; // another form has done away with this one
    // A page for somebody who is new here asks for a name as well.
    if (/^\/invitations\//.test(action)) fields.name ??= "";
    const own = Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, typed(k, v)]));
    const { code } = await target.post(action, { ...extra, ...own, form_token });
    assert.ok(code < 500, `${action}: ${code}`);
    codes[code] = (codes[code] ?? 0) + 1;
    await heldNowhere(action);
  }
  return codes;
}

test("fields that a form does not declare are kept nowhere", async (t) => {
  const codes = await sendWithMore(found.forms.filter(({ action }) => !ENDS_SESSION.test(action)));
  t.diagnostic(`answers: ${JSON.stringify(codes)}`);
  assert.ok(codes[303] >= 8, `few forms were taken: ${JSON.stringify(codes)}`);
  assert.equal(codes[403], undefined, `forms were refused: ${JSON.stringify(codes)}`);
});

test("steps of a journey keep no field that they do not declare", async () => {
  const extra = await undeclared();
  for (const journey of ["/pledges/sign", "/claim", "/concern"]) {
    const headers = { Cookie: target.lead.cookie };
    const { text } = await target.ask("GET", journey, { headers });
    const form_token = text.match(/name="form_token" value="([^"]+)"/)[1];
    const begun = await target.post(journey, { ...extra, form_token });
    assert.equal(begun.code, 303, journey);
    const draft = begun.headers.location.replace(/\?.*/, "").split("/");
    const path = draft.slice(0, journey.split("/").length + 1).join("/");
    for (let step = 0; step < 8; step++) {
      const next = await target.ask("GET", path, { headers });
      const at = next.headers.location;
      const page = await target.ask("GET", at, { headers });
      const form = page.text.match(/<form\b[^>]*method="post".*?<\/form>/s);
      if (!form || at.endsWith("/check")) break;
      const names = [...page.text.matchAll(/\sname="([^"]+)"/g)].map(([, name]) => name);
      const own = Object.fromEntries(names.map((name) => [name, typed(name, "")]));
      const answer = await target.post(at, { ...extra, ...own, form_token });
      assert.ok(answer.code < 500, `${at}: ${answer.code}`);
      await heldNowhere(at);
      if (answer.code !== 303) break;
    }
    await target.post(`${path}/check`, { ...extra, form_token });
    await target.post(`${path}/save`, { ...extra, email: "a@trust.example", form_token });
    await heldNowhere(path);
  }
});

const fitting = (own, schema) =>
  Object.fromEntries(Object.entries(own).filter(([name]) => name in schema.properties));

test("members that a journey in one call does not declare are kept nowhere", async () => {
  const extra = await undeclared();
  const [free] = await trustsWithoutPledge(target.service);
  const own = {
    ...pledgeOf(free, NO_UNION),
    role: "coordinator",
    name: "Ada",
    job_title: "Head",
    email: "ada@trust.example",
  };
  const { paths } = JSON.parse((await target.ask("GET", "/openapi.json")).text);
  for (const path of ["/pledges/sign", "/claim"]) {
    const { schema } = paths[path].post.requestBody.content["application/json"];
    const more = Object.fromEntries(
      Object.entries(extra).filter(([name]) => !(name in schema.properties)),
    );
    for (const body of [{ ...more, ...fitting(own, schema) }, { ...fitting(own, schema), x: { y: more } }, [{ ...more }]]) {
      const answer = await target.ask("POST", path, {
        headers: {
          "Content-Type": "application/json",
          "Idempotency-Key": `mass-${Math.random()}-assignment`,
        },
        body: JSON.stringify(body),
      });
      assert.ok(answer.code < 500, `${path}: ${answer.code} ${answer.text}`);
      await heldNowhere(path);
    }
  }
});

test("neither does a form that ends something keep them", async () => {
  const codes = await sendWithMore(found.forms.filter(({ action }) => ENDS_SESSION.test(action)));
  assert.ok(Object.values(codes).length > 0);
});
