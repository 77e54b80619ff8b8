/* SPDX-License-Identifier: MIT */
/* plan_begin.c - a plan is begun: what was read as it will be is written down, once. */
#include "programme/plan/plan_internal.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/plan/plan.sql.h"

#include <string.h>

enum { PORTION = 100, RECENT_SECS = TIME_DAY_SECS };

enum status plan_note(struct ctx *ctx, const struct pledge *pledge, const char *what,
                      const char *after)
{
    return audit_note(ctx, &(const struct audit_deed){.what = what,
                                                      .organisation = pledge->organisation_code,
                                                      .thing = pledge->reference,
                                                      .after = after});
}

enum status plan_wrote(struct ctx *ctx, int64_t changes)
{
    return changes == 1 ? OK : ctx_fail(ctx, ERR_BUSY, "another wrote the same at the same time");
}

static enum status write_action(struct ctx *ctx, const struct plan *plan,
                                const struct plan_action *a)
{
    struct plan_days days;
    int64_t changes;
    TRY(plan_days_of(ctx, a, &days));
    TRY(plan_action_add(ctx, plan->pledge->organisation_id, plan->pledge->id, plan->period,
                        a->number, a->continues, a->intention, a->baseline, a->action, a->measure,
                        a->target, a->lead, a->partners, a->start_on, a->due_on, ctx->now_secs,
                        plan_state_code(a->state), plan_rag_code(a->rag), days.quiet_on,
                        days.ask_on, &changes));
    TRY(plan_wrote(ctx, changes));
    if (a->lead_email[0] == '\0')
        return OK;
    TRY(plan_lead_add(ctx, plan->pledge->organisation_id, plan->pledge->id, plan->period, a->number,
                      1, a->lead_name, a->lead_email, text_email_key(ctx->mem, a->lead_email),
                      ctx->now_secs, &changes));
    return plan_wrote(ctx, changes);
}

static enum status begin_period(struct ctx *ctx, const struct pledge *pledge, int64_t period)
{
    struct plan plan;
    int64_t added;
    TRY(plan_read(ctx, &(const struct plan_wanted){pledge, period, PLAN_FOR_WORKERS}, &plan));
    if (plan.is_begun)
        return OK;
    TRY(plan_add(ctx, pledge->organisation_id, pledge->id, period, ctx->now_secs, &added));
    if (added == 0)
        return OK;
    for (size_t i = 0; i < plan.count; i++)
        TRY(write_action(ctx, &plan, &plan.actions[i]));
    return plan_actions_close(ctx, pledge->organisation_id, pledge->id, period - 1, NULL);
}

/* The newest last, so that each has the one before it to go on from. */
static enum status begin_missing(struct ctx *ctx, const struct pledge *pledge)
{
    struct plan newest;
    TRY(plan_read(ctx, &(const struct plan_wanted){pledge, 0, PLAN_FOR_WORKERS}, &newest));
    for (int64_t period = 1; !newest.is_begun && period <= pledge->period; period++)
        TRY(begin_period(ctx, pledge, period));
    return OK;
}

static enum status begin_once(struct ctx *ctx, void *arg)
{
    struct pledge pledge;
    TRY(pledge_find(ctx, arg, PLEDGE_FOR_STAFF, &pledge));
    if (pledge.published_at == 0 || !pledge_stands(&pledge))
        return OK;
    return begin_missing(ctx, &pledge);
}

enum status plan_begin(struct ctx *ctx, const char *reference)
{
    return store_transact(ctx, "plan_begin", begin_once, mem_text(ctx->mem, reference));
}

enum status plan_open_live(struct ctx *ctx, const struct plan_place *place, struct pledge *pledge,
                           struct plan *out)
{
    TRY(pledge_find(ctx, place->reference, PLEDGE_FOR_STAFF, pledge));
    if (pledge->published_at == 0 || place->period < 1 || place->period > pledge->period)
        return ctx_fail(ctx, ERR_NOT_FOUND, "pledge \"%s\" has no such plan", place->reference);
    if (place->period != pledge->period)
        return ctx_fail(ctx, ERR_CONFLICT, "period %d of pledge \"%s\" is over", (int)place->period,
                        place->reference);
    if (!pledge_stands(pledge))
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" is not in force", place->reference);
    TRY(begin_missing(ctx, pledge));
    return plan_read(ctx, &(const struct plan_wanted){pledge, 0, PLAN_FOR_WORKERS}, out);
}

