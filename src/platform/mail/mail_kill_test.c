/* SPDX-License-Identifier: MIT */
/*
 * mail_kill_test.c - kill -9 at any instant: nothing is lost, at most the mail in hand is doubled.
 *
 * Each life of the process is a child that opens the store for itself.  This process has the file
 * open only when no child lives: SQLite does not bear a connection across a fork.
 */
#include "platform/mail/mail_test.h"
#include "platform/mail/smtp_sink.h"

#include "platform/base/random.h"
#include "platform/base/test.h"
#include "platform/job/job_migrations.h"
#include "platform/mail/mail_migrations.h"
#include "platform/store/store.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAILS = 40, KILLS = 12, LIFE_APART_SECS = 1000, LONGEST_LIFE_MS = 60 };

static const struct job_kind *const tables[] = {mail_job_kinds, NULL};

/* What a life is given. */
struct life {
    struct ctx *ctx;
    const char *store; /* NULL: the store of ctx, which is a server */
    int acknowledged;  /* where to write a byte after each message that was put */
    enum status (*fn)(struct ctx *ctx, const struct life *life);
};

static enum status open_store(struct ctx *ctx, const struct life *life)
{
    static const struct store_migration_set *const sets[] = {&job_migrations, &mail_migrations};
    int applied;
    if (life->store == NULL)
        return store_open_again(ctx, life->ctx->store, &ctx->store);
    TRY(store_open(ctx, life->store, &ctx->store));
    return store_migrate(ctx, sets, sizeof sets / sizeof sets[0], &applied);
}

static enum status put_mails(struct ctx *ctx, const struct life *life)
{
    for (int i = 0; i < MAILS; i++) {
        TRY(mail_test_put(ctx, mem_format(ctx->mem, "k%d", i)));
        if (life->acknowledged >= 0 && write(life->acknowledged, "+", 1) != 1)
            return ERR_FAULT;
    }
    return OK;
}

static enum status send_mails(struct ctx *ctx, const struct life *life)
{
    (void)life;
    bool did = true;
    while (did)
        TRY(job_work_once(ctx, tables, &did));
    return OK;
}

/* Lives at most at_most_ms; 0: to its end.  True: it came to its end, and well. */
static bool live(const struct life *life, uint32_t at_most_ms)
{
    int state;
    pid_t child = fork();
    if (child == 0) {
        struct ctx ctx = *life->ctx;
        ctx.mem = mem_root();
        bool is_well = open_store(&ctx, life) == OK && life->fn(&ctx, life) == OK;
        kill(getpid(), is_well ? SIGTERM : SIGABRT); /* nothing more of this program runs in it */
    }
    if (at_most_ms > 0) {
        nanosleep(&(struct timespec){.tv_nsec = (long)at_most_ms * 1000000}, NULL);
        kill(child, SIGKILL);
    }
    waitpid(child, &state, 0);
    return WIFSIGNALED(state) && WTERMSIG(state) == SIGTERM;
}

struct files {
    const char *folder;
    const char *names[3];
};

static void remove_files(void *arg)
{
    const struct files *files = arg;
    for (int i = 0; i < 3; i++)
        unlink(files->names[i]);
    rmdir(files->folder);
}

/* A store that several processes can open one after another; NULL: that of ctx is one. */
static const char *store_for_lives(struct ctx *ctx)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    char folder[] = "/tmp/onward-mail-XXXXXX";
    if (store_is_postgresql(ctx->store))
        return NULL;
    CHECK(mkdtemp(folder) != NULL);
    struct files *files = mem_new(ctx->mem, struct files);
    files->folder = mem_text(ctx->mem, folder);
    for (int i = 0; i < 3; i++)
        files->names[i] = mem_format(ctx->mem, "%s/kill.db%s", folder, endings[i]);
    mem_at_end(ctx->mem, remove_files, files);
    return mem_format(ctx->mem, "sqlite:%s", files->names[0]);
}

/* How many of the messages that arrived have a Message-Id that another before them has. */
static int count_doubles(struct ctx *ctx, struct smtp_sink *sink)
{
    int count = smtp_sink_count(sink);
    int doubles = 0;
    const char **ids = mem_array(ctx->mem, const char *, (size_t)count);
    for (int i = 0; i < count; i++) {
        const char *line = strstr(smtp_sink_get(sink, ctx->mem, i).data, "Message-Id: ");
        ids[i] = mem_text_part(ctx->mem, line, strcspn(line, "\r"));
        for (int k = 0; k < i; k++)
            if (strcmp(ids[i], ids[k]) == 0) {
                doubles++;
                break;
            }
    }
    return doubles;
}

TEST(a_process_killed_while_it_sends_loses_no_mail_and_doubles_at_most_the_one_in_hand)
{
    struct smtp_sink *sink = smtp_sink_open(ctx);
    mail_test_settings(ctx, smtp_sink_url(sink, ctx->mem));
    struct life life = {ctx, store_for_lives(ctx), -1, put_mails};
    CHECK(live(&life, 0));
    int killed = 0;
    life.fn = send_mails;
    for (int i = 0; i < KILLS; i++) {
        ctx->now_secs += LIFE_APART_SECS; /* the lease of the dead runs out */
        killed += !live(&life, 1 + random_below(LONGEST_LIFE_MS));
    }
    ctx->now_secs += LIFE_APART_SECS;
    CHECK(live(&life, 0));

    CHECK(open_store(ctx, &life) == OK);
    CHECK(mail_test_count(ctx, "sent") == MAILS);
    int doubles = count_doubles(ctx, sink);
    CHECK(smtp_sink_count(sink) - doubles == MAILS);
    CHECK(doubles <= killed);
}

TEST(a_process_killed_while_it_puts_mail_keeps_what_it_acknowledged_with_its_job)
{
    mail_test_settings(ctx, "smtp://127.0.0.1:1");
    struct life life = {ctx, store_for_lives(ctx), -1, put_mails};
    for (int i = 0; i < KILLS; i++) {
        int ends[2];
        char seen[MAILS * KILLS];
        CHECK(pipe(ends) == 0);
        life.acknowledged = ends[1];
        (void)!live(&life, 1 + random_below(LONGEST_LIFE_MS));
        close(ends[1]);
        ssize_t acknowledged = read(ends[0], seen, sizeof seen);
        close(ends[0]);

        struct ctx after = *ctx;
        struct job_counts jobs;
        after.mem = mem_root();
        enum status status = open_store(&after, &life);
        CHECK(status == OK);
        int mails = mail_test_count(&after, NULL);
        status = job_count(&after, &jobs);
        mem_end(after.mem);
        CHECK(status == OK);
        CHECK(mails >= acknowledged);
        CHECK(mails == jobs.waiting_count);
    }
}
