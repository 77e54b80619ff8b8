/* SPDX-License-Identifier: MIT */
/* access_code_test.c - codes that are asked for, mailed and typed, without any page. */
#include "programme/access/access.h"

#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/access/access.sql.h"
#include "programme/access/access_test_help.h"
#include "programme/access/access_web.h"

#define ADA "ada@trust.example"

static const struct access_caller here = {"browser-here", "address-here"};

static const char *asked_code(struct ctx *ctx)
{
    CHECK(access_code_ask(ctx, &here, ADA, "") == OK);
    help_work(ctx);
    const char *code = help_newest_code(ctx);
    CHECK(code != NULL && strlen(code) == ACCESS_CODE_DIGITS);
    return code;
}

static enum access_outcome outcome_of(struct ctx *ctx, const struct access_caller *caller,
                                      const char *typed)
{
    struct access_entry entry;
    CHECK(access_code_type(ctx, caller, typed, &entry) == OK);
    return entry.outcome;
}

TEST(the_code_of_the_mail_signs_in_once)
{
    size_t count;
    struct access_entry entry;
    struct audit_event *events;
    struct person_id id = help_person(ctx, ADA, "national");
    const char *code = asked_code(ctx);
    CHECK(access_code_type(ctx, &here, code, &entry) == OK);
    CHECK(entry.outcome == ACCESS_SIGNED_IN && entry.person.n == id.n);
    CHECK_TEXT(entry.goes_to, "/desk");
    CHECK(ctx->person.n == 0); /* signing in is the session's business */
    CHECK(outcome_of(ctx, &here, code) == ACCESS_CODE_OVER);
    CHECK(audit_about(ctx, id, 10, &events, &count) == OK && count == 4);
    CHECK_TEXT(events[0].what, "access.signed_in");
    CHECK(events[0].actor.n == id.n);
    CHECK_TEXT(events[1].what, "access.code_sent");
    CHECK(events[1].actor.n == 0);
}

TEST(a_code_is_typed_in_many_ways)
{
    help_person(ctx, ADA, "national");
    const char *code = asked_code(ctx);
    const char *spaced = mem_format(ctx->mem, " %.3s-%s ", code, code + 3);
    CHECK(outcome_of(ctx, &here, spaced) == ACCESS_SIGNED_IN);
}

TEST(what_is_no_code_is_no_try)
{
    static const char *const none[] = {"",        "12345",  "1234567", "12345a", "１２３４５６",
                                       "123456'", "-12345", "+123456", "12 34",  "000000000000"};
    struct access_entry entry;
    help_person(ctx, ADA, "national");
    const char *code = asked_code(ctx);
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        CHECK(access_code_type(ctx, &here, none[i], &entry) == ERR_INVALID);
    CHECK(outcome_of(ctx, &here, code) == ACCESS_SIGNED_IN);
}

TEST(a_code_works_only_in_the_browser_that_asked)
{
    static const struct access_caller other = {"browser-there", "address-here"};
    static const struct access_caller none = {"", "address-here"};
    help_person(ctx, ADA, "national");
    const char *code = asked_code(ctx);
    CHECK(outcome_of(ctx, &other, code) == ACCESS_CODE_OVER);
    CHECK(outcome_of(ctx, &none, code) == ACCESS_CODE_OVER);
    CHECK(access_code_ask(ctx, &none, ADA, "") == ERR_FORBIDDEN);
    ctx->fault = NULL;
    /* Asking there as well does not help with the code from here. */
    CHECK(access_code_ask(ctx, &other, ADA, "") == OK);
    CHECK(outcome_of(ctx, &other, code) == ACCESS_CODE_WRONG);
    CHECK(outcome_of(ctx, &here, code) == ACCESS_SIGNED_IN);
}

TEST(a_code_ends_at_its_last_second)
{
    help_person(ctx, ADA, "national");
    const char *code = asked_code(ctx);
    int64_t began = ctx->now_secs;
    ctx->now_secs = began + ACCESS_CODE_SECS;
    CHECK(outcome_of(ctx, &here, code) == ACCESS_CODE_OVER);
    ctx->now_secs = began + ACCESS_CODE_SECS - 1;
    CHECK(outcome_of(ctx, &here, code) == ACCESS_SIGNED_IN);
}

TEST(the_right_code_is_of_no_use_after_five_wrong_ones)
{
    help_person(ctx, ADA, "national");
    const char *code = asked_code(ctx), *wrong = help_other_code(ctx->mem, code);
    for (int i = 1; i < ACCESS_CODE_TRIES; i++)
        CHECK(outcome_of(ctx, &here, wrong) == ACCESS_CODE_WRONG);
    CHECK(outcome_of(ctx, &here, wrong) == ACCESS_CODE_TOO_OFTEN);
    CHECK(outcome_of(ctx, &here, code) == ACCESS_CODE_TOO_OFTEN);
    const char *next = asked_code(ctx);
    CHECK(outcome_of(ctx, &here, next) == ACCESS_SIGNED_IN);
}

