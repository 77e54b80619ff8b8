/* SPDX-License-Identifier: MIT */
/*
 * review_clock.c - what the clock does to reviews: opens them, warns, and lets pledges lapse.
 *
 * A pass takes some of what is due, each in a transaction of its own, until nothing is left.  What
 * one pass has done the next does not find again, so that two at the same time or one that was
 * killed do no harm.
 */
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/review/review_internal.h"
#include "programme/review/review_routes.h"

#include <string.h>

enum { AT_ONCE = 100 };

enum step { NOTHING, OPENED, WARNED, LAPSED };

struct moving {
    const char *reference;
    enum step done;
};

static enum status open_once(struct ctx *ctx, void *arg)
{
    struct moving *moving = arg;
    struct review_file file;
    moving->done = NOTHING;
    TRY(review_file_open(ctx, moving->reference, 0, &file));
    if (file.review.period != 0 ||
        (file.pledge.state != PLEDGE_PUBLISHED && file.pledge.state != PLEDGE_RENEWED))
        return OK;
    TRY(review_file_begin(ctx, &file));
    moving->done = OPENED;
    return OK;
}

static enum status warn(struct ctx *ctx, const struct review_file *file, const char *today,
                        enum step *out)
{
    int64_t changes;
    struct review_days days;
    TRY(review_days_of(ctx, file->review.lapses_on, &days));
    bool is_last = strcmp(days.last_warn_on, today) <= 0;
    int64_t wanted = is_last ? 2 : strcmp(days.warn_on, today) <= 0 ? 1 : 0;
    if (wanted <= file->warned)
        return OK;
    TRY(review_warned_set(ctx, file->pledge.organisation_id, file->pledge.id, file->review.period,
                          wanted, &changes));
    *out = WARNED;
    return review_mail_soon(ctx, file, is_last);
}

static enum status move_once(struct ctx *ctx, void *arg)
{
    struct moving *moving = arg;
    struct review_file file;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    moving->done = NOTHING;
    TRY(review_file_open(ctx, moving->reference, 0, &file));
    if (file.review.period == 0 || file.pledge.state != PLEDGE_UNDER_REVIEW)
        return OK;
    if (file.review.is_open)
        return warn(ctx, &file, today, &moving->done);
    TRY(review_file_lapse(ctx, &file));
    moving->done = LAPSED;
    return OK;
}

static void count(struct review_moved *moved, enum step step)
{
    moved->opened_count += step == OPENED;
    moved->warned_count += step == WARNED;
    moved->lapsed_count += step == LAPSED;
}

static enum status open_due(struct ctx *ctx, struct review_moved *out, size_t *count_out)
{
    struct review_to_open_row *rows;
    const char *day;
    TRY(time_day_add(ctx->mem, time_day_of(ctx->mem, ctx->now_secs),
                     (struct time_step){.days = REVIEW_OPENS_DAYS}, &day));
    TRY(review_to_open(ctx, day, AT_ONCE, &rows, count_out));
    for (size_t i = 0; i < *count_out; i++) {
        struct moving moving = {.reference = rows[i].reference};
        TRY(store_transact(ctx, "review_open", open_once, &moving));
        count(out, moving.done);
    }
    return OK;
}

static enum status move_due(struct ctx *ctx, struct review_moved *out, size_t *count_out)
{
    struct review_to_move_row *rows;
    TRY(review_to_move(ctx, time_day_of(ctx->mem, ctx->now_secs), AT_ONCE, &rows, count_out));
    for (size_t i = 0; i < *count_out; i++) {
        struct moving moving = {.reference = rows[i].reference};
        TRY(store_transact(ctx, "review_move", move_once, &moving));
        count(out, moving.done);
    }
    return OK;
}

static int64_t moved_count(const struct review_moved *moved)
{
    return moved->opened_count + moved->warned_count + moved->lapsed_count;
}

/* One pass in memory of its own.  *again_out: it did something, and there may be more. */
static enum status pass(struct ctx *ctx, struct review_moved *out, bool *again_out)
{
    struct mem *whole = ctx->mem;
    int64_t before = moved_count(out);
    size_t opened = 0, moved = 0;
    ctx->mem = mem_child(whole);
    enum status status = move_due(ctx, out, &moved);
    if (status == OK)
        status = open_due(ctx, out, &opened);
    if (ctx->fault != NULL)
        ctx->fault = mem_text(whole, ctx->fault);
    mem_end(ctx->mem);
    ctx->mem = whole;
    *again_out = (opened == AT_ONCE || moved == AT_ONCE) && moved_count(out) > before;
    return status;
}

enum status review_upkeep(struct ctx *ctx, struct review_moved *out)
{
    bool again = true;
    *out = (struct review_moved){0};
    while (again)
        TRY(pass(ctx, out, &again));
    return OK;
}

static enum status upkeep(struct ctx *ctx, const struct job *job)
{
    struct review_moved moved;
    (void)job;
    return review_upkeep(ctx, &moved);
}

const struct job_kind review_job_kinds[] = {
    {.name = "review.upkeep",
     .fn = upkeep,
     .at_most_attempts = 5,
     .lease_secs = 600,
     .every_secs = 6 * 60 * 60,
     .offset_secs = 60 * 60},
    {0},
};
