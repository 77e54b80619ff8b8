/* SPDX-License-Identifier: MIT */
/*
 * plan_read.c - a plan as it stands.
 *
 * A plan that is not begun yet is read as it will be: the first from the pledge, each later one
 * from the plan before it.  So a page never depends on whether the job was there already, and
 * beginning a plan (plan_begin.c) writes down just what was shown.
 */
#include "programme/plan/plan_internal.h"

#include "platform/base/time.h"
#include "programme/plan/plan.sql.h"

#include <string.h>

struct reading {
    struct ctx *ctx;
    const struct pledge *pledge;
    enum plan_reader reader;
    const struct plan_periods_row *periods;
    size_t period_count;
};

/* ---- a plan that is written down ---- */

static enum status read_actions(const struct reading *r, struct plan *out)
{
    struct plan_actions_row *rows;
    TRY(plan_actions(r->ctx, r->pledge->organisation_id, r->pledge->id, out->period, &rows,
                     &out->count));
    out->actions = mem_array(r->ctx->mem, struct plan_action, out->count);
    for (size_t i = 0; i < out->count; i++) {
        const struct plan_actions_row *row = &rows[i];
        out->actions[i] =
            (struct plan_action){.number = row->number,
                                 .continues = row->continues,
                                 .intention = row->intention,
                                 .intention_name = pledge_intention_name(r->pledge, row->intention),
                                 .baseline = row->baseline,
                                 .action = row->action,
                                 .measure = row->measure,
                                 .target = row->target,
                                 .lead = r->reader == PLAN_FOR_WORKERS ? row->lead : "",
                                 .lead_name = "",
                                 .lead_email = "",
                                 .partners = row->partners,
                                 .start_on = row->start_on,
                                 .due_on = row->due_on,
                                 .promised_on = row->promised_on,
                                 .added_at = row->added_at,
                                 .state = plan_state_of(row->state),
                                 .rag = plan_rag_of(row->rag)};
    }
    return OK;
}

static struct plan_update update_from(const struct reading *r, const struct plan_updates_row *row)
{
    bool is_named = r->reader == PLAN_FOR_WORKERS && row->name != NULL;
    return (struct plan_update){.number = row->number,
                                .at = row->at,
                                .happened_on = row->happened_on,
                                .by = is_named ? row->name : "",
                                .state = plan_state_of(row->state),
                                .rag = plan_rag_of(row->rag),
                                .reason = row->reason,
                                .note = row->note,
                                .due_on = row->due_on,
                                .due_reason = row->due_reason,
                                .is_public = row->is_public != 0,
                                .person_id = row->person_id,
                                .corrects = row->corrects};
}

/* Rows stand in the order of actions, and so do what hangs on them. */
static enum status read_updates(const struct reading *r, struct plan *out)
{
    struct plan_updates_row *rows;
    size_t count, at = 0;
    TRY(plan_updates(r->ctx, r->pledge->organisation_id, r->pledge->id, out->period,
                     PLAN_UPDATES_MAX, &rows, &count));
    struct plan_update *updates = mem_array(r->ctx->mem, struct plan_update, count);
    for (size_t i = 0; i < count; i++)
        updates[i] = update_from(r, &rows[i]);
    for (size_t i = 0; i < out->count; i++) {
        size_t first = at;
        while (at < count && rows[at].action == out->actions[i].number)
            at++;
        out->actions[i].updates = updates + first;
        out->actions[i].update_count = at - first;
    }
    return OK;
}

/* Files are for those who work on it. */
static enum status read_evidence(const struct reading *r, struct plan *out)
{
    struct plan_evidence_rows_row *rows;
    size_t count, at = 0;
    TRY(plan_evidence_rows(r->ctx, r->pledge->organisation_id, r->pledge->id, out->period,
                           3 * PLAN_UPDATES_MAX, &rows, &count));
    struct plan_evidence *all = mem_array(r->ctx->mem, struct plan_evidence, count);
    size_t used = 0;
    for (size_t i = 0; i < out->count; i++)
        for (size_t k = 0; k < out->actions[i].update_count; k++) {
            struct plan_update *update = &out->actions[i].updates[k];
            update->evidence = all + used;
            for (; at < count && rows[at].action == out->actions[i].number &&
                   rows[at].number == update->number;
                 at++)
                if (r->reader == PLAN_FOR_WORKERS || strcmp(rows[at].kind, "file") != 0)
                    all[used++] =
                        (struct plan_evidence){rows[at].kind, rows[at].text, rows[at].upload_id};
            update->evidence_count = (size_t)(all + used - update->evidence);
        }
    return OK;
}

