/* SPDX-License-Identifier: MIT */
/*
 * server.h - what lives as long as the service, and what the dispatcher knows of one request beside
 * what handlers see.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_SERVER_H
#define PLATFORM_WEB_SERVER_H

#include "platform/base/hash.h"
#include "platform/web/caller.h"
#include "platform/web/count.h"
#include "platform/web/rate.h"
#include "platform/web/route.h"
#include "platform/web/web.h"

enum { SERVER_SHORT_KEY_BYTES = 16 };

/* Made once by web_server_new; only its counters and rates change afterwards. */
struct web_server {
    const struct web_app *app;
    const struct settings *settings;
    struct web_routes *routes;
    struct proxies *proxies;
    struct rates *rates; /* NULL: no limits */
    struct counts *counts;
    unsigned char secret[HASH_KEY_BYTES];
    unsigned char short_key[SERVER_SHORT_KEY_BYTES]; /* of hashes of addresses; on all nodes */
    const char *host;                                /* of the base URL: "example.org:8080" */
    bool is_https;                                   /* people reach the service by https   */

    /* Gives a stream memory and a store connection of its own; the listener's.  NULL: streams use
     * those of the request (tests). */
    enum status (*stream_ctx)(void *arg, struct ctx *request_ctx, struct ctx **out);
    void *stream_arg;
};

struct web_inner {
    struct web_server *server;
    const struct web_raw *raw;
    struct target target;
    struct caller caller;
    bool is_secure;          /* this request came by https                        */
    const char *cookie;      /* token of the cookie that was sent, when it has the form of one */
    const char *new_cookie;  /* token of the cookie to give; NULL: none           */
    bool needs_fresh_minute; /* the cookie's minute is old: send a new one */
    bool needs_row_seen;     /* the row's seen_at is old                    */
    bool has_sent_cookie;    /* any cookie of ours at all                         */
    bool is_token_asked;
    size_t route_number;
};

/* 0, or the code for headers that are too many, too long or not text. */
int web_headers_code(const struct web_raw *raw);

/* Whether the Accept header asks for JSON and not for a page. */
bool web_accepts_json(const struct web_raw *raw);

/* Stands for the caller's household. */
uint64_t web_address_key(const struct web_server *server, const struct address *address);

/* How long the body of this request may be, before it is read. */
size_t web_body_limit(struct ctx *ctx, struct web_server *server, const struct web_raw *raw);

#endif
