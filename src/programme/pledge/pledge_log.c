/* SPDX-License-Identifier: MIT */
/*
 * pledge_log.c - what of a pledge goes into the public log.
 *
 * From its publication on every event has an entry with the digest of the event, which covers all
 * events before it.  The words that the public reads have one of their own, for the digest in the
 * chain is of the words with all names.
 */
#include "platform/base/mem.h"
#include "platform/store/store.h"
#include "programme/ledger/ledger.h"
#include "programme/pledge/pledge_internal.h"

#include <string.h>

enum { PORTION = 100 };

static bool is_publication(const struct pledge_events_row *event)
{
    return pledge_event_of(event->kind) == PLEDGE_WAS_PUBLISHED;
}

enum status pledge_log_event(struct ctx *ctx, const struct pledge_file *file,
                             const struct pledge_events_row *event)
{
    if (file->row.is_public == 0)
        return OK;
    TRY(ledger_add(ctx, &(const struct ledger_fact){PLEDGE_LOG_KIND, file->row.reference,
                                                    event->digest, event->at}));
    if (!is_publication(event))
        return OK;
    return ledger_add(ctx, &(const struct ledger_fact){
                               "pledge-text", file->row.reference,
                               pledge_digest(ctx->mem, file->sent.public_text), event->at});
}

size_t pledge_log_begins(const struct pledge_file *file)
{
    size_t i = 0;
    while (i < file->event_count && !is_publication(&file->events[i]))
        i++;
    return i;
}

/* ---- pledges from before there was a log ---- */

struct missing {
    int64_t after;
    size_t count;
};

static enum status add_all(struct ctx *ctx, const char *reference)
{
    struct pledge_file file;
    TRY(pledge_file_open(ctx, reference, &file));
    for (size_t i = pledge_log_begins(&file); i < file.event_count; i++)
        TRY(pledge_log_event(ctx, &file, &file.events[i]));
    return OK;
}

static enum status add_portion(struct ctx *ctx, void *arg)
{
    struct missing *missing = arg;
    struct pledge_not_in_log_row *rows;
    TRY(pledge_not_in_log(ctx, missing->after, PORTION, &rows, &missing->count));
    for (size_t i = 0; i < missing->count; i++)
        TRY(add_all(ctx, rows[i].reference));
    if (missing->count > 0)
        missing->after = rows[missing->count - 1].id;
    return OK;
}

enum status pledge_log_missing(struct ctx *ctx, int64_t *added_out)
{
    struct missing missing = {.count = PORTION};
    struct mem *whole = ctx->mem;
    *added_out = 0;
    while (missing.count == PORTION) {
        struct missing tried = missing;
        ctx->mem = mem_child(whole);
        enum status status = store_transact(ctx, "pledge_log_missing", add_portion, &tried);
        ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
        missing = tried;
        *added_out += (int64_t)missing.count;
    }
    return OK;
}
