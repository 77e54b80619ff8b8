/* SPDX-License-Identifier: MIT */
/*
 * account_phone.c - one-time codes of a phone: RFC 6238 with SHA-1, half a minute, six digits,
 * which is what every app for it knows.
 *
 * The secret of an offer is a keyed hash of the session, so that showing a page writes nothing; it
 * becomes the person's only when a code shows that the phone has it.
 */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/account/account.sql.h"
#include "programme/account/account_internal.h"

#include <inttypes.h>
#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

enum {
    SECRET_BYTES = 20,
    STEP_SECS = 30,
    TYPED_GROUP = 4,
    TYPED_BYTES_MAX = 64,
    AHEAD_IN_DEMONSTRATION = 20
};

struct code {
    char digits[ACCOUNT_PHONE_DIGITS + 1];
};

/* The code of a step of half a minute since 1970. */
static enum status code_of(struct ctx *ctx, const char *secret_hex, int64_t step, struct code *out)
{
    struct text_span secret;
    if (text_hex_read(ctx->mem, secret_hex, &secret) != OK || secret.length_bytes != SECRET_BYTES ||
        oath_totp_generate(secret.bytes, secret.length_bytes, (time_t)(step * STEP_SECS), STEP_SECS,
                           0, ACCOUNT_PHONE_DIGITS, out->digits) != OATH_OK)
        return ctx_fail(ctx, ERR_FAULT, "the secret of a phone is not one");
    return OK;
}

/* How far ahead a code may be: a clock that is a step fast.  In a demonstration the page says the
 * code, and nobody should wait half a minute for the next one. */
static int64_t steps_ahead(const struct ctx *ctx)
{
    return ctx->settings->demonstration ? AHEAD_IN_DEMONSTRATION : 1;
}

/* The step of a typed code: the present one, or one beside it.  0: it fits none. */
static enum status step_of(struct ctx *ctx, const char *secret_hex, const char *typed,
                           int64_t *step_out)
{
    int64_t now = ctx->now_secs / STEP_SECS;
    *step_out = 0;
    for (int64_t step = now - 1; step <= now + steps_ahead(ctx); step++) {
        struct code code;
        TRY(code_of(ctx, secret_hex, step, &code));
        if (hash_is_equal(code.digits, typed))
            *step_out = step;
    }
    return OK;
}

/* The six digits of what was typed; false: it has others. */
static bool read_digits(const char *typed, struct code *out)
{
    return text_squeeze_digits(typed, out->digits, sizeof out->digits);
}

/* ---- an offer ---- */

static const char *in_groups(struct mem *mem, const char *text)
{
    char grouped[TYPED_BYTES_MAX];
    size_t to = 0;
    for (size_t i = 0; text[i] != '\0' && text[i] != '=' && to + 2 < sizeof grouped; i++) {
        if (i > 0 && i % TYPED_GROUP == 0)
            grouped[to++] = ' ';
        grouped[to++] = text[i];
    }
    return mem_text_part(mem, grouped, to);
}

static const char *base32(struct mem *mem, const char *secret_hex)
{
    struct text_span secret;
    char *encoded = NULL;
    size_t length = 0;
    if (text_hex_read(mem, secret_hex, &secret) != OK ||
        oath_base32_encode(secret.bytes, secret.length_bytes, &encoded, &length) != OATH_OK)
        abort(); /* it was made here, and memory that runs out ends the process */
    return mem_text_taken(mem, encoded, length);
}

enum status account_phone_offer(struct ctx *ctx, int64_t session_id, int64_t proved_at,
                                struct account_offer *out)
{
    const char *hash;
    struct mem *mem = ctx->mem;
    struct access_person person;
    const char *purpose = mem_format(mem, "offer %" PRId64 " %" PRId64 " %" PRId64, ctx->person.n,
                                     session_id, proved_at);
    TRY(access_person_get(ctx, ctx->person, &person));
    TRY(account_code_hash(ctx, purpose, "", &hash));
    out->secret = mem_text_part(mem, hash, 2 * (size_t)SECRET_BYTES);
    const char *encoded = base32(mem, out->secret);
    const char *issuer = text_percent(mem, ctx->settings->service_name);
    out->typed = in_groups(mem, encoded);
    out->uri = mem_format(mem, "otpauth://totp/%s:%s?secret=%s&issuer=%s", issuer,
                          text_percent(mem, person.email),
                          mem_text_part(mem, encoded, strcspn(encoded, "=")), issuer);
    return OK;
}

struct adding {
    const struct account_offer *offer;
    const struct code *typed;
    struct account_try attempt;
    struct account_result *out;
    const char ***codes_out;
};

/* Runs inside a transaction, perhaps more than once.  A wrong code is OK: the try must stay. */
static enum status add_once(struct ctx *ctx, void *arg)
{
    int64_t changes, step;
    struct adding *adding = arg;
    TRY(account_try_begin(ctx, &adding->attempt, adding->out));
    if (adding->out->outcome == ACCOUNT_WAIT)
        return OK;
    TRY(step_of(ctx, adding->offer->secret, adding->typed->digits, &step));
    if (step == 0)
        return OK;
    *adding->out = (struct account_result){.outcome = ACCOUNT_RIGHT, .person = ctx->person};
    TRY(account_try_right(ctx, &adding->attempt));
    TRY(account_phone_put(ctx, ctx->person.n, adding->offer->secret, ctx->now_secs, step,
                          &changes));
    TRY(account_loss_end(ctx, ctx->person.n, "kept", ctx->now_secs, &changes));
    TRY(account_recovery_renew(ctx, ctx->person, adding->codes_out));
    TRY(account_sessions_need(ctx, ctx->person, true));
    return account_tell(ctx, &(const struct account_news){
                                 .what = "account.phone_added",
                                 .person = ctx->person,
                                 .subject = "A phone was added to your account",
                                 .sentence = "From now on you sign in with a code from your phone "
                                             "as well."});
}

