/* SPDX-License-Identifier: MIT */
/* account_try.c - tries, and how long the next one must wait. */
#include "platform/base/hash.h"
#include "programme/account/account.sql.h"
#include "programme/account/account_internal.h"

#include "platform/base/id.h"

#include <inttypes.h>

const char *account_try_key(struct ctx *ctx, const char *kind, const char *what)
{
    return hash_token(ctx->mem, mem_format(ctx->mem, "account try %s %s", kind, what));
}

const char *account_try_key_of(struct ctx *ctx, const char *kind, struct person_id person)
{
    return account_try_key(ctx, kind, mem_format(ctx->mem, "%" PRId64, person.n));
}

/* How long after the last of so many tries the next one may come. */
static int64_t delay_secs(int64_t count, int64_t free_count)
{
    int64_t delay = ACCOUNT_FIRST_WAIT_SECS;
    if (count < free_count)
        return 0;
    for (int64_t i = free_count; i < count && delay < ACCOUNT_LONGEST_WAIT_SECS; i++)
        delay *= 2;
    return delay < ACCOUNT_LONGEST_WAIT_SECS ? delay : ACCOUNT_LONGEST_WAIT_SECS;
}

static enum status wait_for(struct ctx *ctx, const char *key, int64_t free_count,
                            int64_t *wait_secs)
{
    struct account_try_load_row load;
    TRY(account_try_load(ctx, key, ctx->now_secs - ACCOUNT_TRIES_KEPT_SECS, &load));
    int64_t wait = load.last_at + delay_secs(load.count, free_count) - ctx->now_secs;
    if (load.count >= free_count && wait > *wait_secs)
        *wait_secs = wait;
    return OK;
}

enum status account_try_begin(struct ctx *ctx, struct account_try *attempt,
                              struct account_result *out)
{
    int64_t changes;
    *out = (struct account_result){.outcome = ACCOUNT_WAIT};
    attempt->person_try = id_new(ctx);
    attempt->caller_try = id_new(ctx);
    TRY(wait_for(ctx, attempt->person_key, ACCOUNT_FREE_TRIES, &out->wait_secs));
    TRY(wait_for(ctx, attempt->caller_key, ACCOUNT_CALLER_FREE_TRIES, &out->wait_secs));
    if (out->wait_secs > 0)
        return OK;
    out->outcome = ACCOUNT_WRONG;
    TRY(account_try_add(ctx, attempt->person_try, attempt->person_key, ctx->now_secs, &changes));
    return account_try_add(ctx, attempt->caller_try, attempt->caller_key, ctx->now_secs, &changes);
}

enum status account_try_right(struct ctx *ctx, const struct account_try *attempt)
{
    int64_t changes;
    TRY(account_try_forget(ctx, attempt->caller_try, &changes));
    return account_try_clear(ctx, attempt->person_key, &changes);
}
