/* SPDX-License-Identifier: MIT */
/*
 * search_words.c - texts cut into words, folded, brought to their stems, joined to concepts.
 *
 * A run of letters and digits is a word; an apostrophe belongs to it, and all signs of other
 * scripts do, but the general punctuation of Unicode.
 */
#include "programme/search/search_words.h"

#include <ctype.h>
#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "platform/base/text.h"
#include "programme/search/search_synonym.h"

/* A change of the rules here is another mark, so that documents are read anew. */
#define RULES "1"

struct search_reader {
    struct sb_stemmer *stemmer;
    const struct search_synonyms *synonyms;
    const char *mark;
};

/* ---- words that every text has ---- */

/* In the order of their bytes. */
static const char *const common[] = {
    "a",    "about", "am",   "an",   "and",  "any",  "are",  "as",   "at",    "be",    "been",
    "but",  "by",    "can",  "did",  "do",   "does", "for",  "from", "had",   "has",   "have",
    "how",  "i",     "if",   "in",   "into", "is",   "it",   "its",  "me",    "my",    "of",
    "on",   "or",    "our",  "she",  "so",   "than", "that", "the",  "their", "them",  "then",
    "they", "this",  "to",   "us",   "was",  "we",   "were", "what", "when",  "where", "which",
    "who",  "why",   "will", "with", "you",  "your"};

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_common(const char *word)
{
    return bsearch(&word, common, sizeof common / sizeof common[0], sizeof common[0],
                   compare_texts) != NULL;
}

/* ---- cutting ---- */

/* How many bytes of a word stand at `at`: 0 where a word ends. */
static size_t letter_bytes(const unsigned char *at)
{
    if (isalnum(at[0]) != 0 || at[0] == '\'')
        return 1;
    if (at[0] < 0xc2)
        return 0;
    if (at[0] == 0xc2) /* signs of Latin-1; the ordinal and micro signs are folded away */
        return 0;
    if (at[0] == 0xe2 && at[1] == 0x80) /* general punctuation, but ’ */
        return at[2] == 0x99 ? 3 : 0;
    size_t length = at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : 2;
    for (size_t i = 1; i < length; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

static size_t sign_bytes(const unsigned char *at)
{
    size_t length = 1;
    while (at[0] >= 0xc0 && (at[length] & 0xc0) == 0x80)
        length++;
    return length;
}

/* Folded; letters of ASCII, which nearly all are, without a call. */
static const char *folded_of(struct mem *mem, const char *at, size_t length)
{
    char small[SEARCH_WORD_BYTES_MAX + 1];
    size_t used = 0;
    for (size_t i = 0; i < length && used < SEARCH_WORD_BYTES_MAX; i++) {
        unsigned char c = (unsigned char)at[i];
        if (c >= 0x80)
            return text_fold(mem, mem_text_part(mem, at, length));
        if (c != '\'')
            small[used++] = (char)tolower(c);
    }
    small[used] = '\0';
    return mem_text(mem, small);
}

/* Cut to so many bytes, where a character ends. */
static const char *cut(struct mem *mem, const char *at, size_t length)
{
    if (length > SEARCH_WORD_BYTES_MAX)
        length = SEARCH_WORD_BYTES_MAX;
    while (length > 0 && ((unsigned char)at[length] & 0xc0) == 0x80)
        length--;
    return mem_text_part(mem, at, length);
}

static const char *stem_of(const struct search_reader *reader, struct mem *mem, const char *word)
{
    const sb_symbol *stem =
        sb_stemmer_stem(reader->stemmer, (const sb_symbol *)word, (int)strlen(word));
    return stem == NULL
               ? word
               : mem_text_part(mem, (const char *)stem, (size_t)sb_stemmer_length(reader->stemmer));
}

static void add_word(struct mem *mem, const struct search_reader *reader,
                     struct search_words *words, const struct search_word *word)
{
    if (words->count == words->room)
        return;
    struct search_word *to = &words->word[words->count++];
    *to = *word;
    to->stem = is_common(word->folded) ? "" : stem_of(reader, mem, word->folded);
}

/* A run gives a word, or several where folding finds signs in it. */
static void add_run(struct mem *mem, const struct search_reader *reader, struct search_words *words,
                    const char *text, struct search_word run)
{
    const char *folded = folded_of(mem, text + run.at_bytes, run.length_bytes);
    for (const char *at = folded; *at != '\0';) {
        size_t length = strcspn(at, " ");
        run.folded = cut(mem, at, length);
        if (length > 0)
            add_word(mem, reader, words, &run);
        at += length + (at[length] == ' ');
    }
}

/* ---- concepts ---- */

static void find_concepts(const struct search_reader *reader, struct search_words *words)
{
    if (reader->synonyms == NULL)
        return;
    for (size_t i = 0; i < words->count; i++) {
        size_t length = 0;
        const char *concept = search_synonym_at(reader->synonyms, words, i, &length);
        if (concept == NULL)
            continue;
        words->word[i].concept_words = length;
        for (size_t n = 0; n < length; n++)
        words->word[i + n].concept = concept;
        i += length - 1;
    }
}

/* ---- the door ---- */

static void end_stemmer(void *stemmer)
{
    sb_stemmer_delete(stemmer);
}

enum status search_reader_open_plain(struct ctx *ctx, struct search_reader **out)
{
    struct search_reader *reader = mem_new(ctx->mem, struct search_reader);
    reader->stemmer = sb_stemmer_new("english", NULL);
    if (reader->stemmer == NULL)
        return ctx_fail(ctx, ERR_FAULT, "there is no stemmer for English");
    mem_at_end(ctx->mem, end_stemmer, reader->stemmer);
    reader->mark = RULES;
    *out = reader;
    return OK;
}

enum status search_reader_open(struct ctx *ctx, struct search_reader **out)
{
    const struct search_synonyms *synonyms = NULL;
    TRY(search_reader_open_plain(ctx, out));
    TRY(search_synonyms(ctx, *out, &synonyms));
    (*out)->synonyms = synonyms;
    (*out)->mark = mem_format(ctx->mem, RULES " %s", search_synonyms_version(synonyms));
    return OK;
}

const char *search_reader_mark(const struct search_reader *reader)
{
    return reader->mark;
}

struct search_words search_words_of(struct mem *mem, const struct search_reader *reader,
                                    const char *text)
{
    struct search_words words = {.count = 0};
    /* A word begins behind a sign, or where folding cuts a run of other scripts. */
    size_t length_bytes = strlen(text), runs = 0;
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t i = 0; i < length_bytes; i++)
        runs += bytes[i] >= 0x80 || (i > 0 && isalnum(bytes[i - 1]) == 0);
    words.room = runs + 2;
    words.word = mem_array(mem, struct search_word, words.room);
    for (size_t at = 0; at < length_bytes;) {
        size_t letter = letter_bytes(bytes + at), end = at;
        while (end < length_bytes && (letter = letter_bytes(bytes + end)) > 0)
            end += letter;
        if (end > at)
            add_run(mem, reader, &words, text,
                    (struct search_word){.at_bytes = at, .length_bytes = end - at});
        at = end > at ? end : at + sign_bytes(bytes + at);
    }
    find_concepts(reader, &words);
    return words;
}
