/* SPDX-License-Identifier: MIT */
/*
 * text_fold.c - text as searches compare it and lists order it.
 *
 * Case folding after NFKD and NFKD again, because each can bring forth what the other changes;
 * then one pass that decides about each code point; then NFC, so that Hangul is short again.
 */
#include "platform/base/text.h"

#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

/* Letters that people type without their stroke or ligature and that Unicode does not decompose. */
static const struct plain_letter {
    ucs4_t letter;
    const char *plain;
} plain_letters[] = {
    {0x00df, "ss"}, {0x00e6, "ae"}, {0x00f0, "d"}, {0x00f8, "o"}, {0x00fe, "th"}, {0x0111, "d"},
    {0x0127, "h"},  {0x0131, "i"},  {0x0138, "k"}, {0x0142, "l"}, {0x014b, "ng"}, {0x0153, "oe"},
    {0x0167, "t"},  {0x0180, "b"},  {0x01e5, "g"}, {0x0237, "j"}, {0x0247, "e"},  {0x0249, "j"},
    {0x024d, "r"},  {0x024f, "y"},  {0x0268, "i"}, {0x0289, "u"},
};

/* Written by hand these all mean the apostrophe of "St Mary's"; most people leave it out. */
static bool is_apostrophe(ucs4_t c)
{
    return c == '\'' || c == '`' || (c >= 0x02b9 && c <= 0x02bd) || (c >= 0x2018 && c <= 0x201b) ||
           c == 0x2032;
}

/*
 * Accents of Latin, Greek and Cyrillic (classes 200 and over, and 1: overlays), points of Hebrew,
 * Arabic and Syriac (10 to 36).  The other marks are what tells words apart in their scripts.
 */
static bool is_accent(ucs4_t c)
{
    int class = uc_combining_class(c);
    return class == 1 || (class >= 10 && class <= 36) || class >= 200;
}

static const char *plain_letter(ucs4_t c)
{
    for (size_t i = 0; i < sizeof plain_letters / sizeof plain_letters[0]; i++)
        if (plain_letters[i].letter == c)
            return plain_letters[i].plain;
    return NULL;
}

/* NFKD and case folded; any bytes. */
static const uint8_t *decomposed(struct mem *mem, const char *text, size_t *length_out)
{
    size_t length = strlen(text);
    if (u8_check((const uint8_t *)text, length) != NULL) {
        text = text_repair(mem, text, length);
        length = strlen(text);
    }
    size_t apart_length = 0;
    uint8_t *apart = u8_normalize(UNINORM_NFKD, (const uint8_t *)text, length, NULL, &apart_length);
    const char *kept = mem_text_taken(mem, apart, apart_length);
    uint8_t *folded =
        u8_casefold((const uint8_t *)kept, apart_length, NULL, UNINORM_NFKD, NULL, length_out);
    return (const uint8_t *)mem_text_taken(mem, folded, *length_out);
}

struct folding {
    char *text;
    size_t length;
    bool is_space_due;
};

static void put(struct folding *to, const char *bytes, size_t size)
{
    if (to->is_space_due && to->length > 0)
        to->text[to->length++] = ' ';
    to->is_space_due = false;
    memcpy(to->text + to->length, bytes, size);
    to->length += size;
}

static void fold_one(struct folding *to, ucs4_t c, const uint8_t *bytes, size_t size)
{
    int decimal = uc_decimal_value(c);
    const char *plain = plain_letter(c);
    if (c == '&') {
        to->is_space_due = true;
        put(to, "and", 3);
        to->is_space_due = true;
    } else if (decimal >= 0) {
        put(to, &"0123456789"[decimal], 1);
    } else if (plain != NULL) {
        put(to, plain, strlen(plain));
    } else if (is_accent(c) || is_apostrophe(c) || uc_is_property_default_ignorable_code_point(c)) {
        return;
    } else if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N |
                                                       UC_CATEGORY_MASK_M)) {
        put(to, (const char *)bytes, size);
    } else {
        to->is_space_due = true;
    }
}

const char *text_fold(struct mem *mem, const char *text)
{
    struct mem *scratch = mem_child(mem);
    size_t length;
    const uint8_t *from = decomposed(scratch, text, &length);
    /* The most that one byte becomes is "&" as " and ". */
    struct folding to = {.text = mem_bytes(scratch, length * 5 + 1)};
    for (size_t i = 0; i < length;) {
        ucs4_t c;
        size_t size = (size_t)u8_mbtouc(&c, from + i, length - i);
        fold_one(&to, c, from + i, size);
        i += size;
    }
    uint8_t *whole =
        u8_normalize(UNINORM_NFC, (const uint8_t *)to.text, to.length, NULL, &to.length);
    const char *folded = mem_text_taken(mem, whole, to.length);
    mem_end(scratch);
    return folded;
}

/* Numbers compare by value when the count of their digits stands first: 9 is "19", 10 is "210".
 * Each nine digits more put another "9" in front, so that any length keeps its place. */
static size_t put_number(char *to, const char *digits, size_t count)
{
    while (count > 1 && digits[0] == '0') {
        digits++;
        count--;
    }
    size_t length = 0;
    size_t rest = count;
    for (; rest >= 9; rest -= 9)
        to[length++] = '9';
    to[length++] = (char)('0' + rest);
    memcpy(to + length, digits, count);
    return length + count;
}

const char *text_sort_key(struct mem *mem, const char *text)
{
    struct mem *scratch = mem_child(mem);
    const char *folded = text_fold(scratch, text);
    char *key = mem_bytes(scratch, strlen(folded) * 2 + 1);
    size_t length = 0;
    while (*folded != '\0') {
        size_t digits = strspn(folded, "0123456789");
        if (digits == 0) {
            key[length++] = *folded++;
            continue;
        }
        length += put_number(key + length, folded, digits);
        folded += digits;
    }
    const char *kept = mem_text_part(mem, key, length);
    mem_end(scratch);
    return kept;
}

bool text_equal_fold(struct mem *mem, const char *a, const char *b)
{
    struct mem *scratch = mem_child(mem);
    bool is_equal = strcmp(text_fold(scratch, a), text_fold(scratch, b)) == 0;
    mem_end(scratch);
    return is_equal;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Three rows of the usual table: this letter of a, the one before, and the one before that, which
 * only a swap of neighbours looks at. */
size_t text_distance(const char *a, const char *b, size_t at_most)
{
    size_t a_length = strlen(a);
    size_t b_length = strlen(b);
    size_t apart = a_length > b_length ? a_length - b_length : b_length - a_length;
    if (apart > at_most || a_length > TEXT_DISTANCE_BYTES || b_length > TEXT_DISTANCE_BYTES)
        return at_most + 1;
    size_t rows[3][TEXT_DISTANCE_BYTES + 1] = {{0}};
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *above_that = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], above_that[j - 2] + 1);
        }
    }
    return least(rows[a_length % 3][b_length], at_most + 1);
}
