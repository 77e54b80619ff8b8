/* SPDX-License-Identifier: MIT */
/*
 * guard.c - same origin, form token, rates.
 *
 * A browser cannot be made to send a false Host, Origin or Sec-Fetch-Site, so an Origin whose host
 * is the Host of the same request (or that of the base URL, behind a proxy that rewrites Host) is
 * a page of ours.  `same-site` is not enough: a neighbour's subdomain is somebody else.
 */
#include "platform/web/guard.h"

#include "platform/web/session_inner.h"

#include <string.h>
#include <strings.h>

/* The host of "https://example.org:8080/path", or NULL. */
static const char *host_of(struct mem *mem, const char *url)
{
    const char *at = strstr(url, "://");
    if (at == NULL)
        return NULL;
    return mem_text_part(mem, at + 3, strcspn(at + 3, "/?#"));
}

static bool is_ours(const struct web_request *request, const char *url)
{
    const char *host = host_of(request->ctx->mem, url);
    const struct web_inner *inner = request->inner;
    return host != NULL && host[0] != '\0' &&
           (strcasecmp(host, inner->caller.host) == 0 ||
            strcasecmp(host, inner->server->host) == 0);
}

bool guard_is_same_origin(const struct web_request *request)
{
    const struct web_raw *raw = request->inner->raw;
    const char *site = caller_header(raw, "sec-fetch-site");
    const char *origin = caller_header(raw, "origin");
    const char *referer = caller_header(raw, "referer");
    if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return false;
    if (origin != NULL)
        return is_ours(request, origin);
    return referer == NULL || is_ours(request, referer);
}

const char *guard_page_before(const struct web_request *request)
{
    const char *referer = caller_header(request->inner->raw, "referer");
    if (referer == NULL || !is_ours(request, referer))
        return NULL;
    const char *host = strstr(referer, "://") + 3;
    const char *path = host + strcspn(host, "/?#");
    return path[0] == '/' ? path : NULL;
}

bool guard_has_token(const struct web_request *request, bool is_json)
{
    if (request->key_id != 0 || (is_json && !request->inner->has_sent_cookie))
        return true;
    const char *token = caller_header(request->inner->raw, "x-form-token");
    return session_token_fits(request,
                              token != NULL ? token : answers_get(request->sent, "form_token"));
}

int guard_wait_secs(const struct web_server *server, const struct caller *caller, int64_t now_secs,
                    bool is_write)
{
    /* What comes from this machine is the operator, or a proxy that was not declared: then it is
     * everybody, and a limit would shut out all for one. */
    if (server->rates == NULL || address_is_loopback(&caller->address))
        return 0;
    return rates_take(server->rates, is_write ? RATE_WRITE_BY_ADDRESS : RATE_READ_BY_ADDRESS,
                      web_address_key(server, &caller->address), now_secs);
}

int guard_wait_secs_of_person(const struct web_request *request)
{
    const struct web_server *server = request->inner->server;
    int64_t who = request->ctx->person.n != 0 ? request->ctx->person.n : request->key_id;
    if (server->rates == NULL || who == 0)
        return 0;
    return rates_take(server->rates, RATE_WRITE_BY_PERSON, (uint64_t)who, request->ctx->now_secs);
}
