/* SPDX-License-Identifier: MIT */
/*
 * search_missed.c - what was searched and not found, counted without people.
 *
 * Kept are the folded words and the month, no more: not who, not when, not from where.  What could
 * stand for a person is not kept at all: whatever holds a digit (numbers, phones, postcodes, dates)
 * or an "@", and what is longer than a few words.  Editors see only what was searched three times
 * or more in a month (search_missed_list), so that a name that one person typed shows to nobody;
 * after a year it is gone.
 *
 * A worker writes at most once a minute, and keeps what comes in between with its connection.  So
 * a robot that searches for nonsense costs no write each, and does not make every kept page stale.
 * What waits when the program stops is not counted.
 */
#include "programme/search/search_missed.h"

#include <string.h>

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "platform/store/store_note.h"
#include "programme/search/search.h"
#include "programme/search/search.sql.h"

enum { WAITING_MAX = 64, WRITTEN_EVERY_SECS = 60 };
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

/* What a connection has seen since it last wrote. */
struct waiting {
    int64_t written_at;
    size_t count;
    struct missed {
        const char *words;
        int64_t times;
    } missed[WAITING_MAX];
};

static const void *copy_waiting(struct mem *mem, const void *value)
{
    struct waiting *to = mem_copy(mem, value, sizeof *to);
    for (size_t i = 0; i < to->count; i++)
        to->missed[i].words = mem_text(mem, to->missed[i].words);
    return to;
}

static void add(struct waiting *to, const char *words)
{
    for (size_t i = 0; i < to->count; i++)
        if (strcmp(to->missed[i].words, words) == 0) {
            to->missed[i].times++;
            return;
        }
    if (to->count < WAITING_MAX)
        to->missed[to->count++] = (struct missed){words, 1};
}

static enum status write_one(struct ctx *ctx, const char *month, const struct missed *it)
{
    struct search_missed_known_row known = {0};
    int64_t changes = 0;
    enum status status = search_missed_known(ctx, month, it->words, &known);
    if (status == ERR_NOT_FOUND) {
        struct search_missed_count_row count = {0};
        TRY(search_missed_count(ctx, month, WORDS_A_MONTH_MAX, &count));
        if (count.words >= WORDS_A_MONTH_MAX)
            return OK; /* somebody types at random: what is known already goes on being counted */
        status = OK;
    }
    TRY(status);
    return search_missed_add(ctx, month, it->words, it->times, &changes);
}

static enum status write_all(struct ctx *ctx, void *arg)
{
    const struct waiting *waiting = arg;
    const char *month = month_of(ctx->mem, ctx->now_secs);
    for (size_t i = 0; i < waiting->count; i++)
        TRY(write_one(ctx, month, &waiting->missed[i]));
    return OK;
}

enum status search_missed_note(struct ctx *ctx, const char *typed)
{
    struct waiting one = {.count = 0};
    add(&one, search_missed_words(ctx->mem, typed));
    return one.missed[0].words[0] == '\0' ? OK
                                          : store_transact(ctx, "search missed", write_all, &one);
}

enum status search_missed_later(struct ctx *ctx, const char *typed)
{
    const char *words = search_missed_words(ctx->mem, typed);
    struct store_note note = {.key = "search.missed", .is_fixed = true};
    const struct waiting *found = store_note_find(ctx, &note);
    struct waiting *waiting = mem_new(ctx->mem, struct waiting);
    enum status status = OK;
    if (words[0] == '\0')
        return OK;
    if (found != NULL)
        *waiting = *found;
    add(waiting, words);
    if (ctx->now_secs - waiting->written_at >= WRITTEN_EVERY_SECS) {
        status = store_transact(ctx, "search missed", write_all, waiting);
        *waiting = (struct waiting){.written_at = ctx->now_secs};
    }
    store_note_write(ctx, &note, copy_waiting, waiting);
    return status;
}

enum status search_missed_tidy(struct ctx *ctx)
{
    const char *day = time_day_of(ctx->mem, ctx->now_secs);
    int64_t changes = 0;
    TRY(time_day_add(ctx->mem, day, (struct time_step){.months = -KEPT_MONTHS}, &day));
    return search_missed_forget(ctx, mem_text_part(ctx->mem, day, strlen("2026-03")), &changes);
}
