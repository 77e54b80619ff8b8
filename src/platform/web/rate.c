/* SPDX-License-Identifier: MIT */
/*
 * rate.c - a table of fixed size: a bucket that nobody used for long is full again anyway, so the
 * one that was used longest ago in its set can be given to somebody else.
 */
#include "platform/web/rate.h"

#include "platform/base/time.h"

#include <stdatomic.h>

/* How the rules follow from what one address may read: many people can share one (a school, a
 * trust), so that the burst of a whole minute may come at once. */
static const int divisors[RATE_RULES] = {
    [RATE_READ_BY_ADDRESS] = 1,
    [RATE_WRITE_BY_ADDRESS] = 4,
    [RATE_WRITE_BY_PERSON] = 4,
};

enum { SETS = 1024, WAYS = 8, ONE = TIME_MINUTE_SECS };

struct bucket {
    uint64_t key;
    int64_t filled_secs; /* when left_60ths was right */
    int64_t left_60ths;  /* how many are left, in sixtieths: a second brings per_minute of them */
};

struct rates {
    int64_t per_minute[RATE_RULES];
    struct set {
        atomic_flag is_held;
        struct bucket buckets[WAYS];
    } sets[SETS];
};

static int64_t at_least_one(int64_t count)
{
    return count < 1 ? 1 : count;
}

struct rates *rates_new(struct mem *mem, int64_t per_minute, int64_t nodes)
{
    struct rates *rates = mem_new(mem, struct rates);
    for (int i = 0; i < RATE_RULES; i++)
        rates->per_minute[i] = at_least_one((1 + (per_minute - 1) / divisors[i]) / nodes);
    for (int i = 0; i < SETS; i++)
        atomic_flag_clear(&rates->sets[i].is_held);
    return rates;
}

static struct bucket *bucket_of(struct set *set, uint64_t key, int64_t full, int64_t now_secs)
{
    struct bucket *oldest = &set->buckets[0];
    for (int i = 0; i < WAYS; i++) {
        struct bucket *bucket = &set->buckets[i];
        if (bucket->key == key)
            return bucket;
        if (bucket->filled_secs < oldest->filled_secs)
            oldest = bucket;
    }
    *oldest = (struct bucket){.key = key, .filled_secs = now_secs, .left_60ths = full};
    return oldest;
}

static int take(struct bucket *bucket, int64_t per_minute, int64_t now_secs)
{
    int64_t since_secs = now_secs - bucket->filled_secs;
    int64_t full = per_minute * TIME_MINUTE_SECS;
    if (since_secs > 0) {
        bucket->left_60ths +=
            (since_secs > TIME_MINUTE_SECS ? TIME_MINUTE_SECS : since_secs) * per_minute;
        bucket->left_60ths = bucket->left_60ths > full ? full : bucket->left_60ths;
        bucket->filled_secs = now_secs;
    }
    if (bucket->left_60ths < ONE)
        return (int)((ONE - bucket->left_60ths + per_minute - 1) / per_minute);
    bucket->left_60ths -= ONE;
    return 0;
}

int rates_take(struct rates *rates, enum rate_rule rule, uint64_t key, int64_t now_secs)
{
    int64_t per_minute = rates->per_minute[rule];
    uint64_t mixed = ((key ^ (uint64_t)rule << 56) + 1) * 0x9E3779B97F4A7C15U;
    struct set *set = &rates->sets[mixed >> 32 & (SETS - 1)];
    while (atomic_flag_test_and_set_explicit(&set->is_held, memory_order_acquire))
        ;
    struct bucket *bucket = bucket_of(set, mixed | 1, per_minute * TIME_MINUTE_SECS, now_secs);
    int wait_secs = take(bucket, per_minute, now_secs);
    atomic_flag_clear_explicit(&set->is_held, memory_order_release);
    return wait_secs;
}