static enum status read_leads(const struct reading *r, struct plan *out)
{
    struct plan_leads_row *rows;
    size_t count, at = 0;
    TRY(plan_leads(r->ctx, r->pledge->organisation_id, r->pledge->id, out->period, &rows, &count));
    for (size_t i = 0; i < out->count; i++)
        for (; at < count && rows[at].action == out->actions[i].number; at++) {
            out->actions[i].lead_name = rows[at].name;
            out->actions[i].lead_email = rows[at].email;
            out->actions[i].lead_number = rows[at].number;
        }
    return OK;
}

static enum status read_rows(const struct reading *r, struct plan *out)
{
    TRY(read_actions(r, out));
    TRY(read_updates(r, out));
    TRY(read_evidence(r, out));
    if (r->reader == PLAN_FOR_WORKERS)
        TRY(read_leads(r, out));
    for (size_t i = 0; i < out->count; i++)
        plan_action_fold(&out->actions[i], r->reader);
    return OK;
}

/* ---- a plan as it will be ---- */

static void from_pledge(const struct reading *r, struct plan *out)
{
    out->count = r->pledge->action_count;
    out->actions = mem_array(r->ctx->mem, struct plan_action, out->count);
    for (size_t i = 0; i < out->count; i++) {
        const struct pledge_action *a = &r->pledge->actions[i];
        out->actions[i] = (struct plan_action){.number = (int64_t)i + 1,
                                               .intention = a->intention,
                                               .intention_name = a->intention_name,
                                               .baseline = a->baseline,
                                               .action = a->action,
                                               .measure = a->measure,
                                               .target = a->target,
                                               .lead = r->reader == PLAN_FOR_WORKERS ? a->lead : "",
                                               .lead_name = "",
                                               .lead_email = "",
                                               .partners = a->partners,
                                               .start_on = a->start_on,
                                               .due_on = a->due_on,
                                               .promised_on = a->due_on,
                                               .added_at = r->ctx->now_secs,
                                               .state = PLAN_PLANNED,
                                               .rag = PLAN_NOT_RATED};
    }
}

static void carry(const struct reading *r, const struct plan *before, struct plan *out)
{
    out->actions = mem_array(r->ctx->mem, struct plan_action, before->count);
    out->count = 0;
    for (size_t i = 0; i < before->count; i++) {
        if (!plan_state_is_open(before->actions[i].state))
            continue;
        struct plan_action *action = &out->actions[out->count++];
        *action = before->actions[i];
        action->continues = action->number;
        action->number = (int64_t)out->count;
        action->promised_on = action->due_on;
        action->added_at = r->ctx->now_secs;
        action->updates = NULL;
        action->update_count = 0;
        action->newest = action->moved = NULL;
    }
}

/* ---- both ---- */

static const struct plan_periods_row *begun(const struct reading *r, int64_t period)
{
    for (size_t i = 0; i < r->period_count; i++)
        if (r->periods[i].period == period)
            return &r->periods[i];
    return NULL;
}

static enum status load(const struct reading *r, int64_t period, struct plan *out)
{
    const struct plan_periods_row *row = begun(r, period);
    *out = (struct plan){.pledge = r->pledge,
                         .period = period,
                         .is_begun = row != NULL,
                         .opened_at = row != NULL ? row->opened_at : r->ctx->now_secs};
    if (row != NULL)
        return read_rows(r, out);
    if (period == 1) {
        from_pledge(r, out);
        return OK;
    }
    struct plan before;
    TRY(load(r, period - 1, &before));
    carry(r, &before, out);
    return OK;
}

