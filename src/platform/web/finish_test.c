/* SPDX-License-Identifier: MIT */
/* finish_test.c - headers, caching, compression, downloads. */
#include "platform/web/finish.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/web/web_test_app.h"
#include "platform/web/web_test_client.h"

TEST(every_answer_has_the_headers_that_protect)
{
    static const char *const names[] = {"X-Content-Type-Options",
                                        "Referrer-Policy",
                                        "X-Frame-Options",
                                        "Content-Security-Policy",
                                        "Cross-Origin-Opener-Policy",
                                        "Cross-Origin-Resource-Policy",
                                        "Cache-Control"};
    static const char *const paths[] = {"/",      "/form",     "/nowhere", "/fail/fault", "/%00",
                                        "/form/", "/values/x", "/account", "/lines.csv"};
    struct web_client *c = web_client(ctx, &web_test_app);
    for (size_t p = 0; p < sizeof paths / sizeof paths[0]; p++) {
        client_get(c, paths[p]);
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            if (client_header(c, names[i])[0] == '\0')
                fail_msg("%s has no %s", paths[p], names[i]);
    }
    client_get(c, "/");
    const char *policy = client_header(c, "content-security-policy");
    CHECK(strstr(policy, "default-src 'none'") == policy && strstr(policy, "unsafe") == NULL);
    CHECK_TEXT(client_header(c, "content-type"), "text/html; charset=utf-8");
}

TEST(what_everybody_may_see_is_cached_and_asked_for_again)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/long");
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_header(c, "cache-control"), "public, no-cache");
    const char *etag = client_header(c, "etag"), *vary = client_header(c, "vary");
    CHECK(strstr(etag, "W/\"") == etag && strlen(etag) == 20);
    CHECK(strstr(vary, "Cookie") != NULL && strstr(vary, "Accept-Encoding") != NULL);
    CHECK_TEXT(client_header(c, "last-modified"), "Mon, 09 Mar 2026 09:00:00 GMT");

    client_set_header(c, "If-None-Match", mem_format(ctx->mem, "\"x\", %s", etag));
    client_get(c, "/long");
    CHECK_CODE(c, 304);
    CHECK(c->body_bytes == 0);
    CHECK_TEXT(client_header(c, "etag"), etag);
    CHECK_TEXT(client_header(c, "content-type"), "");

    client_set_header(c, "If-None-Match", "\"0123456789abcdef\"");
    client_set_header(c, "If-Modified-Since", "Mon, 09 Mar 2026 09:00:00 GMT");
    client_get(c, "/long");
    CHECK_CODE(c, 200);
    client_set_header(c, "If-None-Match", NULL);
    client_get(c, "/long");
    CHECK_CODE(c, 304);
}

TEST(what_one_person_sees_is_not_kept_for_others)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/form");
    CHECK_TEXT(client_header(c, "cache-control"), "private, no-cache");
    CHECK_TEXT(client_header(c, "etag"), "");
    client_sign_in(c, (struct person_id){ADA});
    client_get(c, "/");
    CHECK_TEXT(client_header(c, "cache-control"), "no-store");
    CHECK_TEXT(client_header(c, "etag"), "");
    client_get(c, "/fail/fault");
    CHECK_TEXT(client_header(c, "cache-control"), "no-store");
}

TEST(a_long_page_is_compressed_for_those_who_can_read_it)
{
    static const struct {
        const char *accept;
        bool is_packed;
    } tries[] = {{"gzip", true},        {"deflate, gzip;q=1.0", true}, {"br, GZIP ; q=0.5", true},
                 {"gzip;q=0", false},   {"gzip;q=0.000", false},       {"identity", false},
                 {"gzip;q=0.001", true}};
    struct web_client *c = web_client(ctx, &web_test_app);
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        client_set_header(c, "Accept-Encoding", tries[i].accept);
        client_get(c, "/long");
        bool is_packed = strcmp(client_header(c, "content-encoding"), "gzip") == 0;
        if (is_packed != tries[i].is_packed)
            fail_msg("%s is packed: %d", tries[i].accept, is_packed);
        CHECK(is_packed == (c->body_bytes < 5000));
        CHECK(!is_packed || memcmp(c->body, "\x1f\x8b", 2) == 0);
    }
    client_set_header(c, "Accept-Encoding", "gzip");
    client_get(c, "/values/short");
    CHECK_TEXT(client_header(c, "content-encoding"), "");
}

TEST(head_has_the_headers_of_get_and_no_body)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/long");
    const char *etag = client_header(c, "etag");
    client_head(c, "/long");
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_header(c, "etag"), etag);
    CHECK(c->body_bytes == 0);
    client_head(c, "/nowhere");
    CHECK_CODE(c, 404);
}

TEST(a_download_has_its_name_in_any_script)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/lines.csv?count=3");
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_header(c, "content-disposition"),
               "attachment; filename=\"pl__dges _1_.csv\"; "
               "filename*=UTF-8''pl%C3%A9dges%20%221%22.csv");
    CHECK_TEXT(client_header(c, "content-type"), "text/csv; charset=utf-8");
    CHECK_TEXT(c->body, "line\nline\nline\n");
    CHECK(!c->is_broken_off);
    client_get(c, "/lines.csv?count=3&broken=1");
    CHECK(c->is_broken_off);
}

TEST(a_problem_for_the_api_is_json_with_all_its_members)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/values/x.json");
    CHECK_CODE(c, 200);
    client_get(c, "/nowhere.json");
    CHECK_CODE(c, 404);
    CHECK_TEXT(client_header(c, "content-type"), "application/problem+json");
    CHECK(client_has(c, "\"type\":\"about:blank\"") && client_has(c, "\"title\":\"") &&
          client_has(c, "\"status\":404") && client_has(c, "\"detail\":\""));
}
