/* SPDX-License-Identifier: MIT */
/* ledger_tree.c - hashes, the right edge, roots and paths. */
#include "programme/ledger/ledger_tree.h"

#include <assert.h>
#include <string.h>

enum { LEAF_BYTES_MAX = 1000 };

struct tree_hash tree_leaf(const void *data, size_t length_bytes)
{
    unsigned char bytes[1 + LEAF_BYTES_MAX];
    struct tree_hash hash = {.bytes = {0}};
    assert(length_bytes <= LEAF_BYTES_MAX);
    bytes[0] = 0;
    memcpy(bytes + 1, data, length_bytes);
    hash_bytes(bytes, 1 + length_bytes, hash.bytes);
    return hash;
}

struct tree_hash tree_node(const struct tree_hash *left, const struct tree_hash *right)
{
    unsigned char bytes[1 + 2 * HASH_BYTES];
    struct tree_hash hash = {.bytes = {0}};
    bytes[0] = 1;
    memcpy(bytes + 1, left->bytes, HASH_BYTES);
    memcpy(bytes + 1 + HASH_BYTES, right->bytes, HASH_BYTES);
    hash_bytes(bytes, sizeof bytes, hash.bytes);
    return hash;
}

/* ---- growing ---- */

/* As in adding one to a binary number: what is complete on the left is taken up, level by level. */
enum status tree_append(struct ctx *ctx, struct tree_edge *edge, const struct tree_hash *leaf,
                        tree_made_fn *made, void *arg)
{
    struct tree_hash hash = *leaf;
    int level = 0;
    for (; (edge->size >> level & 1) != 0; level++) {
        hash = tree_node(&edge->hash[level], &hash);
        TRY(made(ctx, arg, level + 1, edge->size >> (level + 1), &hash));
    }
    assert(level < TREE_LEVELS);
    edge->hash[level] = hash;
    edge->size++;
    return OK;
}

struct tree_hash tree_edge_root(const struct tree_edge *edge)
{
    struct tree_hash root;
    bool is_begun = false;
    hash_bytes("", 0, root.bytes);
    for (int level = 0; level < TREE_LEVELS; level++) {
        if ((edge->size >> level & 1) == 0)
            continue;
        root = is_begun ? tree_node(&edge->hash[level], &root) : edge->hash[level];
        is_begun = true;
    }
    return root;
}

/* ---- reading ---- */

enum status tree_edge_at(struct ctx *ctx, const struct tree *tree, int64_t size,
                         struct tree_edge *out)
{
    memset(out, 0, sizeof *out);
    out->size = size;
    for (int level = 0; level < TREE_LEVELS; level++)
        if ((size >> level & 1) != 0)
            TRY(tree->read(ctx, tree->arg, level, (size >> level) - 1, &out->hash[level]));
    return OK;
}

/* The greatest power of two below size, which is at least 2: as its level. */
static int level_below(int64_t size)
{
    int level = 0;
    while ((int64_t)2 << level < size)
        level++;
    return level;
}

/* The hash over size leaves from begin on, where a subtree of that many leaves begins: what is
 * complete on the left of it, and the same again for the rest. */
static enum status range(struct ctx *ctx, const struct tree *tree, int64_t begin, int64_t size,
                         struct tree_hash *out)
{
    if ((size & (size - 1)) == 0) {
        int level = size == 1 ? 0 : level_below(size) + 1;
        return tree->read(ctx, tree->arg, level, begin >> level, out);
    }
    struct tree_hash left, right;
    int level = level_below(size);
    int64_t half = (int64_t)1 << level;
    TRY(tree->read(ctx, tree->arg, level, begin >> level, &left));
    TRY(range(ctx, tree, begin + half, size - half, &right));
    *out = tree_node(&left, &right);
    return OK;
}

/* Paths are found from the root down and told from below up. */
static void turn(struct tree_path *path)
{
    for (size_t i = 0; i < path->count / 2; i++) {
        struct tree_hash hash = path->hash[i];
        path->hash[i] = path->hash[path->count - 1 - i];
        path->hash[path->count - 1 - i] = hash;
    }
}

/* Goes down towards the leaf of that number within a subtree, noting what stands beside the way,
 * until a subtree ends exactly behind it (for consistency) or is the leaf itself. */
struct way {
    int64_t begin, size;
    bool is_left_edge; /* it never went to the right */
};

static enum status go_down(struct ctx *ctx, const struct tree *tree, int64_t number,
                           struct way *way, struct tree_path *path)
{
    int64_t half = (int64_t)1 << level_below(way->size);
    struct tree_hash *beside = &path->hash[path->count++];
    if (number < way->begin + half) {
        TRY(range(ctx, tree, way->begin + half, way->size - half, beside));
        way->size = half;
        return OK;
    }
    TRY(range(ctx, tree, way->begin, half, beside));
    way->begin += half;
    way->size -= half;
    way->is_left_edge = false;
    return OK;
}

enum status tree_inclusion(struct ctx *ctx, const struct tree *tree, int64_t number, int64_t size,
                           struct tree_path *out)
{
    struct way way = {0, size, true};
    assert(number >= 0 && number < size);
    out->count = 0;
    while (way.size > 1)
        TRY(go_down(ctx, tree, number, &way, out));
    turn(out);
    return OK;
}

enum status tree_consistency(struct ctx *ctx, const struct tree *tree, int64_t from, int64_t to,
                             struct tree_path *out)
{
    struct way way = {0, to, true};
    assert(from > 0 && from <= to);
    out->count = 0;
    while (way.begin + way.size > from)
        TRY(go_down(ctx, tree, from - 1, &way, out));
    if (!way.is_left_edge)
        TRY(range(ctx, tree, way.begin, way.size, &out->hash[out->count++]));
    turn(out);
    return OK;
}
