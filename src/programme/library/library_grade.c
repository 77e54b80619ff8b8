/* SPDX-License-Identifier: MIT */
/* library_grade.c - how hard a text is to read. */
#include "programme/library/library.h"

#include <string.h>

#include "programme/library/library_block.h"

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool is_vowel(char c)
{
    return strchr("aeiouy", c) != NULL && c != '\0';
}

/* Groups of vowels, without an e that is not spoken at the end; at least one. */
static int syllables(const char *word, size_t length)
{
    int count = 0;
    bool was_vowel = false;
    for (size_t i = 0; i < length; i++) {
        bool is_one = is_vowel(small(word[i]));
        count += is_one && !was_vowel;
        was_vowel = is_one;
    }
    bool ends_in_e = length > 2 && small(word[length - 1]) == 'e' &&
                     !is_vowel(small(word[length - 2])) && small(word[length - 2]) != 'l';
    bool ends_in_ed = length > 3 && small(word[length - 1]) == 'd' &&
                      small(word[length - 2]) == 'e' && !is_vowel(small(word[length - 3])) &&
                      strchr("td", small(word[length - 3])) == NULL;
    count -= (ends_in_e || ends_in_ed) && count > 1;
    return count > 0 ? count : 1;
}

struct counts {
    int64_t sentences, words, syllables;
};

/* The words of one line.  Sentences end with a full stop, and with the line. */
static void count_line(const char *line, struct counts *out)
{
    bool has_words = false;
    for (const char *c = line; *c != '\0';) {
        size_t length = 0;
        while (is_letter((unsigned char)c[length]) || (length > 0 && c[length] == '\''))
            length++;
        if (length > 0) {
            out->words++;
            out->syllables += syllables(c, length);
            has_words = true;
            c += length;
            continue;
        }
        bool is_end = (*c == '.' || *c == '!' || *c == '?') && (c[1] == ' ' || c[1] == '\0');
        if (is_end && has_words) {
            out->sentences++;
            has_words = false;
        }
        c++;
    }
    out->sentences += has_words;
}

static bool is_sentence(const char *line)
{
    size_t length = strlen(line);
    while (length > 0 && line[length - 1] == ' ')
        length--;
    return length > 0 && strchr(".!?", line[length - 1]) != NULL;
}

/* Headings, facts and items of a list are short and would make a text look easier than it is: only
 * lines that end as a sentence count, unless there is none. */
static void count_text(struct mem *mem, const char *text, bool all, struct counts *out)
{
    for (const char *line; (line = library_line_next(mem, &text)) != NULL;)
        if (all || is_sentence(line))
            count_line(line, out);
}

enum status library_grade(struct ctx *ctx, const char *text, int *grade_tenths_out)
{
    const char *plain;
    struct counts counts = {0, 0, 0};
    *grade_tenths_out = 0;
    TRY(library_markdown_words(ctx, text, &plain));
    count_text(ctx->mem, plain, false, &counts);
    if (counts.sentences == 0)
        count_text(ctx->mem, plain, true, &counts);
    if (counts.sentences == 0)
        return OK;
    double grade = 0.39 * (double)counts.words / (double)counts.sentences +
                   11.8 * (double)counts.syllables / (double)counts.words - 15.59;
    *grade_tenths_out = (int)(grade * 10 + (grade < 0 ? -0.5 : 0.5));
    return OK;
}
