/* SPDX-License-Identifier: MIT */
/*
 * store_cache.c - the prepared statements of a connection, the least used forgotten first.
 *
 * Found by query and variant in a hash of chains; at most STORE_CACHE_MAX are kept, so that a
 * connection's memory is bounded however many variants the program has.  A statement that is in
 * use (a row function runs the same query again) is prepared a second time, outside the cache.
 */
#include "platform/store/store_engine.h"

static struct store_statement **slot_of(struct store *store, const struct store_query *query,
                                        uint64_t variant)
{
    uint64_t mixed = ((uint64_t)(uintptr_t)query >> 4 ^ variant * UINT64_C(0x9e3779b97f4a7c15)) *
                     UINT64_C(0xff51afd7ed558ccd);
    return &store->slots[mixed >> 56 & (STORE_CACHE_SLOTS - 1)];
}

static void unlink_age(struct store *store, struct store_statement *statement)
{
    if (statement->newer != NULL)
        statement->newer->older = statement->older;
    else
        store->newest = statement->older;
    if (statement->older != NULL)
        statement->older->newer = statement->newer;
    else
        store->oldest = statement->newer;
    statement->newer = statement->older = NULL;
}

static void link_newest(struct store *store, struct store_statement *statement)
{
    statement->older = store->newest;
    if (store->newest != NULL)
        store->newest->newer = statement;
    else
        store->oldest = statement;
    store->newest = statement;
}

static void uncache(struct store *store, struct store_statement *statement)
{
    struct store_statement **at = slot_of(store, statement->query, statement->variant);
    while (*at != statement)
        at = &(*at)->next_in_slot;
    *at = statement->next_in_slot;
    unlink_age(store, statement);
    statement->is_cached = false;
    store->cached_count--;
}

static void discard(struct store *store, struct store_statement *statement)
{
    store->engine->forget(store, statement);
    mem_end(statement->mem);
}

static void make_room(struct store *store)
{
    struct store_statement *statement = store->oldest;
    while (store->cached_count >= STORE_CACHE_MAX && statement != NULL) {
        struct store_statement *newer = statement->newer;
        if (!statement->is_in_use) {
            uncache(store, statement);
            discard(store, statement);
        }
        statement = newer;
    }
}

static enum status prepare(struct ctx *ctx, struct store *store, const struct store_query *query,
                           uint64_t variant, struct store_statement **out)
{
    struct mem *mem = mem_child(store->mem);
    struct store_statement *statement = mem_new(mem, struct store_statement);
    statement->mem = mem;
    statement->query = query;
    statement->variant = variant;
    store_statement_shape(statement);

    struct mem *scratch = mem_child(mem);
    const char *text = store_statement_text(scratch, statement, store_is_postgresql(store));
    enum status status = store->engine->prepare(ctx, store, statement, text);
    mem_end(scratch);
    if (status != OK)
        mem_end(mem);
    else
        *out = statement;
    return status;
}

enum status store_statement_get(struct ctx *ctx, struct store *store,
                                const struct store_query *query, uint64_t variant,
                                struct store_statement **out)
{
    struct store_statement **slot = slot_of(store, query, variant);
    struct store_statement *found = *slot;
    while (found != NULL && (found->query != query || found->variant != variant))
        found = found->next_in_slot;

    if (found != NULL && !found->is_in_use) {
        if (store->newest != found) {
            unlink_age(store, found);
            link_newest(store, found);
        }
        found->is_in_use = true;
        *out = found;
        return OK;
    }

    if (found == NULL)
        make_room(store);
    struct store_statement *made;
    TRY(prepare(ctx, store, query, variant, &made));
    made->is_in_use = true;
    if (found == NULL) {
        made->next_in_slot = *slot;
        *slot = made;
        made->is_cached = true;
        store->cached_count++;
        link_newest(store, made);
    }
    *out = made;
    return OK;
}

void store_statement_put(struct store *store, struct store_statement *statement)
{
    statement->is_in_use = false;
    if (!statement->is_cached)
        discard(store, statement);
}

void store_statements_forget(struct store *store)
{
    struct store_statement *statement = store->oldest;
    while (statement != NULL) {
        struct store_statement *newer = statement->newer;
        uncache(store, statement);
        if (!statement->is_in_use)
            discard(store, statement);
        statement = newer;
    }
}
