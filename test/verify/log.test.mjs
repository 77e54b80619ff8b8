// SPDX-License-Identifier: MIT
// log.test.mjs - a log of two days, as an outsider has it: it holds, only grew, and whoever changes
// it is found out, also the service itself.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, createPrivateKey, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  checkReceipt,
  holdGrown,
  isGrown,
  Keys,
  readLog,
  Refused,
  Tree,
  UnknownKey,
} from "../../doc/verify/check_log.mjs";
import { Service } from "../browser/lib/service.mjs";
import { until } from "../browser/lib/until.mjs";

const checker = fileURLToPath(new URL("../../doc/verify/check_log.mjs", import.meta.url));
const digest = (text) => createHash("sha256").update(text).digest("hex");

let service, folder, older, newer, secrets;

const get = async (path) => (await fetch(service.base + path)).text();

/** Facts as a capability adds one, all at once: the job finds either none of them or all. */
const put = (...facts) =>
  service.database.change(
    `insert into ledger_waiting values ${facts
      .map(({ id, kind, subject, of, at }) => `(${id}, '${kind}', '${subject}', '${of}', ${at})`)
      .join(", ")}`,
  );

/** More facts, and the job at once instead of in a minute. */
async function grow(from, count) {
  const numbers = Array.from({ length: count }, (_, i) => from + i);
  await put(
    ...numbers.map((n) => ({
      id: 1000 + n,
      kind: "pledge",
      subject: `PL-${n}`,
      of: digest(`${n}`),
      at: 1773046800 + n,
    })),
  );
  await service.database.change("delete from job_period where kind = 'ledger.take'");
  const waiting = () => service.query("select count(*) from ledger_waiting");
  await until("the job", async () => (await waiting()) === "0");
}

before(async () => {
  service = await Service.start();
  folder = mkdtempSync(join(process.env.ONWARD_TEST_FOLDER ?? tmpdir(), "log-"));
  await grow(0, 3);
  older = await get("/pledges/log/log.jsonl");
  secrets = [await service.query("select secret from ledger_key where number = 1")];
  service.command("key", "renew");
  secrets.push(await service.query("select secret from ledger_key where number = 2"));
  await grow(3, 4);
  newer = await get("/pledges/log/log.jsonl");
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await service?.stop();
});

const read = (bytes) => readLog([typeof bytes === "string" ? Buffer.from(bytes) : bytes]);

/** The exit code of the command, and what it said. */
function run(...words) {
  return new Promise((resolve) => {
    execFile(process.execPath, [checker, ...words], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, said: stdout + stderr }),
    );
  });
}

function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

// ---- what is right ----

test("the log of each day holds, and only grew", async () => {
  const first = await read(older),
    second = await read(newer);
  assert.deepEqual([first.tree.size, first.heads.length, first.keys.byId.size], [3, 1, 1]);
  assert.deepEqual([second.tree.size, second.heads.length, second.keys.byId.size], [7, 2, 2]);
  holdGrown(first, second);
  const a = file("older.jsonl", older),
    b = file("newer.jsonl", newer);
  assert.match((await run("log", a)).said, /^It holds: 3 entries, 1 head, 1 key\./);
  assert.match(
    (await run("grown", a, b)).said,
    /It only grew: the first 3 entries are what they were/,
  );
});

test("the consistency proof of the service holds", async () => {
  const { from, to, path } = JSON.parse(await get("/pledges/log/consistency.json?from=3&to=7"));
  const hashes = path.map((hash) => Buffer.from(hash, "hex"));
  assert.ok(isGrown(3, 7, from.root, to.root, hashes));
  assert.ok(!isGrown(3, 7, to.root, from.root, hashes));
});

test("a file in pieces of any length is the same file", async () => {
  const bytes = Buffer.from(newer);
  for (const length of [1, 7, 64]) {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += length) pieces.push(bytes.subarray(at, at + length));
    assert.equal((await readLog(pieces)).tree.size, 7);
  }
});

// ---- what is wrong ----

