/* SPDX-License-Identifier: MIT */
/* account_pages_test.c - the second step and one's own account, as a browser meets them. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/account/account_test_help.h"

#define ADA "ada@trust.example"
#define GOOD "plaid umbrella teaspoon"

/* A browser where the first step was done, of a service that requires the second. */
static struct web_client *first_step(struct ctx *ctx, const char *role)
{
    struct web_client *c = account_browser(ctx);
    help_person(ctx, ADA, role);
    help_factor(ctx, true);
    client_get(c, "/sign-in");
    help_sign_in_from(c, "/sign-in?next=%2Fprobe%2F17", ADA);
    return c;
}

static struct person_id ada(struct ctx *ctx)
{
    struct access_person person;
    CHECK(access_person_find(ctx, ADA, &person) == OK);
    return person.id;
}

static void type_phone(struct web_client *c, const char *path)
{
    struct ctx *ctx = c->ctx;
    client_get(c, path);
    CHECK_CODE(c, 200);
    client_post(c, path, "code", help_phone_code(ctx, ada(ctx)), NULL);
    CHECK_CODE(c, 303);
    ctx->now_secs += 30;
}

/* ---- the second step ---- */

TEST(who_sees_many_people_is_led_to_add_a_phone_before_anything_else)
{
    struct web_client *c = first_step(ctx, "national");
    help_demonstration(ctx, true);
    client_follow(c);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/sign-in/second?next=%2Fprobe%2F17");
    client_follow(c);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/account/phone/add?next=%2Fprobe%2F17");
    client_follow(c);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Your role sees data of many people") && client_has(c, "<svg"));
    const char *code = mem_text(ctx->mem, client_between(c, "would show <strong>", "<"));
    const char *before = c->cookie;
    client_post(c, "/account/phone/add?next=%2Fprobe%2F17", "code", help_other_code(ctx->mem, code),
                NULL);
    CHECK_CODE(c, 422);
    client_post(c, "/account/phone/add?next=%2Fprobe%2F17", "code", code, NULL);
    CHECK_CODE(c, 200);
    CHECK(client_count(c, "app-reference") == ACCOUNT_RECOVERY_CODES);
    CHECK(client_has(c, "href=\"/probe/17\"") && strcmp(before, c->cookie) != 0);
    client_get(c, "/probe/17");
    CHECK_TEXT(c->body, "in as national");
    struct web_client *thief = client_other(c);
    thief->cookie = before;
    client_get(thief, "/account");
    CHECK_CODE(thief, 303);
}

TEST(a_write_or_an_api_call_before_the_second_step_is_refused_with_words)
{
    struct web_client *c = first_step(ctx, "national");
    client_set_header(c, "Accept", "application/json");
    client_get(c, "/probe/17");
    CHECK_CODE(c, 403);
    CHECK(client_has(c, "/sign-in/second"));
    client_set_header(c, "Accept", NULL);
    client_get(c, "/account");
    CHECK_CODE(c, 200);
    help_phone(ctx, ada(ctx));
    struct web_client *again = client_other(c);
    help_sign_in_from(again, "/sign-in", ADA);
    client_token(again);
    client_post(again, "/account/phone/keep", NULL);
    CHECK_CODE(again, 403);
    CHECK(client_has(again, "First show that it is you"));
}

TEST(a_role_that_sees_few_needs_no_second_step_unless_the_person_wants_it)
{
    struct web_client *c = first_step(ctx, "editor");
    client_get(c, "/desk");
    CHECK_CODE(c, 200);
    help_phone(ctx, ada(ctx));
    struct web_client *later = client_other(c);
    help_sign_in_from(later, "/sign-in", ADA);
    client_get(later, "/account");
    CHECK_CODE(later, 303);
    CHECK_TEXT(later->location, "/sign-in/second?next=%2Faccount");
    type_phone(later, "/sign-in/second?next=%2Faccount");
    CHECK_TEXT(later->location, "/account");
    client_follow(later);
    CHECK_CODE(later, 200);
}

