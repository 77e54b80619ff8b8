/* SPDX-License-Identifier: MIT */
/* openapi.c - operations and their schemas, from the tables that the program runs by. */
#include "platform/web/openapi.h"

#include "platform/base/json_text.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/web/form_internal.h"
#include "platform/web/journey.h"
#include "platform/web/listing_internal.h"

#include <ctype.h>
#include <jansson.h>
#include <string.h>

#define JSON_TYPE "application/json"
#define PROBLEM_TYPE "application/problem+json"

struct writing {
    struct ctx *ctx;
    const struct web_app *app;
    json_t *paths;
};

static void set_text(json_t *object, const char *name, const char *text)
{
    json_object_set_new(object, name, json_string(text));
}

static json_t *reference_to(const char *schema)
{
    return json_sprintf("#/components/schemas/%s", schema);
}

static json_t *content(const char *type, json_t *schema)
{
    return json_pack("{s:{s:o}}", type, "schema", schema);
}

static json_t *response(const char *description, const char *type, json_t *schema)
{
    return json_pack("{s:s, s:o}", "description", description, "content", content(type, schema));
}

static json_t *problem_response(void)
{
    return response("What is wrong, in words for people (RFC 9457).", PROBLEM_TYPE,
                    json_pack("{s:o}", "$ref", reference_to("Problem")));
}

/* ---- one operation ---- */

/* "get_pledges_json", from method and path. */
static const char *operation_id(struct mem *mem, const struct web_route *route)
{
    char *id = mem_format(mem, "%s%s", route->method, route->path);
    for (char *c = id; *c != '\0'; c++)
        *c = isalnum((unsigned char)*c) ? (char)tolower((unsigned char)*c) : '_';
    return id;
}

/* "/pledges/:reference/pledge.json" with the values as OpenAPI writes them, and as parameters. */
static const char *path_of(struct mem *mem, const char *path, json_t *parameters)
{
    const char *out = "", *rest = path;
    for (;;) {
        size_t plain = strcspn(rest, ":");
        out = mem_format(mem, "%s%s", out, mem_text_part(mem, rest, plain));
        if (rest[plain] == '\0')
            return out;
        rest += plain + 1;
        size_t length = strcspn(rest, "/.");
        const char *name = mem_text_part(mem, rest, length);
        out = mem_format(mem, "%s{%s}", out, name);
        json_array_append_new(parameters,
                              json_pack("{s:s, s:s, s:b, s:{s:s}}", "name", name, "in", "path",
                                        "required", 1, "schema", "type", "string"));
        rest += length;
    }
}

/* Public ones need nothing; others a key of another program or, where a key is not enough, a
 * person's session. */
static json_t *security_of(const struct writing *writing, const struct web_route *route)
{
    const struct web_app *app = writing->app;
    if (route->access == WEB_PUBLIC)
        return json_array();
    bool takes_key = app->key_may != NULL && app->key_may(route->access);
    json_t *ways = json_array();
    if (takes_key)
        json_array_append_new(ways, json_pack("{s:[]}", "key"));
    json_array_append_new(ways, json_pack("{s:[]}", "session"));
    return ways;
}

static json_t *operation(struct writing *writing, const struct web_route *route, json_t *parameters,
                         json_t *responses)
{
    const struct web_app *app = writing->app;
    json_t *operation = json_object();
    set_text(operation, "operationId", operation_id(writing->ctx->mem, route));
    set_text(operation, "summary", route->summary);
    if (app->access_name != NULL)
        set_text(operation, "x-access", app->access_name(route->access));
    json_object_set_new(operation, "security", security_of(writing, route));
    if (json_array_size(parameters) > 0)
        json_object_set(operation, "parameters", parameters);
    json_object_set_new(responses, "default", problem_response());
    json_object_set_new(operation, "responses", responses);
    return operation;
}

