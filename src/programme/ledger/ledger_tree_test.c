/* SPDX-License-Identifier: MIT */
/* ledger_tree_test.c - the tree is that of the standard, at every size. */
#include "programme/ledger/ledger_tree.h"

#include "platform/base/test.h"
#include "platform/base/text.h"

enum { LEAVES = 200, LEVELS = 9 };

/* ---- every complete subtree, kept in memory ---- */

struct grove {
    struct tree_hash hash[LEVELS][LEAVES];
};

static enum status keep(struct ctx *ctx, void *arg, int level, int64_t place,
                        const struct tree_hash *hash)
{
    struct grove *grove = arg;
    CHECK(level >= 1 && level < LEVELS && place < LEAVES);
    grove->hash[level][place] = *hash;
    return OK;
}

static enum status take(struct ctx *ctx, void *arg, int level, int64_t place, struct tree_hash *out)
{
    const struct grove *grove = arg;
    CHECK(level >= 0 && level < LEVELS && place < LEAVES);
    *out = grove->hash[level][place];
    return OK;
}

/* ---- the definitions of RFC 9162, word for word and slow ---- */

static size_t below(size_t size)
{
    size_t k = 1;
    while (2 * k < size)
        k *= 2;
    return k;
}

/* MTH(D[size]) of 2.1.1. */
static struct tree_hash plain_root(const struct tree_hash *leaves, size_t size)
{
    if (size == 1)
        return leaves[0];
    size_t k = below(size);
    struct tree_hash left = plain_root(leaves, k), right = plain_root(leaves + k, size - k);
    return tree_node(&left, &right);
}

/* PATH(m, D[size]) of 2.1.3.1. */
static void plain_path(const struct tree_hash *leaves, size_t m, size_t size,
                       struct tree_path *path)
{
    if (size == 1)
        return;
    size_t k = below(size);
    if (m < k) {
        plain_path(leaves, m, k, path);
        path->hash[path->count++] = plain_root(leaves + k, size - k);
    } else {
        plain_path(leaves + k, m - k, size - k, path);
        path->hash[path->count++] = plain_root(leaves, k);
    }
}

/* SUBPROOF(m, D[size], is_whole) of 2.1.4.1. */
static void plain_proof(const struct tree_hash *leaves, size_t m, size_t size, bool is_whole,
                        struct tree_path *path)
{
    size_t k = below(size);
    if (m == size) {
        if (!is_whole)
            path->hash[path->count++] = plain_root(leaves, m);
    } else if (m <= k) {
        plain_proof(leaves, m, k, is_whole, path);
        path->hash[path->count++] = plain_root(leaves + k, size - k);
    } else {
        plain_proof(leaves + k, m - k, size - k, false, path);
        path->hash[path->count++] = plain_root(leaves, k);
    }
}

/* ---- known trees ---- */

/* The eight entries of certificate transparency's own tests, and the roots of their trees. */
static const char *const known_entries[] = {
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
};
static const char *const known_roots[] = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};
enum { KNOWN = sizeof known_roots / sizeof known_roots[0] };

static void grow_known(struct ctx *ctx, struct grove *grove, struct tree_edge *edge)
{
    for (size_t i = 0; i < KNOWN; i++) {
        struct text_span data;
        CHECK(text_hex_read(ctx->mem, known_entries[i], &data) == OK);
        grove->hash[0][i] = tree_leaf(data.bytes, data.length_bytes);
        CHECK(tree_append(ctx, edge, &grove->hash[0][i], keep, grove) == OK);
        struct tree_hash root = tree_edge_root(edge);
        CHECK_TEXT(text_hex(ctx->mem, root.bytes, HASH_BYTES), known_roots[i]);
    }
}

