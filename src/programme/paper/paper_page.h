/* SPDX-License-Identifier: MIT */
/* paper_page.h - what the views of paper_page.html need, and nothing else. */
#ifndef PROGRAMME_PAPER_PAPER_PAGE_H
#define PROGRAMME_PAPER_PAPER_PAGE_H

#include "platform/view/components.h"
#include "programme/paper/paper.h"

struct paper_about_page {
    const char *contact_email, *contact_href; /* "": there is none */
    const char **address;                     /* its lines; count 0: there is none */
    size_t address_count;
};

struct paper_send_page {
    const struct pledge_to_sign *ask;
    const char *token, *form_token;
    const char *reference, *received_on; /* of the scan that waits; NULL: none */
    struct html problems, form;
};

/* A way on from a paper at the desk. */
struct paper_act {
    const char *href, *label;
    bool is_post, is_main;
};

struct paper_desk_page {
    const struct paper *paper;
    const char *state, *tag_class;
    const char *what, *came;                         /* words */
    const char *added_by, *recorded_by, *checked_by; /* "Ada on 9 March 2026"; "" for nobody yet */
    const char *scan_href;                           /* NULL: it was removed */
    const char *check_action;                        /* NULL: not for this reader now */
    bool is_own;                                     /* this reader has recorded it */
    const char *form_token;
    struct html problems, form;
    struct paper_act acts[4];
    size_t act_count;
};

struct paper_papers_page {
    const struct paper_of_line {
        const char *href, *reference, *what, *state, *received_on;
    } * lines;
    size_t count;
};

#endif