/* The day for which overdue is computed: today, or the last on which the plan was worked on. */
static const char *standing_on(const struct reading *r, const struct plan *plan)
{
    const struct plan_periods_row *next = begun(r, plan->period + 1);
    int64_t at = r->ctx->now_secs;
    if (!plan->is_live && next != NULL)
        at = next->opened_at;
    else if (!plan->is_live && !pledge_stands(r->pledge) && r->pledge->event_count > 0)
        at = r->pledge->events[r->pledge->event_count - 1].at;
    return time_day_of(r->ctx->mem, at);
}

static void summarise(const struct reading *r, struct plan *plan)
{
    plan->as_on = standing_on(r, plan);
    for (size_t i = 0; i < plan->count; i++) {
        struct plan_action *action = &plan->actions[i];
        bool is_open = plan_state_is_open(action->state);
        action->is_overdue = is_open && strcmp(action->due_on, plan->as_on) < 0;
        plan->summary.total++;
        plan->summary.overdue += action->is_overdue ? 1 : 0;
        plan->summary.state[action->state]++;
        plan->summary.rag[action->rag] += is_open ? 1 : 0;
    }
}

enum status plan_read(struct ctx *ctx, const struct plan_wanted *wanted, struct plan *out)
{
    struct reading r = {.ctx = ctx, .pledge = wanted->pledge, .reader = wanted->reader};
    struct plan_periods_row *periods;
    int64_t newest = wanted->pledge->period;
    int64_t period = wanted->period == 0 ? newest : wanted->period;
    if (wanted->pledge->published_at == 0 || period < 1 || period > newest)
        return ctx_fail(ctx, ERR_NOT_FOUND, "pledge \"%s\" has no such plan",
                        wanted->pledge->reference);
    TRY(plan_periods(ctx, wanted->pledge->organisation_id, wanted->pledge->id, &periods,
                     &r.period_count));
    r.periods = periods;
    TRY(load(&r, period, out));
    out->is_live = period == newest && pledge_stands(wanted->pledge);
    summarise(&r, out);
    for (size_t i = 0; i < out->count && wanted->reader == PLAN_FOR_PUBLIC; i++) {
        out->actions[i].updates = NULL;
        out->actions[i].update_count = 0;
    }
    return OK;
}

/* ---- side by side ---- */

/* Where an action of the last plan was in the first one; NULL: it is newer. */
static const struct plan_action *origin_of(const struct plan *between, size_t count,
                                           const struct plan_action *action)
{
    for (size_t i = count - 1; i > 0 && action != NULL; i--)
        action = plan_action_of(&between[i - 1], action->continues);
    return action;
}

static bool is_paired(const struct plan_pair *pairs, size_t count, const struct plan_action *before)
{
    for (size_t i = 0; i < count; i++)
        if (pairs[i].before == before)
            return true;
    return false;
}

enum status plan_compare(struct ctx *ctx, const struct plan *between, size_t count,
                         struct plan_pair **out, size_t *count_out)
{
    if (count < 2)
        return ctx_fail(ctx, ERR_INVALID, "two plans are needed for a comparison");
    const struct plan *first = &between[0], *last = &between[count - 1];
    struct plan_pair *pairs = mem_array(ctx->mem, struct plan_pair, first->count + last->count);
    size_t n = 0;
    for (size_t i = 0; i < last->count; i++) {
        const struct plan_action *origin = origin_of(between, count, &last->actions[i]);
        if (origin != NULL)
            pairs[n++] = (struct plan_pair){origin, &last->actions[i]};
    }
    for (size_t i = 0; i < first->count; i++)
        if (!is_paired(pairs, n, &first->actions[i]))
            pairs[n++] = (struct plan_pair){&first->actions[i], NULL};
    for (size_t i = 0; i < last->count; i++)
        if (origin_of(between, count, &last->actions[i]) == NULL)
            pairs[n++] = (struct plan_pair){NULL, &last->actions[i]};
    *out = pairs;
    *count_out = n;
    return OK;
}
