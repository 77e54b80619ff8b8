/* SPDX-License-Identifier: MIT */
/* resource_remove.c - one file of a document goes for good, and everything else stays. */
#include "programme/resource/resource.h"

#include <inttypes.h>

#include "platform/document/upload.h"
#include "platform/store/store.h"
#include "programme/audit/audit.h"
#include "programme/resource/resource_internal.h"

static enum status remove_once(struct ctx *ctx, void *arg)
{
    const struct resource_removal *removal = arg;
    struct resource resource;
    int64_t changes;
    TRY(resource_open(ctx, removal->reference, removal->version, &resource));
    if (removal->number < 1 || removal->number > (int64_t)resource.shown.file_count)
        return ctx_fail(ctx, ERR_NOT_FOUND, "document %s has no such file", removal->reference);
    TRY(resource_file_remove_row(ctx, resource.id, resource.shown.number, removal->number,
                                 ctx->now_secs, &changes));
    if (changes == 0)
        return OK;
    TRY(upload_remove(ctx, resource.shown.files[removal->number - 1].upload_id,
                      resource_owner(ctx->mem, resource.reference)));
    TRY(resource_settle(ctx, resource.reference));
    return audit_note(
        ctx, &(const struct audit_deed){
                 .what = "resource.file_removed",
                 .thing = resource.reference,
                 .after = mem_format(ctx->mem, "Version %" PRId64 ", file %" PRId64 ": %s",
                                     resource.shown.number, removal->number, removal->reason)});
}

enum status resource_file_remove(struct ctx *ctx, const struct resource_removal *removal)
{
    struct resource_removal copy = *removal;
    return store_transact(ctx, "resource_file_remove", remove_once, &copy);
}
