/* SPDX-License-Identifier: MIT */
/* casestudy_proof.c - an address is proven, by a code that is typed or by a button. */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/casestudy/casestudy_internal.h"

#include <string.h>

bool casestudy_reference_is_reuse(const char *reference)
{
    return text_begins(reference, "RU-");
}

enum status casestudy_prove_begin(struct ctx *ctx, const struct casestudy_proving *of,
                                  struct form_problems *problems)
{
    int64_t changes;
    struct proof_code code;
    const char *token = random_token(ctx->mem), *key = text_email_key(ctx->mem, of->email);
    TRY(proof_check_mails(ctx, &casestudy_proof, key, problems));
    TRY(proof_code_new(ctx, &casestudy_proof, of->reference, &code));
    TRY(casestudy_proof_add(ctx, of->organisation_id, of->casestudy_id, of->reference, key,
                            ctx->now_secs, hash_token(ctx->mem, token), code.hash, &changes));
    return casestudy_mail_confirm(
        ctx, &(const struct casestudy_letter){of->reference, of->email, token, code.code});
}

enum status casestudy_link_new(struct ctx *ctx, const struct casestudy *study,
                               const char **token_out)
{
    int64_t changes;
    *token_out = random_token(ctx->mem);
    return casestudy_proof_later(ctx, study->reference, hash_token(ctx->mem, *token_out), &changes);
}

/* In a transaction: the address is proven.  Again: OK. */
static enum status prove(struct ctx *ctx, const char *reference)
{
    struct casestudy study;
    if (casestudy_reference_is_reuse(reference))
        return casestudy_reuse_confirm(ctx, reference);
    TRY(casestudy_find(ctx, reference, &study));
    if (study.state != CASESTUDY_UNCONFIRMED)
        return OK;
    TRY(casestudy_go(
        ctx, &study,
        &(const struct casestudy_step){.what = "confirmed", .next = CASESTUDY_SUBMITTED}));
    return casestudy_ask_people(ctx, &study);
}

/* ---- by the link ---- */

static enum status is_waiting(struct ctx *ctx, const char *reference, bool *out)
{
    struct casestudy study;
    struct casestudy_reuse reuse;
    if (casestudy_reference_is_reuse(reference)) {
        TRY(casestudy_reuse_find(ctx, reference, &reuse));
        *out = strcmp(reuse.state, "unconfirmed") == 0;
        return OK;
    }
    TRY(casestudy_find(ctx, reference, &study));
    *out = study.state == CASESTUDY_UNCONFIRMED;
    return OK;
}

enum status casestudy_link_open(struct ctx *ctx, const char *token, const char **reference_out)
{
    bool waits = false;
    struct casestudy_proof_row_row row;
    struct casestudy_proof_by_link_row link;
    TRY(casestudy_proof_by_link(ctx, hash_token(ctx->mem, token), &link));
    TRY(casestudy_proof_row(ctx, link.reference, &row));
    TRY(is_waiting(ctx, link.reference, &waits));
    *reference_out = link.reference;
    if (waits && proof_link_is_old(ctx, &casestudy_proof, row.sent_at))
        return ctx_fail(ctx, ERR_CONFLICT, "the link is too old");
    return OK;
}

static enum status press_once(struct ctx *ctx, void *arg)
{
    const char *reference;
    TRY(casestudy_link_open(ctx, arg, &reference));
    return prove(ctx, reference);
}

enum status casestudy_link_confirm(struct ctx *ctx, const char *token)
{
    return store_transact(ctx, "casestudy_link_confirm", press_once, mem_text(ctx->mem, token));
}

/* ---- by the code ---- */

static enum status take_code(struct ctx *ctx, const char *reference, struct proof_typed *out)
{
    int64_t changes;
    out->token = random_token(ctx->mem);
    TRY(casestudy_proof_later(ctx, reference, hash_token(ctx->mem, out->token), &changes));
    return prove(ctx, reference);
}

const struct proof_kind casestudy_proof = {
    .name = "casestudy_type",
    .sealed_as = "casestudy",
    .code = &casestudy_proof_code_query,
    .tries = &casestudy_proof_tries_query,
    .wrong = &casestudy_proof_wrong_query,
    .forget = &casestudy_proof_forget_callers_query,
    .mails = &casestudy_proof_mails_query,
    .link_secs = CASESTUDY_CONFIRM_SECS,
    .right = take_code,
};
