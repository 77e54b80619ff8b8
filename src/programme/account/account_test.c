/* SPDX-License-Identifier: MIT */
/* account_test.c - what the ways in promise, without pages. */
#include "programme/account/account.h"

#include "platform/base/password.h"
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/account/account.sql.h"
#include "programme/account/account_test_help.h"

#define ADA "ada@trust.example"
#define BOB "bob@trust.example"
#define GOOD "plaid umbrella teaspoon"

static const struct access_caller caller = {.browser = "browser", .address = "address"};

static struct person_id ada(struct ctx *ctx)
{
    struct person_id id = help_person(ctx, ADA, "national");
    ctx->person = id;
    return id;
}

/* ---- passwords: which are good ---- */

TEST(passwords_that_guessers_try_first_are_refused_however_they_are_dressed_up)
{
    static const char *const common[] = {
        "password",          "PassWord",           "passwordpassword",  "Password2026!!!!",
        "P@ssw0rd P@ssw0rd", "iloveyou12345678",   "!!!!dragon!!!!!!!", "123456789012345",
        "aaaaaaaaaaaaaaaa",  "abcabcabcabcabcabc", "qwertyuiop123456",  "987654321098765",
        "abcdefghijklmnop",  "m0nk3ym0nk3ym0nk3y"};
    static const char *const good[] = {GOOD, "correct horse battery", "Tr3u0x-Vq9-ppLw-27",
                                       "zwölf Boxkämpfer jagen", "the nurse drank tea at 4"};
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        if (!account_is_common(ctx->mem, common[i]))
            fail_msg("%s was taken", common[i]);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (account_is_common(ctx->mem, good[i]))
            fail_msg("%s was refused", good[i]);
}

TEST(a_password_is_long_and_not_ones_own_name_or_address)
{
    struct access_person person = {.name = "Ada Lovelace", .email = ADA};
    CHECK(account_password_problem(ctx, &person, GOOD) == NULL);
    CHECK(strstr(account_password_problem(ctx, &person, "14 characters."), "15") != NULL);
    CHECK(account_password_problem(ctx, &person, "15 characters..") == NULL);
    CHECK(strstr(account_password_problem(ctx, &person, "LovelaceLovelace1"), "name") != NULL);
    CHECK(strstr(account_password_problem(ctx, &person, "ada@trust.example 7"), "name") != NULL);
    CHECK(strstr(account_password_problem(ctx, &person, "onward onward 2026"), "name") != NULL);
    CHECK(account_password_problem(ctx, &person, "Lovelace drinks cold coffee") == NULL);
    CHECK(strstr(account_password_problem(ctx, &person, "passwordpassword"), "Many") != NULL);
}

/* ---- passwords: signing in ---- */

static enum account_outcome sign_in(struct ctx *ctx, const char *email, const char *password)
{
    struct account_result result;
    CHECK(account_password_sign_in(ctx, &caller, email, password, &result) == OK);
    CHECK((result.outcome == ACCOUNT_RIGHT) == (result.person.n != 0));
    CHECK((result.outcome == ACCOUNT_WAIT) == (result.wait_secs > 0));
    return result.outcome;
}

TEST(a_password_signs_in_and_another_does_not)
{
    struct person_id id = ada(ctx);
    CHECK(sign_in(ctx, ADA, GOOD) == ACCOUNT_WRONG);
    CHECK(account_password_set(ctx, GOOD) == OK);
    CHECK(sign_in(ctx, "ADA@trust.example", GOOD) == ACCOUNT_RIGHT);
    CHECK(sign_in(ctx, ADA, "plaid umbrella teaspoons") == ACCOUNT_WRONG);
    CHECK(account_password_set(ctx, "another three words") == OK);
    CHECK(sign_in(ctx, ADA, GOOD) == ACCOUNT_WRONG);
    CHECK(sign_in(ctx, ADA, "another three words") == ACCOUNT_RIGHT);
    CHECK(account_password_remove(ctx) == OK && account_password_remove(ctx) == OK);
    CHECK(sign_in(ctx, ADA, "another three words") == ACCOUNT_WRONG);
    CHECK(help_events(ctx, id, "account.password_set") == 2);
    CHECK(help_events(ctx, id, "account.password_removed") == 1);
    CHECK(help_events(ctx, id, "access.signed_in") == 2);
}

