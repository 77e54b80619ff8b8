/* SPDX-License-Identifier: MIT */
/* casestudy_clock.c - what the clock does: asks authors, and lets go of what is gone. */
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/casestudy/casestudy_internal.h"

enum { AT_ONCE = 100, JOB_ATTEMPTS = 5, JOB_LEASE_SECS = 600, JOB_EVERY_SECS = 6 * 3600 };

static enum status ask_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct casestudy study;
    TRY(casestudy_find(ctx, arg, &study));
    if (!study.is_live)
        return OK;
    TRY(casestudy_asked_set(ctx, study.organisation_id, study.id, study.review_on, &changes));
    return changes == 1 ? casestudy_mail_review(ctx, &study) : OK;
}

static enum status forget_once(struct ctx *ctx, void *arg)
{
    int64_t changes, before = ctx->now_secs - CASESTUDY_CONFIRM_SECS;
    (void)arg;
    TRY(casestudy_reuse_sweep(ctx, before, &changes));
    TRY(casestudy_proof_sweep(ctx, before, &changes));
    TRY(casestudy_forget_scans(ctx));
    return casestudy_forget_pictures(ctx);
}

enum status casestudy_upkeep(struct ctx *ctx)
{
    const char *day;
    size_t count = AT_ONCE;
    struct casestudy_to_ask_row *rows;
    TRY(time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                     (struct time_step){.days = CASESTUDY_ASK_DAYS}, &day));
    while (count == AT_ONCE) {
        TRY(casestudy_to_ask(ctx, day, AT_ONCE, &rows, &count));
        for (size_t i = 0; i < count; i++)
            TRY(store_transact(ctx, "casestudy_ask", ask_once,
                               mem_text(ctx->mem, rows[i].reference)));
    }
    return store_transact(ctx, "casestudy_forget", forget_once, NULL);
}

enum status casestudy_review_by(struct ctx *ctx, const char *reference, const char *review_on)
{
    int64_t changes;
    struct casestudy study;
    TRY(casestudy_find(ctx, reference, &study));
    return casestudy_review_set(ctx, study.organisation_id, study.id, review_on, &changes);
}

static enum status upkeep(struct ctx *ctx, const struct job *job)
{
    (void)job;
    return casestudy_upkeep(ctx);
}

const struct job_kind casestudy_job_kinds[] = {
    {.name = "casestudy.upkeep",
     .fn = upkeep,
     .at_most_attempts = JOB_ATTEMPTS,
     .lease_secs = JOB_LEASE_SECS,
     .every_secs = JOB_EVERY_SECS,
     .offset_secs = 5400},
    {0},
};
