/* SPDX-License-Identifier: MIT */
/*
 * pledge_link.c - signing and refusing by a mailed link, and the links themselves.
 *
 * Only the SHA-256 of a token is kept.  A link opens a page; the button on it acts.  A link that is
 * too old, was replaced by a newer one, or belongs to a revision that is no longer the current one,
 * says so and does nothing.
 */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/store/store.h"
#include "programme/pledge/pledge_internal.h"

#include <string.h>

struct link {
    const char *token_hash;
    struct pledge_link_find_row row;
    struct pledge_file file;
};

enum status pledge_link_make(struct ctx *ctx, const struct pledge_file *file, const char *role,
                             const char **token_out)
{
    int64_t changes;
    const char *token = random_token(ctx->mem);
    TRY(pledge_links_end(ctx, file->row.organisation_id, file->row.id, role, ctx->now_secs,
                         &changes));
    TRY(pledge_link_add(ctx, hash_token(ctx->mem, token), file->row.organisation_id, file->row.id,
                        file->row.revision, role, ctx->now_secs,
                        ctx->now_secs + PLEDGE_LINK_KEPT_SECS, &changes));
    *token_out = token;
    return OK;
}

static enum status link_find(struct ctx *ctx, const char *token, struct link *out)
{
    struct pledge_by_id_row named;
    out->token_hash = hash_token(ctx->mem, token);
    TRY(pledge_link_find(ctx, out->token_hash, &out->row));
    TRY(pledge_by_id(ctx, out->row.organisation_id, out->row.pledge_id, &named));
    return pledge_file_open(ctx, named.reference, &out->file);
}

static bool is_leader(const struct link *link)
{
    return strcmp(link->row.role, "leader") == 0;
}

static bool is_signed(const struct link *link)
{
    return link->row.revision == link->file.row.revision &&
           (is_leader(link) ? link->file.standing.leader_signed
                            : link->file.standing.cosigner_signed);
}

/* OK, or ERR_CONFLICT when the link can no longer be used for signing or refusing. */
static enum status still_works(struct ctx *ctx, const struct link *link)
{
    if (strcmp(link->row.role, "amend") == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "a link for mending cannot sign");
    if (is_signed(link))
        return OK;
    if (link->row.expires_at < ctx->now_secs)
        return ctx_fail(ctx, ERR_CONFLICT, "link to sign is too old");
    if (link->row.ended_at != NULL)
        return ctx_fail(ctx, ERR_CONFLICT, "link to sign was replaced");
    if (link->row.revision != link->file.row.revision ||
        link->file.standing.state != PLEDGE_AWAITING)
        return ctx_fail(ctx, ERR_CONFLICT, "pledge waits for no signature");
    return OK;
}

enum status pledge_link_open(struct ctx *ctx, const char *token, struct pledge_to_sign *out)
{
    struct link link;
    *out = (struct pledge_to_sign){0};
    TRY(link_find(ctx, token, &link));
    const struct pledge_revision_of_row *sent = &link.file.sent;
    *out = (struct pledge_to_sign){
        .reference = link.file.row.reference,
        .organisation_name = link.file.row.name,
        .role = link.row.role,
        .name = is_leader(&link) ? sent->leader_name : sent->cosigner_name,
        .office = is_leader(&link) ? sent->leader_title : sent->cosigner_title,
        .text = sent->text,
        .text_digest = sent->text_digest,
        .is_signed = is_signed(&link),
        .state = link.file.standing.state,
    };
    return still_works(ctx, &link);
}

static enum status sign_once(struct ctx *ctx, void *arg)
{
    struct link link;
    int64_t changes;
    TRY(link_find(ctx, arg, &link));
    TRY(still_works(ctx, &link));
    if (is_signed(&link))
        return OK;
    TRY(pledge_file_add(ctx, &link.file,
                        &(const struct pledge_happening){is_leader(&link) ? PLEDGE_LEADER_SIGNED
                                                                          : PLEDGE_COSIGNER_SIGNED,
                                                         link.row.role, ""}));
    TRY(pledge_link_use(ctx, link.token_hash, ctx->now_secs, &changes));
    return link.file.standing.state == PLEDGE_SIGNED ? pledge_mail_signed(ctx, &link.file) : OK;
}

enum status pledge_link_sign(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "pledge_link_sign", sign_once, (void *)(uintptr_t)token);
}

struct refusal {
    const char *token, *reason;
};

static enum status decline_once(struct ctx *ctx, void *arg)
{
    const struct refusal *refusal = arg;
    struct link link;
    int64_t changes;
    TRY(link_find(ctx, refusal->token, &link));
    if (link.row.used_at != NULL && !is_signed(&link) &&
        link.file.standing.state == PLEDGE_RETURNED)
        return OK; /* said twice */
    TRY(still_works(ctx, &link));
    if (is_signed(&link))
        return ctx_fail(ctx, ERR_CONFLICT, "who has signed cannot refuse by the same link");
    TRY(pledge_file_add(
        ctx, &link.file,
        &(const struct pledge_happening){PLEDGE_DECLINED, link.row.role, refusal->reason}));
    TRY(pledge_link_use(ctx, link.token_hash, ctx->now_secs, &changes));
    return pledge_mail_returned(ctx, &link.file, refusal->reason);
}

enum status pledge_link_decline(struct ctx *ctx, const char *token, const char *reason)
{
    struct refusal refusal = {token, reason};
    return store_transact(ctx, "pledge_link_decline", decline_once, &refusal);
}
