/* SPDX-License-Identifier: MIT */
/*
 * event.h - events that people can come to, in a room, online or both, and who comes.
 *
 *   event     DRAFT --publish--> PUBLISHED --cancel--> CANCELLED
 *
 *   booking   UNCONFIRMED --code or button--> BOOKED                    a place is free
 *                   \                     \-> WAITING --offer--> OFFERED --accept--> BOOKED
 *                    \-- 7 days: deleted                            \-- its time is over: LAPSED
 *             BOOKED, WAITING, OFFERED --leave--> LEFT
 *
 * Who gets a place and in which order says event_line.h; every act here that frees or takes seats
 * ends with it, in the same transaction.  One booking of an address counts at an event.  Whether an
 * address has booked shows on no page: who books again gets a mail that leads to the booking there
 * is.  Who is signed in with the address of the booking needs no code.
 *
 * Carers.  Who comes to support somebody is counted, and takes no seat unless the organiser said so
 * (carers_count); that can no longer be changed once somebody has booked.
 *
 * The joining link is read by those who have a place, on the page of their booking and in its own
 * calendar entry, and by organisers.  It is in no mail, no list, no feed, no search and no JSON.
 *
 * What is told.  A change of title, day, time, place or link, and a cancellation, raise
 * event.sequence; a job then tells each booking that knows less than that, once.
 *
 * Owns the tables event, event_booking, event_need and event_feedback.  Reads organisation_within,
 * person and privacy_hold.
 */
#ifndef PROGRAMME_EVENT_EVENT_H
#define PROGRAMME_EVENT_EVENT_H

#include "platform/base/filled.h"
#include "platform/job/job.h"
#include "programme/audit/audit.h"
#include "programme/privacy/privacy.h"
#include "programme/proof/proof.h"

enum {
    EVENT_CONFIRM_SECS = 7 * 24 * 60 * 60,   /* how long the link of the first mail confirms */
    EVENT_PEOPLE_MAX = 50,                   /* of one booking                               */
    EVENT_SEATS_MAX = 100000,                /* of one way of coming                         */
    EVENT_ATTENDEES_MOST = 50,               /* bookings on one page of attendance            */
    EVENT_WAITERS_MAX = 1000,                /* bookings in one line                         */
    EVENT_FEEDBACK_SECS = 30 * 24 * 60 * 60, /* how long one can say how it was */
    EVENT_ANSWERS_LEAST = 5 /* figures of what people said are shown from so many on */
};

/* ---- when (event_clock.c) ---- */

/* "Tuesday 9 March 2027, 10am to 3:30pm", or from one day to another. */
const char *event_when(struct mem *mem, int64_t starts_at, int64_t ends_at);

/* ---- events ---- */

enum event_state { EVENT_DRAFT, EVENT_PUBLISHED, EVENT_CANCELLED };

/* What an organiser fills in. */
struct event_draft {
    const char *title, *summary, *text;
    const char *stage;                        /* code, "" for all */
    const char *on, *starts, *ends_on, *ends; /* days, and clocks as typed; ends_on "": the same */
    const char *hour;                         /* "first", "second", "": not asked */
    const char *mode;                         /* "person", "online", "both" */
    const char *place, *access_words;
    struct form_number room_seats;
    const char *link;
    struct form_number online_seats;
    enum form_yes_no carers_count;
    struct form_found area;   /* an organisation; "": where the organiser's role counts */
    enum form_yes_no strands; /* groups that wait for more places than that may be told */
    const char *seen;         /* event_seen of what a change began with; NULL or "": not compared */
};

struct event {
    int64_t organisation_id, id;
    const char *reference, *area, *area_name, *region;
    enum event_state state;
    const char *title, *summary, *text, *stage, *mode, *place, *access_words;
    const char *link; /* never for the public */
    int64_t starts_at, ends_at;
    int64_t room_seats, online_seats, room_left, online_left;
    bool carers_count;
    int64_t sequence, changed_at, published_at; /* published_at 0: it never came out */
    const char *cancel_reason;
};

/* What the public may see, cancelled ones too.  ERR_NOT_FOUND: none, or a draft. */
MUST_CHECK enum status event_find(struct ctx *ctx, const char *reference, struct event *out);

/* Any event that lies in the scope of an organiser.  ERR_NOT_FOUND: none there. */
MUST_CHECK enum status event_open(struct ctx *ctx, const char *reference, const char *scope,
                                  struct event *out);

