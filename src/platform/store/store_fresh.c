/* SPDX-License-Identifier: MIT */
/* store_fresh.c - databases for tests, copied from a template. */
#include "platform/store/store_fresh.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "platform/store/store_engine.h"

struct store_fresh {
    struct ctx ctx;
    struct store *server;   /* PostgreSQL: connected to the database that was named */
    struct store *template; /* SQLite */
    const char *prefix;     /* PostgreSQL: of the names of our databases            */
    int number;             /* of the newest database; 0: none yet                  */
    bool is_touched;        /* the newest database, by its test                     */
    bool has_tables;        /* ... and it is a copy of the template                 */
};

/* "postgresql://who@where/name?how" with another name. */
static const char *with_database(struct mem *mem, const char *url, const char *name)
{
    const char *authority = strstr(url, "://") + 3;
    const char *path = authority + strcspn(authority, "/?");
    const char *how = path + strcspn(path, "?");
    return mem_format(mem, "%.*s/%s%s", (int)(path - url), url, name, how);
}

static enum status do_on_server(struct store_fresh *fresh, const char *text)
{
    fresh->ctx.fault = NULL;
    return fresh->server->engine->script(&fresh->ctx, fresh->server, text);
}

static enum status drop(struct store_fresh *fresh, struct mem *mem, int number)
{
    return do_on_server(
        fresh, mem_format(mem, "drop database if exists %s%d with (force)", fresh->prefix, number));
}

static void drop_all(void *arg)
{
    struct store_fresh *fresh = arg;
    struct mem *mem = fresh->ctx.mem;
    for (int i = 0; i < 2; i++)
        (void)!drop(fresh, mem, fresh->number - i);
    (void)!do_on_server(
        fresh, mem_format(mem, "drop database if exists %stemplate with (force)", fresh->prefix));
}

/* The template's own connection is closed again, as a template must have none. */
static enum status make_template(struct store_fresh *fresh,
                                 const struct store_migration_set *const *sets, size_t set_count)
{
    struct mem *mem = fresh->ctx.mem;
    const char *name = mem_format(mem, "%stemplate", fresh->prefix);
    TRY(do_on_server(fresh, mem_format(mem,
                                       "create database %s template template0 encoding 'UTF8' "
                                       "lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'",
                                       name)));
    struct ctx ctx = fresh->ctx;
    int applied;
    ctx.mem = mem_child(mem);
    enum status status =
        store_open(&ctx, with_database(mem, fresh->server->location, name), &ctx.store);
    if (status == OK)
        status = store_migrate(&ctx, sets, set_count, &applied);
    fresh->ctx.fault = mem_text(mem, ctx.fault);
    mem_end(ctx.mem);
    return status;
}

static enum status begin(struct store_fresh *fresh, const char *server,
                         const struct store_migration_set *const *sets, size_t set_count)
{
    int applied;
    if (server == NULL || strcmp(server, "sqlite::memory:") == 0) {
        TRY(store_open(&fresh->ctx, "sqlite::memory:", &fresh->template));
        fresh->ctx.store = fresh->template;
        return store_migrate(&fresh->ctx, sets, set_count, &applied);
    }
    TRY(store_open(&fresh->ctx, server, &fresh->server));
    if (!store_is_postgresql(fresh->server))
        return ctx_fail(&fresh->ctx, ERR_INVALID, "tests run on sqlite::memory: or postgresql://");
    fresh->prefix = mem_format(fresh->ctx.mem, "onward_test_%d_", (int)getpid());
    mem_at_end(fresh->ctx.mem, drop_all, fresh);
    return make_template(fresh, sets, set_count);
}

enum status store_fresh_begin(struct ctx *ctx, const char *server,
                              const struct store_migration_set *const *sets, size_t set_count,
                              struct store_fresh **out)
{
    struct store_fresh *fresh = mem_new(ctx->mem, struct store_fresh);
    fresh->ctx = *ctx;
    fresh->is_touched = true;
    enum status status = begin(fresh, server, sets, set_count);
    ctx->fault = fresh->ctx.fault;
    *out = fresh;
    return status;
}

static enum status copy_template(struct ctx *ctx, struct store_fresh *fresh, struct store *to)
{
    sqlite3_backup *backup =
        sqlite3_backup_init(to->connection, "main", fresh->template->connection, "main");
    if (backup != NULL)
        sqlite3_backup_step(backup, -1);
    if (backup == NULL || sqlite3_backup_finish(backup) != SQLITE_OK)
        return ctx_fail(ctx, ERR_FAULT, "template: %s", sqlite3_errmsg(to->connection));
    return OK;
}

static enum status next_database(struct store_fresh *fresh, struct mem *mem, bool has_tables)
{
    if (!fresh->is_touched && has_tables == fresh->has_tables)
        return OK;
    /* Not the newest: its connection is on its way out, and the server would wait for it. */
    if (fresh->number > 1)
        TRY(drop(fresh, mem, fresh->number - 1));
    const char *template = has_tables ? mem_format(mem, "%stemplate", fresh->prefix) : "template0";
    fresh->has_tables = has_tables;
    fresh->number++;
    return do_on_server(fresh, mem_format(mem,
                                          "create database %s%d template %s encoding 'UTF8' "
                                          "lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' "
                                          "strategy file_copy", /* four times as fast */
                                          fresh->prefix, fresh->number, template));
}

enum status store_fresh_open(struct ctx *ctx, struct store_fresh *fresh, bool has_tables,
                             struct store **out)
{
    if (fresh->server == NULL) {
        TRY(store_open(ctx, "sqlite::memory:", out));
        return has_tables ? copy_template(ctx, fresh, *out) : OK;
    }
    if (next_database(fresh, ctx->mem, has_tables) != OK)
        return ctx_fail(ctx, ERR_FAULT, "%s", fresh->ctx.fault);
    fresh->is_touched = true;
    const char *name = mem_format(ctx->mem, "%s%d", fresh->prefix, fresh->number);
    return store_open(ctx, with_database(ctx->mem, fresh->server->location, name), out);
}

void store_fresh_done(struct store_fresh *fresh, const struct store *store)
{
    fresh->is_touched = store->calls > 0 || store->is_shared;
}
