/* SPDX-License-Identifier: MIT */
/*
 * ledger_tree.h - the Merkle tree of RFC 9162, section 2.1, with SHA-256.
 *
 *     leaf   SHA-256 of the byte 0 and the data
 *     node   SHA-256 of the byte 1, the hash on the left and the hash on the right
 *
 * A tree of n leaves is the complete subtrees that the binary digits of n say, the greatest first.
 * A complete subtree never changes again, so its hash is kept once, by its level (it has 2 to the
 * power of that many leaves) and its place from the left among those of its level.  Roots and
 * proofs of every size are made of these.
 */
#ifndef PROGRAMME_LEDGER_LEDGER_TREE_H
#define PROGRAMME_LEDGER_LEDGER_TREE_H

#include "platform/base/ctx.h"
#include "platform/base/hash.h"

#include <stddef.h>

enum { TREE_LEVELS = 62, TREE_PATH_MAX = 2 * TREE_LEVELS };

struct tree_hash {
    unsigned char bytes[HASH_BYTES];
};

struct tree_hash tree_leaf(const void *data, size_t length_bytes);
struct tree_hash tree_node(const struct tree_hash *left, const struct tree_hash *right);

/* ---- growing ---- */

/* The right edge: the hash of the complete subtree of each level that is a binary digit of size. */
struct tree_edge {
    int64_t size;
    struct tree_hash hash[TREE_LEVELS];
};

/* Takes a complete subtree of a level from 1 on as soon as there is one. */
typedef enum status tree_made_fn(struct ctx *ctx, void *arg, int level, int64_t place,
                                 const struct tree_hash *hash);

/* One leaf more. */
MUST_CHECK enum status tree_append(struct ctx *ctx, struct tree_edge *edge,
                                   const struct tree_hash *leaf, tree_made_fn *made, void *arg);

/* The root: for no leaves, the hash of nothing. */
struct tree_hash tree_edge_root(const struct tree_edge *edge);

/* ---- reading ---- */

/* Gives the hash of a complete subtree; level 0: of a leaf. */
typedef enum status tree_read_fn(struct ctx *ctx, void *arg, int level, int64_t place,
                                 struct tree_hash *out);

struct tree {
    tree_read_fn *read;
    void *arg;
};

struct tree_path {
    struct tree_hash hash[TREE_PATH_MAX];
    size_t count;
};

/* The right edge at a size, to go on from. */
MUST_CHECK enum status tree_edge_at(struct ctx *ctx, const struct tree *tree, int64_t size,
                                    struct tree_edge *out);

/* PATH(number, D[size]) of section 2.1.3.1.  number is below size. */
MUST_CHECK enum status tree_inclusion(struct ctx *ctx, const struct tree *tree, int64_t number,
                                      int64_t size, struct tree_path *out);

/* PROOF(from, D[to]) of section 2.1.4.1.  from is above 0 and at most to. */
MUST_CHECK enum status tree_consistency(struct ctx *ctx, const struct tree *tree, int64_t from,
                                        int64_t to, struct tree_path *out);

#endif
