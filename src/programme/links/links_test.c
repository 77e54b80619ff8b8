/* SPDX-License-Identifier: MIT */
/* links_test.c - what is promised of the links of public pages, whatever the kind of page. */
#include "platform/base/test.h"

#include "programme/links/links.h"

static const char *plain(struct ctx *ctx, const char *text)
{
    struct links *links = mem_new(ctx->mem, struct links);
    const char *all = "";
    links_add_plain(ctx->mem, links, text);
    for (size_t i = 0; i < links->count; i++)
        all = mem_format(ctx->mem, "%s%s|", all, links->hrefs[i]);
    return all;
}

TEST(addresses_are_found_in_plain_words_without_what_stands_around_them)
{
    CHECK_TEXT(plain(ctx, "See https://a.example/b, or (http://c.example/d?e=1)."),
               "https://a.example/b|http://c.example/d?e=1|");
    CHECK_TEXT(plain(ctx, "https://a.example/x_(y) \"https://b.example/\" https://c.example/\n"),
               "https://a.example/x_(y)|https://b.example/|https://c.example/|");
    CHECK_TEXT(plain(ctx, "https://a.example/ https://a.example/ “https://b.example”"),
               "https://a.example/|https://b.example|");
    CHECK_TEXT(plain(ctx, "http: https:// httpx://a http"), "");
}

TEST(a_page_holds_no_more_links_than_are_looked_at)
{
    struct links *links = mem_new(ctx->mem, struct links);
    for (int i = 0; i <= LINKS_MOST; i++)
        links_add(links, mem_format(ctx->mem, "/%d", i));
    links_add(links, "/1");
    CHECK(links->count == LINKS_MOST);
}
