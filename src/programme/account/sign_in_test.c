/* SPDX-License-Identifier: MIT */
/* sign_in_test.c - the first step of signing in, and signing out, as a browser meets them. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_web.h"
#include "programme/account/account_test_help.h"
#include "programme/audit/audit.h"

#define ADA "ada@trust.example"
#define BOB "bob@trust.example" /* nobody knows him */

/* ---- signing in ---- */

TEST(a_person_signs_in_by_the_code_of_the_mail_and_out_again)
{
    struct web_client *c = account_browser(ctx);
    struct access_person person;
    CHECK(access_person_add(ctx, &(const struct access_new){ADA, "Ada Lovelace", "national", NULL},
                            &person, NULL) == OK);
    client_get(c, "/account");
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/sign-in?next=%2Faccount");
    help_sign_in_from(c, c->location, "Ada@trust.example");
    CHECK_TEXT(c->location, "/account");
    client_follow(c);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Ada Lovelace") && client_has(c, "National lead, from 9 March 2026"));
    const char *cookie = c->cookie;
    client_post(c, "/sign-out", NULL);
    CHECK_CODE(c, 303);
    CHECK(c->cookie == NULL);
    client_follow(c);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "You have signed out"));
    c->cookie = cookie;
    client_get(c, "/account");
    CHECK_CODE(c, 303);
}

TEST(who_has_a_desk_is_taken_to_it_and_who_has_none_to_the_account)
{
    struct web_client *c = account_browser(ctx);
    help_person(ctx, ADA, "operator");
    help_sign_in_from(c, "/sign-in", ADA);
    CHECK_TEXT(c->location, "/desk");
    client_get(c, "/sign-in");
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/account");
    client_get(c, "/sign-in?next=%2Fdesk");
    CHECK_TEXT(c->location, "/desk");
    CHECK(access_person_end_role(ctx, ADA, "operator", NULL) == OK);
    c = client_other(c);
    help_sign_in_from(c, "/sign-in", ADA);
    CHECK_TEXT(c->location, "/account");
    client_follow(c);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "You have no role yet") && !client_has(c, "href=\"/desk\""));
    client_get(c, "/desk");
    CHECK_CODE(c, 403);
    CHECK(client_has(c, "You do not have permission"));
}

TEST(the_cookie_from_before_signing_in_is_of_no_use_to_who_planted_it)
{
    struct web_client *c = account_browser(ctx), *thief = client_other(c);
    help_person(ctx, ADA, "national");
    client_get(thief, "/sign-in");
    c->cookie = thief->cookie;
    help_sign_in_from(c, "/sign-in", ADA);
    CHECK(strcmp(c->cookie, thief->cookie) != 0);
    client_get(thief, "/account");
    CHECK_CODE(thief, 303);
    client_get(thief, "/desk");
    CHECK_CODE(thief, 303);
    client_get(c, "/desk");
    CHECK_CODE(c, 200);
}

TEST(a_form_token_from_before_signing_in_is_of_no_use_after_it)
{
    struct web_client *c = account_browser(ctx);
    help_person(ctx, ADA, "national");
    client_get(c, "/sign-in");
    const char *token = c->token;
    help_sign_in_from(c, "/sign-in", ADA);
    c->token = token;
    client_post(c, "/account/sign-out-everywhere", NULL);
    CHECK_CODE(c, 403);
    client_get(c, "/account");
    CHECK_CODE(c, 200);
}

TEST(a_code_of_one_browser_does_not_sign_in_another)
{
    struct web_client *c = account_browser(ctx), *other = client_other(c);
    help_person(ctx, ADA, "national");
    help_ask_code(c, "/sign-in", ADA);
    account_work(ctx);
    const char *code = help_newest_code(ctx);
    client_get(other, "/sign-in/code");
    CHECK_CODE(other, 303);
    CHECK_TEXT(other->location, "/sign-in");
    client_get(other, "/sign-in");
    client_post(other, "/sign-in/code", "code", code, NULL);
    CHECK_CODE(other, 422);
    CHECK(client_has(other, "This code can no longer be used"));
    client_post(c, "/sign-in/code", "code", code, NULL);
    CHECK_CODE(c, 303);
}