TEST(the_right_password_of_a_closed_account_is_wrong)
{
    ada(ctx);
    CHECK(account_password_set(ctx, GOOD) == OK);
    CHECK(access_person_end_role(ctx, ADA, "national", NULL) == OK);
    CHECK(sign_in(ctx, ADA, GOOD) == ACCOUNT_RIGHT);
    int64_t changes;
    struct access_person person;
    CHECK(access_person_find(ctx, ADA, &person) == OK);
    CHECK(account_password_drop(ctx, person.id.n, &changes) == OK);
    CHECK(sign_in(ctx, ADA, GOOD) == ACCOUNT_WRONG);
}

/* As many calls and as much work for an address that nobody has, one without a password, and one
 * whose password is another. */
TEST(neither_calls_nor_work_tell_whether_an_address_is_known)
{
    static const char *const emails[] = {ADA, "bea@trust.example", BOB};
    int64_t calls[3][2], work[3];
    help_person(ctx, "bea@trust.example", "national");
    ada(ctx);
    CHECK(account_password_set(ctx, GOOD) == OK);
    ctx->person = (struct person_id){0};
    CHECK(sign_in(ctx, "warm@up.example", "wrong password 1") == ACCOUNT_WRONG);
    for (int i = 0; i < 3; i++) {
        int64_t before = store_calls(ctx->store), worked = password_work_count();
        CHECK(sign_in(ctx, emails[i], "wrong password 1") == ACCOUNT_WRONG);
        calls[i][0] = store_calls(ctx->store) - before;
        work[i] = password_work_count() - worked;
        for (int n = 1; n < ACCOUNT_FREE_TRIES; n++)
            CHECK(sign_in(ctx, emails[i], "wrong password 1") == ACCOUNT_WRONG);
        before = store_calls(ctx->store);
        CHECK(sign_in(ctx, emails[i], "wrong password 1") == ACCOUNT_WAIT);
        calls[i][1] = store_calls(ctx->store) - before;
    }
    CHECK(work[0] == 1 && work[1] == 1 && work[2] == 1);
    CHECK(calls[0][0] == calls[1][0] && calls[0][0] == calls[2][0] && calls[0][0] > 0);
    CHECK(calls[0][1] == calls[1][1] && calls[0][1] == calls[2][1] && calls[0][1] > 0);
}

/* ---- growing delays ---- */

TEST(each_wrong_try_after_the_free_ones_waits_twice_as_long)
{
    ada(ctx);
    CHECK(account_password_set(ctx, GOOD) == OK);
    for (int n = 0; n < ACCOUNT_FREE_TRIES; n++)
        CHECK(sign_in(ctx, ADA, "wrong password 1") == ACCOUNT_WRONG);
    int64_t wait = ACCOUNT_FIRST_WAIT_SECS;
    for (int n = 0; n < 9; n++) {
        struct account_result result;
        CHECK(account_password_sign_in(ctx, &caller, ADA, GOOD, &result) == OK);
        CHECK(result.outcome == ACCOUNT_WAIT && result.wait_secs == wait);
        ctx->now_secs += wait - 1;
        CHECK(sign_in(ctx, ADA, GOOD) == ACCOUNT_WAIT);
        ctx->now_secs += 1;
        CHECK(sign_in(ctx, ADA, "wrong password 1") == ACCOUNT_WRONG);
        wait = wait * 2 < ACCOUNT_LONGEST_WAIT_SECS ? wait * 2 : ACCOUNT_LONGEST_WAIT_SECS;
    }
    CHECK(wait == ACCOUNT_LONGEST_WAIT_SECS);
    ctx->now_secs += wait;
    CHECK(sign_in(ctx, ADA, GOOD) == ACCOUNT_RIGHT); /* and then all is forgotten */
    for (int n = 0; n < ACCOUNT_FREE_TRIES; n++)
        CHECK(sign_in(ctx, ADA, "wrong password 1") == ACCOUNT_WRONG);
}

