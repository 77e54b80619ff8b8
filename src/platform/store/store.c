/* SPDX-License-Identifier: MIT */
/*
 * store.c - the door: what must hold on both engines alike.
 *
 * Checks arguments before the engine sees them, counts rows of a query that gives one, runs
 * transactions and retries them, and fails the nth call for tests.  Knows no SQL but the names of
 * queries; the engines know no rule.
 */
#include "platform/store/store.h"

#include <assert.h>
#include <math.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

#include "platform/store/store_engine.h"

enum { FIRST_PAUSE_MS = 2 };

struct store_cursor {
    struct ctx *ctx;
    struct store *store; /* NULL when closed */
    struct store_statement *statement;
    struct store_value row[STORE_COLUMNS_MAX];
};

/* ---- values ---- */

struct store_value store_int(int64_t n)
{
    return (struct store_value){.type = STORE_INT, .n = n};
}

struct store_value store_text(const char *text)
{
    return (struct store_value){.type = STORE_TEXT, .is_null = text == NULL, .text = text};
}

struct store_value store_real(double real)
{
    return (struct store_value){.type = STORE_REAL, .real = real};
}

struct store_value store_blob(const void *bytes, size_t size_bytes)
{
    return (struct store_value){
        .type = STORE_BLOB, .is_null = bytes == NULL, .text = bytes, .size_bytes = size_bytes};
}

struct store_value store_null(enum store_type type)
{
    return (struct store_value){.type = type, .is_null = true};
}

enum status store_column_fault(struct ctx *ctx, const struct store_statement *statement, int column,
                               const char *found)
{
    return ctx_fail(ctx, ERR_FAULT, "query %s: column \"%s\" holds %s", statement->query->name,
                    statement->columns[column].name, found);
}

/* ---- connections ---- */

static void close_store(void *arg)
{
    struct store *store = arg;
    if (store->cursor != NULL)
        store_cursor_close(store->cursor);
    store->is_closing = true;
    store_statements_forget(store);
    store->engine->close(store);
}

static enum status open_at(struct ctx *ctx, const struct store_engine *engine, const char *location,
                           const struct store *like, struct store **out)
{
    if (sodium_init() < 0)
        return ctx_fail(ctx, ERR_FAULT, "the source of random numbers cannot be opened");
    /* What was made first ends last: store->mem is still there when close_store runs. */
    struct mem *outer = mem_child(ctx->mem);
    struct mem *mem = mem_child(outer);
    struct store *store = mem_new(mem, struct store);
    store->mem = mem;
    store->engine = engine;
    store->location = mem_text(mem, location);
    mem_at_end(outer, close_store, store);
    enum status status = engine->open(ctx, store, like);
    if (status == OK)
        *out = store;
    else
        mem_end(outer);
    return status;
}

enum status store_open(struct ctx *ctx, const char *name, struct store **out)
{
    if (strncmp(name, "postgresql://", 13) == 0)
        return open_at(ctx, &store_postgresql, name, NULL, out);
    if (strcmp(name, "sqlite::memory:") == 0) {
        unsigned char id[8];
        char hex[2 * sizeof id + 1];
        randombytes_buf(id, sizeof id);
        sodium_bin2hex(hex, sizeof hex, id, sizeof id);
        const char *uri = mem_format(ctx->mem, "file:/onward-%s?vfs=memdb", hex);
        return open_at(ctx, &store_sqlite, uri, NULL, out);
    }
    if (strncmp(name, "sqlite:", 7) != 0 || name[7] == '\0')
        return ctx_fail(ctx, ERR_INVALID,
                        "a database is named sqlite:PATH or postgresql://USER@HOST/NAME");
    const char *path = name + 7;
    if (strncmp(path, "file:", 5) == 0) /* a path, although SQLite would take it for a URI */
        path = mem_format(ctx->mem, "./%s", path);
    return open_at(ctx, &store_sqlite, path, NULL, out);
}

enum status store_open_again(struct ctx *ctx, struct store *like, struct store **out)
{
    like->is_shared = true;
    return open_at(ctx, like->engine, like->location, like, out);
}

bool store_is_postgresql(const struct store *store)
{
    return store->engine->is_postgresql;
}

void store_fail_on_call(struct store *store, int nth)
{
    store->fail_at = nth == 0 ? 0 : store->calls + nth;
}

enum status store_version(struct ctx *ctx, uint64_t *out)
{
    if (ctx->store->engine->version == NULL)
        return ERR_NOT_FOUND;
    return ctx->store->engine->version(ctx, ctx->store, out);
}

int64_t store_calls(const struct store *store)
{
    return store->calls;
}

/* ---- running ---- */

static enum status refuse(struct store *store, enum status status)
{
    if (store->transaction != NULL && store->doom == OK)
        store->doom = status;
    return status;
}

