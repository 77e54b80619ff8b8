/* SPDX-License-Identifier: MIT */
/* proof.c - the rules of mailed codes, over the columns that each capability keeps for itself. */
#include "programme/proof/proof.h"

#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/access/access.h"

#include <assert.h>
#include <string.h>

enum { FORGOTTEN_AT_ONCE = 200, JOB_ATTEMPTS = 5, JOB_LEASE_SECS = 600 };

_Static_assert((int)PROOF_CALLER_KEPT_SECS == (int)TIME_DAY_SECS,
               "the argument `day` is when it goes");

/* ---- queries by the names of their arguments ---- */

/* What matters for the query in hand; the rest stays NULL. */
struct bound {
    const char *reference, *caller, *email_key;
};

static enum status bind(struct ctx *ctx, const struct store_query *query, const struct bound *bound,
                        const struct store_value **out)
{
    const struct {
        const char *name;
        struct store_value value;
    } known[] = {{"reference", store_text(bound->reference)},
                 {"caller", store_text(bound->caller)},
                 {"email_key", store_text(bound->email_key)},
                 {"now", store_int(ctx->now_secs)},
                 {"hour", store_int(ctx->now_secs - TIME_HOUR_SECS)},
                 {"day", store_int(ctx->now_secs - TIME_DAY_SECS)},
                 {"at_most", store_int(FORGOTTEN_AT_ONCE)}};
    struct store_value *values =
        mem_array(ctx->mem, struct store_value, (size_t)query->argument_count + 1);
    for (int i = 0; i < query->argument_count; i++) {
        size_t n = 0;
        while (n < sizeof known / sizeof known[0] &&
               strcmp(known[n].name, query->arguments[i].name) != 0)
            n++;
        if (n == sizeof known / sizeof known[0] || known[n].value.is_null)
            return ctx_fail(ctx, ERR_FAULT, "query \"%s\" has an argument \"%s\" that is not bound",
                            query->name, query->arguments[i].name);
        values[i] = known[n].value;
    }
    *out = values;
    return OK;
}

static enum status run(struct ctx *ctx, const struct store_query *query, const struct bound *bound,
                       store_row_fn *row, void *arg)
{
    const struct store_value *values;
    TRY(bind(ctx, query, bound, &values));
    return store_run(ctx, query, NULL, values, row, arg, NULL);
}

/* What the query `code` gives. */
struct waiting {
    struct mem *mem;
    const char *thing, *code_hash;
    int64_t code_tries, sent_at;
};

static enum status take_waiting(void *arg, const struct store_value *columns)
{
    struct waiting *out = arg;
    out->thing = mem_text(out->mem, columns[0].text);
    out->code_hash = mem_text(out->mem, columns[1].text);
    out->code_tries = columns[2].n;
    out->sent_at = columns[3].n;
    return OK;
}

static enum status find_waiting(struct ctx *ctx, const struct proof_kind *kind,
                                const char *reference, struct waiting *out)
{
    assert(kind->code->column_count == 4);
    *out = (struct waiting){.mem = ctx->mem, .thing = "", .code_hash = ""};
    return run(ctx, kind->code, &(const struct bound){.reference = reference}, take_waiting, out);
}

static enum status take_number(void *arg, const struct store_value *columns)
{
    int64_t *out = arg;
    *out = columns[0].n;
    return OK;
}

struct load {
    int64_t hour_count, day_count;
};

static enum status take_load(void *arg, const struct store_value *columns)
{
    struct load *out = arg;
    *out = (struct load){columns[0].n, columns[1].n};
    return OK;
}

/* ---- mailing a code ---- */

enum status proof_check_mails(struct ctx *ctx, const struct proof_kind *kind, const char *email_key,
                              struct form_problems *problems)
{
    struct load load = {0, 0};
    assert(kind->mails->column_count == 2);
    TRY(run(ctx, kind->mails, &(const struct bound){.email_key = email_key}, take_load, &load));
    if (load.hour_count < PROOF_MAILS_AN_HOUR && load.day_count < PROOF_MAILS_A_DAY)
        return OK;
    form_wrong(problems, "email",
               load.day_count >= PROOF_MAILS_A_DAY
                   ? "Too many messages went to this address in a day. Look in its inbox and its "
                     "spam folder, or send it again tomorrow"
                   : "Too many messages went to this address. Wait an hour, and send it again");
    return ctx_fail(ctx, ERR_INVALID, "too many codes went to one address");
}

