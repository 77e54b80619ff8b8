#!/usr/bin/env node
// SPDX-License-Identifier: MIT
// check_log.mjs - checks a downloaded public log of pledges, and receipts.  Formats: log.md.
//
//   node check_log.mjs log LOG.jsonl
//   node check_log.mjs grown OLDER.jsonl NEWER.jsonl
//   node check_log.mjs receipt RECEIPT.json [LOG.jsonl | KEYS.json]
//
// Needs Node.js 18 or later and nothing else.  It shares no line with the program whose log it
// checks.  Exit code: 0 it holds, 1 it does not, 2 wrong usage or no such file, 3 signed by a key
// that is not known.
import { createHash, createPublicKey, verify } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** An event that is so much older than a signed head must be under it. */
const LATE_SECS = 60 * 60;
const AGAIN = "get the receipt again in some minutes";

export class Refused extends Error {}
export class UnknownKey extends Refused {}

function hold(isTrue, what) {
  if (!isTrue) throw new Refused(what);
}

// ---- hashes and lines ----

const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const digestOf = (text) => sha256(Buffer.from(text, "utf8")).toString("hex");
const time = (at) => new Date(at * 1000).toISOString();
const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
const lines = (...parts) => parts.map((part) => `${part}\n`).join("");

/** Base64url that could not be written in another way. */
function unbase64url(text, length) {
  const bytes = Buffer.from(text, "base64url");
  hold(
    bytes.length === length && bytes.toString("base64url") === text,
    `"${text}" is not base64url of ${length} bytes`,
  );
  return bytes;
}

const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isDigest = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const kinds = {
  text: (value) => typeof value === "string",
  count: isCount,
  digest: isDigest,
  "digest?": (value) => value === "" || isDigest(value),
  list: Array.isArray,
  any: () => true,
};

/** Members in their order, each a text unless its kind stands behind it. */
const shape = (members) =>
  Object.fromEntries(
    members.split(" ").map((member) => {
      const [name, kind = "text"] = member.split(":");
      return [name, kinds[kind]];
    }),
  );

const KEY = shape("number:count id public_key from:count signed_by signature");
const ENTRY = shape("number:count kind subject digest:digest at:count");
const HEAD = shape(
  "number:count size:count root:digest at:count previous:digest? digest:digest key_id signature",
);
const END = shape("keys:count entries:count heads:count");
const PROOF = shape("entry:any path:list");
const EVENT = shape(
  "number:count kind revision:count at:count role text_digest:digest reason_digest:digest? " +
    "detail previous:digest? digest:digest",
);
const RECEIPTS = {
  pledge: shape(
    "format kind reference text text_digest:digest events:list proofs:list head:any keys:list",
  ),
  individual: shape(
    "format kind reference text text_digest:digest signed_at:count digest:digest signature:any " +
      "proof:any head:any keys:list",
  ),
};
const SIGNATURE = shape("key_id signature");

/** An object with just these members, each as its test says. */
function shaped(object, shape, what) {
  hold(
    object !== null && typeof object === "object" && !Array.isArray(object),
    `${what} is not an object`,
  );
  const names = Object.keys(shape);
  hold(
    Object.keys(object).join() === names.join(),
    `${what} has the members ${Object.keys(object).join(", ")}, not ${names.join(", ")}`,
  );
  for (const name of names)
    hold(shape[name](object[name]), `"${name}" of ${what} is not as it must be`);
  return object;
}

// ---- keys and signatures ----

/** Keys in their order, each let in by the one before it. */
export class Keys {
  byId = new Map();
  last = null;

  static of(list) {
    hold(Array.isArray(list), "the keys are not a list");
    const keys = new Keys();
    for (const key of list) keys.add(key);
    return keys;
  }

