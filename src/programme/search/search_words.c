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

enum { WORDS_FIRST = 32 };

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

static bool is_plain(unsigned char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

/* How many bytes of a word stand at `at`: 0 where a word ends. */
static size_t letter_bytes(const unsigned char *at)
{
    if (is_plain(at[0]) || at[0] == '\'')
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

/* Cut to so many bytes, where a character ends. */
static size_t cut_bytes(const char *at, size_t length)
{
    if (length > SEARCH_WORD_BYTES_MAX)
        length = SEARCH_WORD_BYTES_MAX;
    while (length > 0 && ((unsigned char)at[length] & 0xc0) == 0x80)
        length--;
    return length;
}

/* One text under way.  Words and stems stand in two buffers of its own. */
struct cutting {
    struct mem *mem;
    const struct search_reader *reader;
    const char *text;
    const bool *initials; /* words that begin otherwise are passed; NULL: none is */
    struct search_words words;
    char *folded, *stems; /* where the next goes */
    char *folded_end, *stems_end;
};

static const char *copy_into(char **at, const char *end, const char *from, size_t length)
{
    char *to = *at;
    if (length + 1 > (size_t)(end - to))
        return ""; /* folding made the text longer than it was: the rest is left out */
    memcpy(to, from, length);
    to[length] = '\0';
    *at = to + length + 1;
    return to;
}

static const char *stem_of(struct cutting *c, const char *word, size_t length)
{
    if (is_common(word))
        return "";
    const sb_symbol *stem =
        sb_stemmer_stem(c->reader->stemmer, (const sb_symbol *)word, (int)length);
    if (stem == NULL)
        return word;
    size_t stem_length = (size_t)sb_stemmer_length(c->reader->stemmer);
    if (stem_length == length && memcmp(stem, word, length) == 0)
        return word;
    return copy_into(&c->stems, c->stems_end, (const char *)stem, stem_length);
}

static void make_room(struct cutting *c)
{
    if (c->words.count < c->words.room)
        return;
    size_t room = c->words.room == 0 ? WORDS_FIRST : 2 * c->words.room;
    struct search_word *more =
        mem_room(c->mem, room * sizeof *more); /* bounded by the text: a byte a word at least */
    if (c->words.count > 0)
        memcpy(more, c->words.word, c->words.count * sizeof *more);
    c->words.word = more;
    c->words.room = room;
}

static void add_word(struct cutting *c, const struct search_word *run, const char *at,
                     size_t length)
{
    length = cut_bytes(at, length);
    if (length == 0 || (c->initials != NULL && !c->initials[(unsigned char)at[0]]))
        return;
    make_room(c);
    struct search_word word = *run;
    word.folded = copy_into(&c->folded, c->folded_end, at, length);
    word.stem = stem_of(c, word.folded, strlen(word.folded));
    if (word.folded[0] != '\0')
        c->words.word[c->words.count++] = word;
}

/* Letters of ASCII, which nearly all are, are folded here. */
static bool add_plain(struct cutting *c, const struct search_word *run)
{
    char small[SEARCH_WORD_BYTES_MAX + 1];
    size_t used = 0;
    for (size_t i = 0; i < run->length_bytes && used < SEARCH_WORD_BYTES_MAX; i++) {
        unsigned char letter = (unsigned char)c->text[run->at_bytes + i];
        if (letter >= 0x80)
            return false;
        if (letter != '\'')
            small[used++] = (char)tolower(letter);
    }
    small[used] = '\0';
    add_word(c, run, small, used);
    return true;
}

/* A run gives a word, or several where folding finds signs in it. */
static void add_run(struct cutting *c, const struct search_word *run)
{
    unsigned char first = (unsigned char)c->text[run->at_bytes];
    if (c->initials != NULL && is_plain(first) && !c->initials[first | 0x20])
        return;
    if (add_plain(c, run))
        return;
    const char *folded =
        text_fold(c->mem, mem_text_part(c->mem, c->text + run->at_bytes, run->length_bytes));
    for (const char *at = folded; *at != '\0';) {
        size_t length = strcspn(at, " ");
        add_word(c, run, at, length);
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

static struct search_words cut_text(struct cutting *c)
{
    size_t length_bytes = strlen(c->text);
    const unsigned char *bytes = (const unsigned char *)c->text;
    size_t room_bytes = 2 * length_bytes + 2; /* a zero byte behind each word */
    c->folded = mem_room(c->mem, room_bytes);
    c->stems = mem_room(c->mem, room_bytes);
    c->folded_end = c->folded + room_bytes;
    c->stems_end = c->stems + room_bytes;
    for (size_t at = 0; at < length_bytes;) {
        size_t letter, end = at;
        while (end < length_bytes && (letter = letter_bytes(bytes + end)) > 0)
            end += letter;
        if (end > at)
            add_run(c, &(const struct search_word){.at_bytes = at, .length_bytes = end - at});
        at = end > at ? end : at + sign_bytes(bytes + at);
    }
    return c->words;
}

struct search_words search_words_of(struct mem *mem, const struct search_reader *reader,
                                    const char *text)
{
    struct cutting cutting = {.mem = mem, .reader = reader, .text = text};
    struct search_words words = cut_text(&cutting);
    find_concepts(reader, &words);
    return words;
}

struct search_words search_words_beginning(struct mem *mem, const struct search_reader *reader,
                                           const char *text, const bool initials[256])
{
    struct cutting cutting = {.mem = mem, .reader = reader, .text = text, .initials = initials};
    return cut_text(&cutting);
}
