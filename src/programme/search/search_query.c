/* SPDX-License-Identifier: MIT */
/* search_query.c - questions in the form of FTS5 and of PostgreSQL's tsquery. */
#include "programme/search/search_query.h"

#include <string.h>

#include "platform/store/store.h"

enum { QUESTION_BYTES_MAX = 64 * 1024 };

/* ---- what was typed ---- */

static struct search_term term_at(const struct search_words *words, size_t at, size_t length)
{
    struct search_term term = {.typed = "", .concept = words->word[at].concept};
    for (size_t i = at; i < at + length && term.count < SEARCH_PHRASE_WORDS_MAX; i++)
        if (words->word[i].stem[0] != '\0')
            term.stem[term.count++] = words->word[i].stem;
    if (length == 1)
        term.typed = words->word[at].folded;
    return term;
}

struct search_terms search_terms_of(struct mem *mem, const struct search_reader *reader,
                                    const char *typed)
{
    struct search_terms terms = {.count = 0};
    struct search_words words = search_words_of(mem, reader, typed);
    terms.word_count = words.count;
    for (size_t i = 0; i < words.count && terms.count < SEARCH_TERMS_MAX;) {
        size_t length = words.word[i].concept_words > 0 ? words.word[i].concept_words : 1;
        if (words.word[i].stem[0] != '\0')
            terms.term[terms.count++] = term_at(&words, i, length);
        i += length;
    }
    return terms;
}

/* ---- asking ---- */

struct search_question search_question(struct ctx *ctx)
{
    return (struct search_question){.text = text_build(ctx->mem, QUESTION_BYTES_MAX),
                                    .is_postgresql = store_is_postgresql(ctx->store)};
}

void search_ask_join(struct search_question *question, enum search_join join)
{
    static const char *const sqlite[] = {" AND ", " OR ", " NOT "};
    static const char *const postgresql[] = {" & ", " | ", " & !"};
    text_add(&question->text, question->is_postgresql ? postgresql[join] : sqlite[join]);
}

void search_ask_open(struct search_question *question)
{
    text_add(&question->text, "(");
}

void search_ask_close(struct search_question *question)
{
    text_add(&question->text, ")");
}

void search_ask_word(struct search_question *question, const char *mark, const char *word)
{
    const char *quote = question->is_postgresql ? "'" : "\"";
    text_add(&question->text, quote);
    text_add(&question->text, mark);
    text_add(&question->text, word);
    text_add(&question->text, quote);
}

void search_ask_begun(struct search_question *question, const char *word)
{
    search_ask_word(question, "", word);
    text_add(&question->text, question->is_postgresql ? ":*" : "*");
}

static void ask_term(struct search_question *question, const struct search_term *term,
                     const char *mark)
{
    search_ask_open(question);
    if (term->concept != NULL) {
        search_ask_word(question, mark, term->concept);
        if (term->count > 0)
            search_ask_join(question, SEARCH_OR);
    }
    search_ask_open(question);
    for (size_t i = 0; i < term->count; i++) {
        if (i > 0)
            search_ask_join(question, term->is_any ? SEARCH_OR : SEARCH_AND);
        search_ask_word(question, mark, term->stem[i]);
    }
    search_ask_close(question);
    search_ask_close(question);
}

void search_ask_terms(struct search_question *question, const struct search_terms *terms,
                      const char *mark, bool any)
{
    search_ask_open(question);
    for (size_t i = 0; i < terms->count; i++) {
        if (i > 0)
            search_ask_join(question, any ? SEARCH_OR : SEARCH_AND);
        ask_term(question, &terms->term[i], mark);
    }
    search_ask_close(question);
}

const char *search_asked_text(struct search_question *question)
{
    const char *text = "";
    return text_build_end(&question->text, &text) == OK ? text : "";
}
