/* SPDX-License-Identifier: MIT */
/* search_web.h - what the files of the search pages share; nobody else includes it. */
#ifndef PROGRAMME_SEARCH_SEARCH_WEB_H
#define PROGRAMME_SEARCH_SEARCH_WEB_H

#include "platform/web/web.h"
#include "programme/directory/directory.h"
#include "programme/search/search_find.h"

/* What was recognised by its form, and the organisations that fit. */
struct search_known_forms {
    const char *place; /* a postcode; NULL: none */
    bool is_coded;
    struct organisation organisation; /* whose code was typed */
    struct directory_found *found;
    size_t found_count;
    bool has_more;
};

struct search_outcome {
    struct search_asked asked;
    struct search_result result;
    struct search_known_forms known;
    bool is_mine;   /* the second scope was asked for, by somebody who is signed in */
    bool is_missed; /* nothing of any kind was found */
};

/* Searches for what the request asks. */
MUST_CHECK enum status search_outcome_of(struct web_request *request, struct search_outcome *out);

/* "Case study" */
const char *search_kind_name(const char *kind);

/* What people read for a code of a facet. */
MUST_CHECK enum status search_label(struct ctx *ctx, enum search_facet facet, const char *code,
                                    const char **out);

/* search_json_web.c */
enum status search_json_show(struct web_request *request, struct web_answer *answer);
extern const char search_json_schema[];
enum status search_suggest_show(struct web_request *request, struct web_answer *answer);
extern const char search_suggest_schema[];

#endif
