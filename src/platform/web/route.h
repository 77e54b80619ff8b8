/* SPDX-License-Identifier: MIT */
/*
 * route.h - the tables of routes as one tree, made once at the start.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_ROUTE_H
#define PLATFORM_WEB_ROUTE_H

#include "platform/web/target.h"
#include "platform/web/web.h"

/* Every single route: rows of journeys and listings are spread out. */
struct web_routes;

struct route_found {
    const struct web_route *row;
    size_t number; /* of the row, below web_routes_count */
    struct web_values values;
    const char *allow; /* for ERR_CONFLICT: the methods that there are, "GET, HEAD, POST" */
};

/*
 * Builds the tree.  It lives as long as ctx->mem.
 * ERR_INVALID  a row without access, handler or summary, a method or path of no known form, or two
 *              rows for the same method and path: ctx->fault names the row
 */
MUST_CHECK enum status web_routes_build(struct ctx *ctx, const struct web_app *app,
                                        struct web_routes **out);

size_t web_routes_count(const struct web_routes *routes);
const struct web_route *web_routes_at(const struct web_routes *routes, size_t number);

/*
 * Finds the row.  A literal segment wins over a value.
 * ERR_NOT_FOUND  no such address
 * ERR_CONFLICT   the address has other methods
 */
MUST_CHECK enum status web_routes_find(struct mem *mem, const struct web_routes *routes,
                                       const char *method, const struct target *target,
                                       struct route_found *out);

#endif