TEST(a_wrong_an_old_and_a_used_code_are_each_refused_with_words)
{
    struct web_client *c = account_browser(ctx);
    help_person(ctx, ADA, "national");
    help_ask_code(c, "/sign-in", ADA);
    account_work(ctx);
    const char *code = help_newest_code(ctx), *wrong = help_other_code(ctx->mem, code);
    client_post(c, "/sign-in/code", "code", "", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter the code from the email"));
    client_post(c, "/sign-in/code", "code", "12", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter the 6 digits of the code"));
    for (int i = 1; i < ACCESS_CODE_TRIES; i++) {
        client_post(c, "/sign-in/code", "code", wrong, NULL);
        CHECK_CODE(c, 422);
        CHECK(client_has(c, "That is not the code") && client_has(c, ADA));
    }
    client_post(c, "/sign-in/code", "code", wrong, NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "typed too often"));
    client_post(c, "/sign-in/code", "code", code, NULL);
    CHECK_CODE(c, 422);
    help_sign_in_from(c, "/sign-in", ADA);
    client_get(c, "/account");
    client_post(c, "/sign-in/code", "code", help_newest_code(ctx), NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "can no longer be used"));
    struct web_client *late = client_other(c);
    help_ask_code(late, "/sign-in", ADA);
    account_work(ctx);
    ctx->now_secs += ACCESS_CODE_SECS;
    client_post(late, "/sign-in/code", "code", help_newest_code(ctx), NULL);
    CHECK_CODE(late, 422);
    CHECK(client_has(late, "can no longer be used"));
}

/* ---- known or not ---- */

/* The page without the token and the address that it holds. */
static const char *plain(struct web_client *c, const char *email)
{
    struct text_builder out = text_build(c->ctx->mem, 1 << 20);
    const char *text;
    size_t email_bytes = strlen(email);
    for (const char *at = c->body; *at != '\0';) {
        if (c->token != NULL && strncmp(at, c->token, strlen(c->token)) == 0) {
            at += strlen(c->token);
        } else if (strncmp(at, email, email_bytes) == 0) {
            at += email_bytes;
        } else {
            text_add_part(&out, at++, 1);
        }
    }
    struct ctx *ctx = c->ctx;
    CHECK(text_build_end(&out, &text) == OK);
    return text;
}

/* Both browsers just did the same, one with each address. */
static void check_same(struct web_client *known, struct web_client *unknown)
{
    CHECK_CODE(unknown, known->code);
    struct ctx *ctx = known->ctx;
    CHECK_TEXT(unknown->location, known->location);
    CHECK_TEXT(plain(unknown, BOB), plain(known, ADA));
    CHECK(unknown->store_calls == known->store_calls);
    CHECK(unknown->answer.header_count == known->answer.header_count);
    CHECK_TEXT(unknown->fault, known->fault);
}

TEST(nothing_tells_whether_an_address_is_known)
{
    struct web_client *known = account_browser(ctx), *unknown = client_other(known);
    help_person(ctx, ADA, "national");
    struct web_client *const browsers[] = {known, unknown};
    const char *const emails[] = {ADA, BOB};
    for (int i = 0; i < 2; i++)
        client_get(browsers[i], "/sign-in?next=%2Fdesk");
    check_same(known, unknown);
    for (int i = 0; i < 2; i++)
        client_post(browsers[i], "/sign-in?next=%2Fdesk", "email", emails[i], NULL);
    CHECK_CODE(known, 303);
    check_same(known, unknown);
    for (int i = 0; i < 2; i++)
        client_follow(browsers[i]);
    check_same(known, unknown);
    account_work(ctx);
    CHECK(help_mail_count(ctx) == 1);
    const char *wrong = help_other_code(ctx->mem, help_newest_code(ctx));
    for (int try = 0; try < ACCESS_CODE_TRIES + 2; try++) {
        for (int i = 0; i < 2; i++)
            client_post(browsers[i], "/sign-in/code", "code", wrong, NULL);
        CHECK_CODE(known, 422);
        check_same(known, unknown);
    }
    for (int n = 1; n < ACCESS_CODES_AN_HOUR + 2; n++) {
        for (int i = 0; i < 2; i++)
            client_post(browsers[i], "/sign-in", "email", emails[i], NULL);
        CHECK_CODE(known, n < ACCESS_CODES_AN_HOUR ? 303 : 429);
        check_same(known, unknown);
    }
    ctx->now_secs += ACCESS_CODE_SECS;
    for (int i = 0; i < 2; i++)
        client_get(browsers[i], "/sign-in/code");
    check_same(known, unknown);
}

