/* SPDX-License-Identifier: MIT */
/*
 * individual_confirm.c - an address is proven, by a code that is typed or by a button.
 *
 * Who signs again proves the address all the same, and is led to the pledge that there is.
 */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/individual/individual.sql.h"
#include "programme/individual/individual_internal.h"

#include <string.h>

/* The pledge that counts for the address of this one, if another does.  ERR_NOT_FOUND: none. */
static enum status find_other(struct ctx *ctx, const struct individual *it, struct individual *out)
{
    struct individual_of_email_row row;
    enum status status = individual_of_email(ctx, it->email_key, it->framework, &row);
    if (status == ERR_NOT_FOUND)
        ctx->fault = NULL;
    return status == OK ? individual_get(ctx, row.id, out) : status;
}

enum status individual_prove(struct ctx *ctx, const struct individual *it, const char *later_hash)
{
    int64_t changes;
    struct individual other;
    struct ledger_signature signature;
    enum status status = it->state == INDIVIDUAL_CONFIRMED ? OK : find_other(ctx, it, &other);
    if (status == OK) {
        const struct individual *counts = it->state == INDIVIDUAL_CONFIRMED ? it : &other;
        return later_hash == NULL ? OK
                                  : individual_set_later(ctx, counts->id, later_hash, &changes);
    }
    if (status != ERR_NOT_FOUND)
        return status;
    const char *digest =
        ledger_individual_digest(ctx->mem, it->reference, it->text_digest, ctx->now_secs);
    TRY(ledger_sign(ctx, "receipt", digest, strlen(digest), &signature));
    TRY(individual_confirm(ctx, it->id, ctx->now_secs, time_day_of(ctx->mem, ctx->now_secs),
                           later_hash, signature.key_id, signature.signature, &changes));
    if (changes != 1)
        return ctx_fail(ctx, ERR_CONFLICT, "the pledge waits for nobody");
    return ledger_add(
        ctx, &(const struct ledger_fact){"individual", it->reference, digest, ctx->now_secs});
}

/* ---- by the link ---- */

enum status individual_link_open(struct ctx *ctx, const char *token, struct individual *out)
{
    struct individual_by_link_row link;
    TRY(individual_by_link(ctx, hash_token(ctx->mem, token), &link));
    TRY(individual_get(ctx, link.id, out));
    if (out->state != INDIVIDUAL_UNCONFIRMED)
        return OK;
    if (proof_link_is_old(ctx, &individual_proof, out->sent_at))
        return ctx_fail(ctx, ERR_CONFLICT, "the link is too old");
    struct individual other;
    enum status status = find_other(ctx, out, &other);
    if (status == OK)
        *out = other;
    return status == ERR_NOT_FOUND ? OK : status;
}

static enum status press_once(struct ctx *ctx, void *arg)
{
    struct individual it;
    TRY(individual_link_open(ctx, arg, &it));
    if (it.state == INDIVIDUAL_WITHDRAWN)
        return ctx_fail(ctx, ERR_CONFLICT, "the pledge was withdrawn");
    return individual_prove(ctx, &it, NULL);
}

enum status individual_link_confirm(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "individual_link_confirm", press_once, mem_text(ctx->mem, token));
}

/* ---- by the code ---- */

static enum status take_code(struct ctx *ctx, const char *reference, struct proof_typed *out)
{
    struct individual it;
    TRY(individual_find(ctx, reference, &it));
    out->token = random_token(ctx->mem);
    return individual_prove(ctx, &it, hash_token(ctx->mem, out->token));
}

const struct proof_kind individual_proof = {
    .name = "individual_type",
    .sealed_as = "individual",
    .code = &individual_code_query,
    .tries = &individual_tries_of_query,
    .wrong = &individual_note_wrong_query,
    .forget = &individual_forget_callers_query,
    .mails = &individual_mails_query,
    .link_secs = INDIVIDUAL_CONFIRM_SECS,
    .right = take_code,
};
