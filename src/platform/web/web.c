/* SPDX-License-Identifier: MIT */
/* web.c - the small things that handlers say and ask. */
#include "platform/web/web.h"

#include "platform/document/picture_shared.h"
#include "platform/web/server.h"

#include <string.h>

const char *web_value(const struct web_request *request, const char *name)
{
    for (int i = 0; i < request->values.count; i++)
        if (strcmp(request->values.name[i], name) == 0)
            return request->values.value[i];
    return "";
}

const char *web_query(const struct web_request *request, const char *name)
{
    return answers_get(request->query, name);
}

const char *web_asked(const struct web_request *request, const char *name)
{
    const char *value = caller_header(request->inner->raw, name);
    return value != NULL ? value : "";
}

enum status web_see_other(struct web_answer *answer, const char *location)
{
    answer->code = 303;
    answer->location = location;
    return OK;
}

enum status web_go_away(struct web_answer *answer, const char *url)
{
    answer->is_away = true;
    return web_see_other(answer, url);
}

enum status web_json(struct web_answer *answer, const char *json)
{
    answer->content_type = "application/json";
    view_raw(&answer->body, json, strlen(json));
    return OK;
}

enum status web_shared_picture(struct web_request *request, struct web_answer *answer,
                               const struct picture_shared *shared)
{
    struct text_span bytes;
    TRY(picture_shared_draw(request->ctx, shared, &bytes));
    view_raw(&answer->body, bytes.bytes, bytes.length_bytes);
    answer->content_type = "image/png";
    answer->is_public = answer->is_same_all_day = true;
    web_header(answer, "Cross-Origin-Resource-Policy", "cross-origin");
    return OK;
}

void web_header(struct web_answer *answer, const char *name, const char *value)
{
    if (answer->header_count < WEB_HEADERS_MAX)
        answer->headers[answer->header_count++] = (struct web_header){name, value};
}

enum status web_stream(struct web_request *request, struct web_answer *answer, struct ctx **out)
{
    struct web_server *server = request->inner->server;
    if (server->stream_ctx != NULL) {
        TRY(server->stream_ctx(server->stream_arg, request->ctx, out));
    } else {
        *out = mem_new(request->ctx->mem, struct ctx);
        **out = *request->ctx;
        (*out)->mem = mem_child(request->ctx->mem);
    }
    answer->stream_ctx = *out;
    return OK;
}

enum status web_routes_each(struct ctx *ctx, const struct web_app *app,
                            void (*fn)(void *arg, const struct web_route *route), void *arg)
{
    struct web_routes *routes;
    TRY(web_routes_build(ctx, app, &routes));
    for (size_t i = 0; i < web_routes_count(routes); i++)
        fn(arg, web_routes_at(routes, i));
    return OK;
}
