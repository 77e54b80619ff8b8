/* SPDX-License-Identifier: MIT */
/*
 * directory_search.c - finds organisations by what was typed.
 *
 * Each typed word is a part of the alphabet of known words: from itself to the last word that
 * begins with it.  The rarest typed word leads; the store gives the organisations in its part that
 * have words in the parts of three more.  What is over is compared here.
 *
 * When nothing fits, words are mended.  A word that differs by one letter shares a piece with the
 * right one (a word with one letter left out: search_piece).  The last word may be unfinished;
 * for it, known words that begin with the same two letters are compared as far as it goes.  Each
 * mended word then takes the place of the typed one and the search runs again.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_words.h"
#include "programme/directory/search.sql.h"

enum {
    TYPED_WORDS_MAX = 10,
    LED_WORDS_MAX = 4,      /* words that the store compares                */
    CANDIDATES_MAX = 80,    /* organisations fetched and put in order       */
    USES_COUNTED_MAX = 500, /* how far the rarity of a word is counted      */
    PREFIX_BYTES_MIN = 3,   /* of a word that is not the last               */
    NEAR_MAX = 60,          /* words that share one piece                   */
    ALPHABET_MAX = 3000,    /* words that begin with the same two letters   */
    MENDED_MAX = 4,         /* mended words tried in place of one           */
    ORDER_PARTS = 7,        /* that decide which answer comes first         */
    RUNS_MAX = 12           /* searches for one typed text                  */
};

/* Sorts after every word that begins with the text before it. */
#define LAST_CHARACTER "\U0010FFFF"

struct typed_word {
    const char *from, *end; /* the part of the alphabet */
    int64_t uses;           /* counted to USES_COUNTED_MAX */
};

struct candidate {
    struct directory_found found;
    const char *sort_key, *name_folded;
    bool is_code, is_school, begins;
    size_t whole_count; /* typed words found whole in the name */
    int64_t rank;       /* the store's */
};

struct search {
    struct ctx *ctx;
    const char *shelf;
    const char *today;
    const char *folded; /* all that was typed */
    struct typed_word words[TYPED_WORDS_MAX];
    size_t count;
    struct candidate *candidates;
    size_t candidate_count, room;
    int runs;
};

static struct typed_word make_word(struct search *search, const char *word, bool may_go_on)
{
    return (struct typed_word){
        .from = word,
        .end = mem_format(search->ctx->mem, "%s%s", word, may_go_on ? LAST_CHARACTER : " "),
    };
}

static enum status count_uses(struct search *search, struct typed_word *word)
{
    struct directory_search_uses_row row;
    TRY(directory_search_uses(search->ctx, word->from, word->end, USES_COUNTED_MAX, &row));
    word->uses = row.uses;
    return OK;
}

static int compare_uses(const void *a, const void *b)
{
    const struct typed_word *x = a, *y = b;
    if (x->uses != y->uses)
        return x->uses < y->uses ? -1 : 1;
    return strcmp(x->from, y->from);
}

/* ---- candidates ---- */

static bool is_known(const struct search *search, int64_t id)
{
    for (size_t i = 0; i < search->candidate_count; i++)
        if (search->candidates[i].found.id.n == id)
            return true;
    return false;
}

static bool fits(const struct words *words, const struct typed_word *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->word[i], word->from) >= 0 && strcmp(words->word[i], word->end) < 0)
            return true;
    return false;
}

/* Whether the words fit that the store did not compare. */
static bool fit_all(const struct search *search, const struct directory_search_match_row *row)
{
    if (search->count <= LED_WORDS_MAX)
        return true;
    struct mem *mem = search->ctx->mem;
    struct words all = words_of(
        mem, mem_format(mem, "%s %s %s %s", row->code, row->name, row->town, row->postcode));
    for (size_t i = LED_WORDS_MAX; i < search->count; i++)
        if (!fits(&all, &search->words[i]))
            return false;
    return true;
}

static size_t count_whole(const struct search *search, const struct words *name)
{
    size_t count = 0;
    for (size_t i = 0; i < search->count; i++)
        for (size_t j = 0; j < name->count; j++)
            if (strcmp(name->word[j], search->words[i].from) == 0) {
                count++;
                break;
            }
    return count;
}

const char *directory_detail(struct mem *mem, const struct organisation *it)
{
    bool has_both = it->town[0] != '\0' && it->postcode[0] != '\0';
    bool has_any = it->town[0] != '\0' || it->postcode[0] != '\0';
    return mem_format(mem, "%s%s%s%sCode %s%s", it->town, has_both ? ", " : "", it->postcode,
                      has_any ? ". " : "", it->code, it->is_open ? "" : ". Not open now");
}