TEST(an_operator_can_relax_the_second_step)
{
    struct web_client *c = first_step(ctx, "national");
    client_get(c, "/probe/17");
    CHECK_CODE(c, 303);
    help_factor(ctx, false);
    client_get(c, "/probe/17");
    CHECK_CODE(c, 200);
}

TEST(the_second_step_changes_the_cookie_and_a_used_code_is_refused)
{
    struct web_client *c = first_step(ctx, "editor");
    help_phone(ctx, ada(ctx));
    struct web_client *later = client_other(c), *thief = client_other(c);
    help_sign_in_from(later, "/sign-in", ADA);
    thief->cookie = later->cookie;
    const char *code = help_phone_code(ctx, ada(ctx));
    client_get(later, "/sign-in/second");
    client_post(later, "/sign-in/second", "code", "", NULL);
    CHECK_CODE(later, 422);
    client_post(later, "/sign-in/second", "code", help_other_code(ctx->mem, code), NULL);
    CHECK_CODE(later, 422);
    client_post(later, "/sign-in/second", "code", code, NULL);
    CHECK_CODE(later, 303);
    client_get(thief, "/account");
    CHECK_CODE(thief, 303);
    CHECK(text_begins(thief->location, "/sign-in?next="));
    struct web_client *replay = client_other(c);
    help_sign_in_from(replay, "/sign-in", ADA);
    client_get(replay, "/sign-in/second");
    client_post(replay, "/sign-in/second", "code", code, NULL);
    CHECK_CODE(replay, 422);
    for (int n = 1; n < ACCOUNT_FREE_TRIES; n++)
        client_post(replay, "/sign-in/second", "code", code, NULL);
    CHECK_CODE(replay, 422);
    client_post(replay, "/sign-in/second", "code", code, NULL);
    CHECK_CODE(replay, 429);
    CHECK_TEXT(client_header(replay, "retry-after"), "30");
}

TEST(the_code_of_a_phone_is_shown_in_a_demonstration_only)
{
    struct web_client *c = first_step(ctx, "editor");
    help_phone(ctx, ada(ctx));
    struct web_client *later = client_other(c);
    help_sign_in_from(later, "/sign-in", ADA);
    client_get(later, "/sign-in/second");
    CHECK_CODE(later, 200);
    CHECK(!client_has(later, help_phone_code(ctx, ada(ctx))));
    help_demonstration(ctx, true);
    client_get(later, "/sign-in/second");
    CHECK(client_has(later, help_phone_code(ctx, ada(ctx))));
}

TEST(a_recovery_code_stands_in_for_the_phone)
{
    const char **codes;
    struct web_client *c = first_step(ctx, "editor");
    help_phone(ctx, ada(ctx));
    ctx->person = ada(ctx);
    CHECK(account_recovery_make(ctx, &codes) == OK);
    ctx->person = (struct person_id){0};
    struct web_client *later = client_other(c);
    help_sign_in_from(later, "/sign-in", ADA);
    client_get(later, "/sign-in/recovery?next=%2Faccount");
    CHECK_CODE(later, 200);
    client_post(later, "/sign-in/recovery?next=%2Faccount", "code", "00000-00000", NULL);
    CHECK_CODE(later, 422);
    client_post(later, "/sign-in/recovery?next=%2Faccount", "code", codes[3], NULL);
    CHECK_CODE(later, 303);
    client_follow(later);
    CHECK_CODE(later, 200);
    CHECK(client_has(later, "9 left"));
}

