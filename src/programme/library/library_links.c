/* SPDX-License-Identifier: MIT */
/* library_links.c - where the pages of guidance lead, and how an address of theirs stands. */
#include "programme/library/library_internal.h"

#include <inttypes.h>
#include <string.h>

#include "platform/document/markdown.h"
#include "programme/library/library_block.h"
#include "programme/search/search.h"

enum status library_links_add(struct ctx *ctx, const char *text, struct links *links)
{
    struct markdown_thing *things;
    const char *words;
    size_t count;
    TRY(library_things(ctx, text, &things, &count));
    for (size_t i = 0; i < count; i++)
        if (things[i].what != MARKDOWN_HTML)
            links_add(links, things[i].href);
    TRY(library_markdown_words(ctx, text, &words));
    links_add_plain(ctx->mem, links, words);
    return OK;
}

static enum status find_live(struct ctx *ctx, const char *key, struct library_page *page,
                             struct library_version *version)
{
    int64_t id;
    if (text_number(key, 1, INT64_MAX, &id) != OK)
        return ctx_fail(ctx, ERR_NOT_FOUND, "a page has no number \"%s\"", key);
    TRY(library_page_get(ctx, id, page));
    if (page->live_number == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the public reads nothing on page %s", key);
    return library_version_get(ctx, id, page->live_number, version);
}

static enum status read(struct ctx *ctx, const char *key, struct links_page *out)
{
    struct library_page page;
    struct library_version version;
    TRY(find_live(ctx, key, &page, &version));
    const char *related = version.draft.related;
    out->title = version.draft.title;
    out->edit_href = mem_format(ctx->mem, "/desk/library/%" PRId64, page.id);
    TRY(library_links_add(ctx, version.draft.body, &out->links));
    TRY(library_links_add(ctx, version.draft.steps, &out->links));
    TRY(library_links_add(ctx, version.draft.sources, &out->links));
    for (const char *line; (line = library_line_next(ctx->mem, &related)) != NULL;)
        links_add(&out->links, line);
    return OK;
}

/* ---- addresses ---- */

static const char pictures[] = "/guidance/pictures/";

static enum status picture_stands(struct ctx *ctx, const char *path, const char **out)
{
    struct library_picture_row_row row;
    int64_t id;
    enum status status = ERR_NOT_FOUND;
    if (text_number(path + sizeof pictures - 1, 1, INT64_MAX, &id) == OK)
        status = library_picture_row(ctx, id, &row);
    if (status == ERR_NOT_FOUND)
        ctx->fault = NULL;
    *out = status == OK ? "ok" : "broken";
    return status == ERR_NOT_FOUND ? OK : status;
}

static bool is_ours(const char *path)
{
    static const char *const own[] = {"/guidance", "/get-ready", "/get-in", "/get-on",
                                      "/go-further"};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        size_t length = strlen(own[i]);
        if (strncmp(path, own[i], length) == 0 && (path[length] == '\0' || path[length] == '/'))
            return true;
    }
    return false;
}

static enum status stands(struct ctx *ctx, const char *path, const char **out)
{
    struct library_page page;
    struct library_version version;
    const char *moved = NULL;
    if (text_begins(path, pictures))
        return picture_stands(ctx, path, out);
    if (!is_ours(path))
        return OK;
    enum status status = library_find(ctx, path, &page, &version, &moved);
    if (status == ERR_NOT_FOUND)
        ctx->fault = NULL;
    *out = status == ERR_NOT_FOUND ? "broken" : moved != NULL ? "moved" : "ok";
    return status == ERR_NOT_FOUND ? OK : status;
}

const struct links_kind library_linked = {SEARCH_GUIDANCE, read, "", stands};
