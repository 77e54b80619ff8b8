/* SPDX-License-Identifier: MIT */
/* oversight_page.h - what the views of oversight_page.html need, and nothing else. */
#ifndef PROGRAMME_OVERSIGHT_OVERSIGHT_PAGE_H
#define PROGRAMME_OVERSIGHT_OVERSIGHT_PAGE_H

#include "platform/view/components.h"
#include "platform/view/view.h"
#include "programme/oversight/oversight.h"

struct oversight_event_page {
    const char *sentence, *when, *actor, *role, *subject, *thing, *organisation;
    struct audit_detail detail;
    const char *number, *digest;
};

/* One line of what concerns one's own record. */
struct oversight_own_line {
    const char *when, *sentence, *who, *thing;
};

struct oversight_own_page {
    struct oversight_own_line *lines;
    size_t line_count;
    const char *older_href; /* NULL: these are all */
    bool is_first;
};

struct oversight_glass_line {
    const char *reference, *when, *state;
};

struct oversight_glass_intro {
    struct oversight_glass_line *lines; /* what the person opened before */
    size_t line_count;
};

struct oversight_glass_page {
    const struct glass *glass;
    const char *opened, *ends;         /* as people read it */
    const struct glass_record *record; /* NULL: not for this reader */
    const char *what;                  /* for reviews: kind and title */
    const char *reviewed;
    const char *form_token;
};

#endif
