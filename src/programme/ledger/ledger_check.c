/* SPDX-License-Identifier: MIT */
/*
 * ledger_check.c - whether the log holds: every leaf, every subtree, every head and signature, made
 * again from the entries; and whether what waits gets in.
 */
#include "programme/ledger/ledger_internal.h"

#include "platform/base/id.h"

#include <inttypes.h>
#include <string.h>

enum { WAITS_SECS_MAX = 15 * 60 };

struct checking {
    struct mem *whole; /* what outlives a portion */
    struct tree_edge edge;
    int64_t head_number, head_at;
    char head_digest[HASH_CHARS + 1];
    int64_t node_count;
    const char *broken; /* NULL: nothing yet */
};

static enum status found(struct checking *c, const char *what, int64_t number)
{
    if (c->broken == NULL)
        c->broken = mem_format(c->whole, "%s %" PRId64, what, number);
    return OK;
}

static enum status compare_node(struct ctx *ctx, void *arg, int level, int64_t place,
                                const struct tree_hash *hash)
{
    struct checking *c = arg;
    struct ledger_node_at_row node = {""};
    enum status status = ledger_node_at(ctx, level, place, &node);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    c->node_count++;
    if (status == OK && strcmp(node.hash, ledger_hash_text(ctx->mem, hash)) == 0)
        return OK;
    return found(c, "a subtree that ends at entry", c->edge.size);
}

static enum status check_entry(struct ctx *ctx, struct checking *c,
                               const struct ledger_entry_rows_row *row)
{
    const struct ledger_entry entry = {row->number, row->kind, row->subject, row->digest, row->at};
    struct tree_hash leaf = ledger_leaf(ctx->mem, &entry);
    if (row->number != c->edge.size || strcmp(row->leaf, ledger_hash_text(ctx->mem, &leaf)) != 0)
        return found(c, "entry", c->edge.size);
    return tree_append(ctx, &c->edge, &leaf, compare_node, c);
}

/* The entries that a head covers and no earlier one. */
static enum status check_entries(struct ctx *ctx, struct checking *c, int64_t until)
{
    struct mem *portion = ctx->mem;
    enum status status = OK;
    while (status == OK && c->broken == NULL && c->edge.size < until) {
        struct ledger_entry_rows_row *rows;
        size_t count;
        ctx->mem = mem_child(portion);
        status = ledger_entry_rows(ctx, c->edge.size, until, LEDGER_ROWS_AT_ONCE, &rows, &count);
        if (status == OK && count == 0)
            status = found(c, "entry", c->edge.size);
        for (size_t i = 0; status == OK && c->broken == NULL && i < count; i++)
            status = check_entry(ctx, c, &rows[i]);
        if (ctx->fault != NULL)
            ctx->fault = mem_text(c->whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = portion;
    }
    return status;
}

static enum status check_head(struct ctx *ctx, struct checking *c,
                              const struct ledger_head_rows_row *row)
{
    const struct ledger_head head = LEDGER_HEAD(*row);
    const char *text = ledger_head_text(ctx->mem, &head);
    bool is_signed;
    TRY(check_entries(ctx, c, head.size));
    if (c->broken != NULL)
        return OK;
    struct tree_hash root = tree_edge_root(&c->edge);
    if (head.number != c->head_number + 1 || head.size != c->edge.size || head.at < c->head_at ||
        strcmp(head.previous, c->head_digest) != 0 ||
        strcmp(head.root, ledger_hash_text(ctx->mem, &root)) != 0 ||
        strcmp(head.digest, hash_sha256(ctx->mem, text, strlen(text))) != 0)
        return found(c, "head", head.number);
    enum status status =
        ledger_signature_holds(ctx, "log head", &(const struct text_span){text, strlen(text)},
                               &head.signature, &is_signed);
    if (status == ERR_NOT_FOUND)
        return found(c, "the key of head", head.number);
    TRY(status);
    if (!is_signed)
        return found(c, "the signature of head", head.number);
    c->head_number = head.number;
    c->head_at = head.at;
    memcpy(c->head_digest, head.digest, HASH_CHARS + 1);
    return OK;
}

static enum status check_heads(struct ctx *ctx, struct checking *c)
{
    size_t count = 1;
    enum status status = OK;
    while (status == OK && c->broken == NULL && count > 0) {
        struct ledger_head_rows_row *rows;
        ctx->mem = mem_child(c->whole);
        status =
            ledger_head_rows(ctx, c->head_number, INT64_MAX, LEDGER_ROWS_AT_ONCE, &rows, &count);
        for (size_t i = 0; status == OK && c->broken == NULL && i < count; i++)
            status = check_head(ctx, c, &rows[i]);
        if (ctx->fault != NULL)
            ctx->fault = mem_text(c->whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = c->whole;
    }
    return status;
}

/* Each key was let in by the one before it, and by itself the first. */
static enum status check_keys(struct ctx *ctx, struct checking *c)
{
    struct ledger_key_rows_row *rows;
    size_t count;
    TRY(ledger_key_rows(ctx, 0, LEDGER_KEYS_MAX, &rows, &count));
    for (size_t i = 0; i < count && c->broken == NULL; i++) {
        const char *text =
            ledger_key_text(ctx->mem, rows[i].number, rows[i].public_key, rows[i].from_at);
        const struct ledger_signature signature = {rows[i].signed_by, rows[i].signature};
        bool holds;
        enum status status = ledger_signature_holds(
            ctx, "log key", &(const struct text_span){text, strlen(text)}, &signature, &holds);
        if (status != OK && status != ERR_NOT_FOUND)
            return status;
        if (status != OK || !holds || rows[i].number != (int64_t)i + 1 ||
            strcmp(rows[i].signed_by, rows[i == 0 ? 0 : i - 1].id) != 0)
            TRY(found(c, "key", (int64_t)i + 1));
    }
    return OK;
}

/* What waits, and whether it waits too long. */
static enum status check_waiting(struct ctx *ctx, struct ledger_checked *out)
{
    struct ledger_waiting_count_row waiting;
    struct ledger_waiting_first_row first;
    TRY(ledger_waiting_count(ctx, &waiting));
    out->waiting_count = waiting.waiting;
    enum status status = ledger_waiting_first(ctx, &first);
    out->is_late = status == OK && ctx->now_secs - id_made_at(first.id) > WAITS_SECS_MAX;
    return status == ERR_NOT_FOUND ? OK : status;
}

enum status ledger_check(struct ctx *ctx, struct ledger_checked *out)
{
    struct checking *c = mem_new(ctx->mem, struct checking);
    struct ledger_counts_row counts;
    c->whole = ctx->mem;
    TRY(check_keys(ctx, c));
    TRY(check_heads(ctx, c));
    TRY(ledger_counts(ctx, &counts));
    if (c->broken == NULL && (counts.entries != c->edge.size || counts.heads != c->head_number ||
                              counts.nodes != c->node_count))
        TRY(found(c, "something behind entry", c->edge.size));
    *out = (struct ledger_checked){
        .entry_count = c->edge.size, .head_count = c->head_number, .broken = c->broken};
    return check_waiting(ctx, out);
}
