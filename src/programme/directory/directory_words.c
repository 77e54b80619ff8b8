/* SPDX-License-Identifier: MIT */
/* directory_words.c - the words by which organisations are found. */
#include "programme/directory/directory_words.h"

#include <ctype.h>
#include <string.h>

#include "platform/base/json_text.h"
#include "platform/base/text.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory.sql.h"
#include "programme/directory/import.h"
#include "programme/directory/search.sql.h"

enum { FIELD_CODE, FIELD_NAME, FIELD_TOWN, FIELD_POSTCODE, FIELD_EARLIER };

struct words words_of(struct mem *mem, const char *text)
{
    struct words words = {0};
    const char *p = text_fold(mem, text);
    while (*p != '\0' && words.count < WORDS_MAX) {
        size_t length = strcspn(p, " ");
        size_t kept = length < WORD_BYTES_MAX ? length : WORD_BYTES_MAX;
        while (kept > 0 && ((unsigned char)p[kept] & 0xc0) == 0x80)
            kept--; /* not inside a character */
        const char *word = mem_text_part(mem, p, kept);
        if (kept > 0)
            words.word[words.count++] = strcmp(word, "saint") == 0 ? "st" : word;
        p += length;
        p += *p == ' ';
    }
    return words;
}

struct making {
    struct ctx *ctx;
    json_t *rows; /* a word each: w, f and p of directory_words_add */
    int64_t field;
};

static bool has_letters_enough(const char *word)
{
    size_t letters = 0;
    for (const char *p = word; *p != '\0'; p++)
        letters += isdigit((unsigned char)*p) == 0;
    return letters >= WORD_BYTES_MENDED;
}

static void add_word(const struct making *making, const char *word, size_t place)
{
    json_array_append_new(making->rows,
                          json_pack("{s:s,s:I,s:I}", "w", word, "f", (json_int_t)making->field, "p",
                                    (json_int_t)place));
}

static void add_text(struct making *making, int64_t field, const char *text)
{
    struct words words = words_of(making->ctx->mem, text);
    making->field = field;
    for (size_t i = 0; i < words.count; i++) {
        add_word(making, words.word[i], i);
        if (strcmp(words.word[i], "healthcare") == 0) { /* people write it in two words too */
            add_word(making, "health", i);
            add_word(making, "care", i);
        }
    }
}

/* "M13 9WL" is typed as "m139wl" too. */
static void add_postcode(struct making *making, const char *postcode)
{
    struct words words = words_of(making->ctx->mem, postcode);
    add_text(making, FIELD_POSTCODE, postcode);
    if (words.count == 2)
        add_word(making, mem_format(making->ctx->mem, "%s%s", words.word[0], words.word[1]), 0);
}

/* Remembers the words that nobody had before, so that one typed with a slip is found. */
static enum status know_words(struct ctx *ctx, const char *rows, size_t row_count)
{
    struct directory_words_unknown_row *unknown;
    size_t count;
    int64_t changes;
    TRY(directory_words_unknown(ctx, rows, FIELD_CODE, FIELD_POSTCODE, (int64_t)row_count, &unknown,
                                &count));
    for (size_t i = 0; i < count; i++) {
        TRY(directory_word_know(ctx, unknown[i].word, &changes));
        if (changes == 1 && has_letters_enough(unknown[i].word))
            TRY(directory_word_know_parts(ctx, unknown[i].word, &changes));
    }
    return OK;
}

enum status directory_words_make(struct ctx *ctx, int64_t organisation_id)
{
    struct organisation it;
    struct directory_name *names;
    size_t count;
    int64_t changes;
    struct organisation_id id = {organisation_id};
    TRY(directory_get(ctx, id, &it));
    TRY(directory_names(ctx, id, &names, &count));
    TRY(directory_word_remove(ctx, organisation_id, &changes));
    struct making making = {ctx, json_array(), 0};
    add_text(&making, FIELD_CODE, it.code);
    add_text(&making, FIELD_NAME, it.name);
    add_text(&making, FIELD_TOWN, it.town);
    add_postcode(&making, it.postcode);
    for (size_t i = 0; i < count; i++)
        if (names[i].to_on[0] != '\0')
            add_text(&making, FIELD_EARLIER, names[i].name);
    size_t row_count = json_array_size(making.rows);
    const char *rows = json_text_taken(ctx->mem, making.rows, JSON_COMPACT);
    /* "0": closed, or planned, on a day that is not known */
    bool is_off = it.closed_on[0] == '\0' && !it.is_open && it.opened_on[0] == '\0';
    TRY(directory_words_add(ctx, rows, organisation_id, it.shelf, is_off ? "0" : it.closed_on,
                            &changes));
    return know_words(ctx, rows, row_count);
}
