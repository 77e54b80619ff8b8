/* SPDX-License-Identifier: MIT */
/*
 * search_mend.c - one wrong letter in a word is forgiven.
 *
 * Two words that differ by one letter share a piece: the word, or what is left of it without one
 * letter.  So the pieces of what was typed are looked up, and what they lead to is measured.
 */
#include "programme/search/search_find.h"

#include <ctype.h>
#include <jansson.h>
#include <string.h>

#include "platform/store/store.h"
#include "programme/search/search.sql.h"
#include "programme/search/search_internal.h"

enum { MENDED_BYTES_MIN = 4, MENDED_BYTES_MAX = 24, LIKE_MAX = 60 };

static bool may_mend(const struct search_term *term)
{
    size_t length = strlen(term->typed);
    if (term->concept != NULL || length < MENDED_BYTES_MIN || length > MENDED_BYTES_MAX)
        return false;
    for (size_t i = 0; i < length; i++)
        if (isdigit((unsigned char)term->typed[i]) != 0)
            return false;
    return true;
}

/* The word, and the word without each of its letters; json_string leaves out what is cut within a
 * letter of more bytes. */
static const char *pieces_of(struct mem *mem, const char *word)
{
    json_t *array = json_array();
    size_t length = strlen(word);
    json_array_append_new(array, json_string(word));
    for (size_t at = 0; at < length;) {
        size_t bytes = 1;
        while (((unsigned char)word[at + bytes] & 0xc0) == 0x80)
            bytes++;
        json_array_append_new(
            array, json_string(mem_join(mem, mem_text_part(mem, word, at), word + at + bytes, "")));
        at += bytes;
    }
    char *made = json_dumps(array, JSON_COMPACT);
    json_decref(array);
    return made == NULL ? "[]" : mem_text_taken(mem, made, strlen(made));
}

static enum status has_document(struct ctx *ctx, const char *stem, bool *out)
{
    struct search_known_holders_row *rows = NULL;
    size_t count = 0;
    struct search_question question = search_question(ctx);
    search_ask_word(&question, "", stem);
    TRY(search_known_holders(ctx, search_asked_text(&question), SEARCH_PUBLIC_END, 1, &rows,
                             &count));
    *out = count > 0;
    return OK;
}

static bool has_stem(const struct search_term *term, const char *stem)
{
    for (size_t i = 0; i < term->count; i++)
        if (strcmp(term->stem[i], stem) == 0)
            return true;
    return false;
}

/* Known words one letter away, those with the same first letter first. */
static enum status mend_term(struct ctx *ctx, struct search_term *term)
{
    struct search_term mended = {.typed = "", .is_any = true};
    struct search_known_like_row *rows = NULL;
    size_t count = 0;
    TRY(search_known_like(ctx, pieces_of(ctx->mem, term->typed), LIKE_MAX, &rows, &count));
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < count && mended.count < SEARCH_CHOICES_MAX; i++) {
            bool has = false, is_first = rows[i].word[0] == term->typed[0];
            if (is_first != (round == 0) || has_stem(&mended, rows[i].stem) ||
                text_distance(rows[i].word, term->typed, 1) > 1)
                continue;
            TRY(has_document(ctx, rows[i].stem, &has));
            if (!has)
                continue;
            if (mended.count == 0)
                mended.typed = rows[i].word;
            mended.stem[mended.count++] = rows[i].stem;
        }
    if (mended.count > 0)
        *term = mended;
    return OK;
}

static const char *text_of(struct mem *mem, const struct search_terms *terms)
{
    const char *text = "";
    for (size_t i = 0; i < terms->count; i++) {
        const struct search_term *term = &terms->term[i];
        const char *words = term->typed;
        if (words[0] == '\0')
        words = term->concept != NULL ? term->concept + 1 : "";
        text = mem_join(mem, text, text[0] != '\0' ? " " : "", words);
    }
    return text;
}

enum status search_mend(struct ctx *ctx, struct search_terms *terms, const char **mended_out)
{
    bool is_mended = false;
    for (size_t i = 0; i < terms->count; i++) {
        struct search_term *term = &terms->term[i];
        bool has = false;
        if (!may_mend(term))
            continue;
        TRY(has_document(ctx, term->stem[0], &has));
        if (has)
            continue;
        TRY(mend_term(ctx, term));
        is_mended |= term->is_any;
    }
    *mended_out = is_mended ? text_of(ctx->mem, terms) : NULL;
    return OK;
}
