/* SPDX-License-Identifier: MIT */
/* mail_send_test.c - what delivery promises, with a mail server that misbehaves. */
#include "platform/mail/mail_test.h"
#include "platform/mail/smtp_sink.h"

#include "platform/base/test.h"
#include "platform/store/store.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

static const struct job_kind *const tables[] = {mail_job_kinds, NULL};

static struct smtp_sink *with_server(struct ctx *ctx)
{
    struct smtp_sink *sink = smtp_sink_open(ctx);
    mail_test_settings(ctx, smtp_sink_url(sink, ctx->mem));
    return sink;
}

/* The Message-Id line of the nth message that arrived. */
static const char *message_id(struct ctx *ctx, struct smtp_sink *sink, int n)
{
    const char *line = strstr(smtp_sink_get(sink, ctx->mem, n).data, "Message-Id: ");
    CHECK(line != NULL);
    return mem_text_part(ctx->mem, line, strcspn(line, "\r"));
}

TEST(a_mail_is_sent_once_and_then_forgets_what_it_said)
{
    struct smtp_sink *sink = with_server(ctx);
    CHECK(mail_test_put(ctx, "k1") == OK);
    mail_test_work(ctx);
    ctx->now_secs += 86400;
    mail_test_work(ctx);
    CHECK(smtp_sink_count(sink) == 1);
    struct smtp_sunk sunk = smtp_sink_get(sink, ctx->mem, 0);
    CHECK_TEXT(sunk.from, "FROM:<no-reply@onward.example>");
    CHECK_TEXT(sunk.to, "TO:<ana@trust.example>");
    CHECK(strstr(sunk.data, "Subject: Confirm your pledge\r\n"));
    CHECK(strstr(sunk.data, "From: Onward <no-reply@onward.example>\r\n"));
    CHECK(strstr(sunk.data, "https://onward.example/confirm/s3cr3t"));
    CHECK(strstr(sunk.data, "Date: Mon, 09 Mar 2026 09:00:00 +0000\r\n"));
    struct mail_kept mail = mail_test_nth(ctx, 0);
    CHECK_TEXT(mail.state, "sent");
    CHECK(mail.sent_at == TEST_NOW_SECS && mail.attempts == 1 && mail.parts == NULL);
    CHECK(strstr(message_id(ctx, sink, 0), mail.message_id));
}

TEST(a_mail_refused_for_now_is_sent_later_with_the_same_message_id)
{
    struct smtp_sink *sink = with_server(ctx);
    smtp_sink_answer(sink, "RCPT", "451 4.7.1 ana is greylisted", 2);
    CHECK(mail_test_put(ctx, "k1") == OK);
    mail_test_work(ctx);
    struct mail_kept mail = mail_test_nth(ctx, 0);
    CHECK_TEXT(mail.state, "waiting");
    CHECK_TEXT(mail.reason, "recipient refused: 451 4.7.1");
    mail_test_work(ctx);
    CHECK(mail_test_nth(ctx, 0).attempts == 1);
    ctx->now_secs += JOB_FIRST_DELAY_SECS;
    mail_test_work(ctx);
    CHECK(mail_test_nth(ctx, 0).attempts == 2);
    ctx->now_secs += 2 * JOB_FIRST_DELAY_SECS;
    mail_test_work(ctx);
    CHECK_TEXT(mail_test_nth(ctx, 0).state, "sent");
    CHECK_TEXT(mail_test_nth(ctx, 0).reason, "");
    CHECK(smtp_sink_count(sink) == 1);
    CHECK(strstr(message_id(ctx, sink, 0), mail.message_id));
}