/* Whether one can still book. */
bool event_is_bookable(const struct ctx *ctx, const struct event *event);

/* Seats, and seats left, of one way of coming ("person", "online"). */
int64_t event_seats(const struct event *event, const char *way);
int64_t event_left(const struct event *event, const char *way);
bool event_has_way(const struct event *event, const char *way);

/*
 * Makes a draft within a scope (NULL: everywhere).
 *
 * ERR_INVALID   problems says what is wrong
 * ERR_FAULT     nothing was kept
 */
MUST_CHECK enum status event_make(struct ctx *ctx, const struct event_draft *draft,
                                  const char *scope, struct form_problems *problems,
                                  const char **reference_out);

/* A mark of all that an organiser fills in: it is another one when any of that is. */
const char *event_seen(struct mem *mem, const struct event *event);

/*
 * Changes it.  Seats cannot go below what is booked and on offer; more seats are offered to the
 * line at once.  Where groups wait for more places than there are then, a problem of `strands` says
 * how many, until it is yes; they are then told at once.  What somebody else changed since it was
 * seen is not overwritten: a problem of the title says so.  Statuses as event_make; ERR_CONFLICT:
 * it was cancelled, or is over.
 */
MUST_CHECK enum status event_change(struct ctx *ctx, const struct event *event,
                                    const struct event_draft *draft,
                                    struct form_problems *problems);

/* Whether the start lies in the hour that comes twice, so that `hour` has to be asked. */
bool event_needs_hour(struct mem *mem, const struct event_draft *draft);

/* Makes it public.  Again: OK.  ERR_CONFLICT: it was cancelled, or has begun. */
MUST_CHECK enum status event_publish(struct ctx *ctx, const struct event *event);

/* It does not take place; everybody with a booking that counts is told once, with the reason.
 * Again: OK.  ERR_CONFLICT: it is a draft, or over. */
MUST_CHECK enum status event_cancel(struct ctx *ctx, const struct event *event, const char *reason);

/* Events that can be booked now, the soonest first. */
struct event_choice {
    const char *reference, *title;
    int64_t starts_at;
};
MUST_CHECK enum status event_choices(struct ctx *ctx, struct event_choice **out, size_t *count_out);

/* ---- bookings (event_book.c, event_booking.c) ---- */

enum event_booking_state {
    EVENT_UNCONFIRMED,
    EVENT_BOOKED,
    EVENT_WAITING,
    EVENT_OFFERED,
    EVENT_LEFT,
    EVENT_LAPSED
};

struct event_booking_draft {
    const char *event; /* reference */
    const char *way;   /* "person", "online"; "" where there is only one */
    struct form_number people, carers;
    const char *needs; /* "" for none */
    const char *name, *email;
};

struct event_booking {
    int64_t organisation_id, event_id, id;
    const char *reference;
    enum event_booking_state state;
    const char *way;
    int64_t people, carers, seats;
    const char *name, *email, *email_key;
    int64_t sent_at, offered_until;
    const int64_t *came; /* NULL: nobody said yet */
    const char *code;    /* of the certificate; "" for none */
    bool has_answered;
};

/* Whether it has seats, an offer of them, or a turn in the line. */
bool event_booking_counts(const struct event_booking *it);

/* Whether the booking waits for more places than there are in all. */
bool event_is_stuck(const struct event *event, const struct event_booking *booking);

/* Rules across fields, for each step of the journey. */
MUST_CHECK enum status event_check_booking(struct ctx *ctx, const struct event_booking_draft *draft,
                                           struct form_problems *problems);

/*
 * Records what was sent and mails a code, or, when the person who asks is signed in with that
 * address, confirms it at once.  The same calls whether the address has a booking or not.
 *
 * ERR_INVALID  problems says what is wrong, or too many mails went to this address
 * ERR_FAULT    nothing was recorded
 *
 * One transaction; in the caller's, if there is one.
 */
MUST_CHECK enum status event_book(struct ctx *ctx, const struct event_booking_draft *draft,
                                  struct form_problems *problems, const char **reference_out);

/* What a mailed link opens: the booking of its address that counts, when there is another one.
 * Reading changes nothing.  ERR_NOT_FOUND: no such link.  ERR_CONFLICT: not confirmed in time. */
MUST_CHECK enum status event_link_open(struct ctx *ctx, const char *token,
                                       struct event_booking *out);

/* The booking with this reference if it is of the person who asks.  ERR_NOT_FOUND. */
MUST_CHECK enum status event_own_open(struct ctx *ctx, const char *reference,
                                      struct event_booking *out);

