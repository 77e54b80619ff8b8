/* SPDX-License-Identifier: MIT */
/* pledge_party_page.h - what the views of pledge_party_page.html need, and nothing else. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_PARTY_PAGE_H
#define PROGRAMME_PLEDGE_PLEDGE_PARTY_PAGE_H

#include "programme/pledge/pledge_page.html.h"

/* ---- who signs ---- */

struct pledge_side_lines {
    const struct pledge_side *side;
    const char *title;    /* "For the employer" */
    const char *since;    /* day; "" since it was sent */
    const char *asked_on; /* day; "" nobody is asked */
    const char *href;     /* to hand it over; NULL: not theirs, or not now */
};

struct pledge_sides_page {
    const struct pledge_sides *sides;
    struct pledge_side_lines lines[2];
};

struct pledge_hand_intro {
    const char *now, *side; /* who signs today; "the employer" */
    const char *asked_name; /* "" nobody                       */
};

struct pledge_taking_page {
    struct pledge_taking ask;
    const char *side; /* "the employer" */
    const char *token, *form_token;
};

/* ---- one pledge, at the desk and in public ---- */

/* The history of another pledge, beside one's own. */
struct pledge_other_history {
    struct pledge_show show;
    const char *href;
    bool is_whole; /* the one in which this goes on; else a part of this one */
};

struct pledge_histories {
    struct pledge_other_history *items;
    size_t count;
};

struct pledge_dispute_line {
    const char *reference, *state, *raised_on, *due_on;
    const char *href; /* NULL: not for this reader */
    bool is_open;
};

struct pledge_desk_hands {
    struct pledge_sides_page sides;
    bool may_work;
    const char *reference;
    struct pledge_dispute_line *disputes;
    size_t dispute_count;
    bool is_split, is_undone; /* staff have to choose */
    bool can_be_merged;
    const char *undone_text, *heir_href, *settle_href;
};

/* ---- merging ---- */

struct pledge_merge_page {
    struct pledge_show goes, stays;
    const char *reason, *form_token;
    bool stays_in_force; /* else the register has one less in force */
};

/* ---- disputes ---- */

struct pledge_not_us_page {
    const struct pledge *pledge;
    const char *form_token;
    bool is_over;
};

struct pledge_dispute_page {
    const struct pledge_dispute *dispute;
    const struct pledge *pledge;
    const char *why, *state, *raised_at, *due_on, *decided_at;
    bool is_open, is_late, is_over; /* is_over: the pledge has ended anyway */
    struct pledge_stage stage;
    const char *decide_href;
};

struct pledge_dispute_intro {
    const char *organisation_name, *reference;
};

#endif
