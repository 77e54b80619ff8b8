/* SPDX-License-Identifier: MIT */
/*
 * search_words.h - how texts and what is typed become words that meet.  For this folder only.
 *
 * A text is cut where people see words end, each word is folded (text_fold) and brought to its stem
 * (Snowball's English rules, in libstemmer), so that "apprentices" meets "apprentice"; words that
 * every text has ("the", "of") are left out.  Words and phrases that mean the same (the pack
 * "synonyms") stand for one concept: "health care assistant" and "HCA" meet in "=hca".
 *
 * All of this happens here and not in the databases, so that SQLite and PostgreSQL find the same:
 * they are given stems and keep where those are.
 */
#ifndef PROGRAMME_SEARCH_SEARCH_WORDS_H
#define PROGRAMME_SEARCH_SEARCH_WORDS_H

#include "platform/base/ctx.h"

#include <stddef.h>

enum { SEARCH_WORD_BYTES_MAX = 40, SEARCH_PHRASE_WORDS_MAX = 6 };

/* One word of a text. */
struct search_word {
    const char *folded;
    const char *stem;              /* "" for a word that is left out                      */
    const char *concept;           /* "=hca" when it is part of a phrase that stands for it; NULL */
    size_t concept_words;          /* of the phrase, at its first word; 0 at the others   */
    size_t at_bytes, length_bytes; /* where it stands in the text */
};

struct search_words {
    struct search_word *word;
    size_t count, room;
};

/* How words are read: the stemmer and the concepts that are in force. */
struct search_reader;

/* For one request or job: lives as long as ctx->mem.  ERR_FAULT: the store failed. */
MUST_CHECK enum status search_reader_open(struct ctx *ctx, struct search_reader **out);

/* The same without concepts, for reading those themselves. */
MUST_CHECK enum status search_reader_open_plain(struct ctx *ctx, struct search_reader **out);

/* Names the rules and the concepts: documents that were read under another mark are read anew. */
const char *search_reader_mark(const struct search_reader *reader);

/* The words of a text, in order. */
struct search_words search_words_of(struct mem *mem, const struct search_reader *reader,
                                    const char *text);

#endif
