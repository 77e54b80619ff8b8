/* SPDX-License-Identifier: MIT */
/* directory_words.c - the words by which organisations are found. */
#include "programme/directory/directory_words.h"

#include <ctype.h>
#include <string.h>

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
    const struct organisation *it;
    const char *closed_on;
    int64_t field;
};

static bool has_letters_enough(const char *word)
{
    size_t letters = 0;
    for (const char *p = word; *p != '\0'; p++)
        letters += isdigit((unsigned char)*p) == 0;
    return letters >= WORD_BYTES_MENDED;
}

static enum status add_word(const struct making *making, const char *word, size_t place)
{
    int64_t changes;
    TRY(directory_word_add(making->ctx, word, making->it->id.n, making->field, (int64_t)place,
                           making->it->shelf, making->closed_on, &changes));
    if (making->field == FIELD_CODE || making->field == FIELD_POSTCODE)
        return OK;
    TRY(directory_word_know(making->ctx, word, &changes));
    if (changes == 1 && has_letters_enough(word))
        TRY(directory_word_know_parts(making->ctx, word, &changes));
    return OK;
}

/* People write it in one word and in two. */
static enum status add_parts(const struct making *making, const char *word, size_t place)
{
    if (strcmp(word, "healthcare") != 0)
        return OK;
    TRY(add_word(making, "health", place));
    return add_word(making, "care", place);
}

static enum status add_text(struct making *making, int64_t field, const char *text)
{
    struct words words = words_of(making->ctx->mem, text);
    making->field = field;
    for (size_t i = 0; i < words.count; i++) {
        TRY(add_word(making, words.word[i], i));
        TRY(add_parts(making, words.word[i], i));
    }
    return OK;
}

/* "M13 9WL" is typed as "m139wl" too. */
static enum status add_postcode(struct making *making, const char *postcode)
{
    struct words words = words_of(making->ctx->mem, postcode);
    TRY(add_text(making, FIELD_POSTCODE, postcode));
    if (words.count != 2)
        return OK;
    return add_word(making, mem_format(making->ctx->mem, "%s%s", words.word[0], words.word[1]), 0);
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
    struct making making = {ctx, &it, it.closed_on, 0};
    if (it.closed_on[0] == '\0' && !it.is_open && it.opened_on[0] == '\0')
        making.closed_on = "0"; /* closed, or planned, on a day that is not known */
    TRY(add_text(&making, FIELD_CODE, it.code));
    TRY(add_text(&making, FIELD_NAME, it.name));
    TRY(add_text(&making, FIELD_TOWN, it.town));
    TRY(add_postcode(&making, it.postcode));
    for (size_t i = 0; i < count; i++)
        if (names[i].to_on[0] != '\0')
            TRY(add_text(&making, FIELD_EARLIER, names[i].name));
    return OK;
}
