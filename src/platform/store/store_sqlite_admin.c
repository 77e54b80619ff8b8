/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_admin.c - what SQLite needs beside running queries: migrations, checks, copies.
 */
#include "platform/store/store_engine.h"

#include <ctype.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { COPY_STEP_PAGES = 512 };

static sqlite3 *db_of(const struct store *store)
{
    return store->connection;
}

static enum status fail(struct ctx *ctx, sqlite3 *db, const char *what)
{
    int code = sqlite3_errcode(db) & 0xff;
    return ctx_fail(ctx, code == SQLITE_BUSY || code == SQLITE_LOCKED ? ERR_BUSY : ERR_FAULT,
                    "%s: %s", what, sqlite3_errmsg(db));
}

/* ---- migrations ---- */

/* A migration may rebuild a table that others refer to: foreign keys are off while it runs and
 * looked at once at its end, as SQLite's documentation of `alter table` advises. */
enum status store_sqlite_migration_begin(struct ctx *ctx, struct store *store)
{
    return store->engine->script(ctx, store, "pragma foreign_keys = off");
}

enum status store_sqlite_migration_end(struct ctx *ctx, struct store *store)
{
    return store->engine->script(ctx, store, "pragma foreign_keys = on");
}

static int count_row(void *arg, int count, char **values, char **names)
{
    (void)count, (void)values, (void)names;
    ++*(int *)arg;
    return 0;
}

enum status store_sqlite_migration_check(struct ctx *ctx, struct store *store)
{
    int rows = 0;
    if (sqlite3_exec(db_of(store), "pragma foreign_key_check", count_row, &rows, NULL) != SQLITE_OK)
        return fail(ctx, db_of(store), "foreign keys");
    return rows == 0 ? OK : ctx_fail(ctx, ERR_FAULT, "%d rows refer to a row that is not", rows);
}

enum status store_sqlite_is_empty(struct ctx *ctx, struct store *store, bool *out)
{
    int rows = 0;
    if (sqlite3_exec(db_of(store), "select 1 from sqlite_schema limit 1", count_row, &rows, NULL) !=
        SQLITE_OK)
        return fail(ctx, db_of(store), "schema");
    *out = rows == 0;
    return OK;
}

/* ---- checks ---- */

static bool type_fits(enum store_type type, const char *declared)
{
    static const char *const names[] = {[STORE_INT] = "integer",
                                        [STORE_TEXT] = "text",
                                        [STORE_REAL] = "real",
                                        [STORE_BLOB] = "blob"};
    return declared == NULL || strcasecmp(declared, names[type]) == 0 ||
           (type == STORE_REAL && strcasecmp(declared, "integer") == 0);
}

static enum status compare(struct ctx *ctx, const struct store_statement *statement,
                           sqlite3_stmt *stmt, const char *tail)
{
    const char *name = statement->query->name;
    if (tail[strspn(tail, " \n\t;")] != '\0')
        return ctx_fail(ctx, ERR_FAULT, "query %s: more than one statement", name);
    for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); i++) {
        const char *parameter = sqlite3_bind_parameter_name(stmt, i);
        long number =
            parameter != NULL && parameter[0] == '$' ? strtol(parameter + 1, NULL, 10) : 0;
        if (number < 1 || number > statement->value_count)
            return ctx_fail(ctx, ERR_FAULT, "query %s: takes %d values, uses %s", name,
                            statement->value_count, parameter != NULL ? parameter : "?");
    }
    if (sqlite3_column_count(stmt) != statement->column_count)
        return ctx_fail(ctx, ERR_FAULT, "query %s: declares %d columns, gives %d", name,
                        statement->column_count, sqlite3_column_count(stmt));
    for (int i = 0; i < statement->column_count; i++)
        if (!type_fits(statement->columns[i].type, sqlite3_column_decltype(stmt, i)))
            return store_column_fault(ctx, statement, i, sqlite3_column_decltype(stmt, i));
    return OK;
}

enum status store_sqlite_check(struct ctx *ctx, struct store *store,
                               struct store_statement *statement, const char *text)
{
    sqlite3_stmt *stmt = NULL;
    const char *tail = NULL;
    if (sqlite3_prepare_v2(db_of(store), text, -1, &stmt, &tail) != SQLITE_OK)
        return fail(ctx, db_of(store), statement->query->name);
    enum status status = compare(ctx, statement, stmt, tail);
    sqlite3_finalize(stmt);
    return status;
}

/* ---- plans ---- */

static bool is_table(sqlite3 *db, const char *name)
{
    return sqlite3_table_column_metadata(db, "main", name, NULL, NULL, NULL, NULL, NULL, NULL) ==
           SQLITE_OK;
}

