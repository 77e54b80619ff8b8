/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite.c - the embedded engine.
 *
 * Each connection is used by one thread, so SQLite's own mutexes are off.  The writers of this
 * process stand in line (store_writers.c).  One that finds another process at work sleeps in short
 * random steps rather than SQLite's long fixed ones: a commit takes about a millisecond, and a
 * connection that sleeps 100 of them starves.
 */
#include "platform/store/store_engine.h"
#include "platform/store/store_writers.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    BUSY_WAIT_MAX_US = 5000000,
    SHORT_WAIT_US = 100,
    LONG_WAIT_US = 2000,
    SHORT_WAITS = 50,
    LINE_WAIT_SECS = 5
};

struct lite {
    int64_t waited_us; /* by wait_for_writer, for the call that is running */
    int cursor_code;   /* of the step that opened the cursor; SQLITE_OK when it was read */
    sqlite3_stmt *controls[3];
    sqlite3_stmt *version;         /* NULL: not yet asked */
    struct store_writers *writers; /* the line of this process for this file */
    bool is_writing;               /* our turn                               */
    bool is_memory;                /* there is no disk to wait for           */
};

static const char *const control_text[] = {
    [STORE_BEGIN] = "begin immediate", [STORE_COMMIT] = "commit", [STORE_ROLLBACK] = "rollback"};

static sqlite3 *db_of(const struct store *store)
{
    return store->connection;
}

static enum status status_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_NOTNULL || code == SQLITE_CONSTRAINT_DATATYPE
                   ? ERR_FAULT
                   : ERR_CONFLICT;
    default:
        return ERR_FAULT;
    }
}

static enum status fail(struct ctx *ctx, sqlite3 *db, const char *what)
{
    return ctx_fail(ctx, status_of(sqlite3_extended_errcode(db)), "%s: %s", what,
                    sqlite3_errmsg(db));
}

/* ---- opening ---- */

static int wait_for_writer(void *arg, int tries)
{
    struct lite *lite = arg;
    if (tries == 0)
        lite->waited_us = 0;
    if (lite->waited_us >= BUSY_WAIT_MAX_US)
        return 0;
    uint32_t least_us = tries < SHORT_WAITS ? SHORT_WAIT_US : LONG_WAIT_US;
    uint32_t wait_us = least_us + randombytes_uniform(least_us);
    struct timespec wait = {.tv_nsec = wait_us * 1000L};
    nanosleep(&wait, NULL);
    lite->waited_us += wait_us;
    return 1;
}

static void end_turn(struct lite *lite)
{
    if (lite->is_writing)
        store_writers_leave(lite->writers);
    lite->is_writing = false;
}

/*
 * Asks the disk for the write-ahead log, all that any connection has written to it.
 *
 * A log that the disk once refused may have a hole, behind which nothing would be found again after
 * a power cut, however often the disk is asked for what comes later.  So all of it goes into the
 * file itself, and the log begins anew.  (The disk is asked for the log before that, for it tells
 * each connection of a refusal once, and the checkpoint must not be who hears of it.)
 */
static bool sync_log(void *arg, bool has_refused)
{
    sqlite3_file *file = NULL;
    if (sqlite3_file_control(arg, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) != SQLITE_OK ||
        file == NULL || file->pMethods == NULL)
        return false;
    bool is_done = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) == SQLITE_OK;
    return has_refused ? sqlite3_wal_checkpoint_v2(arg, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                                   NULL) == SQLITE_OK
                       : is_done;
}

/*
 * After a commit: the next may write, and we return when ours is on disk.  SQLite itself would ask
 * the disk within our turn (synchronous = full); it now does so only around a checkpoint (normal).
 * Others may read what is committed a moment before it is on disk; whoever acts on it in the store
 * commits behind it, and so waits for it too.
 */
static enum status settle(struct ctx *ctx, struct lite *lite, sqlite3 *db)
{
    if (lite->is_memory) {
        end_turn(lite);
        return OK;
    }
    uint64_t number = store_writers_written(lite->writers);
    end_turn(lite);
    return store_writers_settle(lite->writers, number, sync_log, db)
               ? OK
               : ctx_fail(ctx, ERR_FAULT, "the disk did not take what was written");
}

static enum status take_turn(struct ctx *ctx, struct lite *lite, const char *what)
{
    lite->is_writing = store_writers_enter(lite->writers, LINE_WAIT_SECS);
    return lite->is_writing ? OK : ctx_fail(ctx, ERR_BUSY, "%s: others are writing", what);
}

