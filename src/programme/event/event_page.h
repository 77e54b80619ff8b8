/* SPDX-License-Identifier: MIT */
/* event_page.h - what the views of event_page.html need, and nothing else. */
#ifndef PROGRAMME_EVENT_EVENT_PAGE_H
#define PROGRAMME_EVENT_EVENT_PAGE_H

#include "platform/view/components.h"
#include "programme/event/event.h"

/* One of a list. */
struct event_card_page {
    const char *reference, *title, *summary, *when, *way, *area_name, *stage;
    const char *places; /* "12 places left", "Full: you can join the waiting list" */
    bool is_cancelled;
};

/* The next ones, on the front page. */
struct event_cards {
    struct event_card_page *items;
    size_t count;
};

struct event_show_page {
    const struct event *event;
    const char *when, *way, *stage, *form_token;
    const char *room_places, *online_places; /* "" when one cannot come so */
    struct html text;
    bool is_bookable, is_over, is_full;
};

struct event_start_page {
    bool is_signed_in;
};

struct event_mine_page {
    const struct event *event;
    const struct event_booking *it;
    const char *base, *form_token;
    const char *when, *way, *who; /* who: "3 people and 1 carer" */
    const char *offered_until;    /* in words; "" for none */
    const char *needs;
    int64_t position, seats; /* seats: in all, for that way of coming */
    bool is_stuck, has_other_way;
    bool is_link_shown, can_change, can_answer, has_certificate, is_over;
};

struct event_desk_page {
    const struct event *event;
    const struct event_counts *counts;
    const struct event_said *said;
    const char *base, *form_token, *when, *way, *state, *guests_href;
    const char *stars[5]; /* "5 stars: 3" */
    bool can_publish, can_change, can_cancel, has_begun;
};

struct event_attendee_line {
    const struct event_attendee *attendee;
    const char *field, *value, *who, *way;
    const char *problem; /* "" for none */
};

/* title: NULL when there is no such event in one's area. */
struct event_guests_page {
    const char *href, *title, *when;
};

struct event_attendance_page {
    const char *base, *form_token, *more_href;
    const struct event_attendee_line *lines;
    size_t count;
    struct html problems; /* the summary of what is wrong; empty */
    int64_t after;
};

struct event_verify_page {
    const struct event *event;
    const struct event_booking *it;
    const char *when, *others;
};

struct event_section_line {
    const char *reference, *title, *when, *state;
};

struct event_section_page {
    const struct event_section_line *lines;
    size_t count;
};

#endif
