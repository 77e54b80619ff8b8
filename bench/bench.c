/* SPDX-License-Identifier: MIT */
/*
 * bench.c - what script/bench needs from inside the program.
 *
 *   bench rows DATABASE COUNT       fills a table with rows
 *   bench serve DATABASE PORT       serves them as the listing /rows
 *   bench sign DATABASE COUNT       signs COUNT pledges (onward demo --only-fill made the database)
 *                                   and prints signatures a second
 *   bench commit FILE COUNT         single-row commits of the same durability, a second
 *   bench documents DATABASE COUNT  puts documents to search for, see documents.h
 *   bench searches - COUNT          prints what to search
 *   bench readers DATABASE COUNT    fills it with readers of the newsletter
 *   bench newsletter DATABASE PORT  sends an issue to them, to the mail server on that port: see
 *                                   newsletter.h
 *   bench surge DATABASE PORT SECS  people sign at the service on that port: see surge.h
 */
#include "bench/bench.sql.h"
#include "bench/bench_migrations.h"
#include "bench/documents.h"
#include "bench/newsletter.h"
#include "bench/surge.h"
#include "platform/base/log.h"
#include "platform/base/random.h"
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/job/job_migrations.h"
#include "platform/web/listing.h"
#include "platform/web/web.h"
#include "platform/web/web_migrations.h"
#include "programme/directory/directory.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/programme.h"

#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct listing_column columns[] = {
    {.name = "id", .heading = "Number", .format = LISTING_NUMBER},
    {.name = "name", .heading = "Name"},
    {.name = "town", .heading = "Town"},
    {.name = "amount", .heading = "Amount", .format = LISTING_NUMBER},
    {.name = "on_day", .heading = "Day", .format = LISTING_DATE},
    {0}};
static const struct listing_order orders[] = {{"number", "By number"}, {0}};
static const struct listing rows = {.title = "Rows",
                                    .query = &bench_rows_query,
                                    .columns = columns,
                                    .orders = orders,
                                    .one = "row",
                                    .many = "rows",
                                    .file_name = "rows"};
static const struct web_route routes[] = {WEB_LISTING("/rows", WEB_PUBLIC, &rows, "Rows."), {0}};
static const struct web_route *const tables[] = {routes, NULL};
static const struct store_migration_set *const sets[] = {&job_migrations, &web_migrations,
                                                         &bench_migrations};
enum { SETS = sizeof sets / sizeof sets[0] };
static const struct job_kind *const no_jobs[] = {NULL};

struct filling {
    int64_t from, to;
};

static enum status fill(struct ctx *ctx, void *arg)
{
    const struct filling *filling = arg;
    struct mem *whole = ctx->mem;
    for (int64_t i = filling->from; i < filling->to; i++) {
        ctx->mem = mem_child(whole);
        enum status status = bench_row_add(
            ctx, i, mem_format(ctx->mem, "Name number %" PRId64 " of the list", i),
            mem_format(ctx->mem, "Town, %" PRId64, i % 977), i * 37 % 100003,
            mem_format(ctx->mem, "20%02d-0%d-1%d", (int)(i % 30), (int)(i % 9) + 1, (int)(i % 9)),
            NULL);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
    }
    return OK;
}

static enum status fill_rows(struct ctx *ctx, int64_t count)
{
    int applied;
    TRY(store_migrate(ctx, sets, SETS, &applied));
    for (int64_t i = 1; i <= count; i += 50000) {
        struct filling filling = {i, i + 50000 <= count + 1 ? i + 50000 : count + 1};
        TRY(store_transact(ctx, "fill", fill, &filling));
    }
    return OK;
}

/* The pledges that wait, with a new link for each leader. */
static enum status make_links(struct ctx *ctx, void *arg)
{
    const char **tokens = arg;
    struct pledge_after_row *pledges;
    size_t count, made = 0;
    int64_t last = 0;
    do {
        TRY(pledge_after(ctx, last, 500, &pledges, &count));
        for (size_t i = 0; i < count; i++) {
            struct pledge_file file;
            last = pledges[i].id;
            if (strcmp(pledges[i].state, "awaiting") != 0)
                continue;
            TRY(pledge_file_open(ctx, pledges[i].reference, &file));
            if (file.standing.leader_signed)
                continue;
            TRY(pledge_link_make(ctx, &file, "leader", &tokens[made]));
            made++;
        }
    } while (count > 0);
    return OK;
}

