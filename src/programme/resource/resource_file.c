/* SPDX-License-Identifier: MIT */
/* resource_file.c - the files of documents: looked at, put in, given back, counted. */
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "programme/resource/resource_internal.h"

#include <string.h>

const char *resource_owner(struct mem *mem, const char *reference)
{
    return mem_format(mem, "resource/%s", reference);
}

bool resource_is_picture(const char *ending)
{
    return strcmp(ending, ".png") == 0 || strcmp(ending, ".jpg") == 0;
}

/* ---- what may be given out ---- */

enum status resource_check_file(struct ctx *ctx, const struct form_file *file, const char *field,
                                struct form_problems *problems)
{
    struct upload upload;
    if (file->upload_id == 0)
        return OK;
    TRY(upload_find(ctx, file->upload_id, file->owner, &upload));
    if (upload.has_script)
        form_wrong(problems, field,
                   "This PDF can run a program on the reader's computer. Save it without scripts, "
                   "buttons and files inside, and send it again");
    else if (upload.is_encrypted)
        form_wrong(problems, field,
                   "This PDF is locked, so screen readers may not get in. Save it without a "
                   "password and send it again");
    return OK;
}

/* The very file that the newest version has. */
static enum status check_is_new(struct ctx *ctx, const struct resource_draft *draft,
                                struct form_problems *problems)
{
    struct resource_row_row row;
    struct resource_files_row *files;
    struct upload upload;
    size_t count;
    if (draft->reference[0] == '\0' || draft->document.upload_id == 0)
        return OK;
    TRY(resource_row(ctx, draft->reference, &row));
    TRY(resource_files(ctx, row.id, row.version, RESOURCE_FILES_MOST, &files, &count));
    TRY(upload_find(ctx, draft->document.upload_id, draft->document.owner, &upload));
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].sha256, upload.sha256) == 0)
            form_wrong(problems, "document",
                       "This is the very file that the newest version has. Choose the new one");
    return OK;
}

enum status resource_check_files(struct ctx *ctx, const struct resource_draft *draft,
                                 struct form_problems *problems)
{
    TRY(resource_check_file(ctx, &draft->document, "document", problems));
    TRY(check_is_new(ctx, draft, problems));
    if (strcmp(draft->accessible, "itself") == 0 && draft->document.upload_id != 0 &&
        resource_is_picture(resource_ending(ctx->mem, draft->document.name)))
        form_wrong(problems, "accessible",
                   "A picture has no words that a screen reader finds. Send an accessible version "
                   "with it, or say that there is none yet");
    if (strcmp(draft->accessible, "beside") != 0)
        return OK;
    if (draft->alternative.upload_id != 0 &&
        resource_is_picture(resource_ending(ctx->mem, draft->alternative.name)))
        form_wrong(problems, "alternative",
                   "A picture cannot be the accessible version: a screen reader finds no words in "
                   "it. Send a document");
    return resource_check_file(ctx, &draft->alternative, "alternative", problems);
}

/* ---- putting in ---- */

enum status resource_put_file(struct ctx *ctx, const struct resource_row_row *row, int64_t version,
                              const struct resource_putting *putting)
{
    struct resource_files_row *files;
    struct upload upload;
    size_t count;
    const char *owner = resource_owner(ctx->mem, row->reference);
    TRY(resource_files(ctx, row->id, version, RESOURCE_FILES_MOST, &files, &count));
    TRY(upload_claim(ctx, putting->file->upload_id, putting->file->owner, owner));
    TRY(upload_find(ctx, putting->file->upload_id, owner, &upload));
    return resource_file_add_row(ctx, row->id, version, (int64_t)count + 1, putting->role,
                                 upload.id, upload.name, resource_ending(ctx->mem, upload.name),
                                 upload.size_bytes, upload.sha256, putting->language,
                                 putting->is_accessible, ctx->now_secs, NULL);
}

/* ---- giving back ---- */

enum status resource_read(struct ctx *ctx, const struct resource *resource, int64_t number,
                          struct resource_bytes *out)
{
    struct upload upload;
    if (number < 1 || number > (int64_t)resource->shown.file_count ||
        resource->shown.files[number - 1].removed_at != 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "document %s has no such file", resource->reference);
    TRY(upload_read(ctx, resource->shown.files[number - 1].upload_id,
                    resource_owner(ctx->mem, resource->reference), &upload, &out->bytes));
    out->name = upload.name;
    out->type = upload.type;
    return OK;
}

enum status resource_count(struct ctx *ctx, int64_t resource_id, int64_t version)
{
    return resource_download_add(ctx, resource_id, version, time_day_of(ctx->mem, ctx->now_secs),
                                 NULL);
}
