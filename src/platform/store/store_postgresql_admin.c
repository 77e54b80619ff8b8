/* SPDX-License-Identifier: MIT */
/*
 * store_postgresql_admin.c - what PostgreSQL needs beside running queries: checks and copies.
 *
 * Copies are made by pg_dump and pg_restore, started without a shell.  They find the database
 * through their environment, so that no password stands in a list of processes.
 */
#include "platform/store/store_postgresql.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CAUSE_BYTES = 500 };

extern char **environ;

static PGconn *connection_of(const struct store *store)
{
    return store->connection;
}

enum status store_postgresql_is_empty(struct ctx *ctx, struct store *store, bool *out)
{
    PGresult *result =
        PQexec(connection_of(store),
               "select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n "
               "on n.oid = c.relnamespace where n.nspname = any (current_schemas(false)) limit 1");
    enum status status = OK;
    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        *out = PQntuples(result) == 0;
    else
        status = postgresql_fail(ctx, store, result, "schema");
    PQclear(result);
    return status;
}

/* ---- checks ---- */

static enum status prepare_as(struct ctx *ctx, struct store *store, const char *name,
                              const struct store_statement *statement, const char *text)
{
    Oid oids[STORE_VALUES_MAX];
    for (int i = 0; i < statement->value_count; i++)
        oids[i] = postgresql_oid(statement->types[i]);
    PGresult *result = PQprepare(connection_of(store), name, text, statement->value_count, oids);
    enum status status = OK;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        status = postgresql_fail(ctx, store, result, statement->query->name);
    PQclear(result);
    return status;
}

static enum status compare(struct ctx *ctx, const struct store_statement *statement,
                           const PGresult *found)
{
    const char *name = statement->query->name;
    if (PQnparams(found) > statement->value_count)
        return ctx_fail(ctx, ERR_FAULT, "query %s: takes %d values, uses $%d", name,
                        statement->value_count, PQnparams(found));
    if (PQnfields(found) != statement->column_count)
        return ctx_fail(ctx, ERR_FAULT, "query %s: declares %d columns, gives %d", name,
                        statement->column_count, PQnfields(found));
    for (int i = 0; i < statement->column_count; i++)
        if (!postgresql_type_fits(statement->columns[i].type, PQftype(found, i)))
            return store_column_fault(ctx, statement, i, "another type");
    return OK;
}

enum status store_postgresql_check(struct ctx *ctx, struct store *store,
                                   struct store_statement *statement, const char *text)
{
    TRY(prepare_as(ctx, store, "", statement, text));
    PGresult *found = PQdescribePrepared(connection_of(store), "");
    enum status status = PQresultStatus(found) == PGRES_COMMAND_OK
                             ? compare(ctx, statement, found)
                             : postgresql_fail(ctx, store, found, statement->query->name);
    PQclear(found);
    return status;
}

/* ---- plans ---- */

/* The word after `before` in line, NULL when before is not in it. */
static const char *word_after(struct mem *mem, const char *line, const char *before)
{
    const char *at = strstr(line, before);
    if (at == NULL)
        return NULL;
    at += strlen(before);
    return mem_text_part(mem, at, strcspn(at, " \n"));
}

static bool is_partial(struct store *store, const char *index)
{
    const char *const values[] = {index};
    PGresult *result =
        PQexecParams(connection_of(store),
                     "select 1 from pg_catalog.pg_index i join pg_catalog.pg_class c "
                     "on c.oid = i.indexrelid "
                     "where c.relname = $1 and i.indpred is not null",
                     1, NULL, values, NULL, NULL, 0);
    bool found = PQntuples(result) > 0;
    PQclear(result);
    return found;
}

/* Whether the lines under a node, up to the next node, say how the index is entered. */
static bool has_condition(const PGresult *plan, int line)
{
    for (int i = line + 1; i < PQntuples(plan); i++) {
        const char *text = PQgetvalue(plan, i, 0);
        if (strstr(text, "Index Cond:") != NULL)
            return true;
        if (strstr(text, "->") != NULL)
            return false;
    }
    return false;
}

static bool is_sorted(const PGresult *plan)
{
    for (int i = 0; i < PQntuples(plan); i++)
        if (strstr(PQgetvalue(plan, i, 0), "Sort") != NULL)
            return true;
    return false;
}

/* A plan is made with whole scans and joins of whole tables priced out of reach: what is left of
 * them has no index to go by. */
static enum status read_plan(struct ctx *ctx, struct store *store, const PGresult *plan,
                             const struct store_scans *scans)
{
    bool is_first = true;
    bool sorts = is_sorted(plan);
    for (int i = 0; i < PQntuples(plan); i++) {
        const char *line = PQgetvalue(plan, i, 0);
        const char *table = word_after(ctx->mem, line, "Seq Scan on ");
        const char *index = word_after(ctx->mem, line, "Scan using ");
        if (index == NULL)
            index = word_after(ctx->mem, line, "Scan Backward using ");
        if (index != NULL && !has_condition(plan, i) && !is_partial(store, index))
            table = word_after(ctx->mem, line, " on ");
        if (table != NULL)
            TRY(scans->found(scans->arg, table, index != NULL && is_first && !sorts));
        if (strstr(line, "Scan ") != NULL)
            is_first = false;
    }
    return OK;
}

static const char *explain_text(struct mem *mem, int value_count)
{
    char *text = mem_text(mem, "explain (costs off) execute store_plan");
    for (int i = 0; i < value_count; i++)
        text = mem_format(mem, "%s%snull%s", text, i == 0 ? "(" : ", ",
                          i == value_count - 1 ? ")" : "");
    return text;
}

