/* SPDX-License-Identifier: MIT */
/* body.c - the three content types that we read, and their limits. */
#include "platform/web/body.h"

#include "platform/web/server.h"

#include <string.h>
#include <strings.h>

static bool is_type(const char *content_type, const char *wanted)
{
    size_t length = strlen(wanted);
    return strncasecmp(content_type, wanted, length) == 0 &&
           strchr("; \t", content_type[length]) != NULL;
}

enum body_type body_type(const char *content_type, size_t body_bytes)
{
    if (content_type == NULL || content_type[0] == '\0')
        return body_bytes == 0 ? BODY_NONE : BODY_OTHER;
    if (is_type(content_type, "application/x-www-form-urlencoded"))
        return BODY_FORM;
    if (is_type(content_type, "multipart/form-data"))
        return BODY_MULTIPART;
    return is_type(content_type, "application/json") ? BODY_JSON : BODY_OTHER;
}

size_t body_limit(const struct web_route *route, enum body_type type)
{
    if (route == NULL || !route->takes_files)
        return WEB_BODY_BYTES_MAX;
    return type == BODY_MULTIPART ? WEB_UPLOAD_BYTES_MAX
           : type == BODY_JSON    ? WEB_UPLOAD_JSON_BYTES_MAX
                                  : WEB_BODY_BYTES_MAX;
}

enum status body_read(struct web_request *request, enum body_type type, struct form_answers *out)
{
    struct ctx *ctx = request->ctx;
    const struct web_raw *raw = request->inner->raw;
    switch (type) {
    case BODY_FORM:
        return answers_from_urlencoded(ctx, raw->body, raw->body_bytes, out);
    case BODY_MULTIPART:
        return answers_from_multipart(ctx, caller_header(raw, "content-type"), raw->body,
                                      raw->body_bytes, out);
    case BODY_JSON:
        request->body = raw->body;
        request->body_bytes = raw->body_bytes;
        return answers_from_json(ctx, raw->body, raw->body_bytes, out);
    default:
        return OK;
    }
}
