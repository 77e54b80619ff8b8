/* SPDX-License-Identifier: MIT */
/*
 * pledge_register.c - the words by which the register finds a pledge, and its yearly-changing
 * neighbours: names, boards and regions follow the directory.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/pledge/pledge_internal.h"

#include <string.h>

enum { PORTION = 200 };

static enum status write_words(struct ctx *ctx, const struct pledge_after_row *row,
                               const char *text)
{
    int64_t changes;
    const char *folded = text_fold(ctx->mem, text);
    while (*folded != '\0') {
        size_t length = strcspn(folded, " ");
        if (length > 0)
            TRY(pledge_word_add(ctx, mem_text_part(ctx->mem, folded, length), row->id,
                                row->organisation_id, &changes));
        folded += length + (folded[length] == ' ');
    }
    return OK;
}

enum status pledge_words_write(struct ctx *ctx, const struct pledge_after_row *row)
{
    int64_t changes;
    TRY(pledge_words_drop(ctx, row->id, &changes));
    TRY(write_words(ctx, row, row->name));
    TRY(write_words(ctx, row, row->town));
    TRY(write_words(ctx, row, row->organisation_code));
    return write_words(ctx, row, row->reference);
}

/* What the directory says today; false in changed_out when the register says the same. */
static enum status refresh_one(struct ctx *ctx, const struct pledge_after_row *row, bool *changed)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    struct organisation_id id = {row->holder_id};
    struct organisation organisation;
    struct directory_place board, region;
    int64_t changes;
    TRY(directory_get(ctx, id, &organisation));
    TRY(directory_board_on(ctx, id, today, &board));
    TRY(directory_region_on(ctx, id, today, &region));
    struct pledge_after_row now = *row;
    now.organisation_code = organisation.code;
    now.name = organisation.name;
    now.town = organisation.town;
    now.kind = organisation.kind;
    now.board = board.known == DIRECTORY_KNOWN ? board.code : "";
    now.region = region.known == DIRECTORY_KNOWN ? region.code : "";
    *changed = strcmp(now.organisation_code, row->organisation_code) != 0 ||
               strcmp(now.name, row->name) != 0 || strcmp(now.town, row->town) != 0 ||
               strcmp(now.kind, row->kind) != 0 || strcmp(now.board, row->board) != 0 ||
               strcmp(now.region, row->region) != 0;
    if (!*changed)
        return OK;
    TRY(pledge_place_set(ctx, row->organisation_id, row->id, now.organisation_code, now.name,
                         text_sort_key(ctx->mem, now.name), now.town, now.kind, now.board,
                         now.region, &changes));
    TRY(pledge_words_write(ctx, &now));
    return pledge_search_write(ctx, row->reference);
}

enum status pledge_register_follow(struct ctx *ctx, const struct pledge_by_reference_row *row)
{
    bool changed;
    /* Of the rest nothing is known here: it is written in any case. */
    return refresh_one(ctx,
                       &(const struct pledge_after_row){.organisation_id = row->organisation_id,
                                                        .holder_id = row->holder_id,
                                                        .id = row->id,
                                                        .reference = row->reference,
                                                        .name = "",
                                                        .organisation_code = "",
                                                        .town = "",
                                                        .kind = "",
                                                        .board = "",
                                                        .region = ""},
                       &changed);
}

/* One portion; what it finds is written anew each time the transaction is tried. */
struct refresh {
    int64_t after, last, changed;
    size_t count;
};

static enum status refresh_portion(struct ctx *ctx, void *arg)
{
    struct refresh *refresh = arg;
    struct pledge_after_row *rows;
    bool is_changed;
    refresh->changed = 0;
    TRY(pledge_after(ctx, refresh->after, PORTION, &rows, &refresh->count));
    for (size_t i = 0; i < refresh->count; i++) {
        TRY(refresh_one(ctx, &rows[i], &is_changed));
        refresh->changed += is_changed;
    }
    if (refresh->count > 0)
        refresh->last = rows[refresh->count - 1].id;
    return OK;
}

enum status pledge_register_refresh(struct ctx *ctx, int64_t *changed_out)
{
    struct refresh refresh = {.count = PORTION};
    *changed_out = 0;
    struct mem *whole = ctx->mem;
    while (refresh.count == PORTION) {
        ctx->mem = mem_child(whole);
        enum status status = store_transact(ctx, "pledge_refresh", refresh_portion, &refresh);
        ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
        refresh.after = refresh.last;
        *changed_out += refresh.changed;
    }
    return OK;
}

enum status pledge_count_published(struct ctx *ctx, int64_t at_most, int64_t *out)
{
    struct pledge_published_count_row row;
    TRY(pledge_published_count(ctx, at_most, &row));
    *out = row.pledges;
    return OK;
}
