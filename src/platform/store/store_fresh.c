/* SPDX-License-Identifier: MIT */
/* store_fresh.c - databases for tests, copied from a template. */
#include "platform/store/store_fresh.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "platform/base/settings.h"
#include "platform/store/store_engine.h"

/* What a database is a copy of. */
enum kind { KIND_EMPTY, KIND_TABLES, KIND_FILLED, KINDS };

static const char *const kind_names[] = {"empty", "tables", "filled"};

/* The databases of one kind. */
struct series {
    struct store *template; /* SQLite                                       */
    int number;             /* PostgreSQL: of the newest copy; 0: none yet  */
    bool is_touched;        /* the newest copy, by its test                 */
};

/* How long before the tests' clock the filled template was made. */
enum { STORE_FRESH_AGE_SECS = 60 };

struct store_fresh {
    struct ctx ctx;
    struct store *server; /* PostgreSQL: connected to the database that was named */
    const char *prefix;   /* PostgreSQL: of the names of our databases            */
    struct series series[KINDS];
    struct series *current;    /* that of the running test's store         */
    store_fresh_fill_fn *fill; /* what has filled KIND_FILLED; NULL: none  */
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

static const char *template_of(const struct store_fresh *fresh, struct mem *mem, enum kind kind)
{
    return kind == KIND_EMPTY ? "template0"
                              : mem_format(mem, "%s%s", fresh->prefix, kind_names[kind]);
}

static const char *copy_of(const struct store_fresh *fresh, struct mem *mem, enum kind kind,
                           int number)
{
    return mem_format(mem, "%s%s_%d", fresh->prefix, kind_names[kind], number);
}

static enum status create(struct store_fresh *fresh, struct mem *mem, const char *name,
                          const char *template)
{
    return do_on_server(fresh, mem_format(mem,
                                          "create database %s template %s encoding 'UTF8' "
                                          "lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' "
                                          "strategy file_copy", /* four times as fast */
                                          name, template));
}

static enum status drop(struct store_fresh *fresh, struct mem *mem, const char *name)
{
    return do_on_server(fresh, mem_format(mem, "drop database if exists %s with (force)", name));
}

static void drop_all(void *arg)
{
    struct store_fresh *fresh = arg;
    struct mem *mem = fresh->ctx.mem;
    for (enum kind kind = 0; kind < KINDS; kind++) {
        for (int i = 0; i < 2; i++)
            (void)!drop(fresh, mem, copy_of(fresh, mem, kind, fresh->series[kind].number - i));
        if (kind != KIND_EMPTY)
            (void)!drop(fresh, mem, template_of(fresh, mem, kind));
    }
}

/* What the templates are made with. */
struct sets {
    const struct store_migration_set *const *sets;
    size_t count;
};

static enum status migrate(struct ctx *ctx, const struct sets *sets)
{
    int applied;
    return store_migrate(ctx, sets->sets, sets->count, &applied);
}

/* Opens a store, migrates it or fills it, and closes it again, as a PostgreSQL template must have
 * no connection. */
static enum status make_there(struct store_fresh *fresh, const char *name, const struct sets *sets)
{
    struct mem *mem = fresh->ctx.mem;
    struct settings settings;
    struct ctx ctx = fresh->ctx;
    ctx.mem = mem_child(mem);
    settings = settings_built_in(ctx.mem);
    ctx.settings = &settings;
    /* What fills is older than what the tests make, so no id of it is made twice. */
    ctx.now_secs -= STORE_FRESH_AGE_SECS;
    enum status status =
        store_open(&ctx, with_database(mem, fresh->server->location, name), &ctx.store);
    if (status == OK)
        status = sets != NULL ? migrate(&ctx, sets) : fresh->fill(&ctx);
    fresh->ctx.fault = mem_text(mem, ctx.fault);
    mem_end(ctx.mem);
    return status;
}

static enum status begin(struct store_fresh *fresh, const char *server, const struct sets *sets)
{
    struct mem *mem = fresh->ctx.mem;
    if (server == NULL || strcmp(server, "sqlite::memory:") == 0) {
        struct store **template = &fresh->series[KIND_TABLES].template;
        TRY(store_open(&fresh->ctx, "sqlite::memory:", template));
        fresh->ctx.store = *template;
        return migrate(&fresh->ctx, sets);
    }
    TRY(store_open(&fresh->ctx, server, &fresh->server));
    if (!store_is_postgresql(fresh->server))
        return ctx_fail(&fresh->ctx, ERR_INVALID, "tests run on sqlite::memory: or postgresql://");
    fresh->prefix = mem_format(mem, "onward_test_%d_", (int)getpid());
    mem_at_end(mem, drop_all, fresh);
    const char *name = template_of(fresh, mem, KIND_TABLES);
    TRY(create(fresh, mem, name, "template0"));
    return make_there(fresh, name, sets);
}

enum status store_fresh_begin(struct ctx *ctx, const char *server,
                              const struct store_migration_set *const *sets, size_t set_count,
                              struct store_fresh **out)
{
    struct store_fresh *fresh = mem_new(ctx->mem, struct store_fresh);
    fresh->ctx = *ctx;
    const struct sets all = {sets, set_count};
    for (int kind = 0; kind < KINDS; kind++)
        fresh->series[kind].is_touched = true;
    enum status status = begin(fresh, server, &all);
    ctx->fault = fresh->ctx.fault;
    *out = fresh;
    return status;
}

static enum status copy_template(struct ctx *ctx, const struct store *from, struct store *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to->connection, "main", from->connection, "main");
    if (backup != NULL)
        sqlite3_backup_step(backup, -1);
    if (backup == NULL || sqlite3_backup_finish(backup) != SQLITE_OK)
        return ctx_fail(ctx, ERR_FAULT, "template: %s", sqlite3_errmsg(to->connection));
    return OK;
}

