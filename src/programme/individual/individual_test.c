/* SPDX-License-Identifier: MIT */
/* individual_test.c - what the pledge of one person promises, without any page. */
#include "programme/individual/individual_test_help.h"

#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/access/access_test_help.h"
#include "programme/individual/individual.sql.h"
#include "programme/individual/individual_internal.h"
#include "programme/pledge/pledge.h"

#define ADA "ada@home.example"
#define BOB "bob@home.example"

static int64_t counted(struct ctx *ctx)
{
    int64_t count;
    CHECK(individual_count(ctx, 1000, &count) == OK);
    return count;
}

static struct individual found(struct ctx *ctx, const char *reference)
{
    struct individual it;
    CHECK(individual_find(ctx, reference, &it) == OK);
    return it;
}

static struct individual opened(struct ctx *ctx, const char *token)
{
    struct individual it;
    CHECK(individual_link_open(ctx, token, &it) == OK);
    return it;
}

static enum proof_outcome typed(struct ctx *ctx, const char *reference, const char *code,
                                const char *caller)
{
    struct proof_typed typed;
    CHECK(proof_type(ctx, &individual_proof, &(const struct proof_typing){reference, code, caller},
                     &typed) == OK);
    return typed.outcome;
}

static const char *problem(struct ctx *ctx, const struct individual_draft *draft, const char *field)
{
    const char *reference;
    struct form_problems problems = {.count = 0};
    CHECK(individual_sign(ctx, draft, &problems, &reference) == ERR_INVALID);
    ctx->fault = NULL;
    const char *text = form_problem_of(&problems, field);
    return text != NULL ? text : "";
}

/* ---- signing and confirming ---- */

TEST(a_pledge_counts_when_its_code_is_typed)
{
    const char *reference = individual_test_send(ctx, ADA);
    CHECK(counted(ctx) == 0 && found(ctx, reference).state == INDIVIDUAL_UNCONFIRMED);
    struct individual it = opened(ctx, individual_test_type(ctx, reference));
    CHECK(counted(ctx) == 1 && it.state == INDIVIDUAL_CONFIRMED);
    CHECK_TEXT(it.reference, reference);
    CHECK_TEXT(it.signed_on, time_day_of(ctx->mem, ctx->now_secs));
    CHECK_TEXT(it.employer, "The hospice on the hill");
    CHECK_TEXT(it.intentions, "tfc-1 tfc-3");
}

TEST(the_link_of_the_mail_shows_and_its_button_confirms_once)
{
    const char *reference = individual_test_send(ctx, ADA),
               *token = individual_test_token(ctx, ADA);
    for (int i = 0; i < 3; i++)
        CHECK(opened(ctx, token).state == INDIVIDUAL_UNCONFIRMED && counted(ctx) == 0);
    CHECK(individual_link_confirm(ctx, token) == OK && individual_link_confirm(ctx, token) == OK);
    CHECK(counted(ctx) == 1);
    CHECK_TEXT(opened(ctx, token).reference, reference);
    individual_test_type(ctx, reference); /* the code as well, still only one */
    CHECK(counted(ctx) == 1 && opened(ctx, token).state == INDIVIDUAL_CONFIRMED);
}

TEST(the_text_is_the_wording_with_the_answers_and_a_mark_of_its_own)
{
    const char *preview;
    struct individual_draft draft = individual_test_draft(ADA);
    CHECK(individual_text(ctx, &draft, &preview) == OK);
    struct individual a = found(ctx, individual_test_send(ctx, ADA));
    struct individual b = found(ctx, individual_test_send(ctx, ADA));
    CHECK(text_begins(a.text, preview) && text_begins(preview, "My own pledge\n"));
    CHECK(strstr(preview, "\nSigned by: Zoë O’Neill\nWhat I do: Porter\nPay band: Band 2\n") !=
          NULL);
    CHECK(strstr(preview, "\nIn my own words\nI will show a pupil round") != NULL);
    CHECK(strstr(preview, ADA) == NULL);
    CHECK(strcmp(a.text_digest, b.text_digest) != 0); /* same words, other mark */
    CHECK_TEXT(a.text_digest, hash_sha256(ctx->mem, a.text, strlen(a.text)));
}

