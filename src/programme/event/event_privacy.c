/* SPDX-License-Identifier: MIT */
/* event_privacy.c - what events keep about people, and what the record of deeds is told. */
#include "programme/access/access.h"
#include "programme/event/event_internal.h"

enum { OF_PERSON_MAX = 1000 };

/* What somebody said stays without their name; their seats are free for others. */
static enum status erase_one(struct ctx *ctx, const struct event_bookings_of_row *row)
{
    struct event event;
    struct event_booking booking;
    TRY(event_booking_get(ctx, row->organisation_id, row->event_id, row->id, &booking));
    TRY(event_of(ctx, &booking, &event));
    TRY(event_feedback_unname(ctx, row->organisation_id, row->event_id, row->id, NULL));
    TRY(event_booking_remove(ctx, row->organisation_id, row->event_id, row->id, NULL));
    return event.state == EVENT_PUBLISHED ? event_place_settle(ctx, &event, booking.way) : OK;
}

static enum status erase(struct ctx *ctx, const struct privacy_subject *subject,
                         int64_t *changed_out)
{
    size_t count;
    struct event_bookings_of_row *rows;
    TRY(event_bookings_of(ctx, subject->email_key, OF_PERSON_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(erase_one(ctx, &rows[i]));
    *changed_out = (int64_t)count;
    return OK;
}

const struct privacy_holding event_holdings[] = {
    {.table = "event_need",
     .name = "What you need at an event",
     .what = "what you said that you need to take part",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_CONSENT,
     .purpose = "so that the organiser can make room for you",
     .source = "you, or whoever booked for you",
     .recipients = "the organisers of the event, and nobody else",
     .access = MAY_RUN_EVENTS,
     .rule = "event-need",
     .rows = &event_need_copy_query,
     .erase_by = erase,
     .retain = &event_need_retain_query},
    {.table = "event_feedback",
     .name = "What you said of an event",
     .what = "what you said of an event, if you put your name to it",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_CONSENT,
     .purpose = "so that events get better",
     .source = "you",
     .recipients = "the organisers of the event",
     .access = MAY_RUN_EVENTS,
     .rule = "event-booking",
     .rows = &event_feedback_copy_query,
     .kept_back = "What you said without your name, because nobody can know that it is yours.",
     .erase_by = erase,
     .kept_because = "What you said of an event stays, without your name.",
     .retain = &event_feedback_retain_query},
    {.table = "event_booking",
     .name = "Events you booked",
     .what = "your name and email address, how many people you booked for, and whether they came; "
             "for a day, a mark made from the internet address where a wrong code was typed",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC | PRIVACY_OF_CHILDREN,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "to keep your place, tell you what changes, and certify that you came",
     .source = "you, or whoever booked for you",
     .recipients = "the organisers of the event",
     .access = MAY_RUN_EVENTS,
     .rule = "event-booking",
     .rows = &event_booking_copy_query,
     .erase_by = erase,
     .retain = &event_booking_retain_query},
    {0},
};

const struct audit_kind event_audit_kinds[] = {
    {"event.made", "An event was made", false},
    {"event.changed", "An event was changed", false},
    {"event.published", "An event was published", false},
    {"event.cancelled", "An event was cancelled", false},
    {"event.accepted", "A place at an event was taken", false},
    {"event.left", "A booking of an event was cancelled", false},
    {"event.resized", "A booking of an event was changed", false},
    {"event.came", "It was noted who came to an event", false},
    {"event.looked", "The list of those who booked an event was read", true},
    {0},
};
