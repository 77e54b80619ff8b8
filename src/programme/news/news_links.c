/* SPDX-License-Identifier: MIT */
/* news_links.c - where the news lead that are out. */
#include "programme/library/library.h"
#include "programme/news/news.h"
#include "programme/search/search.h"

static enum status read(struct ctx *ctx, const char *slug, struct links_page *out)
{
    struct news_item item;
    TRY(news_find(ctx, slug, &item));
    if (item.withdrawn_at != 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "\"%s\" is withdrawn", slug);
    out->title = item.words.title;
    out->edit_href = mem_format(ctx->mem, "/desk/news/%s", slug);
    links_add_plain(ctx->mem, &out->links, item.words.summary);
    return library_links_add(ctx, item.words.body, &out->links);
}

const struct links_kind news_linked = {SEARCH_NEWS, read, "/news/", NULL};
