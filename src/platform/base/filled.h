/* SPDX-License-Identifier: MIT */
/*
 * filled.h - what a filled-in form holds, and what is wrong with it.
 *
 * The structs that forms fill are made of these types and of plain text.  They stand in base, not
 * in web, so that the rules of a capability can read a draft and add problems without knowing
 * anything of pages.
 */
#ifndef PLATFORM_BASE_FILLED_H
#define PLATFORM_BASE_FILLED_H

#include "platform/base/ctx.h"

#include <stddef.h>

struct form_number {
    bool is_given; /* false: not answered, which is not 0 */
    int64_t n;     /* money: pence; percent: 0 to 100     */
};

enum form_yes_no { FORM_UNANSWERED, FORM_YES, FORM_NO };

struct form_several {
    const char **codes; /* as in the options, in their order */
    size_t count;
};

struct form_address {
    const char *line_1, *line_2, *town, *county, *postcode; /* "" when not given */
};

struct form_days {
    const char *first_on, *last_on; /* YYYY-MM-DD, both or neither ("") */
};

/* Something found by typing: an organisation, a school, a place. */
struct form_found {
    const char *key;    /* how it is named in addresses and JSON, e.g. an ODS code; "" for none */
    const char *label;  /* how people know it                                                   */
    const char *detail; /* a second line that tells it from its like: town, postcode, code      */
    int64_t id;
};

struct form_file {
    int64_t upload_id; /* 0: none */
    const char *name;
    int64_t size_bytes;
    const char *owner; /* who has it until upload_claim gives it to another */
};

/* A repeated group: items is an array of the group's struct. */
struct form_list {
    void *items;
    size_t count;
};

enum { FORM_PROBLEMS_MAX = 100 };

/* All that is wrong, in the order of the fields. */
struct form_problems {
    struct form_problem {
        const char *field; /* "due_on", "actions-2-measure" */
        const char *text;  /* a sentence for the person     */
    } items[FORM_PROBLEMS_MAX];
    size_t count;
};

/* Adds a problem; a field keeps its first.  More than the maximum are dropped. */
void form_wrong(struct form_problems *problems, const char *field, const char *text);

/* What is wrong with that field, or NULL. */
const char *form_problem_of(const struct form_problems *problems, const char *field);

#endif
