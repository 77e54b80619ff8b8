/* SPDX-License-Identifier: MIT */
/* guard_test.c - tokens, origins and rates. */
#include "platform/web/guard.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/web/rate.h"
#include "platform/web/web_test_app.h"
#include "platform/web/web_test_client.h"

/* ---- tokens and origins ---- */

TEST(a_form_with_its_token_is_taken)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/form");
    CHECK_CODE(c, 200);
    CHECK(c->cookie != NULL && c->token != NULL);
    client_post(c, "/form", "name", "Ada", NULL);
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/thanks");
}

TEST(each_page_has_another_token_and_all_of_them_are_good)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/form");
    const char *first = c->token;
    client_get(c, "/form");
    CHECK(strcmp(first, c->token) != 0);
    c->token = first;
    client_post(c, "/form", "name", "Ada", NULL);
    CHECK_CODE(c, 303);
}

TEST(a_form_without_the_right_token_is_refused)
{
    struct web_client *c = web_client(ctx, &web_test_app), *other = client_other(c);
    client_get(c, "/form");
    client_get(other, "/form");
    const char *good = c->token;
    char *bent = mem_text(ctx->mem, good);
    bent[63] = bent[63] == '0' ? '1' : '0';
    const char *const bad[] = {"",
                               other->token,
                               bent,
                               "0",
                               "zz",
                               mem_format(ctx->mem, "%s0", good),
                               mem_text_part(ctx->mem, good, 62),
                               "0000000000000000000000000000000000000000000000000000000000000000"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        c->token = bad[i];
        client_post(c, "/form", "name", "Ada", NULL);
        CHECK_CODE(c, 403);
    }
    c->token = good;
    c->cookie = NULL;
    client_post(c, "/form", "name", "Ada", NULL);
    CHECK_CODE(c, 403);
    c->token = good;
    c->cookie = "onward=a";
    client_post(c, "/form", "name", "Ada", NULL);
    CHECK_CODE(c, 403);
    client_send(c, "POST", "/form", NULL);
    CHECK_CODE(c, 403);
}

TEST(a_form_from_another_origin_is_refused_even_with_the_token)
{
    static const struct {
        const char *name, *value;
        int code;
    } tries[] = {
        {"Origin", "http://localhost:8080", 303},
        {"Origin", "https://LOCALHOST:8080", 303},
        {"Origin", "http://localhost", 403},
        {"Origin", "http://evil.example", 403},
        {"Origin", "http://localhost:8080.evil.example", 403},
        {"Origin", "null", 403},
        {"Origin", "", 403},
        {"Sec-Fetch-Site", "same-origin", 303},
        {"Sec-Fetch-Site", "none", 303},
        {"Sec-Fetch-Site", "same-site", 403},
        {"Sec-Fetch-Site", "cross-site", 403},
        {"Referer", "http://localhost:8080/form?x", 303},
        {"Referer", "http://evil.example/localhost:8080", 403},
        {"Referer", "localhost:8080", 403},
    };
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        struct web_client *c = web_client(ctx, &web_test_app);
        client_get(c, "/form");
        client_set_header(c, tries[i].name, tries[i].value);
        client_post(c, "/form", "name", "Ada", NULL);
        if (c->code != tries[i].code)
            fail_msg("%s: %s answered %d", tries[i].name, tries[i].value, c->code);
    }
}

TEST(json_needs_a_token_only_with_a_cookie)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_post_json(c, "/form", "{\"name\":\"Ada\"}");
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_header(c, "content-type"), "application/json");
    client_get(c, "/form");
    const char *token = c->token;
    c->token = NULL;
    client_post_json(c, "/form", "{\"name\":\"Ada\"}");
    CHECK_CODE(c, 403);
    CHECK_TEXT(client_header(c, "content-type"), "application/problem+json");
    c->token = token;
    client_post_json(c, "/form", "{\"name\":\"Ada\"}");
    CHECK_CODE(c, 200);
    client_set_header(c, "Origin", "http://evil.example");
    client_post_json(c, "/form", "{\"name\":\"Ada\"}");
    CHECK_CODE(c, 403);
}

TEST(who_comes_too_often_must_wait)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_limits(c, 60);
    for (int i = 0; i < 60; i++) {
        client_get(c, "/");
        CHECK_CODE(c, 200);
    }
    client_get(c, "/");
    CHECK_CODE(c, 429);
    CHECK_TEXT(client_header(c, "retry-after"), "1");
    c->peer = "192.0.2.2";
    client_get(c, "/");
    CHECK_CODE(c, 200);
    c->peer = "192.0.2.1";
    ctx->now_secs += 1;
    client_get(c, "/");
    CHECK_CODE(c, 200);
    client_get(c, "/");
    CHECK_CODE(c, 429);
    c->peer = "127.0.0.1";
    for (int i = 0; i < 100; i++)
        client_get(c, "/");
    CHECK_CODE(c, 200);
}

TEST(one_home_of_ipv6_addresses_counts_as_one)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_limits(c, 60);
    for (int i = 0; i < 60; i++) {
        c->peer = mem_format(ctx->mem, "2001:db8::%x", i + 1);
        client_get(c, "/");
    }
    client_get(c, "/");
    CHECK_CODE(c, 429);
    c->peer = "2001:db8:0:1::1";
    client_get(c, "/");
    CHECK_CODE(c, 200);
}

TEST(a_person_who_sends_too_often_must_wait_wherever_from)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_limits(c, 60);
    client_sign_in(c, (struct person_id){ADA});
    client_token(c);
    int taken = 0;
    for (int i = 0; i < 30; i++) {
        c->peer = mem_format(ctx->mem, "192.0.2.%d", i + 1);
        client_post(c, "/form", "name", "x", NULL);
        taken += c->code == 303;
    }
    CHECK(taken == 15);
    CHECK_CODE(c, 429);
}

/* ---- several nodes ---- */

static int taken_of(struct rates *rates, enum rate_rule rule, int tries)
{
    int taken = 0;
    for (int i = 0; i < tries; i++)
        taken += rates_take(rates, rule, 7, TEST_NOW_SECS) == 0;
    return taken;
}

TEST(nodes_together_give_no_more_than_the_limit)
{
    for (int64_t nodes = 1; nodes <= 4; nodes++) {
        int reads = 0, writes = 0;
        for (int64_t node = 0; node < nodes; node++) {
            struct rates *rates = rates_new(ctx->mem, 100, nodes);
            reads += taken_of(rates, RATE_READ_BY_ADDRESS, 200);
            writes += taken_of(rates, RATE_WRITE_BY_PERSON, 200);
        }
        CHECK(reads > 100 - nodes && reads <= 100);
        CHECK(writes > 25 - nodes && writes <= 25);
    }
}

TEST(each_of_many_nodes_gives_one_a_minute_at_least)
{
    CHECK(taken_of(rates_new(ctx->mem, 3, 50), RATE_WRITE_BY_ADDRESS, 10) == 1);
}
