/* SPDX-License-Identifier: MIT */
/*
 * keep.c - a table of a fixed number of places, one mutex, the newest wins.
 *
 * Each text has memory of its own that ends when another takes its place, so what is kept is
 * bounded by KEEP_PLACES times KEEP_TEXT_BYTES_MAX.
 */
#include "platform/web/keep.h"

#include <pthread.h>
#include <string.h>
#include <xxhash.h>

struct place {
    struct mem *mem; /* NULL: free */
    const char *key, *text;
    int64_t at;
};

struct keep {
    pthread_mutex_t mutex;
    struct place places[KEEP_PLACES];
};

static void end(void *arg)
{
    struct keep *keep = arg;
    for (int i = 0; i < KEEP_PLACES; i++) {
        if (keep->places[i].mem != NULL)
            mem_end(keep->places[i].mem);
    }
    pthread_mutex_destroy(&keep->mutex);
}

struct keep *keep_new(struct mem *mem)
{
    struct keep *keep = mem_new(mem, struct keep);
    pthread_mutex_init(&keep->mutex, NULL);
    mem_at_end(mem, end, keep);
    return keep;
}

static struct place *place_of(struct keep *keep, const char *key)
{
    return &keep->places[XXH3_64bits(key, strlen(key)) % KEEP_PLACES];
}

const char *keep_get(struct ctx *ctx, struct keep *keep, const char *key, int64_t secs)
{
    const char *text = NULL;
    if (secs <= 0)
        return NULL;
    pthread_mutex_lock(&keep->mutex);
    const struct place *place = place_of(keep, key);
    if (place->mem != NULL && strcmp(place->key, key) == 0 && ctx->now_secs >= place->at &&
        ctx->now_secs - place->at < secs)
        text = mem_text(ctx->mem, place->text);
    pthread_mutex_unlock(&keep->mutex);
    return text;
}

void keep_put(struct ctx *ctx, struct keep *keep, const char *key, const char *text)
{
    if (strlen(text) + strlen(key) > KEEP_TEXT_BYTES_MAX)
        return;
    struct mem *mem = mem_root();
    struct place fresh = {mem, mem_text(mem, key), mem_text(mem, text), ctx->now_secs};
    pthread_mutex_lock(&keep->mutex);
    struct place *place = place_of(keep, key);
    struct mem *old = place->mem;
    *place = fresh;
    pthread_mutex_unlock(&keep->mutex);
    if (old != NULL)
        mem_end(old);
}