TEST(signing_twice_counts_once_and_leads_to_the_first)
{
    const char *token = individual_test_sign(ctx, ADA);
    ctx->now_secs += 86400;
    const char *again = individual_test_send(ctx, "Ada@HOME.example");
    const char *mailed = individual_test_token(ctx, "Ada@HOME.example");
    CHECK_TEXT(opened(ctx, mailed).reference, opened(ctx, token).reference);
    const char *later = individual_test_type(ctx, again);
    CHECK_TEXT(opened(ctx, later).reference, opened(ctx, mailed).reference);
    CHECK(individual_link_confirm(ctx, mailed) == OK && counted(ctx) == 1);
    CHECK(found(ctx, again).state == INDIVIDUAL_UNCONFIRMED);
    individual_test_sign(ctx, BOB);
    CHECK(counted(ctx) == 2);
}

TEST(signing_again_makes_the_same_calls_and_another_mail)
{
    int64_t calls[2];
    struct mail_kept mail;
    individual_test_sign(ctx, ADA);
    for (int i = 0; i < 2; i++) {
        int64_t before = store_calls(ctx->store);
        individual_test_send(ctx, i == 0 ? ADA : BOB);
        calls[i] = store_calls(ctx->store) - before;
        CHECK(mail_find(ctx, help_newest_mail(ctx), &mail) == OK);
        CHECK_TEXT(mail.kind, i == 0 ? "individual.again" : "individual.confirm");
    }
    CHECK(calls[0] == calls[1]);
}

TEST(no_mail_holds_what_was_typed)
{
    struct mail_kept mail;
    struct mail_shown shown;
    struct individual_draft draft = individual_test_draft(ADA);
    for (int i = 0; i < 2; i++) {
        if (i == 0)
            individual_test_send(ctx, ADA);
        else
            individual_test_sign(ctx, ADA), individual_test_send(ctx, ADA);
        CHECK(mail_find(ctx, help_newest_mail(ctx), &mail) == OK);
        CHECK(mail_show(ctx, &mail, &shown) == OK);
        CHECK(strstr(shown.text, draft.name) == NULL);
        CHECK(strstr(shown.text, draft.statement) == NULL);
    }
}

/* ---- codes ---- */

TEST(the_right_code_is_of_no_use_after_five_wrong_ones_but_the_link_is)
{
    const char *reference = individual_test_send(ctx, ADA), *code = help_newest_code(ctx);
    const char *wrong = help_other_code(ctx->mem, code), *token = individual_test_token(ctx, ADA);
    for (int i = 1; i < PROOF_CODE_TRIES; i++)
        CHECK(typed(ctx, reference, wrong, "caller") == PROOF_WRONG);
    CHECK(typed(ctx, reference, wrong, "caller") == PROOF_TOO_OFTEN);
    CHECK(typed(ctx, reference, code, "caller") == PROOF_TOO_OFTEN && counted(ctx) == 0);
    CHECK(individual_link_confirm(ctx, token) == OK && counted(ctx) == 1);
}

TEST(the_code_of_one_pledge_is_none_for_another)
{
    const char *ada = individual_test_send(ctx, ADA), *code = help_newest_code(ctx);
    ctx->now_secs++;
    const char *bob = individual_test_send(ctx, BOB);
    CHECK(typed(ctx, bob, code, "caller") == PROOF_WRONG);
    CHECK(typed(ctx, ada, code, "caller") == PROOF_RIGHT && counted(ctx) == 1);
}

TEST(a_code_ends_at_its_last_second_and_the_link_with_its_week)
{
    struct individual it;
    const char *reference = individual_test_send(ctx, ADA), *code = help_newest_code(ctx);
    const char *token = individual_test_token(ctx, ADA);
    int64_t began = ctx->now_secs;
    ctx->now_secs = began + PROOF_CODE_SECS;
    CHECK(typed(ctx, reference, code, "caller") == PROOF_OVER);
    ctx->now_secs = began + INDIVIDUAL_CONFIRM_SECS;
    CHECK(individual_link_open(ctx, token, &it) == ERR_CONFLICT);
    CHECK(individual_link_confirm(ctx, token) == ERR_CONFLICT && counted(ctx) == 0);
    ctx->now_secs--;
    CHECK(individual_link_confirm(ctx, token) == OK && counted(ctx) == 1);
}

