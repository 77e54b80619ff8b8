/* SPDX-License-Identifier: MIT */
/* event_internal.h - what the files of event/ share and nobody else sees. */
#ifndef PROGRAMME_EVENT_EVENT_INTERNAL_H
#define PROGRAMME_EVENT_EVENT_INTERNAL_H

#include "platform/base/time.h"
#include "platform/view/view.h"
#include "programme/event/event.h"
#include "programme/event/event.sql.h"
#include "programme/event/event_line.h"

#include <string.h>

/* Kinds of jobs.  The reference of the event is the payload of the first, the key of the other. */
#define EVENT_SETTLE_JOB "event.settle"
#define EVENT_TELL_JOB "event.tell"

static inline bool event_is_online_way(const char *way)
{
    return strcmp(way, "online") == 0;
}

/* Whether the time of the reminder of a week, or of a day, is past: who hears now that they have a
 * place, or of another time, is not reminded of it. */
static inline bool event_is_within_week(const struct ctx *ctx, int64_t starts_at)
{
    return starts_at - ctx->now_secs <= (int64_t)7 * TIME_DAY_SECS;
}

static inline bool event_is_within_day(const struct ctx *ctx, int64_t starts_at)
{
    return starts_at - ctx->now_secs <= TIME_DAY_SECS;
}

/* What an organiser is told who would overwrite another's change. */
extern const char event_was_changed[];

/* Any event by its reference.  ERR_NOT_FOUND. */
MUST_CHECK enum status event_get(struct ctx *ctx, const char *reference, struct event *out);

/* The same by its number. */
MUST_CHECK enum status event_by_number(struct ctx *ctx, int64_t organisation_id, int64_t id,
                                       struct event *out);

/* All of a booking, by its number. */
MUST_CHECK enum status event_booking_get(struct ctx *ctx, int64_t organisation_id, int64_t event_id,
                                         int64_t id, struct event_booking *out);

/* ---- the line in the store (event_place.c); in the caller's transaction ---- */

/* One way of coming to one event. */
struct event_place {
    const struct event *event;
    const char *way;
    struct event_line line;
    int64_t next_turn; /* for who joins now */
};

/* Reads the line as it is kept, settled as of this moment: what changed by that is in it and not
 * yet in the store. */
MUST_CHECK enum status event_place_read(struct ctx *ctx, const struct event *event, const char *way,
                                        struct event_place *out);

/* Writes what event_line_settle changed since the line was read, tells those whom it concerns,
 * notes what is left, and sees that the next offer ends in time. */
MUST_CHECK enum status event_place_write(struct ctx *ctx, const struct event_place *place);

/* Both, for whatever changed the bookings or the seats before. */
MUST_CHECK enum status event_place_settle(struct ctx *ctx, const struct event *event,
                                          const char *way);

/* The same for every way of the event. */
MUST_CHECK enum status event_settle_all(struct ctx *ctx, const struct event *event);

/* The rules of a number of people; adds problems of people and carers. */
void event_check_people(struct ctx *ctx, const struct event *event, const char *way,
                        const struct event_size *size, struct form_problems *problems);

/* Seats that so many people take. */
int64_t event_seats_for(const struct event *event, int64_t people, int64_t carers);

/* In a transaction: the address of the booking is proven.  booking_out: the one that counts for it
 * now, with as many seats as it takes now.  ERR_CONFLICT: the event can no longer be booked, or not
 * so: it has no longer that way of coming, or never so many seats. */
MUST_CHECK enum status event_enter(struct ctx *ctx, const struct event_booking *booking,
                                   struct event_booking *booking_out);

/* ---- mails, in the transaction of their cause (event_mail.c) ---- */

enum event_letter_kind {
    EVENT_LETTER_CONFIRM,
    EVENT_LETTER_AGAIN,
    EVENT_LETTER_BOOKED,
    EVENT_LETTER_WAITING,
    EVENT_LETTER_STUCK,
    EVENT_LETTER_FREED,
    EVENT_LETTER_OFFER,
    EVENT_LETTER_LAPSED,
    EVENT_LETTER_LEFT,
    EVENT_LETTER_CHANGED,
    EVENT_LETTER_CANCELLED,
    EVENT_LETTER_WEEK,
    EVENT_LETTER_DAY,
    EVENT_LETTER_THANKS
};

struct event_letter {
    enum event_letter_kind kind;
    const struct event *event;
    const struct event_booking *booking;
    const char *code; /* CONFIRM, AGAIN */
};
MUST_CHECK enum status event_mail(struct ctx *ctx, const struct event_letter *letter);

/* ---- found by search ---- */

/* What a search knows of it follows its state. */
MUST_CHECK enum status event_index(struct ctx *ctx, const struct event *event);

/* The certificate, as PDF. */
MUST_CHECK enum status event_certificate(struct ctx *ctx, const struct event *event,
                                         const struct event_booking *booking, struct view *out);

#endif
