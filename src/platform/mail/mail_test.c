/* SPDX-License-Identifier: MIT */
/* mail_test.c - what the outbox promises to those who put messages in it. */
#include "platform/mail/mail_test.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/mail/mail.sql.h"
#include "platform/store/store.h"

#include <string.h>

static const struct job_kind *const tables[] = {mail_job_kinds, NULL};

void mail_test_settings(struct ctx *ctx, const char *smtp)
{
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = settings_built_in(ctx->mem);
    settings->smtp = mem_text(ctx->mem, smtp);
    settings->base_url = "https://onward.example";
    settings->mail_from = "no-reply@onward.example";
    ctx->settings = settings;
}

static const struct mail_part plain_parts[] = {MAIL_TEXT("Please confirm."),
                                               MAIL_BUTTON("Confirm", "/confirm/s3cr3t"), MAIL_END};

static struct mail plain(const char *key)
{
    return (struct mail){.kind = "test_confirm",
                         .key = key,
                         .about = "PL-1",
                         .to_address = "ana@trust.example",
                         .to_name = "Ana",
                         .subject = "Confirm your pledge",
                         .parts = plain_parts};
}

enum status mail_test_put(struct ctx *ctx, const char *key)
{
    struct mail mail = plain(key);
    return mail_put(ctx, &mail);
}

static size_t listed(struct ctx *ctx, const char *state, const char *kind, const char *about,
                     struct mail_outbox_row **rows)
{
    size_t count;
    struct store_choice choice = {.sort = 1, .at_most = 1000};
    CHECK(mail_outbox(ctx, state, kind, about, &choice, rows, &count) == OK);
    return count;
}

struct mail_kept mail_test_nth(struct ctx *ctx, int n)
{
    struct mail_outbox_row *rows;
    struct mail_kept mail;
    CHECK(listed(ctx, NULL, NULL, NULL, &rows) > (size_t)n);
    CHECK(mail_find(ctx, rows[n].id, &mail) == OK);
    return mail;
}

int mail_test_count(struct ctx *ctx, const char *state)
{
    struct mail_outbox_row *rows;
    return (int)listed(ctx, state, NULL, NULL, &rows);
}

void mail_test_work(struct ctx *ctx)
{
    bool did = true;
    while (did)
        CHECK(job_work_once(ctx, tables, &did) == OK);
}

static int64_t waiting_jobs(struct ctx *ctx)
{
    struct job_counts counts;
    CHECK(job_count(ctx, &counts) == OK);
    return counts.waiting_count;
}

/* ---- putting ---- */

TEST(a_mail_is_kept_with_what_it_says_until_it_ends)
{
    struct mail_shown shown;
    mail_test_settings(ctx, "");
    CHECK(mail_test_put(ctx, "k1") == OK);
    struct mail_kept mail = mail_test_nth(ctx, 0);
    CHECK_TEXT(mail.kind, "test_confirm");
    CHECK_TEXT(mail.about, "PL-1");
    CHECK_TEXT(mail.state, "waiting");
    CHECK_TEXT(mail.to_address, "ana@trust.example");
    CHECK_TEXT(mail.to_name, "Ana");
    CHECK_TEXT(mail.subject, "Confirm your pledge");
    CHECK_TEXT(mail.parts[1].href, "https://onward.example/confirm/s3cr3t");
    CHECK(mail.created_at == TEST_NOW_SECS && mail.sent_at == 0 && mail.attempts == 0);
    CHECK(text_ends(mail.message_id, "@onward.example"));
    CHECK(mail_show(ctx, &mail, &shown) == OK);
    CHECK(strstr(shown.text, "https://onward.example/confirm/s3cr3t\n"));
    CHECK(strstr(shown.html, "href=\"https://onward.example/confirm/s3cr3t\""));
    CHECK(mail_find(ctx, mail.id + 1, &mail) == ERR_NOT_FOUND);
}

TEST(a_repeated_cause_makes_one_mail)
{
    mail_test_settings(ctx, "smtp://127.0.0.1:1");
    CHECK(mail_test_put(ctx, "k1") == OK);
    struct mail other = plain("k1");
    other.subject = "Another subject";
    CHECK(mail_put(ctx, &other) == OK);
    CHECK(mail_test_count(ctx, NULL) == 1);
    CHECK(waiting_jobs(ctx) == 1);
    CHECK_TEXT(mail_test_nth(ctx, 0).subject, "Confirm your pledge");
    CHECK(mail_test_put(ctx, "k2") == OK);
    CHECK(mail_test_count(ctx, NULL) == 2);
    CHECK(strcmp(mail_test_nth(ctx, 0).message_id, mail_test_nth(ctx, 1).message_id) != 0);
}

