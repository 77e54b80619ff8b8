/* SPDX-License-Identifier: MIT */
/*
 * ics.h - a calendar (RFC 5545) to open or to subscribe to.
 *
 * Written to a view as it grows: ics_begin, ics_event for each event, ics_end.  An event has the
 * same uid for ever, so that a calendar that comes back sees a change and not a second event.
 * Content type: "text/calendar; charset=utf-8".
 */
#ifndef PLATFORM_DOCUMENT_ICS_H
#define PLATFORM_DOCUMENT_ICS_H

#include "platform/base/ctx.h"
#include "platform/view/view.h"

struct ics_calendar {
    const char *name;    /* what a calendar shows: "Events" */
    const char *service; /* who makes it                    */
};

/* Either two instants or two days. */
struct ics_event {
    const char *uid;      /* required: unique in the world, "4711@onward.example"   */
    const char *title;    /* required */
    const char *text;     /* plain; NULL: none */
    const char *place;    /* NULL: none */
    const char *url;      /* whole; NULL: none */
    int64_t starts_at;    /* UTC seconds; 0: days count                             */
    int64_t ends_at;      /* UTC seconds; 0: at an unknown time                     */
    const char *first_on; /* YYYY-MM-DD */
    const char *last_on;  /* belongs to the event; NULL or "": the same day         */
    int64_t updated_at;   /* UTC seconds of the last change; 0: not said            */
    int64_t sequence;     /* raised with each change that people must know of; 0: the first */
    bool is_cancelled;
};

void ics_begin(struct view *out, const struct ics_calendar *calendar);

/* ERR_INVALID  first_on or last_on is no day, or the event ends before it starts; nothing is
 *              written */
MUST_CHECK enum status ics_event(struct ctx *ctx, struct view *out, const struct ics_event *event);

void ics_end(struct view *out);

#endif
