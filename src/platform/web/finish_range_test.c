/* SPDX-License-Identifier: MIT */
/* finish_range_test.c - downloads go on where they broke off (RFC 9110, sections 13 and 14). */
#include "platform/base/test.h"
#include "platform/web/web_test_app.h"
#include "platform/web/web_test_client.h"

static void ask(struct web_client *c, const char *range)
{
    client_set_header(c, "Range", range);
    client_get(c, "/numbers.csv");
}

TEST(a_range_gives_the_bytes_that_were_asked_for)
{
    static const struct {
        const char *range, *says;
        int code;
        size_t bytes;
        bool is_taken;
    } cases[] = {
        {NULL, "", 200, 3000, true},
        {"bytes=0-3", "bytes 0-3/3000", 206, 4, false},
        {"bytes=4-7", "bytes 4-7/3000", 206, 4, false},
        {"bytes=0-999", "bytes 0-999/3000", 206, 1000, true},
        {"bytes=0-", "bytes 0-2999/3000", 206, 3000, true},
        {"bytes=1000-", "bytes 1000-2999/3000", 206, 2000, false},
        {"Bytes= 2996-99999999999999999999999", "bytes 2996-2999/3000", 206, 4, false},
        {"bytes=-4", "bytes 2996-2999/3000", 206, 4, false},
        {"bytes=-5000", "bytes 0-2999/3000", 206, 3000, true},
        {"bytes=3000-", "bytes */3000", 416, 0, false},
        {"bytes=-0", "bytes */3000", 416, 0, false},
        /* What is no single range of bytes is as if nothing had been asked. */
        {"bytes=0-1,5-6", "", 200, 3000, true},
        {"bytes=7-3", "", 200, 3000, true},
        {"bytes=a-b", "", 200, 3000, true},
        {"bytes=-", "", 200, 3000, true},
        {"bytes=5", "", 200, 3000, true},
        {"pages=1-2", "", 200, 3000, true},
    };
    struct web_client *c = web_client(ctx, &web_test_app);
    client_set_header(c, "Accept-Encoding", "gzip");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ask(c, cases[i].range);
        if (c->code != cases[i].code || c->body_bytes != cases[i].bytes ||
            strcmp(client_header(c, "content-range"), cases[i].says) != 0 ||
            c->answer.is_taken != cases[i].is_taken)
            fail_msg("%s: %d, %zu bytes, \"%s\", taken %d", cases[i].range, c->code, c->body_bytes,
                     client_header(c, "content-range"), c->answer.is_taken);
        CHECK_TEXT(client_header(c, "accept-ranges"), "bytes");
        CHECK_TEXT(client_header(c, "content-encoding"), "");
    }
    ask(c, "bytes=4-11");
    CHECK(memcmp(c->body, "00010002", 8) == 0);
}

TEST(a_download_goes_on_only_while_it_is_the_same)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_get(c, "/numbers.csv");
    const char *etag = client_header(c, "etag"), *modified = client_header(c, "last-modified");
    CHECK(etag[0] == '"' && modified[0] != '\0');
    const struct {
        const char *if_range;
        int code;
    } cases[] = {{etag, 206},
                 {modified, 206},
                 {"\"another\"", 200},
                 {mem_format(ctx->mem, "W/%s", etag), 200}, /* a weak one proves nothing */
                 {"Mon, 09 Mar 2026 08:00:00 GMT", 200}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        client_set_header(c, "If-Range", cases[i].if_range);
        ask(c, "bytes=1000-");
        CHECK_CODE(c, cases[i].code);
        CHECK_TEXT(client_header(c, "etag"), etag);
    }
    client_set_header(c, "If-Range", NULL);
    client_set_header(c, "If-None-Match", etag);
    ask(c, "bytes=1000-");
    CHECK_CODE(c, 304);
    CHECK(!c->answer.is_taken);
}

TEST(head_says_how_long_the_whole_is_and_pages_have_no_parts)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_set_header(c, "Range", "bytes=0-3");
    client_head(c, "/numbers.csv");
    CHECK_CODE(c, 200);
    CHECK(c->answer.body.length_bytes == 3000 && !c->answer.is_taken);
    CHECK_TEXT(client_header(c, "accept-ranges"), "bytes");
    CHECK_TEXT(client_header(c, "content-range"), "");
    client_get(c, "/long");
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_header(c, "accept-ranges"), "");
}

TEST(who_is_signed_in_can_go_on_too)
{
    struct web_client *c = web_client(ctx, &web_test_app);
    client_sign_in(c, (struct person_id){ADA});
    client_get(c, "/numbers.csv");
    const char *etag = client_header(c, "etag");
    CHECK_TEXT(client_header(c, "cache-control"), "no-store");
    client_set_header(c, "If-Range", etag);
    ask(c, "bytes=2996-");
    CHECK_CODE(c, 206);
    CHECK(c->body_bytes == 4 && memcmp(c->body, "0749", 4) == 0);
}
