/* SPDX-License-Identifier: MIT */
/* enquiry_clock.c - reminds who holds a question, passes late ones on, closes silent ones. */
#include "programme/lead/enquiry_internal.h"

#include "platform/base/time.h"
#include "platform/store/store.h"

#include <string.h>

enum { AT_ONCE = 100 };

static enum status remind_once(struct ctx *ctx, void *arg)
{
    struct enquiry enquiry;
    int64_t changes;
    TRY(enquiry_find(ctx, arg, &enquiry));
    TRY(lead_enquiry_remind_row(ctx, enquiry.organisation_id, enquiry.id, &changes));
    if (changes == 0)
        return OK;
    TRY(enquiry_add_event(ctx, &enquiry, &(const struct enquiry_happening){.kind = "reminded"}));
    return enquiry_mail_holder(ctx, &enquiry, ENQUIRY_IS_DUE);
}

static enum status late_once(struct ctx *ctx, void *arg)
{
    struct enquiry enquiry;
    int64_t changes;
    TRY(enquiry_find(ctx, arg, &enquiry));
    TRY(lead_enquiry_late_row(ctx, enquiry.organisation_id, enquiry.id, ctx->now_secs, &changes));
    if (changes == 0)
        return OK;
    TRY(enquiry_add_event(ctx, &enquiry, &(const struct enquiry_happening){.kind = "late"}));
    return enquiry_mail_late(ctx, &enquiry);
}

static enum status remind_due(struct ctx *ctx, size_t *count_out)
{
    struct lead_enquiry_due_soon_row *rows;
    const char *by_on;
    TRY(time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                     (struct time_step){.days = ENQUIRY_REMIND_DAYS}, &by_on));
    TRY(lead_enquiry_due_soon(ctx, by_on, AT_ONCE, &rows, count_out));
    for (size_t i = 0; i < *count_out; i++)
        TRY(store_transact(ctx, "enquiry_remind", remind_once,
                           mem_text(ctx->mem, rows[i].reference)));
    return OK;
}

static enum status pass_late(struct ctx *ctx, size_t *count_out)
{
    struct lead_enquiry_overdue_row *rows;
    TRY(lead_enquiry_overdue(ctx, time_day_of(ctx->mem, ctx->now_secs), AT_ONCE, &rows, count_out));
    for (size_t i = 0; i < *count_out; i++)
        TRY(store_transact(ctx, "enquiry_late", late_once, mem_text(ctx->mem, rows[i].reference)));
    return OK;
}

static enum status close_silent(struct ctx *ctx, size_t *count_out)
{
    struct lead_enquiry_to_close_row *rows;
    TRY(lead_enquiry_to_close(ctx, ctx->now_secs - (int64_t)ENQUIRY_SILENT_DAYS * TIME_DAY_SECS,
                              AT_ONCE, &rows, count_out));
    for (size_t i = 0; i < *count_out; i++) {
        struct enquiry enquiry = {.reference = rows[i].reference};
        TRY(enquiry_close(ctx, &enquiry));
    }
    return OK;
}

static enum status drop_once(struct ctx *ctx, void *arg)
{
    int64_t *count = arg;
    return lead_enquiry_drop_unconfirmed(
        ctx, ctx->now_secs - (int64_t)ENQUIRY_CONFIRM_DAYS * TIME_DAY_SECS, AT_ONCE, count);
}

enum status enquiry_upkeep_all(struct ctx *ctx)
{
    size_t late = AT_ONCE, soon = AT_ONCE, silent = AT_ONCE;
    int64_t dropped = AT_ONCE;
    while (late == AT_ONCE || soon == AT_ONCE || silent == AT_ONCE || dropped == AT_ONCE) {
        TRY(pass_late(ctx, &late));
        TRY(remind_due(ctx, &soon));
        TRY(close_silent(ctx, &silent));
        TRY(store_transact(ctx, "enquiry_drop", drop_once, &dropped));
    }
    return OK;
}