/* The next word of text, lower or upper case as it stands; NULL at the end. */
static const char *next_word(struct mem *mem, const char **at)
{
    while (**at != '\0' && !isalpha((unsigned char)**at) && **at != '_')
        ++*at;
    const char *start = *at;
    while (isalnum((unsigned char)**at) || **at == '_')
        ++*at;
    return *at == start ? NULL : mem_text_part(mem, start, (size_t)(*at - start));
}

/* A query with what the views say that it reads: a plan names their parts. */
static const char *with_views(struct mem *mem, sqlite3 *db, const char *text)
{
    sqlite3_stmt *stmt = NULL;
    const char *whole = text;
    if (sqlite3_prepare_v2(db,
                           "select sql from sqlite_schema where type = 'view' and instr($1, name)",
                           -1, &stmt, NULL) != SQLITE_OK)
        return text;
    sqlite3_bind_text(stmt, 1, text, -1, SQLITE_STATIC);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        whole = mem_join(mem, whole, "\n", (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return whole;
}

/* SQLite's plans name the alias: finds the table that the query, or a view in it, gave it to.  NULL
 * for what is no table, such as a subquery, whose own parts have lines of their own. */
static const char *table_of(struct mem *mem, sqlite3 *db, const char *text, const char *name)
{
    const char *at = text;
    const char *before = NULL;
    for (const char *word; (word = next_word(mem, &at)) != NULL;) {
        if (strcasecmp(word, "as") == 0)
            continue;
        if (before != NULL && strcasecmp(word, name) == 0 && is_table(db, before))
            return before;
        before = word;
    }
    return is_table(db, name) ? name : NULL;
}

struct plan_line {
    const char *detail;
    bool is_outer; /* of the statement itself, not of a subquery */
};

enum { PLAN_LINES_MAX = 200 };

static int read_plan(struct mem *mem, sqlite3_stmt *stmt, struct plan_line *lines)
{
    int count = 0;
    while (count < PLAN_LINES_MAX && sqlite3_step(stmt) == SQLITE_ROW) {
        lines[count].detail = mem_text(mem, (const char *)sqlite3_column_text(stmt, 3));
        lines[count].is_outer = sqlite3_column_int(stmt, 1) == 0;
        count++;
    }
    return count;
}

static bool is_sorted_later(const struct plan_line *lines, int count)
{
    for (int i = 0; i < count; i++)
        if (lines[i].is_outer && strstr(lines[i].detail, "TEMP B-TREE") != NULL &&
            strstr(lines[i].detail, "ORDER BY") != NULL)
            return true;
    return false;
}

/* Whether detail reads along an index that holds only some rows. */
static bool is_partial(struct mem *mem, sqlite3 *db, const char *detail)
{
    sqlite3_stmt *stmt = NULL;
    const char *at = strstr(detail, "INDEX ");
    if (at == NULL ||
        sqlite3_prepare_v2(
            db,
            "select 1 from sqlite_schema s, pragma_index_list(s.tbl_name) i "
            "where s.type = 'index' and s.name = $1 and i.name = $1 and i.partial = 1",
            -1, &stmt, NULL) != SQLITE_OK)
        return false;
    at += strlen("INDEX ");
    sqlite3_bind_text(stmt, 1, mem_text_part(mem, at, strcspn(at, " ")), -1, SQLITE_STATIC);
    bool found = sqlite3_step(stmt) == SQLITE_ROW;
    sqlite3_finalize(stmt);
    return found;
}

/* The name in "SCAN p", "SCAN p USING INDEX x", "SEARCH p USING AUTOMATIC ..."; NULL when the line
 * reads nothing whole. */
static const char *scanned(struct mem *mem, sqlite3 *db, const char *detail)
{
    bool is_scan = strncmp(detail, "SCAN ", 5) == 0;
    if (!is_scan && strstr(detail, "USING AUTOMATIC") == NULL)
        return NULL;
    if (strstr(detail, "VIRTUAL TABLE INDEX") != NULL || (is_scan && is_partial(mem, db, detail)))
        return NULL;
    const char *name = detail + (is_scan ? 5 : strcspn(detail, " ") + 1);
    return mem_text_part(mem, name, strcspn(name, " "));
}

enum status store_sqlite_plan(struct ctx *ctx, struct store *store,
                              struct store_statement *statement, const char *text,
                              const struct store_scans *scans)
{
    struct mem *mem = mem_child(ctx->mem);
    sqlite3_stmt *stmt = NULL;
    const char *explain = mem_format(mem, "explain query plan %s", text);
    if (sqlite3_prepare_v2(db_of(store), explain, -1, &stmt, NULL) != SQLITE_OK) {
        mem_end(mem);
        return fail(ctx, db_of(store), statement->query->name);
    }
    struct plan_line *lines = mem_array(mem, struct plan_line, PLAN_LINES_MAX);
    int count = read_plan(mem, stmt, lines);
    sqlite3_finalize(stmt);

    enum status status = OK;
    bool is_first = true;
    bool is_sorted = is_sorted_later(lines, count);
    const char *said = with_views(mem, db_of(store), text);
    for (int i = 0; i < count && status == OK; i++) {
        const char *name = scanned(mem, db_of(store), lines[i].detail);
        const char *table = name == NULL ? NULL : table_of(mem, db_of(store), said, name);
        bool is_scan = strncmp(lines[i].detail, "SCAN ", 5) == 0;
        if (table != NULL)
            status = scans->found(scans->arg, table,
                                  is_scan && is_first && lines[i].is_outer && !is_sorted);
        if (lines[i].is_outer && (is_scan || strncmp(lines[i].detail, "SEARCH ", 7) == 0))
            is_first = false;
    }
    mem_end(mem);
    return status;
}

/* ---- copies ---- */

static enum status copy(struct ctx *ctx, sqlite3 *from, sqlite3 *to,
                        void (*progress)(void *arg, int percent), void *arg)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == NULL)
        return fail(ctx, to, "copy");
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(backup, COPY_STEP_PAGES);
        int pages = sqlite3_backup_pagecount(backup);
        if (progress != NULL && pages > 0)
            progress(arg, (int)(100LL * (pages - sqlite3_backup_remaining(backup)) / pages));
    }
    sqlite3_backup_finish(backup);
    if (code == SQLITE_DONE)
        return OK;
    return ctx_fail(ctx, code == SQLITE_BUSY || code == SQLITE_LOCKED ? ERR_BUSY : ERR_FAULT,
                    "copy: %s", sqlite3_errstr(code));
}

