/* SPDX-License-Identifier: MIT */
/*
 * store_backup.c - copies of the whole database, to a file and back.
 *
 * What is at the path is always a whole copy: it is written under another name beside it, brought
 * to the disk, and linked to its name, which fails when that is taken.
 */
#include "platform/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/store/store_engine.h"

/* A path that no program takes for an option or a URI. */
static const char *plain_path(struct mem *mem, const char *path)
{
    return path[0] == '/' ? path : mem_format(mem, "./%s", path);
}

static enum status fail_at(struct ctx *ctx, const char *path)
{
    int error = errno;
    bool is_theirs = error == ENOENT || error == ENOTDIR || error == EACCES || error == EISDIR ||
                     error == ENAMETOOLONG || error == EROFS || error == EPERM;
    return ctx_fail(ctx,
                    error == EEXIST ? ERR_CONFLICT
                    : is_theirs     ? ERR_INVALID
                                    : ERR_FAULT,
                    "\"%s\": %s", path, strerror(error));
}

/* ---- backup ---- */

static enum status sync_path(struct ctx *ctx, const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0)
        return fail_at(ctx, path);
    int failed = fsync(fd);
    enum status status = failed != 0 ? fail_at(ctx, path) : OK;
    close(fd);
    return status;
}

static enum status publish(struct ctx *ctx, const char *part, const char *path)
{
    TRY(sync_path(ctx, part, O_RDWR));
    if (link(part, path) != 0)
        return fail_at(ctx, path);
    return sync_path(ctx, dirname(mem_text(ctx->mem, path)), O_RDONLY | O_DIRECTORY);
}

enum status store_backup(struct ctx *ctx, const char *path,
                         void (*progress)(void *arg, int percent), void *arg)
{
    struct store *store = ctx->store;
    struct stat there;
    path = plain_path(ctx->mem, path);
    if (lstat(path, &there) == 0)
        return ctx_fail(ctx, ERR_CONFLICT, "\"%s\" exists already", path);

    const char *part = mem_format(ctx->mem, "%s.%08x.part", path, randombytes_random());
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_at(ctx, path);
    close(fd);
    enum status status = store->engine->backup(ctx, store, part, progress, arg);
    if (status == OK)
        status = publish(ctx, part, path);
    unlink(part);
    unlink(mem_format(ctx->mem, "%s-journal", part)); /* SQLite's, when it failed */
    return status;
}

/* ---- restore ---- */

static enum status check_kind(struct ctx *ctx, const char *path, bool is_postgresql)
{
    static const char sqlite[16] = "SQLite format 3";
    char start[16] = "";
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_at(ctx, path);
    ssize_t size_bytes = read(fd, start, sizeof start);
    close(fd);
    bool is_sqlite_copy = size_bytes == 16 && memcmp(start, sqlite, sizeof sqlite) == 0;
    bool is_dump = size_bytes >= 5 && memcmp(start, "PGDMP", 5) == 0;
    if (!is_sqlite_copy && !is_dump)
        return ctx_fail(ctx, ERR_INVALID, "\"%s\" is no copy of a database", path);
    if (is_dump != is_postgresql)
        return ctx_fail(ctx, ERR_INVALID, "\"%s\" is a copy from %s", path,
                        is_dump ? "PostgreSQL" : "SQLite");
    return OK;
}

enum status store_restore(struct ctx *ctx, const char *path)
{
    struct store *store = ctx->store;
    bool is_empty;
    path = plain_path(ctx->mem, path);
    TRY(check_kind(ctx, path, store_is_postgresql(store)));
    TRY(store->engine->is_empty(ctx, store, &is_empty));
    if (!is_empty)
        return ctx_fail(ctx, ERR_CONFLICT, "the database is not empty");
    return store->engine->restore(ctx, store, path);
}
