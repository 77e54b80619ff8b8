// SPDX-License-Identifier: MIT
// wire.test.mjs - requests of odd shapes, written to the socket byte by byte: addresses with two
// readings, hosts that are not ours, bodies that end in two places, and what has no end.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Person } from "../browser/lib/person.mjs";
import { pledgeOf, trustsWithoutPledge } from "../browser/lib/pledge.mjs";
import { EVIL, Target } from "./target.mjs";

const KIB = 1024;
const MIB = KIB * KIB;
const SECRET = /<h1[^>]*>People and their roles/;
const FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

let target;

before(async () => {
  target = await Target.start();
});
after(() => target?.stop());

const firstLine = (heard) => heard.split("\r\n")[0];
const isWell = async () => assert.equal((await target.ask("GET", "/health")).code, 200);

const signedIn = () => ({ headers: { Cookie: target.lead.cookie } });

test("no way of writing a path goes round what a page requires", async () => {
  const secret = (await target.ask("GET", "/desk/people", signedIn())).text;
  assert.match(secret, SECRET);
  const ways = [
    "/desk/./people", "/desk/../desk/people", "/x/..;/desk/people", "/..;/desk/people",
    "/desk;x=1/people", "/desk/people;.css", "/desk/people/..%2f", "/desk/%2e/people",
    "/%2e%2e/desk/people", "/assets/..%2fdesk/people", "/assets/%2e%2e/desk/people",
    "/assets/..%5cdesk%5cpeople", "//desk/people", "/desk//people", "///desk///people",
    "/desk/people%00", "/desk/people%00.css", "/desk%00/people", "/%64esk/people",
    "/desk/%70eople", "/DESK/PEOPLE", "/Desk/people", "/desk/people/", "/desk/people/.",
    "/desk/people%20", "/desk/people%09", "/desk/people.json", "/desk/people.JSON",
    "/desk/people?.css", "/desk/people%3f.css", "/desk/people%23", "/%c0%afdesk/people",
    "/%e0%80%afdesk/people", "/desk%c0%afpeople", "/desk%2fpeople", "/desk%252fpeople",
    "/%2fdesk/people", "/desk\\people", "/desk/people%ef%bc%8ehtml", "/pledges/../desk/people",
    "http://127.0.0.1/desk/people", `http://${EVIL}/desk/people`, "desk/people", "*",
  ];
  for (const path of ways) {
    const heard = await target.raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.doesNotMatch(heard, SECRET, path);
    assert.match(firstLine(heard), /^HTTP\/1\.1 (30[13]|40[0-5]|414)/, path);
  }
  const files = [
    "/assets/../../etc/passwd", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2fetc%2fpasswd",
    "/assets/%00", "/assets/onward.db", "/assets/....//....//etc/passwd", "/.git/config", "/.env",
    "/onward.db", "/assets/%c0%ae%c0%ae/etc/passwd", "/etc/passwd",
  ];
  for (const path of files) {
    const heard = await target.raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(firstLine(heard), /^HTTP\/1\.1 40[04]/, path);
    assert.doesNotMatch(heard, /root:|SQLite format|\[core\]/, path);
  }
});

test("a host that is not ours reaches no page, no redirect and no email", async () => {
  const games = [
    { Host: EVIL },
    { Host: `${EVIL}:${target.service.port}` },
    { "X-Forwarded-Host": EVIL },
    { "X-Forwarded-Host": EVIL, "X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4" },
    { Forwarded: `host=${EVIL};proto=https` },
    { "X-Original-URL": "/desk/people", "X-Rewrite-URL": "/desk/people" },
    { "X-Host": EVIL, "X-Forwarded-Server": EVIL, "X-HTTP-Host-Override": EVIL },
  ];
  const paths = ["/", "/pledges", "/pledges/", "/desk", "/sign-in", "/pledges.atom", "/pledges.json",
    "/openapi.json", "/robots.txt", "/organisations?q=trust", "/account", "/nowhere"];
  for (const headers of games)
    for (const path of paths) {
      const plain = await target.ask("GET", path, { headers });
      const known = await target.ask("GET", path, { headers: { ...headers, Cookie: target.lead.cookie } });
      for (const answer of [plain, known]) {
        const whole = JSON.stringify(answer.headers) + answer.text;
        assert.ok(!whole.includes(EVIL), `${path} with ${JSON.stringify(headers)}`);
      }
      assert.doesNotMatch(plain.text, SECRET, path);
      // Nor is one of them kept and sent to the next visitor.
      const next = await target.ask("GET", path);
      assert.ok(!(JSON.stringify(next.headers) + next.text).includes(EVIL), `${path} afterwards`);
    }
  const absolute = `GET http://${EVIL}/pledges/ HTTP/1.1\r\nHost: ${EVIL}\r\nConnection: close\r\n\r\n`;
  assert.ok(!(await target.raw(absolute)).includes(EVIL));

  const headers = { Host: EVIL, "X-Forwarded-Host": EVIL };
  // Numbers made in one second are in no order, so what is new is what was not there.
  const known = (await target.service.query("select id from mail")).split("\n").filter(Boolean);
  const page = await target.ask("GET", "/desk/invite", { headers: { ...headers, Cookie: target.lead.cookie } });
  const form_token = page.text.match(/name="form_token" value="([^"]+)"/)[1];
  const invited = await target.post(
    "/desk/invite",
    { form_token, email: "guest@trust.example", role: "editor", area: "", organisation: "" },
    headers,
  );
  assert.ok(invited.code < 500, String(invited.code));
  const [free] = await trustsWithoutPledge(target.service);
  const sent = await target.ask("POST", "/pledges/sign", {
    headers: { ...headers, "Content-Type": "application/json", "Idempotency-Key": "host-games-of-a-pledge" },
    body: JSON.stringify(pledgeOf(free)),
  });
  assert.ok([200, 201].includes(sent.code), `${sent.code} ${sent.text}`);
  assert.ok(!sent.text.includes(EVIL));
  const mails = await target.service.query(`select body from mail where id not in (${known.join(", ") || "0"})`);
  assert.ok(mails.includes("/pledges/confirm/"), "no mail with a link was made");
  assert.ok(!mails.includes(EVIL), "a link of a mail leads elsewhere");
});

