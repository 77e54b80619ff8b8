/* SPDX-License-Identifier: MIT */
/* route_test.c - an address has one reading, a table one meaning. */
#include "platform/web/route.h"

#include "platform/base/test.h"
#include "platform/web/target.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static enum status nothing(struct web_request *request, struct web_answer *answer)
{
    (void)request;
    (void)answer;
    return OK;
}

static const struct web_route pledges[] = {
    {"GET", "/", WEB_PUBLIC, nothing, "home"},
    {"GET", "/pledges", WEB_PUBLIC, nothing, "register"},
    {"GET", "/pledges.json", WEB_PUBLIC, nothing, "register as JSON"},
    {"GET", "/pledges/sign", WEB_PUBLIC, nothing, "start"},
    {"POST", "/pledges/sign", WEB_PUBLIC, nothing, "begin"},
    {"GET", "/pledges/sign/:draft", WEB_PUBLIC, nothing, "draft"},
    {"GET", "/pledges/sign/:draft/:step", WEB_PUBLIC, nothing, "step"},
    {"GET", "/pledges/:reference", WEB_PUBLIC, nothing, "one"},
    {"GET", "/pledges/:reference.json", WEB_PUBLIC, nothing, "one as JSON"},
    {"GET", "/pledges/:reference/pledge.pdf", WEB_PUBLIC, nothing, "paper"},
    {"POST", "/pledges/:which/acknowledge", 17, nothing, "acknowledge"},
    {0},
};
static const struct web_route *const tables[] = {pledges, NULL};
static const struct web_app app = {.routes = tables};

static const char *summary_of(struct ctx *ctx, const char *method, const char *sent,
                              struct route_found *found)
{
    struct web_routes *routes;
    struct target target;
    CHECK(web_routes_build(ctx, &app, &routes) == OK);
    CHECK(target_read(ctx, sent, &target) == OK);
    switch (web_routes_find(ctx->mem, routes, method, &target, found)) {
    case OK:
        return found->row->summary;
    case ERR_CONFLICT:
        return found->allow;
    default:
        return "none";
    }
}

TEST(each_address_finds_its_row)
{
    struct route_found found;
    CHECK_TEXT(summary_of(ctx, "GET", "/", &found), "home");
    CHECK_TEXT(summary_of(ctx, "HEAD", "/pledges?q=1", &found), "register");
    CHECK_TEXT(summary_of(ctx, "GET", "/pledges.json", &found), "register as JSON");
    CHECK_TEXT(summary_of(ctx, "GET", "/pledges/sign", &found), "start");
    CHECK_TEXT(summary_of(ctx, "POST", "/pledges/sign", &found), "begin");
    CHECK_TEXT(summary_of(ctx, "GET", "http://h/pledges", &found), "register");
    CHECK_TEXT(summary_of(ctx, "GET", "/pledges/PL-1", &found), "one");
    CHECK_TEXT(found.values.value[0], "PL-1");
    CHECK_TEXT(found.values.name[0], "reference");
    CHECK_TEXT(summary_of(ctx, "GET", "/pledges/PL-1.json", &found), "one as JSON");
    CHECK_TEXT(found.values.value[0], "PL-1");
    CHECK_TEXT(summary_of(ctx, "GET", "/pledges/sign/pledge.pdf", &found), "draft");
    CHECK_TEXT(summary_of(ctx, "GET", "/pledges/a%20b/pledge.pdf", &found), "paper");
    CHECK_TEXT(found.values.value[0], "a b");
    CHECK_TEXT(summary_of(ctx, "POST", "/pledges/sign/acknowledge", &found), "acknowledge");
    CHECK_TEXT(found.values.name[0], "which");
    CHECK_TEXT(found.values.value[0], "sign");
    CHECK(found.values.count == 1);
}

TEST(what_is_not_in_the_table_is_not_there)
{
    const char *const paths[] = {"/pledge",   "/pledges/",          "/pledges//",
                                 "//pledges", "/pledges/x/y",       "/pledges/.json/z",
                                 "/PLEDGES",  "/pledges/sign/a/b/c"};
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        struct route_found found;
        const char *summary = summary_of(ctx, "GET", paths[i], &found);
        CHECK(strcmp(summary, "none") == 0 || strcmp(paths[i], "/pledges/") == 0);
    }
}

TEST(another_method_is_told_which_there_are)
{
    struct route_found found;
    CHECK_TEXT(summary_of(ctx, "POST", "/pledges", &found), "GET, HEAD");
    CHECK_TEXT(summary_of(ctx, "DELETE", "/pledges/sign", &found), "GET, HEAD, POST");
    CHECK_TEXT(summary_of(ctx, "BREW", "/pledges/x/acknowledge", &found), "POST");
    CHECK_TEXT(summary_of(ctx, "get", "/pledges", &found), "GET, HEAD");
}

