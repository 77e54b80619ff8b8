// SPDX-License-Identifier: MIT
// tree.test.mjs - the checker's own tree, against the definitions of RFC 9162 word for word.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { isGrown, rootOfPath, Tree } from "../../doc/verify/check_log.mjs";

const SIZES = 70;

const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const leaves = Array.from({ length: SIZES }, (_, i) => sha256(Buffer.from([0, i])));
const node = (left, right) => sha256(Buffer.from([1]), left, right);

const below = (size) => 2 ** Math.floor(Math.log2(size - 1));

/** MTH(D[n]), PATH(m, D[n]) and SUBPROOF(m, D[n], b) as they are written there. */
function root(d) {
  if (d.length === 1) return d[0];
  const k = below(d.length);
  return node(root(d.slice(0, k)), root(d.slice(k)));
}
function path(m, d) {
  if (d.length === 1) return [];
  const k = below(d.length);
  return m < k
    ? [...path(m, d.slice(0, k)), root(d.slice(k))]
    : [...path(m - k, d.slice(k)), root(d.slice(0, k))];
}
function proof(m, d, isWhole = true) {
  if (m === d.length) return isWhole ? [] : [root(d)];
  const k = below(d.length);
  return m <= k
    ? [...proof(m, d.slice(0, k), isWhole), root(d.slice(k))]
    : [...proof(m - k, d.slice(k), false), root(d.slice(0, k))];
}

const hex = (hash) => hash.toString("hex");
const changed = (hash) => Buffer.from(hash.map((byte, i) => (i === 7 ? byte ^ 1 : byte)));

test("roots of every size", () => {
  const tree = new Tree();
  assert.equal(tree.root(), hex(sha256()));
  for (let size = 1; size <= SIZES; size++) {
    tree.append(leaves[size - 1]);
    assert.equal(tree.root(), hex(root(leaves.slice(0, size))));
  }
});

test("an inclusion proof leads to the root, and no other does", () => {
  for (let size = 1; size <= SIZES; size++) {
    const d = leaves.slice(0, size);
    const wanted = hex(root(d));
    for (let m = 0; m < size; m++) {
      const way = path(m, d);
      assert.equal(rootOfPath(d[m], m, size, way), wanted);
      assert.equal(rootOfPath(d[m], size, size, way), null);
      assert.notEqual(rootOfPath(changed(d[m]), m, size, way), wanted);
      assert.equal(rootOfPath(d[m], m, size, [...way, d[0]]), null);
      if (way.length === 0) continue;
      assert.equal(rootOfPath(d[m], m, size, way.slice(1)), null);
      assert.notEqual(rootOfPath(d[m], m, size, [changed(way[0]), ...way.slice(1)]), wanted);
    }
  }
});

test("a consistency proof holds between its two sizes, and no other does", () => {
  for (let to = 1; to <= SIZES; to++)
    for (let from = 1; from <= to; from++) {
      const [older, newer] = [from, to].map((size) => hex(root(leaves.slice(0, size))));
      const way = proof(from, leaves.slice(0, to));
      assert.ok(isGrown(from, to, older, newer, way), `${from} to ${to}`);
      assert.ok(!isGrown(from, to, older, newer, [...way, leaves[0]]));
      assert.ok(!isGrown(from, to, hex(changed(Buffer.from(older, "hex"))), newer, way));
      if (way.length === 0) continue;
      assert.ok(!isGrown(from, to, older, newer, way.slice(1)));
      assert.ok(!isGrown(from, to, older, newer, [changed(way[0]), ...way.slice(1)]));
    }
});
