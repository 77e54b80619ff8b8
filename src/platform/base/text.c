/* SPDX-License-Identifier: MIT */
/*
 * text.c - the border that text passes once, and measuring and cutting it.
 *
 * text_clean works in this order: refuse, drop and replace single characters, NFC, trim.  NFC
 * comes after dropping because a dropped character can stand between a letter and its accent.
 */
#include "platform/base/text.h"

#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <uninorm.h>
#include <unistr.h>

enum {
    LAST_ASCII = 0x7f,
    ARABIC_LETTER_MARK = 0x061c,
    ZERO_WIDTH_SPACE = 0x200b,
    LEFT_TO_RIGHT_MARK = 0x200e,
    RIGHT_TO_LEFT_MARK = 0x200f,
    LINE_SEPARATOR = 0x2028,
    PARAGRAPH_SEPARATOR = 0x2029,
    BRAILLE_BLANK = 0x2800,
    BYTE_ORDER_MARK = 0xfeff,
    REPLACEMENT = 0xfffd
};

static const uint8_t *units(const char *text)
{
    return (const uint8_t *)text;
}

/* Tab, line feed, vertical tab (a soft line break of word processors), form feed, return. */
static bool is_ascii_break(ucs4_t c)
{
    return c >= '\t' && c <= '\r';
}

static bool is_line_break(ucs4_t c)
{
    return (is_ascii_break(c) && c != '\t') || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
}

static bool is_hidden(ucs4_t c, enum text_kind kind)
{
    if (c == LEFT_TO_RIGHT_MARK || c == RIGHT_TO_LEFT_MARK || c == ARABIC_LETTER_MARK)
        return kind == TEXT_LINE;
    return c == ZERO_WIDTH_SPACE || c == BYTE_ORDER_MARK ||
           (c >= 0x202a && c <= 0x202e) || /* bidi embeddings and overrides                 */
           (c >= 0x2060 && c <= 0x206f);   /* word joiner, invisible operators, bidi isolates */
}

static bool is_unseen(ucs4_t c)
{
    return uc_is_property_white_space(c) || uc_is_property_default_ignorable_code_point(c) ||
           c == BRAILLE_BLANK;
}

enum text_problem text_problem(const char *bytes, size_t length_bytes)
{
    if (length_bytes == 0)
        return TEXT_FINE;
    if (memchr(bytes, 0, length_bytes) != NULL)
        return TEXT_HAS_NUL;
    if (u8_check(units(bytes), length_bytes) != NULL)
        return TEXT_NOT_UTF8;
    for (size_t i = 0; i < length_bytes;) {
        ucs4_t c;
        i += (size_t)u8_mbtouc(&c, units(bytes) + i, length_bytes - i);
        if (is_ascii_break(c) || (c >= ' ' && c < LAST_ASCII))
            continue;
        if (uc_is_general_category(c, UC_CONTROL) || uc_is_property_not_a_character(c))
            return TEXT_HAS_CONTROL;
    }
    return TEXT_FINE;
}

/* Writes what stays of the valid text from into to, which has as much room; gives the length. */
static size_t drop_and_replace(const char *from, size_t length_bytes, enum text_kind kind, char *to)
{
    size_t length = 0;
    for (size_t i = 0; i < length_bytes;) {
        ucs4_t c;
        size_t size = (size_t)u8_mbtouc(&c, units(from) + i, length_bytes - i);
        if (c == '\r' && i + 1 < length_bytes && from[i + 1] == '\n')
            size++;
        if (is_line_break(c)) {
            to[length++] = kind == TEXT_LONG ? '\n' : ' ';
        } else if (c == '\t') {
            to[length++] = ' ';
        } else if (!is_hidden(c, kind)) {
            memcpy(to + length, from + i, size);
            length += size;
        }
        i += size;
    }
    return length;
}

