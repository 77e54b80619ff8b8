/* SPDX-License-Identifier: MIT */
/*
 * pack.c - finds packs, built in and installed, and takes new ones in.
 *
 * There are a dozen packs, with manifests of a kilobyte: all are read to find one, and nothing is
 * remembered between calls, so that two web nodes and an operator's command agree at once.
 */
#include "programme/pack/pack.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "platform/base/embedded.h"
#include "platform/store/store.h"
#include "programme/pack/pack.sql.h"
#include "programme/pack/pack_built_in.h"
#include "programme/pack/pack_manifest.h"

int pack_version_compare(const char *a, const char *b)
{
    while (*a != '\0' || *b != '\0') {
        char *a_end, *b_end;
        long a_part = strtol(a, &a_end, 10), b_part = strtol(b, &b_end, 10);
        if (a_part != b_part)
            return a_part < b_part ? -1 : 1;
        a = *a_end == '.' ? a_end + 1 : a_end;
        b = *b_end == '.' ? b_end + 1 : b_end;
        if (a_end == a && b_end == b && (*a != '\0' || *b != '\0'))
            return *a == '\0' ? -1 : 1;
    }
    return 0;
}

static int compare_packs(const void *a, const void *b)
{
    const struct pack *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : pack_version_compare(x->version, y->version);
}

static bool is_same(const struct pack *pack, const char *name, const char *version)
{
    return strcmp(pack->name, name) == 0 && pack_version_compare(pack->version, version) == 0;
}

static bool is_manifest(const char *path)
{
    const char *slash = strchr(path, '/');
    return slash != NULL && strcmp(slash, "/pack.json") == 0;
}

static enum status list_built_in(struct ctx *ctx, struct pack *out, size_t *count)
{
    for (size_t i = 0; i < pack_built_in_count; i++) {
        const struct embedded_file *file = &pack_built_in[i];
        if (!is_manifest(file->path))
            continue;
        if (*count == PACKS_MAX)
            return ctx_fail(ctx, ERR_FAULT, "more than %d packs are built in", PACKS_MAX);
        TRY(pack_manifest_read(ctx, file->path, (const char *)file->bytes, file->size_bytes,
                               &out[*count]));
        out[(*count)++].is_built_in = true;
    }
    return OK;
}

/* Puts the installed ones behind, or in the place of a built-in pack of that name and version. */
static enum status list_installed(struct ctx *ctx, struct pack *out, size_t *count)
{
    struct pack_manifests_row *rows;
    size_t row_count;
    if (ctx->store == NULL)
        return OK;
    TRY(pack_manifests(ctx, PACKS_MAX, &rows, &row_count));
    for (size_t i = 0; i < row_count; i++) {
        size_t at = 0;
        while (at < *count && !is_same(&out[at], rows[i].name, rows[i].version))
            at++;
        if (at == PACKS_MAX)
            return ctx_fail(ctx, ERR_FAULT, "more than %d packs are known", PACKS_MAX);
        const char *label = mem_format(ctx->mem, "%s/pack.json", rows[i].name);
        const char *text = rows[i].manifest;
        TRY(pack_manifest_read(ctx, label, text, strlen(text), &out[at]));
        if (at == *count)
            (*count)++;
    }
    return OK;
}

enum status pack_list(struct ctx *ctx, struct pack **out, size_t *count_out)
{
    *out = mem_array(ctx->mem, struct pack, PACKS_MAX);
    *count_out = 0;
    TRY(list_built_in(ctx, *out, count_out));
    TRY(list_installed(ctx, *out, count_out));
    qsort(*out, *count_out, sizeof **out, compare_packs);
    return OK;
}

/* ---- contents ---- */