TEST(without_a_mail_server_a_mail_waits_without_a_job)
{
    mail_test_settings(ctx, "");
    CHECK(!mail_is_sent(ctx));
    CHECK(mail_test_put(ctx, "k1") == OK);
    CHECK(waiting_jobs(ctx) == 0);
    mail_test_work(ctx);
    ctx->now_secs += 86400;
    mail_test_work(ctx);
    CHECK_TEXT(mail_test_nth(ctx, 0).state, "waiting");
    CHECK(mail_test_nth(ctx, 0).attempts == 0);
}

static enum status put_and_fail(struct ctx *ctx, void *arg)
{
    (void)arg;
    TRY(mail_test_put(ctx, "k1"));
    return ctx_fail(ctx, ERR_CONFLICT, "the cause did not happen");
}

TEST(a_mail_whose_cause_did_not_happen_does_not_exist)
{
    mail_test_settings(ctx, "smtp://127.0.0.1:1");
    CHECK(store_transact(ctx, "test", put_and_fail, NULL) == ERR_CONFLICT);
    ctx->fault = NULL;
    CHECK(mail_test_count(ctx, NULL) == 0);
    CHECK(waiting_jobs(ctx) == 0);
}

TEST(a_mail_and_its_job_are_put_both_or_neither)
{
    mail_test_settings(ctx, "smtp://127.0.0.1:1");
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = mail_test_put(ctx, "k1");
        store_fail_on_call(ctx->store, 0);
        if (status == OK) {
            CHECK(nth == 5); /* begin, two queries, commit */
            break;
        }
        CHECK(status == ERR_FAULT);
        ctx->fault = NULL;
        CHECK(mail_test_count(ctx, NULL) == 0 && waiting_jobs(ctx) == 0);
    }
    CHECK(mail_test_count(ctx, NULL) == 1 && waiting_jobs(ctx) == 1);
}

TEST(line_breaks_in_subject_and_name_become_spaces)
{
    struct mail mail = plain("k1");
    mail_test_settings(ctx, "");
    mail.subject = "One\r\nBcc: evil@evil.example";
    mail.to_name = "Ana\nTwo\tThree";
    CHECK(mail_put(ctx, &mail) == OK);
    CHECK_TEXT(mail_test_nth(ctx, 0).subject, "One Bcc: evil@evil.example");
    CHECK_TEXT(mail_test_nth(ctx, 0).to_name, "Ana Two Three");
}

TEST(a_subject_or_name_that_is_too_long_is_cut)
{
    struct mail mail = plain("k1");
    char *long_text = mem_bytes(ctx->mem, 5001);
    memset(long_text, 'a', 5000);
    mail_test_settings(ctx, "");
    mail.subject = long_text;
    mail.to_name = long_text;
    CHECK(mail_put(ctx, &mail) == OK);
    CHECK(text_length_chars(mail_test_nth(ctx, 0).subject) <= MAIL_SUBJECT_CHARS_MAX);
    CHECK(text_length_chars(mail_test_nth(ctx, 0).to_name) <= MAIL_NAME_CHARS_MAX);
}

TEST(a_mail_that_cannot_be_is_refused_and_leaves_nothing)
{
    char *long_text = mem_bytes(ctx->mem, 501);
    memset(long_text, 'a', 500);
    mail_test_settings(ctx, "smtp://127.0.0.1:1");
    struct mail bad[20];
    size_t n = 0;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        bad[i] = plain("k1");
    bad[n++].to_address = NULL;
    bad[n++].to_address = "";
    bad[n++].to_address = "ana";
    bad[n++].to_address = "ana@trust.example\r\nRCPT TO:<evil@evil.example>";
    bad[n++].to_address = "ana@trust.example, evil@evil.example";
    bad[n++].to_address = "<ana@trust.example>";
    bad[n++].to_address = "\"ana\"@trust.example";
    bad[n++].subject = NULL;
    bad[n++].subject = "";
    bad[n++].subject = " \n ";
    bad[n++].subject = "a\xff";
    bad[n++].subject = "a\x01";
    bad[n++].to_name = "a\xff";
    bad[n++].kind = NULL;
    bad[n++].kind = "";
    bad[n++].key = NULL;
    bad[n++].key = long_text;
    bad[n++].about = long_text;
    bad[n++].parts = NULL;
    bad[n++].expires_at = TEST_NOW_SECS;
    CHECK(n == sizeof bad / sizeof bad[0]);
    for (size_t i = 0; i < n; i++) {
        ctx->fault = NULL;
        CHECK(mail_put(ctx, &bad[i]) == ERR_INVALID);
        CHECK(strstr(ctx->fault, "ana") == NULL && strstr(ctx->fault, "evil") == NULL);
    }
    ctx->fault = NULL;
    CHECK(mail_test_count(ctx, NULL) == 0 && waiting_jobs(ctx) == 0);
}

/* ---- ending without being sent ---- */

