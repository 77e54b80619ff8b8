/* SPDX-License-Identifier: MIT */
/* store_lives.c - a fork for each life, ended by kill -9. */
#include "platform/store/store_lives.h"

#include "platform/base/test_folder.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct store_lives store_lives_begin(struct ctx *ctx, const struct store_migration_set *const *sets,
                                     size_t set_count)
{
    struct store_lives lives = {.ctx = ctx, .sets = sets, .set_count = set_count};
    if (!store_is_postgresql(ctx->store))
        lives.store = mem_format(ctx->mem, "sqlite:%s/lives.db", test_folder(ctx));
    return lives;
}

enum status store_lives_open(const struct store_lives *lives, struct ctx *ctx)
{
    int applied;
    if (lives->store == NULL)
        return store_open_again(ctx, lives->ctx->store, &ctx->store);
    TRY(store_open(ctx, lives->store, &ctx->store));
    return store_migrate(ctx, lives->sets, lives->set_count, &applied);
}

bool store_lives_live(const struct store_lives *lives,
                      enum status (*fn)(struct ctx *ctx, void *arg), void *arg, uint32_t at_most_ms)
{
    int state;
    pid_t child = fork();
    if (child == 0) {
        struct ctx ctx = *lives->ctx;
        ctx.mem = mem_root();
        bool is_well = store_lives_open(lives, &ctx) == OK && fn(&ctx, arg) == OK;
        kill(getpid(), is_well ? SIGTERM : SIGABRT); /* nothing more of this program runs in it */
    }
    if (at_most_ms > 0) {
        nanosleep(&(struct timespec){.tv_nsec = (long)at_most_ms * 1000000}, NULL);
        kill(child, SIGKILL);
    }
    waitpid(child, &state, 0);
    return WIFSIGNALED(state) && WTERMSIG(state) == SIGTERM;
}
