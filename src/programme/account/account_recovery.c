/* SPDX-License-Identifier: MIT */
/*
 * account_recovery.c - codes that stand in for the phone: fifty bits each, kept as keyed hashes.
 */
#include "platform/base/id.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/account/account.sql.h"
#include "programme/account/account_internal.h"

#include <inttypes.h>
#include <string.h>

enum { SYMBOLS = 10, HALF = SYMBOLS / 2 };

/* Crockford's base 32: nothing that looks like something else. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* "7K3M9-Q2P4X" */
static const char *code_new(struct mem *mem)
{
    char code[SYMBOLS + 2];
    for (int i = 0; i < SYMBOLS; i++)
        code[i + (i >= HALF)] = alphabet[random_below(sizeof alphabet - 1)];
    code[HALF] = '-';
    return mem_text_part(mem, code, SYMBOLS + 1);
}

/* The symbols of what was typed, with O as 0 and I and L as 1; false: not as many. */
static bool read_code(const char *typed, char *out)
{
    if (!text_squeeze(typed, out, SYMBOLS + 1) || strlen(out) != SYMBOLS)
        return false;
    for (char *c = out; *c != '\0'; c++)
        *c = *c == 'O' ? '0' : *c == 'I' || *c == 'L' ? '1' : *c;
    return true;
}

static enum status hash_of(struct ctx *ctx, struct person_id person, const char *symbols,
                           const char **out)
{
    return account_code_hash(ctx, mem_format(ctx->mem, "recovery %" PRId64, person.n), symbols,
                             out);
}

enum status account_recovery_renew(struct ctx *ctx, struct person_id person,
                                   const char ***codes_out)
{
    int64_t changes;
    const char **codes = mem_array(ctx->mem, const char *, ACCOUNT_RECOVERY_CODES);
    TRY(account_recovery_drop(ctx, person.n, &changes));
    for (int i = 0; i < ACCOUNT_RECOVERY_CODES; i++) {
        char symbols[SYMBOLS + 1];
        const char *hash;
        codes[i] = code_new(ctx->mem);
        if (!read_code(codes[i], symbols))
            return ctx_fail(ctx, ERR_FAULT, "a new recovery code is none");
        TRY(hash_of(ctx, person, symbols, &hash));
        TRY(account_recovery_add(ctx, id_new(ctx), person.n, hash, ctx->now_secs, &changes));
    }
    *codes_out = codes;
    return OK;
}

static enum status make_once(struct ctx *ctx, void *arg)
{
    TRY(account_recovery_renew(ctx, ctx->person, arg));
    return account_tell(ctx, &(const struct account_news){
                                 .what = "account.recovery_made",
                                 .person = ctx->person,
                                 .subject = "New recovery codes were made",
                                 .sentence = "Your account has new recovery codes. The codes from "
                                             "before do not work any more."});
}

enum status account_recovery_make(struct ctx *ctx, const char ***codes_out)
{
    struct account_ways ways;
    TRY(account_ways_of(ctx, ctx->person, &ways));
    if (!ways.has_phone)
        return ctx_fail(ctx, ERR_NOT_FOUND, "there is no phone for which codes could stand in");
    return store_transact(ctx, "account_recovery_make", make_once, codes_out);
}

struct typing {
    const char *symbols;
    struct account_try attempt;
    struct account_result *out;
};

/* Runs inside a transaction, perhaps more than once.  A wrong code is OK: the try must stay. */
static enum status type_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const char *hash;
    struct typing *typing = arg;
    TRY(account_try_begin(ctx, &typing->attempt, typing->out));
    if (typing->out->outcome == ACCOUNT_WAIT)
        return OK;
    TRY(hash_of(ctx, ctx->person, typing->symbols, &hash));
    TRY(account_recovery_use(ctx, ctx->person.n, hash, ctx->now_secs, &changes));
    if (changes == 0)
        return OK;
    *typing->out = (struct account_result){.outcome = ACCOUNT_RIGHT, .person = ctx->person};
    TRY(account_try_right(ctx, &typing->attempt));
    return account_tell(ctx, &(const struct account_news){
                                 .what = "account.recovery_used",
                                 .person = ctx->person,
                                 .subject = "A recovery code was used",
                                 .sentence = "Somebody signed in to your account with one of your "
                                             "recovery codes."});
}

enum status account_recovery_type(struct ctx *ctx, const struct access_caller *caller,
                                  const char *typed, struct account_result *out)
{
    char symbols[SYMBOLS + 1];
    struct typing typing = {.symbols = symbols, .out = out};
    *out = (struct account_result){.outcome = ACCOUNT_WRONG};
    if (!read_code(typed, symbols))
        return OK;
    typing.attempt.person_key = account_try_key_of(ctx, "recovery", ctx->person);
    typing.attempt.caller_key = account_try_key(ctx, "caller", caller->address);
    return store_transact(ctx, "account_recovery_type", type_once, &typing);
}
