// SPDX-License-Identifier: MIT
// api.test.mjs - the API document is valid, and the program does what it says: every operation is
// called, as everybody, with a key and with nothing, and every answer fits its schema.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { Person } from "../browser/lib/person.mjs";
import { NO_UNION, pledgeOf, trustsWithoutPledge } from "../browser/lib/pledge.mjs";
import { Service } from "../browser/lib/service.mjs";

const KEY = "onward_abcdefghijklmnopqrstuvwxyz";
const ORGANISATION = "R0A";

let service, document, ajv;

// A trust that has no pledge in the demonstration; a pledge, a case study and an event that are public.
let free, pledge, study, event;

before(async () => {
  service = await Service.start({ filled: true });
  // As if the lead had made it: what is kept of a key is its hash.
  const hash = createHash("sha256").update(KEY).digest("hex");
  await service.database.change(
    `insert into token values (1, '${ORGANISATION}', 'Manchester', 'Test', 'onward_abcd', '${hash}',
     'see-pledges', 1, 1, 'test', 9999999999, null, null)`,
  );
  [free] = await trustsWithoutPledge(service);
  event = (
    await service.query("select reference from event where title = 'Open morning for schools'")
  ).trim();
  pledge = (await service.query("select reference from pledge where is_public = 1")).split("\n")[0];
  study = (await service.query("select reference from casestudy where is_live = 1")).split("\n")[0];
  document = await (await fetch(`${service.base}/openapi.json`)).json();
  ajv = new Ajv.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, "document");
});
after(() => service?.stop());

function* operations() {
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) yield { path, method, operation };
}

/** The answer's body fits what the document says of its code. */
async function fits(answer, { path, method, operation }) {
  const said = operation.responses[answer.status] ?? operation.responses.default;
  const type = answer.headers.get("content-type").split(";")[0];
  assert.ok(said.content[type], `${method} ${path}: ${answer.status} came as ${type}`);
  const escaped = (text) => text.replaceAll("~", "~0").replaceAll("/", "~1");
  const code = operation.responses[answer.status] ? answer.status : "default";
  const pointer = `document#/paths/${encodeURIComponent(escaped(path))}/${method}/responses/${code}/content/${encodeURIComponent(escaped(type))}/schema`;
  const check = ajv.compile({ $ref: pointer });
  const body = await answer.json();
  assert.ok(check(body), `${method} ${path} ${answer.status}: ${JSON.stringify(check.errors)}`);
  return body;
}

function sampleOf(schema) {
  if (schema.enum) return schema.enum[0];
  if (schema.type === "object")
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, of]) => [name, sampleOf(of)]),
    );
  if (schema.type === "array") return [sampleOf(schema.items)];
  if (schema.type === "integer") return schema.minimum ?? 1;
  if (schema.format === "date") return "2027-01-31";
  if (schema.format === "email") return "somebody@example.org";
  return "x";
}

/** A picture of one dot, as a file in a body. */
const DOT = {
  name: "dot.png",
  type: "image/png",
  content:
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
};

const day = (daysAhead) =>
  new Date(Date.now() + daysAhead * 86400000).toISOString().slice(0, 10);

/** Bodies that a journey takes; each journey needs one here, so that its 201 is seen too. */
const whole = () => ({
  "/claim": {
    organisation: ORGANISATION,
    role: "coordinator",
    name: "Ada Lovelace",
    job_title: "Head of learning",
    email: "ada@trust.example",
  },
  "/case-studies/send": {
    organisation: ORGANISATION,
    title: "Ward visits",
    summary: "Pupils came.",
    stage: "get-ready",
    pillar: "widening-access",
    intentions: ["ready-1"],
    problem: "Few came.",
    done: "We opened a ward.",
    result: "They liked it.",
    evidence: "1",
    contact: "The team",
    contact_email: "team@trust.example",
    author_name: "Ada Lovelace",
    email: "ada@trust.example",
    pictures: [{ picture: DOT, alternative: "A white dot", shows_people: false }],
  },
  "/case-studies/reuse": {
    case_study: study,
    organisation: free,
    words: "",
    name: "Ada Lovelace",
    email: "ada@trust.example",
  },
  "/enquiries/ask": {
    place: "M13 9WL/QOP",
    theme: "apprenticeships",
    question: "How do I begin?",
    name: "Ada Lovelace",
    email: "ada@home.example",
  },
  "/newsletter/subscribe": {
    is_old_enough: true,
    topics: ["news", "events"],
    email: "ada@home.example",
  },
  "/pledges/individual": {
    name: "Ada Lovelace",
    role: "Porter",
    employer_kind: "other",
    employer_other: "A hospice",
    intentions: ["tfc-1"],
    statement: "I will show a pupil round every month.",
    shown: ["name", "statement"],
    remind_on: day(90),
    email: "ada@home.example",
  },
  "/events/book": {
    event,
    way: "person",
    people: 2,
    carers: 1,
    needs: "A hearing loop",
    name: "Ada Lovelace",
    email: "ada@home.example",
  },
  "/privacy/ask": {
    kind: "correct",
    what: "My name is spelt wrong",
    name: "Ada Lovelace",
    email: "ada@trust.example",
  },
  "/pledges/dispute": {
    pledge,
    why: "other",
    words: "Nobody here knows of it.",
    name: "Ada Lovelace",
    job_title: "Board secretary",
    email: "ada@trust.example",
  },
  "/pledges/sign": pledgeOf(free, NO_UNION),
});