/* Whether the connection may run anything now; counts the call. */
static enum status admit(struct ctx *ctx, struct store *store, const char *name)
{
    store->calls++;
    if (store->cursor != NULL)
        return ctx_fail(ctx, ERR_FAULT, "%s: the connection has an open cursor", name);
    if (store->doom != OK)
        return ctx_fail(ctx, ERR_FAULT, "%s: transaction %s has failed already", name,
                        store->transaction);
    if (store->calls == store->fail_at)
        return refuse(store, ctx_fail(ctx, ERR_FAULT, "%s: failure asked for by a test", name));
    if (store->transaction == NULL && store->engine->ready != NULL)
        return store->engine->ready(ctx, store);
    return OK;
}

static enum status check_value(struct ctx *ctx, const struct store_query *query, const char *name,
                               enum store_type type, const struct store_value *value)
{
    if (value->type != type)
        return ctx_fail(ctx, ERR_FAULT, "query %s: argument \"%s\" has another type", query->name,
                        name);
    if (!value->is_null && type == STORE_REAL && isnan(value->real))
        return ctx_fail(ctx, ERR_FAULT, "query %s: argument \"%s\" is not a number", query->name,
                        name);
    return OK;
}

static enum status take_arguments(struct ctx *ctx, const struct store_query *query,
                                  const struct store_value *params, struct store_call *call)
{
    for (int i = 0; i < query->argument_count; i++) {
        const struct store_argument *argument = &query->arguments[i];
        TRY(check_value(ctx, query, argument->name, argument->type, &params[i]));
        if (params[i].is_null && !argument->is_nullable && !argument->is_optional)
            return ctx_fail(ctx, ERR_FAULT, "query %s: argument \"%s\" is null", query->name,
                            argument->name);
        call->values[i] = &params[i];
    }
    return OK;
}

/* Adds the keys of the place and the limit. */
static enum status take_choice(struct ctx *ctx, const struct store_query *query,
                               const struct store_choice *choice, struct store_call *call)
{
    assert(choice != NULL && choice->at_most > 0);
    int count = query->argument_count;
    if (choice->what == STORE_ROWS) {
        const struct store_sort *sort = &query->sorts[choice->sort];
        for (int i = 0; i < sort->key_count; i++, count++) {
            const struct store_column *column = &query->columns[sort->key_columns[i]];
            call->values[count] = choice->keys == NULL ? NULL : &choice->keys[i];
            if (choice->keys == NULL)
                continue;
            TRY(check_value(ctx, query, column->name, column->type, &choice->keys[i]));
            if (choice->keys[i].is_null)
                return ctx_fail(ctx, ERR_FAULT, "query %s: key \"%s\" is null", query->name,
                                column->name);
        }
    }
    call->limit = store_int(choice->at_most);
    call->values[count] = &call->limit;
    return OK;
}

/* Checks the arguments and finds the statement; when OK, the statement is in use. */
static enum status begin_call(struct ctx *ctx, const struct store_query *query,
                              const struct store_choice *choice, const struct store_value *params,
                              struct store_call *call)
{
    struct store *store = ctx->store;
    TRY(take_arguments(ctx, query, params, call));
    if (query->kind == STORE_PAGE)
        TRY(take_choice(ctx, query, choice, call));
    TRY(admit(ctx, store, query->name));
    uint64_t variant = store_variant(query, choice, params);
    const char *cause = ctx->fault;
    enum status status = store_statement_get(ctx, store, query, variant, &call->statement);
    if (status == ERR_BUSY && store->transaction == NULL && store->engine->ready != NULL) {
        ctx->fault = cause; /* preparing has found that the connection was lost */
        TRY(store->engine->ready(ctx, store));
        status = store_statement_get(ctx, store, query, variant, &call->statement);
    }
    return status == OK ? OK : refuse(store, status);
}

struct only_row {
    const struct store_query *query;
    struct ctx *ctx;
    store_row_fn *row;
    void *arg;
    bool was_given;
};

static enum status give_only_row(void *arg, const struct store_value *columns)
{
    struct only_row *only = arg;
    if (only->was_given)
        return ctx_fail(only->ctx, ERR_FAULT, "query %s: gave more than one row",
                        only->query->name);
    only->was_given = true;
    return only->row == NULL ? OK : only->row(only->arg, columns);
}

enum status store_run(struct ctx *ctx, const struct store_query *query,
                      const struct store_choice *choice, const struct store_value *params,
                      store_row_fn *row, void *arg, int64_t *changes_out)
{
    struct store *store = ctx->store;
    struct only_row only = {.query = query, .ctx = ctx, .row = row, .arg = arg};
    struct store_call call = {.row = row, .arg = arg};
    TRY(begin_call(ctx, query, choice, params, &call));
    if (query->kind == STORE_ONE) {
        call.row = give_only_row;
        call.arg = &only;
    }
    enum status status = store->engine->run(ctx, store, call.statement, &call);
    store_statement_put(store, call.statement);
    if (status != OK)
        return call.is_refused ? refuse(store, status) : status;
    if (changes_out != NULL)
        *changes_out = call.changes;
    return query->kind == STORE_ONE && !only.was_given ? ERR_NOT_FOUND : OK;
}

/* ---- cursors ---- */

static void end_cursor(void *arg)
{
    store_cursor_close(arg);
}

