/* SPDX-License-Identifier: MIT */
/* oidc_provider_test.c - the operator's file of services that people may sign in with. */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/web/web_test_client.h"
#include "programme/account/account.h"
#include "programme/account/account_test_help.h"
#include "programme/account/oidc.h"
#include "programme/account/oidc_fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void forget(void *path)
{
    unlink(path);
}

/* The settings name a file that says this. */
static void say(struct ctx *ctx, const char *text)
{
    char path[] = "/tmp/onward-providers-XXXXXX";
    int file = mkstemp(path);
    CHECK(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = *ctx->settings;
    settings->sign_in_providers = mem_text(ctx->mem, path);
    mem_at_end(ctx->mem, forget, mem_text(ctx->mem, path));
    ctx->settings = settings;
}

#define GOOD                                                                                       \
    "\"code\":\"work\",\"label\":\"your work account\",\"issuer\":\"https://id.example.org\","     \
    "\"client_id\":\"c\",\"client_secret\":\"hidden\""

TEST(a_file_of_providers_is_read_with_what_is_usual)
{
    size_t count;
    const struct oidc_provider *all, *found;
    CHECK(oidc_providers(ctx, &all, &count) == OK && count == 0);
    say(ctx,
        "{\"providers\":[{" GOOD ",\"second_factor\":{\"claim\":\"acr\",\"values\":[\"2\"]}}]}");
    CHECK(oidc_providers(ctx, &all, &count) == OK && count == 1);
    CHECK_TEXT(all[0].scopes, "openid email");
    CHECK_TEXT(all[0].address_claim, "email");
    CHECK_TEXT(all[0].factor_values[0], "2");
    CHECK(oidc_provider_find(ctx, "work", &found) == OK);
    CHECK(oidc_provider_find(ctx, "play", &found) == ERR_NOT_FOUND);
}

TEST(a_file_of_providers_that_is_wrong_is_refused_without_its_secrets)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"providers\":7}",
        "{\"providers\":[{" GOOD "},{" GOOD "}]}",
        "{\"providers\":[{" GOOD ",\"code\":\"b\"}]}",
        "{\"providers\":[{" GOOD ",\"scopes\":\"email\"}]}",
        "{\"providers\":[{" GOOD ",\"second_factor\":{\"claim\":\"acr\",\"values\":[]}}]}",
        "{\"providers\":[{" GOOD ",\"second_factor\":{\"values\":[\"2\"]}}]}",
        "{\"providers\":[{\"code\":\"A B\",\"label\":\"x\",\"issuer\":\"https://a.example\","
        "\"client_id\":\"hidden\"}]}",
        "{\"providers\":[{\"code\":\"a\",\"label\":\"x\",\"issuer\":\"http://a.example\","
        "\"client_id\":\"hidden\"}]}",
        "{\"providers\":[{\"code\":\"a\",\"label\":\"\",\"issuer\":\"https://a.example\","
        "\"client_id\":\"hidden\"}]}"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        say(ctx, wrong[i]);
        ctx->fault = NULL;
        if (account_check_settings(ctx) != ERR_INVALID)
            fail_msg("file %zu was taken", i);
        CHECK(strstr(ctx->fault, "hidden") == NULL);
    }
}

TEST(only_https_is_spoken_but_on_the_loopback)
{
    CHECK(oidc_url_is_safe("https://id.example.org/x?y=1"));
    CHECK(oidc_url_is_safe("http://127.0.0.1:4000") && oidc_url_is_safe("http://localhost:4000/"));
    static const char *const unsafe[] = {"",
                                         "id.example.org",
                                         "http://id.example.org",
                                         "http://127.0.0.1.evil.example",
                                         "https://user@id.example.org",
                                         "https://id.example.org/#x",
                                         "file:///etc/passwd",
                                         "ftp://id.example.org",
                                         "https://id.example.org/\r\nx",
                                         "javascript:alert(1)"};
    for (size_t i = 0; i < sizeof unsafe / sizeof unsafe[0]; i++)
        if (oidc_url_is_safe(unsafe[i]))
            fail_msg("%s was taken", unsafe[i]);
}

/* Whatever becomes of the file while the service runs, people can sign in by a code. */
TEST(a_wrong_file_or_a_provider_that_is_away_keeps_nobody_out)
{
    struct web_client *c = account_browser(ctx);
    say(ctx, "no JSON");
    client_get(c, "/sign-in");
    CHECK_CODE(c, 200);
    CHECK(!client_has(c, "Sign in with"));
    say(ctx, "{\"providers\":[{\"code\":\"work\",\"label\":\"your work account\","
             "\"issuer\":\"http://127.0.0.1:1\",\"client_id\":\"c\"}]}");
    client_get(c, "/sign-in?next=%2Fdesk");
    CHECK(client_has(c, "href=\"/sign-in/with/work?next=%2Fdesk\""));
    client_get(c, "/sign-in/with/work");
    CHECK_CODE(c, 503);

    struct web_client *other = client_other(c);
    client_get(other, "/sign-in/with/work");
    CHECK_CODE(other, 303);
    CHECK_TEXT(other->location, "/sign-in");
    client_get(c, "/sign-in/with/work/back?state=x&code=y");
    CHECK_CODE(c, 400);
}
