/* SPDX-License-Identifier: MIT */
/* ledger_read.c - heads and proofs, as structs and as JSON. */
#include "programme/ledger/ledger_internal.h"

#include "platform/store/store.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

/* ---- the tree of the store ---- */

enum status ledger_hash_read(struct ctx *ctx, const char *text, struct tree_hash *out)
{
    struct text_span bytes;
    if (text_hex_read(ctx->mem, text, &bytes) != OK || bytes.length_bytes != HASH_BYTES)
        return ctx_fail(ctx, ERR_FAULT, "a hash of the log is none: \"%s\"", text);
    memcpy(out->bytes, bytes.bytes, HASH_BYTES);
    return OK;
}

const char *ledger_hash_text(struct mem *mem, const struct tree_hash *hash)
{
    return text_hex(mem, hash->bytes, HASH_BYTES);
}

static enum status read_node(struct ctx *ctx, void *arg, int level, int64_t place,
                             struct tree_hash *out)
{
    struct ledger_entry_at_row leaf;
    struct ledger_node_at_row node = {NULL};
    (void)arg;
    enum status status =
        level == 0 ? ledger_entry_at(ctx, place, &leaf) : ledger_node_at(ctx, level, place, &node);
    if (status == ERR_NOT_FOUND)
        return ctx_fail(ctx, ERR_FAULT, "the log has no subtree %d, %" PRId64, level, place);
    TRY(status);
    return ledger_hash_read(ctx, level == 0 ? leaf.leaf : node.hash, out);
}

const struct tree ledger_tree = {read_node, NULL};

/* ---- heads ---- */

enum status ledger_head_newest(struct ctx *ctx, struct ledger_head *out)
{
    struct ledger_head_last_row row;
    TRY(ledger_head_last(ctx, &row));
    *out = LEDGER_HEAD(row);
    return OK;
}

enum status ledger_head_at(struct ctx *ctx, int64_t size, struct ledger_head *out)
{
    struct ledger_head_of_row row;
    TRY(ledger_head_of(ctx, size, &row));
    *out = LEDGER_HEAD(row);
    return OK;
}

/* ---- proofs ---- */

static const char **path_texts(struct mem *mem, const struct tree_path *path)
{
    const char **texts = mem_array(mem, const char *, path->count);
    for (size_t i = 0; i < path->count; i++)
        texts[i] = ledger_hash_text(mem, &path->hash[i]);
    return texts;
}

static enum status prove(struct ctx *ctx, const struct ledger_head *head,
                         struct ledger_proof *proof)
{
    struct tree_path path;
    if (proof->entry.number >= head->size)
        return ctx_fail(ctx, ERR_NOT_FOUND, "entry %" PRId64 " came after the head",
                        proof->entry.number);
    TRY(tree_inclusion(ctx, &ledger_tree, proof->entry.number, head->size, &path));
    proof->path = path_texts(ctx->mem, &path);
    proof->path_count = path.count;
    return OK;
}

enum status ledger_prove(struct ctx *ctx, const struct ledger_fact *fact,
                         const struct ledger_head *head, struct ledger_proof *out)
{
    struct ledger_entry_of_row row;
    TRY(ledger_entry_of(ctx, fact->kind, fact->subject, fact->digest, &row));
    out->entry = (struct ledger_entry){row.number, fact->kind, fact->subject, fact->digest, row.at};
    return prove(ctx, head, out);
}

enum status ledger_prove_number(struct ctx *ctx, int64_t number, const struct ledger_head *head,
                                struct ledger_proof *out)
{
    struct ledger_entry_at_row row;
    TRY(ledger_entry_at(ctx, number, &row));
    out->entry = (struct ledger_entry){number, row.kind, row.subject, row.digest, row.at};
    return prove(ctx, head, out);
}

