/* SPDX-License-Identifier: MIT */
/*
 * store_postgresql.c - the server engine, over libpq.
 *
 * Transactions are serialisable.  A read outside a transaction is one statement and sees one
 * snapshot, so it runs as `read committed`, which costs nothing and cannot fail for others' sake;
 * a write outside a transaction becomes a serialisable transaction of its own.
 *
 * A connection that was lost is made anew: a read is repeated at once, a transaction from its
 * begin.  Only a connection lost during commit is a fault, for nobody knows what became of it.
 */
#include "platform/store/store_postgresql.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <sodium.h>

struct server {
    unsigned connection_number; /* counts up when the connection is made anew        */
    bool is_stale;              /* the server no longer knows our prepared statements */
    PGresult *cursor_result;    /* what the open cursor shows, or will show next      */
    bool is_cursor_result_next;
};

static PGconn *connection_of(const struct store *store)
{
    return store->connection;
}

static bool is_lost(const struct store *store)
{
    return PQstatus(connection_of(store)) != CONNECTION_OK;
}

/* ---- failures ---- */

static enum status status_of(const char *state)
{
    static const char *const busy[] = {"40001", "40P01", "55P03", "53300",
                                       "57P01", "57P02", "57P03", "26000"};
    /* The last two: a table, or its type, that another program has just made. */
    static const char *const conflict[] = {"23505", "23503", "23514", "23P01", "42P07", "42710"};
    for (size_t i = 0; i < sizeof busy / sizeof busy[0]; i++)
        if (strcmp(state, busy[i]) == 0)
            return ERR_BUSY;
    for (size_t i = 0; i < sizeof conflict / sizeof conflict[0]; i++)
        if (strcmp(state, conflict[i]) == 0)
            return ERR_CONFLICT;
    return ERR_FAULT;
}

/* The constraint and the key, which is personal data: only its digest is kept, and not for long. */
static void note_refused(struct store *store, const PGresult *result)
{
    static const int fields[] = {PG_DIAG_CONSTRAINT_NAME, PG_DIAG_MESSAGE_DETAIL};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const char *text = PQresultErrorField(result, fields[i]);
        if (text != NULL)
            crypto_hash_sha256_update(&state, (const unsigned char *)text, strlen(text) + 1);
    }
    crypto_hash_sha256_final(&state, store->refused);
}

enum status postgresql_fail(struct ctx *ctx, struct store *store, const PGresult *result,
                            const char *what)
{
    struct server *server = store->own;
    if (is_lost(store))
        return ctx_fail(ctx, ERR_BUSY, "%s: the connection to the database was lost", what);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (state == NULL)
        return ctx_fail(ctx, ERR_FAULT, "%s: the database gave no answer", what);
    bool is_old_plan = message != NULL && strstr(message, "cached plan must not change") != NULL;
    if (is_old_plan || strcmp(state, "26000") == 0)
        server->is_stale = true;
    enum status status = is_old_plan ? ERR_BUSY : status_of(state);
    if (status == ERR_CONFLICT)
        note_refused(store, result);
    return ctx_fail(ctx, status, "%s: %s (%s)", what, message != NULL ? message : "", state);
}

static bool is_good(const PGresult *result)
{
    ExecStatusType code = PQresultStatus(result);
    return code == PGRES_COMMAND_OK || code == PGRES_TUPLES_OK || code == PGRES_EMPTY_QUERY;
}

enum status postgresql_do(struct ctx *ctx, struct store *store, const char *text)
{
    PGresult *result = PQexec(connection_of(store), text);
    enum status status = is_good(result) ? OK : postgresql_fail(ctx, store, result, "postgresql");
    PQclear(result);
    return status;
}

/* ---- connecting ---- */

static void ignore_notice(void *arg, const PGresult *result)
{
    (void)arg, (void)result;
}