TEST(a_mail_refused_for_good_fails_at_once_and_says_why_without_names)
{
    struct smtp_sink *sink = with_server(ctx);
    struct mail_counts counts;
    smtp_sink_answer(sink, "RCPT", "550 5.1.1 ana@trust.example unknown", 9);
    CHECK(mail_test_put(ctx, "k1") == OK);
    mail_test_work(ctx);
    ctx->now_secs += 86400;
    mail_test_work(ctx);
    struct mail_kept mail = mail_test_nth(ctx, 0);
    CHECK_TEXT(mail.state, "failed");
    CHECK_TEXT(mail.reason, "recipient refused: 550 5.1.1");
    CHECK(mail.attempts == 1 && mail.parts == NULL);
    CHECK(mail_count(ctx, &counts) == OK && counts.failed_count == 1);
    CHECK(smtp_sink_count(sink) == 0);
}

TEST(a_mail_that_nobody_takes_is_tried_for_days_and_then_fails)
{
    struct job_counts jobs;
    mail_test_settings(ctx, "smtp://127.0.0.1:1");
    CHECK(mail_test_put(ctx, "k1") == OK);
    int64_t began_at = ctx->now_secs;
    int64_t failed_at = 0;
    for (int i = 0; i < 400 && failed_at == 0; i++, ctx->now_secs += 1800) {
        mail_test_work(ctx);
        failed_at = mail_test_nth(ctx, 0).failed_at;
    }
    CHECK(failed_at - began_at > 86400);
    CHECK(mail_test_nth(ctx, 0).attempts == MAIL_ATTEMPTS_MAX);
    CHECK_TEXT(mail_test_nth(ctx, 0).reason, "no connection");
    CHECK(job_count(ctx, &jobs) == OK && jobs.given_up_count == 0);
}

TEST(a_mail_that_is_too_late_is_not_sent)
{
    struct smtp_sink *sink = with_server(ctx);
    static const struct mail_part parts[] = {MAIL_CODE("123456"), MAIL_END};
    struct mail code = {.kind = "test_code",
                        .key = "k1",
                        .to_address = "ana@trust.example",
                        .subject = "Your code",
                        .parts = parts,
                        .expires_at = ctx->now_secs + 600};
    CHECK(mail_put(ctx, &code) == OK);
    ctx->now_secs += 600;
    mail_test_work(ctx);
    CHECK(smtp_sink_count(sink) == 0);
    CHECK_TEXT(mail_test_nth(ctx, 0).state, "cancelled");
}

TEST(a_cancelled_mail_is_not_sent)
{
    struct smtp_sink *sink = with_server(ctx);
    CHECK(mail_test_put(ctx, "k1") == OK);
    CHECK(mail_cancel(ctx, "k1") == OK);
    mail_test_work(ctx);
    CHECK(smtp_sink_count(sink) == 0);
}

TEST(mail_from_before_there_was_a_server_is_sent_when_there_is_one)
{
    mail_test_settings(ctx, "");
    CHECK(mail_test_put(ctx, "k1") == OK);
    CHECK(mail_test_put(ctx, "k2") == OK);
    mail_test_work(ctx);
    struct smtp_sink *sink = with_server(ctx);
    ctx->now_secs += 600;
    mail_test_work(ctx);
    CHECK(smtp_sink_count(sink) == 2);
    CHECK(mail_test_count(ctx, "sent") == 2);
}

TEST(when_nobody_knows_whether_it_arrived_a_mail_goes_again_under_the_same_id)
{
    struct smtp_sink *sink = with_server(ctx);
    smtp_sink_take_then_drop(sink, 1);
    CHECK(mail_test_put(ctx, "k1") == OK);
    mail_test_work(ctx);
    CHECK_TEXT(mail_test_nth(ctx, 0).reason, "connection lost, it may have arrived");
    ctx->now_secs += JOB_FIRST_DELAY_SECS;
    mail_test_work(ctx);
    CHECK_TEXT(mail_test_nth(ctx, 0).state, "sent");
    CHECK(smtp_sink_count(sink) == 2);
    CHECK_TEXT(message_id(ctx, sink, 0), message_id(ctx, sink, 1));
    CHECK_TEXT(smtp_sink_get(sink, ctx->mem, 0).data, smtp_sink_get(sink, ctx->mem, 1).data);
}