TEST(what_is_no_code_is_no_try_and_one_is_typed_in_many_ways)
{
    static const char *const none[] = {"", "12345", "1234567", "12345a", "１２３４５６", "+123456"};
    const char *reference = individual_test_send(ctx, ADA), *code = help_newest_code(ctx);
    struct proof_typed out;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        struct proof_typing typing = {reference, none[i], "caller"};
        CHECK(proof_type(ctx, &individual_proof, &typing, &out) == ERR_INVALID);
    }
    CHECK(found(ctx, reference).state == INDIVIDUAL_UNCONFIRMED);
    CHECK(typed(ctx, reference, mem_format(ctx->mem, " %.3s-%s ", code, code + 3), "caller") ==
          PROOF_RIGHT);
    struct proof_typing typing = {"IP-0000-0000", "123456", "caller"};
    CHECK(proof_type(ctx, &individual_proof, &typing, &out) == ERR_NOT_FOUND);
}

TEST(one_caller_cannot_guess_at_many_pledges)
{
    int wrong = 0;
    enum proof_outcome outcome = PROOF_WRONG;
    for (int i = 0; i < 30 && outcome != PROOF_WAIT; i++) {
        const char *email = mem_format(ctx->mem, "p%d@home.example", i);
        const char *reference = individual_test_send(ctx, email), *code = help_newest_code(ctx);
        for (int n = 0; n < PROOF_CODE_TRIES && outcome != PROOF_WAIT; n++) {
            outcome = typed(ctx, reference, help_other_code(ctx->mem, code), "caller");
            wrong += outcome != PROOF_WAIT;
        }
        ctx->now_secs++;
    }
    CHECK(wrong == PROOF_CALLER_WRONG_AN_HOUR);
    const char *reference = individual_test_send(ctx, ADA), *code = help_newest_code(ctx);
    CHECK(typed(ctx, reference, code, "caller") == PROOF_WAIT);
    CHECK(typed(ctx, reference, code, "another") == PROOF_RIGHT);
}

TEST(one_address_gets_so_many_mails_an_hour_and_a_day)
{
    int sent = 0;
    struct individual_draft draft = individual_test_draft(ADA);
    for (; sent < PROOF_MAILS_AN_HOUR; sent++)
        individual_test_send(ctx, ADA);
    CHECK(strstr(problem(ctx, &draft, "email"), "Wait an hour") != NULL);
    individual_test_send(ctx, BOB);
    for (; sent < PROOF_MAILS_A_DAY; sent++) {
        ctx->now_secs += 3600;
        individual_test_send(ctx, ADA);
    }
    ctx->now_secs += 3600;
    CHECK(strstr(problem(ctx, &draft, "email"), "Too many messages") != NULL);
    ctx->now_secs += 86400;
    individual_test_send(ctx, ADA);
}

/* ---- rules ---- */

TEST(a_reminder_is_on_a_day_to_come_and_not_far_away)
{
    static const char *const wrong[] = {"2020-01-01", "today", "3000-01-01"};
    struct individual_draft draft = individual_test_draft(ADA);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        draft.remind_on =
            strcmp(wrong[i], "today") == 0 ? time_day_of(ctx->mem, ctx->now_secs) : wrong[i];
        CHECK(strstr(problem(ctx, &draft, "remind_on"), "after today") != NULL);
    }
}

TEST(a_pledge_has_an_intention_of_the_framework)
{
    static const char *unknown[] = {"tfc-99"};
    struct individual_draft draft = individual_test_draft(ADA);
    draft.intentions.count = 0;
    CHECK(problem(ctx, &draft, "intentions")[0] != '\0');
    draft.intentions = (struct form_several){unknown, 1};
    CHECK(problem(ctx, &draft, "intentions")[0] != '\0');
}