const random = () => createHash("sha256").update(String(Math.random())).digest("hex");

/** What stands in the address of an operation instead of a part in braces. */
const inPath = () => ({
  "/pledges/{reference}/plan.json": pledge,
  "/pledges/{reference}/receipt.json": pledge,
});

function call({ path, method, operation }, { headers = {}, body } = {}) {
  const url = new URL(
    service.base + path.replaceAll(/\{\w+\}/g, inPath()[path] ?? ORGANISATION),
  );
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === "query" && parameter.name === "q") url.searchParams.set("q", "hospital");
    if (parameter.in === "header") headers[parameter.name] = random();
  }
  if (body !== undefined) headers["content-type"] = "application/json";
  return fetch(url, {
    method: method.toUpperCase(),
    headers: { accept: "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: "manual",
  });
}

test("the document is valid OpenAPI 3.1", async () => {
  const result = await new Validator().validate(document);
  assert.ok(result.valid, JSON.stringify(result.errors));
  assert.equal(document.openapi, "3.1.0");
  assert.ok([...operations()].length >= 8);
});

test("everybody may call what is public, and gets a problem from the rest", async () => {
  for (const it of operations()) {
    if (it.method !== "get") continue;
    const answer = await call(it);
    const isPublic = it.operation.security.length === 0;
    assert.equal(answer.status, isPublic ? 200 : 403, `${it.path}: ${answer.status}`);
    // Only what is public may be read by the pages of other sites.
    const allowed = answer.headers.get("access-control-allow-origin");
    assert.equal(allowed, isPublic && it.path !== "/health" ? "*" : null, it.path);
    await fits(answer, it);
  }
});

test("a key opens what the document says, and nothing else", async () => {
  for (const it of operations()) {
    if (it.method !== "get") continue;
    const takesKey = it.operation.security.some((way) => way.key);
    const isPublic = it.operation.security.length === 0;
    const answer = await call(it, { headers: { authorization: `Bearer ${KEY}` } });
    assert.equal(answer.status, takesKey || isPublic ? 200 : 403, it.path);
    await fits(answer, it);
    const wrong = await call(it, { headers: { authorization: "Bearer onward_wrong" } });
    assert.equal(wrong.status, 401, it.path);
    await fits(wrong, it);
  }
});

test("each person gets what the roles open, and every operation opens for somebody", async () => {
  const opened = new Set();
  const people = [
    ["lead@demo.example", true],
    ["trust@demo.example", true],
    ["safeguarding@demo.example", true],
    ["operator@demo.example", true],
  ];
  for (const [email, needsSecond] of people) {
    const { cookie, token } = await new Person(service.base).signIn(email, { needsSecond });
    for (const it of operations()) {
      const headers = { cookie, "x-form-token": token };
      const answer = await call(it, it.method === "get" ? { headers } : { headers, body: {} });
      assert.ok([200, 403, 422].includes(answer.status), `${it.path}: ${answer.status}`);
      if (answer.status !== 403) opened.add(`${it.method} ${it.path}`);
      await fits(answer, it);
    }
  }
  for (const it of operations())
    assert.ok(opened.has(`${it.method} ${it.path}`), `nobody may ${it.method} ${it.path}`);
});

