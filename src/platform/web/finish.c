/* SPDX-License-Identifier: MIT */
/*
 * finish.c - headers of an answer.
 *
 * Caching follows from three facts that the dispatcher knows for certain, not from what a handler
 * hopes: whether somebody is signed in, whether the page holds a form token, and whether the
 * handler says that everybody gets the same.  What a signed-in person sees is stored nowhere.  A
 * page with a form is kept by this browser alone, so that Back brings back what was typed.
 */
#include "platform/web/finish.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/server.h"
#include "platform/web/session_inner.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { GZIP_BYTES_MIN = 1024, ETAG_CHARS = 16 };

#define CSP_PAGE                                                                                   \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "              \
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "                   \
    "frame-ancestors 'none'; manifest-src 'self'"
#define CSP_OTHER "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
/* A browser's own reader of PDF needs to be let in. */
#define CSP_PDF "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

static bool is_html(const struct web_answer *answer)
{
    return strncmp(answer->content_type, "text/html", strlen("text/html")) == 0;
}

static bool has_header(const struct web_answer *answer, const char *name)
{
    for (int i = 0; i < answer->header_count; i++)
        if (strcasecmp(answer->headers[i].name, name) == 0)
            return true;
    return false;
}

static bool is_text(const char *content_type)
{
    return strncmp(content_type, "text/", 5) == 0 || strstr(content_type, "json") != NULL ||
           strstr(content_type, "xml") != NULL || strstr(content_type, "javascript") != NULL;
}

bool finish_is_plain(const struct web_answer *answer)
{
    return answer->code == 200 && answer->stream == NULL && answer->encoding == NULL &&
           answer->body.length_bytes > 0 &&
           (answer->download_name != NULL || !is_text(answer->content_type));
}