static void add_candidate(struct search *search, const struct directory_search_match_row *row)
{
    struct mem *mem = search->ctx->mem;
    if (search->candidate_count == search->room || is_known(search, row->id) ||
        !fit_all(search, row))
        return;
    bool is_open = directory_is_open_on(row->state, row->opened_on, row->closed_on, search->today);
    const struct organisation it = {
        .code = row->code, .town = row->town, .postcode = row->postcode, .is_open = is_open};
    struct words name = words_of(mem, row->name);
    struct candidate *candidate = &search->candidates[search->candidate_count++];
    *candidate = (struct candidate){
        .found = {{row->id},
                  row->code,
                  row->name,
                  row->kind_name,
                  row->town,
                  row->postcode,
                  directory_detail(mem, &it),
                  is_open},
        .sort_key = row->sort_key,
        .name_folded = text_fold(mem, row->name),
        .is_school = strcmp(row->shelf, DIRECTORY_SCHOOLS) == 0,
        .is_code = strcmp(text_fold(mem, row->code), search->folded) == 0,
        .whole_count = count_whole(search, &name),
        .rank = row->rank,
    };
    candidate->begins = text_begins(candidate->name_folded, search->folded);
}

/* Runs the search with the words as they are now. */
static enum status run(struct search *search)
{
    struct directory_search_match_row *rows;
    size_t count;
    struct typed_word *words = search->words;
    if (search->runs++ >= RUNS_MAX)
        return OK;
    for (size_t i = 0; i < search->count; i++)
        TRY(count_uses(search, &words[i]));
    qsort(words, search->count, sizeof *words, compare_uses);
    if (words[0].uses == 0)
        return OK;
    const char *more[LED_WORDS_MAX - 1][2] = {{NULL}};
    for (size_t i = 1; i < search->count && i < LED_WORDS_MAX; i++) {
        more[i - 1][0] = words[i].from;
        more[i - 1][1] = words[i].end;
    }
    TRY(directory_search_match(search->ctx, words[0].from, words[0].end, search->shelf, more[0][0],
                               more[0][1], more[1][0], more[1][1], more[2][0], more[2][1],
                               search->today, CANDIDATES_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++)
        add_candidate(search, &rows[i]);
    return OK;
}

/* ---- mending ---- */

struct mended {
    const char *word[MENDED_MAX];
    size_t count;
};

static void add_mended(struct mended *mended, const char *word)
{
    for (size_t i = 0; i < mended->count; i++)
        if (strcmp(mended->word[i], word) == 0)
            return;
    if (mended->count < MENDED_MAX)
        mended->word[mended->count++] = word;
}

/* Whether typed is at most one letter from some beginning of word. */
static bool is_near_beginning(struct mem *mem, const char *typed, const char *word)
{
    size_t length = strlen(typed), word_length = strlen(word);
    for (size_t n = length - 1; n <= length + 1 && n <= word_length; n++)
        if (text_distance(typed, mem_text_part(mem, word, n), 1) <= 1)
            return true;
    return false;
}

/* Where the next character begins. */
static const char *next_character(const char *p)
{
    p++;
    while (((unsigned char)*p & 0xc0) == 0x80)
        p++;
    return p;
}

static enum status mend_by_piece(struct search *search, const char *typed, const char *piece,
                                 struct mended *out)
{
    struct directory_search_words_with_row *rows;
    size_t count;
    TRY(directory_search_words_with(search->ctx, piece, NEAR_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].word, typed) != 0 && text_distance(typed, rows[i].word, 1) == 1)
            add_mended(out, rows[i].word);
    return OK;
}

/* The typed word itself is a piece of a longer one. */
static enum status mend_whole(struct search *search, const char *typed, struct mended *out)
{
    TRY(mend_by_piece(search, typed, typed, out));
    for (const char *p = typed; *p != '\0' && out->count < MENDED_MAX; p = next_character(p)) {
        const char *piece =
            mem_format(search->ctx->mem, "%.*s%s", (int)(p - typed), typed, next_character(p));
        TRY(mend_by_piece(search, typed, piece, out));
    }
    return OK;
}

