/* SPDX-License-Identifier: MIT */
/*
 * library_links_web.c - where the links of live pages lead.
 *
 * Links within this site are compared with its pages and with its routes.  A link to another site
 * is never followed from here, so that a check waits for nobody: library_outside.c looks at those,
 * one at a time, and here stands what it found.
 */
#include "programme/library/library_internal.h"

#include <string.h>

#include "platform/store/store.h"
#include "platform/web/web.h"
#include "programme/library/library_block.h"
#include "programme/library/library_web.h"

enum { PAGES_AT_ONCE = 50, LINKS_MOST = 200, HREF_BYTES_MOST = 1000 };

struct links {
    const char *hrefs[LINKS_MOST];
    size_t count;
};

static void add_link(struct links *links, const char *href)
{
    if (href[0] == '\0' || href[0] == '#' || strlen(href) > HREF_BYTES_MOST ||
        strncmp(href, "mailto:", 7) == 0 || links->count == LINKS_MOST)
        return;
    for (size_t i = 0; i < links->count; i++)
        if (strcmp(links->hrefs[i], href) == 0)
            return;
    links->hrefs[links->count++] = href;
}

/* Everything of a page that leads somewhere. */
static enum status collect(struct ctx *ctx, const struct library_live_after_row *page,
                           struct links *out)
{
    struct markdown_thing *things;
    size_t count;
    const char *texts[] = {page->body, page->steps, page->sources};
    const char *related = page->related;
    for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
        TRY(library_things(ctx, texts[t], &things, &count));
        for (size_t i = 0; i < count; i++)
            if (things[i].what != MARKDOWN_HTML)
                add_link(out, things[i].href);
    }
    for (const char *line; (line = library_line_next(ctx->mem, &related)) != NULL;)
        add_link(out, line);
    return OK;
}

/* ---- within this site ---- */

/* Whether a path could be that of a route: its values may be anything. */
static bool is_like(const char *pattern, const char *path)
{
    while (*pattern == '/' && *path == '/') {
        size_t want = strcspn(pattern + 1, "/"), have = strcspn(path + 1, "/");
        bool is_value = pattern[1] == ':';
        if (is_value ? have == 0 : want != have || memcmp(pattern + 1, path + 1, want) != 0)
            return false;
        pattern += 1 + want;
        path += 1 + have;
    }
    return *pattern == '\0' && *path == '\0';
}

struct looking {
    const char *path;
    bool is_found, has_value; /* a route without values is a page that is there */
};

static void look_at_route(void *arg, const struct web_route *route)
{
    struct looking *looking = arg;
    if (strcmp(route->method, "GET") != 0 || !is_like(route->path, looking->path))
        return;
    bool has_value = strchr(route->path, ':') != NULL;
    looking->has_value = looking->is_found ? looking->has_value && has_value : has_value;
    looking->is_found = true;
}

static const char pictures[] = "/guidance/pictures/";

static enum status state_of_picture(struct ctx *ctx, const char *path, const char **out)
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

static enum status state_within(struct ctx *ctx, const char *href, const char **out)
{
    struct library_page page;
    struct library_version version;
    const char *moved;
    const char *path = mem_text_part(ctx->mem, href, strcspn(href, "?#"));
    struct looking looking = {.path = path};
    if (text_begins(path, pictures))
        return state_of_picture(ctx, path, out);
    if (is_ours(path)) {
        enum status status = library_find(ctx, path, &page, &version, &moved);
        if (status == ERR_NOT_FOUND)
            ctx->fault = NULL;
        *out = status == ERR_NOT_FOUND ? "broken" : moved != NULL ? "moved" : "ok";
        return status == ERR_NOT_FOUND ? OK : status;
    }
    TRY(web_routes_each(ctx, library_site, look_at_route, &looking));
    *out = !looking.is_found ? "broken" : looking.has_value ? "unchecked" : "ok";
    return OK;
}

struct standing {
    const char *state;
    int64_t looked_at;
};

static enum status stand(struct ctx *ctx, const char *href, struct standing *out)
{
    bool is_within = href[0] == '/' && href[1] != '/' && href[1] != '\\';
    *out = (struct standing){"unchecked", ctx->now_secs};
    return is_within ? state_within(ctx, href, &out->state)
                     : library_outside_state(ctx, href, &out->state, &out->looked_at);
}

/* ---- all pages ---- */

/* The page is read again here: it may have been changed or taken down since it was listed. */
static enum status check_page(struct ctx *ctx, void *arg)
{
    const struct library_live_after_row *listed = arg;
    struct library_live_after_row *page;
    struct links *links = mem_new(ctx->mem, struct links);
    size_t count;
    int64_t changes;
    TRY(library_links_forget(ctx, listed->id, &changes));
    TRY(library_live_after(ctx, listed->id - 1, 1, &page, &count));
    if (count == 0 || page->id != listed->id)
        return OK;
    TRY(collect(ctx, page, links));
    for (size_t i = 0; i < links->count; i++) {
        struct standing standing;
        TRY(stand(ctx, links->hrefs[i], &standing));
        TRY(library_link_add(ctx, page->id, links->hrefs[i], standing.state, standing.looked_at,
                             &changes));
    }
    return OK;
}

enum status library_links_check(struct ctx *ctx)
{
    struct library_live_after_row *rows;
    size_t count = PAGES_AT_ONCE;
    for (int64_t after = 0; count == PAGES_AT_ONCE;) {
        TRY(library_live_after(ctx, after, PAGES_AT_ONCE, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            TRY(store_transact(ctx, "library_links", check_page, &rows[i]));
            after = rows[i].id;
        }
    }
    return OK;
}
