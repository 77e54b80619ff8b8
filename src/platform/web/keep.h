/* SPDX-License-Identifier: MIT */
/*
 * keep.h - parts of pages that cost much and change seldom, kept for a few seconds in this process.
 *
 * For counts beside filters and the like, never for anything that belongs to one person.  Other
 * nodes keep their own; nothing depends on it but speed.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_KEEP_H
#define PLATFORM_WEB_KEEP_H

#include "platform/base/ctx.h"

struct keep;

enum { KEEP_PLACES = 512, KEEP_TEXT_BYTES_MAX = 256 * 1024 };

/* Lives as long as mem; used by any thread. */
struct keep *keep_new(struct mem *mem);

/* A copy in ctx->mem of what was kept under key not longer than `secs` ago by ctx->now_secs; NULL:
 * nothing, or secs is 0. */
const char *keep_get(struct ctx *ctx, struct keep *keep, const char *key, int64_t secs);

/* Keeps the text.  What stood in its place goes; a text that is too long is not kept. */
void keep_put(struct ctx *ctx, struct keep *keep, const char *key, const char *text);

#endif