/* For a word that is still being typed: its first two letters are taken to be right. */
static enum status mend_beginning(struct search *search, const char *typed, struct mended *out)
{
    struct directory_search_words_from_row *rows;
    size_t count;
    struct mem *mem = mem_child(search->ctx->mem);
    const char *from = mem_text_part(search->ctx->mem, typed, 2);
    const char *end = mem_format(search->ctx->mem, "%s%s", from, LAST_CHARACTER);
    TRY(directory_search_words_from(search->ctx, from, end, ALPHABET_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (is_near_beginning(mem, typed, rows[i].word) && !text_begins(rows[i].word, typed))
            add_mended(out, rows[i].word);
    mem_end(mem);
    return OK;
}

static bool can_be_mended(const char *word)
{
    if (strlen(word) < WORD_BYTES_MENDED)
        return false;
    for (const char *p = word; *p != '\0'; p++)
        if (isdigit((unsigned char)*p) || (unsigned char)*p >= 0x80)
            return false; /* codes and postcodes are right or wrong; other scripts' letters are of
                             several bytes, of which none may be left out alone */
    return true;
}

/* Tries each mended form of one typed word in its place. */
static enum status run_mended(struct search *search, const struct words *typed, size_t at)
{
    struct mended mended = {0};
    const char *word = typed->word[at];
    if (!can_be_mended(word))
        return OK;
    TRY(mend_whole(search, word, &mended));
    if (at + 1 == typed->count)
        TRY(mend_beginning(search, word, &mended));
    for (size_t i = 0; i < mended.count && search->candidate_count == 0; i++) {
        for (size_t j = 0; j < typed->count; j++)
            search->words[j] = make_word(search, j == at ? mended.word[i] : typed->word[j],
                                         j + 1 == typed->count || j == at);
        TRY(run(search));
    }
    return OK;
}

/* The typed words that nobody has: these are surely wrong, and are mended together. */
static enum status run_all_mended(struct search *search, const struct words *typed)
{
    size_t mended_count = 0;
    for (size_t i = 0; i < typed->count; i++) {
        struct mended mended = {0};
        struct typed_word word = make_word(search, typed->word[i], true);
        TRY(count_uses(search, &word));
        if (word.uses == 0 && can_be_mended(word.from)) {
            TRY(mend_whole(search, word.from, &mended));
            if (i + 1 == typed->count)
                TRY(mend_beginning(search, word.from, &mended));
        }
        mended_count += mended.count > 0;
        if (mended.count > 0)
            word = make_word(search, mended.word[0], i + 1 == typed->count);
        search->words[i] = word;
    }
    return mended_count > 0 ? run(search) : OK;
}

/* ---- the order of answers ---- */

/* What decides, in turn; less comes first. */
static void order_of(const struct candidate *it, int64_t out[ORDER_PARTS])
{
    out[0] = !it->found.is_open;
    out[1] = !it->is_code;
    out[2] = it->is_school;
    out[3] = !it->begins;
    out[4] = -(int64_t)it->whole_count;
    out[5] = it->rank;
    out[6] = (int64_t)strlen(it->name_folded);
}

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    int64_t x_order[ORDER_PARTS], y_order[ORDER_PARTS];
    order_of(x, x_order);
    order_of(y, y_order);
    for (int i = 0; i < ORDER_PARTS; i++)
        if (x_order[i] != y_order[i])
            return x_order[i] < y_order[i] ? -1 : 1;
    int order = strcmp(x->sort_key, y->sort_key);
    return order != 0 ? order : strcmp(x->found.code, y->found.code);
}

static struct words read_typed(struct ctx *ctx, const char *typed)
{
    struct words words = words_of(ctx->mem, typed);
    if (words.count > TYPED_WORDS_MAX)
        words.count = TYPED_WORDS_MAX;
    return words;
}

/* As typed; and mended, when nothing fits. */
static enum status search_all(struct search *search, const struct words *typed, bool forgives)
{
    for (size_t i = 0; i < typed->count; i++) {
        bool is_last = i + 1 == typed->count;
        bool may_go_on = is_last || strlen(typed->word[i]) >= PREFIX_BYTES_MIN;
        search->words[i] = make_word(search, typed->word[i], may_go_on);
    }
    TRY(run(search));
    if (search->candidate_count > 0 || !forgives)
        return OK;
    TRY(run_all_mended(search, typed));
    for (size_t i = typed->count; i-- > 0 && search->candidate_count == 0;)
        TRY(run_mended(search, typed, i));
    return OK;
}

enum status directory_search(struct ctx *ctx, const struct directory_asked *asked,
                             struct directory_found **out, size_t *count_out)
{
    struct words words = read_typed(ctx, asked->typed);
    size_t wanted = asked->at_most < DIRECTORY_FOUND_MAX ? asked->at_most : DIRECTORY_FOUND_MAX;
    *out = mem_array(ctx->mem, struct directory_found, wanted);
    *count_out = 0;
    bool is_too_short = words.count == 0 || (words.count == 1 && strlen(words.word[0]) < 2);
    if (is_too_short || wanted == 0)
        return OK;
    struct search search = {
        .ctx = ctx,
        .shelf = asked->shelf,
        .today = time_day_of(ctx->mem, ctx->now_secs),
        .folded = text_fold(ctx->mem, asked->typed),
        .count = words.count,
        .candidates = mem_array(ctx->mem, struct candidate, CANDIDATES_MAX),
        .room = CANDIDATES_MAX,
    };
    TRY(search_all(&search, &words, !asked->is_exact));
    qsort(search.candidates, search.candidate_count, sizeof *search.candidates, compare_candidates);
    for (size_t i = 0; i < search.candidate_count && i < wanted; i++)
        (*out)[(*count_out)++] = search.candidates[i].found;
    return OK;
}