test("no argument of any page leads away or becomes a header", async () => {
  const aways = [
    `https://${EVIL}`, `//${EVIL}`, `/\\${EVIL}`, `\\\\${EVIL}`, `/\t/${EVIL}`, `/%2f${EVIL}`,
    `///${EVIL}`, `/.${EVIL}`, `@${EVIL}`, `:80@${EVIL}`, `javascript:alert(1)//${EVIL}`,
    `data:text/html,${EVIL}`, `/desk\r\nX-Evil: ${EVIL}`, `/desk\nSet-Cookie: a=${EVIL}`,
    `/desk\u010d\u010aX-Evil: 1`, `/desk%0d%0aX-Evil: 1`, `http:${EVIL}`, `/\u2215${EVIL}`,
  ];
  const names = ["next", "return", "return_to", "redirect", "url", "to", "back"];
  const paths = target.routes().filter(({ method }) => method === "GET");
  for (const { path } of paths)
    for (const away of aways) {
      const query = names.map((name) => `${name}=${encodeURIComponent(away)}`).join("&");
      for (const headers of [{}, { Cookie: target.lead.cookie }]) {
        const answer = await target.ask("GET", `${path}?${query}`, { headers });
        assert.ok(answer.code < 500, `${path}?${query}: ${answer.code}`);
        assert.equal(answer.headers["x-evil"], undefined, `${path}?${query}`);
        assert.ok(!String(answer.headers["set-cookie"]).includes(EVIL), path);
        const { location } = answer.headers;
        if (location) {
          assert.match(location, /^\/(?![/\\])/, `${path}?${query} leads to ${location}`);
          assert.equal(new URL(location, target.base).origin, target.base, location);
        }
        for (const [, href] of answer.text.matchAll(/\s(?:href|action|src|formaction)="([^"]*)"/g))
          assert.notEqual(hostOf(href), EVIL, `${path}?${query} links to ${href}`);
      }
    }
});

function hostOf(href) {
  try {
    return new URL(href.replaceAll("&amp;", "&"), target.base).hostname;
  } catch {
    return "";
  }
}

