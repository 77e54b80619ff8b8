/* SPDX-License-Identifier: MIT */
/*
 * route.c - a tree of path segments.
 *
 * Children of a node stand in the order in which they are tried: literal segments, values with an
 * ending (":reference.json"), values.  A way that turns out to be wrong further down is left again,
 * so that `/pledges/sign/:draft` and `/pledges/:reference/pledge.pdf` can live together.  Names of
 * values belong to the row, not to the node: two rows may name the same place differently.
 */
#include "platform/web/route.h"

#include "platform/web/journey.h"
#include "platform/web/listing.h"

#include <string.h>

enum { VALUES_MAX = sizeof((struct web_values *)0)->name / sizeof(char *) };

static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
enum { METHOD_COUNT = sizeof methods / sizeof methods[0] };

struct row {
    struct web_route route;
    const char *value_names[VALUES_MAX];
    int value_count;
};

/* In the order in which they are tried. */
enum node_kind { LITERAL, VALUE_WITH_ENDING, VALUE };

struct node {
    enum node_kind kind;
    const char *text; /* the literal, or the ending */
    struct node *first, *next;
    const struct row *rows[METHOD_COUNT];
};

struct web_routes {
    struct row *rows;
    size_t count, room;
    struct node top;
};

static int method_number(const char *method)
{
    if (strcmp(method, "HEAD") == 0)
        return 0;
    for (int i = 0; i < METHOD_COUNT; i++)
        if (strcmp(methods[i], method) == 0)
            return i;
    return -1;
}

static enum status refuse(struct ctx *ctx, const struct web_route *route, const char *why)
{
    return ctx_fail(ctx, ERR_INVALID, "route %s \"%s\" %s",
                    route->method != NULL ? route->method : "?",
                    route->path != NULL ? route->path : "?", why);
}

static enum status check(struct ctx *ctx, const struct web_route *route)
{
    if (route->path == NULL || route->path[0] != '/')
        return refuse(ctx, route, "has no path that begins with a slash");
    if (route->access == WEB_ACCESS_UNSET)
        return refuse(ctx, route, "says no access");
    if (route->access < 0 || (route->access > WEB_SIGNED_IN && route->access < WEB_ACCESS_FIRST))
        return refuse(ctx, route, "has an access that nobody knows");
    if (route->handler == NULL)
        return refuse(ctx, route, "has no handler");
    if (route->summary == NULL || route->summary[0] == '\0')
        return refuse(ctx, route, "has no summary");
    if (method_number(route->method) < 0 || strcmp(route->method, "HEAD") == 0)
        return refuse(ctx, route, "has a method that is none of GET, POST, PUT, PATCH, DELETE");
    return OK;
}

/* ---- spreading journeys and listings ---- */

static bool has_file(const struct form_field *fields)
{
    for (; fields != NULL && fields->kind != FORM_KIND_END; fields++)
        if (fields->kind == FORM_KIND_FILE || (fields->fields != NULL && has_file(fields->fields)))
            return true;
    return false;
}

static bool takes_files(const struct journey *journey)
{
    for (const struct journey_step *step = journey->steps; step != NULL && step->name; step++)
        if (has_file(step->fields))
            return true;
    return false;
}

static bool applies(const struct listing *listing, const char *suffix)
{
    if (strcmp(suffix, ".atom") == 0)
        return listing->dated_column != NULL;
    return strcmp(suffix, ".ics") != 0 || listing->starts_column != NULL;
}

static struct row *push(struct ctx *ctx, struct web_routes *routes, const struct web_route *route)
{
    if (routes->count == routes->room) {
        size_t room = routes->room == 0 ? 64 : routes->room * 2;
        struct row *rows = mem_array(ctx->mem, struct row, room);
        if (routes->count > 0)
            memcpy(rows, routes->rows, routes->count * sizeof *rows);
        routes->rows = rows;
        routes->room = room;
    }
    struct row *row = &routes->rows[routes->count++];
    row->route = *route;
    return row;
}

static enum status spread(struct ctx *ctx, struct web_routes *routes, const struct web_route *base,
                          const struct web_route *suffixes)
{
    if (suffixes == NULL)
        return refuse(ctx, base, "is of a kind that this program has not");
    for (const struct web_route *suffix = suffixes; suffix->method != NULL; suffix++) {
        if (base->listing != NULL && !applies(base->listing, suffix->path))
            continue;
        struct web_route route = *base;
        route.method = suffix->method;
        route.path = mem_format(ctx->mem, "%s%s", base->path, suffix->path);
        route.handler = suffix->handler;
        route.is_base = suffix->path[0] == '\0';
        if (suffix->summary != NULL && suffix->path[0] != '\0')
            route.summary = mem_format(ctx->mem, "%s %s", base->summary, suffix->summary);
        route.takes_files = base->journey != NULL && takes_files(base->journey);
        TRY(check(ctx, &route));
        push(ctx, routes, &route);
    }
    return OK;
}

static enum status collect(struct ctx *ctx, struct web_routes *routes,
                           const struct web_route *table)
{
    for (const struct web_route *route = table; route->method != NULL; route++) {
        if (route->path == NULL)
            return refuse(ctx, route, "has no path that begins with a slash");
        if (route->journey != NULL) {
            TRY(spread(ctx, routes, route, journey_routes));
        } else if (route->listing != NULL) {
            if (listing_filter_without_argument(route->listing) != NULL)
                return refuse(ctx, route, "has a filter that its query has no argument for");
            TRY(spread(ctx, routes, route, listing_routes));
        } else {
            TRY(check(ctx, route));
            push(ctx, routes, route);
        }
    }
    return OK;
}

