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

/* Whether the answer is bytes that are sent as they are, never compressed: a download, or what is
 * not text.  Such have a strong ETag, and can be asked for in part. */
bool finish_is_plain(const struct web_answer *answer);

/*
 * Answers with the part that Range asks for (RFC 9110, 14): 206, or 416 for one that lies behind
 * the end.  One range of bytes at a time; what is no such range, or asks for several, or comes with
 * an If-Range that names other bytes, gets the whole.  Only GET has parts: HEAD says how long the
 * whole is.  Sets is_taken.
 */
void finish_range(const struct web_request *request, struct web_answer *answer);

/* Whether If-None-Match names our ETag; weak and strong ones are compared alike. */
bool finish_is_known(const char *if_none_match, const char *etag);

/* Whether Accept-Encoding names gzip, and not with a weight of 0. */
bool finish_takes_gzip(const struct web_raw *raw);

/* The bytes as gzip into out, or false when that would not make them fewer. */
bool finish_gzip(const struct view *plain, struct view *out);

#endif