enum status ledger_prove_about(struct ctx *ctx, const char *subject, const struct ledger_head *head,
                               struct ledger_proof **out, size_t *count_out)
{
    struct ledger_entry_about_row *rows;
    TRY(ledger_entry_about(ctx, subject, head->size, LEDGER_ABOUT_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct ledger_proof, *count_out);
    for (size_t i = 0; i < *count_out; i++) {
        (*out)[i].entry = (struct ledger_entry){rows[i].number, rows[i].kind, subject,
                                                rows[i].digest, rows[i].at};
        TRY(prove(ctx, head, &(*out)[i]));
    }
    return OK;
}

enum status ledger_prove_growth(struct ctx *ctx, const struct ledger_head *from,
                                const struct ledger_head *to, const char ***path_out,
                                size_t *count_out)
{
    struct tree_path path;
    TRY(tree_consistency(ctx, &ledger_tree, from->size, to->size, &path));
    *path_out = path_texts(ctx->mem, &path);
    *count_out = path.count;
    return OK;
}

enum status ledger_place(struct ctx *ctx, const char *subject, struct ledger_place *out)
{
    struct ledger_place_of_row row;
    TRY(ledger_place_of(ctx, subject, &row));
    *out = (struct ledger_place){row.entries, row.last_at};
    return OK;
}

/* ---- JSON ---- */

json_t *ledger_entry_json(const struct ledger_entry *entry)
{
    return json_pack("{s:I,s:s,s:s,s:s,s:I}", "number", (json_int_t)entry->number, "kind",
                     entry->kind, "subject", entry->subject, "digest", entry->digest, "at",
                     (json_int_t)entry->at);
}

json_t *ledger_head_json(const struct ledger_head *head)
{
    return json_pack("{s:I,s:I,s:s,s:I,s:s,s:s,s:s,s:s}", "number", (json_int_t)head->number,
                     "size", (json_int_t)head->size, "root", head->root, "at", (json_int_t)head->at,
                     "previous", head->previous, "digest", head->digest, "key_id",
                     head->signature.key_id, "signature", head->signature.signature);
}

json_t *ledger_path_json(const char *const *path, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, json_string(path[i]));
    return array;
}

json_t *ledger_proof_json(const struct ledger_proof *proof)
{
    return json_pack("{s:o,s:o}", "entry", ledger_entry_json(&proof->entry), "path",
                     ledger_path_json(proof->path, proof->path_count));
}

json_t *ledger_key_json(const struct ledger_key_rows_row *key)
{
    return json_pack("{s:I,s:s,s:s,s:I,s:s,s:s}", "number", (json_int_t)key->number, "id", key->id,
                     "public_key", key->public_key, "from", (json_int_t)key->from_at, "signed_by",
                     key->signed_by, "signature", key->signature);
}

enum status ledger_keys_json(struct ctx *ctx, json_t **out)
{
    struct ledger_key_rows_row *rows;
    size_t count;
    TRY(ledger_key_rows(ctx, 0, LEDGER_KEYS_MAX, &rows, &count));
    *out = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(*out, ledger_key_json(&rows[i]));
    return OK;
}

enum status ledger_receipt_end(struct ctx *ctx, const struct ledger_fact *fact, json_t *receipt)
{
    struct ledger_head head;
    struct ledger_proof proof;
    json_t *keys;
    enum status status = ledger_head_newest(ctx, &head);
    if (status == OK)
        status = ledger_prove(ctx, fact, &head, &proof);
    bool waits = status == ERR_NOT_FOUND;
    if (waits)
        ctx->fault = NULL;
    else
        TRY(status);
    TRY(ledger_keys_json(ctx, &keys));
    json_object_set_new(receipt, "proof", waits ? json_null() : ledger_proof_json(&proof));
    json_object_set_new(receipt, "head", waits ? json_null() : ledger_head_json(&head));
    json_object_set_new(receipt, "keys", keys);
    return OK;
}

const char *ledger_individual_digest(struct mem *mem, const char *reference,
                                     const char *text_digest, int64_t signed_at)
{
    const char *text = mem_format(mem, "onward individual pledge 1\n%s\n%s\n%" PRId64 "\n",
                                  reference, text_digest, signed_at);
    return hash_sha256(mem, text, strlen(text));
}
