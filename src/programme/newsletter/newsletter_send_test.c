/* SPDX-License-Identifier: MIT */
/* newsletter_send_test.c - what sending an issue promises. */
#include "programme/newsletter/newsletter_send.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/time.h"
#include "platform/job/job.h"
#include "platform/mail/dkim.h"
#include "platform/mail/mail.h"
#include "platform/mail/mail_hand.h"
#include "platform/mail/smtp_sink.h"
#include "programme/access/access_test_help.h"
#include "programme/newsletter/newsletter_issue.sql.h"
#include "programme/newsletter/newsletter_mould.h"
#include "programme/newsletter/newsletter_send.sql.h"
#include "programme/newsletter/newsletter_test_help.h"

#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PARTS = 10, READERS = 30 };

static void remove_marks(void *arg)
{
    unlink(arg);
}

/* database says only where the marks are: the store is that of the test. */
static struct settings *settings_for(struct ctx *ctx, struct smtp_sink *sink)
{
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = settings_built_in(ctx->mem);
    settings->smtp = smtp_sink_url(sink, ctx->mem);
    settings->database = mem_format(ctx->mem, "sqlite:/tmp/onward-send-%d", (int)getpid());
    mem_at_end(ctx->mem, remove_marks,
               mem_format(ctx->mem, "/tmp/onward-send-%d.hand", (int)getpid()));
    settings->base_url = "https://pledges.example";
    settings->mail_from = "news@pledges.example";
    settings->mail_answers_to = "answers@pledges.example";
    settings->bulk_per_second_count = 0;
    ctx->settings = settings;
    return settings;
}

/* Readers, an issue, and a mail server that takes everything. */
static struct smtp_sink *begin(struct ctx *ctx, const char **reference)
{
    struct smtp_sink *sink = smtp_sink_open(ctx);
    settings_for(ctx, sink);
    CHECK(newsletter_try_readers(ctx, READERS) == OK);
    CHECK(newsletter_try_issue(ctx, "## News\n\nWords.\n\n.hidden dot", reference) == OK);
    return sink;
}

static struct newsletter_figures figures(struct ctx *ctx, const char *reference)
{
    struct newsletter_figures out = {0};
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    CHECK(newsletter_issue_open(ctx, reference, issue) == OK);
    CHECK(newsletter_issue_figures(ctx, issue->id, &out) == OK);
    return out;
}

