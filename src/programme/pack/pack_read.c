/* SPDX-License-Identifier: MIT */
/* pack_read.c - reads a pack from a folder of this machine, into memory and no further. */
#include "programme/pack/pack.h"
#include "programme/pack/pack_manifest.h"

#include <stdio.h>

static enum status read_bytes(struct ctx *ctx, const char *path, const char **bytes_out,
                              size_t *size_out)
{
    FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return ERR_NOT_FOUND;
    struct mem *mem = ctx->mem;
    enum status status = OK;
    if (fseeko(file, 0, SEEK_END) != 0 || ftello(file) < 0)
        status = ctx_fail(ctx, ERR_INVALID, "%s: is not a file", path);
    size_t size = status == OK ? (size_t)ftello(file) : 0;
    if (size > PACK_FILE_BYTES_MAX)
        status = ctx_fail(ctx, ERR_INVALID, "%s: is larger than %d megabytes", path,
                          PACK_FILE_BYTES_MAX >> 20);
    if (status == OK) {
        char *bytes = mem_bytes(mem, size + 1);
        rewind(file);
        if (fread(bytes, 1, size, file) != size)
            status = ctx_fail(ctx, ERR_INVALID, "%s: cannot be read", path);
        *bytes_out = bytes;
        *size_out = size;
    }
    fclose(file);
    return status;
}

enum status pack_read(struct ctx *ctx, const char *folder, struct pack *out)
{
    const char *path = mem_format(ctx->mem, "%s/pack.json", folder);
    const char *bytes;
    size_t size_bytes;
    enum status status = read_bytes(ctx, path, &bytes, &size_bytes);
    if (status == ERR_NOT_FOUND)
        return ctx_fail(ctx, ERR_NOT_FOUND, "%s: there is no such file", path);
    TRY(status);
    TRY(pack_manifest_read(ctx, path, bytes, size_bytes, out));
    for (size_t i = 0; i < out->file_count; i++) {
        struct pack_file *file = &out->files[i];
        path = mem_format(ctx->mem, "%s/%s", folder, file->path);
        status = read_bytes(ctx, path, &file->bytes, &file->size_bytes);
        if (status == ERR_NOT_FOUND)
            return ctx_fail(ctx, ERR_INVALID, "%s: is missing", path);
        TRY(status);
    }
    return OK;
}
