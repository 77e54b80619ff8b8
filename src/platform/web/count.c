/* SPDX-License-Identifier: MIT */
/* count.c - counters without locks: each is right by itself, no two need to agree. */
#include "platform/web/count.h"

const int64_t count_bounds_usecs[COUNT_BUCKETS - 1] = {
    500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000,
};

struct counts *counts_new(struct mem *mem, size_t route_count)
{
    struct counts *counts = mem_new(mem, struct counts);
    counts->route_count = route_count;
    counts->by_route = mem_array(mem, atomic_llong, (route_count + 1) * COUNT_CLASSES);
    return counts;
}

static void add(atomic_llong *counter, long long n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

void counts_answer(struct counts *counts, size_t route, int code, int64_t usecs, int64_t body_bytes)
{
    int bucket = 0;
    int code_class = code >= 100 && code < 600 ? code / 100 - 1 : COUNT_CLASSES - 1;
    while (bucket < COUNT_BUCKETS - 1 && usecs > count_bounds_usecs[bucket])
        bucket++;
    add(&counts->by_route[route * COUNT_CLASSES + (size_t)code_class], 1);
    add(&counts->buckets[bucket], 1);
    add(&counts->usecs_sum, usecs);
    add(&counts->body_bytes_sum, body_bytes);
    if (code == 429)
        add(&counts->limited, 1);
    if (code == 503)
        add(&counts->busy, 1);
}

long long counts_of(const struct counts *counts, size_t route, int code_class)
{
    return atomic_load_explicit(&counts->by_route[route * COUNT_CLASSES + (size_t)code_class],
                                memory_order_relaxed);
}
