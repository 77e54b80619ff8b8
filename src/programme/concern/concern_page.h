/* SPDX-License-Identifier: MIT */
/* concern_page.h - what the views of concern_page.html need, and nothing else. */
#ifndef PROGRAMME_CONCERN_CONCERN_PAGE_H
#define PROGRAMME_CONCERN_CONCERN_PAGE_H

#include "platform/view/components.h"
#include "platform/view/view.h"
#include "programme/concern/concern.h"

struct concern_line {
    const char *when, *what, *who, *text;
};

struct concern_page {
    const struct concern *concern;
    const char *raised, *seen, *closed, *report_by, *state; /* as people read it; "" for none */
    const char *kept_from;                                  /* names; "" for nobody */
    bool is_late; /* the seven days are over and nobody was told */
    struct concern_line *lines;
    size_t line_count;
};

struct concern_own_line {
    const char *reference, *when, *state, *organisation;
};

struct concern_own_page {
    struct concern_own_line *lines;
    size_t line_count;
};

#endif
