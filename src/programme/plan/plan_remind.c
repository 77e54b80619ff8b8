/* SPDX-License-Identifier: MIT */
/*
 * plan_remind.c - whoever leads an action is reminded: before its day, on it, and while it is
 * overdue.
 *
 * The key of a message is the action, whoever leads it, the stage, and the day if it was moved, so
 * that each stage is mailed once however often the job runs; a job that comes late mails the stage
 * of its day alone.
 */
#include "programme/plan/plan_internal.h"

#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/plan/plan.sql.h"

#include <string.h>

enum { PORTION = 200 };

/* "before", "due", "overdue-1" ...: overdue counts months behind the day. */
static const char *stage_of(struct mem *mem, int64_t days_left)
{
    if (days_left > 0)
        return "before";
    if (-days_left < PLAN_AGAIN_DAYS)
        return "due";
    return mem_format(mem, "overdue-%d", (int)(-days_left / PLAN_AGAIN_DAYS));
}

static const char *sentence_of(struct mem *mem, int64_t days_left, const char *due_on)
{
    const char *day = time_show_day(mem, due_on);
    if (days_left > 0)
        return mem_format(mem, "An action that you lead is due on %s.", day);
    if (days_left == 0)
        return "An action that you lead is due today.";
    return mem_format(mem, "An action that you lead was due on %s.", day);
}

static enum status remind_one(struct ctx *ctx, const struct plan_to_remind_row *row)
{
    int64_t left;
    bool is_moved = strcmp(row->due_on, row->promised_on) != 0; /* another day, other stages */
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    TRY(time_days_between(today, row->due_on, &left));
    return mail_put(
        ctx,
        &(const struct mail){
            .kind = "plan_reminder",
            .key = mem_format(ctx->mem, "plan/%s/%d/%d/lead-%d/%s%s%s", row->reference,
                              (int)row->period, (int)row->number, (int)row->lead_number,
                              stage_of(ctx->mem, left), is_moved ? "/" : "",
                              is_moved ? row->due_on : ""),
            .about = row->reference,
            .to_address = row->email,
            .to_name = row->name,
            .subject = left >= 0 ? "An action that you lead is due" : "An action is overdue",
            .parts = (const struct mail_part[]){
                MAIL_TEXT(sentence_of(ctx->mem, left, row->due_on)),
                MAIL_TEXT(mem_format(ctx->mem, "It is action %d in the plan of %s.",
                                     (int)row->number, row->pledge_name)),
                MAIL_TEXT("Please write down how it goes. When it is embedded or stopped, say so, "
                          "and we do not remind you any more."),
                MAIL_BUTTON("Write an update",
                            mem_format(ctx->mem, "/plans/%s/%d/actions/%d", row->reference,
                                       (int)row->period, (int)row->number)),
                MAIL_END}});
}

struct portion {
    struct plan_to_remind_row last;
    const char *until_on;
    size_t count;
};

static enum status remind_portion(struct ctx *ctx, void *arg)
{
    struct portion *portion = arg;
    struct plan_to_remind_row *rows;
    TRY(plan_to_remind(ctx, portion->until_on, portion->last.due_on, portion->last.organisation_id,
                       portion->last.pledge_id, portion->last.number, PORTION, &rows,
                       &portion->count));
    for (size_t i = 0; i < portion->count; i++)
        TRY(remind_one(ctx, &rows[i]));
    if (portion->count > 0)
        portion->last = rows[portion->count - 1];
    return OK;
}

enum status plan_remind_all(struct ctx *ctx, int64_t *mailed_out)
{
    struct portion portion = {.last = {.due_on = ""}, .count = PORTION};
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    *mailed_out = 0;
    TRY(time_day_add(ctx->mem, today, (struct time_step){.days = PLAN_BEFORE_DAYS},
                     &portion.until_on));
    while (portion.count == PORTION) {
        TRY(store_transact(ctx, "plan_remind", remind_portion, &portion));
        *mailed_out += (int64_t)portion.count;
    }
    return OK;
}