TEST(a_lost_phone_without_codes_needs_a_mailed_code_and_three_days)
{
    struct web_client *c = first_step(ctx, "editor");
    help_phone(ctx, ada(ctx));
    struct web_client *later = client_other(c);
    help_sign_in_from(later, "/sign-in", ADA);
    client_get(later, "/sign-in/lost-phone");
    CHECK_CODE(later, 200);
    client_post(later, "/sign-in/lost-phone", NULL);
    CHECK_CODE(later, 303);
    client_follow(later);
    CHECK_CODE(later, 200);
    account_work(ctx);
    const char *code = help_newest_code(ctx);
    client_post(later, "/sign-in/lost-phone/code", "code", help_other_code(ctx->mem, code), NULL);
    CHECK_CODE(later, 422);
    client_post(later, "/sign-in/lost-phone/code", "code", code, NULL);
    CHECK_CODE(later, 200);
    CHECK(client_has(later, "Your phone will be removed"));
    client_get(later, "/account");
    CHECK_CODE(later, 303); /* nothing is open before */
    type_phone(later, "/sign-in/second");
    client_get(later, "/account");
    CHECK(client_has(later, "Your phone will be removed on"));
    const char *link = help_link(ctx, ADA);
    client_post(later, "/account/phone/keep", NULL);
    CHECK_CODE(later, 303);
    client_get(later, link);
    CHECK_CODE(later, 404);
}

TEST(the_mailed_link_keeps_the_phone_by_its_button_alone)
{
    int64_t due_at;
    struct web_client *c = account_browser(ctx);
    struct account_ways ways;
    ctx->person = help_person(ctx, ADA, "editor");
    help_phone(ctx, ctx->person);
    CHECK(account_loss_ask(ctx, &due_at) == OK);
    const char *link = help_link(ctx, ADA);
    client_get(c, link);
    CHECK_CODE(c, 200);
    CHECK(account_ways_of(ctx, ada(ctx), &ways) == OK && ways.loss_due_at == due_at);
    client_post(c, link, NULL);
    CHECK_CODE(c, 303);
    CHECK(account_ways_of(ctx, ada(ctx), &ways) == OK && ways.loss_due_at == 0);
}

/* ---- signing in by a password ---- */

