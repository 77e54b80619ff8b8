/* SPDX-License-Identifier: MIT */
/*
 * links_site_web.c - how a link within this site stands: by the kinds of pages that are known here,
 * and else by the routes of the program.
 */
#include "programme/links/links_internal.h"

#include <string.h>

#include "platform/base/text.h"
#include "platform/web/web.h"
#include "programme/links/links_web.h"

/* ---- routes ---- */

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

/* ---- kinds ---- */

/* The key in "/news/KEY"; NULL: the path is another's. */
static const char *key_in(const struct links_kind *kind, const char *path)
{
    size_t length = strlen(kind->below);
    if (length == 0 || strncmp(path, kind->below, length) != 0)
        return NULL;
    const char *key = path + length;
    return key[0] != '\0' && strchr(key, '/') == NULL ? key : NULL;
}

static enum status stands(struct ctx *ctx, const struct links_kind *kind, const char *path,
                          const char **state_out)
{
    if (kind->stands != NULL)
        return kind->stands(ctx, path, state_out);
    const char *key = key_in(kind, path);
    if (key == NULL)
        return OK;
    struct links_page *page = mem_new(ctx->mem, struct links_page);
    enum status status = kind->read(ctx, key, page);
    if (status == ERR_NOT_FOUND)
        ctx->fault = NULL;
    else
        TRY(status);
    *state_out = status == OK ? "ok" : "broken";
    return OK;
}

enum status links_site_state(struct ctx *ctx, const char *href, const char **state_out)
{
    const char *path = mem_text_part(ctx->mem, href, strcspn(href, "?#"));
    struct looking looking = {.path = path};
    TRY(web_routes_each(ctx, links_site, look_at_route, &looking));
    bool is_one_page = looking.is_found && !looking.has_value;
    *state_out = !looking.is_found ? "broken" : is_one_page ? "ok" : "unchecked";
    for (size_t i = 0; links_kinds[i] != NULL; i++)
        if (!is_one_page || links_kinds[i]->stands != NULL)
            TRY(stands(ctx, links_kinds[i], path, state_out));
    return OK;
}
