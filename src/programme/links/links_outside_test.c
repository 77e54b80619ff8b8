/* SPDX-License-Identifier: MIT */
/* links_outside_test.c - what is promised of links to other websites. */
#include "platform/base/test.h"

#include "platform/base/settings.h"
#include "platform/net/look_site.h"
#include "platform/store/store.h"
#include "programme/links/links_internal.h"
#include "programme/links/links_test_help.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum { DAY_SECS = 86400, MINUTE_SECS = 60, LOOKS = 6 };

static bool is_here(const struct sockaddr *address)
{
    return address->sa_family == AF_INET;
}

/* A kind of pages whose words the test says. */
static const char *words;

static enum status read(struct ctx *ctx, const char *key, struct links_page *out)
{
    if (words == NULL)
        return ctx_fail(ctx, ERR_NOT_FOUND, "there is no page \"%s\"", key);
    out->title = "One";
    out->edit_href = "/desk/one";
    links_add_plain(ctx->mem, &out->links, words);
    return OK;
}

static const struct links_kind kind = {"test", read, "", NULL};

static void page_with(struct ctx *ctx, const char *text)
{
    words = text;
    CHECK(links_follow(ctx, &kind, "one") == OK);
}

/* Looks at what is due, a host once a minute. */
static void look_at_all(struct ctx *ctx)
{
    for (int i = 0; i < LOOKS; i++) {
        ctx->now_secs += MINUTE_SECS + 1;
        CHECK(links_outside_look(ctx, is_here) == OK);
    }
}

static void allow(struct ctx *ctx)
{
    struct settings *settings = mem_new(ctx->mem, struct settings);
    *settings = settings_built_in(ctx->mem);
    settings->check_links = true;
    ctx->settings = settings;
}

TEST(other_websites_are_called_only_where_the_operator_allows_it)
{
    struct settings settings = settings_built_in(ctx->mem);
    ctx->settings = &settings;
    bool is_wanted;
    page_with(ctx, "https://example.org/");
    CHECK(!settings.check_links);
    CHECK(links_outside_wanted(ctx, &is_wanted) == OK && !is_wanted);
    settings.check_links = true;
    CHECK(links_outside_wanted(ctx, &is_wanted) == OK && is_wanted);
}

TEST(a_link_to_another_website_is_broken_after_it_failed_on_two_days)
{
    allow(ctx);
    struct look_site *site = look_site_open(ctx);
    const char *gone = look_site_url(site, ctx->mem, "/gone");
    const char *moved = look_site_url(site, ctx->mem, "/moved");
    const char *refuses = look_site_url(site, ctx->mem, "/refuses");
    const char *fine = look_site_url(site, ctx->mem, "/fine");
    struct links_broken_count_row broken;
    page_with(ctx, mem_format(ctx->mem, "%s, %s, %s, %s.", gone, moved, refuses, fine));
    CHECK_TEXT(links_test_stands(ctx, gone), "unchecked: ");
    look_at_all(ctx);
    CHECK_TEXT(links_test_stands(ctx, gone), "once: The page is gone (404)");
    CHECK_TEXT(links_test_stands(ctx, moved), mem_format(ctx->mem, "moved: Moved to %s", fine));
    CHECK_TEXT(links_test_stands(ctx, refuses), "unclear: It answers with 403");
    CHECK_TEXT(links_test_stands(ctx, fine), "ok: ");
    int count = look_site_count(site);
    look_at_all(ctx); /* none is due */
    CHECK(look_site_count(site) == count);
    CHECK(links_broken_count(ctx, &broken) == OK && broken.links == 0);
    ctx->now_secs += DAY_SECS;
    look_at_all(ctx);
    CHECK_TEXT(links_test_stands(ctx, gone), "broken: The page is gone (404)");
    CHECK(links_follow(ctx, &kind, "one") == OK); /* the check of the night keeps it */
    CHECK_TEXT(links_test_stands(ctx, gone), "broken: The page is gone (404)");
    CHECK(links_broken_count(ctx, &broken) == OK && broken.links == 1);
    look_site_answer(site, 200);
    ctx->now_secs += DAY_SECS;
    look_at_all(ctx);
    CHECK_TEXT(links_test_stands(ctx, gone), "ok: ");
}

TEST(one_host_is_asked_once_a_minute)
{
    allow(ctx);
    struct look_site *site = look_site_open(ctx);
    page_with(ctx, mem_format(ctx->mem, "%s and %s", look_site_url(site, ctx->mem, "/fine"),
                              look_site_url(site, ctx->mem, "/fine?2")));
    for (int i = 0; i < 3; i++)
        CHECK(links_outside_look(ctx, is_here) == OK);
    CHECK(look_site_count(site) == 1);
    ctx->now_secs += MINUTE_SECS + 1;
    CHECK(links_outside_look(ctx, is_here) == OK);
    CHECK(look_site_count(site) == 2);
}

TEST(a_link_that_no_page_has_any_more_is_forgotten)
{
    allow(ctx);
    struct look_site *site = look_site_open(ctx);
    struct links_outside_row_row row;
    const char *fine = look_site_url(site, ctx->mem, "/fine");
    page_with(ctx, fine);
    page_with(ctx, NULL);
    CHECK_TEXT(links_test_stands(ctx, fine), "not listed");
    look_at_all(ctx);
    CHECK(links_outside_row(ctx, fine, &row) == ERR_NOT_FOUND);
    ctx->fault = NULL;
}

/* Fails each store call in turn: a look is kept on the link and on its pages, or on neither. */
TEST(a_look_whose_keeping_fails_leaves_the_link_as_it_was)
{
    allow(ctx);
    struct look_site *site = look_site_open(ctx);
    const char *gone = look_site_url(site, ctx->mem, "/gone");
    page_with(ctx, gone);
    for (int nth = 1;; nth++) {
        struct links_outside_row_row row;
        store_fail_on_call(ctx->store, nth);
        enum status status = links_outside_look(ctx, is_here);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(links_outside_row(ctx, gone, &row) == OK);
        bool is_on_page = strncmp(links_test_stands(ctx, gone), row.state, strlen(row.state)) == 0;
        CHECK(is_on_page && (status == OK) == (row.looked_at != 0));
        if (status == OK) {
            CHECK(nth > 5);
            return;
        }
        ctx->now_secs += DAY_SECS + MINUTE_SECS;
    }
}
