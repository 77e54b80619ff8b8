/* SPDX-License-Identifier: MIT */
/*
 * pledge_search.c - what searches find of a pledge (search.h).
 *
 * Of a public one: whose it is, its statement and what it is about, without the names of people;
 * until it is withdrawn or merged.  Of one that is not public yet only whose it is, and only for
 * those who may see it at the desk.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/pack/pack.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/search/search.h"

#include <string.h>

enum { SUMMARY_CHARS = 220, BODY_BYTES_MAX = 32 * 1024, PORTION = 100 };

/* What an intention is about goes into the body, its stage into the stages. */
static void add_intention(struct text_builder *body, struct text_builder *stages,
                          const struct framework_intention *intention)
{
    const char *known = stages->bytes != NULL ? stages->bytes : "";
    text_add_format(body, "\n%s. %s", intention->name, intention->text);
    if (strstr(known, intention->stage) == NULL)
        text_add_format(stages, "%s%s", known[0] != '\0' ? " " : "", intention->stage);
}

static enum status fill_words(struct ctx *ctx, const struct pledge_by_reference_row *row,
                              struct search_document *out)
{
    struct text_builder body = text_build(ctx->mem, BODY_BYTES_MAX),
                        stages = text_build(ctx->mem, BODY_BYTES_MAX);
    struct pledge_intentions_row *intentions = NULL;
    struct pledge_revision_of_row sent;
    struct framework framework;
    size_t count = 0;
    TRY(framework_version(ctx, row->framework, row->framework_version, &framework));
    TRY(pledge_intentions(ctx, row->organisation_id, row->id, row->revision, PLEDGE_INTENTIONS_MAX,
                          &intentions, &count));
    TRY(pledge_revision_of(ctx, row->organisation_id, row->id, row->revision, &sent));
    text_add_format(&body, "%s\n%s %s", sent.statement, row->reference, row->organisation_code);
    for (size_t i = 0; i < count; i++) {
        const struct framework_intention *intention =
            framework_intention_of(&framework, intentions[i].intention);
        if (intention != NULL)
            add_intention(&body, &stages, intention);
    }
    out->summary = text_cut(ctx->mem, sent.statement, SUMMARY_CHARS);
    TRY(text_build_end(&stages, &out->stage));
    return text_build_end(&body, &out->body);
}

static bool is_over(enum pledge_state state)
{
    return state == PLEDGE_WITHDRAWN || state == PLEDGE_MERGED;
}

enum status pledge_search_write(struct ctx *ctx, const char *reference)
{
    struct pledge_by_reference_row row;
    TRY(pledge_by_reference(ctx, reference, &row));
    bool is_public = row.is_public != 0;
    struct search_document document = {
        .kind = SEARCH_PLEDGE,
        .key = row.reference,
        .href = mem_format(ctx->mem, is_public ? "/pledges/%s" : "/desk/pledges/%s", row.reference),
        .title = mem_format(ctx->mem, "Pledge of %s", row.name),
        .region = row.region,
        .organisation = row.organisation_code,
        .access = is_public ? 0 : MAY_SEE_PLEDGES,
    };
    if (is_over(pledge_state_of(row.state)))
        return search_drop(ctx, SEARCH_PLEDGE, row.reference);
    if (is_public) {
        document.published_on =
            row.published_at == NULL ? "" : time_day_of(ctx->mem, *row.published_at);
        TRY(fill_words(ctx, &row, &document));
    }
    return search_put(ctx, &document);
}

enum status pledge_search_event(struct ctx *ctx, const struct pledge_file *file,
                                enum pledge_event_kind kind)
{
    switch (kind) {
    case PLEDGE_SENT:
    case PLEDGE_SENT_AGAIN:
    case PLEDGE_WAS_PUBLISHED:
    case PLEDGE_WAS_WITHDRAWN:
    case PLEDGE_WAS_MERGED:
        return pledge_search_write(ctx, file->row.reference);
    default:
        return OK; /* what is found stays what it is */
    }
}

/* ---- pledges from before there was a search ---- */

struct missing {
    int64_t after;
    size_t count;
};

static enum status write_portion(struct ctx *ctx, void *arg)
{
    struct missing *missing = arg;
    struct pledge_not_found_row *rows = NULL;
    TRY(pledge_not_found(ctx, missing->after, PORTION, &rows, &missing->count));
    for (size_t i = 0; i < missing->count; i++) {
        TRY(pledge_search_write(ctx, rows[i].reference));
        missing->after = rows[i].id;
    }
    return OK;
}

enum status pledge_search_missing(struct ctx *ctx)
{
    struct missing missing = {.count = PORTION};
    struct mem *whole = ctx->mem;
    while (missing.count == PORTION) {
        struct missing tried = missing;
        ctx->mem = mem_child(whole);
        enum status status = store_transact(ctx, "pledge_search_missing", write_portion, &tried);
        ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
        missing = tried;
    }
    return OK;
}
