/* SPDX-License-Identifier: MIT */
/*
 * event_job.c - what happens by itself: offers end, changes are told, people are reminded and asked
 * how it was.
 *
 * Each message and the note that it was put are one transaction, so a job that is broken off at any
 * instant goes on where it was, and nobody is told twice.
 */
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/event/event_internal.h"

enum {
    LEASE_SECS = 120,
    ATTEMPTS = 20,
    AT_ONCE = 100, /* bookings in one transaction */
    EVERY_SECS = 600,
    WEEK_SECS = 7 * TIME_DAY_SECS,
    THANKS_AFTER_SECS = TIME_HOUR_SECS
};

/* ---- offers ---- */

static enum status settle_once(struct ctx *ctx, void *arg)
{
    struct event event;
    enum status status = event_get(ctx, arg, &event);
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    return event.state == EVENT_PUBLISHED ? event_settle_all(ctx, &event) : OK;
}

static enum status settle(struct ctx *ctx, const struct job *job)
{
    return store_transact(ctx, EVENT_SETTLE_JOB, settle_once, mem_text(ctx->mem, job->payload));
}

/* ---- changes ---- */

struct telling {
    const char *reference;
    size_t count;
};

static enum status tell_once(struct ctx *ctx, void *arg)
{
    struct event event;
    struct telling *t = arg;
    struct event_untold_row *rows;
    TRY(event_get(ctx, t->reference, &event));
    TRY(event_untold(ctx, event.organisation_id, event.id, event.sequence, AT_ONCE, &rows,
                     &t->count));
    for (size_t i = 0; i < t->count; i++) {
        struct event_booking booking;
        TRY(event_booking_get(ctx, event.organisation_id, event.id, rows[i].id, &booking));
        TRY(event_told(ctx, event.organisation_id, event.id, booking.id, event.sequence, NULL));
        TRY(event_mail(ctx, &(const struct event_letter){event.state == EVENT_CANCELLED
                                                             ? EVENT_LETTER_CANCELLED
                                                             : EVENT_LETTER_CHANGED,
                                                         &event, &booking, NULL}));
    }
    return OK;
}

static enum status tell(struct ctx *ctx, const struct job *job)
{
    struct telling t = {mem_text(ctx->mem, job->key), AT_ONCE};
    while (t.count == AT_ONCE)
        TRY(store_transact(ctx, EVENT_TELL_JOB, tell_once, &t));
    return OK;
}

/* ---- reminders ---- */

static enum status remind_once(struct ctx *ctx, void *arg)
{
    size_t *count = arg;
    struct event_to_remind_row *rows;
    TRY(event_to_remind(ctx, ctx->now_secs, WEEK_SECS, TIME_DAY_SECS, AT_ONCE, &rows, count));
    for (size_t i = 0; i < *count; i++) {
        struct event event;
        struct event_booking booking;
        TRY(event_booking_get(ctx, rows[i].organisation_id, rows[i].event_id, rows[i].id,
                              &booking));
        TRY(event_of(ctx, &booking, &event));
        TRY(event_reminded(ctx, booking.organisation_id, booking.event_id, booking.id,
                           rows[i].is_day, NULL));
        TRY(event_mail(ctx, &(const struct event_letter){rows[i].is_day == 1 ? EVENT_LETTER_DAY
                                                                             : EVENT_LETTER_WEEK,
                                                         &event, &booking, NULL}));
    }
    return OK;
}

static enum status remind(struct ctx *ctx, const struct job *job)
{
    (void)job;
    for (size_t count = AT_ONCE; count == AT_ONCE;)
        TRY(store_transact(ctx, "event.remind", remind_once, &count));
    return OK;
}

static enum status someone_to_remind(struct ctx *ctx, bool *out)
{
    size_t count;
    struct event_to_remind_row *rows;
    TRY(event_to_remind(ctx, ctx->now_secs, WEEK_SECS, TIME_DAY_SECS, 1, &rows, &count));
    *out = count > 0;
    return OK;
}

/* ---- afterwards ---- */

static enum status thank_once(struct ctx *ctx, void *arg)
{
    size_t *count = arg;
    struct event_to_thank_row *rows;
    TRY(event_to_thank(ctx, ctx->now_secs - THANKS_AFTER_SECS, ctx->now_secs - WEEK_SECS, AT_ONCE,
                       &rows, count));
    for (size_t i = 0; i < *count; i++) {
        struct event event;
        struct event_booking booking;
        TRY(event_booking_get(ctx, rows[i].organisation_id, rows[i].event_id, rows[i].id,
                              &booking));
        TRY(event_of(ctx, &booking, &event));
        TRY(event_thanked(ctx, booking.organisation_id, booking.event_id, booking.id, NULL));
        TRY(event_mail(ctx,
                       &(const struct event_letter){EVENT_LETTER_THANKS, &event, &booking, NULL}));
    }
    return OK;
}

static enum status thank(struct ctx *ctx, const struct job *job)
{
    (void)job;
    for (size_t count = AT_ONCE; count == AT_ONCE;)
        TRY(store_transact(ctx, "event.thank", thank_once, &count));
    return OK;
}

static enum status someone_to_thank(struct ctx *ctx, bool *out)
{
    size_t count;
    struct event_to_thank_row *rows;
    TRY(event_to_thank(ctx, ctx->now_secs - THANKS_AFTER_SECS, ctx->now_secs - WEEK_SECS, 1, &rows,
                       &count));
    *out = count > 0;
    return OK;
}

const struct job_kind event_job_kinds[] = {
    {.name = EVENT_SETTLE_JOB,
     .fn = settle,
     .at_most_attempts = ATTEMPTS,
     .lease_secs = LEASE_SECS},
    {.name = EVENT_TELL_JOB, .fn = tell, .at_most_attempts = ATTEMPTS, .lease_secs = LEASE_SECS},
    {.name = "event.remind",
     .fn = remind,
     .at_most_attempts = ATTEMPTS,
     .lease_secs = LEASE_SECS,
     .every_secs = EVERY_SECS,
     .is_wanted = someone_to_remind},
    {.name = "event.thank",
     .fn = thank,
     .at_most_attempts = ATTEMPTS,
     .lease_secs = LEASE_SECS,
     .every_secs = EVERY_SECS,
     .is_wanted = someone_to_thank},
    {0},
};