/* Makes sure that the newest database of the kind is as new, and says where it is. */
static enum status next_database(struct ctx *ctx, struct store_fresh *fresh, enum kind kind,
                                 const char **location_out)
{
    struct mem *mem = ctx->mem;
    struct series *series = &fresh->series[kind];
    enum status status = OK;
    if (series->is_touched) {
        /* Not the newest: its connection is on its way out, and the server would wait for it. */
        if (series->number > 1)
            status = drop(fresh, mem, copy_of(fresh, mem, kind, series->number - 1));
        series->number++;
        if (status == OK)
            status = create(fresh, mem, copy_of(fresh, mem, kind, series->number),
                            template_of(fresh, mem, kind));
    }
    if (status != OK)
        return ctx_fail(ctx, ERR_FAULT, "%s", fresh->ctx.fault);
    series->is_touched = true;
    fresh->current = series;
    *location_out =
        with_database(mem, fresh->server->location, copy_of(fresh, mem, kind, series->number));
    return OK;
}

enum status store_fresh_open(struct ctx *ctx, struct store_fresh *fresh, bool has_tables,
                             struct store **out)
{
    enum kind kind = has_tables ? KIND_TABLES : KIND_EMPTY;
    const char *location = "sqlite::memory:";
    fresh->current = &fresh->series[kind];
    if (fresh->server != NULL)
        TRY(next_database(ctx, fresh, kind, &location));
    TRY(store_open(ctx, location, out));
    (*out)->fresh = fresh;
    return fresh->server == NULL && has_tables ? copy_template(ctx, fresh->current->template, *out)
                                               : OK;
}

static bool is_touched(const struct store *store)
{
    return store->calls > 0 || store->is_shared;
}

void store_fresh_done(struct store_fresh *fresh, const struct store *store)
{
    fresh->current->is_touched = is_touched(store);
}

/* ---- filled databases ---- */

static enum status make_filled(struct store_fresh *fresh, store_fresh_fill_fn *fill)
{
    struct mem *mem = fresh->ctx.mem;
    fresh->fill = fill;
    if (fresh->server != NULL) {
        const char *name = template_of(fresh, mem, KIND_FILLED);
        TRY(create(fresh, mem, name, template_of(fresh, mem, KIND_TABLES)));
        return make_there(fresh, name, NULL);
    }
    struct store **template = &fresh->series[KIND_FILLED].template;
    struct ctx ctx = fresh->ctx;
    struct settings settings = settings_built_in(mem);
    TRY(store_open(&ctx, "sqlite::memory:", template));
    TRY(copy_template(&ctx, fresh->series[KIND_TABLES].template, *template));
    ctx.store = *template;
    ctx.settings = &settings;
    ctx.now_secs -= STORE_FRESH_AGE_SECS;
    return fill(&ctx);
}

/* The store keeps its place in memory, as others may know it, and is connected elsewhere. */
static enum status move(struct ctx *ctx, struct store_fresh *fresh, struct store *store)
{
    const char *location;
    if (fresh->server == NULL)
        return copy_template(ctx, fresh->series[KIND_FILLED].template, store);
    fresh->current->is_touched = false;
    TRY(next_database(ctx, fresh, KIND_FILLED, &location));
    store->engine->close(store);
    store->location = mem_text(store->mem, location);
    return store->engine->open(ctx, store, NULL);
}

enum status store_fresh_fill(struct ctx *ctx, store_fresh_fill_fn *fill)
{
    struct store *store = ctx->store;
    struct store_fresh *fresh = store->fresh;
    if (fresh == NULL || fresh->current != &fresh->series[KIND_TABLES] || is_touched(store) ||
        store->fail_at != 0 || store->notes != NULL ||
        ctx->now_secs < fresh->ctx.now_secs - STORE_FRESH_AGE_SECS ||
        (fresh->fill != NULL && fresh->fill != fill))
        return fill(ctx);
    if (fresh->fill == NULL && make_filled(fresh, fill) != OK)
        return ctx_fail(ctx, ERR_FAULT, "filled template: %s", fresh->ctx.fault);
    return move(ctx, fresh, store);
}