TEST(a_cancelled_mail_says_nothing_any_more)
{
    struct mail_shown shown;
    mail_test_settings(ctx, "");
    CHECK(mail_test_put(ctx, "k1") == OK);
    CHECK(mail_cancel(ctx, "k1") == OK);
    CHECK(mail_cancel(ctx, "k1") == OK);
    CHECK(mail_cancel(ctx, "never put") == OK);
    struct mail_kept mail = mail_test_nth(ctx, 0);
    CHECK_TEXT(mail.state, "cancelled");
    CHECK(mail.parts == NULL && mail.cancelled_at == ctx->now_secs);
    CHECK(mail_show(ctx, &mail, &shown) == ERR_CONFLICT);
}

TEST(a_mail_that_is_too_late_is_cancelled_by_itself)
{
    struct mail code = plain("k1");
    mail_test_settings(ctx, "");
    code.expires_at = ctx->now_secs + 600;
    CHECK(mail_put(ctx, &code) == OK);
    CHECK(mail_test_put(ctx, "k2") == OK);
    mail_test_work(ctx);
    CHECK(mail_test_count(ctx, "waiting") == 2);
    ctx->now_secs += 3600;
    mail_test_work(ctx);
    CHECK_TEXT(mail_test_nth(ctx, 0).state, "cancelled");
    CHECK_TEXT(mail_test_nth(ctx, 0).reason, "too late to be of use");
    CHECK_TEXT(mail_test_nth(ctx, 1).state, "waiting");
    ctx->now_secs += MAIL_WAITS_SECS + 3600;
    mail_test_work(ctx);
    CHECK_TEXT(mail_test_nth(ctx, 1).state, "cancelled");
}

TEST(whom_a_mail_went_to_is_forgotten_and_its_cause_is_not)
{
    mail_test_settings(ctx, "");
    CHECK(mail_test_put(ctx, "k1") == OK);
    CHECK(mail_cancel(ctx, "k1") == OK);
    ctx->now_secs += MAIL_KEPT_SECS;
    mail_test_work(ctx);
    CHECK_TEXT(mail_test_nth(ctx, 0).to_address, "ana@trust.example");
    ctx->now_secs += 3600;
    mail_test_work(ctx);
    struct mail_kept mail = mail_test_nth(ctx, 0);
    CHECK(mail.to_address == NULL && mail.to_name == NULL && mail.subject == NULL);
    CHECK_TEXT(mail.kind, "test_confirm");
    CHECK_TEXT(mail.about, "PL-1");
    CHECK(mail.created_at == TEST_NOW_SECS);
    CHECK(mail_test_put(ctx, "k1") == OK);
    CHECK(mail_test_count(ctx, NULL) == 1);
}

/* ---- looking ---- */

TEST(the_outbox_can_be_listed_by_state_kind_and_thing)
{
    struct mail_outbox_row *rows;
    struct mail other = plain("k3");
    mail_test_settings(ctx, "");
    other.kind = "test_thanks";
    other.about = "PL-2";
    CHECK(mail_test_put(ctx, "k1") == OK);
    CHECK(mail_test_put(ctx, "k2") == OK);
    CHECK(mail_put(ctx, &other) == OK);
    CHECK(mail_cancel(ctx, "k2") == OK);
    CHECK(listed(ctx, NULL, NULL, NULL, &rows) == 3);
    CHECK(rows[0].id < rows[1].id && rows[1].id < rows[2].id);
    CHECK(listed(ctx, "waiting", NULL, NULL, &rows) == 2);
    CHECK(listed(ctx, "cancelled", NULL, NULL, &rows) == 1);
    CHECK_TEXT(rows[0].state, "cancelled");
    CHECK(listed(ctx, NULL, "test_thanks", NULL, &rows) == 1);
    CHECK(listed(ctx, "waiting", NULL, "PL-1", &rows) == 1);
    CHECK(listed(ctx, "sent", NULL, NULL, &rows) == 0);
}

TEST(what_waits_in_the_outbox_is_counted_with_its_age)
{
    struct mail_counts counts;
    mail_test_settings(ctx, "");
    CHECK(mail_count(ctx, &counts) == OK);
    CHECK(counts.waiting_count == 0 && counts.waiting_secs == 0 && counts.failed_count == 0);
    CHECK(mail_test_put(ctx, "k1") == OK);
    ctx->now_secs += 90;
    CHECK(mail_test_put(ctx, "k2") == OK);
    CHECK(mail_count(ctx, &counts) == OK);
    CHECK(counts.waiting_count == 2 && counts.waiting_secs == 90);
}

TEST(settings_that_cannot_send_mail_are_told_at_the_start)
{
    mail_test_settings(ctx, "");
    CHECK(mail_check_settings(ctx) == OK);
    mail_test_settings(ctx, "smtps://u:hunter2@mail.example");
    CHECK(mail_check_settings(ctx) == OK);
    mail_test_settings(ctx, "smtp://u:hunter2@mail.example/x");
    CHECK(mail_check_settings(ctx) == ERR_INVALID);
    CHECK(strstr(ctx->fault, "hunter2") == NULL);
}