/* Where the text without outer white space begins and ends; both 0 when nothing can be seen. */
static void find_seen(const char *text, size_t length_bytes, size_t *from_out, size_t *to_out)
{
    bool is_seen = false;
    bool has_begun = false;
    *from_out = 0;
    *to_out = 0;
    for (size_t i = 0; i < length_bytes;) {
        ucs4_t c;
        size_t size = (size_t)u8_mbtouc(&c, units(text) + i, length_bytes - i);
        is_seen = is_seen || !is_unseen(c);
        if (!uc_is_property_white_space(c)) {
            *from_out = has_begun ? *from_out : i;
            has_begun = true;
            *to_out = i + size;
        }
        i += size;
    }
    if (!is_seen)
        *from_out = *to_out = 0;
}

static bool is_ascii(const char *text, size_t length_bytes)
{
    for (size_t i = 0; i < length_bytes; i++)
        if ((unsigned char)text[i] > LAST_ASCII)
            return false;
    return true;
}

enum status text_clean(struct mem *mem, const char *bytes, size_t length_bytes, enum text_kind kind,
                       const char **out)
{
    if (text_problem(bytes, length_bytes) != TEXT_FINE)
        return ERR_INVALID;
    char *text = mem_bytes(mem, length_bytes + 1);
    size_t length = drop_and_replace(bytes, length_bytes, kind, text);
    if (!is_ascii(text, length)) {
        uint8_t *normal = u8_normalize(UNINORM_NFC, units(text), length, NULL, &length);
        text = mem_text_taken(mem, normal, length);
    }
    size_t from, to;
    find_seen(text, length, &from, &to);
    text[to] = '\0';
    *out = text + from;
    return OK;
}

const char *text_repair(struct mem *mem, const char *bytes, size_t length_bytes)
{
    char *text = mem_bytes(mem, length_bytes * 3 + 1); /* U+FFFD has three bytes */
    size_t length = 0;
    for (size_t i = 0; i < length_bytes;) {
        ucs4_t c;
        int size = u8_mbtoucr(&c, units(bytes) + i, length_bytes - i);
        if (size < 1 || c == 0) {
            size = 1;
            c = REPLACEMENT;
        }
        length += (size_t)u8_uctomb((uint8_t *)text + length, c, 4);
        i += (size_t)size;
    }
    return text;
}

size_t text_length_chars(const char *text)
{
    return u8_mbsnlen(units(text), strlen(text));
}

/* How many bytes of text to keep so that at most chars_max characters stay. */
static size_t cut_at(const char *text, size_t chars_max)
{
    const uint8_t *end = units(text) + strlen(text);
    const uint8_t *at = units(text);
    const uint8_t *word_end = at;
    size_t chars = 0;
    while (at < end) {
        const uint8_t *next = u8_grapheme_next(at, end);
        chars += u8_mbsnlen(at, (size_t)(next - at));
        ucs4_t c;
        u8_mbtouc(&c, at, (size_t)(end - at));
        if (uc_is_property_white_space(c))
            word_end = at;
        if (chars > chars_max)
            break;
        at = next;
    }
    size_t fits = (size_t)(at - units(text));
    size_t words = (size_t)(word_end - units(text));
    return words * 2 > fits ? words : fits;
}

const char *text_cut(struct mem *mem, const char *text, size_t chars_max)
{
    if (text_length_chars(text) <= chars_max)
        return text;
    char *head = mem_text_part(mem, text, cut_at(text, chars_max - 1));
    size_t from, to;
    find_seen(head, strlen(head), &from, &to);
    head[to] = '\0';
    return mem_format(mem, "%s…", head);
}

bool text_begins(const char *text, const char *part)
{
    return strncmp(text, part, strlen(part)) == 0;
}

bool text_ends(const char *text, const char *part)
{
    size_t length = strlen(text);
    size_t part_length = strlen(part);
    return length >= part_length && strcmp(text + length - part_length, part) == 0;
}
