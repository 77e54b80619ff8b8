/* SPDX-License-Identifier: MIT */
/*
 * store_lives.h - for tests only: lives of a process that work on one store, one after another, and
 * may be killed at any instant.
 *
 * Each life is a child that opens the store for itself.  The test has the file open only when no
 * child lives: SQLite does not bear a connection across a fork.
 */
#ifndef PLATFORM_STORE_STORE_LIVES_H
#define PLATFORM_STORE_STORE_LIVES_H

#include "platform/store/store.h"

struct store_lives {
    struct ctx *ctx;
    const char *store; /* NULL: the store of ctx, which is a server */
    const struct store_migration_set *const *sets;
    size_t set_count;
};

/* On PostgreSQL in the store of ctx; else in a file that goes with ctx->mem, with these tables. */
struct store_lives store_lives_begin(struct ctx *ctx, const struct store_migration_set *const *sets,
                                     size_t set_count);

/* Opens the store for a context: that of the test when no life works on it. */
MUST_CHECK enum status store_lives_open(const struct store_lives *lives, struct ctx *ctx);

/* A life that does fn, for at most at_most_ms; 0: to its end.  True: it came to its end, and
 * well. */
bool store_lives_live(const struct store_lives *lives,
                      enum status (*fn)(struct ctx *ctx, void *arg), void *arg,
                      uint32_t at_most_ms);

#endif
