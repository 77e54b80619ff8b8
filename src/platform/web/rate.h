/* SPDX-License-Identifier: MIT */
/*
 * rate.h - how often one caller may come: token buckets in this process.  Within platform/web/
 * only.
 *
 * They keep one caller from taking the whole service.  Where several nodes share the requests, each
 * gives its part, so that all together never give more.  What must be counted one by one across
 * nodes (trying codes to sign in) is counted in the store by the capability that owns it.
 */
#ifndef PLATFORM_WEB_RATE_H
#define PLATFORM_WEB_RATE_H

#include "platform/base/ctx.h"

enum rate_rule { RATE_READ_BY_ADDRESS, RATE_WRITE_BY_ADDRESS, RATE_WRITE_BY_PERSON, RATE_RULES };

struct rates;

/* per_minute: how often one address may read in a minute at all nodes together, at least 1; writes
 * follow from it (rate.c).  nodes: how many share it, at least 1.  Each node gives one a minute at
 * least.  Lives as long as mem; safe to use from many threads. */
struct rates *rates_new(struct mem *mem, int64_t per_minute, int64_t nodes);

/* Takes one from the bucket of this rule and key (any hash of the caller).  0 when there was one;
 * else how many seconds to wait. */
int rates_take(struct rates *rates, enum rate_rule rule, uint64_t key, int64_t now_secs);

#endif