TEST(what_cannot_be_an_address_is_said_and_stays_as_typed)
{
    struct web_client *c = account_browser(ctx);
    client_get(c, "/sign-in?next=%2Fdesk");
    client_post(c, "/sign-in?next=%2Fdesk", "email", "", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Enter your email address"));
    client_post(c, "/sign-in?next=%2Fdesk", "email", "ada@\"><b>", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "ada@&quot;&gt;&lt;b&gt;") && !client_has(c, "<b>"));
    CHECK(client_has(c, "action=\"/sign-in?next=%2Fdesk\""));
    client_post(c, "/sign-in", "email", "a\r\nBcc: x@evil.example@trust.example", NULL);
    CHECK_CODE(c, 422);
}

TEST(who_has_no_browser_gets_no_code)
{
    struct web_client *c = account_browser(ctx);
    help_person(ctx, ADA, "national");
    client_post_json(c, "/sign-in", "{\"email\":\"" ADA "\"}");
    CHECK_CODE(c, 403);
    client_post_json(c, "/sign-in/code", "{\"code\":\"123456\"}");
    CHECK_CODE(c, 422);
    account_work(ctx);
    CHECK(help_mail_count(ctx) == 0);
}

TEST(too_many_wrong_codes_of_one_caller_are_answered_with_a_wait)
{
    struct web_client *c = account_browser(ctx);
    for (int i = 0; i * ACCESS_CODE_TRIES < ACCESS_CALLER_WRONG_AN_HOUR; i++) {
        struct web_client *one = client_other(c);
        help_ask_code(one, "/sign-in", mem_format(ctx->mem, "p%d@trust.example", i));
        for (int n = 0; n < ACCESS_CODE_TRIES; n++)
            client_post(one, "/sign-in/code", "code", "123456", NULL);
        CHECK_CODE(one, 422);
    }
    client_get(c, "/sign-in");
    client_post(c, "/sign-in/code", "code", "123456", NULL);
    CHECK_CODE(c, 429);
    client_post(c, "/sign-in", "email", ADA, NULL);
    CHECK_CODE(c, 429);
    CHECK(client_header(c, "retry-after")[0] != '\0');
}

/* ---- where to go then ---- */

TEST(signing_in_never_leads_away_from_the_service)
{
    static const char *const away[] = {"https%3A%2F%2Fevil.example",
                                       "%2F%2Fevil.example",
                                       "%2F%5Cevil.example",
                                       "%2F%09%2Fevil.example",
                                       "%2F%0a%2Fevil.example",
                                       "javascript%3Aalert(1)",
                                       "%2Fdesk%0d%0aSet-Cookie%3A%20a%3Db",
                                       "desk",
                                       "%2Fsign-in",
                                       "%2Fsign-out"};
    for (size_t i = 0; i < sizeof away / sizeof away[0]; i++) {
        struct web_client *c = account_browser(ctx);
        ctx->now_secs += 3600;
        help_person(ctx, ADA, "national");
        const char *target = mem_format(ctx->mem, "/sign-in?next=%s", away[i]);
        client_get(c, target);
        if (c->code == 400)
            continue;
        CHECK(!client_has(c, "evil") && !client_has(c, "javascript"));
        help_sign_in_from(c, target, ADA);
        CHECK_TEXT(c->location, "/desk");
        client_get(c, target);
        CHECK_CODE(c, 303);
        CHECK_TEXT(c->location, "/account");
    }
}