/* ---- the tree ---- */

static struct node *child(struct ctx *ctx, struct node *parent, enum node_kind kind,
                          const char *text)
{
    struct node **at = &parent->first;
    for (; *at != NULL && (*at)->kind <= kind; at = &(*at)->next)
        if ((*at)->kind == kind && strcmp((*at)->text, text) == 0)
            return *at;
    struct node *node = mem_new(ctx->mem, struct node);
    node->kind = kind;
    node->text = text;
    node->next = *at;
    *at = node;
    return node;
}

static enum status place(struct ctx *ctx, struct web_routes *routes, struct row *row)
{
    struct node *node = &routes->top;
    const char *at = row->route.path + 1;
    while (*at != '\0') {
        size_t length = strcspn(at, "/");
        const char *segment = mem_text_part(ctx->mem, at, length);
        if (length == 0)
            return refuse(ctx, &row->route, "has an empty segment");
        if (segment[0] != ':') {
            node = child(ctx, node, LITERAL, segment);
        } else if (row->value_count == VALUES_MAX) {
            return refuse(ctx, &row->route, "has too many values");
        } else {
            size_t name_bytes = strcspn(segment + 1, ".");
            const char *ending = segment + 1 + name_bytes;
            row->value_names[row->value_count++] = mem_text_part(ctx->mem, segment + 1, name_bytes);
            node = child(ctx, node, ending[0] != '\0' ? VALUE_WITH_ENDING : VALUE, ending);
        }
        at += length + (at[length] == '/');
    }
    const struct row **slot = &node->rows[method_number(row->route.method)];
    if (*slot != NULL)
        return refuse(ctx, &row->route, "is there twice");
    *slot = row;
    return OK;
}

enum status web_routes_build(struct ctx *ctx, const struct web_app *app, struct web_routes **out)
{
    struct web_routes *routes = mem_new(ctx->mem, struct web_routes);
    for (const struct web_route *const *table = app->routes; *table != NULL; table++)
        TRY(collect(ctx, routes, *table));
    for (size_t i = 0; i < routes->count; i++)
        TRY(place(ctx, routes, &routes->rows[i]));
    *out = routes;
    return OK;
}

size_t web_routes_count(const struct web_routes *routes)
{
    return routes->count;
}

const struct web_route *web_routes_at(const struct web_routes *routes, size_t number)
{
    return &routes->rows[number].route;
}

/* ---- finding ---- */

struct search {
    const struct target *target;
    int method;
    struct mem *mem;
    const char *values[VALUES_MAX];
    int value_count;
    const struct node *other; /* a node of this address with other methods */
};

/* Whether the segment fits the node; *value is what it gives. */
static bool fits(const struct search *search, const struct node *node, const char *segment,
                 const char **value)
{
    *value = segment;
    if (node->kind == LITERAL)
        return strcmp(node->text, segment) == 0;
    if (segment[0] == '\0')
        return false;
    if (node->kind == VALUE)
        return true;
    size_t length = strlen(segment), ending = strlen(node->text);
    if (length <= ending || strcmp(segment + length - ending, node->text) != 0)
        return false;
    *value = mem_text_part(search->mem, segment, length - ending);
    return true;
}

static const struct row *walk(struct search *search, const struct node *node, int depth)
{
    if (depth == search->target->segment_count) {
        const struct row *row = search->method >= 0 ? node->rows[search->method] : NULL;
        for (int i = 0; i < METHOD_COUNT && row == NULL; i++)
            if (node->rows[i] != NULL && search->other == NULL)
                search->other = node;
        return row;
    }
    const char *segment = search->target->segment[depth];
    for (const struct node *next = node->first; next != NULL; next = next->next) {
        const char *value;
        if (!fits(search, next, segment, &value))
            continue;
        bool is_value = next->kind != LITERAL;
        if (is_value)
            search->values[search->value_count++] = value;
        const struct row *row = walk(search, next, depth + 1);
        if (row != NULL)
            return row;
        search->value_count -= is_value;
    }
    return NULL;
}

static const char *allowed(struct mem *mem, const struct node *node)
{
    const char *text = "";
    for (int i = 0; i < METHOD_COUNT; i++)
        if (node->rows[i] != NULL)
            text = mem_format(mem, "%s%s%s%s", text, text[0] != '\0' ? ", " : "", methods[i],
                              i == 0 ? ", HEAD" : "");
    return text;
}

enum status web_routes_find(struct mem *mem, const struct web_routes *routes, const char *method,
                            const struct target *target, struct route_found *out)
{
    struct search search = {.target = target, .method = method_number(method), .mem = mem};
    *out = (struct route_found){.allow = ""};
    const struct row *row = walk(&search, &routes->top, 0);
    if (row == NULL && search.other == NULL)
        return ERR_NOT_FOUND;
    if (row == NULL) {
        out->allow = allowed(mem, search.other);
        return ERR_CONFLICT;
    }
    out->row = &row->route;
    out->number = (size_t)(row - routes->rows);
    out->values.count = row->value_count;
    for (int i = 0; i < row->value_count; i++) {
        out->values.name[i] = row->value_names[i];
        out->values.value[i] = search.values[i];
    }
    return OK;
}
