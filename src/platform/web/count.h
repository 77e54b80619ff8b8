/* SPDX-License-Identifier: MIT */
/*
 * count.h - what the service counts about itself, for /metrics.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_COUNT_H
#define PLATFORM_WEB_COUNT_H

#include "platform/base/mem.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum { COUNT_CLASSES = 5, COUNT_BUCKETS = 11 };

/* Upper bounds of the buckets of the histogram, in microseconds; the last has none. */
extern const int64_t count_bounds_usecs[COUNT_BUCKETS - 1];

/* All members may be read and changed by any thread at any time. */
struct counts {
    size_t route_count;
    atomic_llong *by_route; /* route_count + 1 rows (the last: no route) of COUNT_CLASSES */
    atomic_llong buckets[COUNT_BUCKETS];
    atomic_llong usecs_sum;
    atomic_llong body_bytes_sum;
    atomic_llong in_flight;
    atomic_llong connections;
    atomic_llong streams;
    atomic_llong body_memory_bytes; /* of requests that are being read */
    atomic_llong store_calls;
    atomic_llong kept_pages; /* answers that were not made again (kept.h) */
    atomic_llong limited;    /* answers 429 */
    atomic_llong busy;       /* answers 503 */
};

struct counts *counts_new(struct mem *mem, size_t route_count);

/* One answer.  route: its number, or route_count for none. */
void counts_answer(struct counts *counts, size_t route, int code, int64_t usecs,
                   int64_t body_bytes);

long long counts_of(const struct counts *counts, size_t route, int code_class);

#endif
