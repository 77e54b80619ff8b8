/* SPDX-License-Identifier: MIT */
/* account_fail_test.c - each store call of each change fails in turn: nothing is ever half done. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/account/account.h"
#include "programme/account/account_test_help.h"

#define ADA "ada@trust.example"
#define NEW "new@trust.example"

static const struct access_caller caller = {.browser = "browser", .address = "address"};

/* What was prepared for the acts, and what one of them said. */
struct scene {
    struct person_id ada;
    struct account_offer offer;
    const char *offered, *phone_code, *recovery, *move_code, *keep_token, *undo_token;
    const char **codes;
    struct account_result result;
    int64_t due_at;
};

static enum status set_password(struct ctx *ctx, struct scene *s)
{
    (void)s;
    return account_password_set(ctx, "plaid umbrella teaspoon");
}

static enum status remove_password(struct ctx *ctx, struct scene *s)
{
    (void)s;
    return account_password_remove(ctx);
}

static enum status sign_in(struct ctx *ctx, struct scene *s)
{
    ctx->now_secs += ACCOUNT_TRIES_KEPT_SECS + 1; /* a try that failed counts as one */
    return account_password_sign_in(ctx, &caller, ADA, "the first password", &s->result);
}

static enum status replace_phone(struct ctx *ctx, struct scene *s)
{
    return account_phone_add(ctx, &s->offer, s->offered, &s->result, &s->codes);
}

static enum status type_phone(struct ctx *ctx, struct scene *s)
{
    return account_phone_check(ctx, &caller, s->phone_code, &s->result);
}

static enum status remove_phone(struct ctx *ctx, struct scene *s)
{
    (void)s;
    return account_phone_remove(ctx);
}

static enum status make_codes(struct ctx *ctx, struct scene *s)
{
    return account_recovery_make(ctx, &s->codes);
}

static enum status recover(struct ctx *ctx, struct scene *s)
{
    return account_recovery_type(ctx, &caller, s->recovery, &s->result);
}

static enum status lose(struct ctx *ctx, struct scene *s)
{
    return account_loss_ask(ctx, &s->due_at);
}

static enum status keep(struct ctx *ctx, struct scene *s)
{
    return account_loss_keep_by(ctx, s->keep_token);
}

static enum status ask_move(struct ctx *ctx, struct scene *s)
{
    (void)s;
    return account_move_ask(ctx, "newer@trust.example");
}

static enum status move(struct ctx *ctx, struct scene *s)
{
    return account_move_type(ctx, s->move_code, &s->result);
}

static enum status undo(struct ctx *ctx, struct scene *s)
{
    return account_undo(ctx, s->undo_token);
}

/* Everything that an act could change, as text. */
static const char *state(struct ctx *ctx, struct person_id id)
{
    struct account_ways ways;
    struct access_person person;
    struct audit_event *events;
    size_t count;
    CHECK(account_ways_of(ctx, id, &ways) == OK);
    CHECK(access_person_get(ctx, id, &person) == OK);
    CHECK(audit_about(ctx, id, 500, &events, &count) == OK);
    return mem_format(ctx->mem,
                      "%s password %lld phone %lld codes %lld %lld loss %lld events %zu "
                      "mails %zu",
                      person.email, (long long)ways.password_at, (long long)ways.phone_at,
                      (long long)ways.recovery_count, (long long)ways.recovery_at,
                      (long long)ways.loss_due_at, count, help_mail_count(ctx));
}

/* A person with a password, a phone, codes, a loss that waits and a move; each at another time. */
static void prepare(struct ctx *ctx, struct scene *s)
{
    ctx->person = s->ada = help_person(ctx, ADA, "national");
    help_demonstration(ctx, true);
    CHECK(account_password_set(ctx, "the first password") == OK);
    CHECK(account_phone_offer(ctx, 6, 1, &s->offer) == OK);
    CHECK(account_offer_now(ctx, &s->offer, &s->offered) == OK);
    CHECK(account_phone_add(ctx, &s->offer, s->offered, &s->result, &s->codes) == OK);
    s->recovery = s->codes[0];
    ctx->now_secs += 600;
    CHECK(account_phone_now(ctx, &s->phone_code) == OK);
    CHECK(account_phone_offer(ctx, 7, 1, &s->offer) == OK);
    CHECK(account_offer_now(ctx, &s->offer, &s->offered) == OK);
}

static void each_call(struct ctx *ctx, struct scene *s,
                      enum status (*act)(struct ctx *, struct scene *))
{
    const char *before = state(ctx, s->ada);
    struct person_id who = ctx->person;
    for (int nth = 1;; nth++) {
        store_fail_on_call(ctx->store, nth);
        enum status status = act(ctx, s);
        store_fail_on_call(ctx->store, 0);
        CHECK(ctx->person.n == who.n);
        if (status == OK) {
            CHECK(nth > 2);
            break;
        }
        CHECK(status == ERR_FAULT);
        ctx->fault = NULL;
        CHECK_TEXT(state(ctx, s->ada), before);
        CHECK(nth < 100);
    }
}

TEST(a_password_that_fails_to_be_set_or_removed_leaves_all_as_it_was)
{
    struct scene s = {.due_at = 0};
    prepare(ctx, &s);
    each_call(ctx, &s, set_password);
    each_call(ctx, &s, remove_password);
}

TEST(signing_in_by_a_password_that_fails_is_not_noted_as_signed_in)
{
    struct scene s = {.due_at = 0};
    prepare(ctx, &s);
    ctx->person = (struct person_id){0};
    each_call(ctx, &s, sign_in);
    CHECK(s.result.outcome == ACCOUNT_RIGHT && help_events(ctx, s.ada, "access.signed_in") == 1);
}

TEST(a_phone_that_fails_to_be_typed_replaced_or_removed_leaves_all_as_it_was)
{
    struct scene s = {.due_at = 0};
    prepare(ctx, &s);
    each_call(ctx, &s, type_phone);
    CHECK(s.result.outcome == ACCOUNT_RIGHT);
    each_call(ctx, &s, replace_phone);
    CHECK(s.result.outcome == ACCOUNT_RIGHT);
    each_call(ctx, &s, remove_phone);
}

TEST(recovery_codes_that_fail_to_be_used_or_made_leave_all_as_it_was)
{
    struct scene s = {.due_at = 0};
    prepare(ctx, &s);
    each_call(ctx, &s, recover);
    CHECK(s.result.outcome == ACCOUNT_RIGHT);
    each_call(ctx, &s, make_codes);
}

TEST(a_loss_that_fails_to_be_told_or_called_off_leaves_all_as_it_was)
{
    struct scene s = {.due_at = 0};
    prepare(ctx, &s);
    help_person(ctx, "bea@trust.example", "national");
    each_call(ctx, &s, lose);
    s.keep_token = help_link(ctx, ADA) + strlen("/sign-in/keep/");
    each_call(ctx, &s, keep);
}

TEST(a_move_that_fails_at_any_step_leaves_all_as_it_was)
{
    struct scene s = {.due_at = 0};
    prepare(ctx, &s);
    each_call(ctx, &s, ask_move);
    CHECK(account_move_ask(ctx, NEW) == OK);
    s.move_code = help_code_to(ctx, NEW);
    each_call(ctx, &s, move);
    CHECK(s.result.outcome == ACCOUNT_RIGHT);
    s.undo_token = help_link(ctx, ADA) + strlen("/sign-in/undo/");
    each_call(ctx, &s, undo);
}