  add(given) {
    const key = { ...shaped(given, KEY, "a key"), until: Infinity };
    const raw = unbase64url(key.public_key, 32);
    hold(key.number === (this.last?.number ?? 0) + 1, `key ${key.number} is not the next one`);
    hold(
      key.id === sha256(raw).toString("hex").slice(0, 16),
      `key ${key.number} has the id of another`,
    );
    hold(
      key.signed_by === (this.last ?? key).id,
      `key ${key.number} was not let in by the one before it`,
    );
    hold(
      this.last === null || key.from >= this.last.from,
      `key ${key.number} begins before the one before it`,
    );
    key.check = createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: key.public_key },
      format: "jwk",
    });
    if (this.last === null) this.byId.set(key.id, key);
    this.hold(
      key.signed_by,
      "log key",
      lines("onward log key 1", key.number, key.public_key, key.from),
      key.signature,
      `key ${key.number}`,
    );
    if (this.last !== null) this.last.until = key.from;
    this.byId.set(key.id, key);
    this.last = key;
  }

  /** Refuses unless the key of that id signed the bytes for that purpose. */
  hold(id, purpose, bytes, signature, what) {
    const key = this.byId.get(id);
    if (key === undefined)
      throw new UnknownKey(`${what} was signed by the key ${id}, which is not known`);
    const signed = lines("onward signature 1", purpose, digestOf(bytes));
    hold(
      verify(null, Buffer.from(signed), key.check, unbase64url(signature, 64)),
      `the signature of ${what} does not hold`,
    );
    return key;
  }

  /** Refuses unless each key of the other is the same here. */
  holdAll(other) {
    for (const key of other.byId.values()) {
      const same = this.byId.get(key.id);
      if (same === undefined) throw new UnknownKey(`the key ${key.id} is not known`);
      hold(same.number === key.number && same.from === key.from, `key ${key.number} was changed`);
    }
  }
}

const headLines = (head) =>
  lines("onward log head 1", head.number, head.size, head.root, head.at, head.previous);

function checkHead(head, keys) {
  shaped(head, HEAD, "a head");
  const what = `head ${head.number}`;
  hold(head.digest === digestOf(headLines(head)), `the digest of ${what} does not hold`);
  const key = keys.hold(head.key_id, "log head", headLines(head), head.signature, what);
  hold(
    head.at >= key.from && head.at <= key.until,
    `${what} was signed when its key was not in force`,
  );
}

// ---- the tree: RFC 9162, section 2.1 ----

const leafOf = (entry) =>
  sha256(
    Buffer.from([0]),
    lines("onward log entry 1", entry.kind, entry.subject, entry.digest, entry.at),
  );
const nodeOf = (left, right) => sha256(Buffer.from([1]), left, right);

export class Tree {
  size = 0;
  complete = []; // roots of complete subtrees, {leaves, hash}, the greatest first

  append(leaf) {
    let it = { leaves: 1, hash: leaf };
    while (this.complete.at(-1)?.leaves === it.leaves) {
      const left = this.complete.pop();
      it = { leaves: 2 * it.leaves, hash: nodeOf(left.hash, it.hash) };
    }
    this.complete.push(it);
    this.size++;
  }

  root() {
    if (this.size === 0) return sha256().toString("hex");
    return this.complete
      .map((it) => it.hash)
      .reduceRight((right, left) => nodeOf(left, right))
      .toString("hex");
  }
}

/** The root that follows from a leaf and its path (2.1.3.2); null: the path has another length. */
export function rootOfPath(leaf, number, size, path) {
  if (number >= size) return null;
  let place = number,
    last = size - 1,
    hash = leaf;
  for (const beside of path) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      hash = nodeOf(beside, hash);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      hash = nodeOf(hash, beside);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash.toString("hex") : null;
}

/** Whether a path shows that the tree of one size goes on from that of another (2.1.4.2). */
export function isGrown(from, to, fromRoot, toRoot, path) {
  if (from === to) return path.length === 0 && fromRoot === toRoot;
  if (from <= 0 || from > to || path.length === 0) return false;
  const isWhole = Number.isInteger(Math.log2(from));
  const hashes = isWhole ? [Buffer.from(fromRoot, "hex"), ...path] : path;
  let place = from - 1,
    last = to - 1;
  while (place % 2 === 1) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  let [older] = hashes,
    newer = older;
  for (const hash of hashes.slice(1)) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      [older, newer] = [nodeOf(hash, older), nodeOf(hash, newer)];
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      newer = nodeOf(newer, hash);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && older.toString("hex") === fromRoot && newer.toString("hex") === toRoot;
}

function checkProof(proof, head, what) {
  shaped(proof, PROOF, what);
  shaped(proof.entry, ENTRY, `the entry of ${what}`);
  hold(proof.path.every(isDigest), `the path of ${what} has something else than digests`);
  const path = proof.path.map((hash) => Buffer.from(hash, "hex"));
  hold(
    rootOfPath(leafOf(proof.entry), proof.entry.number, head.size, path) === head.root,
    `${what} does not lead to the head`,
  );
}

// ---- a log ----

