/* SPDX-License-Identifier: MIT */
/* password.c - argon2id by libsodium, a few at a time. */
#include "platform/base/password.h"

#include <sodium.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum { STEP_MS = 5 };

/* The only thing that threads share here: how many are at it, and how many ever were. */
static struct {
    atomic_int running;
    atomic_llong done;
} work;

/* Of this program's measures and of a password that nobody has: what is compared with when there is
 * nothing to compare with. */
static const char nobodys_hash[] = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA"
                                   "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static enum status begin(struct ctx *ctx)
{
    const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};
    for (int waited_ms = 0; waited_ms <= PASSWORD_WAIT_MS; waited_ms += STEP_MS) {
        if (atomic_fetch_add(&work.running, 1) < PASSWORD_AT_ONCE)
            return OK;
        atomic_fetch_sub(&work.running, 1);
        nanosleep(&step, NULL);
    }
    return ctx_fail(ctx, ERR_BUSY, "too many passwords are being compared");
}

static void end(void)
{
    atomic_fetch_add(&work.done, 1);
    atomic_fetch_sub(&work.running, 1);
}

enum status password_hash(struct ctx *ctx, const char *password, const char **out)
{
    char text[crypto_pwhash_STRBYTES];
    TRY(begin(ctx));
    int failed = crypto_pwhash_str_alg(text, password, strlen(password), PASSWORD_ROUNDS,
                                       PASSWORD_MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13);
    end();
    if (failed != 0)
        return ctx_fail(ctx, ERR_FAULT, "there is no memory for the hash of a password");
    *out = mem_text(ctx->mem, text);
    return OK;
}

enum status password_fits(struct ctx *ctx, const char *hash, const char *password, bool *out)
{
    char text[crypto_pwhash_STRBYTES] = {0};
    const char *compared = hash != NULL ? hash : nobodys_hash;
    *out = false;
    if (strlen(compared) >= sizeof text)
        return ctx_fail(ctx, ERR_FAULT, "the hash of a password is too long");
    memcpy(text, compared, strlen(compared));
    TRY(begin(ctx));
    bool fits = crypto_pwhash_str_verify(text, password, strlen(password)) == 0;
    end();
    *out = fits && hash != NULL;
    return OK;
}

int64_t password_work_count(void)
{
    return atomic_load(&work.done);
}
