/* SPDX-License-Identifier: MIT */
/*
 * csv_write.c - writes rows of cells by copying runs.
 *
 * A cell is looked at once, by a table of what each byte asks for; most ask for nothing and the
 * whole cell is one memcpy.  There is no printf on the way: a listing of a million rows is written
 * here.
 */
#include "platform/document/csv.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM_BYTES = CSV_DRAIN_BYTES + 4096, NUMBER_BYTES = 32 };

/* Bytes that make quotation marks necessary.  Semicolon and TAB are separators to a spreadsheet
 * set to another country. */
static const unsigned char asks_quotes[256] = {
    ['"'] = 1, [','] = 1, ['\r'] = 1, ['\n'] = 1, [';'] = 1, ['\t'] = 1,
};

static const unsigned char asks_apostrophe[256] = {
    ['='] = 1, ['+'] = 1, ['-'] = 1, ['@'] = 1, ['\t'] = 1, ['\r'] = 1, ['\n'] = 1,
};

static void make_room(struct csv_writer *out, size_t more_bytes)
{
    size_t wanted = out->length_bytes + more_bytes;
    size_t room = out->room_bytes * 2;
    if (room < wanted)
        room = wanted;
    assert(room <= CSV_UNDRAINED_BYTES);
    struct mem *old = out->room;
    out->room = mem_child(out->mem);
    char *text = mem_bytes(out->room, room);
    memcpy(text, out->text, out->length_bytes);
    mem_end(old);
    out->text = text;
    out->room_bytes = room;
}

static inline char *room_for(struct csv_writer *out, size_t more_bytes)
{
    if (out->room_bytes - out->length_bytes < more_bytes)
        make_room(out, more_bytes);
    return out->text + out->length_bytes;
}

static bool is_plain_number(const char *text, size_t length)
{
    size_t i = text[0] == '-' || text[0] == '+';
    size_t digits = 0;
    for (; i < length && text[i] >= '0' && text[i] <= '9'; i++)
        digits++;
    if (digits == 0)
        return false;
    if (i < length && text[i] == '.') {
        size_t point = i++;
        while (i < length && text[i] >= '0' && text[i] <= '9')
            i++;
        if (i == point + 1)
            return false;
    }
    return i == length;
}

/* U+FF1D, U+FF0B, U+FF0D, U+FF20: spreadsheets take them for = + - @ in some languages. */
static bool begins_full_width(const char *text, size_t length)
{
    return length >= 3 && memcmp(text, "\xEF\xBC", 2) == 0 &&
           ((unsigned char)text[2] == 0x9D || (unsigned char)text[2] == 0x8B ||
            (unsigned char)text[2] == 0x8D || (unsigned char)text[2] == 0xA0);
}

static bool is_formula(const char *text, size_t length)
{
    unsigned char first = (unsigned char)text[0];
    if (asks_apostrophe[first] != 0)
        return !is_plain_number(text, length);
    return first == 0xEF && begins_full_width(text, length);
}

static char *copy_quoted(char *to, const char *text, size_t length, bool with_apostrophe)
{
    const char *end = text + length;
    *to++ = '"';
    if (with_apostrophe)
        *to++ = '\'';
    while (text < end) {
        const char *mark = memchr(text, '"', (size_t)(end - text));
        size_t run = (size_t)((mark != NULL ? mark + 1 : end) - text);
        memcpy(to, text, run);
        to += run;
        text += run;
        if (mark != NULL)
            *to++ = '"';
    }
    *to++ = '"';
    return to;
}

void csv_write_begin(struct csv_writer *out, struct mem *mem, bool with_byte_order_mark)
{
    *out = (struct csv_writer){.mem = mem, .room_bytes = FIRST_ROOM_BYTES};
    out->room = mem_child(mem);
    out->text = mem_bytes(out->room, FIRST_ROOM_BYTES);
    if (with_byte_order_mark) {
        memcpy(out->text, "\xEF\xBB\xBF", 3);
        out->length_bytes = 3;
    }
}

void csv_write_text_part(struct csv_writer *out, const char *text, size_t length_bytes)
{
    char *to = room_for(out, length_bytes * 2 + 4);
    if (out->is_row_begun)
        *to++ = ',';
    out->is_row_begun = true;
    if (length_bytes > 0) {
        unsigned char quotes = 0;
        for (size_t i = 0; i < length_bytes; i++)
            quotes |= asks_quotes[(unsigned char)text[i]];
        bool formula = is_formula(text, length_bytes);
        if (quotes != 0) {
            to = copy_quoted(to, text, length_bytes, formula);
        } else {
            if (formula)
                *to++ = '\'';
            memcpy(to, text, length_bytes);
            to += length_bytes;
        }
    }
    out->length_bytes = (size_t)(to - out->text);
}

void csv_write_text(struct csv_writer *out, const char *text)
{
    csv_write_text_part(out, text, text != NULL ? strlen(text) : 0);
}

/* A number is never a formula, so it goes past the look at its bytes. */
static void write_number(struct csv_writer *out, const char *digits, size_t length)
{
    char *to = room_for(out, length + 1);
    if (out->is_row_begun)
        *to++ = ',';
    out->is_row_begun = true;
    memcpy(to, digits, length);
    out->length_bytes = (size_t)(to - out->text) + length;
}

void csv_write_int(struct csv_writer *out, int64_t number)
{
    char digits[NUMBER_BYTES];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (number < 0)
        digits[--at] = '-';
    write_number(out, digits + at, sizeof digits - at);
}

void csv_write_real(struct csv_writer *out, double number)
{
    char digits[NUMBER_BYTES];
    int length = 0;
    for (int precision = 15; isfinite(number) && precision <= 17; precision++) {
        length = snprintf(digits, sizeof digits, "%.*g", precision, number);
        if (strtod(digits, NULL) == number)
            break;
    }
    write_number(out, digits, (size_t)length);
}

void csv_write_row_end(struct csv_writer *out)
{
    memcpy(room_for(out, 2), "\r\n", 2);
    out->length_bytes += 2;
    out->is_row_begun = false;
}

void csv_write_drained(struct csv_writer *out)
{
    out->length_bytes = 0;
}
