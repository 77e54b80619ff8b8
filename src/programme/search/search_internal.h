/* SPDX-License-Identifier: MIT */
/*
 * search_internal.h - what the parts of searching share.  For this folder only.
 *
 * The marks in the text of a document.  A stem alone: the document has the word.  "t:" before it:
 * its title does; "a:": it is about it, for title, summary or organisation have it, or the body
 * often.  "k:", "s:", "p:", "r:" and a code: its kind, stages, pillars, region.  "x:r": not
 * everybody may see it, and "x:21": who has that access may.
 */
#ifndef PROGRAMME_SEARCH_SEARCH_INTERNAL_H
#define PROGRAMME_SEARCH_SEARCH_INTERNAL_H

#include "programme/search/search.h"
#include "programme/search/search_words.h"

/* Documents that everybody may see have lower numbers than this, the others higher ones. */
#define SEARCH_PUBLIC_END (INT64_C(7) << 59)

/* Where a kind stands among the kinds, from 1 for the first; 0: there is none such. */
int search_kind_place(const char *kind);

/* What is kept of a document in search_text, search_title and search_known. */
struct search_index {
    const char *text;
    const char *title;
    const char *const *word; /* folded, without digits, each once, with its stem beside it */
    const char *const *stem;
    size_t word_count;
};

/* Reads a document. */
struct search_index search_index_of(struct mem *mem, const struct search_reader *reader,
                                    const struct search_document *document);

/* Writes and removes what was read. */
MUST_CHECK enum status search_index_add(struct ctx *ctx, int64_t id,
                                        const struct search_document *document,
                                        const struct search_index *index);
MUST_CHECK enum status search_index_drop(struct ctx *ctx, int64_t id);

/* Reads every document again by the rules in force (search_remake.c). */
MUST_CHECK enum status search_remake(struct ctx *ctx);

#endif
