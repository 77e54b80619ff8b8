/* SPDX-License-Identifier: MIT */
/*
 * store.h - one door to SQLite and PostgreSQL.
 *
 * Nobody writes SQL in C.  tools/sqlgen turns each named query of a .sql file into a constant
 * struct store_query and one typed function; capabilities call the function, listings read the
 * constant.  The text is the same for both engines; what varies in a query (optional fragments,
 * named sorts, keyset pages, counts) is declared, so the set of statements is finite and
 * store_check_queries can prepare every one of them.
 *
 * A struct store is one connection with its cache of prepared statements.  It belongs to one
 * worker: never used by two threads at once.  A program opens its first before it starts threads.
 *
 * Both engines behave the same also where they differ by nature: text is ordered by its bytes, a
 * transaction in which the database refused something cannot be committed any more, a read
 * outside a transaction sees one snapshot of what is committed, and a single write outside a
 * transaction is one of its own.
 */
#ifndef PLATFORM_STORE_STORE_H
#define PLATFORM_STORE_STORE_H

#include "platform/base/ctx.h"

enum store_type { STORE_INT, STORE_TEXT, STORE_REAL, STORE_BLOB };

/* One argument or one column of a row.  Which member counts follows from type. */
struct store_value {
    enum store_type type;
    bool is_null;
    int64_t n;         /* STORE_INT                                                   */
    double real;       /* STORE_REAL                                                  */
    const char *text;  /* STORE_TEXT: ends with a zero byte; STORE_BLOB: the bytes    */
    size_t size_bytes; /* STORE_TEXT, STORE_BLOB, when read; when given, STORE_BLOB only */
};

/* For writing argument lists by hand (listings, tests); generated code uses them too. */
struct store_value store_int(int64_t n);
struct store_value store_text(const char *text); /* NULL: null */
struct store_value store_real(double real);
struct store_value store_blob(const void *bytes, size_t size_bytes); /* NULL: null */
struct store_value store_null(enum store_type type);

struct store_argument {
    const char *name;
    enum store_type type;
    bool is_nullable; /* `int?`: null is a value that the query compares with         */
    bool is_optional; /* `int optional`: null leaves the fragments of this argument out */
};

struct store_column {
    const char *name;
    enum store_type type;
    bool is_nullable;
};

/* A part of a query's text with arguments written $1, $2 ...  (both engines take them). */
struct store_piece {
    int when; /* index of the optional argument that must be given; -1: always there */
    const char *text;
};

/*
 * A named order of a `page` query.  Rows after (or before) a place are those whose keys compare so
 * with the keys of the row at that place: pages stay right while rows are added.
 *
 * sqlgen and the store agree on how a page is put together.  The pieces end in `where (...)`, so
 * the store adds at the end, in this order:
 *
 *   rows   [` and ` after|before] ` order by ` order|order_reversed ` limit $n`
 *   count  `with counted as (` pieces ` limit $n) select count(*) from counted`
 *   facet  `with listed (c0, c1, ...) as (` pieces `) select cN, count(*) from listed
 *           group by 1 order by 2 desc, 1 nulls last limit $n`
 *
 * The arguments are $1 to $argument_count.  The keys of the place follow, $(argument_count + 1) and
 * on in the order of key_columns; they are never null.  The limit of rows is
 * $(argument_count + key_count + 1), with a place or without; the limit of a count or a facet is
 * $(argument_count + 1).  sqlgen holds that every column of a page carries its declared name in the
 * text, that all keys go in one direction and that none may be null.
 */
struct store_sort {
    const char *name;
    const char *order;          /* "p.signed_on desc, p.id desc"                       */
    const char *order_reversed; /* the same the other way round                        */
    const char *after;          /* "(p.signed_on, p.id) < ($4, $5)"                    */
    const char *before;         /* "(p.signed_on, p.id) > ($4, $5)"                    */
    const int *key_columns;     /* which columns of the row are the keys, in order     */
    int key_count;              /* at most STORE_KEYS_MAX                              */
};

enum store_kind { STORE_ONE, STORE_MANY, STORE_CHANGES, STORE_PAGE };

enum { STORE_ARGUMENTS_MAX = 40, STORE_COLUMNS_MAX = 64, STORE_KEYS_MAX = 4 };

struct store_query {
    const char *name;
    const char *place; /* "src/programme/pledge/pledge.sql:12" */
    enum store_kind kind;
    const struct store_argument *arguments;
    int argument_count;
    const struct store_column *columns;
    int column_count;
    const struct store_piece *pieces; /* in order */
    int piece_count;
    const struct store_piece *postgresql_pieces; /* NULL: the same text serves both */
    int postgresql_piece_count;
    const struct store_sort *sorts; /* STORE_PAGE only; the first is the usual one */
    int sort_count;
    const char *scans; /* tables that this query may read whole, " a b "; "" for none */
};

