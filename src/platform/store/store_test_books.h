/* SPDX-License-Identifier: MIT */
/*
 * store_test_books.h - hand-written queries over two small tables, for the store's own tests.
 *
 * They are not on the program's list of queries, so that the program's own check does not look
 * for their tables.
 */
#ifndef PLATFORM_STORE_STORE_TEST_BOOKS_H
#define PLATFORM_STORE_STORE_TEST_BOOKS_H

#include "platform/store/store.h"

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof(array)[0]))

/* shelf (id, name); book (id, shelf_id, title, weight_real, cover_blob, note) */
extern const struct store_migration_set books_migrations;

extern const struct store_query shelf_add;    /* (id, name) */
extern const struct store_query shelf_name;   /* (id) -> one (name) */
extern const struct store_query shelf_rename; /* (name, id) */
extern const struct store_query book_add;     /* (id, shelf_id, title, weight?, cover?, note?) */
extern const struct store_query book_rename;  /* (title, id) */
extern const struct store_query
    book_by_id; /* (id) -> one (id, shelf_id, title, weight?, cover?, note?) */
extern const struct store_query
    book_note; /* (id) -> one (note), declared not null although it may be */
extern const struct store_query
    book_list; /* page (shelf_id optional, note optional): id, shelf_id, title, note? */

enum { BOOK_BY_TITLE, BOOK_NEWEST };

/* Makes the tables and the shelves 1 "fiction" and 2 "fact". */
MUST_CHECK enum status books_make(struct ctx *ctx);
/* In a transaction of its own. */
MUST_CHECK enum status books_add(struct ctx *ctx, int64_t id, int64_t shelf, const char *title);
MUST_CHECK enum status books_count(struct ctx *ctx, int64_t *out);

/* The arguments of book_list without a filter. */
extern const struct store_value books_all[2];

/* Makes the books in a database that more than one connection can use at once: on SQLite a file,
 * which goes with ctx->mem, instead of the memory. */
MUST_CHECK enum status books_make_shared(struct ctx *ctx);

/* A path in a new folder that goes with ctx->mem. */
const char *books_path(struct ctx *ctx, const char *name);

/* Runs statements as they are: for what a capability cannot do. */
MUST_CHECK enum status books_script(struct ctx *ctx, const char *text);

#endif