/** The lines of a file, which each end with LF. */
async function* linesOf(chunks) {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const text = (bytes, options) => {
    try {
      return decoder.decode(bytes, options);
    } catch {
      throw new Refused("the file is not UTF-8");
    }
  };
  let rest = "";
  for await (const chunk of chunks) {
    const parts = (rest + text(chunk, { stream: true })).split("\n");
    rest = parts.pop();
    yield* parts;
  }
  hold(rest + text() === "", "the last line does not end");
}

/** Reads a whole log: its keys, the tree, all heads, and the entries about one subject.  Refuses
 * what does not hold, with the line. */
export async function readLog(chunks, subject = null) {
  const log = {
    keys: new Keys(),
    tree: new Tree(),
    heads: [],
    leaves: [],
    subject,
    about: [],
    isEnded: false,
  };
  let number = 0;
  for await (const line of linesOf(chunks)) {
    number++;
    try {
      takeLine(log, line, number);
    } catch (error) {
      if (error instanceof Refused) error.message = `line ${number}: ${error.message}`;
      throw error;
    }
  }
  hold(log.isEnded, "the file has no end: a part is missing");
  return log;
}

function takeLine(log, line, number) {
  let object;
  try {
    object = JSON.parse(line);
  } catch {
    throw new Refused("this is not JSON");
  }
  hold(JSON.stringify(object) === line, "this is not written as log.md says");
  hold(!log.isEnded, "something stands behind the end");
  if (number === 1) {
    shaped(object, { format: (format) => format === "onward log 1" }, "the first line");
    return;
  }
  const kind = object === null ? undefined : Object.keys(object)[0];
  hold(Object.keys(takers).includes(kind), "this is neither key, entry, head nor end");
  shaped(object, { [kind]: kinds.any }, "the line");
  takers[kind](log, object[kind]);
}

const takers = {
  key(log, key) {
    hold(log.tree.size === 0, "keys stand before entries");
    log.keys.add(key);
  },
  entry(log, entry) {
    shaped(entry, ENTRY, "the entry");
    hold(
      entry.number === log.tree.size,
      `entry ${entry.number} stands where ${log.tree.size} belongs`,
    );
    const leaf = leafOf(entry);
    log.tree.append(leaf);
    log.leaves.push(leaf);
    if (entry.subject === log.subject) log.about.push(entry);
  },
  head(log, head) {
    checkHead(head, log.keys);
    const before = log.heads.at(-1) ?? { number: 0, size: 0, at: 0, digest: "" };
    hold(
      head.number === before.number + 1,
      `head ${head.number} stands where ${before.number + 1} belongs`,
    );
    hold(
      head.previous === before.digest,
      `head ${head.number} does not go on from the one before it`,
    );
    hold(
      head.size > before.size && head.at >= before.at,
      `head ${head.number} is older or smaller than the one before it`,
    );
    hold(
      head.size === log.tree.size,
      `head ${head.number} covers ${head.size} entries and stands behind ${log.tree.size}`,
    );
    hold(head.root === log.tree.root(), `the entries before head ${head.number} were changed`);
    log.heads.push(head);
  },
  end(log, end) {
    shaped(end, END, "the end");
    hold(
      end.keys === log.keys.byId.size &&
        end.entries === log.tree.size &&
        end.heads === log.heads.length,
      "the end counts other lines than there are",
    );
    hold((log.heads.at(-1)?.size ?? 0) === log.tree.size, "the last entries are under no head");
    log.isEnded = true;
  },
};

/** Refuses unless the newer log is the older one and more. */
export function holdGrown(older, newer) {
  newer.keys.holdAll(older.keys);
  const differs = older.leaves.findIndex((leaf, i) => !newer.leaves[i]?.equals(leaf));
  hold(differs === -1, `entry ${differs} is not what it was`);
  for (const [i, head] of older.heads.entries())
    hold(newer.heads[i]?.digest === head.digest, `head ${head.number} is not what it was`);
}

// ---- receipts ----

function eventDigest(reference, event) {
  const hasDetail = event.detail !== "";
  return digestOf(
    lines(
      `onward pledge event ${hasDetail ? 2 : 1}`,
      reference,
      event.number,
      event.kind,
      event.revision,
      event.at,
      event.role,
      event.text_digest,
      event.reason_digest,
      ...(hasDetail ? [digestOf(event.detail)] : []),
      event.previous,
    ),
  );
}

