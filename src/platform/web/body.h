/* SPDX-License-Identifier: MIT */
/*
 * body.h - what was sent with a request, by its content type.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_BODY_H
#define PLATFORM_WEB_BODY_H

#include "platform/web/web.h"

enum body_type { BODY_NONE, BODY_FORM, BODY_MULTIPART, BODY_JSON, BODY_OTHER };

/* content_type may be NULL. */
enum body_type body_type(const char *content_type, size_t body_bytes);

/* How many bytes a body may have. */
size_t body_limit(const struct web_route *route, enum body_type type);

/* Fills out; for JSON also request->body.  ERR_INVALID: it cannot be read. */
MUST_CHECK enum status body_read(struct web_request *request, enum body_type type,
                                 struct form_answers *out);

#endif
