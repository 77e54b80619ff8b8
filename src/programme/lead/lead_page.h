/* SPDX-License-Identifier: MIT */
/* lead_page.h - what the views of lead_page.html need, and nothing else. */
#ifndef PROGRAMME_LEAD_LEAD_PAGE_H
#define PROGRAMME_LEAD_LEAD_PAGE_H

#include "platform/view/components.h"
#include "programme/lead/enquiry.h"
#include "programme/lead/lead.h"

/* ---- finding ---- */

struct lead_line {
    const struct lead_shown *lead;
    const char *theme, *back_on; /* back_on: as people write it */
    const char *mailto;          /* the address as a link       */
};

struct lead_area_lines {
    const char *name, *code;
    struct lead_line *lines;
    size_t count;
};

struct lead_find_page {
    const char *typed, *on;          /* as typed; on "": today                 */
    const char *problem;             /* "" none                                 */
    const char *day;                 /* as people write it; "" today            */
    const struct lead_place *places; /* to choose from                 */
    size_t place_count;
    bool is_postcode; /* the places are the areas of one postcode     */
    bool was_asked;
    const struct lead_place *place; /* NULL: none is chosen            */
    bool is_in_postcode;            /* the place is a postcode         */
    struct lead_area_lines areas[LEAD_AREAS_MAX];
    size_t area_count;
    bool has_any, is_board_unknown;
    const char *figure; /* how long answers take; "" not shown          */
    int64_t answer_count;
    const char *form_token; /* for asking; NULL: not of today           */
};

/* ---- one question ---- */

struct enquiry_line {
    const struct enquiry_event *event;
    const char *what, *at;
    const char *text;  /* "" none                               */
    const char *whole; /* "" none, or the same as text          */
};

struct enquiry_show {
    const struct enquiry *enquiry;
    const char *theme, *asked_at, *due_on;
    const char *state, *state_class;
    struct enquiry_line *lines;
    size_t line_count;
    bool is_unconfirmed, is_open, is_closed;
    const char *kept; /* how long: the words of the rule           */
    int silent_days, end_days;
    const char *base; /* address of the page                       */
    const char *form_token;
    const char *problem;               /* "" none: of what was typed                */
    const char *typed;                 /* in the box                                */
    const char *email_problem, *email; /* of passing on                  */
};

/* ---- the desk ---- */

struct lead_away_line {
    const struct lead_away *away;
    const char *from_on, *to_on;
};

struct lead_show {
    const struct lead *lead;
    const char *theme, *from_on, *to_on, *confirm_by_on, *confirmed_at;
    struct lead_away_line *aways;
    size_t away_count;
    bool is_own;
    const char *form_token;
};

struct lead_mine_page {
    struct lead_show *leads;
    size_t count;
};

#endif
