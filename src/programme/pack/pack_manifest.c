/* SPDX-License-Identifier: MIT */
/* pack_manifest.c - reads pack.json: every member known and of its type. */
#include "programme/pack/pack_manifest.h"

#include "programme/pack/pack_json.h"

#include <string.h>

/* Numbers parted by dots: "2026.1". */
static bool is_version(const char *text)
{
    int digits = 0;
    for (; *text != '\0'; text++) {
        if (*text >= '0' && *text <= '9')
            digits++;
        else if (*text != '.' || digits == 0)
            return false;
        else
            digits = 0;
        if (digits > 9)
            return false;
    }
    return digits > 0;
}

/* A name in the pack's own folder: nothing that could lead out of it. */
static bool is_plain_name(const char *path)
{
    size_t length = strspn(path, "abcdefghijklmnopqrstuvwxyz0123456789._-");
    return path[length] == '\0' && path[0] != '.' && length < 100;
}

static enum status read_files(const struct json_at *manifest, struct pack *out)
{
    struct json_at list;
    size_t count;
    TRY(json_at_list(manifest, "files", 1, &list, &count));
    if (count > PACK_FILES_MAX)
        return json_at_refuse(&list, NULL, "holds more than %d", PACK_FILES_MAX);
    out->files = mem_array(manifest->ctx->mem, struct pack_file, count);
    for (size_t i = 0; i < count; i++) {
        struct pack_file *file = &out->files[i];
        struct json_at at;
        TRY(json_at_object(&list, i, &at));
        TRY(json_at_only(&at, (const char *const[]){"path", "what", NULL}));
        TRY(json_at_text(&at, "path", &file->path));
        TRY(json_at_text(&at, "what", &file->what));
        if (!is_plain_name(file->path) || strcmp(file->path, "pack.json") == 0)
            return json_at_refuse(&at, "path", "\"%s\" is not the plain name of a file",
                                  file->path);
        for (size_t j = 0; j < i; j++)
            if (strcmp(out->files[j].path, file->path) == 0)
                return json_at_refuse(&at, "path", "\"%s\" stands here twice", file->path);
        out->file_count++;
    }
    return OK;
}

enum status pack_manifest_read(struct ctx *ctx, const char *label, const char *bytes,
                               size_t size_bytes, struct pack *out)
{
    struct json_at at;
    *out = (struct pack){.manifest = mem_text_part(ctx->mem, bytes, size_bytes)};
    TRY(json_at_begin(ctx, label, bytes, size_bytes, &at));
    TRY(json_at_only(&at, (const char *const[]){"name", "version", "title", "holds", "valid_from",
                                                "valid_until", "as_at", "source", "licence",
                                                "attribution", "files", NULL}));
    TRY(json_at_code(&at, "name", &out->name));
    TRY(json_at_text(&at, "version", &out->version));
    if (!is_version(out->version))
        return json_at_refuse(&at, "version", "\"%s\" is not numbers parted by dots", out->version);
    TRY(json_at_text(&at, "title", &out->title));
    TRY(json_at_code(&at, "holds", &out->holds));
    TRY(json_at_day(&at, "valid_from", &out->valid_from));
    TRY(json_at_day_if_any(&at, "valid_until", &out->valid_until));
    if (out->valid_until[0] != '\0' && strcmp(out->valid_until, out->valid_from) < 0)
        return json_at_refuse(&at, "valid_until", "comes before valid_from");
    TRY(json_at_day(&at, "as_at", &out->as_at));
    TRY(json_at_text(&at, "source", &out->source));
    TRY(json_at_text(&at, "licence", &out->licence));
    TRY(json_at_text_if_any(&at, "attribution", &out->attribution));
    return read_files(&at, out);
}