static void add(struct writing *writing, const struct web_route *route, const char *path,
                json_t *operation)
{
    struct mem *mem = writing->ctx->mem;
    char *method = mem_text(mem, route->method);
    for (char *c = method; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    json_t *item = json_object_get(writing->paths, path);
    if (item == NULL) {
        item = json_object();
        json_object_set_new(writing->paths, path, item);
    }
    json_object_set_new(item, method, operation);
}

/* ---- listings ---- */

static json_t *nullable(const char *type, bool is_nullable)
{
    return is_nullable ? json_pack("{s:[s,s]}", "type", type, "null")
                       : json_pack("{s:s}", "type", type);
}

static json_t *column_schema(const struct listing *listing, const struct listing_column *column)
{
    const struct store_column *own =
        &listing->query->columns[listing_column_at(listing, column->name)];
    json_t *schema;
    if (column->format == LISTING_TIME) {
        schema = nullable("string", own->is_nullable);
        set_text(schema, "format", "date-time");
    } else if (own->type == STORE_INT) {
        /* Beyond 2^53 a number is sent as text. */
        schema = own->is_nullable ? json_pack("{s:[s,s,s]}", "type", "integer", "string", "null")
                                  : json_pack("{s:[s,s]}", "type", "integer", "string");
    } else {
        schema = nullable(own->type == STORE_REAL ? "number" : "string", own->is_nullable);
    }
    if (column->format == LISTING_DATE)
        set_text(schema, "pattern", "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$");
    if (column->heading != NULL)
        set_text(schema, "title", column->heading);
    return schema;
}

static json_t *listing_schema(const struct listing *listing)
{
    json_t *properties = json_object(), *required = json_array();
    for (const struct listing_column *c = listing->columns; c->name != NULL; c++) {
        json_object_set_new(properties, c->name, column_schema(listing, c));
        json_array_append_new(required, json_string(c->name));
    }
    json_t *row = json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties,
                            "required", required, "additionalProperties", 0);
    return json_pack("{s:s, s:{s:{s:s, s:o}, s:{s:s, s:s}}, s:[s], s:b}", "type", "object",
                     "properties", "items", "type", "array", "items", row, "next", "type", "string",
                     "description", "The address of the rows that follow; absent at the end.",
                     "required", "items", "additionalProperties", 0);
}

static void add_parameter(json_t *parameters, const char *name, const char *description,
                          json_t *schema)
{
    json_t *parameter = json_pack("{s:s, s:s, s:o}", "name", name, "in", "query", "schema", schema);
    if (description != NULL)
        set_text(parameter, "description", description);
    json_array_append_new(parameters, parameter);
}

static json_t *filter_schema(const struct listing_filter *filter)
{
    json_t *schema = json_pack("{s:s}", "type", "string");
    if (filter->kind == LISTING_CHECK) {
        json_object_set_new(schema, "enum", json_pack("[s]", "1"));
    } else if (filter->kind == LISTING_CHOICE && filter->options != NULL) {
        json_t *codes = json_array();
        for (const struct form_option *o = filter->options; o->code != NULL; o++)
            json_array_append_new(codes, json_string(o->code));
        json_object_set_new(schema, "enum", codes);
    }
    return schema;
}

static void add_listing(struct writing *writing, const struct web_route *route)
{
    const struct listing *listing = route->listing;
    json_t *parameters = json_array(), *orders = json_array();
    const char *path = path_of(writing->ctx->mem, route->path, parameters);
    for (const struct listing_filter *f = listing->filters; f != NULL && f->argument != NULL; f++)
        add_parameter(parameters, f->argument, f->label, filter_schema(f));
    for (const struct listing_order *o = listing->orders; o != NULL && o->sort != NULL; o++)
        json_array_append_new(orders, json_string(o->sort));
    if (json_array_size(orders) > 0)
        add_parameter(parameters, "sort", "The order of the rows.",
                      json_pack("{s:s, s:O}", "type", "string", "enum", orders));
    add_parameter(parameters, "after", "Where to go on: as in `next`.",
                  json_pack("{s:s}", "type", "string"));
    json_t *responses = json_pack(
        "{s:o}", "200", response("Rows, at most 100.", JSON_TYPE, listing_schema(listing)));
    add(writing, route, path, operation(writing, route, parameters, responses));
    json_decref(parameters);
    json_decref(orders);
}

/* ---- journeys ---- */

static json_t *journey_schema(const struct journey *journey)
{
    json_t *properties = json_object(), *required = json_array();
    for (const struct journey_step *step = journey->steps; step->name != NULL; step++)
        if (step->fields != NULL)
            form_schema_members(step->fields, properties, step->applies == NULL ? required : NULL);
    return json_pack("{s:s, s:o, s:o, s:b}", "type", "object", "properties", properties, "required",
                     required, "additionalProperties", 0);
}

static json_t *reference_response(const char *description)
{
    return response(description, JSON_TYPE, json_pack("{s:o}", "$ref", reference_to("Reference")));
}