test("every single byte that is changed, left out or added is found", async () => {
  const bytes = Buffer.from(newer);
  for (let at = 0; at < bytes.length; at++) {
    for (const flip of [1, 0x20, 0x80]) {
      const other = Buffer.from(bytes);
      other[at] ^= flip;
      await assert.rejects(read(other), Refused, `byte ${at} ^ ${flip}`);
    }
    const [before, behind] = [bytes.subarray(0, at), bytes.subarray(at + 1)];
    // Of two bytes alike in a row it is the same which one is left out.
    await assert.rejects(read(Buffer.concat([before, behind])), Refused, `without byte ${at}`);
    await assert.rejects(
      read(Buffer.concat([before, Buffer.from(" "), bytes.subarray(at)])),
      Refused,
      `a space at ${at}`,
    );
  }
});

test("a file that was cut off at any line is found", async () => {
  const lines = newer.split("\n").slice(0, -1);
  for (let count = 0; count < lines.length; count++)
    await assert.rejects(
      read(
        lines
          .slice(0, count)
          .map((line) => `${line}\n`)
          .join(""),
      ),
      Refused,
    );
});

test("two lines that changed places are found", async () => {
  const lines = newer.split("\n").slice(0, -1);
  for (let at = 0; at + 1 < lines.length; at++) {
    const other = lines.toSpliced?.(at, 2, lines[at + 1], lines[at]) ?? [
      ...lines.slice(0, at),
      lines[at + 1],
      lines[at],
      ...lines.slice(at + 2),
    ];
    await assert.rejects(
      read(other.map((line) => `${line}\n`).join("")),
      Refused,
      `lines ${at + 1} and ${at + 2}`,
    );
  }
});

// ---- the service itself, with its key, tells another story ----

const linesOf = (...parts) => parts.map((part) => `${part}\n`).join("");