TEST(one_caller_at_many_addresses_must_wait_as_well)
{
    for (int i = 0; i < ACCOUNT_CALLER_FREE_TRIES; i++)
        CHECK(sign_in(ctx, mem_format(ctx->mem, "p%d@trust.example", i), "x") == ACCOUNT_WRONG);
    CHECK(sign_in(ctx, "new@trust.example", "x") == ACCOUNT_WAIT);
    struct account_result result;
    const struct access_caller other = {.browser = "browser", .address = "elsewhere"};
    CHECK(account_password_sign_in(ctx, &other, "new@trust.example", "x", &result) == OK);
    CHECK(result.outcome == ACCOUNT_WRONG);
    ctx->now_secs += ACCOUNT_TRIES_KEPT_SECS + 1;
    account_work(ctx);
    CHECK(sign_in(ctx, "new@trust.example", "x") == ACCOUNT_WRONG);
}

/* ---- the phone ---- */

static enum account_outcome check(struct ctx *ctx, const char *typed)
{
    struct account_result result;
    CHECK(account_phone_check(ctx, &caller, typed, &result) == OK);
    return result.outcome;
}

/* RFC 6238, appendix B: the secret of SHA-1, and what it shows (the last six of eight digits). */
TEST(a_phone_shows_what_the_standard_says)
{
    static const struct {
        int64_t at;
        const char *code;
    } all[] = {{59, "287082"},
               {1111111109, "081804"},
               {1111111111, "050471"},
               {1234567890, "005924"},
               {2000000000, "279037"}};
    int64_t changes;
    struct person_id id = ada(ctx);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        CHECK(account_phone_put(ctx, id.n, text_hex(ctx->mem, "12345678901234567890", 20), 0, 0,
                                &changes) == OK);
        ctx->now_secs = all[i].at;
        CHECK(check(ctx, all[i].code) == ACCOUNT_RIGHT);
    }
}

TEST(a_code_works_once_and_half_a_minute_early_or_late)
{
    struct person_id id = ada(ctx);
    CHECK(check(ctx, "123456") == ACCOUNT_OVER);
    help_phone(ctx, id);
    const char *code = help_phone_code(ctx, id);
    CHECK(check(ctx, help_other_code(ctx->mem, code)) == ACCOUNT_WRONG);
    CHECK(check(ctx, "12345") == ACCOUNT_WRONG && check(ctx, "abcdef") == ACCOUNT_WRONG);
    CHECK(check(ctx, mem_format(ctx->mem, " %.3s %s", code, code + 3)) == ACCOUNT_RIGHT);
    CHECK(check(ctx, code) == ACCOUNT_WRONG);
    ctx->now_secs += 60;
    code = help_phone_code(ctx, id);
    ctx->now_secs += 60;
    CHECK(check(ctx, code) == ACCOUNT_WRONG); /* two steps late */
    code = help_phone_code(ctx, id);
    ctx->now_secs += 30;
    CHECK(check(ctx, code) == ACCOUNT_RIGHT);
    ctx->now_secs += 90;
    code = help_phone_code(ctx, id);
    ctx->now_secs -= 30;
    CHECK(check(ctx, code) == ACCOUNT_RIGHT);
    ctx->now_secs += 30;
    CHECK(check(ctx, code) == ACCOUNT_WRONG);
    CHECK(help_events(ctx, id, "account.second_step") == 3);
}

TEST(in_a_demonstration_the_next_code_can_be_typed_at_once)
{
    struct person_id id = ada(ctx);
    help_phone(ctx, id);
    help_demonstration(ctx, true);
    for (int n = 0; n < 5; n++)
        CHECK(check(ctx, help_phone_code(ctx, id)) == ACCOUNT_RIGHT);
    help_demonstration(ctx, false);
    CHECK(check(ctx, help_phone_code(ctx, id)) == ACCOUNT_WRONG); /* it is steps ahead */
}

TEST(codes_of_a_phone_cannot_be_guessed_in_a_row)
{
    struct person_id id = ada(ctx);
    help_phone(ctx, id);
    const char *wrong = help_other_code(ctx->mem, help_phone_code(ctx, id));
    for (int n = 0; n < ACCOUNT_FREE_TRIES; n++)
        CHECK(check(ctx, wrong) == ACCOUNT_WRONG);
    CHECK(check(ctx, help_phone_code(ctx, id)) == ACCOUNT_WAIT);
    ctx->now_secs += ACCOUNT_FIRST_WAIT_SECS;
    CHECK(check(ctx, help_phone_code(ctx, id)) == ACCOUNT_RIGHT);
}