/* Text is compared, and so ordered and paged, by its bytes on both engines. */
static enum status check_order(struct ctx *ctx, struct store *store)
{
    PGresult *result = PQexec(connection_of(store), "select 'B' < 'a' and 'a b' < 'a-a'");
    bool is_by_bytes =
        PQresultStatus(result) == PGRES_TUPLES_OK && strcmp(PQgetvalue(result, 0, 0), "t") == 0;
    PQclear(result);
    if (is_by_bytes)
        return OK;
    return ctx_fail(ctx, ERR_FAULT,
                    "the database does not order text by its bytes: create it with "
                    "template template0 encoding 'UTF8' locale 'C.UTF-8'");
}

static enum status set_up(struct ctx *ctx, struct store *store)
{
    PQsetNoticeReceiver(connection_of(store), ignore_notice, NULL);
    const char *encoding = PQparameterStatus(connection_of(store), "server_encoding");
    if (encoding == NULL || strcmp(encoding, "UTF8") != 0)
        return ctx_fail(ctx, ERR_FAULT, "the database is not in UTF-8");
    TRY(postgresql_do(ctx, store,
                      "set default_transaction_isolation = 'read committed';"
                      "set lock_timeout = '10s';"
                      "set idle_in_transaction_session_timeout = '60s';"
                      "set client_min_messages = 'warning';"
                      "set timezone = 'UTC';"
                      "set jit = off"));
    return check_order(ctx, store);
}

/* Whether the server is away for now, or there but unwilling. */
static enum status refused(struct ctx *ctx, const struct store *store)
{
    const char *message = PQerrorMessage(connection_of(store));
    size_t length = strcspn(message, "\n");
    bool is_there = PQping(store->location) == PQPING_OK;
    return ctx_fail(ctx, is_there ? ERR_FAULT : ERR_BUSY, "could not reach the database: %.*s",
                    (int)length, message);
}

static enum status open_server(struct ctx *ctx, struct store *store, const struct store *like)
{
    (void)like;
    const char *const names[] = {"connect_timeout", "fallback_application_name", "dbname",
                                 "client_encoding", NULL};
    const char *const values[] = {"5", "onward", store->location, "UTF8", NULL};
    store->own = mem_new(store->mem, struct server);
    store->connection = PQconnectdbParams(names, values, 1);
    if (store->connection == NULL)
        return ctx_fail(ctx, ERR_FAULT, "could not reach the database: no memory");
    if (is_lost(store))
        return refused(ctx, store);
    return set_up(ctx, store);
}

static void close_server(struct store *store)
{
    PQfinish(store->connection);
}

static enum status connect_anew(struct ctx *ctx, struct store *store)
{
    struct server *server = store->own;
    server->connection_number++;
    server->is_stale = false;
    store_statements_forget(store);
    PQreset(connection_of(store));
    if (is_lost(store)) {
        const char *cause = ctx->fault;
        (void)refused(ctx, store);
        ctx->fault = cause != NULL ? cause : ctx->fault;
        return ERR_BUSY;
    }
    return set_up(ctx, store);
}

static enum status ready(struct ctx *ctx, struct store *store)
{
    struct server *server = store->own;
    if (is_lost(store))
        return connect_anew(ctx, store);
    if (server->is_stale) {
        server->is_stale = false;
        store_statements_forget(store);
    }
    return OK;
}

/* ---- statements ---- */

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* True when text holds a word that writes; a false alarm costs a transaction, no more. */
static bool has_write(const char *text)
{
    static const char *const words[] = {"insert", "update", "delete"};
    for (const char *at = text; *at != '\0'; at++)
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if ((at == text || !is_letter(at[-1])) &&
                strncasecmp(at, words[i], strlen(words[i])) == 0 &&
                !is_letter(at[strlen(words[i])]))
                return true;
    return false;
}

static enum status prepare(struct ctx *ctx, struct store *store, struct store_statement *statement,
                           const char *text)
{
    struct server *server = store->own;
    char name[sizeof statement->name];
    Oid oids[STORE_VALUES_MAX];
    for (int i = 0; i < statement->value_count; i++)
        oids[i] = postgresql_oid(statement->types[i]);
    snprintf(name, sizeof name, "s%u", ++store->prepared_count);
    PGresult *result = PQprepare(connection_of(store), name, text, statement->value_count, oids);
    enum status status =
        is_good(result) ? OK : postgresql_fail(ctx, store, result, statement->query->name);
    PQclear(result);
    if (status != OK)
        return status;
    snprintf(statement->name, sizeof statement->name, "%s", name);
    statement->connection_number = server->connection_number;
    statement->is_write = has_write(text);
    return OK;
}