static enum status hash_of(struct ctx *ctx, const struct proof_kind *kind, const char *thing,
                           const char *code, const char **out)
{
    unsigned char key[HASH_KEY_BYTES];
    TRY(kind->key != NULL ? kind->key(ctx, key) : access_key(ctx, key));
    const char *text = mem_format(ctx->mem, "%s %s %s", kind->sealed_as, thing, code);
    *out = hash_keyed(ctx->mem, key, text, strlen(text));
    return OK;
}

enum status proof_code_new(struct ctx *ctx, const struct proof_kind *kind, const char *thing,
                           struct proof_code *out)
{
    out->code = random_digits(ctx->mem, PROOF_CODE_DIGITS);
    return hash_of(ctx, kind, thing, out->code, &out->hash);
}

/* ---- proving ---- */

bool proof_link_is_old(const struct ctx *ctx, const struct proof_kind *kind, int64_t sent_at)
{
    return sent_at + kind->link_secs <= ctx->now_secs;
}

enum status proof_exists(struct ctx *ctx, const struct proof_kind *kind, const char *reference)
{
    struct waiting waiting;
    return find_waiting(ctx, kind, reference, &waiting);
}

/* Whether the code may be compared at all. */
static enum proof_outcome outlook(const struct ctx *ctx, const struct waiting *waiting)
{
    if (waiting->code_hash[0] == '\0' || waiting->sent_at + PROOF_CODE_SECS <= ctx->now_secs)
        return PROOF_OVER;
    return waiting->code_tries >= PROOF_CODE_TRIES ? PROOF_TOO_OFTEN : PROOF_RIGHT;
}

struct typing {
    const struct proof_kind *kind;
    const struct proof_typing *typed;
    const char *code; /* its digits */
    struct proof_typed *out;
};

/* Runs inside a transaction, perhaps more than once. */
static enum status type_once(struct ctx *ctx, void *arg)
{
    const char *hash;
    struct waiting waiting;
    int64_t wrong_count = 0;
    const struct typing *typing = arg;
    struct proof_typed *out = typing->out;
    const struct proof_kind *kind = typing->kind;
    const struct bound bound = {.reference = typing->typed->reference,
                                .caller = typing->typed->caller};
    *out = (struct proof_typed){PROOF_WAIT, ""};
    TRY(find_waiting(ctx, kind, bound.reference, &waiting));
    TRY(run(ctx, kind->tries, &bound, take_number, &wrong_count));
    if (wrong_count >= PROOF_CALLER_WRONG_AN_HOUR)
        return OK;
    out->outcome = outlook(ctx, &waiting);
    if (out->outcome != PROOF_RIGHT)
        return OK;
    TRY(hash_of(ctx, kind, waiting.thing, typing->code, &hash));
    if (hash_is_equal(hash, waiting.code_hash))
        return kind->right(ctx, bound.reference, out);
    out->outcome = waiting.code_tries + 1 < PROOF_CODE_TRIES ? PROOF_WRONG : PROOF_TOO_OFTEN;
    return run(ctx, kind->wrong, &bound, NULL, NULL);
}

enum status proof_type(struct ctx *ctx, const struct proof_kind *kind,
                       const struct proof_typing *typing, struct proof_typed *out)
{
    char code[PROOF_CODE_DIGITS + 1];
    struct typing whole = {kind, typing, code, out};
    *out = (struct proof_typed){PROOF_OVER, ""};
    if (!text_squeeze_digits(typing->code, code, sizeof code))
        return ctx_fail(ctx, ERR_INVALID, "a code has %d digits", PROOF_CODE_DIGITS);
    return store_transact(ctx, kind->name, type_once, &whole);
}

/* ---- who typed wrong codes ---- */

struct forgetting {
    const struct store_query *query;
    int64_t changes;
};

static enum status forget_once(struct ctx *ctx, void *arg)
{
    const struct store_value *values;
    struct forgetting *forgetting = arg;
    TRY(bind(ctx, forgetting->query, &(const struct bound){NULL, NULL, NULL}, &values));
    return store_run(ctx, forgetting->query, NULL, values, NULL, NULL, &forgetting->changes);
}

static enum status forget(struct ctx *ctx, const struct job *job)
{
    (void)job;
    for (size_t i = 0; proof_kinds[i] != NULL; i++) {
        struct forgetting forgetting = {proof_kinds[i]->forget, FORGOTTEN_AT_ONCE};
        while (forgetting.changes == FORGOTTEN_AT_ONCE)
            TRY(store_transact(ctx, "proof_forget", forget_once, &forgetting));
    }
    return OK;
}

const struct job_kind proof_job_kinds[] = {
    {.name = "proof.forget",
     .fn = forget,
     .at_most_attempts = JOB_ATTEMPTS,
     .lease_secs = JOB_LEASE_SECS,
     .every_secs = TIME_HOUR_SECS},
    {0},
};