TEST(signing_in_leads_back_to_the_page_that_was_asked_for)
{
    struct web_client *c = account_browser(ctx);
    help_person(ctx, ADA, "national");
    client_get(c, "/probe/17?a=1&b=%2F");
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/sign-in?next=%2Fprobe%2F17%3Fa%3D1%26b%3D%252F");
    help_sign_in_from(c, c->location, ADA);
    CHECK_TEXT(c->location, "/probe/17?a=1&b=%2F");
    client_follow(c);
    CHECK_TEXT(c->body, "in as national");
}

/* ---- a GET changes nothing ---- */

TEST(reading_pages_writes_nothing)
{
    static const char *const pages[] = {
        "/sign-in", "/sign-in?next=%2Fdesk", "/sign-in/code", "/signed-out", "/account",
        "/desk",    "/desk/messages"};
    struct web_client *c = account_browser(ctx);
    ctx->person = (struct person_id){0};
    struct person_id id = help_person(ctx, ADA, "national");
    size_t before, after;
    struct audit_event *events;
    help_ask_code(c, "/sign-in", ADA);
    account_work(ctx);
    const char *code = help_newest_code(ctx);
    CHECK(audit_about(ctx, id, 50, &events, &before) == OK);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        client_get(c, pages[i]);
    client_get(c, mem_format(ctx->mem, "/sign-in/code?code=%s", code));
    CHECK_CODE(c, 200);
    CHECK(!client_has(c, code));
    client_get(c, "/sign-out");
    CHECK_CODE(c, 405);
    client_get(c, "/account/sign-out-everywhere");
    CHECK_CODE(c, 405);
    client_get(c, "/account");
    CHECK_CODE(c, 303);
    client_get(c, "/sign-in/code");
    client_post(c, "/sign-in/code", "code", code, NULL);
    CHECK_CODE(c, 303);
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        client_get(c, pages[i]);
    client_get(c, "/account");
    CHECK_CODE(c, 200);
    CHECK(audit_about(ctx, id, 50, &events, &after) == OK && after == before + 1);
}

/* ---- signing out ---- */

TEST(signing_out_everywhere_ends_the_sessions_of_this_person_alone)
{
    struct web_client *c = account_browser(ctx), *phone = client_other(c), *bea = client_other(c);
    struct person_id ada = help_person(ctx, ADA, "national");
    client_sign_in(c, ada);
    client_sign_in(phone, ada);
    client_sign_in(bea, help_person(ctx, "bea@trust.example", "national"));
    client_get(c, "/account");
    client_post(c, "/account/sign-out-everywhere", NULL);
    CHECK_CODE(c, 303);
    client_get(phone, "/desk");
    CHECK_CODE(phone, 303);
    client_get(bea, "/desk");
    CHECK_CODE(bea, 200);
}

TEST(signing_out_is_safe_to_repeat)
{
    struct web_client *c = account_browser(ctx);
    client_get(c, "/sign-in");
    client_post(c, "/sign-out", NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/signed-out");
}

TEST(a_closed_account_is_out_at_once_and_stays_out_when_opened_again)
{
    struct web_client *c = account_browser(ctx);
    client_sign_in(c, help_person(ctx, ADA, "national"));
    client_get(c, "/desk");
    CHECK_CODE(c, 200);
    CHECK(access_person_close(ctx, ADA) == OK);
    client_get(c, "/desk");
    CHECK_CODE(c, 303);
    help_person(ctx, ADA, "national");
    client_get(c, "/desk");
    CHECK_CODE(c, 303);
}

TEST(in_a_demonstration_the_page_of_the_code_leads_to_the_emails)
{
    struct web_client *c = account_browser(ctx);
    help_demonstration(ctx, true);
    help_ask_code(c, "/sign-in", ADA);
    CHECK(client_has(c, "href=\"/desk/outbox\""));
}
