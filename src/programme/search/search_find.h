/* SPDX-License-Identifier: MIT */
/*
 * search_find.h - what fits what was typed, best first, with counts.  For this folder only.
 *
 * A document fits when it has every word, by its stem or its concept.  Those come first that have
 * all words in the title, then those that are about them, then the rest; within these by kind and
 * day (search_put).  Reading stops at SEARCH_FOUND_MAX, and then counts are not told.
 *
 * When nothing fits, a word that no document has may have one letter wrong, missing, too many or
 * swapped with its neighbour; and when then nothing has all the words, documents that have any of
 * them are given.
 */
#ifndef PROGRAMME_SEARCH_SEARCH_FIND_H
#define PROGRAMME_SEARCH_SEARCH_FIND_H

#include "programme/search/search_query.h"

enum {
    SEARCH_FOUND_MAX = 100,
    SEARCH_PAGE_ROWS = 10,
    SEARCH_TYPED_CHARS_MAX = 200,
    SEARCH_CODE_BYTES_MAX = 60
};

/* By what results can be narrowed. */
enum search_facet { SEARCH_BY_KIND, SEARCH_BY_STAGE, SEARCH_BY_PILLAR, SEARCH_BY_REGION };
enum { SEARCH_FACETS = 4, SEARCH_VALUES_MAX = 40 };

/* An access that the person has, and for what area (NULL: everywhere). */
struct search_access {
    int access;
    const char *scope;
};

struct search_asked {
    const char *typed;                    /* cleaned                               */
    const char *chosen[SEARCH_FACETS];    /* codes; "": not narrowed               */
    int page;                             /* from 1                                */
    const struct search_access *accesses; /* for the second scope; NULL: public only */
    size_t access_count;
};

/* A piece of a text; marked: it is one of the words that were asked for. */
struct search_piece {
    const char *text;
    bool is_marked;
};
struct search_pieces {
    struct search_piece *piece;
    size_t count;
};

struct search_hit {
    const char *kind, *key, *href, *title, *summary, *region, *stage, *pillar, *published_on;
    bool is_restricted; /* not everybody may see it */
    struct search_pieces title_pieces, excerpt;
};

/* A code that documents have, and how many; -1: not counted. */
struct search_value {
    const char *code;
    int64_t count;
};

struct search_result {
    enum search_problem {
        SEARCH_FINE,
        SEARCH_NOTHING_TYPED,
        SEARCH_TOO_LONG,
        SEARCH_COMMON_ONLY, /* words that every page has */
        SEARCH_NO_WORDS     /* signs without a letter    */
    } problem;
    struct search_hit *hits;
    size_t hit_count;
    size_t total; /* at most SEARCH_FOUND_MAX               */
    bool is_more; /* there are more than that               */
    int page, page_count;
    struct search_value *values[SEARCH_FACETS];
    size_t value_counts[SEARCH_FACETS];
    const char *mended; /* what was searched for instead; NULL: as typed */
    bool is_any;        /* none has all the words; these have some   */
};

/* ERR_FAULT: the store failed.  Six queries when something fits. */
MUST_CHECK enum status search_find(struct ctx *ctx, const struct search_asked *asked,
                                   struct search_result *out);

/* Whether a code can stand in a mark: letters, digits and dashes. */
bool search_is_code(const char *text);

/* search_mend.c: puts known words in place of those that no document has.  *mended_out: what is
 * searched for then; NULL when nothing was mended. */
MUST_CHECK enum status search_mend(struct ctx *ctx, struct search_terms *terms,
                                   const char **mended_out);

/* search_mark.c: a text with the words that were asked for marked. */
struct search_pieces search_mark(struct mem *mem, const struct search_reader *reader,
                                 const struct search_terms *terms, const char *text);
/* As much of a text as fits under a title, from where its first such word stands. */
struct search_pieces search_excerpt(struct mem *mem, const struct search_reader *reader,
                                    const struct search_terms *terms, const char *const texts[2]);

#endif