/* By reference, by the code of its certificate.  ERR_NOT_FOUND. */
MUST_CHECK enum status event_booking_find(struct ctx *ctx, const char *reference,
                                          struct event_booking *out);
MUST_CHECK enum status event_booking_verify(struct ctx *ctx, const char *typed_code,
                                            struct event_booking *out);

/* The event of a booking. */
MUST_CHECK enum status event_of(struct ctx *ctx, const struct event_booking *booking,
                                struct event *out);

/* Where it stands in the line, from 1; 0: it does not wait. */
MUST_CHECK enum status event_position(struct ctx *ctx, const struct event_booking *booking,
                                      int64_t *out);

/* What its people need; "" for none. */
MUST_CHECK enum status event_needs(struct ctx *ctx, const struct event_booking *booking,
                                   const char **out);

/* The token of the link in its mails. */
MUST_CHECK enum status event_token(struct ctx *ctx, int64_t booking_id, const char **out);

/* The button of the mailed link.  Again: OK.  Statuses as event_link_open; ERR_CONFLICT also when
 * the event can no longer be booked. */
MUST_CHECK enum status event_link_confirm(struct ctx *ctx, const char *token);

/* The code that is typed.  Right: the token is of the page of the booking that counts; over, also
 * when the event can no longer be booked.  ERR_CONFLICT: it cannot be booked so any more. */
extern const struct proof_kind event_proof;

/* Takes the seats that are on offer.  Again: OK.  ERR_CONFLICT: there is no offer (any more). */
MUST_CHECK enum status event_accept(struct ctx *ctx, const struct event_booking *booking);

/* Gives them back, leaves the line, says no to an offer.  Again: OK.  ERR_CONFLICT: it never
 * counted, or the event has begun. */
MUST_CHECK enum status event_leave(struct ctx *ctx, const struct event_booking *booking);

/* Another number of people comes.  More only for who has a place, and only when they are free.
 * ERR_INVALID: problems (people, carers).  ERR_CONFLICT: it does not count, or the event began. */
struct event_size {
    struct form_number people, carers;
};
MUST_CHECK enum status event_resize(struct ctx *ctx, const struct event_booking *booking,
                                    const struct event_size *size, struct form_problems *problems);

/* ---- afterwards (event_after.c) ---- */

struct event_attendee {
    int64_t id, people, carers;
    const char *reference, *name, *way;
    const int64_t *came; /* NULL: nobody said yet */
    int64_t turn;
};

/* Who has a place, those behind a turn (0: the first), at most EVENT_ATTENDEES_MOST. */
MUST_CHECK enum status event_attendees(struct ctx *ctx, const struct event *event,
                                       int64_t after_turn, struct event_attendee **out,
                                       size_t *count_out);

/* How many of a booking came; NULL: not known.  They get a code for a certificate.  The caller's
 * transaction. */
MUST_CHECK enum status event_set_came(struct ctx *ctx, const struct event *event,
                                      const struct event_attendee *attendee, const int64_t *came);

struct event_counts {
    int64_t booked, waiting, offered, came; /* people that take a seat; came: all */
    int64_t said;                           /* bookings of which it is known whether they came */
};
MUST_CHECK enum status event_count(struct ctx *ctx, const struct event *event,
                                   struct event_counts *out);

struct event_opinion {
    const char *stars; /* "1" to "5" */
    const char *said;
    enum form_yes_no is_named;
};

/* Whether its people can say how it was now. */
bool event_may_answer(const struct ctx *ctx, const struct event *event,
                      const struct event_booking *booking);

/* Keeps it once.  ERR_CONFLICT: they said it before, did not come, or it is too early or late. */
MUST_CHECK enum status event_answer(struct ctx *ctx, const struct event_booking *booking,
                                    const struct event_opinion *opinion);

struct event_said {
    int64_t answers;  /* all */
    bool is_shown;    /* at least EVENT_ANSWERS_LEAST: the rest is filled */
    int64_t stars[5]; /* how many gave 1 to 5 */
    struct event_words {
        const char *said, *name; /* name "" mostly */
    } * words;
    size_t word_count;
};
MUST_CHECK enum status event_said(struct ctx *ctx, const struct event *event,
                                  struct event_said *out);

/* ---- what the program knows of it ---- */

extern const struct job_kind event_job_kinds[];
extern const struct privacy_holding event_holdings[];
extern const struct audit_kind event_audit_kinds[];

#endif