/* Which statement of a query's finite set.  All zero: the rows of a query that is not a page.
 * For a page: sort, and where it begins. */
struct store_choice {
    enum store_what {
        STORE_ROWS,
        STORE_COUNT, /* one column: how many rows fit, counted no further than at_most       */
        STORE_FACET  /* (value, count) of facet_column, at most at_most values, most first   */
    } what;
    int sort;          /* index into sorts                                                */
    bool is_backwards; /* rows before the place, in reversed order                        */
    const struct store_value *keys; /* the place; NULL: from the start.  key_count of the sort */
    int facet_column; /* STORE_FACET: index into columns                                 */
    int64_t at_most;  /* STORE_PAGE: how many rows; required                             */
};

/* ---- connections ---- */

/*
 * Opens `sqlite:PATH`, `sqlite::memory:` or `postgresql://...` (any libpq connection string that
 * begins so).  SQLite is set to WAL, synchronous=FULL, foreign keys on, and waits at most 5 s for
 * another writer; a file that it makes can be read by its owner only.  PostgreSQL is set to UTF-8
 * and serialisable transactions; the database must order text by its bytes (locale C or C.UTF-8).
 * A connection to PostgreSQL that was lost is made anew by the next call.  Closed when ctx->mem
 * ends, which must outlive every context that uses the store.
 *
 * ERR_INVALID  the name has another form
 * ERR_BUSY     the server cannot be reached now
 * ERR_FAULT    the file or server refused
 */
MUST_CHECK enum status store_open(struct ctx *ctx, const char *name, struct store **out);

/* Opens one more connection to the same database, e.g. for an export that holds its snapshot.  Any
 * thread may do so, also while like is in use.  A database in memory lasts until the last of its
 * connections is closed. */
MUST_CHECK enum status store_open_again(struct ctx *ctx, struct store *like, struct store **out);

bool store_is_postgresql(const struct store *store);

/* ---- running queries (generated code) ---- */

/* Called once a row; the values' text lives only during the call.  Not OK stops the query and
 * is what store_run returns. */
typedef enum status store_row_fn(void *arg, const struct store_value *columns);

/*
 * Runs a query to its end.  params has argument_count values in order.  choice may be NULL for a
 * query that is no page.  row may be NULL; changes_out may be NULL (a read changes 0).  A row
 * function may run other queries.
 *
 * ERR_NOT_FOUND  a STORE_ONE query gave no row (ctx->fault is left alone)
 * ERR_BUSY       locked, or could not be serialised: the transaction may be run again
 * ERR_CONFLICT   a unique or foreign key or check refused the row
 * ERR_FAULT      anything else, also a null in an argument or a column that declares none, a
 *                second row of STORE_ONE, a number that is not one (NaN)
 *
 * Inside a transaction each failure of the database (not one of the row function, not "no row")
 * dooms the transaction on both engines: see store_transact.
 */
MUST_CHECK enum status store_run(struct ctx *ctx, const struct store_query *query,
                                 const struct store_choice *choice,
                                 const struct store_value *params, store_row_fn *row, void *arg,
                                 int64_t *changes_out);

/* The same, a row at a time, in flat memory and from one snapshot, that of the opening.  While a
 * cursor is open the connection runs nothing else (ERR_FAULT).  It ends with ctx->mem or with
 * store_cursor_close, at any row. */
struct store_cursor;
MUST_CHECK enum status store_cursor_open(struct ctx *ctx, const struct store_query *query,
                                         const struct store_choice *choice,
                                         const struct store_value *params,
                                         struct store_cursor **out);
/* The next row, whose text lives until the next call.  ERR_NOT_FOUND: there are no more. */
MUST_CHECK enum status store_cursor_next(struct store_cursor *cursor,
                                         const struct store_value **row_out);
void store_cursor_close(struct store_cursor *cursor);

/* ---- transactions ---- */

/*
 * Runs fn inside one transaction: `begin immediate` on SQLite, serialisable on PostgreSQL.  OK
 * commits, anything else rolls back.  ERR_BUSY is retried (at most 8 times, with growing random
 * pauses).  So is, on PostgreSQL, a refusal by the database itself (ERR_CONFLICT), as another
 * transaction may have come between, until the same key is refused twice running.  So fn may run
 * more than once and must not touch the world: it puts mail in the outbox and work in the job table
 * instead.  Called inside another transaction it just runs fn: the outermost commits.  ctx->fault
 * is the cause of the last attempt.
 *
 * When the database refused something inside fn (ERR_CONFLICT, ERR_BUSY, ERR_FAULT of store_run),
 * the transaction is doomed: every later call in it is ERR_FAULT, and although fn says OK it is
 * rolled back with the first status.  So nothing goes on after a swallowed failure, on either
 * engine.  Where "already there" is an answer and not a failure, write `on conflict do nothing`
 * and look at the number of changes.
 *
 * ERR_BUSY   others were in the way each time, or the server is away
 * ERR_FAULT  begin or commit failed.  When the connection was lost during commit nobody knows
 *            whether it took place
 * other      what fn returned
 */
