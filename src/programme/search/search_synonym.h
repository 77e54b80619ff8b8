/* SPDX-License-Identifier: MIT */
/*
 * search_synonym.h - which words and phrases mean the same, from the pack "synonyms".  For this
 * folder only.
 */
#ifndef PROGRAMME_SEARCH_SEARCH_SYNONYM_H
#define PROGRAMME_SEARCH_SEARCH_SYNONYM_H

#include "programme/search/search_words.h"

#define SEARCH_SYNONYMS_PACK "synonyms"

struct search_synonyms;

/* The groups of the newest pack; worked out once until the store changes.  reader is asked for the
 * stems of phrases, and must know no groups yet. */
MUST_CHECK enum status search_synonyms(struct ctx *ctx, const struct search_reader *reader,
                                       const struct search_synonyms **out);

/* Names what is in them. */
const char *search_synonyms_version(const struct search_synonyms *synonyms);

/* The concept that the words from `at` on stand for, by the longest phrase that fits, and how many
 * words that takes; NULL: none. */
const char *search_synonym_at(const struct search_synonyms *synonyms,
                              const struct search_words *words, size_t at, size_t *words_out);

#endif