TEST(an_issue_goes_to_each_reader_with_links_of_their_own)
{
    const char *reference, *stop[READERS];
    struct smtp_sink *sink = begin(ctx, &reference);
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    CHECK(smtp_sink_count(sink) == READERS && figures(ctx, reference).sent == READERS);
    for (int i = 0; i < READERS; i++) {
        struct smtp_sunk one = smtp_sink_get(sink, ctx->mem, i);
        const char *at = strstr(one.data, "\r\nList-Unsubscribe: <https://pledges.example/");
        CHECK(at != NULL && strstr(one.data, "List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
        stop[i] =
            mem_text_part(ctx->mem, strstr(at, "/newsletter/stop/") + 17, NEWSLETTER_TOKEN_CHARS);
        CHECK(strstr(one.from, "answers+bounce-") != NULL);
        CHECK(strstr(one.data, ".hidden dot") != NULL);
        CHECK(newsletter_token_check(ctx, stop[i]) == OK);
        for (int k = 0; k < i; k++)
            CHECK(strcmp(stop[i], stop[k]) != 0);
    }
    CHECK(newsletter_leave(ctx, stop[0]) == OK && figures(ctx, reference).left == 1);
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK); /* it has ended */
    CHECK(smtp_sink_count(sink) == READERS);
}

TEST(a_test_goes_to_who_asked_alone_and_counts_nothing)
{
    const char *reference;
    struct smtp_sink *sink = begin(ctx, &reference);
    static const struct job_kind *const tables[] = {newsletter_job_kinds, NULL};
    ctx->person = help_person(ctx, "editor@programme.example", "editor");
    CHECK(newsletter_issue_test(ctx, reference) == OK);
    for (bool did = true; did;)
        CHECK(job_work_once(ctx, tables, &did) == OK);
    int tests = 0, count = smtp_sink_count(sink);
    for (int i = 0; i < count; i++) {
        struct smtp_sunk one = smtp_sink_get(sink, ctx->mem, i);
        bool is_test = strstr(one.data, "Subject: Test: ") != NULL;
        CHECK(is_test == (strstr(one.to, "editor@programme.example") != NULL));
        tests += is_test;
    }
    CHECK(tests == 1 && figures(ctx, reference).sent == count - 1);
}

TEST(a_test_that_the_server_refuses_fails_its_job_and_is_tried_again)
{
    const char *reference;
    struct smtp_sink *sink = begin(ctx, &reference);
    ctx->person = help_person(ctx, "editor@programme.example", "editor");
    const struct job test = {
        .kind = "newsletter.test",
        .key = mem_format(ctx->mem, "%s/%lld", reference, (long long)ctx->person.n)};
    smtp_sink_answer(sink, "RCPT", "554 5.7.1 relay access denied", 1);
    CHECK(newsletter_test_job(ctx, &test) == ERR_BUSY);
    CHECK(strstr(ctx->fault, "554 5.7.1") != NULL && smtp_sink_count(sink) == 0);
    ctx->fault = NULL;
    CHECK(newsletter_test_job(ctx, &test) == OK && smtp_sink_count(sink) == 1);
}

TEST(what_the_server_does_not_take_now_goes_later_and_what_it_refuses_never)
{
    const char *reference;
    struct smtp_sink *sink = begin(ctx, &reference);
    smtp_sink_answer(sink, "RCPT", "451 4.7.1 later", 2);
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    CHECK(figures(ctx, reference).sent == READERS - 2 && figures(ctx, reference).later == 2);
    smtp_sink_answer(sink, "RCPT", "550 5.1.1 nobody", 1);
    ctx->now_secs += 3600;
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    struct newsletter_figures now = figures(ctx, reference);
    CHECK(now.sent == READERS - 1 && now.refused == 1 && now.later == 0 && now.hard == 1);
    CHECK(newsletter_is_hard("5.1.10") && !newsletter_is_hard("5.1.8") && !newsletter_is_hard(""));
    CHECK(smtp_sink_count(sink) == READERS - 1);
}

/* ---- how fast ---- */

/* Run after run with a clock of our own: what goes in any minute is at most the rate. */
TEST(no_minute_has_more_than_the_rate_whatever_its_runs)
{
    static const int64_t rates[] = {1, 7, 50, 333};
    enum { MINUTE_MS = 60000, RUNS = 8, SENT_MAX = 333 * 20 * RUNS + 1 };
    int64_t *sent_ms = mem_array(ctx->mem, int64_t, SENT_MAX);
    for (size_t r = 0; r < sizeof rates / sizeof rates[0]; r++) {
        size_t count = 0, first = 0;
        int64_t now_ms = 0;
        for (int run = 0; run < RUNS; run++) {
            const int64_t began_ms = now_ms, ends_ms = began_ms + NEWSLETTER_RUN_SECS * 1000;
            for (int64_t given = 0; now_ms < ends_ms;) {
                int wait = newsletter_wait_ms(rates[r], given, now_ms - began_ms);
                now_ms += wait;
                if (wait > 0)
                    continue;
                given++;
                CHECK(count < SENT_MAX);
                sent_ms[count++] = now_ms;
                while (sent_ms[first] <= now_ms - MINUTE_MS)
                    first++;
                CHECK((int64_t)(count - first) <= rates[r] * 60);
            }
        }
        CHECK((int64_t)count >= rates[r] * NEWSLETTER_RUN_SECS * RUNS - RUNS); /* and not less */
    }
}

TEST(a_run_takes_the_time_that_the_rate_asks_for)
{
    enum { RATE = 100 };
    const char *reference;
    struct smtp_sink *sink = begin(ctx, &reference);
    settings_for(ctx, sink)->bulk_per_second_count = RATE;
    const int64_t began_ms = time_running_ms();
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    CHECK(smtp_sink_count(sink) == READERS);
    CHECK(time_running_ms() - began_ms >= (int64_t)READERS * 1000 / RATE); /* never less */
}

/* While a worker of one machine sends, a worker of another finds nothing to send. */
static enum status while_sending(struct ctx *ctx, const struct job *job)
{
    static const struct job_kind *const tables[] = {newsletter_job_kinds, NULL};
    struct ctx other = *ctx;
    struct settings settings = *ctx->settings;
    bool did = true;
    CHECK(job->lease != NULL && job->lease[0] != '\0');
    settings.database = mem_join(ctx->mem, ctx->settings->database, "-other", ""); /* its marks */
    other.settings = &settings;
    other.mem = mem_child(ctx->mem);
    while (did)
        CHECK(job_work_once(&other, tables, &did) == OK);
    mem_end(other.mem);
    struct newsletter_issue_sending_row *rows;
    size_t count;
    CHECK(newsletter_issue_sending(ctx, 10, &rows, &count) == OK && count == 2);
    for (size_t i = 0; i < count; i++)
        CHECK(figures(ctx, rows[i].reference).taken == 0);
    return job_put(ctx, job->kind, job->key, "", 0);
}

TEST(two_machines_with_two_issues_never_send_at_the_same_time)
{
    static const struct job_kind first[] = {{"newsletter.send", while_sending, 3, 300}, {0}};
    static const struct job_kind *const wrapped[] = {first, NULL};
    static const struct job_kind *const tables[] = {newsletter_job_kinds, NULL};
    const char *issues[2];
    bool did = false;
    struct smtp_sink *sink = begin(ctx, &issues[0]);
    CHECK(newsletter_try_issue(ctx, "More.", &issues[1]) == OK);
    ctx->now_secs += 120; /* whatever else is due is */
    CHECK(job_put(ctx, "newsletter.send", "", "", 0) == OK);
    CHECK(job_work_once(ctx, wrapped, &did) == OK && did && smtp_sink_count(sink) == 0);
    for (did = true; did;)
        CHECK(job_work_once(ctx, tables, &did) == OK);
    CHECK(figures(ctx, issues[0]).sent == READERS && figures(ctx, issues[1]).sent == READERS);
}

TEST(a_slow_recipient_holds_up_nobody_else)
{
    const char *reference;
    struct smtp_sink *sink = begin(ctx, &reference);
    smtp_sink_slow(sink, "reader-3@", READERS - 1); /* answered when all others were taken */
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    CHECK(smtp_sink_count(sink) == READERS && figures(ctx, reference).sent == READERS);
    CHECK(strstr(smtp_sink_get(sink, ctx->mem, READERS - 1).to, "reader-3@") != NULL);
}

TEST(an_answer_that_never_comes_brings_no_second_copy)
{
    const char *reference;
    struct smtp_sink *sink = begin(ctx, &reference);
    smtp_sink_take_then_drop(sink, 3);
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    ctx->now_secs += 3600;
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    struct newsletter_figures now = figures(ctx, reference);
    CHECK(smtp_sink_count(sink) == READERS && now.sent == READERS && now.unanswered == 3);
}

/* A batch that no file of this machine knows: it went down, or another machine has it. */
TEST(what_was_in_hand_when_a_machine_went_down_goes_again)
{
    int64_t changes;
    const char *reference;
    struct smtp_sink *sink = begin(ctx, &reference);
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    CHECK(newsletter_issue_open(ctx, reference, issue) == OK);
    CHECK(newsletter_take(ctx, issue->id, 77, 0, issue->begun_at, 0, "", ctx->now_secs, 10,
                          &changes) == OK &&
          changes == 10);
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    ctx->now_secs += NEWSLETTER_DOUBT_SECS;
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    CHECK(smtp_sink_count(sink) == READERS && figures(ctx, reference).sent == READERS);
}

TEST(a_stopped_issue_goes_to_nobody_else)
{
    const char *reference;
    struct smtp_sink *sink = begin(ctx, &reference);
    ctx->person.n = 8;
    int64_t changes;
    struct newsletter_issue *issue = mem_new(ctx->mem, struct newsletter_issue);
    CHECK(newsletter_issue_open(ctx, reference, issue) == OK);
    CHECK(newsletter_take(ctx, issue->id, 77, 0, issue->begun_at, 0, "", ctx->now_secs, 10,
                          &changes) == OK); /* in hand when its process was killed */
    CHECK(newsletter_issue_halt(ctx, reference) == OK);
    CHECK(newsletter_issue_halt(ctx, reference) == OK);
    ctx->now_secs += NEWSLETTER_DOUBT_SECS;
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    CHECK(smtp_sink_count(sink) == 0);
    CHECK(figures(ctx, reference).later == 0 && figures(ctx, reference).refused == 10);
}

TEST(a_server_that_is_away_is_waited_for)
{
    const char *reference;
    int64_t more_at = 0;
    struct smtp_sink *sink = begin(ctx, &reference);
    struct settings *settings = settings_for(ctx, sink);
    settings->smtp = "smtp://127.0.0.1:1";
    CHECK(newsletter_send_part(ctx, reference, 5, &more_at) == OK && more_at > ctx->now_secs);
    settings->smtp = smtp_sink_url(sink, ctx->mem);
    ctx->now_secs = more_at;
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    CHECK(smtp_sink_count(sink) == READERS);
}

TEST(a_file_that_somebody_else_put_in_place_of_the_marks_is_not_touched)
{
    struct stat after;
    struct mail_hand *hand;
    struct settings *settings = settings_for(ctx, smtp_sink_open(ctx));
    const char *marks = mem_join(ctx->mem, settings->database + strlen("sqlite:"), ".hand", "");
    const char *target = mem_join(ctx->mem, marks, ".else", "");
    mem_at_end(ctx->mem, remove_marks, mem_text(ctx->mem, target));
    FILE *file = fopen(target, "we");
    CHECK(file != NULL && fputs("precious", file) >= 0 && fclose(file) == 0);
    CHECK(symlink(target, marks) == 0);
    CHECK(mail_hand_open(ctx, &hand) == ERR_FAULT);
    CHECK(stat(target, &after) == 0 && after.st_size == 8);
    CHECK(unlink(marks) == 0 && link(target, marks) == 0);
    CHECK(mail_hand_open(ctx, &hand) == ERR_FAULT);
    CHECK(stat(target, &after) == 0 && after.st_size == 8);
    ctx->fault = NULL;
}

TEST(a_server_that_refuses_everybody_costs_nobody_the_issue)
{
    const char *reference;
    int64_t more_at = 0;
    struct smtp_sink *sink = begin(ctx, &reference);
    smtp_sink_answer(sink, "RCPT", "554 5.7.1 relay access denied", 1000);
    CHECK(newsletter_send_part(ctx, reference, 60, &more_at) == OK && more_at > ctx->now_secs);
    struct newsletter_figures now = figures(ctx, reference);
    CHECK(now.refused == 0 && now.sent == 0 && now.later == READERS);
    smtp_sink_answer(sink, "RCPT", "250 2.1.5 ok", 0);
    ctx->now_secs += 3600;
    CHECK(newsletter_try_send(ctx, reference, PARTS) == OK);
    CHECK(smtp_sink_count(sink) == READERS && figures(ctx, reference).sent == READERS);
}

/* ---- signatures ---- */

/* A fresh private key in a file. */
static const char *key_file(struct ctx *ctx, const char *kind)
{
    const char *path = mem_format(ctx->mem, "/tmp/onward-dkim-%d-%s.pem", (int)getpid(), kind);
    EVP_PKEY *key = strcmp(kind, "RSA") == 0 ? EVP_PKEY_Q_keygen(NULL, NULL, kind, (size_t)2048)
                                             : EVP_PKEY_Q_keygen(NULL, NULL, kind);
    FILE *file = fopen(path, "we");
    CHECK(key != NULL && file != NULL);
    CHECK(PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL) == 1);
    fclose(file);
    EVP_PKEY_free(key);
    return path;
}

