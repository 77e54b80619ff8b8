/* SPDX-License-Identifier: MIT */
/* resource_links.c - where the words about a document lead; its files are not read. */
#include "programme/resource/resource.h"
#include "programme/search/search.h"

static enum status read(struct ctx *ctx, const char *reference, struct links_page *out)
{
    struct resource resource;
    TRY(resource_open(ctx, reference, 0, &resource));
    if (resource.withdrawn_at != 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "document %s is withdrawn", reference);
    out->title = resource.words.title;
    out->edit_href = mem_format(ctx->mem, "/desk/resources/%s", reference);
    links_add_plain(ctx->mem, &out->links, resource.words.summary);
    links_add_plain(ctx->mem, &out->links, resource.shown.changes);
    return OK;
}

const struct links_kind resource_linked = {SEARCH_RESOURCE, read, "/resources/", NULL};