static enum status fill_built_in(struct ctx *ctx, struct pack *pack)
{
    for (size_t i = 0; i < pack->file_count; i++) {
        struct pack_file *file = &pack->files[i];
        const struct embedded_file *found =
            embedded_find(pack_built_in, pack_built_in_count,
                          mem_format(ctx->mem, "%s/%s", pack->name, file->path));
        if (found == NULL)
            return ctx_fail(ctx, ERR_FAULT, "built-in pack \"%s\" lacks its file \"%s\"",
                            pack->name, file->path);
        file->bytes = (const char *)found->bytes;
        file->size_bytes = found->size_bytes;
    }
    return OK;
}

static enum status fill_installed(struct ctx *ctx, struct pack *pack)
{
    struct pack_contents_row *rows;
    size_t count;
    TRY(pack_contents(ctx, pack->name, pack->version, PACK_FILES_MAX, &rows, &count));
    for (size_t n = 0; n < pack->file_count; n++) {
        struct pack_file *file = &pack->files[n];
        for (size_t i = 0; i < count; i++) {
            if (strcmp(rows[i].path, file->path) != 0)
                continue;
            file->bytes = rows[i].content.text;
            file->size_bytes = rows[i].content.size_bytes;
        }
        if (file->bytes == NULL)
            return ctx_fail(ctx, ERR_FAULT, "installed pack \"%s\" lacks its file \"%s\"",
                            pack->name, file->path);
    }
    return OK;
}

static enum status fill(struct ctx *ctx, struct pack *pack)
{
    return pack->is_built_in ? fill_built_in(ctx, pack) : fill_installed(ctx, pack);
}

enum status pack_find(struct ctx *ctx, const char *name, const char *version, struct pack *out)
{
    struct pack *packs;
    size_t count;
    TRY(pack_list(ctx, &packs, &count));
    for (size_t i = 0; i < count; i++) {
        if (!is_same(&packs[i], name, version))
            continue;
        *out = packs[i];
        return fill(ctx, out);
    }
    return ctx_fail(ctx, ERR_NOT_FOUND, "there is no version %s of a pack \"%s\"", version, name);
}

static bool is_in_force(const struct pack *pack, const char *day)
{
    return strcmp(pack->valid_from, day) <= 0 &&
           (pack->valid_until[0] == '\0' || strcmp(day, pack->valid_until) <= 0);
}

/* day NULL: whatever the day. */
static enum status find_newest(struct ctx *ctx, const char *name, const char *day, struct pack *out)
{
    struct pack *packs;
    size_t count;
    TRY(pack_list(ctx, &packs, &count));
    for (size_t i = count; i-- > 0;) { /* newest first */
        if (strcmp(packs[i].name, name) != 0 || (day != NULL && !is_in_force(&packs[i], day)))
            continue;
        *out = packs[i];
        return fill(ctx, out);
    }
    return ctx_fail(ctx, ERR_NOT_FOUND, "there is no pack \"%s\"%s%s", name,
                    day != NULL ? " in force on " : "", day != NULL ? day : "");
}

enum status pack_on(struct ctx *ctx, const char *name, const char *day, struct pack *out)
{
    return find_newest(ctx, name, day, out);
}

enum status pack_newest(struct ctx *ctx, const char *name, struct pack *out)
{
    return find_newest(ctx, name, NULL, out);
}

enum status pack_file(struct ctx *ctx, const struct pack *pack, const char *path,
                      const struct pack_file **out)
{
    for (size_t i = 0; i < pack->file_count; i++) {
        *out = &pack->files[i];
        if (strcmp((*out)->path, path) == 0)
            return OK;
    }
    return ctx_fail(ctx, ERR_NOT_FOUND, "pack \"%s\" has no file \"%s\"", pack->name, path);
}

static void close_file(void *arg)
{
    close(*(int *)arg);
}

