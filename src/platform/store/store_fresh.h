/* SPDX-License-Identifier: MIT */
/*
 * store_fresh.h - for tests only: a migrated database of its own for each test, quickly.
 *
 * The migrations are applied once, to a template that each test's database is copied from.  On
 * PostgreSQL a database that the test did not touch serves the next one too.  What many tests begin
 * with can be kept in a second template.
 */
#ifndef PLATFORM_STORE_STORE_FRESH_H
#define PLATFORM_STORE_STORE_FRESH_H

#include "platform/store/store.h"

struct store_fresh;

typedef enum status store_fresh_fill_fn(struct ctx *ctx);

/* Makes the template on the server named, or in memory when it is NULL or "sqlite::memory:".
 * Everything is dropped when ctx->mem ends. */
MUST_CHECK enum status store_fresh_begin(struct ctx *ctx, const char *server,
                                         const struct store_migration_set *const *sets,
                                         size_t set_count, struct store_fresh **out);

/* Opens the next test's store, which is closed when ctx->mem ends: a copy of the template, or a
 * database without any table. */
MUST_CHECK enum status store_fresh_open(struct ctx *ctx, struct store_fresh *fresh, bool has_tables,
                                        struct store **out);

/* Notes, before the test's memory ends, whether the test has touched its store. */
void store_fresh_done(struct store_fresh *fresh, const struct store *store);

/* Does what fill does to the store of a test: a store that nobody has touched becomes a copy of one
 * that fill has filled before, a minute before the tests' clock.  One fill a run is kept so; any
 * other, and any other store, is filled here and now. */
MUST_CHECK enum status store_fresh_fill(struct ctx *ctx, store_fresh_fill_fn *fill);

#endif