/* What another program says of the signature of a message. */
static const char *verdict(struct ctx *ctx, const char *data, size_t bytes)
{
    int ends[2];
    char line[200] = "";
    struct dkim *dkim;
    const char *record;
    const char *path = mem_format(ctx->mem, "/tmp/onward-dkim-%d.eml", (int)getpid());
    const char *source = getenv("ONWARD_SOURCE") != NULL ? getenv("ONWARD_SOURCE") : ".";
    const char *script = mem_format(ctx->mem, "%s/test/dkim/verify.py", source);
    FILE *file = fopen(path, "we");
    CHECK(file != NULL && fwrite(data, 1, bytes, file) == bytes);
    fclose(file);
    CHECK(dkim_open(ctx, &dkim) == OK && dkim_record(ctx, dkim, &record) == OK && pipe(ends) == 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        execl("/usr/bin/python3", "python3", script, path, record, (char *)NULL);
        _exit(1);
    }
    close(ends[1]);
    size_t length = 0;
    ssize_t got = 1;
    for (; got > 0 && length<sizeof line - 1; length += got> 0 ? (size_t)got : 0)
        got = read(ends[0], line + length, sizeof line - 1 - length);
    close(ends[0]);
    waitpid(child, NULL, 0);
    unlink(path);
    return length > 0 ? mem_text(ctx->mem, line) : "no answer: is python3-dkim installed?";
}