TEST(whichever_call_of_the_store_fails_a_mail_is_sent_once)
{
    enum { CALLS_OF_A_DELIVERY = 30 }; /* and some more */
    struct smtp_sink *sink = with_server(ctx);
    for (int nth = 1; nth <= CALLS_OF_A_DELIVERY; nth++) {
        bool did;
        CHECK(mail_test_put(ctx, mem_format(ctx->mem, "k%d", nth)) == OK);
        store_fail_on_call(ctx->store, nth);
        enum status status = job_work_once(ctx, tables, &did);
        store_fail_on_call(ctx->store, 0);
        CHECK(status == OK || status == ERR_FAULT);
        ctx->fault = NULL;
        for (int i = 0; i < 4; i++, ctx->now_secs += 600)
            mail_test_work(ctx);
        CHECK(smtp_sink_count(sink) == nth);
        CHECK(mail_test_count(ctx, "sent") == nth);
    }
}

/* ---- workers ---- */

struct looping {
    struct ctx ctx;
    struct job_bell *bell;
};

static void *send_in_loop(void *arg)
{
    struct looping *looping = arg;
    return job_work(&looping->ctx, tables, looping->bell) == OK ? arg : NULL;
}

static void end_memory(void *arg)
{
    mem_end(arg);
}

static struct ctx other_worker(struct ctx *ctx)
{
    struct ctx other = *ctx;
    other.mem = mem_root();
    mem_at_end(ctx->mem, end_memory, other.mem);
    CHECK(store_open_again(&other, ctx->store, &other.store) == OK);
    return other;
}

TEST(a_worker_sends_one_mail_after_the_other_by_one_line)
{
    enum { MAILS = 5 };
    struct smtp_sink *sink = with_server(ctx);
    struct looping looping = {.ctx = other_worker(ctx)};
    pthread_t thread;
    for (int i = 0; i < MAILS; i++)
        CHECK(mail_test_put(ctx, mem_format(ctx->mem, "k%d", i)) == OK);
    CHECK(job_bell_open(ctx, &looping.bell) == OK);
    CHECK(pthread_create(&thread, NULL, send_in_loop, &looping) == 0);
    for (int i = 0; i < 2000 && smtp_sink_count(sink) < MAILS; i++)
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    job_bell_stop(looping.bell);
    pthread_join(thread, NULL);
    CHECK(smtp_sink_count(sink) == MAILS);
    CHECK(smtp_sink_get(sink, ctx->mem, MAILS - 1).line == 1);
    CHECK(mail_test_count(ctx, "sent") == MAILS);
}

enum { CROWD_MAILS = 30, CROWD_WORKERS = 2 };

static void *send_in_crowd(void *arg)
{
    struct ctx *ctx = arg;
    for (int idle = 0; idle < 50;) {
        bool did = false;
        ctx->fault = NULL;
        enum status status = job_work_once(ctx, tables, &did);
        idle = status == OK && !did ? idle + 1 : 0;
    }
    return NULL;
}

TEST(two_workers_send_each_mail_once)
{
    struct smtp_sink *sink = with_server(ctx);
    struct ctx workers[CROWD_WORKERS];
    pthread_t threads[CROWD_WORKERS];
    for (int i = 0; i < CROWD_MAILS; i++)
        CHECK(mail_test_put(ctx, mem_format(ctx->mem, "k%d", i)) == OK);
    for (int i = 0; i < CROWD_WORKERS; i++)
        workers[i] = other_worker(ctx);
    for (int i = 0; i < CROWD_WORKERS; i++)
        CHECK(pthread_create(&threads[i], NULL, send_in_crowd, &workers[i]) == 0);
    for (int i = 0; i < CROWD_WORKERS; i++)
        pthread_join(threads[i], NULL);
    CHECK(smtp_sink_count(sink) == CROWD_MAILS);
    for (int i = 0; i < CROWD_MAILS; i++)
        for (int k = 0; k < i; k++)
            CHECK(strcmp(message_id(ctx, sink, i), message_id(ctx, sink, k)) != 0);
    CHECK(mail_test_count(ctx, "sent") == CROWD_MAILS);
}
