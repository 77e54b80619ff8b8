/* SPDX-License-Identifier: MIT */
/*
 * individual_confirm.c - an address is proven, by a code that is typed or by a button.
 *
 * Who signs again proves the address all the same, and is led to the pledge that there is.
 */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/individual/individual.sql.h"
#include "programme/individual/individual_internal.h"

#include <string.h>

enum { HOUR_SECS = 3600 };

/* The pledge that counts for the address of this one, if another does.  ERR_NOT_FOUND: none. */
static enum status find_other(struct ctx *ctx, const struct individual *it, struct individual *out)
{
    struct individual_of_email_row row;
    enum status status = individual_of_email(ctx, it->email_key, it->framework, &row);
    if (status == ERR_NOT_FOUND)
        ctx->fault = NULL;
    return status == OK ? individual_get(ctx, row.id, out) : status;
}

static bool is_too_old(const struct ctx *ctx, const struct individual *it)
{
    return it->sent_at + INDIVIDUAL_CONFIRM_SECS <= ctx->now_secs;
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
    if (is_too_old(ctx, out))
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

struct typed {
    const struct individual_typing *typing;
    const char *code, *token;
    enum individual_outcome outcome;
};

/* Whether the code may be compared at all. */
static enum individual_outcome outlook(const struct ctx *ctx, const struct individual_row_row *row)
{
    if (row->code_hash[0] == '\0' || row->sent_at + INDIVIDUAL_CODE_SECS <= ctx->now_secs)
        return INDIVIDUAL_OVER;
    return row->code_tries >= INDIVIDUAL_CODE_TRIES ? INDIVIDUAL_TOO_OFTEN : INDIVIDUAL_RIGHT;
}

/* Runs inside a transaction, perhaps more than once.  A wrong code is OK: the try must stay. */
static enum status type_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const char *hash;
    struct individual it;
    struct typed *typed = arg;
    struct individual_row_row row;
    struct individual_tries_of_row tries;
    struct individual_by_reference_row found;
    TRY(individual_by_reference(ctx, typed->typing->reference, &found));
    TRY(individual_tries_of(ctx, typed->typing->caller, ctx->now_secs - HOUR_SECS, &tries));
    typed->outcome = INDIVIDUAL_WAIT;
    if (tries.wrong >= INDIVIDUAL_CALLER_WRONG_AN_HOUR)
        return OK;
    TRY(individual_row(ctx, found.id, &row));
    typed->outcome = outlook(ctx, &row);
    if (typed->outcome != INDIVIDUAL_RIGHT)
        return OK;
    TRY(individual_code_hash(ctx, row.id, typed->code, &hash));
    if (!hash_is_equal(hash, row.code_hash)) {
        typed->outcome =
            row.code_tries + 1 < INDIVIDUAL_CODE_TRIES ? INDIVIDUAL_WRONG : INDIVIDUAL_TOO_OFTEN;
        return individual_note_wrong(ctx, row.id, typed->typing->caller, ctx->now_secs, &changes);
    }
    individual_fill(ctx->mem, &row, &it);
    typed->token = random_token(ctx->mem);
    return individual_prove(ctx, &it, hash_token(ctx->mem, typed->token));
}

enum status individual_type(struct ctx *ctx, const struct individual_typing *typing,
                            enum individual_outcome *out, const char **token_out)
{
    char code[INDIVIDUAL_CODE_DIGITS + 1];
    struct typed typed = {.typing = typing, .code = code};
    if (!text_squeeze(typing->code, code, sizeof code) ||
        strspn(code, "0123456789") != INDIVIDUAL_CODE_DIGITS)
        return ctx_fail(ctx, ERR_INVALID, "a code has %d digits", INDIVIDUAL_CODE_DIGITS);
    TRY(store_transact(ctx, "individual_type", type_once, &typed));
    *out = typed.outcome;
    *token_out = typed.token;
    return OK;
}