static enum status sign(struct ctx *ctx, int64_t most)
{
    struct mem *whole = ctx->mem;
    const char **tokens = mem_array(whole, const char *, 200000);
    TRY(store_transact(ctx, "links", make_links, tokens));
    int64_t count = 0, began = time_running_ms();
    for (; tokens[count] != NULL && count < most; count++) {
        ctx->mem = mem_child(whole);
        enum status status = pledge_link_sign(ctx, tokens[count]);
        mem_end(ctx->mem);
        ctx->mem = whole;
        TRY(status);
    }
    int64_t ms = time_running_ms() - began;
    printf("%" PRId64 "\n", count * 1000 / (ms > 0 ? ms : 1));
    return count > 0 ? OK : ctx_fail(ctx, ERR_FAULT, "no pledge waits for a signature");
}

static int bare_commits(const char *file, int64_t count)
{
    sqlite3 *db;
    sqlite3_stmt *insert;
    if (sqlite3_open(file, &db) != SQLITE_OK ||
        sqlite3_exec(db,
                     "pragma journal_mode = wal; pragma synchronous = full;"
                     "create table t (id integer primary key, text text) strict",
                     NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "insert into t (text) values ('one row')", -1, &insert, NULL) !=
            SQLITE_OK)
        return 1;
    int64_t began = time_running_ms();
    for (int64_t i = 0; i < count; i++) {
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    int64_t ms = time_running_ms() - began;
    printf("%" PRId64 "\n", count * 1000 / (ms > 0 ? ms : 1));
    sqlite3_finalize(insert);
    return sqlite3_close(db) != SQLITE_OK;
}

int main(int argc, char **argv)
{
    struct ctx ctx = {.mem = mem_root(), .request_id = "bench"};
    bool is_surge = argc == 5 && strcmp(argv[1], "surge") == 0;
    if ((argc != 4 && !is_surge) || time_start() != OK || random_start() != OK) {
        fputs("usage: bench rows|serve|sign|commit|documents|searches|readers|newsletter WHERE "
              "COUNT, or bench surge "
              "WHERE PORT SECS\n",
              stderr);
        return 2;
    }
    const struct web_app app = {.routes = tables,
                                .jobs = no_jobs,
                                .migrations = sets,
                                .migration_count = SETS,
                                .sign_in_path = "/"};
    int64_t count = strtoll(argv[3], NULL, 10);
    if (strcmp(argv[1], "commit") == 0)
        return bare_commits(argv[2], count);
    if (strcmp(argv[1], "searches") == 0) {
        documents_searches(ctx.mem, count);
        return 0;
    }
    struct settings settings = settings_built_in(ctx.mem);
    settings.database = argv[2];
    settings.listen = mem_format(ctx.mem, "127.0.0.1:%s", argv[3]);
    settings.requests_per_minute_count = 0;
    settings.bulk_per_second_count = 0;
    settings.smtp = mem_format(ctx.mem, "smtp://127.0.0.1:%s", argv[3]);
    ctx.settings = &settings;
    ctx.now_secs = time_now_secs();
    enum status status = store_open(&ctx, argv[2], &ctx.store);
    if (status == OK && strcmp(argv[1], "rows") == 0)
        status = fill_rows(&ctx, count);
    else if (status == OK && strcmp(argv[1], "sign") == 0)
        status = sign(&ctx, count);
    else if (status == OK && strcmp(argv[1], "documents") == 0)
        status = documents_fill(&ctx, count);
    else if (status == OK && strcmp(argv[1], "readers") == 0)
        status = bench_readers(&ctx, count);
    else if (status == OK && strcmp(argv[1], "newsletter") == 0)
        status = bench_newsletter(&ctx);
    else if (status == OK && is_surge)
        status = surge(&ctx, (int)count, strtoll(argv[4], NULL, 10));
    else if (status == OK)
        status = web_serve(&ctx, &app);
    if (status != OK)
        fprintf(stderr, "bench: %s\n", ctx.fault != NULL ? ctx.fault : "failed");
    mem_end(ctx.mem);
    return status != OK;
}
