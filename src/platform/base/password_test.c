/* SPDX-License-Identifier: MIT */
/* password_test.c - passwords as they are stored. */
#include "platform/base/password.h"

#include "platform/base/test.h"

#include <pthread.h>

TEST(a_password_fits_its_own_hash_and_no_other)
{
    const char *one, *two;
    bool fits;
    CHECK(password_hash(ctx, "three small words", &one) == OK);
    CHECK(password_hash(ctx, "three small words", &two) == OK);
    CHECK(strcmp(one, two) != 0 && strstr(one, "$argon2id$v=19$m=19456,t=2,p=1$") == one);
    CHECK(password_fits(ctx, one, "three small words", &fits) == OK && fits);
    CHECK(password_fits(ctx, two, "three small words", &fits) == OK && fits);
    CHECK(password_fits(ctx, one, "three small word", &fits) == OK && !fits);
    CHECK(password_fits(ctx, one, "", &fits) == OK && !fits);
}

TEST(comparing_with_nothing_is_the_same_work_and_never_fits)
{
    const char *hash;
    bool fits = true;
    CHECK(password_hash(ctx, "three small words", &hash) == OK);
    int64_t before = password_work_count();
    CHECK(password_fits(ctx, NULL, "three small words", &fits) == OK && !fits);
    CHECK(password_work_count() == before + 1);
    CHECK(password_fits(ctx, hash, "three small words", &fits) == OK && fits);
    CHECK(password_work_count() == before + 2);
    CHECK(password_fits(ctx, "no hash at all", "x", &fits) == OK && !fits);
}

enum { THREADS = 12 };

struct worker {
    pthread_t thread;
    struct ctx ctx;
    enum status status;
    bool fits;
};

static void *compare(void *arg)
{
    struct worker *worker = arg;
    worker->status = password_fits(&worker->ctx, NULL, "x", &worker->fits);
    return NULL;
}

/* However many come at once, each is compared or told to come again. */
TEST(many_passwords_at_once_are_compared_or_sent_away)
{
    struct worker workers[THREADS] = {{0}};
    int64_t before = password_work_count(), compared = 0;
    for (int i = 0; i < THREADS; i++) {
        workers[i].ctx = (struct ctx){.mem = mem_root(), .settings = ctx->settings};
        CHECK(pthread_create(&workers[i].thread, NULL, compare, &workers[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(workers[i].thread, NULL) == 0);
        CHECK(workers[i].status == OK || workers[i].status == ERR_BUSY);
        compared += workers[i].status == OK;
        mem_end(workers[i].ctx.mem);
    }
    CHECK(compared >= PASSWORD_AT_ONCE && password_work_count() == before + compared);
}