MUST_CHECK enum status store_transact(struct ctx *ctx, const char *name,
                                      enum status (*fn)(struct ctx *ctx, void *arg), void *arg);

/*
 * A number that is another one whenever anything was committed since, by any connection and any
 * program.  Cheap enough to ask before every page: what was made from the store at the same number
 * need not be made again.  Only numbers of the same connection compare.  Not counted as a call.
 *
 * ERR_NOT_FOUND  this engine cannot say (PostgreSQL)
 */
MUST_CHECK enum status store_version(struct ctx *ctx, uint64_t *out);

/* ---- schema ---- */

/*
 * One file `pledge_0001.sql`: statements in the shared dialect.  For SQLite the runner writes
 * integer, real and blob for `bigint`, `double precision` and `bytea`, and makes each table
 * `strict`.  What one engine alone needs stands between lines `-- on sqlite` or `-- on postgresql`
 * and `-- on both`.
 */
struct store_migration {
    int number; /* 1, 2, ... without gaps */
    const char *text;
};

/* The migrations of a capability.  tools/embed writes one as `const struct store_migration_set
 * pledge_migrations` from the files pledge_0001.sql, pledge_0002.sql ... */
struct store_migration_set {
    const char *capability; /* "pledge" */
    const struct store_migration *migrations;
    size_t count;
};

/*
 * Applies what is missing, set by set in the order given, number by number, each in a transaction
 * of its own and recorded in store_schema (capability, number, digest, applied_at).  Two programs
 * may do so at once.
 *
 * ERR_CONFLICT  the database is newer than this program, or an applied file was edited since;
 *               nothing was applied
 * ERR_FAULT     a migration failed; it left nothing behind, those before it stay
 */
MUST_CHECK enum status store_migrate(struct ctx *ctx, const struct store_migration_set *const *sets,
                                     size_t set_count, int *applied_out);

/*
 * ERR_NOT_FOUND  the database is empty
 * ERR_CONFLICT   the schema is not exactly what the sets say (too old, too new, edited)
 */
MUST_CHECK enum status store_schema_check(struct ctx *ctx,
                                          const struct store_migration_set *const *sets,
                                          size_t set_count);

/* ---- checks, backup, tests ---- */

/* Every query of the program, in link order.  Generated code puts itself on this list at link
 * time (a section of constant pointers), so nothing runs before main. */
const struct store_query *const *store_queries(size_t *count_out);

/*
 * Prepares the texts of every query here and compares arguments, columns and, where the database
 * says them, types.  All combinations of up to STORE_ALL_COMBINATIONS optional arguments are
 * tried, of more none, each and all.
 *
 * With plans also reads the plan of each combination, sort and direction, and refuses a whole scan
 * of a table that the query does not admit in `scans`.  A page may read along an index in its own
 * order, where the limit ends the scan, and any query a partial index; counts and facets may read
 * what they count.
 *
 * ERR_FAULT  the first query that fails, in ctx->fault
 */
enum { STORE_ALL_COMBINATIONS = 6 };
MUST_CHECK enum status store_check_queries(struct ctx *ctx, bool with_plans, int *checked_out);

/* The same for a list of queries. */
MUST_CHECK enum status store_check_list(struct ctx *ctx, const struct store_query *const *queries,
                                        size_t count, bool with_plans, int *checked_out);

/*
 * A consistent copy of the whole database while it is in use, written beside path and moved there
 * when it is complete and on disk; only its owner can read it.  SQLite: one database file.
 * PostgreSQL: pg_dump's custom format, by the pg_dump on this machine.  progress may be NULL.
 *
 * ERR_CONFLICT  path exists already
 * ERR_INVALID   nothing can be written at path
 * ERR_BUSY, ERR_FAULT  the copy failed; path is not there
 */
MUST_CHECK enum status store_backup(struct ctx *ctx, const char *path,
                                    void (*progress)(void *arg, int percent), void *arg);

/*
 * Fills an empty database from such a copy, wholly or not at all.
 *
 * ERR_CONFLICT  the database is not empty
 * ERR_INVALID   path is no copy, is damaged, or is a copy from the other engine
 */
MUST_CHECK enum status store_restore(struct ctx *ctx, const char *path);

/* Tests only: the nth call of the store from now (query, begin, commit) fails with ERR_FAULT;
 * 0 turns it off. */
void store_fail_on_call(struct store *store, int nth);

/* How many calls (query, cursor, begin, commit) this connection has run; tests state the number of
 * queries of a page. */
int64_t store_calls(const struct store *store);

#endif
