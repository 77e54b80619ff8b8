/* SPDX-License-Identifier: MIT */
/* review_page.h - what the views of review_page.html need, and nothing else. */
#ifndef PROGRAMME_REVIEW_REVIEW_PAGE_H
#define PROGRAMME_REVIEW_REVIEW_PAGE_H

#include "platform/view/components.h"
#include "programme/review/review.h"

/* Days as people write them. */
struct review_dates {
    const char *opens_on, *due_on, *lapses_on, *signed_on, *sent_on; /* "" where there is none */
};

/* One side and its signature. */
struct review_side {
    const char *office, *side; /* "Chief executive", "the employer"          */
    const char *name;          /* "" when it is not shown                    */
    const char *when;          /* "signed on 9 March 2026 at 9:05am", "not yet" */
};

/* A narrative with the name of its intention. */
struct review_story {
    const char *intention, *done, *next;
};

/* A signed review, or the words that wait for signatures. */
struct review_show {
    const struct pledge *pledge;
    const struct review *review;
    struct review_dates dates;
    struct review_story *stories;
    size_t story_count;
    struct review_side sides[2];
    size_t side_count;
};

/* An action of the living plan as it stands. */
struct review_action {
    const char *action, *state, *due_on;
    const char *rag; /* "Red", "Amber", "Green"; "" for not rated */
    bool is_overdue;
};

/* Those of one intention, or of all. */
struct review_progress {
    const char *reference;
    struct review_action *actions;
    size_t count, overdue;
};

/* A version that others took the place of. */
struct review_void_show {
    int64_t version;
    const char *sent_on, *text;
    bool is_declined;
};

/* For those who write and sign it. */
struct review_page {
    const struct pledge *pledge;
    const struct review *review; /* NULL: none is open yet */
    struct review_dates dates;
    bool is_lapsed, may_remind;
    struct task_list tasks;
    bool is_written; /* every part is there */
    struct review_progress progress;
    struct review_show show;   /* of the version that was sent */
    bool is_sent, is_declined; /* it waits for signatures; one side sent it back */
    const char *declined_side; /* "the employer", "the staff side" */
    const char *asked_side;    /* the reader is to sign for it; NULL: not */
    const char *own_side;      /* the reader has signed for it; NULL: not */
    const char *form_token;
    struct html problems, form; /* of the reason for sending it back */
    struct review_show *past;
    size_t past_count;
    struct review_void_show *voids;
    size_t void_count;
};

struct review_preview {
    const struct pledge *pledge;
    const struct review *review;
    struct review_dates dates;
    const char *text;
    struct error_summary problems; /* error_count 0: it can be sent */
    const char *form_token;
    bool replaces; /* a version that waits for signatures becomes void */
};

struct review_confirm_page {
    const struct review_to_sign *ask;
    struct review_dates dates;
    const char *side; /* "the employer", "the staff side" */
    const char *token, *form_token;
    struct html problems, form;
};

struct review_begin_page {
    const struct pledge *pledge;
    const char *token, *form_token;
};

/* On the public page of a pledge. */
struct review_top {
    const struct pledge *pledge;
    const struct review *review; /* is open, or the pledge has lapsed with it */
    struct review_dates dates;
};

struct review_years {
    struct review_show *items;
    size_t count;
};

/* At the desk. */
struct review_desk {
    const struct pledge *pledge;
    const struct review *review;
    struct review_dates dates;
    struct review_show show;
    bool is_sent, may_extend;
};

/* At /account. */
struct review_own {
    struct review_own_line {
        const char *reference, *name;
    } * lines;
    size_t count;
};

#endif
