/* SPDX-License-Identifier: MIT */
/*
 * store_engine.h - what the door (store.c) and the two engines say to each other.
 *
 * Private to store/.  The door keeps the rules that must be the same on both engines (arguments,
 * transactions, the cache of statements, failures that tests ask for); an engine prepares, binds,
 * steps and translates its errors.
 */
#ifndef PLATFORM_STORE_STORE_ENGINE_H
#define PLATFORM_STORE_STORE_ENGINE_H

#include "platform/store/store.h"

#include <stdatomic.h>

enum {
    STORE_VALUES_MAX = STORE_ARGUMENTS_MAX + STORE_KEYS_MAX + 1, /* arguments, keys, limit */
    STORE_OPTIONAL_MAX = STORE_ARGUMENTS_MAX,
    STORE_SORTS_MAX = 64,
    STORE_REFUSED_BYTES = 32,
    STORE_TRIES = 8 /* of a transaction for which others are in the way */
};

/* One prepared text: a variant of a query on one connection. */
struct store_statement {
    struct mem *mem;
    const struct store_query *query;
    uint64_t variant;                     /* store_variant: which of the query's texts           */
    struct store_statement *next_in_slot; /* the cache of store_cache.c                          */
    struct store_statement *newer;
    struct store_statement *older;
    bool is_cached;
    bool is_in_use; /* a run or a cursor stands on it: neither evicted nor run again  */
    bool is_write;

    int value_count; /* arguments, keys and limit                                      */
    enum store_type types[STORE_VALUES_MAX];
    const struct store_column *columns;
    int column_count;
    struct store_column own_columns[2]; /* of a count or a facet */

    void *prepared; /* SQLite: sqlite3_stmt                               */
    unsigned char
        places[STORE_VALUES_MAX]; /* SQLite: where value i is bound; 0: not in this text */
    char name[16];                /* PostgreSQL: of the prepared statement              */
    unsigned connection_number;   /* PostgreSQL: the connection that knows it            */
};

/* One run of a statement. */
struct store_call {
    struct store_statement *statement;
    const struct store_value *values[STORE_VALUES_MAX]; /* NULL: not in this variant */
    struct store_value limit;                           /* of a page; one of values  */
    store_row_fn *row;
    void *arg;
    int64_t row_count;
    int64_t changes;
    bool is_refused; /* the engine, not the row function, is why the run ended */
};

enum store_control { STORE_BEGIN, STORE_COMMIT, STORE_ROLLBACK };

/* Told of each table (or its alias in the query) that a plan reads whole; is_ordered: along an
 * index, in the order that was asked for. */
struct store_scans {
    enum status (*found)(void *arg, const char *table, bool is_ordered);
    void *arg;
};

struct store_engine {
    bool is_postgresql;

    /* Connects to store->location; like, which may be NULL, is connected to the same.  close is
     * called also when open failed. */
    enum status (*open)(struct ctx *ctx, struct store *store, const struct store *like);
    void (*close)(struct store *store);

    /* Makes sure that there is a connection; called outside transactions.  May be NULL. */
    enum status (*ready)(struct ctx *ctx, struct store *store);

    /* Prepares text into statement and checks nothing else; forget undoes it. */
    enum status (*prepare)(struct ctx *ctx, struct store *store, struct store_statement *statement,
                           const char *text);
    void (*forget)(struct store *store, struct store_statement *statement);

    enum status (*run)(struct ctx *ctx, struct store *store, struct store_statement *statement,
                       struct store_call *call);

    enum status (*cursor_open)(struct ctx *ctx, struct store *store,
                               struct store_statement *statement, struct store_call *call);
    enum status (*cursor_next)(struct ctx *ctx, struct store *store,
                               struct store_statement *statement, struct store_value *row);
    void (*cursor_close)(struct store *store, struct store_statement *statement);

    enum status (*control)(struct ctx *ctx, struct store *store, enum store_control control);

    /* store_version; NULL: this engine cannot say. */
    enum status (*version)(struct ctx *ctx, struct store *store, uint64_t *out);

    /* Runs several statements of text, which no user wrote: migrations and settings. */
    enum status (*script)(struct ctx *ctx, struct store *store, const char *text);

    /* What a migration needs around its transaction: begin before it, check at its end inside it,
     * end after it in any case.  May be NULL. */
    enum status (*migration_begin)(struct ctx *ctx, struct store *store);
    enum status (*migration_check)(struct ctx *ctx, struct store *store);
    enum status (*migration_end)(struct ctx *ctx, struct store *store);

    /* Prepares text only to compare what the database says with what the statement declares. */
    enum status (*check)(struct ctx *ctx, struct store *store, struct store_statement *statement,
                         const char *text);
    /* Reads the plan of text and tells scans of each whole scan in it. */
    enum status (*plan)(struct ctx *ctx, struct store *store, struct store_statement *statement,
                        const char *text, const struct store_scans *scans);

