/* SPDX-License-Identifier: MIT */
/*
 * search_missed.c - what was searched and not found, counted without people.
 *
 * Kept are the folded words and the month, no more: not who, not when, not from where.  What could
 * stand for a person is not kept at all: whatever holds a digit (numbers, phones, postcodes, dates)
 * or an "@", and what is longer than a few words.  Editors see only what was searched three times
 * or more in a month (search_missed_list), so that a name that one person typed shows to nobody, and
 * after a year it is gone.
 */
#include "programme/search/search_missed.h"

#include <string.h>

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/search/search.sql.h"

enum { WORDS_MAX = 5, WORD_CHARS_MAX = 25, WORDS_A_MONTH_MAX = 2000, KEPT_MONTHS = 12 };

const char *search_missed_words(struct mem *mem, const char *typed)
{
    const char *folded = text_fold(mem, typed);
    size_t words = 1;
    if (strpbrk(typed, "@0123456789") != NULL || strpbrk(folded, "0123456789") != NULL)
        return "";
    for (const char *at = folded; *at != '\0';) {
        size_t length = strcspn(at, " ");
        if (text_length_chars(mem_text_part(mem, at, length)) > WORD_CHARS_MAX)
            return "";
        words += at[length] == ' ';
        at += length + (at[length] == ' ');
    }
    return words <= WORDS_MAX ? folded : "";
}

static const char *month_of(struct mem *mem, int64_t at_secs)
{
    return mem_text_part(mem, time_day_of(mem, at_secs), strlen("2026-03"));
}

struct missing {
    const char *month, *words;
};

static enum status note(struct ctx *ctx, void *arg)
{
    const struct missing *it = arg;
    struct search_missed_known_row known = {0};
    int64_t changes = 0;
    enum status status = search_missed_known(ctx, it->month, it->words, &known);
    if (status == ERR_NOT_FOUND) {
        struct search_missed_count_row count = {0};
        TRY(search_missed_count(ctx, it->month, WORDS_A_MONTH_MAX, &count));
        if (count.words >= WORDS_A_MONTH_MAX)
            return OK; /* somebody types at random: what is known already goes on being counted */
        status = OK;
    }
    TRY(status);
    return search_missed_add(ctx, it->month, it->words, &changes);
}

enum status search_missed_note(struct ctx *ctx, const char *typed)
{
    struct missing it = {month_of(ctx->mem, ctx->now_secs), search_missed_words(ctx->mem, typed)};
    return it.words[0] == '\0' ? OK : store_transact(ctx, "search missed", note, &it);
}

enum status search_missed_tidy(struct ctx *ctx)
{
    const char *day = time_day_of(ctx->mem, ctx->now_secs);
    int64_t changes = 0;
    TRY(time_day_add(ctx->mem, day, (struct time_step){.months = -KEPT_MONTHS}, &day));
    return search_missed_forget(ctx, mem_text_part(ctx->mem, day, strlen("2026-03")), &changes);
}
