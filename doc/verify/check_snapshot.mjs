// SPDX-License-Identifier: MIT
// check_snapshot.mjs - checks a downloaded snapshot of the register with nothing of the program.
//
// usage: node check_snapshot.mjs REGISTER.json SNAPSHOTS.json KEYS.json
//
// REGISTER.json is /pledges/snapshots/MONTH.json, SNAPSHOTS.json is /pledges/snapshots.json and
// KEYS.json is /keys.json.  See snapshot.md beside this file.  Ends with 1 when something is wrong.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const [file, list, keys] = process.argv.slice(2);
if (keys === undefined) {
  console.error("usage: node check_snapshot.mjs REGISTER.json SNAPSHOTS.json KEYS.json");
  process.exit(2);
}

function wrong(what) {
  console.log(`WRONG ${what}`);
  process.exit(1);
}

const bytes = readFileSync(file);
const digest = createHash("sha256").update(bytes).digest("hex");
const said = JSON.parse(readFileSync(list, "utf8")).items.find((row) => row.digest === digest);
if (said === undefined) wrong(`no snapshot has the fingerprint ${digest}`);

const key = JSON.parse(readFileSync(keys, "utf8")).keys.find((one) => one.id === said.key_id);
if (key === undefined) wrong(`there is no key ${said.key_id}`);
const x = key.public_key;
const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
const lines = Buffer.from(`onward signature 1\nsnapshot\n${digest}\n`);
if (!verify(null, lines, publicKey, Buffer.from(said.signature, "base64url")))
  wrong("the signature is not of this file");

const register = JSON.parse(bytes);
const standing = ["published", "under-review", "renewed"];
const inForce = register.pledges.filter((pledge) => standing.includes(pledge.state)).length;
if (register.counts.pledges !== register.pledges.length || register.counts.in_force !== inForce)
  wrong("the counts are not those of its pledges");
const references = register.pledges.map((pledge) => pledge.reference);
if (references.some((reference, i) => i > 0 && reference <= references[i - 1]))
  wrong("a pledge is there twice, or they are not in order");
console.log(`ok    ${register.month}: ${register.pledges.length} pledges, ${inForce} in force, signed by ${said.key_id}`);