test("filters and orders are taken, and pages follow each other to the end", async () => {
  for (const it of operations()) {
    if (it.method !== "get" || it.operation.security.length > 0) continue;
    for (const parameter of it.operation.parameters ?? [])
      for (const value of parameter.schema.enum ?? []) {
        const url = `${service.base}${it.path}?${parameter.name}=${encodeURIComponent(value)}`;
        await fits(await fetch(url), it);
      }
    let next = it.path;
    const seen = new Set();
    for (let pages = 0; next && pages < 20; pages++) {
      const body = await fits(await fetch(service.base + next), it);
      for (const row of body.items ?? []) {
        const text = JSON.stringify(row);
        assert.ok(!seen.has(text), `${it.path} gave a row twice`);
        seen.add(text);
      }
      next = body.next;
    }
  }
});

test("a journey is one call, is checked like its pages, and is done once", async () => {
  for (const it of operations()) {
    if (it.method !== "post") continue;
    const schema = it.operation.requestBody.content["application/json"].schema;
    assert.ok(ajv.compile(schema), it.path);
    const empty = await call(it, { body: {} });
    assert.ok([403, 422].includes(empty.status), `${it.path}: ${empty.status}`);
    await fits(empty, it);
    const odd = await call(it, { body: sampleOf(schema) });
    assert.ok(odd.status < 500, `${it.path}: ${odd.status}`);
    await fits(odd, it);
    const unkeyed = await fetch(service.base + it.path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    assert.ok([400, 403].includes(unkeyed.status), `${it.path}: ${unkeyed.status}`);
    await fits(unkeyed, it);
    if (it.operation.security.length > 0) continue;
    assert.ok(whole()[it.path], `no example body for ${it.path}: add one to this test`);
    const key = random();
    const send = (body) =>
      fetch(service.base + it.path, {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": key },
        body: JSON.stringify(body),
      });
    const first = await send(whole()[it.path]);
    const { reference } = await fits(first, it);
    assert.equal(first.status, 201, it.path);
    const second = await send(whole()[it.path]);
    assert.equal(second.status, 200, it.path);
    assert.equal((await fits(second, it)).reference, reference);
    const name = ["leader_name", "author_name", "name", "email"].find((one) => one in whole()[it.path]);
    const another = name === "email" ? "somebody.else@home.example" : "Somebody else";
    const other = await send({ ...whole()[it.path], [name]: another });
    assert.equal(other.status, 422, it.path);
    await fits(other, it);
  }
});

test("a document with its file is one call, done once", async () => {
  const person = await new Person(service.base).signIn("editor@demo.example", { needsSecond: true });
  const it = [...operations()].find((one) => one.path === "/desk/resources/add");
  const send = (key, content) =>
    fetch(service.base + it.path, {
      method: "POST",
      headers: {
        accept: "application/json",
        "content-type": "application/json",
        "idempotency-key": key,
        cookie: person.cookie,
        "x-form-token": person.token,
      },
      body: JSON.stringify({
        title: "A guide by a program",
        summary: "How to.",
        kind: "guide",
        language: "en",
        accessible: "itself",
        review_on: day(90),
        document: { name: "guide.txt", type: "text/plain", content },
      }),
    });
  const content = Buffer.from("A guide to a week of work experience.\n").toString("base64");
  const schema = it.operation.requestBody.content["application/json"].schema;
  assert.equal(schema.properties.document.properties.content.contentEncoding, "base64");
  assert.ok(schema.required.includes("document"));
  const key = random();
  const first = await send(key, content);
  assert.equal(first.status, 201);
  const { reference } = await fits(first, it);
  const second = await send(key, content);
  assert.equal(second.status, 200);
  assert.equal((await second.json()).reference, reference);
  const page = await (await fetch(`${service.base}/resources/${reference}`)).text();
  const [, link] = /href="([^"]+)"[^>]*>Download the document/.exec(page);
  const taken = await fetch(service.base + link.replaceAll("&amp;", "&"));
  assert.equal(Buffer.from(await taken.arrayBuffer()).toString("base64"), content);
  const wrong = await send(random(), "no base64");
  assert.equal(wrong.status, 422);
  const problem = await fits(wrong, it);
  assert.deepEqual(problem.errors.map((one) => one.field), ["document"]);
});

test("fields that a journey does not declare change nothing", async () => {
  const published = "select count(*) from pledge where state = 'published'";
  const before = await service.query(published);
  const answer = await fetch(`${service.base}/pledges/sign`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": random() },
    body: JSON.stringify({ ...whole()["/pledges/sign"], state: "published", is_public: 1, id: 7 }),
  });
  assert.ok([201, 409, 422].includes(answer.status));
  const after = await service.query(published);
  assert.equal(after, before);
});
