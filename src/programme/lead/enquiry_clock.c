/* SPDX-License-Identifier: MIT */
/* enquiry_clock.c - gives on what waits with somebody whose role has ended, reminds who holds a
 * question, tells of late ones, and closes what is silent or late without end. */
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

/* What happens to a question once: marked with the instant, noted, and told by mail. */
struct happens {
    enum status (*mark)(struct ctx *ctx, int64_t organisation_id, int64_t id, int64_t now,
                        int64_t *changes);
    const char *kind;
    enum status (*mail)(struct ctx *ctx, const struct enquiry *enquiry);
};

static enum status happen_once(struct ctx *ctx, const char *reference,
                               const struct happens *happens)
{
    struct enquiry enquiry;
    int64_t changes;
    TRY(enquiry_find(ctx, reference, &enquiry));
    TRY(happens->mark(ctx, enquiry.organisation_id, enquiry.id, ctx->now_secs, &changes));
    if (changes == 0)
        return OK;
    TRY(enquiry_add_event(ctx, &enquiry, &(const struct enquiry_happening){.kind = happens->kind}));
    return happens->mail(ctx, &enquiry);
}

static enum status late_once(struct ctx *ctx, void *arg)
{
    return happen_once(ctx, arg,
                       &(const struct happens){lead_enquiry_late_row, "late", enquiry_mail_late});
}

static enum status press_once(struct ctx *ctx, void *arg)
{
    return happen_once(
        ctx, arg, &(const struct happens){lead_enquiry_press_row, "pressed", enquiry_mail_press});
}

static enum status give_on_once(struct ctx *ctx, void *arg)
{
    struct enquiry enquiry;
    bool changed;
    TRY(enquiry_find(ctx, arg, &enquiry));
    TRY(enquiry_give_on(ctx, &enquiry, &changed));
    if (!changed)
        return OK;
    TRY(enquiry_find(ctx, arg, &enquiry));
    return enquiry_mail_holder(ctx, &enquiry, ENQUIRY_IS_PASSED);
}

static enum status give_up_once(struct ctx *ctx, void *arg)
{
    struct enquiry enquiry;
    int64_t changes;
    TRY(enquiry_find(ctx, arg, &enquiry));
    if (strcmp(enquiry.state, "open") != 0)
        return OK; /* answered at this moment */
    TRY(lead_enquiry_close_row(ctx, enquiry.organisation_id, enquiry.id, ctx->now_secs, &changes));
    TRY(enquiry_add_event(ctx, &enquiry, &(const struct enquiry_happening){.kind = "given-up"}));
    return enquiry_mail_given_up(ctx, &enquiry);
}

static enum status close_once(struct ctx *ctx, void *arg)
{
    const struct enquiry enquiry = {.reference = arg};
    return enquiry_close(ctx, &enquiry);
}

/* ---- what is due ---- */

static enum status day_from_now(struct ctx *ctx, int days, const char **out)
{
    return time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                        (struct time_step){.days = days}, out);
}

static enum status give_on_lost(struct ctx *ctx, size_t *count_out)
{
    struct lead_enquiry_lost_row *rows;
    TRY(lead_enquiry_lost(ctx, time_day_of(ctx->mem, ctx->now_secs), AT_ONCE, &rows, count_out));
    for (size_t i = 0; i < *count_out; i++)
        TRY(store_transact(ctx, "enquiry_give_on", give_on_once,
                           mem_text(ctx->mem, rows[i].reference)));
    return OK;
}

static enum status remind_due(struct ctx *ctx, size_t *count_out)
{
    struct lead_enquiry_due_soon_row *rows;
    const char *by_on;
    TRY(day_from_now(ctx, ENQUIRY_REMIND_DAYS, &by_on));
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

static enum status press_long_late(struct ctx *ctx, size_t *count_out)
{
    struct lead_enquiry_long_late_row *rows;
    const char *before_on;
    TRY(day_from_now(ctx, -ENQUIRY_PRESS_DAYS, &before_on));
    TRY(lead_enquiry_long_late(ctx, before_on, AT_ONCE, &rows, count_out));
    for (size_t i = 0; i < *count_out; i++)
        TRY(store_transact(ctx, "enquiry_press", press_once,
                           mem_text(ctx->mem, rows[i].reference)));
    return OK;
}

static enum status give_up_unanswered(struct ctx *ctx, size_t *count_out)
{
    struct lead_enquiry_to_give_up_row *rows;
    const char *before_on;
    TRY(day_from_now(ctx, -ENQUIRY_END_DAYS, &before_on));
    TRY(lead_enquiry_to_give_up(ctx, before_on,
                                ctx->now_secs - (int64_t)ENQUIRY_END_DAYS * TIME_DAY_SECS, AT_ONCE,
                                &rows, count_out));
    for (size_t i = 0; i < *count_out; i++)
        TRY(store_transact(ctx, "enquiry_give_up", give_up_once,
                           mem_text(ctx->mem, rows[i].reference)));
    return OK;
}

static enum status close_silent(struct ctx *ctx, size_t *count_out)
{
    struct lead_enquiry_to_close_row *rows;
    TRY(lead_enquiry_to_close(ctx, ctx->now_secs - (int64_t)ENQUIRY_SILENT_DAYS * TIME_DAY_SECS,
                              AT_ONCE, &rows, count_out));
    for (size_t i = 0; i < *count_out; i++)
        TRY(store_transact(ctx, "enquiry_close", close_once,
                           mem_text(ctx->mem, rows[i].reference)));
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
    static enum status (*const steps[])(struct ctx * ctx, size_t * count_out) = {
        give_on_lost, pass_late, press_long_late, give_up_unanswered, remind_due, close_silent};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        for (size_t count = AT_ONCE; count == AT_ONCE;)
            TRY(steps[i](ctx, &count));
    for (int64_t dropped = AT_ONCE; dropped == AT_ONCE;)
        TRY(store_transact(ctx, "enquiry_drop", drop_once, &dropped));
    return OK;
}
