/* SPDX-License-Identifier: MIT */
/* dispatch_test.c - what every request must pass, whatever its handler. */
#include "platform/web/web.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/web/web_test_app.h"
#include "platform/web/web_test_client.h"

/* ---- access ---- */

TEST(a_page_for_those_signed_in_sends_others_to_sign_in_and_back)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/account?a=1&b=2");
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, "/sign-in?next=%2Faccount%3Fa%3D1%26b%3D2");
    client_set_header(c, "Accept", "application/json");
    client_get(c, "/account");
    CHECK_CODE(c, 403);
    client_set_header(c, "Accept", NULL);
    client_token(c);
    client_post(c, "/account", NULL);
    CHECK_CODE(c, 403);
    CHECK(client_has(c, "Sign in"));
}

TEST(the_policy_decides_who_may)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/desk");
    CHECK_CODE(c, 303);
    client_sign_in(c, (struct person_id){BOB});
    client_get(c, "/desk");
    CHECK_CODE(c, 403);
    client_sign_in(c, (struct person_id){ADA});
    client_get(c, "/desk");
    CHECK_CODE(c, 200);
    client_get(c, "/nobody");
    CHECK_CODE(c, 403);
}

/* ---- what goes wrong ---- */

TEST(each_status_has_its_code_and_none_shows_its_cause)
{
    static const struct {
        const char *path;
        int code;
    } all[] = {{"/fail/not-found", 404},
               {"/fail/invalid", 422},
               {"/fail/conflict", 409},
               {"/fail/busy", 503},
               {"/fail/fault", 500}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct web_client *c = web_client(ctx, &web_test_app);
        client_get(c, all[i].path);
        CHECK_CODE(c, all[i].code);
        CHECK(client_has(c, "<h1") && !client_has(c, "secret"));
        CHECK_TEXT(c->fault, "secret cause");
        client_set_header(c, "Accept", "application/json");
        client_get(c, all[i].path);
        CHECK_CODE(c, all[i].code);
        CHECK_TEXT(client_header(c, "content-type"), "application/problem+json");
        CHECK(client_has(c, mem_format(ctx->mem, "\"status\":%d", all[i].code)));
        CHECK(!client_has(c, "secret"));
    }
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/fail/fault");
    CHECK(client_has(c, ctx->request_id));
    client_get(c, "/fail/busy");
    CHECK(client_header(c, "retry-after")[0] != '\0');
    client_get(c, "/fail/forbidden");
    CHECK_CODE(c, 303);
    client_sign_in(c, (struct person_id){BOB});
    client_get(c, "/fail/forbidden");
    CHECK_CODE(c, 403);
}

TEST(a_form_that_is_not_right_comes_back_with_what_was_typed)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_token(c);
    client_post(c, "/form", "then", "invalid", "name", "<Ada>", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "not right: &lt;Ada&gt;"));
}

TEST(another_method_is_not_allowed_and_hears_which_is)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_send(c, "DELETE", "/form", NULL);
    CHECK_CODE(c, 405);
    CHECK_TEXT(client_header(c, "allow"), "GET, HEAD, POST");
    client_send(c, "POST", "/", NULL);
    CHECK_CODE(c, 405);
    client_send(c, "TRACE", "/", NULL);
    CHECK_CODE(c, 405);
    client_send(c, "GET", "/nowhere", NULL);
    CHECK_CODE(c, 404);
}

TEST(junk_in_an_address_is_refused_with_a_plain_page)
{
    static const struct {
        const char *target;
        int code;
    } all[] = {{"/%00", 400},
               {"/values/%ff", 400},
               {"/values/../form", 400},
               {"/values/%2e%2e", 400},
               {"/?q=%zz", 400},
               {"/?q=%00", 400},
               {"/?q=%ff", 400},
               {"//values/x", 404},
               {"/values/a%0ab", 400},
               {"/values/a%20b?q=c+d", 200},
               {"/values/%D8%B9", 200}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct web_client *c = web_client(ctx, &web_test_app);
        client_get(c, all[i].target);
        CHECK_CODE(c, all[i].code);
    }
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/values/a%20b?q=c+d");
    CHECK_TEXT(c->body, "a b|c d");
    char *sent = mem_bytes(ctx->mem, 9002);
    memset(sent, 'a', 9000);
    sent[0] = '/';
    client_get(c, sent);
    CHECK_CODE(c, 414);
}