static void close_lite(struct store *store)
{
    struct lite *lite = store->own;
    for (size_t i = 0; i < sizeof lite->controls / sizeof lite->controls[0]; i++)
        sqlite3_finalize(lite->controls[i]);
    sqlite3_finalize(lite->version);
    sqlite3_close_v2(db_of(store));
    end_turn(lite);
    store_writers_part(lite->writers);
}

static enum status script(struct ctx *ctx, struct store *store, const char *text)
{
    if (sqlite3_exec(db_of(store), text, NULL, NULL, NULL) != SQLITE_OK)
        return fail(ctx, db_of(store), "sqlite");
    return OK;
}

static int keep_mode(void *arg, int count, char **values, char **names)
{
    (void)names;
    char *mode = arg;
    if (count == 1 && values[0] != NULL)
        strncpy(mode, values[0], 15);
    return 0;
}

/* A file is kept in write-ahead mode; some network file systems cannot do that. */
static enum status set_journal(struct ctx *ctx, struct store *store, bool is_memory)
{
    char mode[16] = "";
    const char *text = is_memory ? "pragma journal_mode = memory" : "pragma journal_mode = wal";
    if (sqlite3_exec(db_of(store), text, keep_mode, mode, NULL) != SQLITE_OK)
        return fail(ctx, db_of(store), store->location);
    if (!is_memory && strcmp(mode, "wal") != 0)
        return ctx_fail(ctx, ERR_FAULT, "\"%s\" is on a disk that cannot keep a write-ahead log",
                        store->location);
    return OK;
}

static enum status set_up(struct ctx *ctx, struct store *store, bool is_memory)
{
    sqlite3 *db = db_of(store);
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_handler(db, wait_for_writer, store->own);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    TRY(set_journal(ctx, store, is_memory));
    TRY(script(ctx, store, is_memory ? "pragma synchronous = off" : "pragma synchronous = normal"));
    return script(ctx, store,
                  "pragma foreign_keys = on;"
                  "pragma trusted_schema = off;"
                  "pragma temp_store = memory;"
                  "pragma cache_size = -4000;"
                  "pragma journal_size_limit = 67108864;");
}

/* Makes a new file that only its owner can read: it will hold personal data.  A file that is
 * there is not touched, for closing it would drop the locks of other connections. */
static void make_private(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
}