    /* Whether there is no table yet. */
    enum status (*is_empty)(struct ctx *ctx, struct store *store, bool *out);
    /* Writes a copy into the file path, which is there and empty. */
    enum status (*backup)(struct ctx *ctx, struct store *store, const char *path,
                          void (*progress)(void *arg, int percent), void *arg);
    /* Fills the empty database from the file path. */
    enum status (*restore)(struct ctx *ctx, struct store *store, const char *path);
};

extern const struct store_engine store_sqlite;
extern const struct store_engine store_postgresql;

enum { STORE_CACHE_SLOTS = 256, STORE_CACHE_MAX = 160 };

struct store {
    struct mem *mem;
    const struct store_engine *engine;
    const char *location; /* what the engine opens; store_open_again opens it once more */
    void *connection;     /* sqlite3 or PGconn                                          */
    void *own;            /* whatever else the engine keeps                             */

    struct store_statement *slots[STORE_CACHE_SLOTS];
    struct store_statement *newest;
    struct store_statement *oldest;
    int cached_count;
    unsigned prepared_count;

    bool is_closing;
    atomic_bool is_shared;       /* store_open_again was asked for another connection */
    struct store_cursor *cursor; /* the one that is open */
    const char *transaction;     /* name of the one that is open; NULL: none        */
    enum status doom;            /* what the database refused in it first           */
    unsigned char refused[STORE_REFUSED_BYTES]; /* PostgreSQL: which key; the newest ERR_CONFLICT */

    struct store_notes *notes; /* store_note.h; NULL: none yet */
    struct store_fresh *fresh; /* store_fresh.h; NULL: not the store of a test */

    int64_t calls;
    int64_t fail_at; /* the call that fails because a test says so; 0: none */
};

/* ---- store_text.c ---- */

/* Which of the query's texts: two calls with the same number run the same text. */
uint64_t store_variant(const struct store_query *query, const struct store_choice *choice,
                       const struct store_value *params);

/* Fills types and columns of the statement from query, variant. */
void store_statement_shape(struct store_statement *statement);

/* The text of the statement's variant for one engine. */
char *store_statement_text(struct mem *mem, const struct store_statement *statement,
                           bool is_postgresql);

/* The number that store_variant gives for such a choice, with the optional arguments of `given`
 * (bit i: argument i). */
uint64_t store_variant_of(const struct store_query *query, const struct store_choice *choice,
                          uint64_t given);

/* ---- store_cache.c ---- */

/* The prepared statement for this variant, from the cache when it is there and not in use. */
MUST_CHECK enum status store_statement_get(struct ctx *ctx, struct store *store,
                                           const struct store_query *query, uint64_t variant,
                                           struct store_statement **out);
/* Ends the use that store_statement_get began. */
void store_statement_put(struct store *store, struct store_statement *statement);
/* Forgets all statements that are not in use; those in use are no longer cached. */
void store_statements_forget(struct store *store);

/* ---- store_dialect.c ---- */

/* The text of a migration as one engine takes it. */
char *store_dialect(struct mem *mem, const char *text, bool is_postgresql);

/* ---- store_sqlite_admin.c, store_postgresql_admin.c: members of the engines ---- */

enum status store_sqlite_migration_begin(struct ctx *ctx, struct store *store);
enum status store_sqlite_migration_check(struct ctx *ctx, struct store *store);
enum status store_sqlite_migration_end(struct ctx *ctx, struct store *store);
enum status store_sqlite_check(struct ctx *ctx, struct store *store,
                               struct store_statement *statement, const char *text);
enum status store_sqlite_plan(struct ctx *ctx, struct store *store,
                              struct store_statement *statement, const char *text,
                              const struct store_scans *scans);
enum status store_sqlite_is_empty(struct ctx *ctx, struct store *store, bool *out);
enum status store_sqlite_backup(struct ctx *ctx, struct store *store, const char *path,
                                void (*progress)(void *arg, int percent), void *arg);
enum status store_sqlite_restore(struct ctx *ctx, struct store *store, const char *path);
enum status store_postgresql_check(struct ctx *ctx, struct store *store,
                                   struct store_statement *statement, const char *text);
enum status store_postgresql_plan(struct ctx *ctx, struct store *store,
                                  struct store_statement *statement, const char *text,
                                  const struct store_scans *scans);
enum status store_postgresql_is_empty(struct ctx *ctx, struct store *store, bool *out);
enum status store_postgresql_backup(struct ctx *ctx, struct store *store, const char *path,
                                    void (*progress)(void *arg, int percent), void *arg);
enum status store_postgresql_restore(struct ctx *ctx, struct store *store, const char *path);

/* ---- store.c ---- */

/* Waits before the next try: 2, 4, 8 ... ms, give or take half. */
void store_pause(int attempt);

/* A null, or a value of another kind, in a column. */
enum status store_column_fault(struct ctx *ctx, const struct store_statement *statement, int column,
                               const char *found);

#endif
