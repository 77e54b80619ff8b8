/* SPDX-License-Identifier: MIT */
/*
 * programme_newsletter_kill_test.c - kill -9 at any instant of sending a newsletter: nobody is
 * missed, nobody gets it twice.
 *
 * Each life of the sender is a child that opens the store for itself and is killed at a random
 * instant.  The mail server is another child that writes down, for each message that it took whole,
 * to whom it went.  ONWARD_KILL_RECIPIENTS says how many get it, ONWARD_KILL_KILLS how often the
 * sender dies; test/kill/newsletter runs it with 100,000.
 */
#include "platform/base/random.h"
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/newsletter/newsletter.h"
#include "programme/newsletter/newsletter_send.h"
#include "programme/newsletter/newsletter_sink.h"
#include "programme/newsletter/newsletter_test_help.h"
#include "programme/programme.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RECIPIENTS = 3000, KILLS = 12, LIFE_APART_SECS = 1000, RUN_SECS = 600, USECS = 1000000 };

static int64_t of_environment(const char *name, int64_t usual)
{
    const char *text = getenv(name);
    return text != NULL ? strtoll(text, NULL, 10) : usual;
}

static enum status open_store(struct ctx *ctx, const struct ctx *from, const char *name)
{
    int applied;
    if (name == NULL)
        return store_open_again(ctx, from->store, &ctx->store);
    TRY(store_open(ctx, name, &ctx->store));
    return store_migrate(ctx, programme_migrations, programme_migration_count, &applied);
}

/* Lives at most at_most_usecs; 0: to its end.  True: it came to its end, and well. */
static bool live(const struct ctx *from, const char *store, const char *reference,
                 uint32_t at_most_usecs)
{
    int state;
    pid_t child = fork();
    if (child == 0) {
        struct ctx ctx = *from;
        ctx.mem = mem_root();
        bool is_well = open_store(&ctx, from, store) == OK &&
                       newsletter_try_send(&ctx, reference, RUN_SECS) == OK;
        kill(getpid(), is_well ? SIGTERM : SIGABRT); /* nothing more of this program runs in it */
    }
    if (at_most_usecs > 0) {
        nanosleep(&(struct timespec){at_most_usecs / USECS, (long)(at_most_usecs % USECS) * 1000},
                  NULL);
        kill(child, SIGKILL);
    }
    waitpid(child, &state, 0);
    return WIFSIGNALED(state) && WTERMSIG(state) == SIGTERM;
}

struct files {
    const char *folder;
    const char *names[4];
};

static void remove_files(void *arg)
{
    const struct files *files = arg;
    for (int i = 0; i < 4; i++)
        unlink(files->names[i]);
    rmdir(files->folder);
}

static const char *store_for_lives(struct ctx *ctx)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".hand"};
    char folder[] = "/tmp/onward-newsletter-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    struct files *files = mem_new(ctx->mem, struct files);
    files->folder = mem_text(ctx->mem, folder);
    for (int i = 0; i < 4; i++)
        files->names[i] = mem_format(ctx->mem, "%s/kill.db%s", folder, endings[i]);
    mem_at_end(ctx->mem, remove_files, files);
    return mem_format(ctx->mem, "sqlite:%s", files->names[0]);
}

/* A store of its own is filled and closed before any child lives: SQLite does not bear a connection
 * across a fork. */
static const char *fill_store(struct ctx *ctx, const char *store, int64_t recipients)
{
    struct ctx own = *ctx;
    const char *reference;
    own.mem = mem_root();
    CHECK(open_store(&own, ctx, store) == OK);
    CHECK(newsletter_try_readers(&own, recipients) == OK);
    CHECK(newsletter_try_issue(&own, "## News\n\nWords of the issue.", &reference) == OK);
    reference = mem_text(ctx->mem, reference);
    mem_end(own.mem);
    return reference;
}

TEST(a_sender_killed_at_random_instants_misses_nobody_and_sends_to_nobody_twice)
{
    int64_t recipients = of_environment("ONWARD_KILL_RECIPIENTS", RECIPIENTS);
    int64_t kills = of_environment("ONWARD_KILL_KILLS", KILLS);
    struct newsletter_sink *sink = newsletter_sink_open(ctx, recipients);
    struct settings settings = settings_built_in(ctx->mem);
    const char *file = store_for_lives(ctx); /* beside it the marks are */
    const char *store = store_is_postgresql(ctx->store) ? NULL : file;
    settings.smtp = newsletter_sink_url(sink, ctx->mem);
    settings.base_url = "https://pledges.example";
    settings.database = file;
    settings.bulk_per_second_count = 0;
    ctx->settings = &settings;
    const char *reference = fill_store(ctx, store, recipients);

    int64_t usecs_each = recipients * 100; /* about what sending to all takes at full speed */
    int killed = 0;
    for (int64_t i = 0; i < kills; i++) {
        ctx->now_secs += LIFE_APART_SECS;
        killed += !live(ctx, store, reference,
                        20000 + random_below((uint32_t)(usecs_each / kills + 1) * 2));
    }
    ctx->now_secs += LIFE_APART_SECS;
    CHECK(live(ctx, store, reference, 0));
    CHECK(killed > 0);

    struct newsletter_sunk sunk = newsletter_sink_count(sink);
    fprintf(stderr, "newsletter: %lld got it, %d kills, %lld missed, %lld twice\n",
            (long long)sunk.once, killed, (long long)sunk.missed, (long long)sunk.twice);
    CHECK(sunk.missed == 0);
    CHECK(sunk.twice == 0);
}