/* ---- when the store fails ---- */

TEST(a_failed_signing_leaves_neither_a_pledge_nor_a_mail)
{
    struct individual_draft draft = individual_test_draft(ADA);
    for (int nth = 1;; nth++) {
        const char *reference;
        struct individual_mails_row before;
        struct form_problems problems = {.count = 0};
        store_fail_on_call(ctx->store, nth);
        enum status status = individual_sign(ctx, &draft, &problems, &reference);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK) {
            CHECK(nth > 6 && found(ctx, reference).state == INDIVIDUAL_UNCONFIRMED);
            return;
        }
        CHECK(status == ERR_FAULT && help_mail_count(ctx) == 0);
        CHECK(individual_mails(ctx, ADA, 0, 0, &before) == OK);
        CHECK(before.hour_count == 0);
    }
}

/* Runs a deed with each of its calls failing; a deed that failed left everything as it was. */
static void fail_each(struct ctx *ctx, enum status (*act)(struct ctx *ctx, void *arg), void *arg,
                      bool (*is_as_before)(struct ctx *ctx, void *arg))
{
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = act(ctx, arg);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        if (status == OK) {
            CHECK(nth > 4 && !is_as_before(ctx, arg));
            return;
        }
        CHECK(status == ERR_FAULT && is_as_before(ctx, arg));
    }
}

static enum status act_type(struct ctx *ctx, void *arg)
{
    struct proof_typed out;
    return proof_type(ctx, &individual_proof, arg, &out);
}

static bool is_unconfirmed(struct ctx *ctx, void *arg)
{
    struct ledger_head head;
    bool is_left;
    const struct proof_typing *typing = arg;
    bool is = found(ctx, typing->reference).state == INDIVIDUAL_UNCONFIRMED;
    CHECK(ledger_take(ctx, 10, &is_left) == OK);
    CHECK((ledger_head_newest(ctx, &head) == ERR_NOT_FOUND) == is); /* nothing in the log either */
    ctx->fault = NULL;
    return is;
}

TEST(a_failed_confirmation_leaves_the_pledge_and_the_log_as_they_were)
{
    struct proof_typing typing = {individual_test_send(ctx, ADA), help_newest_code(ctx), "caller"};
    fail_each(ctx, act_type, &typing, is_unconfirmed);
}

static enum status act_press(struct ctx *ctx, void *arg)
{
    const struct proof_typing *typing = arg;
    return individual_link_confirm(ctx, typing->code);
}

TEST(a_failed_button_leaves_the_pledge_and_the_log_as_they_were)
{
    const char *reference = individual_test_send(ctx, ADA);
    struct proof_typing pressing = {reference, individual_test_token(ctx, ADA), ""};
    fail_each(ctx, act_press, &pressing, is_unconfirmed);
}

static enum status act_withdraw(struct ctx *ctx, void *arg)
{
    return individual_withdraw(ctx, arg);
}

static bool still_counts(struct ctx *ctx, void *arg)
{
    const struct individual *it = arg;
    struct individual now = found(ctx, it->reference);
    CHECK((now.state == INDIVIDUAL_CONFIRMED) == (now.name[0] != '\0'));
    return now.state == INDIVIDUAL_CONFIRMED;
}

TEST(a_failed_withdrawal_leaves_the_pledge_as_it_was)
{
    struct individual it = opened(ctx, individual_test_sign(ctx, ADA));
    fail_each(ctx, act_withdraw, &it, still_counts);
}

static enum status act_choose(struct ctx *ctx, void *arg)
{
    struct form_problems problems = {.count = 0};
    const struct individual_choice nothing = {{NULL, 0}, ""};
    return individual_choose(ctx, arg, &nothing, &problems);
}

static bool still_shows(struct ctx *ctx, void *arg)
{
    const struct individual *it = arg;
    return found(ctx, it->reference).shows[INDIVIDUAL_NAME];
}

TEST(a_failed_choice_leaves_what_is_shown_as_it_was)
{
    struct individual it = opened(ctx, individual_test_sign(ctx, ADA));
    fail_each(ctx, act_choose, &it, still_shows);
}