enum status store_postgresql_plan(struct ctx *ctx, struct store *store,
                                  struct store_statement *statement, const char *text,
                                  const struct store_scans *scans)
{
    TRY(postgresql_do(ctx, store,
                      "begin; set local plan_cache_mode = force_generic_plan;"
                      "set local enable_seqscan = off; set local enable_mergejoin = off;"
                      "set local enable_hashjoin = off"));
    enum status status = prepare_as(ctx, store, "store_plan", statement, text);
    bool is_prepared = status == OK;
    if (is_prepared) {
        PGresult *plan =
            PQexec(connection_of(store), explain_text(ctx->mem, statement->value_count));
        status = PQresultStatus(plan) == PGRES_TUPLES_OK
                     ? read_plan(ctx, store, plan, scans)
                     : postgresql_fail(ctx, store, plan, statement->query->name);
        PQclear(plan);
    }
    enum status ended =
        postgresql_do(ctx, store, is_prepared ? "rollback; deallocate store_plan" : "rollback");
    return status == OK ? ended : status;
}

/* ---- copies ---- */

/* Our environment, in which libpq's own variables say where the database is. */
static char **environment_of(struct mem *mem, const struct store *store)
{
    PQconninfoOption *options = PQconninfo(connection_of(store));
    size_t count = 0;
    while (environ[count] != NULL)
        count++;
    for (PQconninfoOption *option = options; option->keyword != NULL; option++)
        count++;
    char **made = mem_array(mem, char *, count + 1);
    count = 0;
    for (size_t i = 0; environ[i] != NULL; i++)
        if (strncmp(environ[i], "PG", 2) != 0)
            made[count++] = environ[i];
    for (PQconninfoOption *option = options; option->keyword != NULL; option++)
        if (option->envvar != NULL && option->val != NULL)
            made[count++] = mem_format(mem, "%s=%s", option->envvar, option->val);
    PQconninfoFree(options);
    return made;
}

/* Reads what the program says to its end; keeps the beginning of it. */
static void listen(int fd, char *cause)
{
    char bytes[256];
    size_t kept = 0;
    ssize_t count;
    while ((count = read(fd, bytes, sizeof bytes)) > 0 || (count < 0 && errno == EINTR)) {
        size_t room = CAUSE_BYTES - 1 - kept;
        size_t taken = count < 0 ? 0 : (size_t)count < room ? (size_t)count : room;
        memcpy(cause + kept, bytes, taken);
        kept += taken;
    }
    cause[kept] = '\0';
    cause[strcspn(cause, "\n")] = '\0';
}

static enum status start(struct ctx *ctx, const struct store *store, char *const *arguments,
                         int error_fd, pid_t *out)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, error_fd, STDERR_FILENO);
    int error =
        posix_spawnp(out, arguments[0], &actions, NULL, arguments, environment_of(ctx->mem, store));
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return ctx_fail(ctx, ERR_FAULT, "could not start %s: %s", arguments[0], strerror(error));
    return OK;
}

static enum status run_program(struct ctx *ctx, const struct store *store, char *const *arguments)
{
    int ends[2];
    char cause[CAUSE_BYTES] = "";
    pid_t pid;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return ctx_fail(ctx, ERR_FAULT, "could not start %s: %s", arguments[0], strerror(errno));
    enum status status = start(ctx, store, arguments, ends[1], &pid);
    close(ends[1]);
    if (status == OK) {
        int code = 0;
        listen(ends[0], cause);
        while (waitpid(pid, &code, 0) < 0 && errno == EINTR)
            continue;
        if (!WIFEXITED(code) || WEXITSTATUS(code) != 0)
            status = ctx_fail(ctx, ERR_FAULT, "%s failed: %s", arguments[0], cause);
    }
    close(ends[0]);
    return status;
}

enum status store_postgresql_backup(struct ctx *ctx, struct store *store, const char *path,
                                    void (*progress)(void *arg, int percent), void *arg)
{
    char *const arguments[] = {
        (char *)(uintptr_t) "pg_dump",           (char *)(uintptr_t) "--format=custom",
        (char *)(uintptr_t) "--no-owner",        (char *)(uintptr_t) "--no-privileges",
        mem_format(ctx->mem, "--file=%s", path), NULL};
    if (progress != NULL)
        progress(arg, 0);
    TRY(run_program(ctx, store, arguments));
    if (progress != NULL)
        progress(arg, 100);
    return OK;
}

/* A connection string that holds only the name, as pg_restore must be given one. */
static char *database_name(struct mem *mem, const struct store *store)
{
    const char *name = PQdb(connection_of(store));
    char *text = mem_text(mem, "--dbname=dbname='");
    for (const char *at = name; *at != '\0'; at++)
        text = mem_format(mem, "%s%s%c", text, *at == '\'' || *at == '\\' ? "\\" : "", *at);
    return mem_format(mem, "%s'", text);
}

enum status store_postgresql_restore(struct ctx *ctx, struct store *store, const char *path)
{
    char *const arguments[] = {(char *)(uintptr_t) "pg_restore",
                               (char *)(uintptr_t) "--single-transaction",
                               (char *)(uintptr_t) "--exit-on-error",
                               (char *)(uintptr_t) "--no-owner",
                               (char *)(uintptr_t) "--no-privileges",
                               database_name(ctx->mem, store),
                               mem_text(ctx->mem, path),
                               NULL};
    return run_program(ctx, store, arguments);
}