TEST(a_password_signs_in_from_the_same_page_and_says_no_more_when_wrong)
{
    struct web_client *c = account_browser(ctx), *unknown = client_other(c);
    ctx->person = help_person(ctx, ADA, "editor");
    CHECK(account_password_set(ctx, GOOD) == OK);
    ctx->person = (struct person_id){0};
    client_get(c, "/sign-in?next=%2Fdesk");
    client_get(unknown, "/sign-in?next=%2Fdesk");
    client_post(c, "/sign-in?next=%2Fdesk", "email", ADA, "password", "wrong words here", NULL);
    client_post(unknown, "/sign-in?next=%2Fdesk", "email", "bob@trust.example", "password",
                "wrong words here", NULL);
    CHECK_CODE(c, 422);
    CHECK_CODE(unknown, 422);
    CHECK(client_has(c, "do not go together") && client_has(unknown, "do not go together"));
    CHECK(c->store_calls == unknown->store_calls);
    CHECK(!client_has(c, "wrong words here"));
    client_post(c, "/sign-in?next=%2Fdesk", "email", ADA, "password", GOOD, NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/desk");
    client_follow(c);
    CHECK_CODE(c, 200);
}

/* ---- proving once more ---- */

TEST(changing_how_one_signs_in_needs_a_proof_of_the_last_ten_minutes)
{
    struct web_client *c = account_browser(ctx);
    client_sign_in(c, help_person(ctx, ADA, "editor"));
    client_get(c, "/account/password");
    CHECK_CODE(c, 200);
    ctx->now_secs += WEB_PROOF_SECS + 1;
    client_post(c, "/account/password", "password", GOOD, NULL);
    CHECK_CODE(c, 403);
    client_get(c, "/account/password");
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/sign-in/prove?next=%2Faccount%2Fpassword");
    client_follow(c);
    CHECK_CODE(c, 200);
    client_post(c, "/sign-in/prove/mail?next=%2Faccount%2Fpassword", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, ADA));
    account_work(ctx);
    const char *code = help_newest_code(ctx), *cookie = c->cookie;
    const char *path = "/sign-in/prove?next=%2Faccount%2Fpassword&by=mail";
    client_post(c, path, "code", help_other_code(ctx->mem, code), NULL);
    CHECK_CODE(c, 422);
    client_post(c, path, "code", code, NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/account/password");
    CHECK(strcmp(cookie, c->cookie) != 0);
    client_follow(c);
    CHECK_CODE(c, 200);
    CHECK(help_events(ctx, ada(ctx), "access.signed_in") == 0);
}

TEST(a_password_and_a_phone_each_prove_who_it_is)
{
    struct web_client *c = account_browser(ctx);
    ctx->person = help_person(ctx, ADA, "editor");
    CHECK(account_password_set(ctx, GOOD) == OK);
    client_sign_in(c, ada(ctx));
    ctx->now_secs += WEB_PROOF_SECS + 1;
    client_get(c, "/sign-in/prove");
    CHECK(client_has(c, "type=\"password\"") && client_has(c, "by=mail"));
    client_post(c, "/sign-in/prove", "password", "wrong words here", NULL);
    CHECK_CODE(c, 422);
    client_post(c, "/sign-in/prove", "password", GOOD, NULL);
    CHECK_CODE(c, 303);
    client_get(c, "/account/phone");
    CHECK_CODE(c, 200);
    help_phone(ctx, ada(ctx));
    ctx->now_secs += WEB_PROOF_SECS + 1;
    client_get(c, "/sign-in/prove?by=mail");
    CHECK(!client_has(c, "type=\"password\"") && client_has(c, "from your phone"));
    type_phone(c, "/sign-in/prove");
    client_get(c, "/account/phone");
    CHECK_CODE(c, 200);
}

/* The code that somebody else asked for in this browser proves nothing about the one signed in. */
TEST(anothers_mailed_code_is_no_proof)
{
    struct web_client *c = account_browser(ctx);
    client_sign_in(c, help_person(ctx, ADA, "editor"));
    help_person(ctx, "bob@trust.example", "editor");
    struct web_client *bob = client_other(c);
    client_get(bob, "/sign-in");
    client_token(c);
    client_post(c, "/sign-in", "email", "bob@trust.example", NULL);
    CHECK_CODE(c, 303);
    account_work(ctx);
    client_get(c, "/sign-in/prove");
    client_post(c, "/sign-in/prove?by=mail", "code", help_newest_code(ctx), NULL);
    CHECK_CODE(c, 422);
}

/* ---- the account ---- */

TEST(a_password_is_set_changed_and_removed_and_others_are_signed_out)
{
    struct web_client *c = account_browser(ctx), *other = client_other(c);
    client_sign_in(c, help_person(ctx, ADA, "editor"));
    client_sign_in(other, ada(ctx));
    client_get(c, "/account/password");
    client_post(c, "/account/password", "password", "short", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "at least 15 characters"));
    client_post(c, "/account/password", "password", "passwordpassword", NULL);
    CHECK_CODE(c, 422);
    client_post(c, "/account/password", "password", GOOD, NULL);
    CHECK_CODE(c, 303);
    client_get(other, "/account");
    CHECK_CODE(other, 303);
    client_get(c, "/account");
    CHECK(client_has(c, "Set on 9 March 2026"));
    client_get(c, "/account/password");
    client_post(c, "/account/password/remove", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(!client_has(c, "Set on"));
}

TEST(recovery_codes_are_made_anew_and_a_phone_is_removed)
{
    struct web_client *c = account_browser(ctx);
    client_sign_in(c, help_person(ctx, ADA, "editor"));
    client_get(c, "/account/phone");
    CHECK(client_has(c, "Add a phone"));
    help_phone(ctx, ada(ctx));
    client_get(c, "/account/phone");
    CHECK(client_has(c, "0 recovery codes left"));
    client_post(c, "/account/recovery-codes", NULL);
    CHECK_CODE(c, 200);
    CHECK(client_count(c, "app-reference") == ACCOUNT_RECOVERY_CODES);
    client_get(c, "/account/phone");
    client_post(c, "/account/phone/remove", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "Add a phone"));
}