TEST(the_fifth_try_may_be_right)
{
    help_person(ctx, ADA, "national");
    const char *code = asked_code(ctx), *wrong = help_other_code(ctx->mem, code);
    for (int i = 1; i < ACCESS_CODE_TRIES; i++)
        CHECK(outcome_of(ctx, &here, wrong) == ACCESS_CODE_WRONG);
    CHECK(outcome_of(ctx, &here, code) == ACCESS_SIGNED_IN);
}

TEST(either_of_two_codes_for_one_address_works_and_ends_both)
{
    help_person(ctx, ADA, "national");
    const char *first = asked_code(ctx), *second = asked_code(ctx);
    CHECK(outcome_of(ctx, &here, first) == ACCESS_SIGNED_IN);
    CHECK(outcome_of(ctx, &here, second) == ACCESS_CODE_OVER);
}

TEST(a_code_for_the_address_before_does_not_count_any_more)
{
    help_person(ctx, ADA, "national");
    const char *code = asked_code(ctx);
    ctx->now_secs++;
    CHECK(access_code_ask(ctx, &here, "bob@trust.example", "") == OK);
    CHECK(outcome_of(ctx, &here, code) == ACCESS_CODE_WRONG);
}

TEST(the_outlook_for_a_known_and_an_unknown_address_is_the_same_at_every_try)
{
    static const struct access_caller there = {"browser-there", "address-there"};
    struct access_entry known, unknown;
    help_person(ctx, ADA, "national");
    const char *wrong = help_other_code(ctx->mem, asked_code(ctx));
    size_t mails = help_mail_count(ctx);
    CHECK(access_code_ask(ctx, &there, "bob@trust.example", "") == OK);
    help_work(ctx);
    CHECK(help_mail_count(ctx) == mails);
    for (int i = 0; i < ACCESS_CODE_TRIES + 2; i++) {
        int64_t before = store_calls(ctx->store);
        CHECK(access_code_type(ctx, &here, wrong, &known) == OK);
        int64_t between = store_calls(ctx->store);
        CHECK(access_code_type(ctx, &there, wrong, &unknown) == OK);
        CHECK(known.outcome == unknown.outcome);
        CHECK(between - before == store_calls(ctx->store) - between);
    }
}

TEST(a_closed_account_gets_no_code_and_uses_none)
{
    help_person(ctx, ADA, "national");
    const char *code = asked_code(ctx);
    CHECK(access_person_close(ctx, ADA) == OK);
    CHECK(outcome_of(ctx, &here, code) == ACCESS_CODE_OVER);
    size_t mails = help_mail_count(ctx);
    CHECK(access_code_ask(ctx, &here, ADA, "") == OK);
    help_work(ctx);
    CHECK(help_mail_count(ctx) == mails);
}

TEST(one_address_gets_so_many_codes_an_hour_and_a_day)
{
    int asked = 0;
    enum status status;
    int64_t began = ctx->now_secs;
    for (; ctx->now_secs < began + ACCESS_CODE_KEPT_SECS; ctx->now_secs += 600) {
        struct access_caller caller = {mem_format(ctx->mem, "browser-%d", asked), "address-x"};
        int64_t in_hour = (ctx->now_secs - began) / 600;
        status = access_code_ask(ctx, &caller, "nobody@trust.example", "");
        CHECK(status == OK || status == ERR_BUSY);
        asked += status == OK;
        ctx->fault = NULL;
        if (in_hour < ACCESS_CODES_AN_HOUR)
            CHECK(status == OK);
    }
    CHECK(asked == ACCESS_CODES_A_DAY);
    ctx->now_secs++;
    CHECK(access_code_ask(ctx, &here, "nobody@trust.example", "") == OK);
}

TEST(one_address_is_refused_within_the_hour)
{
    for (int i = 0; i < ACCESS_CODES_AN_HOUR; i++)
        CHECK(access_code_ask(ctx, &here, ADA, "") == OK);
    CHECK(access_code_ask(ctx, &here, "ADA@trust.example", "") == ERR_BUSY);
    ctx->fault = NULL;
    CHECK(access_code_ask(ctx, &here, "bob@trust.example", "") == OK);
    ctx->now_secs += 3600;
    CHECK(access_code_ask(ctx, &here, ADA, "") == OK);
}

TEST(one_caller_cannot_guess_at_many_addresses)
{
    int wrong = 0;
    bool is_stopped = false;
    for (int i = 0; i < 30 && !is_stopped; i++) {
        struct access_caller caller = {mem_format(ctx->mem, "browser-%d", i), "address-x"};
        const char *email = mem_format(ctx->mem, "p%d@trust.example", i);
        is_stopped = access_code_ask(ctx, &caller, email, "") == ERR_BUSY;
        ctx->fault = NULL;
        for (int n = 0; n < ACCESS_CODE_TRIES && !is_stopped; n++)
            wrong += outcome_of(ctx, &caller, "123456") != ACCESS_WAIT;
    }
    CHECK(is_stopped && wrong == ACCESS_CALLER_WRONG_AN_HOUR);
    struct access_caller caller = {"browser-0", "address-x"};
    CHECK(outcome_of(ctx, &caller, "123456") == ACCESS_WAIT);
    CHECK(access_code_ask(ctx, &here, ADA, "") == OK);
    ctx->now_secs += 3600;
    CHECK(access_code_ask(ctx, &caller, ADA, "") == OK);
}

