/* SPDX-License-Identifier: MIT */
/*
 * search_query.h - what was typed, as a question to the engine.  For this folder only.
 *
 * Both engines are asked for marks and stems joined by "and", "or" and "not"; only how that is
 * written differs.  A stem holds letters and digits alone, so nothing that was typed can be an
 * operator: quotes, stars and brackets fell away when the words were cut.
 */
#ifndef PROGRAMME_SEARCH_SEARCH_QUERY_H
#define PROGRAMME_SEARCH_SEARCH_QUERY_H

#include "platform/base/text.h"
#include "programme/search/search_words.h"

enum { SEARCH_TERMS_MAX = 10, SEARCH_CHOICES_MAX = 4 };

/* One thing that must be there: a word, or one of a few that it may be meant for, or a concept. */
struct search_term {
    const char *concept;                       /* NULL: none */
    const char *stem[SEARCH_PHRASE_WORDS_MAX]; /* all of these, besides the concept; of a word that
                                                  was mended: any of these                     */
    size_t count;
    bool is_any;
    const char *typed; /* the word as it was folded; "" of a phrase */
};

struct search_terms {
    struct search_term term[SEARCH_TERMS_MAX];
    size_t count;
    size_t word_count; /* that were typed, common ones too */
};

/* The terms of what was typed; of more than SEARCH_TERMS_MAX the first. */
struct search_terms search_terms_of(struct mem *mem, const struct search_reader *reader,
                                    const char *typed);

/* Builds a question, piece by piece. */
struct search_question {
    struct text_builder text;
    bool is_postgresql;
};
struct search_question search_question(struct ctx *ctx);

enum search_join { SEARCH_AND, SEARCH_OR, SEARCH_NOT };
void search_ask_join(struct search_question *question, enum search_join join);
void search_ask_open(struct search_question *question);
void search_ask_close(struct search_question *question);
void search_ask_word(struct search_question *question, const char *mark, const char *word);
/* The last word may be unfinished. */
void search_ask_begun(struct search_question *question, const char *word);

/* All terms, or any, each with the mark ("", "t:", "a:") before its words. */
void search_ask_terms(struct search_question *question, const struct search_terms *terms,
                      const char *mark, bool any);

const char *search_asked_text(struct search_question *question);

#endif