function checkEvents(receipt) {
  let previous = "";
  for (const [i, event] of receipt.events.entries()) {
    shaped(event, EVENT, `event ${i + 1}`);
    hold(
      event.number === i + 1 && event.previous === previous,
      `event ${i + 1} does not go on from the one before it`,
    );
    hold(
      event.digest === eventDigest(receipt.reference, event),
      `the digest of event ${i + 1} does not hold`,
    );
    previous = event.digest;
  }
}

/** Notes for people, in the order in which they were found. */
function checkPledge(receipt, notes) {
  checkEvents(receipt);
  const inLog = new Set(),
    words = [];
  let before = -1;
  for (const proof of receipt.proofs) {
    checkProof(proof, receipt.head ?? {}, `proof ${inLog.size + words.length + 1}`);
    const { entry } = proof;
    hold(entry.number > before, "the proofs are not in order");
    hold(entry.subject === receipt.reference, `entry ${entry.number} is about another pledge`);
    before = entry.number;
    if (entry.kind === "pledge-text") words.push(entry.digest);
    else inLog.add(eventOf(receipt, entry).number);
  }
  checkMissing(receipt, inLog, notes);
  checkWords(receipt, words, notes);
}

/** The words that were published last are those of the receipt. */
function checkWords(receipt, words, notes) {
  const published = receipt.events.filter((event) => event.kind === "published");
  if (words.length > 0)
    hold(words.at(-1) === receipt.text_digest, "the words are not those that were published");
  if (words.length >= published.length) return;
  hold(isRecent(receipt, published.at(-1)), "the words were left out of the log");
  notes.push("the words wait to be taken into the log");
}

/** Whether it may still wait: the newest head may have been signed without it. */
const isRecent = (receipt, event) => event.at + LATE_SECS >= (receipt.head?.at ?? 0);

function eventOf(receipt, entry) {
  const event = receipt.events.find(
    (it) => entry.kind === "pledge" && it.digest === entry.digest && it.at === entry.at,
  );
  hold(event !== undefined, `entry ${entry.number} is none of the events`);
  return event;
}

function checkMissing(receipt, inLog, notes) {
  const first = receipt.events.findIndex((event) => event.kind === "published");
  hold(first !== -1, "the pledge was never published");
  const missing = receipt.events.slice(first).filter((event) => !inLog.has(event.number));
  for (const event of missing)
    hold(isRecent(receipt, event), `event ${event.number} was left out of the log`);
  if (missing.length > 0)
    notes.push(
      `${count(missing.length, "event waits", "events wait")} to be taken into the log: ${AGAIN}`,
    );
}

function checkIndividual(receipt, keys, notes) {
  const digest = digestOf(
    lines("onward individual pledge 1", receipt.reference, receipt.text_digest, receipt.signed_at),
  );
  hold(digest === receipt.digest, "the digest of the pledge does not hold");
  shaped(receipt.signature, SIGNATURE, "the signature");
  keys.hold(
    receipt.signature.key_id,
    "receipt",
    receipt.digest,
    receipt.signature.signature,
    "the receipt",
  );
  hold((receipt.proof === null) === (receipt.head === null), "proof and head belong together");
  if (receipt.proof === null) {
    notes.push(`the pledge waits to be taken into the log: ${AGAIN}`);
    return;
  }
  checkProof(receipt.proof, receipt.head, "the proof");
  const { entry } = receipt.proof;
  hold(
    entry.kind === "individual" &&
      entry.subject === receipt.reference &&
      entry.digest === receipt.digest,
    "the entry is about another pledge",
  );
}

/** Checks a receipt, with the keys that it brings or with those that are trusted. */
export function checkReceipt(receipt, trusted) {
  const notes = [];
  hold(receipt !== null && Object.hasOwn(RECEIPTS, receipt.kind), "this is no receipt of a pledge");
  shaped(receipt, RECEIPTS[receipt.kind], "the receipt");
  hold(receipt.format === "onward receipt 1", "the receipt has another format");
  hold(receipt.text_digest === digestOf(receipt.text), "the words were changed");
  const keys = Keys.of(receipt.keys);
  trusted?.holdAll(keys);
  if (receipt.head !== null) checkHead(receipt.head, keys);
  if (receipt.kind === "pledge") checkPledge(receipt, notes);
  else checkIndividual(receipt, keys, notes);
  if (trusted === undefined)
    notes.push(
      "the keys are those of the receipt itself: compare with those of the log or of keys.json",
    );
  return notes;
}

