/* SPDX-License-Identifier: MIT */
/*
 * register_history.c - every pledge with what happened to it, and where it stood at a time.
 *
 * The states come from the rules of pledges (pledge_state_after), event by event, so a day in the
 * past is answered as it would have been on that day.
 */
#include "platform/base/time.h"
#include "programme/register/register.h"
#include "programme/register/register.sql.h"

#include <string.h>

enum { PORTION = 200, EVENTS_AT_ONCE = PORTION * 500 };

/* The steps of one pledge from its events, which begin at events[0]. */
static enum status take_steps(struct ctx *ctx, const struct register_history_events_row *events,
                              size_t count, struct register_history *out)
{
    struct pledge_standing standing = {.state = PLEDGE_NONE};
    out->steps = mem_array(ctx->mem, struct register_step, count);
    out->step_count = count;
    for (size_t i = 0; i < count; i++) {
        enum pledge_state before = standing.state;
        enum pledge_event_kind kind = pledge_event_of(events[i].kind);
        standing.needs_cosigner = events[i].has_union != 0;
        if (!pledge_state_after(&standing, kind))
            return ctx_fail(ctx, ERR_FAULT, "events of pledge \"%s\" do not follow the rules",
                            out->reference);
        out->steps[i] =
            (struct register_step){kind, events[i].at, before, standing.state, events[i].digest};
    }
    return OK;
}

struct walk {
    int64_t until;
    register_history_fn *fn;
    void *arg;
    const char *after; /* in memory of the caller of the portion */
    size_t count;
};

static enum status walk_portion(struct ctx *ctx, struct walk *walk)
{
    struct register_histories_row *pledges;
    struct register_history_events_row *events;
    size_t event_count, at = 0;
    TRY(register_histories(ctx, walk->after, PORTION, &pledges, &walk->count));
    if (walk->count == 0)
        return OK;
    const char *last = pledges[walk->count - 1].reference;
    TRY(register_history_events(ctx, pledges[0].reference, last, walk->until, EVENTS_AT_ONCE,
                                &events, &event_count));
    for (size_t i = 0; i < walk->count; i++) {
        struct register_history history = {pledges[i].reference,
                                           pledges[i].organisation_code,
                                           pledges[i].name,
                                           pledges[i].region,
                                           NULL,
                                           0};
        size_t first = at;
        while (at < event_count && strcmp(events[at].reference, pledges[i].reference) == 0)
            at++;
        TRY(take_steps(ctx, events + first, at - first, &history));
        TRY(walk->fn(ctx, &history, walk->arg));
    }
    walk->after = last;
    return OK;
}

enum status register_walk(struct ctx *ctx, int64_t until, register_history_fn *fn, void *arg)
{
    struct walk walk = {until, fn, arg, "", PORTION};
    struct mem *whole = ctx->mem;
    while (walk.count == PORTION) {
        ctx->mem = mem_child(whole);
        enum status status = walk_portion(ctx, &walk);
        walk.after = mem_text(whole, walk.after);
        ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
    }
    return OK;
}

enum status register_steps(struct ctx *ctx, const char *reference, struct register_history *out)
{
    struct register_history_events_row *events;
    size_t count;
    *out = (struct register_history){.reference = reference};
    TRY(register_history_events(ctx, reference, reference, ctx->now_secs + 1, EVENTS_AT_ONCE,
                                &events, &count));
    return take_steps(ctx, events, count, out);
}

void register_as_of(struct mem *mem, const struct register_history *history, int64_t at,
                    struct register_then *out)
{
    *out = (struct register_then){.state = PLEDGE_NONE, .signed_on = "", .digest = ""};
    for (size_t i = 0; i < history->step_count && history->steps[i].at < at; i++) {
        const struct register_step *step = &history->steps[i];
        bool moves = step->before != step->after;
        out->state = step->after;
        out->digest = step->digest;
        out->was_published |= step->kind == PLEDGE_WAS_PUBLISHED;
        if (moves && step->after == PLEDGE_SIGNED) {
            out->was_signed = true;
            out->signed_on = time_day_of(mem, step->at);
            out->period = 1;
        } else if (moves && step->after == PLEDGE_AWAITING) {
            out->signed_on = "";
            out->period = 0;
        } else if (moves && step->after == PLEDGE_RENEWED) {
            out->period++;
        }
    }
}
