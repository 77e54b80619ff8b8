/* SPDX-License-Identifier: MIT */
/*
 * privacy_retain.c - applies the retention rules, in bounded batches, and counts what went.
 *
 * A batch and its count are one transaction, so the log says neither more nor less than what
 * happened, also when the process dies between two batches.
 */
#include "programme/privacy/privacy.h"

#include "programme/privacy/privacy.sql.h"
#include "programme/privacy/privacy_bind.h"

#include <string.h>

enum {
    ATTEMPTS = 3,
    LEASE_SECS = 600,
    NIGHT_SECS = 3 * 3600,
    COUNTED_DAYS = 30,
    HOLDS_MAX = 10000
};

struct retaining {
    const struct privacy_rule *rules;
    size_t rule_count;
    bool passing, has_more;
};

/* One batch. */
struct batch {
    const struct privacy_holding *holding;
    struct privacy_bound bound;
    int64_t changed;
};

/* Runs inside a transaction, perhaps more than once. */
static enum status run_batch(struct ctx *ctx, void *arg)
{
    struct batch *batch = arg;
    const struct privacy_holding *holding = batch->holding;
    const struct store_value *values;
    int64_t changes;
    batch->changed = 0;
    if (holding->retain != NULL) {
        TRY(privacy_bind(ctx, holding->retain, &batch->bound, &values));
        TRY(store_run(ctx, holding->retain, NULL, values, NULL, NULL, &batch->changed));
    } else {
        TRY(holding->retain_by(ctx, &batch->changed));
    }
    if (batch->changed == 0)
        return OK;
    return privacy_removal_add(ctx, time_day_of(ctx->mem, ctx->now_secs), holding->rule,
                               holding->table, batch->changed, &changes);
}

static const struct privacy_rule *rule_of(const struct retaining *retaining, const char *code)
{
    for (size_t i = 0; i < retaining->rule_count; i++)
        if (strcmp(retaining->rules[i].code, code) == 0)
            return &retaining->rules[i];
    return NULL;
}

static enum status retain_holding(struct ctx *ctx, void *arg, const struct privacy_holding *holding)
{
    struct retaining *retaining = arg;
    const struct privacy_rule *rule = rule_of(retaining, holding->rule);
    struct batch batch = {.holding = holding, .bound = {.at_most = PRIVACY_BATCH_ROWS}};
    if (holding->is_passing != retaining->passing ||
        (holding->retain == NULL && holding->retain_by == NULL))
        return OK;
    if (rule == NULL || rule->end == PRIVACY_KEEP)
        return ctx_fail(ctx, ERR_FAULT, "there is no retention rule \"%s\" with an end",
                        holding->rule);
    TRY(privacy_rule_before(ctx, rule, &batch.bound.before, &batch.bound.before_on));
    for (int i = 0; i < PRIVACY_BATCHES_MAX; i++) {
        TRY(store_transact(ctx, "privacy_retain", run_batch, &batch));
        if (batch.changed < PRIVACY_BATCH_ROWS)
            return OK;
    }
    retaining->has_more = true;
    return OK;
}

enum status privacy_retain(struct ctx *ctx, bool passing, bool *more_out)
{
    struct retaining retaining = {.passing = passing};
    struct privacy_rule *rules;
    struct pack pack;
    int64_t changes;
    TRY(privacy_rules(ctx, &rules, &retaining.rule_count, &pack));
    retaining.rules = rules;
    TRY(privacy_each(ctx, retain_holding, &retaining));
    *more_out = retaining.has_more;
    return passing || retaining.has_more ? OK : privacy_run_set(ctx, ctx->now_secs, &changes);
}

/* ---- the jobs ---- */

static enum status retain(struct ctx *ctx, const struct job *job, bool passing)
{
    bool has_more;
    TRY(privacy_retain(ctx, passing, &has_more));
    return has_more ? job_put(ctx, job->kind, job->key, "", 0) : OK;
}

static enum status retain_passing(struct ctx *ctx, const struct job *job)
{
    return retain(ctx, job, true);
}

static enum status retain_rest(struct ctx *ctx, const struct job *job)
{
    return retain(ctx, job, false);
}

const struct job_kind privacy_job_kinds[] = {
    {"privacy.tidy", retain_passing, ATTEMPTS, LEASE_SECS, .every_secs = TIME_HOUR_SECS},
    {"privacy.retain", retain_rest, ATTEMPTS, LEASE_SECS, .every_secs = TIME_DAY_SECS,
     .offset_secs = NIGHT_SECS},
    {0},
};

/* ---- how it stands ---- */

enum status privacy_standing(struct ctx *ctx, struct privacy_standing *out)
{
    struct privacy_run_get_row run = {0};
    struct privacy_removal_sum_row sum;
    struct privacy_hold_count_row holds;
    const char *from_day;
    TRY(time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                     (struct time_step){.days = -COUNTED_DAYS}, &from_day));
    enum status status = privacy_run_get(ctx, &run);
    if (status != ERR_NOT_FOUND)
        TRY(status);
    TRY(privacy_removal_sum(ctx, from_day, &sum));
    TRY(privacy_hold_count(ctx, HOLDS_MAX, &holds));
    *out = (struct privacy_standing){.ran_at = run.ran_at,
                                     .removed_count = sum.row_count,
                                     .hold_count = holds.holds,
                                     .is_late = run.ran_at != 0 &&
                                                ctx->now_secs - run.ran_at > PRIVACY_LATE_SECS};
    return OK;
}
