/* SPDX-License-Identifier: MIT */
/*
 * kept.h - public pages that need not be made again.  Within platform/web/ only.
 *
 * What a visitor who is not signed in is answered, on a page that is the same for all such, is a
 * function of the address, of three properties of the request (gzip or not, JSON or not, https or
 * not), of what is in the store, and of the time: of the second, or of the London day alone when
 * the handler says so (is_same_all_day).  So the answer to the same question at the same version of
 * the store and the same time is the same, and is sent again instead of made again.  Nobody ever
 * sees anything that is out of date.  On an engine that cannot tell its version nothing is kept.
 *
 * Each worker keeps its own: no locks.
 */
#ifndef PLATFORM_WEB_KEPT_H
#define PLATFORM_WEB_KEPT_H

#include "platform/web/server.h"

#include <microhttpd.h>

struct kept;

/* One question, filled by kept_find. */
struct kept_question {
    const char *key; /* NULL: of no kind that is kept */
    uint64_t version;
    bool is_known; /* the visitor has the page that was found: 304 with response_known */
};

struct kept_page {
    struct MHD_Response *response, *response_known;
    const char *etag; /* within response */
    const struct web_route *route;
    size_t route_number;
    size_t body_bytes;
};

/* Lives as long as mem. */
struct kept *kept_new(struct mem *mem);

/* The page that answers this request, or NULL.  Rates are checked as for any other request. */
const struct kept_page *kept_find(struct ctx *ctx, struct kept *kept, struct web_server *server,
                                  const struct web_raw *raw, struct kept_question *question);

/* Keeps response, which answers the question, when it may be and is worth it. */
void kept_put(struct ctx *ctx, struct kept *kept, const struct kept_question *question,
              const struct web_answer *answer);

#endif
