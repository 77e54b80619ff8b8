/* SPDX-License-Identifier: MIT */
/* session_test.c - who is signed in, for how long, and on which browser. */
#include "platform/web/session.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "platform/web/web_test_app.h"
#include "platform/web/web_test_client.h"

/* ---- sessions ---- */

TEST(a_visitor_who_reads_gets_no_cookie_and_costs_no_query)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/");
    CHECK_CODE(c, 200);
    CHECK(c->cookie == NULL && c->store_calls == 0);
    client_get(c, "/form");
    CHECK(c->cookie != NULL && c->store_calls == 0);
    const char *cookie = c->cookie;
    client_get(c, "/form");
    CHECK_TEXT(c->cookie, cookie);
    CHECK(c->store_calls == 0);
}

TEST(signing_in_gives_a_new_cookie_and_new_tokens)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/form");
    const char *before = c->cookie, *token = c->token;
    client_post(c, "/sign-in", NULL);
    CHECK_CODE(c, 303);
    CHECK(strcmp(before, c->cookie) != 0);
    CHECK(strstr(client_header(c, "set-cookie"), "; HttpOnly; SameSite=Lax") != NULL);
    client_get(c, "/account");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Hello Ada"));
    c->token = token;
    client_post(c, "/form", "name", "x", NULL);
    CHECK_CODE(c, 403);
    struct web_client *old = client_other(c);
    old->cookie = before;
    client_get(old, "/account");
    CHECK_CODE(old, 303);
}

TEST(what_a_browser_began_stays_with_it_when_it_signs_in)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/form");
    client_get(c, "/browser");
    const char *before = c->body;
    CHECK(strlen(before) == 64);
    client_post(c, "/sign-in", NULL);
    client_get(c, "/browser");
    CHECK_TEXT(c->body, before);
    client_token(c);
    client_post(c, "/sign-out", NULL);
    client_get(c, "/browser");
    CHECK_TEXT(c->body, "");
}

TEST(signing_out_ends_the_session_and_not_only_the_cookie)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_sign_in(c, (struct person_id){ADA});
    const char *cookie = c->cookie;
    client_token(c);
    client_post(c, "/sign-out", NULL);
    CHECK(c->cookie == NULL);
    c->cookie = cookie;
    client_get(c, "/account");
    CHECK_CODE(c, 303);
}

TEST(all_sessions_of_a_person_can_be_ended_and_no_others)
{
    struct web_client *c = web_client(ctx, &web_test_app), *again = client_other(c),
                      *bob = client_other(c);
    client_sign_in(c, (struct person_id){ADA});
    client_sign_in(again, (struct person_id){ADA});
    client_sign_in(bob, (struct person_id){BOB});
    CHECK(session_end_all(ctx, (struct person_id){ADA}) == OK);
    client_get(c, "/account");
    CHECK_CODE(c, 303);
    client_get(again, "/account");
    CHECK_CODE(again, 303);
    client_get(bob, "/account");
    CHECK_CODE(bob, 200);
}

TEST(who_does_nothing_is_signed_out_and_who_reads_is_not)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    int64_t began = ctx->now_secs;
    client_sign_in(c, (struct person_id){ADA});
    const char *cookie = c->cookie;
    for (int i = 0; i < 5; i++) {
        ctx->now_secs += SESSION_IDLE_SECS;
        client_get(c, "/account");
        CHECK_CODE(c, 200);
        CHECK(c->store_calls == 1); /* looks the session up, and writes nothing */
    }
    CHECK(strcmp(cookie, c->cookie) != 0);
    c->cookie = cookie; /* the cookie of the beginning has not been refreshed */
    client_get(c, "/account");
    CHECK_CODE(c, 303);
    ctx->now_secs = began + SESSION_IDLE_SECS + 60;
    client_get(c, "/account");
    CHECK_CODE(c, 303);
}

TEST(a_session_ends_after_a_day_whatever_happens)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    int64_t began = ctx->now_secs, removed;
    client_sign_in(c, (struct person_id){ADA});
    for (; ctx->now_secs < began + SESSION_KEPT_SECS; ctx->now_secs += 3600) {
        client_get(c, "/account");
        CHECK_CODE(c, 200);
    }
    client_get(c, "/account");
    CHECK_CODE(c, 303);
    CHECK(session_purge(ctx, &removed) == OK && removed == 1);
}

TEST(nobody_can_write_the_minute_of_a_cookie_himself)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_sign_in(c, (struct person_id){ADA});
    char *forged = mem_text(ctx->mem, c->cookie);
    char *minute = strchr(forged, '.') + 1;
    minute[0]++;
    c->cookie = forged;
    client_get(c, "/account");
    CHECK_CODE(c, 303);
}

TEST(a_person_who_is_gone_is_signed_out)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_sign_in(c, (struct person_id){GONE});
    client_get(c, "/account");
    CHECK_CODE(c, 303);
}

TEST(a_cookie_that_is_none_is_nobody)
{
    const char *const cookies[] = {"onward=",
                                   "onward=a",
                                   "onward=s",
                                   "onward=s.1.2",
                                   "onward=aAAAAAAAAAAAAAAAAAAAAAAAAAA",
                                   "onward=sabcdefghijklmnopqrstuvwxyz",
                                   "onward=sabcdefghijklmnopqrstuvwxyz..",
                                   "onward=sabcdefghijklmnopqrstuvwxyz.99999999.x",
                                   "onward=aabcdefghijklmnopqrstuvwxyz.1.2",
                                   "\xff\xfe; onward=\"; ;;=",
                                   "=onward"};
    struct web_client *c = web_client(ctx, &web_test_app);
    for (size_t i = 0; i < sizeof cookies / sizeof cookies[0]; i++) {
        c->cookie = cookies[i];
        client_get(c, "/account");
        CHECK_CODE(c, 303);
        client_get(c, "/browser");
        CHECK_TEXT(c->body, "");
    }
}

TEST(behind_https_the_cookie_is_bound_to_the_host)
{
    struct settings settings = settings_built_in(ctx->mem);
    settings.base_url = "https://onward.example.org";
    ctx->settings = &settings;
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/form");
    const char *line = client_header(c, "set-cookie");
    CHECK(strstr(line, "__Host-onward=a") == line);
    CHECK(strstr(line, "; Path=/;") != NULL && strstr(line, "; Secure") != NULL);
    CHECK(strstr(line, "Domain") == NULL);
    CHECK(strstr(client_header(c, "strict-transport-security"), "max-age=") != NULL);
    client_post(c, "/form", NULL);
    CHECK_CODE(c, 303);
}

/* Whatever breaks while signing in, nobody is signed in, and the old session still stands. */
TEST(a_failed_sign_in_leaves_everything_as_it_was)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_sign_in(c, (struct person_id){BOB});
    for (int nth = 1;; nth++) {
        client_token(c);
        const char *cookie = c->cookie;
        store_fail_on_call(ctx->store, nth);
        client_post(c, "/sign-in", NULL);
        store_fail_on_call(ctx->store, 0);
        if (c->code == 303)
            break;
        CHECK_CODE(c, 500);
        CHECK_TEXT(c->cookie, cookie);
        client_get(c, "/account");
        CHECK(client_has(c, "Bob"));
        CHECK(nth < 20);
    }
    client_get(c, "/account");
    CHECK(client_has(c, "Ada"));
}