/** Refuses unless the head and the entries of a receipt are those of the log, and none is left
 * out.  What the log has about it beyond the receipt is told in notes. */
export function holdInLog(receipt, log) {
  const shown = [receipt.proofs ?? receipt.proof ?? []].flat().map((proof) => proof.entry);
  const head = log.heads[(receipt.head?.number ?? 0) - 1];
  hold(
    receipt.head === null || head !== undefined,
    "the log is older than the receipt: download it again",
  );
  hold(
    receipt.head === null || head.digest === receipt.head.digest,
    `head ${head?.number} of the receipt is another than that of the log`,
  );
  for (const entry of shown)
    hold(
      log.leaves[entry.number]?.equals(leafOf(entry)),
      `entry ${entry.number} is another in the log`,
    );
  const others = log.about.filter((entry) => !shown.some((it) => it.number === entry.number));
  return receipt.kind === "pledge"
    ? otherOfPledge(receipt, others)
    : otherOfIndividual(receipt, others);
}

function otherOfPledge(receipt, others) {
  const leftOut = others.find((entry) => entry.number < (receipt.head?.size ?? 0));
  hold(leftOut === undefined, `the receipt leaves out entry ${leftOut?.number}`);
  return others.length > 0
    ? [`the log has ${count(others.length, "newer entry", "newer entries")} about it: ${AGAIN}`]
    : [];
}

function otherOfIndividual(receipt, others) {
  const isEnd = ({ digest, at }) =>
    digest ===
    digestOf(lines("onward individual withdrawal 1", receipt.reference, receipt.text_digest, at));
  return others.filter(isEnd).map((entry) => `the pledge was withdrawn at ${time(entry.at)}`);
}

// ---- the command ----

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

function tell(log) {
  const head = log.heads.at(-1);
  console.log(
    `It holds: ${count(log.tree.size, "entry", "entries")}, ${count(log.heads.length, "head")}, ` +
      `${count(log.keys.byId.size, "key")}.`,
  );
  if (head)
    console.log(
      `Newest head: ${head.number}, ${time(head.at)}, root ${head.root}, key ${head.key_id}`,
    );
}

/** The keys of a log or of keys.json, which one has from elsewhere than the receipt. */
async function trustedIn(path, subject) {
  if (!path.endsWith(".json")) {
    const log = await readLog(createReadStream(path), subject);
    return { keys: log.keys, log };
  }
  const file = shaped(readJson(path), shape("format keys:list"), "the file of keys");
  hold(file.format === "onward keys 1", "the file of keys has another format");
  return { keys: Keys.of(file.keys) };
}

const commands = {
  async log(path) {
    tell(await readLog(createReadStream(path)));
  },
  async grown(olderPath, newerPath) {
    const older = await readLog(createReadStream(olderPath));
    const newer = await readLog(createReadStream(newerPath));
    holdGrown(older, newer);
    tell(newer);
    console.log(`It only grew: the first ${older.tree.size} entries are what they were.`);
  },
  async receipt(path, otherPath) {
    const receipt = readJson(path);
    const { keys, log } = otherPath ? await trustedIn(otherPath, receipt?.reference) : {};
    const notes = checkReceipt(receipt, keys);
    if (log) notes.push(...holdInLog(receipt, log));
    console.log(
      `It holds: the receipt of ${receipt.reference}${log ? " and its entries in the log" : ""}.`,
    );
    for (const note of notes) console.log(`Note: ${note}.`);
  },
};
const counts = { log: [1, 1], grown: [2, 2], receipt: [1, 2] };

async function main([name, ...paths]) {
  const [least, most] = Object.hasOwn(counts, name ?? "") ? counts[name] : [1, 0];
  if (paths.length < least || paths.length > most) {
    console.error(
      "usage: check_log.mjs log LOG.jsonl | grown OLDER.jsonl NEWER.jsonl | " +
        "receipt RECEIPT.json [LOG.jsonl | KEYS.json]",
    );
    return 2;
  }
  try {
    await commands[name](...paths);
    return 0;
  } catch (error) {
    const [code, said] =
      error instanceof UnknownKey
        ? [3, "UNKNOWN KEY"]
        : error instanceof Refused || error instanceof SyntaxError
          ? [1, "IT DOES NOT HOLD"]
          : [2, "Cannot check"];
    console.error(`${said}: ${error.message}.`);
    return code;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = await main(process.argv.slice(2));