TEST(trees_have_the_roots_that_certificate_transparency_knows)
{
    struct grove *grove = mem_new(ctx->mem, struct grove);
    struct tree_edge edge = {0};
    struct tree_hash root = tree_edge_root(&edge);
    CHECK_TEXT(text_hex(ctx->mem, root.bytes, HASH_BYTES),
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    grow_known(ctx, grove, &edge);
}

/* Proofs that certificate transparency's tests state. */
TEST(proofs_are_those_that_certificate_transparency_knows)
{
    struct grove *grove = mem_new(ctx->mem, struct grove);
    struct tree_edge edge = {0};
    struct tree_path path;
    const struct tree tree = {take, grove};
    grow_known(ctx, grove, &edge);
    CHECK(tree_inclusion(ctx, &tree, 0, 8, &path) == OK && path.count == 3);
    CHECK_TEXT(text_hex(ctx->mem, path.hash[0].bytes, HASH_BYTES),
               "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7");
    CHECK_TEXT(text_hex(ctx->mem, path.hash[1].bytes, HASH_BYTES),
               "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e");
    CHECK_TEXT(text_hex(ctx->mem, path.hash[2].bytes, HASH_BYTES),
               "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    CHECK(tree_inclusion(ctx, &tree, 2, 3, &path) == OK && path.count == 1);
    CHECK_TEXT(text_hex(ctx->mem, path.hash[0].bytes, HASH_BYTES), known_roots[1]);
    CHECK(tree_consistency(ctx, &tree, 6, 8, &path) == OK && path.count == 3);
    CHECK_TEXT(text_hex(ctx->mem, path.hash[0].bytes, HASH_BYTES),
               "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a");
    CHECK_TEXT(text_hex(ctx->mem, path.hash[1].bytes, HASH_BYTES),
               "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0");
    CHECK_TEXT(text_hex(ctx->mem, path.hash[2].bytes, HASH_BYTES), known_roots[3]);
    CHECK(tree_consistency(ctx, &tree, 1, 8, &path) == OK && path.count == 3);
    CHECK(tree_consistency(ctx, &tree, 8, 8, &path) == OK && path.count == 0);
}

/* ---- every size ---- */

static bool is_same(const struct tree_path *a, const struct tree_path *b)
{
    return a->count == b->count && memcmp(a->hash, b->hash, a->count * sizeof a->hash[0]) == 0;
}

static struct grove *grown(struct ctx *ctx)
{
    struct grove *grove = mem_new(ctx->mem, struct grove);
    struct tree_edge edge = {0};
    for (size_t i = 0; i < LEAVES; i++) {
        grove->hash[0][i] = tree_leaf(&i, sizeof i);
        CHECK(tree_append(ctx, &edge, &grove->hash[0][i], keep, grove) == OK);
        struct tree_hash root = tree_edge_root(&edge), plain = plain_root(grove->hash[0], i + 1);
        CHECK(memcmp(&root, &plain, sizeof root) == 0);
    }
    return grove;
}

TEST(roots_and_edges_of_every_size_are_those_of_the_definition)
{
    struct grove *grove = grown(ctx);
    const struct tree tree = {take, grove};
    for (int64_t size = 1; size <= LEAVES; size++) {
        struct tree_edge edge;
        CHECK(tree_edge_at(ctx, &tree, size, &edge) == OK && edge.size == size);
        struct tree_hash root = tree_edge_root(&edge);
        struct tree_hash plain = plain_root(grove->hash[0], (size_t)size);
        CHECK(memcmp(&root, &plain, sizeof root) == 0);
    }
}

TEST(inclusion_proofs_of_every_leaf_and_size_are_those_of_the_definition)
{
    struct grove *grove = grown(ctx);
    const struct tree tree = {take, grove};
    for (int64_t size = 1; size <= LEAVES; size += size < 70 ? 1 : 13)
        for (int64_t number = 0; number < size; number++) {
            struct tree_path path, plain = {.count = 0};
            CHECK(tree_inclusion(ctx, &tree, number, size, &path) == OK);
            plain_path(grove->hash[0], (size_t)number, (size_t)size, &plain);
            CHECK(is_same(&path, &plain));
        }
}

TEST(consistency_proofs_of_every_two_sizes_are_those_of_the_definition)
{
    struct grove *grove = grown(ctx);
    const struct tree tree = {take, grove};
    for (int64_t to = 1; to <= LEAVES; to += to < 70 ? 1 : 13)
        for (int64_t from = 1; from <= to; from++) {
            struct tree_path path, plain = {.count = 0};
            CHECK(tree_consistency(ctx, &tree, from, to, &path) == OK);
            plain_proof(grove->hash[0], (size_t)from, (size_t)to, true, &plain);
            CHECK(is_same(&path, &plain));
        }
}
