/* SPDX-License-Identifier: MIT */
/* upload.c - keeps files in the store, and gives them back. */
#include "platform/document/upload.h"

#include <assert.h>
#include <string.h>

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/settings.h"
#include "platform/document/document.sql.h"
#include "platform/document/photo.h"
#include "platform/document/upload_check.h"
#include "platform/store/store.h"

/* ---- keeping ---- */

struct keeping {
    const struct upload *upload;
    struct store_value content;
};

/* In a transaction. */
static enum status keep_once(struct ctx *ctx, void *arg)
{
    const struct keeping *keeping = arg;
    const struct upload *u = keeping->upload;
    int64_t changes;
    TRY(document_upload_insert(ctx, u->id, u->sha256, u->name, u->type, u->size_bytes, u->owner,
                               u->has_script, u->opens_itself, u->is_encrypted,
                               u->is_scanned ? &u->created_at : NULL, u->created_at,
                               u->expires_at != 0 ? &u->expires_at : NULL, &changes));
    return document_upload_content_insert(ctx, u->id, keeping->content, &changes);
}

static enum status scan(struct ctx *ctx, const struct upload_sent *sent, struct upload *out,
                        const char **problem_out)
{
    const char *path = ctx->settings != NULL ? ctx->settings->clamd_socket : NULL;
    if (path == NULL || path[0] == '\0')
        return OK;
    enum status status = upload_scan(ctx, path, sent->bytes, sent->size_bytes);
    if (status == ERR_INVALID)
        *problem_out = "The selected file contains a virus";
    else if (status == ERR_BUSY)
        *problem_out = "We could not check the selected file for viruses. Try again in a few "
                       "minutes";
    out->is_scanned = status == OK;
    return status;
}

/* What the file says beside its pixels is not kept. */
static enum status clean(struct ctx *ctx, struct upload_sent *sent, struct upload *out,
                         const char **problem_out)
{
    struct photo photo = {.width_px = 0};
    TRY(photo_clean(ctx, out->type, (struct text_span){sent->bytes, sent->size_bytes}, &photo,
                    problem_out));
    sent->bytes = photo.bytes.bytes;
    sent->size_bytes = photo.bytes.length_bytes;
    out->sha256 = hash_sha256(ctx->mem, sent->bytes, sent->size_bytes);
    out->size_bytes = (int64_t)sent->size_bytes;
    return OK;
}

enum status upload_keep(struct ctx *ctx, const struct upload_sent *as_sent,
                        const struct upload_rules *rules, struct upload *out,
                        const char **problem_out)
{
    struct upload_sent kept = *as_sent, *sent = &kept;
    assert(sent->owner != NULL && strlen(sent->owner) <= UPLOAD_OWNER_BYTES);
    TRY(upload_look(ctx, sent, rules, out, problem_out));
    TRY(scan(ctx, sent, out, problem_out));
    if (rules->is_photo)
        TRY(clean(ctx, sent, out, problem_out));
    out->id = id_new(ctx);
    out->owner = mem_text(ctx->mem, sent->owner);
    out->created_at = ctx->now_secs;
    out->expires_at = ctx->now_secs + UPLOAD_UNCLAIMED_SECS;
    struct keeping keeping = {out, store_blob(sent->bytes, sent->size_bytes)};
    return store_transact(ctx, "upload_keep", keep_once, &keeping);
}

enum status upload_claim(struct ctx *ctx, int64_t id, const char *owner, const char *to_owner)
{
    assert(strlen(to_owner) <= UPLOAD_OWNER_BYTES);
    int64_t changes;
    TRY(document_upload_claim(ctx, id, owner, to_owner, &changes));
    if (changes == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "no file %lld of \"%s\"", (long long)id, owner);
    return OK;
}

/* ---- giving back ---- */

/* The rows of document_upload_by_id and of document_upload_list are alike but not of one type. */
#define UPLOAD_OF(row)                                                                             \
    {                                                                                              \
        .id = (row).id, .sha256 = (row).sha256, .name = (row).name, .type = (row).type,            \
        .size_bytes = (row).size_bytes, .owner = (row).owner, .has_script = (row).has_script != 0, \
        .opens_itself = (row).opens_itself != 0, .is_encrypted = (row).is_encrypted != 0,          \
        .is_scanned = (row).scanned_at != NULL, .created_at = (row).created_at,                    \
        .expires_at = (row).expires_at != NULL ? *(row).expires_at : 0                             \
    }

enum status upload_find(struct ctx *ctx, int64_t id, const char *owner, struct upload *out)
{
    struct document_upload_by_id_row row;
    TRY(document_upload_by_id(ctx, id, owner, &row));
    *out = (struct upload)UPLOAD_OF(row);
    return OK;
}

enum status upload_list(struct ctx *ctx, const char *owner, int64_t at_most, struct upload **out,
                        size_t *count_out)
{
    struct document_upload_list_row *rows;
    TRY(document_upload_list(ctx, owner, at_most, &rows, count_out));
    *out = mem_array(ctx->mem, struct upload, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct upload)UPLOAD_OF(rows[i]);
    return OK;
}

enum status upload_read(struct ctx *ctx, int64_t id, const char *owner, struct upload *out,
                        struct text_span *bytes_out)
{
    TRY(upload_find(ctx, id, owner, out));
    struct document_upload_content_row row;
    TRY(document_upload_content(ctx, id, &row));
    *bytes_out = (struct text_span){row.content.text, row.content.size_bytes};
    const char *digest = hash_sha256(ctx->mem, bytes_out->bytes, bytes_out->length_bytes);
    if (strcmp(digest, out->sha256) != 0)
        return ctx_fail(ctx, ERR_FAULT, "the bytes of file %lld are not those that were kept",
                        (long long)id);
    return OK;
}

/* ---- removing ---- */

enum status upload_remove(struct ctx *ctx, int64_t id, const char *owner)
{
    int64_t changes;
    return document_upload_delete(ctx, id, owner, &changes);
}

enum status upload_purge(struct ctx *ctx, size_t *count_out)
{
    struct document_upload_expired_row *rows;
    size_t count;
    TRY(document_upload_expired(ctx, ctx->now_secs, UPLOAD_PURGED, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(upload_remove(ctx, rows[i].id, rows[i].owner));
    if (count_out != NULL)
        *count_out = count;
    return OK;
}