enum status pack_file_open(struct ctx *ctx, const struct pack *pack, const char *path,
                           int *file_out)
{
    const struct pack_file *file;
    TRY(pack_file(ctx, pack, path, &file));
    int *descriptor = mem_new(ctx->mem, int);
    *descriptor = memfd_create("onward-pack", MFD_CLOEXEC);
    if (*descriptor < 0)
        return ctx_fail(ctx, ERR_FAULT, "memory for a pack's file could not be had: %m");
    mem_at_end(ctx->mem, close_file, descriptor);
    for (size_t done = 0; done < file->size_bytes;) {
        ssize_t wrote = write(*descriptor, file->bytes + done, file->size_bytes - done);
        if (wrote <= 0)
            return ctx_fail(ctx, ERR_FAULT, "memory for a pack's file is full: %m");
        done += (size_t)wrote;
    }
    if (lseek(*descriptor, 0, SEEK_SET) != 0)
        return ctx_fail(ctx, ERR_FAULT, "a pack's file in memory cannot be read: %m");
    *file_out = *descriptor;
    return OK;
}

/* ---- taking in ---- */

static const struct pack_reader *reader_of(const struct pack_reader *const *readers,
                                           const char *holds)
{
    for (; *readers != NULL; readers++)
        for (const struct pack_reader *reader = *readers; reader->holds != NULL; reader++)
            if (strcmp(reader->holds, holds) == 0)
                return reader;
    return NULL;
}

enum status pack_check(struct ctx *ctx, const struct pack_reader *const *readers,
                       const struct pack *pack)
{
    const struct pack_reader *reader = reader_of(readers, pack->holds);
    if (reader == NULL)
        return ctx_fail(ctx, ERR_INVALID, "%s/pack.json: holds: nothing here reads \"%s\"",
                        pack->name, pack->holds);
    return reader->check != NULL ? reader->check(ctx, pack) : OK;
}

static bool has_same_contents(const struct pack *a, const struct pack *b)
{
    if (strcmp(a->manifest, b->manifest) != 0 || a->file_count != b->file_count)
        return false;
    for (size_t i = 0; i < a->file_count; i++)
        if (strcmp(a->files[i].path, b->files[i].path) != 0 ||
            a->files[i].size_bytes != b->files[i].size_bytes ||
            memcmp(a->files[i].bytes, b->files[i].bytes, a->files[i].size_bytes) != 0)
            return false;
    return true;
}

struct installing {
    const struct pack *pack;
    const struct pack_reader *reader;
    bool is_known;
};

static enum status keep(struct ctx *ctx, const struct pack *pack)
{
    int64_t changes;
    TRY(pack_add(ctx, pack->name, pack->version, pack->manifest, ctx->now_secs, &changes));
    for (size_t i = 0; i < pack->file_count; i++) {
        const struct pack_file *file = &pack->files[i];
        TRY(pack_file_add(ctx, pack->name, pack->version, file->path,
                          store_blob(file->bytes, file->size_bytes), &changes));
    }
    return OK;
}

/* Runs inside a transaction, perhaps more than once: a pack whose contents are refused while they
 * are taken is not kept either. */
static enum status keep_and_take(struct ctx *ctx, void *arg)
{
    const struct installing *installing = arg;
    if (!installing->is_known)
        TRY(keep(ctx, installing->pack));
    return installing->reader->take != NULL ? installing->reader->take(ctx, installing->pack) : OK;
}

enum status pack_install(struct ctx *ctx, const struct pack_reader *const *readers,
                         const struct pack *pack)
{
    TRY(pack_check(ctx, readers, pack));
    struct installing installing = {.pack = pack, .reader = reader_of(readers, pack->holds)};
    struct pack known;
    enum status status = pack_find(ctx, pack->name, pack->version, &known);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
    } else {
        TRY(status);
        if (!has_same_contents(&known, pack))
            return ctx_fail(ctx, ERR_CONFLICT,
                            "version %s of pack \"%s\" is known with other contents", pack->version,
                            pack->name);
        installing.is_known = true;
    }
    return store_transact(ctx, "pack_install", keep_and_take, &installing);
}
