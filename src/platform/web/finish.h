/* SPDX-License-Identifier: MIT */
/*
 * finish.h - from what a handler answered to what is sent: layout, headers, ETag, gzip.  Within
 * platform/web/ only.
 */
#ifndef PLATFORM_WEB_FINISH_H
#define PLATFORM_WEB_FINISH_H

#include "platform/web/web.h"

/* Puts the layout around answer->body when it is a page. */
void finish_page(struct web_request *request, struct web_answer *answer);

/* Sets the headers; may turn the answer into 304, and compresses it when that helps. */
void finish_headers(struct web_request *request, struct web_answer *answer);

/* Whether If-None-Match names our ETag, which is a weak one. */
bool finish_is_known(const char *if_none_match, const char *etag);

/* Whether Accept-Encoding names gzip, and not with a weight of 0. */
bool finish_takes_gzip(const struct web_raw *raw);

/* The bytes as gzip into out, or false when that would not make them fewer. */
bool finish_gzip(const struct view *plain, struct view *out);

#endif
