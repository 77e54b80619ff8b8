/* SPDX-License-Identifier: MIT */
/*
 * search_mark.c - shows where the words stand that were asked for.
 *
 * Gives pieces of plain text; the view puts them between marks and escapes each.
 */
#include "programme/search/search_find.h"

#include <string.h>

enum { EXCERPT_CHARS = 220, BEFORE_BYTES = 60, SCANNED_BYTES = 6000 };

static bool is_asked(const struct search_terms *terms, const struct search_word *word)
{
    for (size_t i = 0; i < terms->count; i++) {
        const struct search_term *term = &terms->term[i];
        if (word->stem[0] == '\0')
            return false;
        if (term->concept != NULL && word->concept != NULL &&
            strcmp(term->concept, word->concept) == 0)
            return true;
        for (size_t n = 0; n < term->count; n++)
            if (strcmp(term->stem[n], word->stem) == 0)
                return true;
    }
    return false;
}

/* The words of a text, with the stems that can be asked for; concepts only when one is. */
static struct search_words read_text(struct mem *mem, const struct search_reader *reader,
                                     const struct search_terms *terms, const char *text)
{
    bool initials[256] = {false};
    for (size_t i = 0; i < terms->count; i++) {
        const struct search_term *term = &terms->term[i];
        if (term->concept != NULL)
            return search_words_of(mem, reader, text);
        for (size_t n = 0; n < term->count; n++)
            initials[(unsigned char)term->stem[n][0]] = true;
    }
    return search_words_beginning(mem, reader, text, initials);
}

static void add_piece(struct mem *mem, struct search_pieces *to, const char *text, size_t length,
                      bool is_marked)
{
    if (length > 0)
        to->piece[to->count++] = (struct search_piece){mem_text_part(mem, text, length), is_marked};
}

struct search_pieces search_mark(struct mem *mem, const struct search_reader *reader,
                                 const struct search_terms *terms, const char *text)
{
    struct search_pieces pieces = {.count = 0};
    struct search_words words = read_text(mem, reader, terms, text);
    size_t at = 0;
    pieces.piece = mem_array(mem, struct search_piece, 2 * words.count + 1);
    for (size_t i = 0; i < words.count; i++) {
        const struct search_word *word = &words.word[i];
        if (word->at_bytes < at || !is_asked(terms, word))
            continue; /* the second word of one run, or none of ours */
        add_piece(mem, &pieces, text + at, word->at_bytes - at, false);
        add_piece(mem, &pieces, text + word->at_bytes, word->length_bytes, true);
        at = word->at_bytes + word->length_bytes;
    }
    add_piece(mem, &pieces, text + at, strlen(text) - at, false);
    return pieces;
}

static bool has_mark(const struct search_pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++)
        if (pieces->piece[i].is_marked)
            return true;
    return false;
}

/* Where an excerpt begins: some words before the first that was asked for. */
static size_t start_of(const struct search_words *words, const struct search_terms *terms,
                       const char *text)
{
    for (size_t i = 0; i < words->count; i++) {
        size_t at = words->word[i].at_bytes;
        if (!is_asked(terms, &words->word[i]))
            continue;
        if (at <= BEFORE_BYTES)
            return 0;
        const char *from = memchr(text + at - BEFORE_BYTES, ' ', BEFORE_BYTES);
        return from == NULL ? at : (size_t)(from + 1 - text);
    }
    return SIZE_MAX;
}

/* A heading, or an item of a list, that ends without a mark is told apart from what follows. */
static const char *one_line(struct mem *mem, const char *text)
{
    size_t length = strnlen(text, SCANNED_BYTES);
    while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--; /* not within a letter */
    struct text_builder line = text_build(mem, (size_t)SCANNED_BYTES * 2);
    for (size_t i = 0; i < length;) {
        size_t part = strcspn(text + i, "\n");
        part = part < length - i ? part : length - i;
        text_add_part(&line, text + i, part);
        i += part;
        bool is_ended = part == 0 || strchr(".:;,!?", text[i - 1]) != NULL;
        i += strspn(text + i, "\n");
        if (i < length)
            text_add(&line, is_ended ? " " : ". ");
    }
    const char *out;
    return text_build_end(&line, &out) == OK ? out : "";
}

static struct search_pieces from_body(struct mem *mem, const struct search_reader *reader,
                                      const struct search_terms *terms, const char *body)
{
    const char *text = one_line(mem, body);
    struct search_words words = read_text(mem, reader, terms, text);
    size_t start = start_of(&words, terms, text);
    if (start == SIZE_MAX)
        return (struct search_pieces){.count = 0};
    const char *shown = text_cut(mem, text + start, EXCERPT_CHARS);
    return search_mark(mem, reader, terms, start > 0 ? mem_join(mem, "… ", shown, "") : shown);
}

struct search_pieces search_excerpt(struct mem *mem, const struct search_reader *reader,
                                    const struct search_terms *terms, const char *const texts[2])
{
    const char *summary = text_cut(mem, texts[0], EXCERPT_CHARS);
    struct search_pieces pieces = search_mark(mem, reader, terms, summary);
    if (has_mark(&pieces) || texts[1][0] == '\0')
        return pieces;
    struct search_pieces body = from_body(mem, reader, terms, texts[1]);
    if (body.count == 0 && pieces.count == 0)
        body =
            search_mark(mem, reader, terms, text_cut(mem, one_line(mem, texts[1]), EXCERPT_CHARS));
    return body.count > 0 ? body : pieces;
}
