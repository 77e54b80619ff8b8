/* SPDX-License-Identifier: MIT */
/* casestudy_page.h - what the views of casestudy_page.html need, and nothing else. */
#ifndef PROGRAMME_CASESTUDY_CASESTUDY_PAGE_H
#define PROGRAMME_CASESTUDY_CASESTUDY_PAGE_H

#include "platform/view/components.h"
#include "programme/casestudy/casestudy.h"

struct casestudy_card {
    const char *title, *summary, *reference, *organisation, *stage, *pillar, *evidence, *when;
    int64_t reuse_count;
};

struct casestudy_figure {
    const char *src, *alternative, *state; /* state: for editors; NULL */
    int64_t number, width_px, height_px;
};

/* The words of a version, ready to be shown. */
struct casestudy_text {
    const char *title, *summary;
    struct html problem, done, result;
    const char *cost, *contact, *contact_email;
    const char *stage, *pillar, *evidence, *evidence_meaning, *intentions;
    struct casestudy_figure *figures;
    size_t figure_count;
};

struct casestudy_reuser {
    const char *code, *name, *when;
    const char *words;     /* "": for the public, and when there are none */
    const char *reference; /* of the reuse: nobody but editors see it      */
};

struct casestudy_show_page {
    const struct casestudy *study;
    struct casestudy_text text;
    const char *published_on, *checked_by, *form_token;
    bool is_stale; /* its day of review has passed */
    struct casestudy_reuser *reusers;
    size_t reuser_count;
};

/* One line of what happened. */
struct casestudy_line {
    const char *when, *what, *who, *reason;
};

struct casestudy_mine_page {
    const struct casestudy *study;
    struct casestudy_text text;
    const char *base, *form_token, *state, *state_class, *review_on;
    bool may_say_right, may_withdraw, may_mend;
    struct casestudy_line *lines;
    size_t line_count;
    struct casestudy_reuser *reusers;
    size_t reuser_count;
};

struct casestudy_asked_page {
    const struct casestudy_asked *asked;
    struct casestudy_text text;
    const char *base, *form_token, *wording;
    bool needs_other;
    bool may_answer; /* there is something left to say yes or no to */
};

struct casestudy_reused_page {
    const struct casestudy_reuse *reuse;
    const char *base, *form_token;
};

/* A claim that is stronger than its evidence, for an editor. */
struct casestudy_claim_line {
    const char *words, *sentence, *needs, *field;
};

struct casestudy_shown_line {
    const char *name, *age, *email, *said, *guardian, *guardian_email, *guardian_said;
    bool agrees;
};

struct casestudy_desk_page {
    const struct casestudy *study;
    struct casestudy_text text;
    const char *base, *form_token, *state, *state_class, *review_on, *sent_on, *reason;
    int64_t base_version;
    const char *problem; /* of publishing; NULL */
    bool may_publish, may_return, may_withdraw, may_edit, may_say_right, is_by_author;
    struct casestudy_claim_line *claims;
    size_t claim_count;
    struct casestudy_shown_line *people;
    size_t person_count;
    struct casestudy_line *lines;
    size_t line_count;
    struct casestudy_reuser *reusers;
    size_t reuser_count;
};

/* One field of the editor: the input, and what the author wrote. */
struct casestudy_pair {
    const char *label, *author;
    struct html input;
    bool is_same; /* the editor's word is the author's */
};

struct casestudy_editor_page {
    const struct casestudy *study;
    struct html problems, reason;
    const char *action, *form_token, *back_href;
    int64_t base_version;
    struct casestudy_pair *pairs;
    size_t pair_count;
    struct casestudy_claim_line *claims;
    size_t claim_count;
};

struct casestudy_section_page {
    struct casestudy_card *own;
    size_t own_count;
    struct casestudy_card *reused;
    size_t reused_count;
};

#endif