TEST(devices_are_listed_and_signed_out_one_by_one)
{
    struct web_client *c = account_browser(ctx), *phone = client_other(c), *bob = client_other(c);
    client_set_header(phone, "User-Agent",
                      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1");
    client_sign_in(c, help_person(ctx, ADA, "editor"));
    client_sign_in(phone, ada(ctx));
    client_sign_in(bob, help_person(ctx, "bob@trust.example", "editor"));
    client_get(c, "/account/devices");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Safari on iPhone") && client_has(c, "(this one)"));
    CHECK(client_count(c, "/end\"") == 1);
    const char *id = mem_text(ctx->mem, client_between(c, "/account/devices/", "/end"));
    client_get(bob, "/account/devices");
    const char *path = mem_format(ctx->mem, "/account/devices/%s/end", id);
    client_post(bob, path, NULL);
    CHECK_CODE(bob, 404);
    client_get(phone, "/account");
    CHECK_CODE(phone, 200);
    client_post(c, path, NULL);
    CHECK_CODE(c, 303);
    client_get(phone, "/account");
    CHECK_CODE(phone, 303);
    client_post(c, path, NULL);
    CHECK_CODE(c, 404);
    client_post(c, "/account/devices/x/end", NULL);
    CHECK_CODE(c, 404);
}

TEST(sessions_of_those_who_see_many_people_are_shorter)
{
    struct web_client *c = account_browser(ctx);
    help_person(ctx, ADA, "national");
    help_sign_in_from(c, "/sign-in", ADA);
    ctx->now_secs += 60 * 60;
    client_get(c, "/account");
    CHECK_CODE(c, 200);
    ctx->now_secs += 60 * 60 + 60;
    client_get(c, "/account");
    CHECK_CODE(c, 303);
    help_person(ctx, "few@trust.example", "editor");
    struct web_client *few = client_other(c);
    help_sign_in_from(few, "/sign-in", "few@trust.example");
    ctx->now_secs += 60 * 60 + 60;
    client_get(few, "/account");
    CHECK_CODE(few, 200);
}

TEST(an_address_is_changed_by_the_pages_and_taken_back_by_the_old_one)
{
    struct web_client *c = account_browser(ctx), *old = client_other(c);
    client_sign_in(c, help_person(ctx, ADA, "editor"));
    client_get(c, "/account/address/code");
    CHECK_CODE(c, 303);
    client_get(c, "/account/address");
    client_post(c, "/account/address", "email", "no address", NULL);
    CHECK_CODE(c, 422);
    client_post(c, "/account/address", "email", "new@trust.example", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "new@trust.example"));
    const char *code = help_code_to(ctx, "new@trust.example");
    client_post(c, "/account/address/code", "code", help_other_code(ctx->mem, code), NULL);
    CHECK_CODE(c, 422);
    client_post(c, "/account/address/code", "code", code, NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    CHECK(client_has(c, "new@trust.example"));
    const char *link = help_link(ctx, ADA);
    client_get(old, link);
    CHECK_CODE(old, 200);
    CHECK(client_has(old, ADA));
    client_get(c, "/account");
    CHECK_CODE(c, 200); /* the link alone did nothing */
    client_post(old, link, NULL);
    CHECK_CODE(old, 303);
    client_get(c, "/account");
    CHECK_CODE(c, 303);
    client_get(old, link);
    CHECK_CODE(old, 404);
}

/* ---- other services ---- */

TEST(without_providers_there_are_none_and_a_wrong_file_is_said)
{
    struct web_client *c = account_browser(ctx);
    client_get(c, "/sign-in");
    CHECK(!client_has(c, "Sign in with"));
    client_get(c, "/sign-in/with/work");
    CHECK_CODE(c, 404);
    client_get(c, "/sign-in/with/work/back?state=x&code=y");
    CHECK_CODE(c, 404);
    client_sign_in(c, help_person(ctx, ADA, "editor"));
    client_get(c, "/account/services");
    CHECK_CODE(c, 200);
    client_get(c, "/account/services/work");
    CHECK_CODE(c, 404);
    client_get(c, "/account");
    client_post(c, "/account/services/work/remove", NULL);
    CHECK_CODE(c, 303);
}