static const char *code_of_offer(struct ctx *ctx, const struct account_offer *offer)
{
    const char *code;
    const struct settings *usual = ctx->settings;
    struct settings shown = *usual;
    shown.demonstration = true;
    ctx->settings = &shown;
    CHECK(account_offer_now(ctx, offer, &code) == OK);
    ctx->settings = usual;
    return code;
}

static const char **add_phone(struct ctx *ctx)
{
    const char **codes;
    struct account_offer offer;
    struct account_result result;
    CHECK(account_phone_offer(ctx, 7, ctx->now_secs, &offer) == OK);
    CHECK(account_phone_add(ctx, &offer, code_of_offer(ctx, &offer), &result, &codes) == OK);
    CHECK(result.outcome == ACCOUNT_RIGHT);
    return codes;
}

TEST(an_offer_is_the_same_for_a_session_and_another_for_others)
{
    struct account_offer one, same, other;
    struct person_id id = ada(ctx);
    CHECK(account_phone_offer(ctx, 7, 100, &one) == OK);
    CHECK(account_phone_offer(ctx, 7, 100, &same) == OK);
    CHECK_TEXT(same.secret, one.secret);
    CHECK(strlen(one.secret) == 40 && strlen(one.typed) == 32 + 7);
    CHECK(text_begins(one.uri, "otpauth://totp/Onward:ada%40trust.example?secret="));
    CHECK(account_phone_offer(ctx, 8, 100, &other) == OK && strcmp(other.secret, one.secret) != 0);
    CHECK(account_phone_offer(ctx, 7, 101, &other) == OK && strcmp(other.secret, one.secret) != 0);
    ctx->person = help_person(ctx, BOB, "national");
    CHECK(account_phone_offer(ctx, 7, 100, &other) == OK && strcmp(other.secret, one.secret) != 0);
    const char *code;
    CHECK(account_offer_now(ctx, &one, &code) == ERR_FORBIDDEN);
    ctx->fault = NULL;
    help_phone(ctx, id);
    ctx->person = id;
    CHECK(account_phone_now(ctx, &code) == ERR_FORBIDDEN);
}

TEST(a_phone_is_added_by_a_code_that_it_shows)
{
    const char **codes;
    struct account_ways ways;
    struct account_offer offer;
    struct account_result result;
    struct person_id id = ada(ctx);
    CHECK(account_phone_offer(ctx, 7, ctx->now_secs, &offer) == OK);
    const char *code = code_of_offer(ctx, &offer), *wrong = help_other_code(ctx->mem, code);
    CHECK(account_phone_add(ctx, &offer, wrong, &result, &codes) == OK);
    CHECK(result.outcome == ACCOUNT_WRONG);
    CHECK(account_ways_of(ctx, id, &ways) == OK && !ways.has_phone && ways.recovery_count == 0);
    CHECK(account_phone_add(ctx, &offer, code, &result, &codes) == OK);
    CHECK(result.outcome == ACCOUNT_RIGHT);
    CHECK(account_ways_of(ctx, id, &ways) == OK && ways.has_phone);
    CHECK(ways.recovery_count == ACCOUNT_RECOVERY_CODES && ways.recovery_at == ctx->now_secs);
    CHECK(check(ctx, code) == ACCOUNT_WRONG); /* it was used for adding */
    CHECK(help_events(ctx, id, "account.phone_added") == 1 && help_mail_count(ctx) == 1);
    CHECK(account_phone_remove(ctx) == OK && account_phone_remove(ctx) == OK);
    CHECK(account_ways_of(ctx, id, &ways) == OK && !ways.has_phone && ways.recovery_count == 0);
    CHECK(help_events(ctx, id, "account.phone_removed") == 1);
}

/* ---- recovery codes ---- */

static enum account_outcome recover(struct ctx *ctx, const char *typed)
{
    struct account_result result;
    CHECK(account_recovery_type(ctx, &caller, typed, &result) == OK);
    return result.outcome;
}

