/* SPDX-License-Identifier: MIT */
/*
 * mail_kill_test.c - kill -9 at any instant: nothing is lost, at most the mail in hand is doubled.
 */
#include "platform/mail/mail_test.h"
#include "platform/mail/smtp_sink.h"

#include "platform/base/random.h"
#include "platform/base/test.h"
#include "platform/job/job_migrations.h"
#include "platform/mail/mail_migrations.h"
#include "platform/store/store_lives.h"

#include <string.h>
#include <unistd.h>

enum { MAILS = 40, KILLS = 12, LIFE_APART_SECS = 1000, LONGEST_LIFE_MS = 60, SET_COUNT = 2 };

static const struct job_kind *const tables[] = {mail_job_kinds, NULL};

static const struct store_migration_set *const sets[SET_COUNT] = {&job_migrations,
                                                                  &mail_migrations};

/* Writes a byte to *acknowledged, when there is one, after each message that was put. */
static enum status put_mails(struct ctx *ctx, void *arg)
{
    const int *acknowledged = arg;
    for (int i = 0; i < MAILS; i++) {
        TRY(mail_test_put(ctx, mem_format(ctx->mem, "k%d", i)));
        if (acknowledged != NULL && write(*acknowledged, "+", 1) != 1)
            return ERR_FAULT;
    }
    return OK;
}

static enum status send_mails(struct ctx *ctx, void *arg)
{
    (void)arg;
    bool did = true;
    while (did)
        TRY(job_work_once(ctx, tables, &did));
    return OK;
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
    const struct store_lives lives = store_lives_begin(ctx, sets, SET_COUNT);
    CHECK(store_lives_live(&lives, put_mails, NULL, 0));
    int killed = 0;
    for (int i = 0; i < KILLS; i++) {
        ctx->now_secs += LIFE_APART_SECS; /* the lease of the dead runs out */
        killed += !store_lives_live(&lives, send_mails, NULL, 1 + random_below(LONGEST_LIFE_MS));
    }
    ctx->now_secs += LIFE_APART_SECS;
    CHECK(store_lives_live(&lives, send_mails, NULL, 0));

    CHECK(store_lives_open(&lives, ctx) == OK);
    CHECK(mail_test_count(ctx, "sent") == MAILS);
    int doubles = count_doubles(ctx, sink);
    CHECK(smtp_sink_count(sink) - doubles == MAILS);
    CHECK(doubles <= killed);
}

TEST(a_process_killed_while_it_puts_mail_keeps_what_it_acknowledged_with_its_job)
{
    mail_test_settings(ctx, "smtp://127.0.0.1:1");
    const struct store_lives lives = store_lives_begin(ctx, sets, SET_COUNT);
    for (int i = 0; i < KILLS; i++) {
        int ends[2];
        char seen[MAILS * KILLS];
        CHECK(pipe(ends) == 0);
        (void)!store_lives_live(&lives, put_mails, &ends[1], 1 + random_below(LONGEST_LIFE_MS));
        close(ends[1]);
        ssize_t acknowledged = read(ends[0], seen, sizeof seen);
        close(ends[0]);

        struct ctx after = *ctx;
        struct job_counts jobs;
        after.mem = mem_root();
        enum status status = store_lives_open(&lives, &after);
        CHECK(status == OK);
        int mails = mail_test_count(&after, NULL);
        status = job_count(&after, &jobs);
        mem_end(after.mem);
        CHECK(status == OK);
        CHECK(mails >= acknowledged);
        CHECK(mails == jobs.waiting_count);
    }
}
