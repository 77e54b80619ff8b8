/* SPDX-License-Identifier: MIT */
/*
 * search.c - documents come and go.
 *
 * The number of a document is its place among those that fit alike: its kind, its day, and chance.
 * Both databases give what fits in the order of the numbers, and can stop when there is enough; so
 * what a search costs hardly grows with how much there is.
 */
#include "programme/search/search.h"

#include <string.h>

#include "platform/base/random.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/search/search.sql.h"
#include "programme/search/search_internal.h"

/* Of 63 bits: 4 for the kind, 17 for the days since 1900, 42 by chance. */
enum { KIND_SHIFT = 59, DAY_SHIFT = 42, CHANCE_HALF_BITS = 21, TRIES_MAX = 8 };
enum { DAYS_MAX = (1 << 17) - 1 };

/* The first comes first. */
static const char *const kinds[] = {SEARCH_GUIDANCE, SEARCH_RESOURCE, SEARCH_CASE_STUDY,
                                    SEARCH_EVENT,    SEARCH_NEWS,     SEARCH_PLEDGE};
enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

int search_kind_place(const char *kind)
{
    for (int i = 0; i < KIND_COUNT; i++)
        if (strcmp(kinds[i], kind) == 0)
            return i + 1;
    return 0;
}

static enum status place_of(const struct search_document *document, int64_t *out)
{
    int64_t days = 0;
    if (document->published_on[0] != '\0')
        TRY(time_days_between("1900-01-01", document->published_on, &days));
    int64_t chance = (int64_t)random_below(1u << CHANCE_HALF_BITS) << CHANCE_HALF_BITS |
                     (int64_t)random_below(1u << CHANCE_HALF_BITS);
    int64_t kind = search_kind_place(document->kind);
    if (document->access != 0)
        kind = SEARCH_PUBLIC_END >> KIND_SHIFT;
    *out = kind << KIND_SHIFT | (DAYS_MAX - days) << DAY_SHIFT | chance;
    return OK;
}

/* ---- putting ---- */

struct putting {
    struct search_document document;
    struct search_index index;
};

static enum status add_document(struct ctx *ctx, const struct search_document *it, int64_t *id_out)
{
    const char *facets = mem_format(ctx->mem, "%s\n%s\n%s\n%s\n%s", it->kind, it->stage, it->pillar,
                                    it->region, it->organisation);
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        int64_t changes = 0;
        TRY(place_of(it, id_out));
        TRY(search_document_add(ctx, *id_out, it->kind, it->key, it->href, it->title, it->summary,
                                it->body, it->region, it->organisation, it->stage, it->pillar,
                                it->published_on, it->access, facets, &changes));
        if (changes > 0)
            return OK;
    }
    return ctx_fail(ctx, ERR_FAULT, "no number is free for a document");
}

static enum status drop_now(struct ctx *ctx, void *arg)
{
    const struct search_document *it = arg;
    struct search_document_id_row row = {0};
    int64_t changes = 0;
    enum status status = search_document_id(ctx, it->kind, it->key, &row);
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    TRY(search_index_drop(ctx, row.id));
    return search_document_drop(ctx, row.id, &changes);
}

static enum status put_now(struct ctx *ctx, void *arg)
{
    struct putting *putting = arg;
    int64_t id = 0;
    TRY(drop_now(ctx, &putting->document));
    TRY(add_document(ctx, &putting->document, &id));
    return search_index_add(ctx, id, &putting->document, &putting->index);
}

static void or_empty(const char **text)
{
    if (*text == NULL)
        *text = "";
}

static enum status check(struct ctx *ctx, struct search_document *it)
{
    const char **const texts[] = {&it->kind,    &it->key,    &it->href,        &it->title,
                                  &it->summary, &it->body,   &it->region,      &it->organisation,
                                  &it->stage,   &it->pillar, &it->published_on};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        or_empty(texts[i]);
    if (search_kind_place(it->kind) == 0)
        return ctx_fail(ctx, ERR_INVALID, "there is no kind of document \"%s\"", it->kind);
    if (it->key[0] == '\0' || strlen(it->key) > SEARCH_KEY_BYTES_MAX || it->href[0] != '/' ||
        it->title[0] == '\0')
        return ctx_fail(ctx, ERR_INVALID, "a document lacks its key, path or title");
    if (it->published_on[0] != '\0' && !time_day_is_valid(it->published_on))
        return ctx_fail(ctx, ERR_INVALID, "\"%s\" is no day", it->published_on);
    return OK;
}

enum status search_put(struct ctx *ctx, const struct search_document *document)
{
    struct putting putting = {.document = *document};
    struct search_reader *reader = NULL;
    TRY(check(ctx, &putting.document));
    TRY(search_reader_open(ctx, &reader));
    putting.index = search_index_of(ctx->mem, reader, &putting.document);
    return store_transact(ctx, "search put", put_now, &putting);
}

enum status search_drop(struct ctx *ctx, const char *kind, const char *key)
{
    struct search_document document = {.kind = kind, .key = key};
    return store_transact(ctx, "search drop", drop_now, &document);
}

/* ---- what is new ---- */

enum status search_recent(struct ctx *ctx, const struct search_since *since,
                          struct search_found **rows_out, size_t *count_out)
{
    struct search_recent_rows_row *rows = NULL;
    const char *kind = since->kind != NULL && since->kind[0] != '\0' ? since->kind : NULL;
    const char *from_on = since->from_on != NULL ? since->from_on : "";
    int64_t at_most = since->at_most < SEARCH_RECENT_MAX ? since->at_most : SEARCH_RECENT_MAX;
    TRY(search_recent_rows(ctx, kind, from_on, at_most, &rows, count_out));
    *rows_out = mem_array(ctx->mem, struct search_found, *count_out + 1);
    for (size_t i = 0; i < *count_out; i++) {
        const struct search_recent_rows_row *row = &rows[i];
        (*rows_out)[i] = (struct search_found){
            row->kind,   row->key,          row->href,  row->title,  row->summary,
            row->region, row->organisation, row->stage, row->pillar, row->published_on};
    }
    return OK;
}

enum status search_addresses(struct ctx *ctx, int64_t at_most, struct search_address **rows_out,
                             size_t *count_out)
{
    struct search_public_rows_row *rows = NULL;
    TRY(search_public_rows(ctx, SEARCH_PUBLIC_END, at_most, &rows, count_out));
    *rows_out = mem_array(ctx->mem, struct search_address, *count_out + 1);
    for (size_t i = 0; i < *count_out; i++)
        (*rows_out)[i] = (struct search_address){rows[i].kind, rows[i].href, rows[i].published_on};
    return OK;
}