function signed(secret, purpose, text) {
  const der = Buffer.concat([
    Buffer.from("302e020100300506032b657004220420", "hex"),
    Buffer.from(secret, "hex"),
  ]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return sign(
    null,
    Buffer.from(linesOf("onward signature 1", purpose, digest(text))),
    key,
  ).toString("base64url");
}

/** The log with entries changed, its tree built anew and its heads signed with the right keys. */
function forge(text, change) {
  const objects = text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  const ids = objects.filter((it) => it.key).map((it) => it.key.id);
  const tree = new Tree();
  let previous = "";
  for (const it of objects) {
    if (it.entry) {
      change(it.entry);
      const data = linesOf(
        "onward log entry 1",
        it.entry.kind,
        it.entry.subject,
        it.entry.digest,
        it.entry.at,
      );
      tree.append(
        createHash("sha256")
          .update(Buffer.from([0]))
          .update(data)
          .digest(),
      );
    }
    if (it.head) {
      Object.assign(it.head, { root: tree.root(), previous });
      const data = linesOf(
        "onward log head 1",
        it.head.number,
        it.head.size,
        it.head.root,
        it.head.at,
        previous,
      );
      it.head.digest = previous = digest(data);
      it.head.signature = signed(secrets[ids.indexOf(it.head.key_id)], "log head", data);
    }
  }
  return objects.map((it) => `${JSON.stringify(it)}\n`).join("");
}

test("a log that the service forged holds alone, but not beside an earlier copy", async () => {
  const same = forge(newer, () => {});
  assert.equal(same, newer); // the forger is as good as the service
  const forged = forge(newer, (entry) => {
    if (entry.number === 1) entry.subject = "PL-X";
  });
  await read(forged);
  const [before, now] = [await read(older), await read(forged)];
  assert.throws(() => holdGrown(before, now), /entry 1 is not what it was/);
  const said = await run("grown", file("a.jsonl", older), file("b.jsonl", forged));
  assert.equal(said.code, 1);
  assert.match(said.said, /IT DOES NOT HOLD: entry 1 is not what it was/);
});

test("a log that lost what it had is found beside the copy of an earlier day", async () => {
  const [before, now] = [await read(newer), await read(older)];
  assert.throws(() => holdGrown(before, now), Refused);
});

test("a key that is not known is another thing than a signature that is wrong", async () => {
  const other = newer.replaceAll(JSON.parse(newer.split("\n")[2]).key.id, "0000000000000000");
  await assert.rejects(read(other), Refused);
  const lines = newer.split("\n");
  const unknown = lines
    .map((line) =>
      line.startsWith('{"head"')
        ? line.replace(/"key_id":"[0-9a-f]+"/, '"key_id":"0000000000000000"')
        : line,
    )
    .join("\n");
  await assert.rejects(read(unknown), UnknownKey);
  assert.equal((await run("log", file("unknown.jsonl", unknown))).code, 3);
  const wrong = lines
    .map((line) =>
      line.startsWith('{"head"') ? line.replace(/"signature":"..../, '"signature":"AAAA') : line,
    )
    .join("\n");
  await assert.rejects(
    read(wrong),
    (error) => error instanceof Refused && !(error instanceof UnknownKey),
  );
  assert.equal((await run("log", file("wrong.jsonl", wrong))).code, 1);
});

test("the command says how it is used, and when there is no such file", async () => {
  assert.equal((await run()).code, 2);
  assert.equal((await run("log")).code, 2);
  assert.equal((await run("toString", "x")).code, 2);
  assert.equal((await run("log", join(folder, "none.jsonl"))).code, 2);
  assert.equal((await run("receipt", file("bad.json", "{"))).code, 1);
});

// ---- the receipt of one person ----

function individual(reference, text, signedAt) {
  const textDigest = digest(text);
  const of = digest(linesOf("onward individual pledge 1", reference, textDigest, signedAt));
  return { reference, text, textDigest, signedAt, digest: of };
}

test("the receipt of one person holds before and after it is in the log", async () => {
  const it = individual("IP-TEST", "I promise.\nZażółć gęślą jaźń", 1773046900);
  const keys = JSON.parse(await get("/keys.json")).keys;
  const receipt = {
    format: "onward receipt 1",
    kind: "individual",
    reference: it.reference,
    text: it.text,
    text_digest: it.textDigest,
    signed_at: it.signedAt,
    digest: it.digest,
    signature: { key_id: keys[1].id, signature: signed(secrets[1], "receipt", it.digest) },
    proof: null,
    head: null,
    keys,
  };
  assert.match(checkReceipt(receipt).join(), /waits to be taken into the log/);
  await put({ id: 5000, kind: "individual", subject: it.reference, of: it.digest, at: it.signedAt });
  await grow(7, 1);
  const { proof, head } = JSON.parse(await get("/pledges/log/proof.json?entry=8"));
  const proved = { ...receipt, proof, head };
  assert.equal(proof.entry.subject, it.reference);
  assert.deepEqual(checkReceipt(proved, Keys.of(keys)), []);
  const grown = await get("/pledges/log/log.jsonl");
  const said = await run(
    "receipt",
    file("one.json", JSON.stringify(proved, null, 2)),
    file("grown.jsonl", grown),
  );
  assert.equal(said.code, 0, said.said);
  assert.doesNotMatch(said.said, /withdrawn/);
  const end = digest(
    linesOf("onward individual withdrawal 1", it.reference, it.textDigest, 1773047000),
  );
  await put({ id: 6000, kind: "individual", subject: it.reference, of: end, at: 1773047000 });
  await grow(8, 1);
  const later = file("later.jsonl", await get("/pledges/log/log.jsonl"));
  assert.match(
    (await run("receipt", join(folder, "one.json"), later)).said,
    /withdrawn at 2026-03-09T09:03:20/,
  );
  const wrong = [
    { text: "I promise nothing." },
    { text_digest: digest("x") },
    { signed_at: it.signedAt + 1 },
    { digest: digest("x") },
    { reference: "IP-OTHER" },
    { signature: { ...receipt.signature, signature: signed(secrets[1], "log head", it.digest) } },
    { signature: { ...receipt.signature, key_id: keys[0].id } },
    { proof: null },
    { head: null },
    { keys: keys.slice(1) },
    { proof: { ...proof, path: proof.path.slice(1) } },
    { proof: { ...proof, entry: { ...proof.entry, number: 1 } } },
    { proof: { ...proof, entry: { ...proof.entry, kind: "pledge" } } },
    { head: { ...head, at: head.at + 1 } },
    { more: 1 },
  ];
  for (const change of wrong)
    assert.throws(() => checkReceipt({ ...proved, ...change }), Refused, JSON.stringify(change));
  assert.throws(() => checkReceipt({ ...proved, keys: keys.slice(0, 1) }), UnknownKey);
  assert.throws(() => checkReceipt(proved, Keys.of(keys.slice(0, 1))), UnknownKey);
});