TEST(a_slash_too_many_leads_to_the_page)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/form/?a=1");
    CHECK_CODE(c, 301);
    CHECK_TEXT(c->location, "/form?a=1");
    client_get(c, "//evil.example/");
    CHECK_CODE(c, 404);
    client_token(c);
    client_post(c, "/form/", NULL);
    CHECK_CODE(c, 404);
}

TEST(no_answer_leads_to_another_site)
{
    const char *const away_to[] = {
        "//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/a%0d%0aX: y"};
    struct web_client *c = web_client(ctx, &web_test_app);
    for (size_t i = 0; i < sizeof away_to / sizeof away_to[0]; i++) {
        client_get(c, mem_format(ctx->mem, "/away?to=%s", away_to[i]));
        CHECK(c->code >= 400);
        CHECK_TEXT(client_header(c, "location"), "");
    }
    client_get(c, "/away?to=/form");
    CHECK_CODE(c, 303);
}

TEST(a_body_must_be_of_a_type_that_we_read_and_not_too_big)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_token(c);
    client_send(c, "POST", "/form", &(struct client_body){"text/plain", "x", 1});
    CHECK_CODE(c, 415);
    client_send(c, "POST", "/form", &(struct client_body){NULL, "x", 1});
    CHECK_CODE(c, 415);
    client_send(c, "POST", "/form", &(struct client_body){"application/jsonx", "{}", 2});
    CHECK_CODE(c, 415);
    client_send(c, "POST", "/form", &(struct client_body){"application/json", "{", 1});
    CHECK_CODE(c, 400);
    client_send(c, "POST", "/form",
                &(struct client_body){"multipart/form-data; boundary=x", "nonsense", 8});
    CHECK_CODE(c, 400);
    client_send(c, "POST", "/form",
                &(struct client_body){"application/x-www-form-urlencoded", "a=%00", 5});
    CHECK_CODE(c, 400);

    size_t bytes = WEB_BODY_BYTES_MAX + 1;
    char *big = mem_bytes(ctx->mem, bytes);
    memset(big, 'a', bytes);
    client_send(c, "POST", "/form",
                &(struct client_body){"application/x-www-form-urlencoded", big, bytes});
    CHECK_CODE(c, 413);
    struct client_file file = {"f", "x.pdf", "application/pdf", big, bytes};
    client_upload(c, "/form", &file, NULL);
    CHECK_CODE(c, 413);
    client_upload(c, "/upload", &file, NULL);
    CHECK_CODE(c, 303);
    file.bytes = mem_bytes(ctx->mem, WEB_UPLOAD_BYTES_MAX);
    file.size_bytes = WEB_UPLOAD_BYTES_MAX;
    client_upload(c, "/upload", &file, NULL);
    CHECK_CODE(c, 413);
}

TEST(headers_have_limits)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    char *big = mem_bytes(ctx->mem, WEB_HEADER_BYTES_MAX + 1);
    memset(big, 'a', WEB_HEADER_BYTES_MAX);
    client_set_header(c, "X-Big", big);
    client_get(c, "/");
    CHECK_CODE(c, 431);
    client_set_header(c, "X-Big", "a\x01z");
    client_get(c, "/");
    CHECK_CODE(c, 400);
    client_set_header(c, "X-Big", NULL);
    client_set_header(c, "host", "second");
    client_get(c, "/");
    CHECK_CODE(c, 400);
}