enum status plan_action_write(struct ctx *ctx, const struct plan *plan,
                              const struct plan_action *action)
{
    struct plan_days days;
    TRY(plan_days_of(ctx, action, &days));
    return plan_action_follow(
        ctx, plan->pledge->organisation_id, plan->pledge->id, plan->period, action->number,
        plan_state_code(action->state), plan_rag_code(action->rag), action->due_on,
        (int64_t)action->update_count, plan_state_is_open(action->state) ? 1 : 0, days.quiet_on,
        days.ask_on, NULL);
}

/* ---- all that is to begin ---- */

static enum status welcome_once(struct ctx *ctx, void *arg)
{
    struct pledge pledge;
    TRY(pledge_find(ctx, arg, PLEDGE_FOR_STAFF, &pledge));
    return plan_welcome(ctx, &pledge);
}

static enum status begin_one(struct ctx *ctx, const struct plan_to_open_row *row, bool is_recent,
                             int64_t *begun)
{
    TRY(plan_begin(ctx, row->reference));
    *begun += row->is_begun == 0 ? 1 : 0;
    return is_recent ? store_transact(ctx, "plan_welcome", welcome_once,
                                      mem_text(ctx->mem, row->reference))
                     : OK;
}

/* Those in one state, a portion a memory. */
static enum status begin_in(struct ctx *ctx, const char *state, int64_t since, int64_t *begun)
{
    struct mem *whole = ctx->mem;
    int64_t after = 0;
    size_t count = PORTION;
    enum status status = OK;
    while (status == OK && count == PORTION) {
        struct plan_to_open_row *rows;
        ctx->mem = mem_child(whole);
        status = plan_to_open(ctx, state, since, since > 0 ? 1 : 0, after, PORTION, &rows, &count);
        for (size_t i = 0; status == OK && i < count; i++) {
            status = begin_one(ctx, &rows[i], since > 0, begun);
            after = rows[i].id;
        }
        ctx->fault = ctx->fault != NULL ? mem_text(whole, ctx->fault) : NULL;
        mem_end(ctx->mem);
        ctx->mem = whole;
    }
    return status;
}

enum status plan_begin_all(struct ctx *ctx, int64_t since, int64_t *begun_out)
{
    static const enum pledge_state in_force[] = {PLEDGE_PUBLISHED, PLEDGE_UNDER_REVIEW,
                                                 PLEDGE_RENEWED};
    *begun_out = 0;
    for (size_t i = 0; i < sizeof in_force / sizeof in_force[0]; i++)
        TRY(begin_in(ctx, pledge_state_code(in_force[i]), since, begun_out));
    return OK;
}

static enum status begin_recent(struct ctx *ctx, const struct job *job)
{
    int64_t begun;
    (void)job;
    return plan_begin_all(ctx, ctx->now_secs - RECENT_SECS, &begun);
}

static enum status begin_rest(struct ctx *ctx, const struct job *job)
{
    int64_t begun;
    (void)job;
    return plan_begin_all(ctx, 0, &begun);
}

static enum status remind(struct ctx *ctx, const struct job *job)
{
    int64_t mailed;
    (void)job;
    return plan_remind_all(ctx, &mailed);
}

const struct job_kind plan_job_kinds[] = {
    {.name = "plan.begin",
     .fn = begin_recent,
     .at_most_attempts = 5,
     .lease_secs = 300,
     .every_secs = 10 * TIME_MINUTE_SECS},
    {.name = "plan.begin_rest",
     .fn = begin_rest,
     .at_most_attempts = 5,
     .lease_secs = 1800,
     .every_secs = TIME_DAY_SECS,
     .offset_secs = 2 * TIME_HOUR_SECS},
    {.name = "plan.remind",
     .fn = remind,
     .at_most_attempts = 5,
     .lease_secs = 1800,
     .every_secs = TIME_DAY_SECS,
     .offset_secs = 7 * TIME_HOUR_SECS},
    {0},
};
