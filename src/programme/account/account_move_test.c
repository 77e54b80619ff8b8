/* SPDX-License-Identifier: MIT */
/* account_move_test.c - moving to another address, and back. */
#include "platform/base/test.h"
#include "programme/account/account.h"
#include "programme/account/account_test_help.h"

#define ADA "ada@trust.example"
#define BOB "bob@trust.example"

static struct person_id ada(struct ctx *ctx)
{
    struct person_id id = help_person(ctx, ADA, "national");
    ctx->person = id;
    return id;
}

static void add_phone(struct ctx *ctx)
{
    const char **codes, *code;
    struct account_offer offer;
    struct account_result result;
    help_demonstration(ctx, true);
    CHECK(account_phone_offer(ctx, 7, ctx->now_secs, &offer) == OK);
    CHECK(account_offer_now(ctx, &offer, &code) == OK);
    CHECK(account_phone_add(ctx, &offer, code, &result, &codes) == OK);
    CHECK(result.outcome == ACCOUNT_RIGHT);
}

/* ---- another address ---- */

static enum account_outcome move(struct ctx *ctx, const char *typed)
{
    struct account_result result;
    CHECK(account_move_type(ctx, typed, &result) == OK);
    return result.outcome;
}

TEST(an_account_moves_by_a_code_to_the_new_address)
{
    const char *email;
    struct access_person person;
    struct person_id id = ada(ctx);
    CHECK(account_move_awaited(ctx, &email) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(move(ctx, "123456") == ACCOUNT_OVER);
    CHECK(account_move_ask(ctx, "new@trust.example") == OK);
    CHECK(account_move_awaited(ctx, &email) == OK);
    CHECK_TEXT(email, "new@trust.example");
    const char *code = help_code_to(ctx, "new@trust.example");
    CHECK(move(ctx, help_other_code(ctx->mem, code)) == ACCOUNT_WRONG);
    CHECK(move(ctx, code) == ACCOUNT_RIGHT);
    CHECK(move(ctx, code) == ACCOUNT_OVER);
    CHECK(access_person_get(ctx, id, &person) == OK);
    CHECK_TEXT(person.email, "new@trust.example");
    CHECK(access_person_find(ctx, ADA, &person) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(help_events(ctx, id, "account.moved") == 1);
}

TEST(a_code_to_move_is_over_after_an_hour_and_after_five_tries)
{
    ada(ctx);
    CHECK(account_move_ask(ctx, "new@trust.example") == OK);
    const char *code = help_code_to(ctx, "new@trust.example");
    for (int n = 0; n < ACCOUNT_MOVE_TRIES; n++)
        CHECK(move(ctx, help_other_code(ctx->mem, code)) == ACCOUNT_WRONG);
    CHECK(move(ctx, code) == ACCOUNT_OVER);
    CHECK(account_move_ask(ctx, "newer@trust.example") == OK);
    code = help_code_to(ctx, "newer@trust.example");
    ctx->now_secs += ACCOUNT_MOVE_SECS;
    CHECK(move(ctx, code) == ACCOUNT_OVER);
}

TEST(moving_to_an_address_that_somebody_has_shows_nothing_and_moves_nothing)
{
    const char *email;
    struct access_person person;
    ada(ctx);
    help_person(ctx, BOB, "national");
    CHECK(account_move_ask(ctx, BOB) == OK);
    CHECK(account_move_awaited(ctx, &email) == OK);
    CHECK_TEXT(email, BOB);
    CHECK(help_code_to(ctx, BOB) == NULL && help_mail_count(ctx) == 1);
    for (int n = 0; n < ACCOUNT_MOVE_TRIES; n++)
        CHECK(move(ctx, "123456") == ACCOUNT_WRONG);
    CHECK(move(ctx, "123456") == ACCOUNT_OVER);
    CHECK(access_person_find(ctx, ADA, &person) == OK && person.id.n == ctx->person.n);
    for (int n = 1; n < ACCOUNT_MOVES_A_DAY; n++)
        CHECK(account_move_ask(ctx, "new@trust.example") == OK);
    CHECK(account_move_ask(ctx, "new@trust.example") == ERR_BUSY);
}

/* Whoever moved the account twice, set a password and added a phone has nothing left of it. */
TEST(the_old_address_takes_a_move_back_with_all_that_came_after_it)
{
    struct account_undo undo;
    struct account_ways ways;
    struct access_person person;
    struct person_id id = ada(ctx);
    CHECK(account_move_ask(ctx, "thief@evil.example") == OK);
    CHECK(move(ctx, help_code_to(ctx, "thief@evil.example")) == ACCOUNT_RIGHT);
    const char *token = help_link(ctx, ADA) + strlen("/sign-in/undo/");
    ctx->now_secs += 60;
    CHECK(account_password_set(ctx, "plaid umbrella teaspoon") == OK);
    add_phone(ctx);
    CHECK(account_move_ask(ctx, "thief2@evil.example") == OK);
    CHECK(move(ctx, help_code_to(ctx, "thief2@evil.example")) == ACCOUNT_RIGHT);
    const char *of_thief = help_link(ctx, "thief@evil.example") + strlen("/sign-in/undo/");
    ctx->person = (struct person_id){0};
    CHECK(account_undo_open(ctx, token, &undo) == OK);
    CHECK_TEXT(undo.old_email, ADA);
    CHECK(account_undo(ctx, token) == OK);
    CHECK(access_person_find(ctx, ADA, &person) == OK && person.id.n == id.n);
    CHECK(account_ways_of(ctx, id, &ways) == OK && !ways.has_password && !ways.has_phone);
    CHECK(account_undo(ctx, token) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(account_undo(ctx, of_thief) == ERR_NOT_FOUND);
    ctx->fault = NULL;
    CHECK(help_events(ctx, id, "account.move_undone") == 1);
}

TEST(a_move_cannot_be_taken_back_after_seven_days_or_to_an_address_that_is_taken)
{
    struct account_undo undo;
    ada(ctx);
    CHECK(account_move_ask(ctx, "new@trust.example") == OK);
    CHECK(move(ctx, help_code_to(ctx, "new@trust.example")) == ACCOUNT_RIGHT);
    const char *token = help_link(ctx, ADA) + strlen("/sign-in/undo/");
    help_person(ctx, ADA, "operator");
    CHECK(account_undo(ctx, token) == ERR_CONFLICT);
    ctx->fault = NULL;
    ctx->now_secs += ACCOUNT_UNDO_SECS - 1;
    CHECK(account_undo_open(ctx, token, &undo) == OK);
    ctx->now_secs += 1;
    CHECK(account_undo_open(ctx, token, &undo) == ERR_NOT_FOUND);
}
