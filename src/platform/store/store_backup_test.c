/* SPDX-License-Identifier: MIT */
/* store_backup_test.c - what copies and names of databases promise, on whichever engine. */
#include "platform/base/test.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/store/store_test_books.h"

static int64_t count(struct ctx *ctx)
{
    int64_t n = -1;
    return books_count(ctx, &n) == OK ? n : -1;
}

/* ---- copies ---- */

/* A context whose store is empty: on PostgreSQL the same database, emptied. */
static enum status open_empty(struct ctx *ctx, struct ctx *out)
{
    *out = *ctx;
    if (store_is_postgresql(ctx->store))
        return books_script(ctx, "drop schema public cascade; create schema public");
    return store_open(ctx, "sqlite::memory:", &out->store);
}

static void note_percent(void *arg, int percent)
{
    int *last = arg;
    *last = percent >= *last && percent <= 100 ? percent : -1000;
}

TEST(a_backup_restores_to_what_was_there)
{
    struct ctx fresh;
    struct stat file;
    int last = 0;
    const char *path = books_path(ctx, "copy");
    CHECK(books_make(ctx) == OK);
    for (int i = 1; i <= 50; i++)
        CHECK(books_add(ctx, i, 1, "\xc5\xb7 'quoted'") == OK);
    CHECK(store_backup(ctx, path, note_percent, &last) == OK);
    CHECK(last == 100);
    CHECK(stat(path, &file) == 0 && (file.st_mode & 0777) == 0600);
    CHECK(books_add(ctx, 99, 1, "after the copy") == OK);
    CHECK(open_empty(ctx, &fresh) == OK);
    CHECK(store_restore(&fresh, path) == OK);
    CHECK(count(&fresh) == 50);
    const struct store_migration_set *const sets[] = {&books_migrations};
    CHECK(store_schema_check(&fresh, sets, 1) == OK);
    CHECK(books_add(&fresh, 50, 1, "the key is still there") == ERR_CONFLICT);
}

TEST(a_backup_does_not_write_over_a_file)
{
    struct stat before;
    struct stat after;
    const char *path = books_path(ctx, "copy");
    CHECK(books_make(ctx) == OK);
    CHECK(store_backup(ctx, path, NULL, NULL) == OK);
    CHECK(stat(path, &before) == 0);
    CHECK(store_backup(ctx, path, NULL, NULL) == ERR_CONFLICT);
    CHECK(stat(path, &after) == 0);
    CHECK(before.st_size == after.st_size && before.st_ino == after.st_ino);
}

TEST(a_backup_to_a_folder_that_is_not_there_is_invalid)
{
    CHECK(books_make(ctx) == OK);
    CHECK(store_backup(ctx, "/nowhere/at/all", NULL, NULL) == ERR_INVALID);
}

TEST(a_restore_into_a_database_with_tables_is_a_conflict)
{
    const char *path = books_path(ctx, "copy");
    CHECK(books_make(ctx) == OK);
    CHECK(store_backup(ctx, path, NULL, NULL) == OK);
    CHECK(store_restore(ctx, path) == ERR_CONFLICT);
    CHECK(count(ctx) == 0);
}

static const char *write_file(struct ctx *ctx, const char *bytes, size_t size_bytes)
{
    const char *path = books_path(ctx, "file");
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    bool is_written = fd >= 0 && write(fd, bytes, size_bytes) == (ssize_t)size_bytes;
    close(fd);
    return is_written ? path : "/nowhere";
}

TEST(what_is_no_copy_or_one_of_the_other_engine_is_not_restored)
{
    bool is_postgresql = store_is_postgresql(ctx->store);
    const char sqlite[16] = "SQLite format 3";
    const char dump[16] = "PGDMP, rubbish";
    const char *other = is_postgresql ? sqlite : dump;
    const char *own = is_postgresql ? dump : sqlite;
    CHECK(store_restore(ctx, "/nowhere/at/all") == ERR_INVALID);
    CHECK(store_restore(ctx, "/tmp") != OK);
    CHECK(store_restore(ctx, write_file(ctx, "", 0)) == ERR_INVALID);
    CHECK(store_restore(ctx, write_file(ctx, "id,title\n", 9)) == ERR_INVALID);
    CHECK(store_restore(ctx, write_file(ctx, other, 16)) == ERR_INVALID);
    CHECK(store_restore(ctx, write_file(ctx, own, 16)) != OK);
    CHECK(books_make(ctx) == OK); /* still empty */
}