test("a request that ends in two places is not read twice", async () => {
  const inner = "GET /verify?code=smuggled-words HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const post = "POST /sign-in HTTP/1.1\r\nHost: x\r\n";
  const shapes = {
    "two lengths": `${post}${FORM}Content-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
    "two lengths, turned": `${post}${FORM}Content-Length: ${inner.length}\r\nContent-Length: 0\r\n\r\n${inner}`,
    "lengths in a list": `${post}${FORM}Content-Length: 0, ${inner.length}\r\n\r\n${inner}`,
    "length and chunks": `${post}${FORM}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    "chunks and length": `${post}${FORM}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${inner}`,
    "chunks by an odd name": `${post}${FORM}Content-Length: 4\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
    "chunks twice": `${post}${FORM}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${inner}`,
    "a space before the colon": `${post}${FORM}Content-Length : 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
    "a folded header": `${post}${FORM}X-Y: a\r\n Content-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
    "a folded length": `${post}${FORM}Content-Length:\r\n ${inner.length}\r\n\r\n${inner}`,
    "a tab before chunked": `${post}${FORM}Content-Length: 4\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n${inner}`,
    "a line end in a name": `${post}${FORM}X\nContent-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`,
    "a length with a sign": `${post}${FORM}Content-Length: +0\r\n\r\n${inner}`,
    "a length in hex": `${post}${FORM}Content-Length: 0x0\r\n\r\n${inner}`,
    "a huge length": `${post}${FORM}Content-Length: 99999999999999999999\r\n\r\n${inner}`,
    "a chunk of odd size": `${post}${FORM}Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n${inner}`,
    "a chunk of negative size": `${post}${FORM}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n${inner}`,
    "a chunk too large": `${post}${FORM}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n${inner}`,
    "chunked, folded": `${post}${FORM}Transfer-Encoding:\r\n chunked\r\n\r\n${inner}`,
    "an old version": `GET / HTTP/0.9\r\nHost: x\r\n\r\n${inner}`,
    "another version": `GET / HTTP/3.0\r\nHost: x\r\n\r\n${inner}`,
  };
  const wrong = [];
  for (const [name, bytes] of Object.entries(shapes)) {
    const heard = await target.raw(bytes, 400);
    if (/smuggled-words|^HTTP\/1\.1 50[0234]/m.test(heard)) wrong.push(`${name}: ${firstLine(heard)}`);
  }
  assert.deepEqual(wrong, []);
  await isWell();
});

test("what is oversize is refused with a clear answer, and little of it is kept", async () => {
  const long = (bytes) => "a".repeat(bytes);
  const line = "Host: x\r\nConnection: close\r\n";
  const small = {
    "an address of 20 KiB": [`GET /${long(20 * KIB)} HTTP/1.1\r\n${line}\r\n`, /^$|HTTP\/1\.1 4(14|31|00)/],
    "an address of 1 MiB": [`GET /${long(MIB)} HTTP/1.1\r\n${line}\r\n`, /^$|HTTP\/1\.1 4(14|31|00)/],
    "a query of 9 KiB": [`GET /pledges?q=${long(9 * KIB)} HTTP/1.1\r\n${line}\r\n`, /HTTP\/1\.1 414/],
    "a header of 20 KiB": [`GET / HTTP/1.1\r\n${line}X: ${long(20 * KIB)}\r\n\r\n`, /^$|HTTP\/1\.1 431/],
    "a cookie of 20 KiB": [`GET / HTTP/1.1\r\n${line}Cookie: onward=${long(20 * KIB)}\r\n\r\n`, /^$|HTTP\/1\.1 431/],
    "1000 headers": [`GET / HTTP/1.1\r\n${line}${"X: y\r\n".repeat(1000)}\r\n`, /^$|HTTP\/1\.1 431/],
    "200 cookies": [`GET / HTTP/1.1\r\n${line}Cookie: ${"onward=sx; ".repeat(200)}\r\n\r\n`, /^$|HTTP\/1\.1 (200|431)/],
    "a long method": [`${long(20 * KIB)} / HTTP/1.1\r\n${line}\r\n`, /^$|HTTP\/1\.1 (4|501)/],
  };
  for (const [name, [bytes, wanted]] of Object.entries(small))
    assert.match(firstLine(await target.raw(bytes)), wanted, name);

  const send = (type, body) =>
    target.ask("POST", "/sign-in", { headers: { Cookie: target.lead.cookie, "Content-Type": type }, body })
      .catch((error) => ({ code: error.code }));
  const json = (text) => send("application/json", text);
  const urlencoded = (text) => send("application/x-www-form-urlencoded", text);
  const part = (i) => `--b\r\nContent-Disposition: form-data; name="f${i}"\r\n\r\nx\r\n`;
  const parts = (count) => Array.from({ length: count }, (_, i) => part(i)).join("");
  const odd = {
    "a body of 8 MiB": await urlencoded(`email=${long(8 * MIB)}`),
    "30000 fields": await urlencoded("a=b&".repeat(30000)),
    "JSON 100000 deep": await json("[".repeat(100000)),
    "JSON 5000 deep and closed": await json(`{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`),
    "JSON with 100000 members": await json(`{${Array.from({ length: 100000 }, (_, i) => `"a${i}":1`)}}`),
    "a JSON number without end": await json(`{"email":${"9".repeat(100000)}}`),
    "3000 parts": await send("multipart/form-data; boundary=b", `${parts(3000)}--b--\r\n`),
    "a part with long headers": await send("multipart/form-data; boundary=b",
      `--b\r\nX: ${long(100000)}\r\n\r\nx\r\n--b--\r\n`),
    "a boundary of 10 KiB": await send(`multipart/form-data; boundary=${long(10 * KIB)}`, "x"),
  };
  for (const [name, { code }] of Object.entries(odd))
    assert.ok([400, 403, 413, 422, 431, "EPIPE", "ECONNRESET"].includes(code), `${name}: ${code}`);
  await isWell();
});

test("a hundred slow senders keep nobody else waiting", async () => {
  const slow = [];
  for (let i = 0; i < 100; i++) {
    const head = i % 2 ? `POST /sign-in HTTP/1.1\r\nHost: x\r\n${FORM}Content-Length: 1000\r\n\r\na` : "GET / HTTP/1.1\r\nHost: x\r\nX-";
    slow.push(target.raw(head, 4000));
  }
  await wait(300);
  for (let i = 0; i < 20; i++) {
    const began = Date.now();
    const visitor = await new Person(target.base).ask("/pledges");
    assert.equal(visitor.code, 200);
    assert.ok(Date.now() - began < 2000, `a visitor waited ${Date.now() - began} ms`);
  }
  for (const heard of await Promise.all(slow)) assert.doesNotMatch(heard, /^HTTP\/1\.1 (2|5)/);
});
