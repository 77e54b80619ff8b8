/* SPDX-License-Identifier: MIT */
/*
 * event_line.h - who gets a place, and in which order: the rule, without store, clock or mail.
 *
 * An event has so many seats for each way of coming (in the room, online).  Each way has a line of
 * its own.  A booking takes as many seats as it says, all or none: a group is not torn apart.
 *
 *   1. What is free is on offer: it goes to the first in the line whose whole booking fits.  Those
 *      who are passed over because they are too many keep their turn.
 *   2. An offer holds its seats until its time is over.  Then it lapses: the booking leaves the
 *      line, and the seats are on offer again.
 *   3. Who comes anew gets seats at once when they are free, and joins the end of the line else.
 *      By rule 1 nobody in the line could have used what they get.
 *   4. The seats of an event never fall below what is booked and on offer.
 *   5. Who waits for more seats than there are in all is stuck: it is told at once, keeps its turn,
 *      and waits again as soon as it is smaller or the seats are more.
 *
 * So after event_line_settle nobody waits who would fit, nobody waits untold for what cannot come,
 * never more is given than there is, and whoever waits has at most one offer.  Public words for it
 * stand on the page of a booking.
 */
#ifndef PROGRAMME_EVENT_EVENT_LINE_H
#define PROGRAMME_EVENT_EVENT_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One who waits or has an offer. */
struct event_waiter {
    int64_t id;
    int64_t seats;         /* at least 1 */
    int64_t offered_until; /* UTC seconds; 0: waits */
    bool is_stuck;         /* by rule 5, and knows it */
    bool is_lapsed;        /* set by event_line_settle: the offer is over          */
    bool is_new_offer;     /* set by event_line_settle: it has had none until now  */
    bool has_turned;       /* set by event_line_settle: is_stuck is another than it was */
};

struct event_line {
    int64_t capacity, booked;     /* seats */
    struct event_waiter *waiters; /* in the order in which they joined */
    size_t count;
};

/* Seats that are neither booked nor on offer; lapsed offers hold none.  Never below 0 in a line
 * that keeps the rules. */
int64_t event_line_free(const struct event_line *line);

/* Ends the offers whose time is over at now, finds who is stuck and who no longer is, and offers
 * what is free, until `until`; only the first when until is not after now. */
void event_line_settle(struct event_line *line, int64_t now, int64_t until);

/* Whether that many seats can be had at once. */
bool event_line_has(const struct event_line *line, int64_t seats);

/* Whether the line keeps rule 4 with that many seats in all. */
bool event_line_holds(const struct event_line *line, int64_t capacity);

/* Those who would be stuck with that many seats in all, and are not yet. */
struct event_line_stuck {
    size_t count;
    int64_t most; /* seats of the largest */
};
struct event_line_stuck event_line_would_stick(const struct event_line *line, int64_t capacity);

/* When the first offer ends that stands; 0: none does. */
int64_t event_line_next_end(const struct event_line *line);

/* How many who still wait stand before this one, which counts from 1 for the first; 0: it does not
 * wait. */
int64_t event_line_position(const struct event_line *line, int64_t id);

/*
 * How long an offer stands that is made now, in UTC seconds: EVENT_OFFER_SECS, but never longer
 * than half of the time that is left, so that there is time for somebody else.
 */
enum { EVENT_OFFER_SECS = 48 * 60 * 60 };
int64_t event_line_offer_end(int64_t now, int64_t closes_at);

#endif
