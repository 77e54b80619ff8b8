/* SPDX-License-Identifier: MIT */
/* import_cell.c - reads cells as what they should be, and says what is wrong with them. */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/directory/import.h"

enum { CODE_CHARS_MAX = 30 };

enum status import_text(struct import *import, const struct csv_row *row, int column,
                        size_t chars_max, const char **out)
{
    const char *cell = csv_cell(row, column);
    *out = "";
    if (text_clean(import->ctx->mem, cell, strlen(cell), TEXT_LINE, out) != OK)
        return import_refuse(import, column, "This holds characters that cannot be shown");
    if (text_length_chars(*out) > chars_max)
        return import_refuse(import, column, "This is longer than %zu characters", chars_max);
    return OK;
}

enum status import_text_needed(struct import *import, const struct csv_row *row, int column,
                               size_t chars_max, const char **out)
{
    TRY(import_text(import, row, column, chars_max, out));
    if ((*out)[0] == '\0')
        return import_refuse(import, column, "This is needed, and there is nothing");
    return OK;
}

enum status import_code(struct import *import, const struct csv_row *row, int column,
                        const char **out)
{
    TRY(import_text_needed(import, row, column, CODE_CHARS_MAX, out));
    for (const char *p = *out; *p != '\0'; p++)
        if (!isalnum((unsigned char)*p) && strchr("-.", *p) == NULL)
            return import_refuse(import, column, "\"%s\" is not a code of letters and digits",
                                 *out);
    return OK;
}

/* "20260401" for the pattern "YYYYMMDD"; false when a digit is missing. */
static bool read_pattern(const char *text, const char *pattern, struct time_parts *out)
{
    *out = (struct time_parts){0};
    if (strlen(text) != strlen(pattern))
        return false;
    for (size_t i = 0; pattern[i] != '\0'; i++) {
        int *part = pattern[i] == 'Y'   ? &out->year
                    : pattern[i] == 'M' ? &out->month
                    : pattern[i] == 'D' ? &out->day
                                        : NULL;
        if (part == NULL ? text[i] != pattern[i] : !isdigit((unsigned char)text[i]))
            return false;
        if (part != NULL)
            *part = *part * 10 + (text[i] - '0');
    }
    return true;
}

enum status import_day(struct import *import, const struct csv_row *row, int column,
                       const char **out)
{
    static const char *const patterns[] = {"YYYYMMDD", "YYYY-MM-DD", "DD-MM-YYYY", "DD/MM/YYYY"};
    const char *cell;
    TRY(import_text(import, row, column, 40, &cell));
    *out = "";
    if (cell[0] == '\0')
        return OK;
    struct time_parts parts;
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        if (read_pattern(cell, patterns[i], &parts) &&
            time_day(import->ctx->mem, parts.year, parts.month, parts.day, out) == OK)
            return OK;
    return import_refuse(import, column, "\"%s\" is not a day", cell);
}

enum status import_postcode(struct import *import, const struct csv_row *row, int column,
                            const char **out)
{
    const char *cell;
    TRY(import_text(import, row, column, 40, &cell));
    *out = "";
    if (cell[0] != '\0' && text_postcode(import->ctx->mem, cell, out) != OK) {
        *out = "";
        import_remark(import, column, "\"%s\" is not a postcode and was left out", cell);
    }
    return OK;
}

enum status import_number(struct import *import, const struct csv_row *row, int column,
                          const double **out)
{
    const char *cell;
    TRY(import_text(import, row, column, 60, &cell));
    *out = NULL;
    if (cell[0] == '\0' || strcmp(cell, "..") == 0) /* published so where it is withheld */
        return OK;
    char *end;
    double *number = mem_new(import->ctx->mem, double);
    *number = strtod(cell, &end);
    if (*end == '\0' && isfinite(*number) && *number >= 0 && strspn(cell, "0123456789.") > 0 &&
        cell[strspn(cell, "0123456789.")] == '\0')
        *out = number;
    else
        import_remark(import, column, "\"%s\" is not a number and was left out", cell);
    return OK;
}