static void forget(struct store *store, struct store_statement *statement)
{
    struct server *server = store->own;
    if (store->is_closing || is_lost(store) ||
        statement->connection_number != server->connection_number)
        return;
    char text[40];
    snprintf(text, sizeof text, "deallocate %s", statement->name);
    PQclear(PQexec(connection_of(store), text));
}

/* Connects anew when needed, and prepares anew what the server no longer knows. */
static enum status recover(struct ctx *ctx, struct store *store, struct store_statement *statement)
{
    const struct server *server = store->own;
    TRY(ready(ctx, store));
    if (statement->is_cached && statement->connection_number == server->connection_number)
        return OK;
    struct mem *scratch = mem_child(ctx->mem);
    enum status status =
        prepare(ctx, store, statement, store_statement_text(scratch, statement, true));
    mem_end(scratch);
    return status;
}

static enum status execute(struct ctx *ctx, struct store *store,
                           const struct store_statement *statement,
                           const struct postgresql_values *values, PGresult **out)
{
    PGresult *result = PQexecPrepared(connection_of(store), statement->name, statement->value_count,
                                      values->values, values->lengths, values->formats, 1);
    if (is_good(result)) {
        *out = result;
        return OK;
    }
    enum status status = postgresql_fail(ctx, store, result, statement->query->name);
    PQclear(result);
    return status;
}

static enum status control(struct ctx *ctx, struct store *store, enum store_control which)
{
    static const char *const text[] = {[STORE_BEGIN] = "begin isolation level serializable",
                                       [STORE_COMMIT] = "commit",
                                       [STORE_ROLLBACK] = "rollback"};
    if (which == STORE_ROLLBACK && is_lost(store))
        return OK; /* the server has done it */
    PGresult *result = PQexec(connection_of(store), text[which]);
    enum status status = is_good(result) ? OK : postgresql_fail(ctx, store, result, text[which]);
    if (which == STORE_COMMIT && status == OK && strcmp(PQcmdStatus(result), "COMMIT") != 0)
        status = ctx_fail(ctx, ERR_FAULT, "commit: the transaction had failed already");
    PQclear(result);
    if (which == STORE_COMMIT && is_lost(store))
        return ERR_FAULT;
    return status;
}

/* A write outside a transaction: its rows are shown only when it is committed. */
static enum status execute_alone(struct ctx *ctx, struct store *store,
                                 const struct store_statement *statement,
                                 const struct postgresql_values *values, PGresult **out)
{
    TRY(control(ctx, store, STORE_BEGIN));
    enum status status = execute(ctx, store, statement, values, out);
    if (status == OK) {
        status = control(ctx, store, STORE_COMMIT);
        if (status != OK)
            PQclear(*out);
    }
    if (status != OK) {
        const char *cause = ctx->fault;
        (void)!control(ctx, store, STORE_ROLLBACK);
        ctx->fault = cause;
    }
    return status;
}

/* Outside a transaction a call that failed for others' sake is repeated here. */
static enum status execute_until_done(struct ctx *ctx, struct store *store,
                                      struct store_statement *statement,
                                      const struct postgresql_values *values, PGresult **out)
{
    const char *cause = ctx->fault;
    for (int attempt = 0;; attempt++) {
        enum status status = attempt == 0 ? OK : recover(ctx, store, statement);
        if (status == OK)
            status = statement->is_write ? execute_alone(ctx, store, statement, values, out)
                                         : execute(ctx, store, statement, values, out);
        if (status != ERR_BUSY || attempt == STORE_TRIES - 1)
            return status;
        store_pause(attempt);
        ctx->fault = cause;
    }
}