static enum status open_once(struct ctx *ctx, const struct store_query *query,
                             const struct store_choice *choice, const struct store_value *params,
                             struct store_statement **out)
{
    struct store *store = ctx->store;
    struct store_call call = {0};
    TRY(begin_call(ctx, query, choice, params, &call));
    *out = call.statement;
    enum status status = store->engine->cursor_open(ctx, store, *out, &call);
    if (status == OK)
        return OK;
    store_statement_put(store, *out);
    return refuse(store, status);
}

enum status store_cursor_open(struct ctx *ctx, const struct store_query *query,
                              const struct store_choice *choice, const struct store_value *params,
                              struct store_cursor **out)
{
    struct store *store = ctx->store;
    struct store_cursor *cursor = mem_new(ctx->mem, struct store_cursor);
    struct store_statement *statement;
    const char *cause = ctx->fault;
    enum status status = open_once(ctx, query, choice, params, &statement);
    if (status == ERR_BUSY && store->transaction == NULL) {
        ctx->fault = cause; /* nothing was shown yet: once more, on a new connection if need be */
        status = open_once(ctx, query, choice, params, &statement);
    }
    if (status != OK)
        return status;
    *cursor = (struct store_cursor){.ctx = ctx, .store = store, .statement = statement};
    store->cursor = cursor;
    mem_at_end(ctx->mem, end_cursor, cursor);
    *out = cursor;
    return OK;
}

enum status store_cursor_next(struct store_cursor *cursor, const struct store_value **row_out)
{
    struct store *store = cursor->store;
    if (store == NULL)
        return ERR_NOT_FOUND;
    enum status status =
        store->engine->cursor_next(cursor->ctx, store, cursor->statement, cursor->row);
    if (status == OK) {
        *row_out = cursor->row;
        return OK;
    }
    store_cursor_close(cursor);
    return status == ERR_NOT_FOUND ? status : refuse(store, status);
}

void store_cursor_close(struct store_cursor *cursor)
{
    struct store *store = cursor->store;
    if (store == NULL)
        return;
    store->engine->cursor_close(store, cursor->statement);
    store_statement_put(store, cursor->statement);
    store->cursor = NULL;
    cursor->store = NULL;
}

/* ---- transactions ---- */

static enum status begin(struct ctx *ctx, struct store *store, const char *name)
{
    TRY(admit(ctx, store, "begin"));
    TRY(store->engine->control(ctx, store, STORE_BEGIN));
    store->transaction = name;
    store->doom = OK;
    return OK;
}

/* Commits when fn and the database agreed, else rolls back; says how the transaction ended. */
static enum status end(struct ctx *ctx, struct store *store, enum status status)
{
    if (store->cursor != NULL)
        store_cursor_close(store->cursor);
    if (store->doom == ERR_BUSY || (store->doom != OK && status == OK))
        status = store->doom;
    if (status == OK)
        status = admit(ctx, store, "commit");
    if (status == OK)
        status = store->engine->control(ctx, store, STORE_COMMIT);
    if (status != OK) {
        const char *cause = ctx->fault;
        (void)!store->engine->control(ctx, store, STORE_ROLLBACK);
        ctx->fault = cause;
    }
    store->transaction = NULL;
    store->doom = OK;
    return status;
}

/* By chance a little more or less, so that two that met do not meet again. */
void store_pause(int attempt)
{
    uint32_t least_us = (uint32_t)(FIRST_PAUSE_MS * 500) << attempt;
    uint32_t wait_us = least_us + randombytes_uniform(2 * least_us);
    struct timespec wait = {.tv_sec = wait_us / 1000000, .tv_nsec = wait_us % 1000000 * 1000L};
    nanosleep(&wait, NULL);
}

enum status store_transact(struct ctx *ctx, const char *name,
                           enum status (*fn)(struct ctx *ctx, void *arg), void *arg)
{
    struct store *store = ctx->store;
    if (store->transaction != NULL)
        return fn(ctx, arg);

    const char *cause_before = ctx->fault;
    unsigned char refused[STORE_REFUSED_BYTES] = {0};
    for (int attempt = 0;; attempt++) {
        enum status status = begin(ctx, store, name);
        /* SQLite has waited for the other writer already. */
        bool is_last = attempt == STORE_TRIES - 1 || (status != OK && !store_is_postgresql(store));
        bool may_be_race = false;
        if (status == OK) {
            status = fn(ctx, arg);
            /* A key that PostgreSQL refuses may have come from another transaction after fn had
             * looked: looking once more, fn sees it.  Only who is refused the same key again has
             * really asked for what cannot be; another key is another race. */
            may_be_race = store->doom == ERR_CONFLICT && store_is_postgresql(store) &&
                          memcmp(refused, store->refused, sizeof refused) != 0;
            memcpy(refused, store->refused, sizeof refused);
            status = end(ctx, store, status);
        }
        if (status != ERR_BUSY && !may_be_race)
            return status;
        if (is_last)
            return ERR_BUSY; /* another key each time: others were in the way */
        ctx->fault = cause_before;
        store_pause(attempt);
    }
}
