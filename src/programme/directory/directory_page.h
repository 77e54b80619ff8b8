/* SPDX-License-Identifier: MIT */
/* directory_page.h - what the views of directory_page.html need, and nothing else. */
#ifndef PROGRAMME_DIRECTORY_DIRECTORY_PAGE_H
#define PROGRAMME_DIRECTORY_DIRECTORY_PAGE_H

#include "platform/view/components.h"
#include "programme/directory/directory.h"

/* A period as people read it. */
struct directory_shown_period {
    const char *code, *name;
    const char *when; /* "From 1 April 2026", "1 July 2022 to 31 March 2026" */
};

struct directory_show {
    const struct organisation *it;
    const char *closed_on, *opens_on; /* days as people write them; "" */
    struct summary_list_row *facts;
    size_t fact_count;
    struct html sections; /* of other capabilities */
    struct directory_shown_period *places, *names, *before, *after;
    size_t place_count, name_count, before_count, after_count;
    const char *members_href, *members_text; /* who belongs to it; NULL: nobody can */
    const char *attribution;
};

struct directory_text_lines {
    const char **lines;
    size_t count;
};

struct directory_find_box {
    const char *typed;
    const char *size; /* of its label */
    bool is_heading;  /* its label is the page's */
};

struct directory_find_page {
    struct directory_find_box box;
    bool was_asked; /* something was typed */
    struct directory_found *found;
    size_t found_count;
    bool has_more;
};

#endif
