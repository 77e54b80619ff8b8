/* SPDX-License-Identifier: MIT */
/*
 * store_disk_test.c - a disk that once refuses what was written to the log of SQLite.
 *
 * The disk is SQLite's usual one, whose answer for write-ahead logs alone is changed.
 */
#include "platform/base/test.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>

#include "platform/store/store_engine.h"
#include "platform/store/store_test_books.h"

static sqlite3_vfs disk, *usual;
static sqlite3_io_methods log_methods;
static const sqlite3_io_methods *usual_methods;
static atomic_bool refuses;

static int sync_or_refuse(sqlite3_file *file, int flags)
{
    return refuses ? SQLITE_IOERR_FSYNC : usual_methods->xSync(file, flags);
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    int code = usual->xOpen(vfs, name, file, flags, out);
    if (code != SQLITE_OK || (flags & SQLITE_OPEN_WAL) == 0)
        return code;
    usual_methods = file->pMethods;
    log_methods = *usual_methods;
    log_methods.xSync = sync_or_refuse;
    file->pMethods = &log_methods;
    return SQLITE_OK;
}

static void part(void *arg)
{
    (void)arg;
    sqlite3_vfs_register(usual, 1);
    sqlite3_vfs_unregister(&disk);
}

static void use_disk(struct ctx *ctx)
{
    usual = sqlite3_vfs_find(NULL);
    disk = *usual;
    disk.zName = "disk that refuses";
    disk.xOpen = open_file;
    refuses = false;
    CHECK(sqlite3_vfs_register(&disk, 1) == SQLITE_OK);
    mem_at_end(ctx->mem, part, NULL);
}

/* How many books are in the file when its log is lost. */
static int64_t count_without_log(struct ctx *ctx)
{
    char bytes[4096];
    struct ctx other = *ctx;
    int64_t n = -1;
    const char *path = books_path(ctx, "alone.db");
    FILE *from = fopen(ctx->store->location, "rb"), *to = fopen(path, "wb");
    CHECK(from != NULL && to != NULL);
    for (size_t size; (size = fread(bytes, 1, sizeof bytes, from)) > 0;)
        CHECK(fwrite(bytes, 1, size, to) == size);
    CHECK(fclose(from) == 0 && fclose(to) == 0);
    CHECK(store_open(ctx, mem_format(ctx->mem, "sqlite:%s", path), &other.store) == OK);
    CHECK(books_count(&other, &n) == OK);
    return n;
}

TEST(what_the_disk_once_refused_is_written_anew_with_all_that_came_after)
{
    if (store_is_postgresql(ctx->store))
        return;
    use_disk(ctx);
    CHECK(books_make_shared(ctx) == OK);
    CHECK(books_add(ctx, 1, 1, "Emma") == OK);
    refuses = true;
    CHECK(books_add(ctx, 2, 1, "Persuasion") == ERR_FAULT);
    CHECK_TEXT(ctx->fault, "the disk did not take what was written");
    CHECK(books_add(ctx, 3, 1, "Sanditon") == ERR_FAULT);
    ctx->fault = NULL;
    refuses = false;
    CHECK(books_add(ctx, 4, 1, "Lady Susan") == OK);
    CHECK(count_without_log(ctx) == 4);
    CHECK(books_add(ctx, 5, 1, "The Watsons") == OK); /* into a log that is whole */
    CHECK(count_without_log(ctx) == 4);
}
