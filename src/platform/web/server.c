/* SPDX-License-Identifier: MIT */
/* server.c - what is worked out once, at the start. */
#include "platform/web/server.h"

#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/web/session_inner.h"

#include <string.h>
#include <strings.h>

static enum status read_base_url(struct ctx *ctx, struct web_server *server)
{
    const char *url = ctx->settings->base_url;
    size_t scheme = strncasecmp(url, "https://", 8) == 0  ? 8
                    : strncasecmp(url, "http://", 7) == 0 ? 7
                                                          : 0;
    size_t length = strcspn(url + scheme, "/");
    if (scheme == 0 || length == 0)
        return ctx_fail(ctx, ERR_INVALID, "base_url \"%s\" is no http or https address", url);
    server->is_https = scheme == 8;
    server->host = mem_text_part(ctx->mem, url + scheme, length);
    return OK;
}

/* Of the shared secret, so that every node gives one address the same hash. */
static enum status make_short_key(struct ctx *ctx, struct web_server *server)
{
    struct text_span bytes;
    TRY(text_hex_read(ctx->mem, hash_keyed(ctx->mem, server->secret, "address", 7), &bytes));
    memcpy(server->short_key, bytes.bytes, SERVER_SHORT_KEY_BYTES);
    return OK;
}

enum status web_server_new(struct ctx *ctx, const struct web_app *app, struct web_server **out)
{
    struct web_server *server = mem_new(ctx->mem, struct web_server);
    server->app = app;
    server->settings = ctx->settings;
    TRY(web_routes_build(ctx, app, &server->routes));
    TRY(read_base_url(ctx, server));
    TRY(proxies_read(ctx, ctx->settings->trusted_proxies, &server->proxies));
    TRY(session_secret(ctx, server->secret));
    TRY(make_short_key(ctx, server));
    if (ctx->settings->requests_per_minute_count > 0)
        server->rates = rates_new(ctx->mem, ctx->settings->requests_per_minute_count,
                                  ctx->settings->nodes_count);
    server->counts = counts_new(ctx->mem, web_routes_count(server->routes));
    *out = server;
    return OK;
}
