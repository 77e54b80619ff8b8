/* SPDX-License-Identifier: MIT */
/* search_page.h - what the views of search_page.html need, and nothing else. */
#ifndef PROGRAMME_SEARCH_SEARCH_PAGE_H
#define PROGRAMME_SEARCH_SEARCH_PAGE_H

#include "platform/view/components.h"
#include "programme/directory/directory.h"
#include "programme/search/search_find.h"

/* A link that narrows what was found, or widens it again. */
struct search_narrow {
    const char *text, *href;
    int64_t count; /* -1: not counted */
    bool is_chosen;
};

struct search_narrows {
    const char *title;
    struct search_narrow *narrow;
    size_t count;
};

struct search_row {
    const struct search_hit *hit;
    const char *kind; /* "Case study" */
    const char *day;  /* as people write it; "" */
};

struct search_page {
    const char *typed;
    bool is_signed_in, is_mine;       /* the second scope is there, and chosen */
    const char *problem;              /* NULL: none */
    bool was_asked;                   /* something was typed that can be searched */
    const char *place;                /* a postcode, as it is written; NULL       */
    const struct organisation *coded; /* whose code was typed; NULL         */
    const struct directory_found *organisations;
    size_t organisation_count;
    const char *organisations_href; /* more of them; NULL */
    const struct search_result *result;
    const char *total;
    const struct search_row *rows;
    size_t row_count;
    const struct search_narrows *narrows;
    size_t narrow_count;
    const char *previous_href, *next_href, *clear_href;
};

#endif