static void add_journey(struct writing *writing, const struct web_route *route)
{
    json_t *parameters = json_array();
    const char *path = path_of(writing->ctx->mem, route->path, parameters);
    json_array_append_new(
        parameters,
        json_pack("{s:s, s:s, s:b, s:s, s:{s:s, s:i, s:i}}", "name", "Idempotency-Key", "in",
                  "header", "required", 1, "description",
                  "A random text, another one for each new call: a call that is repeated with it "
                  "counts once.",
                  "schema", "type", "string", "minLength", 16, "maxLength", 200));
    json_t *responses = json_pack("{s:o, s:o}", "201", reference_response("It was done."), "200",
                                  reference_response("It was done before, by the same call."));
    json_t *it = operation(writing, route, parameters, responses);
    json_object_set_new(it, "requestBody",
                        json_pack("{s:b, s:o}", "required", 1, "content",
                                  content(JSON_TYPE, journey_schema(route->journey))));
    add(writing, route, path, it);
    json_decref(parameters);
}

/* ---- the rest ---- */

static void add_handler(struct writing *writing, const struct web_route *route)
{
    struct mem *mem = writing->ctx->mem;
    json_t *parameters = json_array();
    const char *path = path_of(mem, route->path, parameters);
    for (const char *name = route->asks; name != NULL && *name != '\0';) {
        size_t length = strcspn(name, " ");
        add_parameter(parameters, mem_text_part(mem, name, length), NULL,
                      json_pack("{s:s}", "type", "string"));
        name += length + (name[length] == ' ');
    }
    json_t *schema = json_loads(route->answers, 0, NULL);
    json_t *responses = json_pack(
        "{s:o}", "200",
        response("What was asked for.", JSON_TYPE, schema != NULL ? schema : json_object()));
    add(writing, route, path, operation(writing, route, parameters, responses));
    json_decref(parameters);
}

static void visit(void *arg, const struct web_route *route)
{
    struct writing *writing = arg;
    if (route->listing != NULL && text_ends(route->path, ".json"))
        add_listing(writing, route);
    else if (route->journey != NULL && strcmp(route->method, "POST") == 0 && route->is_base)
        add_journey(writing, route);
    else if (route->answers != NULL)
        add_handler(writing, route);
}

static const char components[] =
    "{\"schemas\":{"
    "\"Problem\":{\"type\":\"object\",\"required\":[\"title\",\"status\"],\"properties\":{"
    "\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},"
    "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
    "\"reference\":{\"type\":\"string\",\"description\":\"Of this answer, to tell us.\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"required\":[\"field\",\"detail\"],\"properties\":{\"field\":{\"type\":\"string\"},"
    "\"detail\":{\"type\":\"string\"}}}}}},"
    "\"Reference\":{\"type\":\"object\",\"required\":[\"reference\"],"
    "\"properties\":{\"reference\":{\"type\":\"string\"}},\"additionalProperties\":false}},"
    "\"securitySchemes\":{"
    "\"key\":{\"type\":\"http\",\"scheme\":\"bearer\","
    "\"description\":\"A key that the lead of an organisation made.\"},"
    "\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"onward\","
    "\"description\":\"A person who is signed in.\"}}}";

enum status web_openapi(struct ctx *ctx, const struct web_app *app, const char **out)
{
    struct writing writing = {.ctx = ctx, .app = app, .paths = json_object()};
    enum status status = web_routes_each(ctx, app, visit, &writing);
    if (status != OK) {
        json_decref(writing.paths);
        return status;
    }
    json_t *document = json_pack(
        "{s:s, s:{s:s, s:s, s:s, s:{s:s, s:s}}, s:[{s:s}], s:o, s:o}", "openapi", "3.1.0", "info",
        "title", ctx->settings->service_name, "version", "1", "description",
        "Lists, and journeys as one call each. What everybody may see needs no key. A file "
        "in a body is an object with its name and its bytes in base64; all files of a "
        "call together may have 12 MiB.",
        "license", "name", "Open Government Licence v3.0, for the data", "identifier", "OGL-UK-3.0",
        "servers", "url", ctx->settings->base_url, "paths", writing.paths, "components",
        json_loads(components, 0, NULL));
    *out = json_text_taken(ctx->mem, document, JSON_COMPACT);
    return OK;
}

enum status web_openapi_show(struct web_request *request, struct web_answer *answer)
{
    const char *text;
    TRY(web_openapi(request->ctx, request->app, &text));
    answer->is_public = true;
    return web_json(answer, text);
}
