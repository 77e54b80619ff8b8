/* SPDX-License-Identifier: MIT */
/* casestudy_proof.c - an address is proven, by a code that is typed or by a button. */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/casestudy/casestudy_internal.h"

#include <string.h>

enum { CODES_COUNT = 1000000 /* of CASESTUDY_CODE_DIGITS digits */ };

bool casestudy_reference_is_reuse(const char *reference)
{
    return text_begins(reference, "RU-");
}

static enum status code_hash(struct ctx *ctx, const char *reference, const char *code,
                             const char **out)
{
    unsigned char key[HASH_KEY_BYTES];
    TRY(access_key(ctx, key));
    const char *text = mem_format(ctx->mem, "casestudy %s %s", reference, code);
    *out = hash_keyed(ctx->mem, key, text, strlen(text));
    return OK;
}

enum status casestudy_prove_begin(struct ctx *ctx, const struct casestudy_proving *of,
                                  struct form_problems *problems)
{
    int64_t changes, now = ctx->now_secs;
    struct casestudy_proof_before_row before;
    const char *hash, *token = random_token(ctx->mem);
    const char *key = text_email_key(ctx->mem, of->email);
    TRY(casestudy_proof_before(ctx, key, now - TIME_HOUR_SECS, now - TIME_DAY_SECS, &before));
    if (before.hour_count >= CASESTUDY_MAILS_AN_HOUR || before.day_count >= CASESTUDY_MAILS_A_DAY) {
        form_wrong(problems, "email",
                   "Too many messages went to this address. Wait an hour, and send it again");
        return ctx_fail(ctx, ERR_INVALID, "too many codes went to one address");
    }
    const char *code =
        mem_format(ctx->mem, "%0*u", CASESTUDY_CODE_DIGITS, random_below(CODES_COUNT));
    TRY(code_hash(ctx, of->reference, code, &hash));
    TRY(casestudy_proof_add(ctx, of->organisation_id, of->casestudy_id, of->reference, key, now,
                            hash_token(ctx->mem, token), hash, &changes));
    return casestudy_mail_confirm(
        ctx, &(const struct casestudy_letter){of->reference, of->email, token, code});
}

enum status casestudy_link_new(struct ctx *ctx, const struct casestudy *study,
                               const char **token_out)
{
    int64_t changes;
    *token_out = random_token(ctx->mem);
    return casestudy_proof_later(ctx, study->organisation_id, study->id, study->reference,
                                 hash_token(ctx->mem, *token_out), &changes);
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
    if (waits && row.sent_at + CASESTUDY_CONFIRM_SECS <= ctx->now_secs)
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

struct typed {
    const struct casestudy_typing *typing;
    const char *code, *token;
    enum casestudy_outcome outcome;
};

/* Whether the code may be compared at all. */
static enum casestudy_outcome outlook(const struct ctx *ctx,
                                      const struct casestudy_proof_row_row *row)
{
    if (row->code_hash[0] == '\0' || row->sent_at + CASESTUDY_CODE_SECS <= ctx->now_secs)
        return CASESTUDY_OVER;
    return row->code_tries >= CASESTUDY_CODE_TRIES ? CASESTUDY_TOO_OFTEN : CASESTUDY_RIGHT;
}

/* Runs inside a transaction, perhaps more than once.  A wrong code is OK: the try must stay. */
static enum status type_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const char *hash;
    struct typed *typed = arg;
    struct casestudy_proof_row_row row;
    struct casestudy_proof_tries_row tries;
    TRY(casestudy_proof_row(ctx, typed->typing->reference, &row));
    TRY(casestudy_proof_tries(ctx, typed->typing->caller, ctx->now_secs - TIME_HOUR_SECS, &tries));
    typed->outcome =
        tries.wrong >= CASESTUDY_CALLER_WRONG_AN_HOUR ? CASESTUDY_WAIT : outlook(ctx, &row);
    if (typed->outcome != CASESTUDY_RIGHT)
        return OK;
    TRY(code_hash(ctx, row.reference, typed->code, &hash));
    if (!hash_is_equal(hash, row.code_hash)) {
        typed->outcome =
            row.code_tries + 1 < CASESTUDY_CODE_TRIES ? CASESTUDY_WRONG : CASESTUDY_TOO_OFTEN;
        return casestudy_proof_wrong(ctx, row.organisation_id, row.casestudy_id, row.reference,
                                     typed->typing->caller, ctx->now_secs, &changes);
    }
    typed->token = random_token(ctx->mem);
    TRY(casestudy_proof_later(ctx, row.organisation_id, row.casestudy_id, row.reference,
                              hash_token(ctx->mem, typed->token), &changes));
    return prove(ctx, row.reference);
}

enum status casestudy_type(struct ctx *ctx, const struct casestudy_typing *typing,
                           enum casestudy_outcome *out, const char **token_out)
{
    char code[CASESTUDY_CODE_DIGITS + 1];
    struct typed typed = {.typing = typing, .code = code, .token = ""};
    if (!text_squeeze(typing->code, code, sizeof code) ||
        strspn(code, "0123456789") != CASESTUDY_CODE_DIGITS)
        return ctx_fail(ctx, ERR_INVALID, "a code has %d digits", CASESTUDY_CODE_DIGITS);
    TRY(store_transact(ctx, "casestudy_type", type_once, &typed));
    *out = typed.outcome;
    *token_out = typed.token;
    return OK;
}