TEST(another_program_finds_our_signatures_good_and_those_of_changed_messages_bad)
{
    static const char *const kinds[] = {"ED25519", "RSA"};
    for (int i = 0; i < 2; i++) {
        const char *reference;
        struct smtp_sink *sink = smtp_sink_open(ctx);
        struct settings *settings = settings_for(ctx, sink);
        settings->dkim_key = key_file(ctx, kinds[i]);
        settings->dkim_selector = "spring";
        if (i == 0)
            CHECK(newsletter_try_readers(ctx, 1) == OK);
        CHECK(newsletter_try_issue(ctx, "## News\n\nWords  with spaces, é and\n\n.a dot",
                                   &reference) == OK);
        CHECK(newsletter_try_send(ctx, reference, PARTS) == OK && smtp_sink_count(sink) == 1);
        struct smtp_sunk one = smtp_sink_get(sink, ctx->mem, 0);
        CHECK_TEXT(verdict(ctx, one.data, one.data_bytes),
                   "good spring._domainkey.pledges.example\n");
        char *changed = mem_copy(ctx->mem, one.data, one.data_bytes);
        *strstr(changed, "Words") = 'S';
        CHECK(strncmp(verdict(ctx, changed, one.data_bytes), "bad", 3) == 0);
        unlink(settings->dkim_key);
        CHECK(mail_check_settings(ctx) == ERR_INVALID); /* the key is gone */
        ctx->fault = NULL;
    }
}
