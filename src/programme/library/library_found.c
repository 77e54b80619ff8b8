/* SPDX-License-Identifier: MIT */
/* library_found.c - tells search/ and links/ which pages are public. */
#include "programme/library/library_internal.h"
#include "programme/search/search.h"

#include <inttypes.h>

#include "platform/base/time.h"

static const char *key_of(struct mem *mem, const struct library_page *page)
{
    return mem_format(mem, "%" PRId64, page->id);
}

enum status library_announce(struct ctx *ctx, const struct library_page *page,
                             const struct library_version *version)
{
    const struct library_draft *draft = &version->draft;
    const char *body;
    TRY(library_markdown_words(ctx, draft->body, &body));
    TRY(search_put(ctx, &(const struct search_document){
                            .kind = SEARCH_GUIDANCE,
                            .key = key_of(ctx->mem, page),
                            .href = page->path,
                            .title = draft->title,
                            .summary = draft->summary,
                            .body = body,
                            .stage = draft->stage,
                            .pillar = draft->pillar,
                            .published_on = time_day_of(ctx->mem, page->went_live_at)}));
    return links_follow(ctx, &library_linked, key_of(ctx->mem, page));
}

enum status library_renounce(struct ctx *ctx, const struct library_page *page)
{
    TRY(search_drop(ctx, SEARCH_GUIDANCE, key_of(ctx->mem, page)));
    return links_follow(ctx, &library_linked, key_of(ctx->mem, page));
}
