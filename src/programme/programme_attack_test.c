/* SPDX-License-Identifier: MIT */
/*
 * programme_attack_test.c - guessing what only a mail or a key says, wherever it is taken.
 *
 * What others try is elsewhere: test/attack/ (forms, addresses, hosts, the wire), sign_in_test.c
 * (fixation, replay, codes), oidc_token_test.c, programme_member_attack_test.c.
 */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/web/web_test_client.h"
#include "programme/programme.h"

enum { PER_MINUTE = 60, PER_MINUTE_WRITES = 15, TRIES = 200, KINDS_LEAST = 6 };

struct guessing {
    struct ctx *ctx;
    int kinds;
};

static const char *guess_at(struct ctx *ctx, const char *path, int n)
{
    const char *at = strstr(path, ":token");
    return mem_format(ctx->mem, "%.*s%026d%s", (int)(at - path), path, n, at + strlen(":token"));
}

/* How many of the guesses in one second were looked at; all others were told to wait. */
static int looked_at(struct web_client *c, const struct web_route *route)
{
    int count = 0;
    struct ctx *ctx = c->ctx;
    bool is_get = strcmp(route->method, "GET") == 0;
    int64_t calls = -1;
    for (int n = 0; n < TRIES; n++) {
        const char *target = guess_at(ctx, route->path, n);
        if (is_get)
            client_get(c, target);
        else
            client_post(c, target, "reason", "x", NULL);
        if (c->code == 429)
            continue;
        CHECK(c->code == 404 || c->code == 409);
        CHECK(!client_has(c, "@"));
        CHECK(calls < 0 || c->store_calls == calls); /* one guess costs what another does */
        calls = c->store_calls;
        count++;
    }
    return count;
}

static void guess(void *arg, const struct web_route *route)
{
    struct guessing *guessing = arg;
    struct ctx *ctx = guessing->ctx;
    if (strstr(route->path, ":token") == NULL)
        return;
    struct web_client *c = web_client(ctx, &programme_app);
    client_token(c);
    client_limits(c, PER_MINUTE);
    bool is_get = strcmp(route->method, "GET") == 0;
    int count = looked_at(c, route);
    if (count != (is_get ? PER_MINUTE : PER_MINUTE_WRITES))
        fail_msg("%s %s: %d guesses in one second", route->method, route->path, count);
    guessing->kinds++;
}

TEST(links_of_mails_are_not_guessed_faster_than_the_limit_and_no_guess_tells_anything)
{
    struct guessing guessing = {.ctx = ctx};
    CHECK(web_routes_each(ctx, &programme_app, guess, &guessing) == OK);
    CHECK(guessing.kinds >= KINDS_LEAST);
}

TEST(keys_are_not_guessed_faster_than_the_limit)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_limits(c, PER_MINUTE);
    int refused = 0;
    for (int n = 0; n < TRIES; n++) {
        client_set_header(c, "Authorization", mem_format(ctx->mem, "Bearer onward_%026d", n));
        client_get(c, "/desk/pledges.json");
        refused += c->code == 401;
        CHECK(c->code == 401 || c->code == 429);
    }
    CHECK(refused == PER_MINUTE);
}

TEST(sessions_are_not_guessed_and_a_cookie_of_ones_own_making_is_nobody)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_limits(c, PER_MINUTE);
    int looked = 0;
    for (int n = 0; n < TRIES; n++) {
        c->cookie = mem_format(ctx->mem, "onward=s%026d.29550780.%032d", n, n);
        client_get(c, "/account");
        CHECK(c->code == 303 || c->code == 429);
        CHECK(c->store_calls ==
              0); /* the code of the cookie is wrong: the store is not even asked */
        looked += c->code == 303;
    }
    CHECK(looked == PER_MINUTE);
}
