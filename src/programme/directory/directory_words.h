/* SPDX-License-Identifier: MIT */
/*
 * directory_words.h - how names and what is typed become words.  For this folder only.
 *
 * Both pass the same way, so that they meet: folded, "saint" as "st", "healthcare" also as "health"
 * and "care".
 */
#ifndef PROGRAMME_DIRECTORY_DIRECTORY_WORDS_H
#define PROGRAMME_DIRECTORY_DIRECTORY_WORDS_H

#include "platform/base/ctx.h"

#include <stddef.h>

enum { WORDS_MAX = 40, WORD_BYTES_MAX = 40, WORD_BYTES_MENDED = 4 };

struct words {
    const char *word[WORDS_MAX];
    size_t count;
};

/* The words of a text, at most WORDS_MAX, each cut to WORD_BYTES_MAX. */
struct words words_of(struct mem *mem, const char *text);

#endif