static enum status run(struct ctx *ctx, struct store *store, struct store_statement *statement,
                       struct store_call *call)
{
    struct postgresql_values values;
    PGresult *result = NULL;
    postgresql_values_fill(&values, statement, call);
    enum status status = store->transaction != NULL
                             ? execute(ctx, store, statement, &values, &result)
                             : execute_until_done(ctx, store, statement, &values, &result);
    if (status != OK) {
        call->is_refused = true;
        return status;
    }
    struct store_value row[STORE_COLUMNS_MAX];
    int count = call->row == NULL ? 0 : PQntuples(result);
    for (int i = 0; i < count && status == OK; i++) {
        status = postgresql_row(ctx, statement, result, i, row);
        if (status == OK)
            status = call->row(call->arg, row);
    }
    if (statement->is_write && strncmp(PQcmdStatus(result), "SELECT", 6) != 0)
        call->changes = strtoll(PQcmdTuples(result), NULL, 10);
    PQclear(result);
    return status;
}

/* ---- cursors ---- */

/* Takes the next result off the connection: a row, the end, or a failure. */
static enum status fetch(struct ctx *ctx, struct store *store, const char *name)
{
    struct server *server = store->own;
    PQclear(server->cursor_result);
    server->cursor_result = PQgetResult(connection_of(store));
    switch (PQresultStatus(server->cursor_result)) {
    case PGRES_SINGLE_TUPLE:
        return OK;
    case PGRES_TUPLES_OK:
        return ERR_NOT_FOUND;
    default:
        return postgresql_fail(ctx, store, server->cursor_result, name);
    }
}

static void drain(struct store *store)
{
    struct server *server = store->own;
    PQclear(server->cursor_result);
    server->cursor_result = NULL;
    for (PGresult *rest; (rest = PQgetResult(connection_of(store))) != NULL;)
        PQclear(rest);
}

/* The first row is awaited, so that the snapshot is fixed and failures are seen. */
static enum status cursor_open(struct ctx *ctx, struct store *store,
                               struct store_statement *statement, struct store_call *call)
{
    struct server *server = store->own;
    struct postgresql_values values;
    PGconn *connection = connection_of(store);
    postgresql_values_fill(&values, statement, call);
    if (PQsendQueryPrepared(connection, statement->name, statement->value_count, values.values,
                            values.lengths, values.formats, 1) == 0 ||
        PQsetSingleRowMode(connection) == 0)
        return postgresql_fail(ctx, store, NULL, statement->query->name);
    enum status status = fetch(ctx, store, statement->query->name);
    server->is_cursor_result_next = true;
    if (status == OK || status == ERR_NOT_FOUND)
        return OK;
    drain(store);
    return status;
}

static enum status cursor_next(struct ctx *ctx, struct store *store,
                               struct store_statement *statement, struct store_value *row)
{
    struct server *server = store->own;
    if (!server->is_cursor_result_next)
        TRY(fetch(ctx, store, statement->query->name));
    server->is_cursor_result_next = false;
    if (PQresultStatus(server->cursor_result) == PGRES_TUPLES_OK)
        return ERR_NOT_FOUND;
    return postgresql_row(ctx, statement, server->cursor_result, 0, row);
}

/* The rest of a long answer is called off, but not inside a transaction, which that would end. */
static void cursor_close(struct store *store, struct store_statement *statement)
{
    (void)statement;
    struct server *server = store->own;
    bool has_more = PQresultStatus(server->cursor_result) == PGRES_SINGLE_TUPLE;
    if (has_more && store->transaction == NULL) {
        char message[256];
        PGcancel *cancel = PQgetCancel(connection_of(store));
        if (cancel != NULL)
            (void)PQcancel(cancel, message, sizeof message);
        PQfreeCancel(cancel);
    }
    drain(store);
}

static enum status script(struct ctx *ctx, struct store *store, const char *text)
{
    return postgresql_do(ctx, store, text);
}

const struct store_engine store_postgresql = {
    .is_postgresql = true,
    .open = open_server,
    .close = close_server,
    .ready = ready,
    .prepare = prepare,
    .forget = forget,
    .run = run,
    .cursor_open = cursor_open,
    .cursor_next = cursor_next,
    .cursor_close = cursor_close,
    .control = control,
    .script = script,
    .check = store_postgresql_check,
    .plan = store_postgresql_plan,
    .is_empty = store_postgresql_is_empty,
    .backup = store_postgresql_backup,
    .restore = store_postgresql_restore,
};
