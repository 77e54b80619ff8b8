/* SPDX-License-Identifier: MIT */
/* pledge_page.h - what the views of pledge_page.html need, and nothing else. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_PAGE_H
#define PROGRAMME_PLEDGE_PLEDGE_PAGE_H

#include "platform/view/components.h"
#include "programme/pledge/pledge.h"

/* One event as people read it. */
struct pledge_moment {
    const char *what, *when, *reason;
};

struct pledge_stage {
    const char *state;     /* words */
    const char *tag_class; /* colour of the tag */
};

struct pledge_show {
    const struct pledge *pledge;
    struct pledge_stage stage;
    bool stands;
    const char *signed_on, *review_on; /* as people write days; "" */
    struct pledge_moment *moments;
    size_t moment_count;
    const char **signed_at;           /* of each signature; "not yet" */
    const char **starts_on, **due_on; /* of each action */
    struct html qr;                   /* of the address to verify */
    const char *verify_url;
    bool was_just_done; /* after an act of the desk */
    /* What other capabilities say, see pledge_routes.h; empty where nothing was asked for. */
    struct html at_top, at_plan, at_history, at_end;
};

struct pledge_confirm_page {
    struct pledge_to_sign ask;
    const char *token, *form_token;
    struct html problems, form;
    struct html sections; /* of other capabilities */
};

struct pledge_desk_act {
    const char *name, *label;
    bool is_secondary, is_warning, needs_reason;
};

struct pledge_desk_page {
    struct pledge_show show;
    const char *form_token;
    struct pledge_desk_act acts[5];
    size_t act_count;
    struct html problems;
    const char *plan_file_href; /* NULL: none */
    struct html sections;       /* of other capabilities */
};

/* On the page of an organisation. */
struct pledge_of {
    const char *reference; /* NULL: it has none */
    struct pledge_stage stage;
    const char *href;
};

/* At /account. */
struct pledge_own_line {
    const char *reference, *name;
    struct pledge_stage stage;
    const char *href; /* NULL: not for this reader yet */
};

struct pledge_own {
    struct pledge_own_line *lines;
    size_t count;
};

struct pledge_mend_page {
    const char *form_token, *token;
};

#endif