enum status import_count(struct import *import, const struct csv_row *row, int column,
                         const int64_t **out)
{
    const char *cell;
    TRY(import_text(import, row, column, 60, &cell));
    *out = NULL;
    if (cell[0] == '\0')
        return OK;
    size_t digits = strspn(cell, "0123456789");
    if (cell[digits] != '\0' || digits > 15) {
        import_remark(import, column, "\"%s\" is not a whole number and was left out", cell);
        return OK;
    }
    int64_t *number = mem_new(import->ctx->mem, int64_t);
    *number = strtoll(cell, NULL, 10);
    *out = number;
    return OK;
}

/* ---- names in capitals ---- */

static bool is_word(const char *word, size_t length, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strlen(*list) == length && strncmp(*list, word, length) == 0)
            return true;
    return false;
}

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) || ((unsigned char)c & 0x80) != 0;
}

/* One word, in capitals: keeps short names, puts joining words in small letters. */
static void write_word(char *word, size_t length, bool is_first)
{
    static const char *const kept[] = {"NHS", "UK",  "GP",  "PCN", "ICB", "CIC",
                                       "LLP", "PLC", "CSU", "NI",  NULL};
    static const char *const small[] = {"AND", "OF", "THE", "FOR", "ON",   "UPON",  "IN",
                                        "AT",  "LE", "BY",  "TO",  "WITH", "UNDER", NULL};
    if (is_word(word, length, kept))
        return;
    size_t from = is_first || !is_word(word, length, small) ? 1 : 0;
    for (size_t i = from; i < length; i++) {
        bool is_after_o = i == 2 && word[1] == '\'' && word[0] == 'O' && length > 3;
        if (!is_after_o)
            word[i] = (char)tolower((unsigned char)word[i]);
    }
}

const char *import_readable(struct mem *mem, const char *name)
{
    char *text = mem_text(mem, name);
    for (const char *p = text; *p != '\0'; p++)
        if (islower((unsigned char)*p) || ((unsigned char)*p & 0x80) != 0)
            return text; /* written by hand, or beyond what can be done by rule */
    for (char *p = text; *p != '\0';) {
        if (!is_letter(*p)) {
            bool is_digit = isdigit((unsigned char)*p);
            p++;
            while (is_digit && is_letter(*p)) { /* "4TH" */
                *p = (char)tolower((unsigned char)*p);
                p++;
            }
            continue;
        }
        size_t length = 0;
        while (is_letter(p[length]) || (p[length] == '\'' && is_letter(p[length + 1])))
            length++;
        write_word(p, length, p == text);
        p += length;
    }
    return text;
}

/* ---- codes seen ---- */

struct import_codes {
    const char **slots; /* open addressing; NULL is free */
    size_t room;        /* a power of two */
    size_t count;
    struct mem *mem;
};

static size_t slot_of(const struct import_codes *codes, const char *code)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (const char *p = code; *p != '\0'; p++)
        hash = (hash ^ (unsigned char)*p) * 1099511628211u;
    size_t i = (size_t)hash & (codes->room - 1);
    while (codes->slots[i] != NULL && strcmp(codes->slots[i], code) != 0)
        i = (i + 1) & (codes->room - 1);
    return i;
}

static void make_room(struct import_codes *codes)
{
    struct import_codes larger = *codes;
    larger.room = codes->room * 2;
    larger.slots = mem_array(codes->mem, const char *, larger.room);
    for (size_t i = 0; i < codes->room; i++)
        if (codes->slots[i] != NULL)
            larger.slots[slot_of(&larger, codes->slots[i])] = codes->slots[i];
    *codes = larger;
}

bool import_code_is_new(struct import *import, const char *code)
{
    struct import_codes *codes = import->codes;
    size_t i = slot_of(codes, code);
    if (codes->slots[i] != NULL)
        return false;
    codes->slots[i] = mem_text(codes->mem, code);
    if (++codes->count > codes->room / 2)
        make_room(codes);
    return true;
}

struct import_codes *import_codes_new(struct mem *mem)
{
    struct import_codes *codes = mem_new(mem, struct import_codes);
    *codes = (struct import_codes){mem_array(mem, const char *, 1024), 1024, 0, mem};
    return codes;
}