static void add_security(const struct web_request *request, struct web_answer *answer)
{
    bool is_pdf = strcmp(answer->content_type, "application/pdf") == 0;
    /* A handler's own policy stands: two of them would both be in force. */
    if (!has_header(answer, "Content-Security-Policy"))
        web_header(answer, "Content-Security-Policy",
                   is_html(answer) ? CSP_PAGE
                   : is_pdf        ? CSP_PDF
                                   : CSP_OTHER);
    web_header(answer, "X-Content-Type-Options", "nosniff");
    web_header(answer, "Referrer-Policy", "same-origin");
    web_header(answer, "X-Frame-Options", "DENY");
    web_header(answer, "Cross-Origin-Opener-Policy", "same-origin");
    if (!has_header(answer, "Cross-Origin-Resource-Policy"))
        web_header(answer, "Cross-Origin-Resource-Policy", "same-origin");
    if (is_html(answer))
        web_header(answer, "Permissions-Policy",
                   "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    if (request->inner->is_secure)
        web_header(answer, "Strict-Transport-Security", "max-age=31536000");
}

/* ---- caching ---- */

/* Weak where the compressed answer has the same one; strong for bytes that are always sent as they
 * are, so that a download can go on where it broke off. */
static const char *etag_of(struct mem *mem, const struct web_answer *answer)
{
    return mem_format(
        mem, "%s\"%0*llx\"", finish_is_plain(answer) ? "" : "W/", ETAG_CHARS,
        (unsigned long long)XXH3_64bits(answer->body.text, answer->body.length_bytes));
}

bool finish_is_known(const char *if_none_match, const char *etag)
{
    const char *tag = text_begins(etag, "W/") ? etag + strlen("W/") : etag;
    return strcmp(if_none_match, "*") == 0 || strstr(if_none_match, tag) != NULL;
}

/* If-None-Match counts alone when it is there (RFC 9110, 13.2.2). */
static bool is_unchanged(const struct web_request *request, const char *etag, const char *modified)
{
    const struct web_raw *raw = request->inner->raw;
    const char *known = caller_header(raw, "if-none-match");
    if (known != NULL)
        return finish_is_known(known, etag);
    known = caller_header(raw, "if-modified-since");
    return known != NULL && modified != NULL && strcmp(known, modified) == 0;
}

static void add_validators(struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    const char *etag = etag_of(mem, answer);
    const char *modified = answer->modified_at > 0 ? time_http(mem, answer->modified_at) : NULL;
    web_header(answer, "ETag", etag);
    if (modified != NULL)
        web_header(answer, "Last-Modified", modified);
    if (!is_unchanged(request, etag, modified))
        return;
    answer->code = 304;
    answer->body = (struct view){.mem = mem};
}

static void add_caching(struct web_request *request, struct web_answer *answer)
{
    bool is_known = request->ctx->person.n != 0 || request->key_id != 0;
    answer->is_for_all =
        answer->is_public && !is_known && !request->inner->is_token_asked && answer->cookie == NULL;
    bool is_whole = answer->code == 200 && answer->stream == NULL;
    if (answer->is_immutable && answer->code == 200) {
        web_header(answer, "Cache-Control", "public, max-age=31536000, immutable");
        web_header(answer, "Vary", "Accept-Encoding");
        return;
    }
    web_header(answer, "Vary", "Accept-Encoding, Authorization, Cookie");
    if (!answer->is_for_all && finish_is_plain(answer))
        web_header(answer, "ETag", etag_of(request->ctx->mem, answer));
    if (is_known) {
        web_header(answer, "Cache-Control", "no-store");
    } else if (!answer->is_for_all) {
        web_header(answer, "Cache-Control", "private, no-cache");
    } else {
        web_header(answer, "Cache-Control", "public, no-cache");
        /* Open data: any page may read what everybody may see. */
        if (!is_html(answer))
            web_header(answer, "Access-Control-Allow-Origin", "*");
        if (is_whole)
            add_validators(request, answer);
    }
}

/* ---- the rest ---- */

/* A file name in both spellings (RFC 6266): plain for old programs, UTF-8 for the others. */
static const char *disposition(struct mem *mem, const char *name)
{
    char *plain = mem_text(mem, name);
    for (char *c = plain; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || (unsigned char)*c >= 0x7f || strchr("\"\\/%", *c) != NULL)
            *c = '_';
    return mem_format(mem, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain,
                      text_percent(mem, name));
}

bool finish_takes_gzip(const struct web_raw *raw)
{
    const char *accepted = caller_header(raw, "accept-encoding");
    const char *gzip = accepted != NULL ? strcasestr(accepted, "gzip") : NULL;
    if (gzip == NULL)
        return false;
    const char *weight = gzip + strlen("gzip") + strspn(gzip + strlen("gzip"), " ;\t");
    if (strncasecmp(weight, "q=", 2) != 0)
        return true;
    return weight[2 + strspn(weight + 2, "0.")] > '0' &&
           weight[2 + strspn(weight + 2, "0.")] <= '9';
}

static void compress_body(struct web_request *request, struct web_answer *answer)
{
    struct view packed = {.mem = request->ctx->mem};
    if (answer->encoding != NULL)
        web_header(answer, "Content-Encoding", answer->encoding);
    if (answer->encoding != NULL || answer->stream != NULL || answer->code == 206 ||
        finish_is_plain(answer) || answer->body.length_bytes < GZIP_BYTES_MIN ||
        !is_text(answer->content_type) || !finish_takes_gzip(request->inner->raw) ||
        !finish_gzip(&answer->body, &packed))
        return;
    answer->body = packed;
    web_header(answer, "Content-Encoding", "gzip");
}

static const char *whole_type(struct mem *mem, const char *content_type)
{
    bool needs_charset =
        strncmp(content_type, "text/", 5) == 0 && strchr(content_type, ';') == NULL;
    return needs_charset ? mem_format(mem, "%s; charset=utf-8", content_type) : content_type;
}

void finish_headers(struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    session_give_cookie(request, answer);
    add_security(request, answer);
    add_caching(request, answer);
    finish_range(request, answer);
    if (answer->stream != NULL || answer->body.length_bytes > 0)
        web_header(answer, "Content-Type", whole_type(mem, answer->content_type));
    if (answer->download_name != NULL)
        web_header(answer, "Content-Disposition", disposition(mem, answer->download_name));
    if (answer->location != NULL)
        web_header(answer, "Location", answer->location);
    if (answer->cookie != NULL)
        web_header(answer, "Set-Cookie", answer->cookie);
    if (answer->code == 429 || answer->code == 503)
        web_header(answer, "Retry-After",
                   mem_format(mem, "%d", answer->retry_secs > 0 ? answer->retry_secs : 30));
    /* Not where a cache would give one answer's number to many. */
    if (!answer->is_for_all)
        web_header(answer, "X-Request-Id", request->ctx->request_id);
    compress_body(request, answer);
}