enum { LOOK_US = 1000, LOOKS = 30000 }; /* until a pair more is written: half a minute at most */

struct pairs {
    struct store *like;
    atomic_bool is_done;
    atomic_int written;
};

static enum status add_pair(struct ctx *ctx, void *arg)
{
    const int *n = arg;
    TRY(books_add(ctx, 2 * *n, 1, "one of two"));
    return books_add(ctx, 2 * *n + 1, 1, "two of two");
}

static void *write_pairs(void *arg)
{
    struct pairs *pairs = arg;
    struct ctx ctx = {.mem = mem_root(), .request_id = "pairs"};
    if (store_open_again(&ctx, pairs->like, &ctx.store) == OK)
        while (!pairs->is_done) {
            int n = pairs->written;
            pairs->written += store_transact(&ctx, "add_pair", add_pair, &n) == OK;
        }
    mem_end(ctx.mem);
    return NULL;
}

TEST(a_backup_made_while_others_write_holds_whole_transactions)
{
    pthread_t thread;
    struct ctx fresh;
    CHECK(books_make_shared(ctx) == OK);
    struct pairs pairs = {.like = ctx->store};
    CHECK(pthread_create(&thread, NULL, write_pairs, &pairs) == 0);
    const char *path = NULL;
    enum status status = OK;
    for (int i = 0; i < 3 && status == OK; i++) {
        for (int before = pairs.written, look = 0; pairs.written == before && look < LOOKS; look++)
            usleep(LOOK_US);
        path = books_path(ctx, "copy");
        status = store_backup(ctx, path, NULL, NULL);
    }
    pairs.is_done = true;
    pthread_join(thread, NULL);
    CHECK(status == OK);
    CHECK(count(ctx) == 2 * (int64_t)pairs.written && pairs.written > 0);
    CHECK(open_empty(ctx, &fresh) == OK);
    CHECK(store_restore(&fresh, path) == OK);
    CHECK(count(&fresh) > 0 && count(&fresh) % 2 == 0);
}

/* ---- names of databases ---- */

TEST(a_database_with_another_name_is_invalid)
{
    struct store *store;
    CHECK(store_open(ctx, "mysql://localhost/onward", &store) == ERR_INVALID);
    CHECK(store_open(ctx, "sqlite:", &store) == ERR_INVALID);
    CHECK(store_open(ctx, "", &store) == ERR_INVALID);
    CHECK(store_open(ctx, "onward.db", &store) == ERR_INVALID);
}

TEST(a_database_that_cannot_be_opened_says_why)
{
    struct store *store;
    CHECK(store_open(ctx, "sqlite:/nowhere/at/all.db", &store) == ERR_FAULT);
    CHECK(strstr(ctx->fault, "/nowhere/at/all.db") != NULL);
    ctx->fault = NULL;
    CHECK(store_open(ctx, "postgresql:///onward?host=/nowhere", &store) == ERR_BUSY);
    ctx->fault = NULL;
    const char *path = write_file(ctx, "this is not a database, it is only text", 39);
    CHECK(store_open(ctx, mem_format(ctx->mem, "sqlite:%s", path), &store) == ERR_FAULT);
}

TEST(a_new_database_file_can_be_read_by_its_owner_only)
{
    struct store *store;
    struct stat file;
    const char *path = books_path(ctx, "new.db");
    CHECK(store_open(ctx, mem_format(ctx->mem, "sqlite:%s", path), &store) == OK);
    CHECK(stat(path, &file) == 0 && (file.st_mode & 0777) == 0600);
}
