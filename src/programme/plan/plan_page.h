/* SPDX-License-Identifier: MIT */
/* plan_page.h - what the views of plan_page.html need, and nothing else. */
#ifndef PROGRAMME_PLAN_PLAN_PAGE_H
#define PROGRAMME_PLAN_PLAN_PAGE_H

#include "platform/view/components.h"
#include "platform/view/view.h"
#include "programme/plan/plan.h"

struct plan_tag {
    const char *text, *css;
};

/* An action as it is listed. */
struct plan_line {
    const struct plan_action *action;
    struct plan_tag state, rag;
    bool has_rag; /* planned or in progress */
    const char *starts, *due, *note_on;
    const char *href; /* of its page; NULL: for the public */
};

struct plan_lines {
    struct plan_line *items;
    size_t count;
    const char *states, *rags, *overdue; /* the summary in words */
};

/* Another period of the same pledge. */
struct plan_period_line {
    const char *name, *href, *compare_href; /* compare_href NULL: it is the one shown */
};

struct plan_page {
    const struct plan *plan;
    struct plan_lines lines;
    struct plan_period_line *periods; /* none when there is one period only */
    size_t period_count;
    bool may_work;
    const char *period_name;
    const char *base, *tail; /* of the address of a period: "/plans" reference "/" number */
};

struct plan_pair_line {
    const char *action;
    bool has_before, has_after;
    struct plan_line before, after;
};

struct plan_compare_page {
    const struct pledge *pledge;
    const char *before_name, *after_name;   /* "Period 1, from 9 March 2026" */
    const char *before_short, *after_short; /* "Period 1" */
    struct plan_pair_line *pairs;
    size_t count;
};

struct plan_update_line {
    const struct plan_update *update;
    struct plan_tag state, rag;
    const char *day, *written, *correct_href; /* correct_href NULL: not */
    const char *moved_to;                     /* the new day; "" it stays */
};

struct plan_action_page {
    const struct plan *plan;
    struct plan_line line;
    const char *base;                 /* "/plans/PL-.../2/actions/3" */
    struct plan_update_line *updates; /* the newest first */
    size_t update_count;
    bool may_work;
};

struct plan_member_line {
    const struct plan_member *member;
    const char *when, *state, *last;
};

struct plan_people_page {
    const char *reference, *form_token;
    const struct pledge_parties *parties;
    struct plan_member_line *members;
    size_t count;
    bool may_invite, has_addresses;
};

struct plan_join_page {
    struct plan_joining joining;
    const char *token, *form_token;
};

struct plan_own_line {
    const char *reference, *name;
    int64_t overdue;
};

struct plan_own {
    struct plan_own_line *lines;
    size_t count;
};

#endif
