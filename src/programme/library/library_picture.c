/* SPDX-License-Identifier: MIT */
/* library_picture.c - pictures for pages, each with words for those who cannot see it. */
#include "programme/library/library_internal.h"

#include <inttypes.h>
#include <string.h>

#include "platform/document/upload.h"
#include "platform/store/store.h"

struct keeping {
    const struct library_picture_new *sent;
    const char *alt;
};

static enum status keep_once(struct ctx *ctx, void *arg)
{
    const struct keeping *keeping = arg;
    int64_t changes, id = keeping->sent->file.upload_id;
    TRY(upload_claim(ctx, id, keeping->sent->file.owner, LIBRARY_PICTURES));
    TRY(library_picture_add(ctx, id, keeping->alt, ctx->now_secs, &changes));
    if (changes == 0)
        return OK;
    return audit_note(ctx,
                      &(const struct audit_deed){.what = "library.pictured",
                                                 .thing = mem_format(ctx->mem, "%" PRId64, id)});
}

enum status library_picture_keep(struct ctx *ctx, const struct library_picture_new *sent,
                                 struct form_problems *problems, int64_t *id_out)
{
    struct keeping keeping = {sent, text_cut(ctx->mem, sent->alt, LIBRARY_SUMMARY_CHARS)};
    if (sent->alt[0] == '\0' || strpbrk(sent->alt, "[]\n") != NULL)
        form_wrong(problems, "alt", "Say what the picture shows, on one line, without brackets");
    if (sent->file.upload_id == 0)
        form_wrong(problems, "file", "Choose a picture");
    if (problems->count > 0)
        return ctx_fail(ctx, ERR_INVALID, "the picture has problems");
    *id_out = sent->file.upload_id;
    return store_transact(ctx, "library_picture_keep", keep_once, &keeping);
}

static enum status remove_once(struct ctx *ctx, void *arg)
{
    const int64_t *id = arg;
    int64_t changes;
    TRY(library_picture_forget(ctx, *id, &changes));
    if (changes == 0)
        return OK;
    TRY(upload_remove(ctx, *id, LIBRARY_PICTURES));
    return audit_note(ctx,
                      &(const struct audit_deed){.what = "library.picture_removed",
                                                 .thing = mem_format(ctx->mem, "%" PRId64, *id)});
}

enum status library_picture_remove(struct ctx *ctx, int64_t id)
{
    return store_transact(ctx, "library_picture_remove", remove_once, &id);
}