static enum status open_lite(struct ctx *ctx, struct store *store, const struct store *like)
{
    bool is_memory = strncmp(store->location, "file:", 5) == 0;
    struct lite *lite = mem_new(store->mem, struct lite);
    store->own = lite;
    lite->is_memory = is_memory;
    lite->writers = like == NULL ? store_writers_new()
                                 : store_writers_join(((struct lite *)like->own)->writers);
    /* Without statistics malloc takes no lock; refused, harmlessly, once SQLite has begun. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (!is_memory)
        make_private(store->location);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                (is_memory ? SQLITE_OPEN_URI : 0);
    sqlite3 *db;
    int code = sqlite3_open_v2(store->location, &db, flags, NULL);
    store->connection = db;
    if (code != SQLITE_OK)
        return ctx_fail(ctx, ERR_FAULT, "could not open \"%s\": %s", store->location,
                        sqlite3_errmsg(db));
    return set_up(ctx, store, is_memory);
}

/* ---- statements ---- */

static int compile(sqlite3 *db, const char *text, unsigned flags, sqlite3_stmt **out)
{
    return sqlite3_prepare_v3(db, text, (int)strlen(text) + 1, flags, out, NULL);
}

static void find_places(struct store_statement *statement)
{
    for (int i = 0; i < statement->value_count; i++) {
        char name[8];
        sqlite3_snprintf(sizeof name, name, "$%d", i + 1);
        statement->places[i] =
            (unsigned char)sqlite3_bind_parameter_index(statement->prepared, name);
    }
}

static enum status prepare(struct ctx *ctx, struct store *store, struct store_statement *statement,
                           const char *text)
{
    sqlite3_stmt *stmt;
    if (compile(db_of(store), text, SQLITE_PREPARE_PERSISTENT, &stmt) != SQLITE_OK)
        return ctx_fail(ctx, status_of(sqlite3_extended_errcode(db_of(store))), "query %s: %s",
                        statement->query->name, sqlite3_errmsg(db_of(store)));
    statement->prepared = stmt;
    statement->is_write = sqlite3_stmt_readonly(stmt) == 0;
    find_places(statement);
    return OK;
}

static void forget(struct store *store, struct store_statement *statement)
{
    (void)store;
    sqlite3_finalize(statement->prepared);
    statement->prepared = NULL;
}

static int bind_value(sqlite3_stmt *stmt, int place, const struct store_value *value)
{
    if (value->is_null)
        return sqlite3_bind_null(stmt, place);
    switch (value->type) {
    case STORE_INT:
        return sqlite3_bind_int64(stmt, place, value->n);
    case STORE_REAL:
        return sqlite3_bind_double(stmt, place, value->real);
    case STORE_TEXT:
        return sqlite3_bind_text(stmt, place, value->text, -1, SQLITE_STATIC);
    case STORE_BLOB:
        return sqlite3_bind_blob64(stmt, place, value->text, value->size_bytes, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static int bind(const struct store_statement *statement, const struct store_call *call)
{
    int code = SQLITE_OK;
    for (int i = 0; i < statement->value_count && code == SQLITE_OK; i++)
        if (statement->places[i] != 0 && call->values[i] != NULL)
            code = bind_value(statement->prepared, statement->places[i], call->values[i]);
    return code;
}

/* Only a whole number where a real is declared is turned into one: the other conversions that
 * SQLite would make in silence are refused, as PostgreSQL does. */
static bool read_value(sqlite3_value *from, int type, struct store_value *value)
{
    switch (value->type) {
    case STORE_INT:
        value->n = sqlite3_value_int64(from);
        return type == SQLITE_INTEGER;
    case STORE_REAL:
        value->real = sqlite3_value_double(from);
        return type == SQLITE_FLOAT || type == SQLITE_INTEGER;
    case STORE_TEXT:
        value->text = (const char *)sqlite3_value_text(from);
        value->size_bytes = (size_t)sqlite3_value_bytes(from);
        return type == SQLITE_TEXT;
    case STORE_BLOB:
        value->text = sqlite3_value_blob(from);
        value->size_bytes = (size_t)sqlite3_value_bytes(from);
        if (value->text == NULL)
            value->text = "";
        return type == SQLITE_BLOB;
    }
    return false;
}

/* Each value is taken from the statement once: sqlite3_column_text and its like would look for it
 * again at each call.  SQLite calls such a value unprotected, since another thread could change it;
 * here a connection has one thread. */
static enum status read_row(struct ctx *ctx, const struct store_statement *statement,
                            struct store_value *row)
{
    sqlite3_stmt *stmt = statement->prepared;
    for (int i = 0; i < statement->column_count; i++) {
        const struct store_column *column = &statement->columns[i];
        sqlite3_value *from = sqlite3_column_value(stmt, i);
        row[i] = (struct store_value){.type = column->type};
        int type = sqlite3_value_type(from);
        if (type == SQLITE_NULL) {
            row[i].is_null = true;
            if (!column->is_nullable)
                return store_column_fault(ctx, statement, i, "a null");
        } else if (!read_value(from, type, &row[i])) {
            return store_column_fault(ctx, statement, i, "another type");
        }
    }
    return OK;
}

static enum status step_through(struct ctx *ctx, struct store *store,
                                struct store_statement *statement, struct store_call *call)
{
    sqlite3_stmt *stmt = statement->prepared;
    struct store_value row[STORE_COLUMNS_MAX];
    enum status status = OK;
    int code = bind(statement, call);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    while (status == OK && code == SQLITE_ROW) {
        if (call->row != NULL) {
            status = read_row(ctx, statement, row);
            if (status == OK)
                status = call->row(call->arg, row);
        }
        if (status == OK)
            code = sqlite3_step(stmt);
    }
    if (status == OK && code != SQLITE_DONE) {
        status = fail(ctx, db_of(store), statement->query->name);
        call->is_refused = true;
    }
    if (statement->is_write)
        call->changes = sqlite3_changes64(db_of(store));
    sqlite3_reset(stmt);
    return status;
}

/* A write outside a transaction is one of its own and waits in line like any. */
static enum status run(struct ctx *ctx, struct store *store, struct store_statement *statement,
                       struct store_call *call)
{
    struct lite *lite = store->own;
    if (!statement->is_write || lite->is_writing)
        return step_through(ctx, store, statement, call);
    enum status status = take_turn(ctx, lite, statement->query->name);
    if (status != OK)
        return status;
    status = step_through(ctx, store, statement, call);
    if (status == OK)
        return settle(ctx, lite, db_of(store));
    end_turn(lite);
    return status;
}

/* ---- cursors ---- */

/* The values that a cursor is given live no longer than the call that opens it. */
static int bind_copy(sqlite3_stmt *stmt, int place, const struct store_value *value)
{
    if (value->is_null || value->type == STORE_INT || value->type == STORE_REAL)
        return bind_value(stmt, place, value);
    if (value->type == STORE_TEXT)
        return sqlite3_bind_text(stmt, place, value->text, -1, SQLITE_TRANSIENT);
    return sqlite3_bind_blob64(stmt, place, value->text, value->size_bytes, SQLITE_TRANSIENT);
}

static enum status cursor_open(struct ctx *ctx, struct store *store,
                               struct store_statement *statement, struct store_call *call)
{
    for (int i = 0; i < statement->value_count; i++)
        if (statement->places[i] != 0 && call->values[i] != NULL &&
            bind_copy(statement->prepared, statement->places[i], call->values[i]) != SQLITE_OK)
            return fail(ctx, db_of(store), statement->query->name);
    /* The first step fixes the snapshot. */
    struct lite *lite = store->own;
    lite->cursor_code = sqlite3_step(statement->prepared);
    if (lite->cursor_code == SQLITE_ROW || lite->cursor_code == SQLITE_DONE)
        return OK;
    enum status status = fail(ctx, db_of(store), statement->query->name);
    sqlite3_reset(statement->prepared);
    return status;
}

static enum status cursor_next(struct ctx *ctx, struct store *store,
                               struct store_statement *statement, struct store_value *row)
{
    struct lite *lite = store->own;
    int code = lite->cursor_code;
    lite->cursor_code = SQLITE_OK;
    if (code == SQLITE_OK)
        code = sqlite3_step(statement->prepared);
    if (code == SQLITE_ROW)
        return read_row(ctx, statement, row);
    return code == SQLITE_DONE ? ERR_NOT_FOUND : fail(ctx, db_of(store), statement->query->name);
}

static void cursor_close(struct store *store, struct store_statement *statement)
{
    (void)store;
    sqlite3_reset(statement->prepared);
    sqlite3_clear_bindings(statement->prepared);
}

/* ---- transactions ---- */

static enum status control(struct ctx *ctx, struct store *store, enum store_control which)
{
    struct lite *lite = store->own;
    sqlite3 *db = db_of(store);
    sqlite3_stmt **stmt = &lite->controls[which];
    if (*stmt == NULL &&
        compile(db, control_text[which], SQLITE_PREPARE_PERSISTENT, stmt) != SQLITE_OK)
        return fail(ctx, db, control_text[which]);
    if (which == STORE_BEGIN && !lite->is_writing)
        TRY(take_turn(ctx, lite, "begin"));
    enum status status = OK;
    /* Some failures, a full disk for one, have rolled back already. */
    if (which != STORE_ROLLBACK || sqlite3_get_autocommit(db) == 0) {
        if (sqlite3_step(*stmt) != SQLITE_DONE)
            status = fail(ctx, db, control_text[which]);
        sqlite3_reset(*stmt);
    }
    if (which == STORE_COMMIT && status == OK)
        return settle(ctx, lite, db);
    bool is_open = which == STORE_BEGIN ? status == OK : which == STORE_COMMIT;
    if (!is_open)
        end_turn(lite);
    return status;
}

/* data_version tells of the commits of others, total_changes of our own. */
static enum status version(struct ctx *ctx, struct store *store, uint64_t *out)
{
    struct lite *lite = store->own;
    sqlite3 *db = db_of(store);
    if (lite->version == NULL &&
        sqlite3_prepare_v3(db, "pragma data_version", -1, SQLITE_PREPARE_PERSISTENT, &lite->version,
                           NULL) != SQLITE_OK)
        return fail(ctx, db, "sqlite");
    if (sqlite3_step(lite->version) != SQLITE_ROW) {
        sqlite3_reset(lite->version);
        return fail(ctx, db, "sqlite");
    }
    *out = (uint64_t)sqlite3_column_int64(lite->version, 0) << 40 |
           (uint64_t)sqlite3_total_changes64(db);
    sqlite3_reset(lite->version);
    return OK;
}

const struct store_engine store_sqlite = {
    .open = open_lite,
    .close = close_lite,
    .prepare = prepare,
    .forget = forget,
    .run = run,
    .cursor_open = cursor_open,
    .cursor_next = cursor_next,
    .cursor_close = cursor_close,
    .control = control,
    .version = version,
    .script = script,
    .migration_begin = store_sqlite_migration_begin,
    .migration_check = store_sqlite_migration_check,
    .migration_end = store_sqlite_migration_end,
    .check = store_sqlite_check,
    .plan = store_sqlite_plan,
    .is_empty = store_sqlite_is_empty,
    .backup = store_sqlite_backup,
    .restore = store_sqlite_restore,
};