enum status account_phone_add(struct ctx *ctx, const struct account_offer *offer, const char *typed,
                              struct account_result *out, const char ***codes_out)
{
    struct code code;
    struct adding adding = {.offer = offer, .typed = &code, .out = out, .codes_out = codes_out};
    *out = (struct account_result){.outcome = ACCOUNT_WRONG};
    if (!read_digits(typed, &code))
        return OK;
    adding.attempt.person_key = account_try_key_of(ctx, "phone", ctx->person);
    adding.attempt.caller_key = account_try_key_of(ctx, "offer", ctx->person);
    return store_transact(ctx, "account_phone_add", add_once, &adding);
}

/* ---- a code ---- */

struct checking {
    const struct code *typed;
    struct account_try attempt;
    struct account_result *out;
};

static enum status check_once(struct ctx *ctx, void *arg)
{
    int64_t changes, step;
    struct checking *checking = arg;
    struct account_phone_row_row phone;
    struct account_result *out = checking->out;
    TRY(account_try_begin(ctx, &checking->attempt, out));
    if (out->outcome == ACCOUNT_WAIT)
        return OK;
    enum status status = account_phone_row(ctx, ctx->person.n, &phone);
    if (status == ERR_NOT_FOUND) {
        out->outcome = ACCOUNT_OVER;
        return OK;
    }
    TRY(status);
    TRY(step_of(ctx, phone.secret, checking->typed->digits, &step));
    if (step <= phone.used_step)
        return OK; /* it fits none, or was used */
    TRY(account_phone_use(ctx, ctx->person.n, step, &changes));
    if (changes == 0)
        return OK;
    *out = (struct account_result){.outcome = ACCOUNT_RIGHT, .person = ctx->person};
    TRY(account_try_right(ctx, &checking->attempt));
    return account_tell(
        ctx, &(const struct account_news){.what = "account.second_step", .person = ctx->person});
}

enum status account_phone_check(struct ctx *ctx, const struct access_caller *caller,
                                const char *typed, struct account_result *out)
{
    struct code code;
    struct checking checking = {.typed = &code, .out = out};
    *out = (struct account_result){.outcome = ACCOUNT_WRONG};
    if (!read_digits(typed, &code))
        return OK;
    checking.attempt.person_key = account_try_key_of(ctx, "phone", ctx->person);
    checking.attempt.caller_key = account_try_key(ctx, "caller", caller->address);
    return store_transact(ctx, "account_phone_check", check_once, &checking);
}

/* ---- removing ---- */

enum status account_phone_drop_all(struct ctx *ctx, struct person_id person, const char *outcome,
                                   bool *had_one_out)
{
    int64_t changes, others;
    TRY(account_phone_drop(ctx, person.n, &changes));
    TRY(account_recovery_drop(ctx, person.n, &others));
    TRY(account_loss_end(ctx, person.n, outcome, ctx->now_secs, &others));
    *had_one_out = changes > 0;
    return account_sessions_need(ctx, person, false);
}

static enum status remove_once(struct ctx *ctx, void *arg)
{
    bool had_one;
    (void)arg;
    TRY(account_phone_drop_all(ctx, ctx->person, "removed", &had_one));
    if (!had_one)
        return OK;
    return account_tell(ctx, &(const struct account_news){
                                 .what = "account.phone_removed",
                                 .person = ctx->person,
                                 .subject = "The phone was removed from your account",
                                 .sentence = "You no longer need a code from your phone to sign "
                                             "in. Your recovery codes do not work any more."});
}

enum status account_phone_remove(struct ctx *ctx)
{
    return store_transact(ctx, "account_phone_remove", remove_once, NULL);
}

/* ---- in a demonstration ---- */

enum status account_phone_give(struct ctx *ctx, struct person_id person)
{
    int64_t changes;
    struct account_phone_row_row phone;
    unsigned char secret[SECRET_BYTES];
    enum status status = account_phone_row(ctx, person.n, &phone);
    if (status != ERR_NOT_FOUND)
        return status;
    random_bytes(secret, sizeof secret);
    return account_phone_put(ctx, person.n, text_hex(ctx->mem, secret, sizeof secret),
                             ctx->now_secs, 0, &changes);
}

static enum status shown_now(struct ctx *ctx, const char *secret, int64_t used_step,
                             const char **code_out)
{
    struct code code;
    int64_t step = ctx->now_secs / STEP_SECS;
    if (!ctx->settings->demonstration)
        return ctx_fail(ctx, ERR_FORBIDDEN, "this is no demonstration");
    TRY(code_of(ctx, secret, used_step >= step ? used_step + 1 : step, &code));
    *code_out = mem_text(ctx->mem, code.digits);
    return OK;
}

enum status account_phone_now(struct ctx *ctx, const char **code_out)
{
    struct account_phone_row_row phone;
    TRY(account_phone_row(ctx, ctx->person.n, &phone));
    return shown_now(ctx, phone.secret, phone.used_step, code_out);
}

enum status account_offer_now(struct ctx *ctx, const struct account_offer *offer,
                              const char **code_out)
{
    return shown_now(ctx, offer->secret, 0, code_out);
}