TEST(a_table_that_is_not_right_stops_the_start)
{
    const struct web_route wrong[] = {
        {"GET", "/a", WEB_ACCESS_UNSET, nothing, "no access"},
        {"GET", "/a", 9, nothing, "access of nobody"},
        {"GET", "/a", WEB_PUBLIC, NULL, "no handler"},
        {"GET", "/a", WEB_PUBLIC, nothing, NULL},
        {"GET", NULL, WEB_PUBLIC, nothing, "no path"},
        {"GET", "a", WEB_PUBLIC, nothing, "no slash"},
        {"GET", "/a//b", WEB_PUBLIC, nothing, "empty segment"},
        {"HEAD", "/a", WEB_PUBLIC, nothing, "HEAD"},
        {"get", "/a", WEB_PUBLIC, nothing, "no such method"},
        {"GET", "/pledges", WEB_PUBLIC, nothing, "twice"},
        {"GET", "/pledges/:other", WEB_PUBLIC, nothing, "twice by another name"},
        {"GET", "/:a/:b/:c/:d/:e/:f/:g/:h/:i", WEB_PUBLIC, nothing, "too many values"},
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        const struct web_route table[] = {wrong[i], {0}};
        const struct web_route *const both[] = {pledges, table, NULL};
        struct web_routes *routes = NULL;
        ctx->fault = NULL;
        if (web_routes_build(ctx, &(struct web_app){.routes = both}, &routes) != ERR_INVALID)
            fail_msg("taken: %s", wrong[i].summary);
        CHECK(strstr(ctx->fault, "route ") == ctx->fault);
    }
}

TEST(an_address_with_two_readings_is_refused)
{
    const char *const junk[] = {
        "",          "pledges",   "*",          "/a/../b", "/..",       "/.",
        "/a/.",      "/%2e%2E/b", "/a%2fb",     "/a%2Fb",  "/%00",      "/a%00",
        "/a%0d%0ab", "/%",        "/%4",        "/%zz",    "/%ff",      "/%c0%af",
        "/a b",      "/a\tb",     "/a#b",       "/a\\b",   "/\xc3\xa9", "/a\x01",
        "ftp://h/a", "http://h?", "/%ed%a0%80", "/a\"",    "/a<b",      "/%7f",
    };
    for (size_t i = 0; i < COUNT_OF(junk); i++) {
        struct target target;
        ctx->fault = NULL;
        if (target_read(ctx, junk[i], &target) != ERR_INVALID)
            fail_msg("taken: %s", junk[i]);
    }
}

TEST(an_address_may_be_long_and_deep_but_not_without_end)
{
    struct target target;
    char *sent = mem_bytes(ctx->mem, TARGET_BYTES_MAX + 2);
    memset(sent, 'a', TARGET_BYTES_MAX);
    sent[0] = '/';
    CHECK(target_read(ctx, sent, &target) == OK);
    sent[TARGET_BYTES_MAX] = 'a';
    CHECK(target_read(ctx, sent, &target) == ERR_NOT_FOUND);
    CHECK(target_read(ctx, "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", &target) == OK);
    CHECK(target.segment_count == 16);
    CHECK(target_read(ctx, "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", &target) == ERR_NOT_FOUND);
}

TEST(the_parts_of_an_address_are_kept)
{
    struct target target;
    CHECK(target_read(ctx, "/a%20b/c/?x=%20y?&z", &target) == OK);
    CHECK_TEXT(target.path, "/a b/c/");
    CHECK_TEXT(target.raw, "/a%20b/c/?x=%20y?&z");
    CHECK(target.ends_with_slash && target.segment_count == 2);
    CHECK(target.query.length_bytes == 9 && memcmp(target.query.bytes, "x=%20y?&z", 9) == 0);
    CHECK(target_read(ctx, "HTTP://example.org", &target) == OK);
    CHECK_TEXT(target.path, "/");
    CHECK(!target.ends_with_slash);
}

static void check_cookie(const char *header, const char *wanted)
{
    struct text_span got = target_cookie(header, "onward");
    if (wanted == NULL)
        assert_null(got.bytes);
    else if (got.bytes == NULL || got.length_bytes != strlen(wanted) ||
             memcmp(got.bytes, wanted, got.length_bytes) != 0)
        fail_msg("cookie of \"%s\" is not \"%s\"", header, wanted);
}

TEST(a_cookie_is_found_by_its_whole_name)
{
    (void)ctx;
    check_cookie(NULL, NULL);
    check_cookie("", NULL);
    check_cookie("onward", NULL);
    check_cookie("onward=", "");
    check_cookie("xonward=1; onwardx=2", NULL);
    check_cookie("a=1;onward=2", "2");
    check_cookie("a=1; onward=2 ; onward=3", "2");
    check_cookie(";;; ; onward=x=y", "x=y");
    check_cookie("__Host-onward=1", NULL);
}