TEST(one_caller_cannot_ask_without_end)
{
    enum status status = OK;
    int asked = 0;
    for (; asked < 1000 && status == OK; asked++)
        status = access_code_ask(ctx, &here, mem_format(ctx->mem, "p%d@x.example", asked), "");
    CHECK(status == ERR_BUSY && asked == ACCESS_CALLER_ASKS_AN_HOUR + 1);
}

TEST(codes_are_kept_for_a_day_and_as_hashes)
{
    struct access_code_rows_row *rows;
    size_t count;
    bool has_more;
    help_person(ctx, ADA, "national");
    const char *code = asked_code(ctx);
    CHECK(access_code_rows(ctx, here.browser, 10, &rows, &count) == OK && count == 1);
    CHECK(rows[0].code_hash != NULL && strlen(rows[0].code_hash) == 64);
    CHECK(strstr(rows[0].code_hash, code) == NULL || strlen(code) < 6);
    ctx->now_secs += ACCESS_CODE_KEPT_SECS + 7200;
    CHECK(privacy_retain(ctx, true, &has_more) == OK && !has_more);
    CHECK(access_code_rows(ctx, here.browser, 10, &rows, &count) == OK && count == 0);
}

TEST(a_job_that_comes_too_late_or_twice_mails_nothing)
{
    help_person(ctx, ADA, "national");
    CHECK(access_code_ask(ctx, &here, ADA, "") == OK);
    ctx->now_secs += ACCESS_CODE_SECS;
    help_work(ctx);
    CHECK(help_mail_count(ctx) == 0);
    asked_code(ctx);
    struct access_code_rows_row *rows;
    size_t count;
    CHECK(access_code_rows(ctx, here.browser, 10, &rows, &count) == OK && count == 2);
    CHECK(job_put(ctx, "access.send_code", mem_format(ctx->mem, "%lld", (long long)rows[0].id), "",
                  0) == OK);
    help_work(ctx);
    CHECK(help_mail_count(ctx) == 1);
}

TEST(a_failed_asking_leaves_neither_a_code_nor_a_mail)
{
    help_person(ctx, ADA, "national");
    for (int nth = 1;; nth++) {
        size_t count;
        struct access_code_rows_row *rows;
        store_fail_on_call(ctx->store, nth);
        enum status status = access_code_ask(ctx, &here, ADA, "/desk");
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK) {
            CHECK(nth == 7); /* begin, two counts, code, job, commit */
            return;
        }
        CHECK(status == ERR_FAULT);
        help_work(ctx);
        CHECK(help_mail_count(ctx) == 0);
        CHECK(access_code_rows(ctx, here.browser, 10, &rows, &count) == OK && count == 0);
    }
}

TEST(a_failed_typing_leaves_the_code_as_it_was)
{
    help_person(ctx, ADA, "national");
    const char *code = asked_code(ctx);
    for (int nth = 1;; nth++) {
        struct access_entry entry;
        store_fail_on_call(ctx->store, nth);
        enum status status = access_code_type(ctx, &here, code, &entry);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK) {
            CHECK(nth > 6 && entry.outcome == ACCESS_SIGNED_IN);
            return;
        }
        CHECK(status == ERR_FAULT);
    }
}

TEST(only_paths_of_this_service_are_gone_to)
{
    static const char *const ours[] = {"/", "/desk", "/desk/pledges/PL-7K3M-9Q2P?x=%2F#a",
                                       "/sign-info", "/signed-out"};
    static const char *const others[] = {"",
                                         "desk",
                                         "//evil.example",
                                         "/\\evil.example",
                                         "\\\\evil.example",
                                         "/\t/evil",
                                         "/\n/evil",
                                         "/a\r\nX: y",
                                         "/ /evil.example",
                                         "https://evil.example",
                                         "javascript:alert(1)",
                                         "/caf\xC3\xA9",
                                         "/\x7f",
                                         " /desk",
                                         "/sign-in",
                                         "/sign-out",
                                         "/sign-in?next=/sign-in",
                                         "/sign-in/code",
                                         "/sign-out#x"};
    char long_path[ACCESS_PATH_BYTES_MAX + 2];
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        CHECK(access_path_is_ours(ours[i]));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (access_path_is_ours(others[i]))
            fail_msg("\"%s\" is taken for ours", others[i]);
    memset(long_path, '/', 1);
    memset(long_path + 1, 'a', sizeof long_path - 2);
    long_path[sizeof long_path - 1] = '\0';
    CHECK(!access_path_is_ours(long_path));
    long_path[ACCESS_PATH_BYTES_MAX] = '\0';
    CHECK(access_path_is_ours(long_path));
}
