/* SPDX-License-Identifier: MIT */
/*
 * search_missed.c - what was searched and not found, counted without people.
 *
 * Kept of each search are the folded words, on how many days they came, from how many callers on
 * one day at most, and when last.  What holds a digit (numbers, phones, postcodes, dates) or an "@"
 * is not kept at all, nor what is longer than a few words.  A name is words like others, and no
 * list of ours could tell: what protects it is how many ask.  Editors see only what came on
 * SEARCH_MISSED_DAYS days or more and, on one of them, from SEARCH_MISSED_CALLERS callers or more,
 * so that what one person types shows to nobody, however often and for however long.  Of callers on
 * different days nothing can say whether they are the same, so they are not added up.
 *
 * A caller counts once a day for the same words, and for WORDS_A_CALLER words in all.  To know
 * that there is a code for the day (search_missed_caller): made with the key of the service from
 * the day, the address as the web hashes it and the words, so that it says neither, joins no two
 * searches, and is of no use on another day; it goes with the first search of the next day, or with
 * the rule "search-caller".  People behind one address, as in a hospital, count as one.
 *
 * So many words are kept; for one more, that goes which came on the fewest days, the longest ago.
 * A robot thus pushes out what else came on one day only, and needs an address for each
 * WORDS_A_CALLER words.  What nobody searched for a year goes.
 *
 * A worker writes at most once a minute, and keeps what comes in between with its connection.  So
 * a robot that searches for nonsense costs no write each, and does not make every kept page stale.
 * What waits when the program stops is not counted.
 */
#include "programme/search/search_missed.h"

#include <string.h>

#include "platform/base/hash.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "platform/store/store_note.h"
#include "programme/access/access.h"
#include "programme/search/search.h"
#include "programme/search/search.sql.h"

enum { WAITING_MAX = 64, WAITING_OF_CALLER = 5, WRITTEN_EVERY_SECS = 60 };
enum { WORDS_MAX = 5, WORD_CHARS_MAX = 25, WORDS_KEPT = 2000, WORDS_A_CALLER = 20 };
enum { KEPT_MONTHS = 12 };

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

/* What a connection has seen since it last wrote. */
struct waiting {
    int64_t written_at;
    size_t count;
    struct missed {
        const char *words;
        const char *caller; /* a hash of the address */
    } missed[WAITING_MAX];
};

static const void *copy_waiting(struct mem *mem, const void *value)
{
    struct waiting *to = mem_copy(mem, value, sizeof *to);
    for (size_t i = 0; i < to->count; i++)
        to->missed[i] = (struct missed){mem_text(mem, to->missed[i].words),
                                        mem_text(mem, to->missed[i].caller)};
    return to;
}

static void add(struct waiting *to, const struct missed *it)
{
    size_t of_caller = 0;
    for (size_t i = 0; i < to->count; i++) {
        bool is_same = strcmp(to->missed[i].caller, it->caller) == 0;
        of_caller += is_same;
        if (is_same && strcmp(to->missed[i].words, it->words) == 0)
            return;
    }
    if (to->count < WAITING_MAX && of_caller < WAITING_OF_CALLER)
        to->missed[to->count++] = *it;
}

/* What stands for a caller today, with words or, "", alone. */
static enum status code_of(struct ctx *ctx, const char *caller, const char *words, const char **out)
{
    unsigned char key[HASH_KEY_BYTES] = {0};
    TRY(access_key(ctx, key));
    const char *what = mem_format(ctx->mem, "search missed %s %s %s",
                                  time_day_of(ctx->mem, ctx->now_secs), caller, words);
    *out = hash_keyed(ctx->mem, key, what, strlen(what));
    return OK;
}

/* Whether this caller counts for these words today: once, and for so many words. */
static enum status counts(struct ctx *ctx, const struct missed *it, bool *out)
{
    const char *both, *alone;
    struct search_missed_caller_row_row row = {0};
    int64_t changes;
    TRY(code_of(ctx, it->caller, it->words, &both));
    TRY(code_of(ctx, it->caller, "", &alone));
    TRY(search_missed_caller_first(ctx, both, ctx->now_secs, &changes));
    *out = changes == 1;
    if (!*out)
        return OK;
    TRY(search_missed_caller_add(ctx, alone, ctx->now_secs, &changes));
    TRY(search_missed_caller_row(ctx, alone, &row));
    *out = row.words <= WORDS_A_CALLER;
    return OK;
}

static enum status write_one(struct ctx *ctx, const struct missed *it)
{
    struct search_missed_known_row known = {0};
    int64_t changes = 0;
    bool does_count = false;
    TRY(counts(ctx, it, &does_count));
    if (!does_count)
        return OK;
    enum status status = search_missed_known(ctx, it->words, &known);
    if (status == ERR_NOT_FOUND) {
        struct search_missed_count_row count = {0};
        TRY(search_missed_count(ctx, WORDS_KEPT, &count));
        if (count.words >= WORDS_KEPT)
            TRY(search_missed_drop_least(ctx, &changes));
        ctx->fault = NULL;
        status = OK;
    }
    TRY(status);
    return search_missed_add(ctx, it->words, time_day_of(ctx->mem, ctx->now_secs), &changes);
}

static enum status write_all(struct ctx *ctx, void *arg)
{
    const struct waiting *waiting = arg;
    int64_t day_at, changes;
    TRY(time_at(time_day_of(ctx->mem, ctx->now_secs), 0, 0, &day_at));
    TRY(search_missed_caller_purge(ctx, day_at, &changes));
    for (size_t i = 0; i < waiting->count; i++)
        TRY(write_one(ctx, &waiting->missed[i]));
    return OK;
}

enum status search_missed_note(struct ctx *ctx, const char *typed, const char *caller)
{
    struct waiting one = {.count = 1, .missed = {{search_missed_words(ctx->mem, typed), caller}}};
    return one.missed[0].words[0] == '\0' ? OK
                                          : store_transact(ctx, "search missed", write_all, &one);
}

enum status search_missed_later(struct ctx *ctx, const char *typed, const char *caller)
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
    add(waiting, &(const struct missed){words, caller});
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
    return search_missed_forget(ctx, day, &changes);
}

const struct privacy_holding search_holdings[] = {
    {.table = "search_missed_caller",
     .name = "Searches that found nothing",
     .what = "that somebody searched for words that we have nothing about, under a code made of "
             "the day, the address of the connection and the words, from which none of them can "
             "be read",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "to count once who searches twice, so that words of one person show to nobody",
     .source = "your connection, when you search",
     .rule = "search-caller",
     .listed_with = "nothing: it is kept under a code that leads to nobody",
     .kept_because = "It is kept under a code that leads to nobody, and goes within a day or so.",
     .retain = &search_missed_caller_purge_query,
     .is_passing = true,
     .fixed_secs = TIME_DAY_SECS},
    {0},
};
