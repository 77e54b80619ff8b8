/* SPDX-License-Identifier: MIT */
/*
 * review_link.c - signing a review and sending it back by a mailed link.
 *
 * Only the SHA-256 of a token is kept, with a hash of the token and the address that it went to: a
 * link stops when somebody else signs for that side, and no address is kept with it.  A link opens
 * a page; the button on it acts.
 */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/review/review_internal.h"

#include <string.h>

static const char *holder_of(struct ctx *ctx, const char *token, const struct pledge_party *party)
{
    return hash_token(ctx->mem, mem_format(ctx->mem, "%s %s", token, party->email_key));
}

/* version 0: to write. */
static enum status make(struct ctx *ctx, const struct review_file *file,
                        const struct pledge_party *party, int64_t version, const char **token_out)
{
    int64_t changes, expires_at = ctx->now_secs + REVIEW_LINK_KEPT_SECS;
    *token_out = random_token(ctx->mem);
    if (version == 0)
        TRY(time_at(file->review.lapses_on, 23, 59, &expires_at));
    return review_link_add(ctx, hash_token(ctx->mem, *token_out), file->pledge.organisation_id,
                           file->pledge.id, file->review.period, version, party->role,
                           holder_of(ctx, *token_out, party), ctx->now_secs, expires_at, &changes);
}

enum status review_link_make(struct ctx *ctx, const struct review_file *file,
                             const struct pledge_party *party, const char **token_out)
{
    int64_t changes;
    TRY(review_links_end(ctx, file->pledge.organisation_id, file->pledge.id, file->review.period,
                         party->role, ctx->now_secs, &changes));
    return make(ctx, file, party, file->review.version.version, token_out);
}

enum status review_link_make_to_write(struct ctx *ctx, const struct review_file *file,
                                      const struct pledge_party *party, const char **token_out)
{
    return make(ctx, file, party, 0, token_out);
}

/* What the link is for, and whether it can still be used.  Statuses as review_link_open. */
static enum status still_works(struct ctx *ctx, const char *token,
                               const struct review_link_find_row *row,
                               const struct review_file *file)
{
    const struct review_version *version = &file->review.version;
    const struct pledge_party *party = review_party(file, row->role);
    if (version->version == row->version &&
        (review_signed_by(file, row->role) != NULL || version->declined_at != 0))
        return strcmp(version->declined_role, row->role) == 0 ||
                       review_signed_by(file, row->role) != NULL
                   ? OK
                   : ctx_fail(ctx, ERR_CONFLICT, "the review was sent back to be changed");
    if (row->expires_at < ctx->now_secs)
        return ctx_fail(ctx, ERR_CONFLICT, "link to sign a review is too old");
    if (row->ended_at != NULL || party == NULL ||
        !hash_is_equal(row->holder, holder_of(ctx, token, party)))
        return ctx_fail(ctx, ERR_CONFLICT, "link to sign a review was replaced");
    if (version->version != row->version)
        return ctx_fail(ctx, ERR_CONFLICT, "link is for a version that is void");
    return review_must_be_open(ctx, file);
}

static void show(const struct review_file *file, struct review_to_sign *out)
{
    const struct pledge_party *party = review_party(file, out->act.role);
    const struct review_signatures_row *signed_by = review_signed_by(file, out->act.role);
    const struct review_version *version = &file->review.version;
    bool is_this = version->version == out->act.version;
    out->pledge = file->pledge;
    out->name = signed_by != NULL ? signed_by->name : party != NULL ? party->name : "";
    out->office = signed_by != NULL ? signed_by->office : party != NULL ? party->title : "";
    out->text = is_this ? version->text : "";
    out->is_signed = is_this && signed_by != NULL && version->declined_at == 0;
    out->is_declined =
        is_this && version->declined_at != 0 && strcmp(version->declined_role, out->act.role) == 0;
    out->is_renewed = file->review.is_signed;
    out->due_on = file->review.due_on;
    out->lapses_on = file->review.lapses_on;
}

enum status review_link_open(struct ctx *ctx, const char *token, struct review_to_sign *out)
{
    struct review_link_find_row row;
    struct review_file file;
    *out = (struct review_to_sign){.name = "", .office = "", .text = ""};
    TRY(review_link_find(ctx, hash_token(ctx->mem, token), &row));
    if (row.version == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "a link to write cannot sign");
    TRY(review_file_open(ctx, row.reference, row.period, &file));
    out->act = (struct review_act){row.reference, row.period, row.version, row.role};
    show(&file, out);
    return still_works(ctx, token, &row, &file);
}

static enum status sign_once(struct ctx *ctx, void *arg)
{
    struct review_to_sign ask;
    TRY(review_link_open(ctx, arg, &ask));
    return review_sign(ctx, &ask.act);
}

enum status review_link_sign(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "review_link_sign", sign_once, (void *)(uintptr_t)token);
}

struct refusal {
    const char *token, *reason;
};

static enum status decline_once(struct ctx *ctx, void *arg)
{
    const struct refusal *refusal = arg;
    struct review_to_sign ask;
    TRY(review_link_open(ctx, refusal->token, &ask));
    return review_decline(ctx, &ask.act, refusal->reason);
}

enum status review_link_decline(struct ctx *ctx, const char *token, const char *reason)
{
    struct refusal refusal = {token, reason};
    return store_transact(ctx, "review_link_decline", decline_once, &refusal);
}

/* ---- coming to write ---- */

static enum status open_to_write(struct ctx *ctx, const char *token, struct review_file *out,
                                 const struct pledge_party **party_out)
{
    struct review_link_find_row row;
    TRY(review_link_find(ctx, hash_token(ctx->mem, token), &row));
    if (row.version != 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "a link to sign is not one to write");
    TRY(review_file_open(ctx, row.reference, row.period, out));
    *party_out = review_party(out, row.role);
    if (*party_out == NULL || !hash_is_equal(row.holder, holder_of(ctx, token, *party_out)))
        return ctx_fail(ctx, ERR_CONFLICT, "another person signs for that side");
    return review_must_be_open(ctx, out);
}

enum status review_link_look(struct ctx *ctx, const char *token, struct pledge *pledge_out)
{
    struct review_file file = {.pledge = {.reference = NULL}};
    const struct pledge_party *party;
    enum status status = open_to_write(ctx, token, &file, &party);
    *pledge_out = file.pledge;
    return status;
}

struct beginning {
    const char *token;
    struct pledge *pledge;
};

static enum status begin_once(struct ctx *ctx, void *arg)
{
    const struct beginning *beginning = arg;
    struct review_file file = {.pledge = {.reference = NULL}};
    const struct pledge_party *party = NULL;
    struct access_person person;
    enum status status = open_to_write(ctx, beginning->token, &file, &party);
    *beginning->pledge = file.pledge;
    TRY(status);
    return access_person_add(
        ctx, &(const struct access_new){.email = party->email, .name = party->name}, &person, NULL);
}

enum status review_link_begin(struct ctx *ctx, const char *token, struct pledge *pledge_out)
{
    struct beginning beginning = {token, pledge_out};
    return store_transact(ctx, "review_link_begin", begin_once, &beginning);
}
