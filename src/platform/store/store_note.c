/* SPDX-License-Identifier: MIT */
/*
 * store_note.c - a table of a fixed number of places for each connection, the newest wins.
 *
 * Each note has memory of its own.  One that loses its place may still be in use by the request
 * that runs, so its memory ends with that request.
 */
#include "platform/store/store_note.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "platform/store/store.h"
#include "platform/store/store_engine.h"

struct place {
    struct mem *mem; /* NULL: free */
    const char *key;
    const void *value;
    size_t bytes;
    uint64_t version;
    int64_t at_secs;
    bool has_version, is_fixed;
};

struct store_notes {
    size_t bytes;
    struct place places[STORE_NOTES];
};

static struct place *place_of(struct store *store, const char *key)
{
    if (store->notes == NULL)
        store->notes = mem_new(store->mem, struct store_notes);
    return &store->notes->places[XXH3_64bits(key, strlen(key)) % STORE_NOTES];
}

static bool is_good(const struct ctx *ctx, const struct place *place, const struct store_note *note)
{
    if (place->mem == NULL || strcmp(place->key, note->key) != 0)
        return false;
    if (note->is_fixed || place->is_fixed)
        return note->is_fixed && place->is_fixed;
    if (place->has_version != note->has_version)
        return false;
    if (note->has_version)
        return place->version == note->version;
    return ctx->now_secs >= place->at_secs && ctx->now_secs - place->at_secs < note->secs;
}

const void *store_note_find(struct ctx *ctx, struct store_note *note)
{
    note->may_write = note->is_fixed;
    if (note->is_fixed) {
        const struct place *fixed = place_of(ctx->store, note->key);
        return is_good(ctx, fixed, note) ? fixed->value : NULL;
    }
    if (ctx->store->transaction != NULL)
        return NULL;
    const char *cause = ctx->fault;
    enum status status = store_version(ctx, &note->version);
    ctx->fault = cause;
    note->has_version = status == OK;
    note->may_write = status == OK || (status == ERR_NOT_FOUND && note->secs > 0);
    if (!note->may_write)
        return NULL;
    const struct place *place = place_of(ctx->store, note->key);
    return is_good(ctx, place, note) ? place->value : NULL;
}

static void end(void *mem)
{
    mem_end(mem);
}

static void clear(struct ctx *ctx, struct place *place)
{
    if (place->mem == NULL)
        return;
    mem_at_end(ctx->mem, end, place->mem);
    ctx->store->notes->bytes -= place->bytes;
    *place = (struct place){0};
}

void store_note_write(struct ctx *ctx, const struct store_note *note,
                      const void *(*copy)(struct mem *mem, const void *value), const void *value)
{
    struct store *store = ctx->store;
    if (!note->may_write || (store->transaction != NULL && !note->is_fixed))
        return;
    struct place *place = place_of(store, note->key);
    clear(ctx, place);
    struct mem *mem = mem_child(store->mem);
    struct place fresh = {
        .mem = mem,
        .key = mem_text(mem, note->key),
        .value = copy(mem, value),
        .version = note->version,
        .has_version = note->has_version,
        .is_fixed = note->is_fixed,
        .at_secs = ctx->now_secs,
    };
    fresh.bytes = mem_size_bytes(mem);
    if (fresh.bytes > STORE_NOTE_BYTES_MAX) {
        mem_end(mem);
        return;
    }
    if (store->notes->bytes + fresh.bytes > STORE_NOTES_BYTES_MAX)
        for (int i = 0; i < STORE_NOTES; i++)
            clear(ctx, &store->notes->places[i]);
    store->notes->bytes += fresh.bytes;
    *place = fresh;
}