TEST(a_recovery_code_works_once_for_its_person_alone)
{
    const char **fresh;
    struct account_ways ways;
    struct person_id id = ada(ctx);
    const char **codes = add_phone(ctx);
    CHECK(strlen(codes[0]) == 11 && strcmp(codes[0], codes[1]) != 0);
    CHECK(recover(ctx, "00000-00000") == ACCOUNT_WRONG && recover(ctx, "x") == ACCOUNT_WRONG);
    ctx->person = help_person(ctx, BOB, "national");
    CHECK(recover(ctx, codes[0]) == ACCOUNT_WRONG);
    ctx->person = id;
    char *small = mem_text(ctx->mem, codes[0]);
    for (char *c = small; *c != '\0'; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
    CHECK(recover(ctx, small) == ACCOUNT_RIGHT);
    CHECK(recover(ctx, codes[0]) == ACCOUNT_WRONG);
    CHECK(account_ways_of(ctx, id, &ways) == OK);
    CHECK(ways.recovery_count == ACCOUNT_RECOVERY_CODES - 1);
    CHECK(account_recovery_make(ctx, &fresh) == OK);
    CHECK(recover(ctx, codes[1]) == ACCOUNT_WRONG);
    CHECK(recover(ctx, fresh[1]) == ACCOUNT_RIGHT);
    CHECK(help_events(ctx, id, "account.recovery_used") == 2);
    CHECK(account_phone_remove(ctx) == OK);
    CHECK(account_recovery_make(ctx, &fresh) == ERR_NOT_FOUND);
}

/* ---- a lost phone ---- */

TEST(a_lost_phone_stops_counting_after_three_days)
{
    int64_t due_at, again;
    struct account_ways ways;
    struct person_id id = ada(ctx);
    help_person(ctx, BOB, "national");
    help_person(ctx, "far@trust.example", "analyst");
    CHECK(account_loss_ask(ctx, &due_at) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    add_phone(ctx);
    CHECK(account_loss_ask(ctx, &due_at) == OK);
    CHECK(due_at == ctx->now_secs + ACCOUNT_LOSS_SECS);
    size_t mails = help_mail_count(ctx);
    CHECK(account_loss_ask(ctx, &again) == OK && again == due_at);
    CHECK(help_mail_count(ctx) == mails);
    CHECK(strstr(help_link(ctx, ADA), "/sign-in/keep/") != NULL);
    ctx->person = (struct person_id){0};
    ctx->now_secs = due_at - 1;
    account_work(ctx);
    CHECK(account_ways_of(ctx, id, &ways) == OK && ways.has_phone && ways.loss_due_at == due_at);
    ctx->now_secs = due_at;
    account_work(ctx);
    CHECK(account_ways_of(ctx, id, &ways) == OK && !ways.has_phone && ways.loss_due_at == 0);
    CHECK(help_events(ctx, id, "account.loss_done") == 1);
}

TEST(who_leads_there_is_told_of_a_lost_phone_and_nobody_else)
{
    int64_t due_at;
    size_t before;
    ada(ctx);
    help_person(ctx, "far@trust.example", "analyst");
    add_phone(ctx);
    before = help_mail_count(ctx);
    CHECK(account_loss_ask(ctx, &due_at) == OK);
    CHECK(help_mail_count(ctx) == before + 1); /* Ada herself */
    CHECK(account_loss_keep(ctx) == OK);
    help_person(ctx, BOB, "national");
    before = help_mail_count(ctx);
    CHECK(account_loss_ask(ctx, &due_at) == OK);
    CHECK(help_mail_count(ctx) == before + 2);
}

TEST(a_loss_is_called_off_by_the_person_or_by_the_mailed_link)
{
    int64_t due_at;
    struct account_ways ways;
    struct person_id id = ada(ctx);
    add_phone(ctx);
    CHECK(account_loss_keep(ctx) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(account_loss_ask(ctx, &due_at) == OK && account_loss_keep(ctx) == OK);
    CHECK(account_loss_ask(ctx, &due_at) == OK);
    const char *token = help_link(ctx, ADA) + strlen("/sign-in/keep/");
    ctx->person = (struct person_id){0};
    CHECK(account_loss_open(ctx, "none", &due_at) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(account_loss_open(ctx, token, &due_at) == OK);
    CHECK(account_loss_keep_by(ctx, token) == OK);
    CHECK(account_loss_keep_by(ctx, token) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    ctx->now_secs += ACCOUNT_LOSS_SECS + 1;
    account_work(ctx);
    CHECK(account_ways_of(ctx, id, &ways) == OK && ways.has_phone);
}
