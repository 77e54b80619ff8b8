/* SPDX-License-Identifier: MIT */
/*
 * ledger_take.c - the job that takes what waits into the tree and signs a head for it.
 *
 * One transaction takes a batch: rows go from ledger_waiting to ledger_entry, the subtrees that
 * become complete are kept, and one head is signed.  So a kill leaves either all of it or nothing,
 * and of two workers at once one finds the numbers taken, is refused, and goes on from the tree of
 * the other.  Times of heads never go back and lie within the time of their key, whatever the
 * clocks of two nodes say.
 */
#include "programme/ledger/ledger_internal.h"

#include "platform/job/job.h"
#include "platform/store/store.h"

#include <inttypes.h>
#include <string.h>

enum { BATCHES_MAX = 40, LEASE_SECS = 300, EVERY_SECS = 60 };

#define TAKE_JOB "ledger.take"

struct tree_hash ledger_leaf(struct mem *mem, const struct ledger_entry *entry)
{
    const char *data = mem_format(mem, "onward log entry 1\n%s\n%s\n%s\n%" PRId64 "\n", entry->kind,
                                  entry->subject, entry->digest, entry->at);
    return tree_leaf(data, strlen(data));
}

const char *ledger_head_text(struct mem *mem, const struct ledger_head *head)
{
    return mem_format(mem, "onward log head 1\n%" PRId64 "\n%" PRId64 "\n%s\n%" PRId64 "\n%s\n",
                      head->number, head->size, head->root, head->at, head->previous);
}

static enum status keep_node(struct ctx *ctx, void *arg, int level, int64_t place,
                             const struct tree_hash *hash)
{
    int64_t changes;
    (void)arg;
    return ledger_node_add(ctx, level, place, ledger_hash_text(ctx->mem, hash), &changes);
}

/* One fact leaves the queue and becomes an entry, unless it is one. */
static enum status take_fact(struct ctx *ctx, const struct ledger_waiting_rows_row *row,
                             struct tree_edge *edge)
{
    int64_t changes, removed;
    const struct ledger_entry entry = {edge->size, row->kind, row->subject, row->digest, row->at};
    struct tree_hash leaf = ledger_leaf(ctx->mem, &entry);
    TRY(ledger_entry_add(ctx, entry.number, entry.kind, entry.subject, entry.digest, entry.at,
                         ledger_hash_text(ctx->mem, &leaf), &changes));
    TRY(ledger_waiting_remove(ctx, row->id, &removed));
    return changes == 0 ? OK : tree_append(ctx, edge, &leaf, keep_node, NULL);
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static enum status sign_head(struct ctx *ctx, const struct ledger_head *last,
                             const struct tree_edge *edge)
{
    int64_t changes;
    struct ledger_key_now_row key;
    struct tree_hash root = tree_edge_root(edge);
    struct ledger_head head = {
        .number = last->number + 1,
        .size = edge->size,
        .root = ledger_hash_text(ctx->mem, &root),
        .at = later(ctx->now_secs, last->at),
        .previous = last->digest,
    };
    enum status status = ledger_key_now(ctx, &key);
    if (status == OK)
        head.at = later(head.at, key.from_at);
    else if (status != ERR_NOT_FOUND)
        return status;
    const char *text = ledger_head_text(ctx->mem, &head);
    TRY(ledger_sign(ctx, "log head", text, strlen(text), &head.signature));
    return ledger_head_add(ctx, head.number, head.size, head.root, head.at, head.previous,
                           hash_sha256(ctx->mem, text, strlen(text)), head.signature.key_id,
                           head.signature.signature, &changes);
}

/* Runs inside a transaction, perhaps more than once. */
static enum status take_once(struct ctx *ctx, void *arg)
{
    size_t *count_out = arg;
    struct ledger_waiting_rows_row *rows;
    struct ledger_head last = {.digest = ""};
    struct tree_edge edge;
    TRY(ledger_waiting_rows(ctx, LEDGER_ROWS_AT_ONCE, &rows, count_out));
    if (*count_out == 0)
        return OK;
    enum status status = ledger_head_newest(ctx, &last);
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    TRY(tree_edge_at(ctx, &ledger_tree, last.size, &edge));
    for (size_t i = 0; i < *count_out; i++)
        TRY(take_fact(ctx, &rows[i], &edge));
    return edge.size == last.size ? OK : sign_head(ctx, &last, &edge);
}

enum status ledger_take(struct ctx *ctx, int at_most_batches, bool *is_left_out)
{
    struct mem *whole = ctx->mem;
    size_t count = LEDGER_ROWS_AT_ONCE;
    enum status status = OK;
    for (int i = 0; status == OK && count == LEDGER_ROWS_AT_ONCE && i < at_most_batches; i++) {
        ctx->mem = mem_child(whole);
        status = store_transact(ctx, "ledger_take", take_once, &count);
        if (ctx->fault != NULL)
            ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
    }
    *is_left_out = count == LEDGER_ROWS_AT_ONCE;
    return status;
}

/* ---- the job ---- */

static enum status work(struct ctx *ctx, const struct job *job)
{
    bool is_left;
    TRY(ledger_take(ctx, BATCHES_MAX, &is_left));
    return is_left ? job_put(ctx, job->kind, job->key, "", 0) : OK;
}

static enum status is_wanted(struct ctx *ctx, bool *out)
{
    struct ledger_waiting_first_row row;
    enum status status = ledger_waiting_first(ctx, &row);
    *out = status == OK;
    return status == ERR_NOT_FOUND ? OK : status;
}

const struct job_kind ledger_job_kinds[] = {
    {TAKE_JOB, work, 20, LEASE_SECS, .every_secs = EVERY_SECS, .is_wanted = is_wanted},
    {0},
};