static enum status connect(struct ctx *ctx, const char *path, int flags, sqlite3 **out)
{
    if (sqlite3_open_v2(path, out, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL) !=
        SQLITE_OK)
        return ctx_fail(ctx, ERR_FAULT, "could not open \"%s\": %s", path, sqlite3_errmsg(*out));
    sqlite3_busy_timeout(*out, 5000);
    return OK;
}

/* The source holds one read transaction from the first page to the last, so that writers neither
 * wait nor make the copy begin again.  The copy is one file: out of write-ahead mode. */
enum status store_sqlite_backup(struct ctx *ctx, struct store *store, const char *path,
                                void (*progress)(void *arg, int percent), void *arg)
{
    sqlite3 *from = NULL;
    sqlite3 *to = NULL;
    enum status status = connect(ctx, store->location, SQLITE_OPEN_READWRITE, &from);
    if (status == OK)
        status = connect(ctx, path, SQLITE_OPEN_READWRITE, &to);
    if (status == OK && sqlite3_exec(from, "begin; select count(*) from sqlite_schema", NULL, NULL,
                                     NULL) != SQLITE_OK)
        status = fail(ctx, from, store->location);
    if (status == OK)
        status = copy(ctx, from, to, progress, arg);
    if (status == OK &&
        sqlite3_exec(to, "pragma journal_mode = delete", NULL, NULL, NULL) != SQLITE_OK)
        status = fail(ctx, to, path);
    sqlite3_close(to);
    sqlite3_close(from);
    return status;
}

static int keep_first(void *arg, int count, char **values, char **names)
{
    (void)names;
    char *kept = arg;
    if (count > 0 && values[0] != NULL && kept[0] == '\0')
        strncpy(kept, values[0], 99);
    return 0;
}

enum status store_sqlite_restore(struct ctx *ctx, struct store *store, const char *path)
{
    sqlite3 *from = NULL;
    char health[100] = "";
    enum status status = connect(ctx, path, SQLITE_OPEN_READONLY, &from);
    if (status == OK &&
        sqlite3_exec(from, "pragma quick_check(1)", keep_first, health, NULL) != SQLITE_OK)
        status = ctx_fail(ctx, ERR_INVALID, "\"%s\": %s", path, sqlite3_errmsg(from));
    if (status == OK && strcmp(health, "ok") != 0)
        status = ctx_fail(ctx, ERR_INVALID, "\"%s\" is damaged: %s", path, health);
    if (status == OK)
        status = copy(ctx, from, db_of(store), NULL, NULL);
    sqlite3_close(from);
    if (status == OK && strncmp(store->location, "file:", 5) != 0)
        status = store->engine->script(ctx, store, "pragma journal_mode = wal");
    return status;
}
