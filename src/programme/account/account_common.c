/* SPDX-License-Identifier: MIT */
/*
 * account_common.c - passwords that a guesser tries first.
 *
 * The list (common_passwords.txt) holds what many people chose, in small letters.  People lengthen
 * such a word by digits and signs around it, by writing it twice, or by signs that look like its
 * letters, and guessers know that: so these are undone before looking.
 */
#include "platform/base/text.h"
#include "programme/account/account.h"
#include "programme/account/account_common_list.h"

#include <string.h>

enum { WORD_LEAST = 4, UNIT_SHORT = 4 };

static bool is_listed(struct mem *mem, const char *word, size_t length)
{
    const struct embedded_file *list = &account_common_list[0];
    if (length < WORD_LEAST)
        return false;
    const char *line = mem_format(mem, "\n%.*s\n", (int)length, word);
    return memmem(list->bytes, list->size_bytes, line, length + 2) != NULL;
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Whether the word is listed without the signs and digits at its ends. */
static bool is_listed_inside(struct mem *mem, const char *word, size_t length)
{
    while (length > 0 && !is_letter(word[0]))
        word++, length--;
    while (length > 0 && !is_letter(word[length - 1]))
        length--;
    return is_listed(mem, word, length);
}

/* The length of the shortest part of which the whole is a repetition. */
static size_t unit_of(const char *text, size_t length)
{
    for (size_t unit = 1; unit < length; unit++) {
        size_t i = unit;
        while (i < length && text[i] == text[i - unit])
            i++;
        if (i == length)
            return unit;
    }
    return length;
}

/* "abcdefgh...", "987654321098..." */
static bool is_run(const char *text, size_t length)
{
    int step = length > 1 ? text[1] - text[0] : 0;
    for (size_t i = 1; i < length; i++) {
        int here = text[i] - text[i - 1];
        if (here != step && here != 9 * -step)
            return false;
    }
    return step >= -1 && step <= 1;
}

static void undo_signs(char *text)
{
    static const char signs[] = "@4310$57!8", letters[] = "aaeiosstib";
    for (; *text != '\0'; text++) {
        const char *found = strchr(signs, *text);
        if (found != NULL)
            *text = letters[found - signs];
    }
}

static bool is_common_word(struct mem *mem, const char *text)
{
    size_t length = strlen(text), unit = unit_of(text, length);
    return is_listed(mem, text, length) || is_listed_inside(mem, text, length) ||
           is_run(text, length) || (unit < length && unit <= UNIT_SHORT) ||
           (unit < length && (is_listed(mem, text, unit) || is_listed_inside(mem, text, unit)));
}

bool account_is_common(struct mem *mem, const char *password)
{
    char *text = mem_text(mem, password);
    size_t kept = 0;
    for (const char *c = password; *c != '\0'; c++) {
        char small = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
        if (small != ' ')
            text[kept++] = small;
    }
    text[kept] = '\0';
    if (is_common_word(mem, text))
        return true;
    undo_signs(text);
    return is_common_word(mem, text);
}
