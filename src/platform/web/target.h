/* SPDX-License-Identifier: MIT */
/*
 * target.h - the target of a request and its cookies, read strictly.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_TARGET_H
#define PLATFORM_WEB_TARGET_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

enum { TARGET_BYTES_MAX = 4096, TARGET_SEGMENTS_MAX = 16 };

struct target {
    const char *raw;  /* path and query as sent, always beginning with a slash */
    const char *path; /* decoded */
    const char *segment[TARGET_SEGMENTS_MAX]; /* decoded, none for "/"; UTF-8 without controls */
    int segment_count;
    bool ends_with_slash;   /* and is not "/" itself */
    struct text_span query; /* as sent, without the question mark */
};

/*
 * Reads an origin-form target, or an absolute-form one, whose authority is dropped (RFC 9112, 3.2).
 * ERR_INVALID    a broken % escape, a NUL or control character, invalid UTF-8, a segment that is
 *                "." or "..", an encoded slash, or a byte that no URL holds
 * ERR_NOT_FOUND  longer or deeper than any address of this service
 */
MUST_CHECK enum status target_read(struct ctx *ctx, const char *sent, struct target *out);

/* The value of the first cookie of that name in a Cookie header (RFC 6265, 4.2.1); bytes NULL when
 * there is none.  header may be NULL. */
struct text_span target_cookie(const char *header, const char *name);

#endif
