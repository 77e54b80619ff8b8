/* SPDX-License-Identifier: MIT */
/* layout_test.c - what the page around a view promises. */
#include "platform/view/layout.html.h"

#include "platform/base/test.h"
#include "platform/view/asset.h"

static const struct layout_link links[] = {{"Pledges", "/pledges", true}, {"<Events>", "/events"}};

static const char *written(struct ctx *ctx, const struct layout *page)
{
    struct view out = {.mem = ctx->mem};
    layout(&out, page);
    return out.text;
}

static struct layout page(void)
{
    return (struct layout){.title = "A & B",
                           .service_name = "Onward",
                           .service_href = "/",
                           .navigation = links,
                           .navigation_count = 2,
                           .search_action = "/search",
                           .search_value = "\"nurse\"",
                           .sign_in_href = "/account/sign-in",
                           .crumbs = links,
                           .crumb_count = 1,
                           .body = {"<h1>A</h1>"},
                           .footer = links,
                           .footer_count = 2,
                           .footer_text = "Run by us"};
}

/* How often the text stands in it. */
static size_t count(const char *text, const char *part)
{
    size_t found = 0;
    while ((text = strstr(text, part)) != NULL) {
        found++;
        text += strlen(part);
    }
    return found;
}

TEST(a_page_has_its_title_one_main_and_one_way_back)
{
    struct layout simple = page();
    const char *html = written(ctx, &simple);
    CHECK(strncmp(html, "<!DOCTYPE html>\n<html lang=\"en\">", 32) == 0);
    CHECK(count(html, "<title>A &amp; B – Onward</title>") == 1);
    CHECK(count(html, "<main ") == 1 && count(html, "id=\"maincontent\"") == 1);
    CHECK(count(html, "href=\"#maincontent\"") == 1 && count(html, "<h1>A</h1>") == 1);
    CHECK(count(html, "nhsuk-breadcrumb\"") == 1);
    simple.back_href = "/before";
    html = written(ctx, &simple);
    CHECK(count(html, "nhsuk-breadcrumb\"") == 0 && count(html, "href=\"/before\"") == 1);
}

TEST(a_page_with_problems_says_so_first)
{
    struct layout wrong = page();
    wrong.has_problem = true;
    CHECK(count(written(ctx, &wrong), "<title>Error: A &amp; B – Onward</title>") == 1);
}

TEST(a_page_holds_nothing_inline_and_nothing_of_another_site)
{
    struct layout simple = page();
    const char *html = written(ctx, &simple);
    CHECK(count(html, "<style") == 0 && count(html, " style=") == 0);
    CHECK(count(html, "<script") == 1 &&
          count(html, "<script type=\"module\" src=\"/assets/") == 1);
    CHECK(count(html, asset_href("site.css")) == 1 && count(html, asset_href("site.js")) == 1);
    CHECK(count(html, "https:") == 0);
    CHECK(count(html, "http:") == count(html, "xmlns=\"http://www.w3.org/2000/svg\""));
}

TEST(the_header_has_no_logo_unless_the_operator_sets_one)
{
    struct layout simple = page();
    CHECK(count(written(ctx, &simple), "nhsuk-header__logo") == 0);
    CHECK(count(written(ctx, &simple), "NHS") == 0);
    simple.logo_src = "/operator/logo.svg";
    CHECK(count(written(ctx, &simple), "src=\"/operator/logo.svg\"") == 1);
    CHECK(count(written(ctx, &simple), "nhsuk-header__logo\"") == 0);
    simple.logo_src = NULL;
    simple.has_nhs_logo = true;
    CHECK(count(written(ctx, &simple), "class=\"nhsuk-header__logo\"") == 1);
}

TEST(who_is_signed_in_can_sign_out_by_a_form_with_its_token)
{
    struct layout known = page();
    CHECK(count(written(ctx, &known), "href=\"/account/sign-in\"") == 1);
    known.person_name = "Ann <b>";
    known.account_href = "/account";
    known.sign_out_action = "/account/sign-out";
    known.form_token = "t\"k";
    const char *html = written(ctx, &known);
    CHECK(count(html, "Ann &lt;b&gt;") == 1 && count(html, "/account/sign-in") == 0);
    CHECK(count(html, "action=\"/account/sign-out\" method=\"post\"") == 1);
    CHECK(count(html, "<input type=\"hidden\" name=\"form_token\" value=\"t&quot;k\">") == 1);
}

TEST(the_current_part_is_marked_and_what_is_typed_stays)
{
    struct layout simple = page();
    const char *html = written(ctx, &simple);
    CHECK(count(html, "aria-current=\"true\"") == 1 && count(html, "&lt;Events&gt;") == 2);
    CHECK(count(html, "value=\"&quot;nurse&quot;\"") == 1);
    CHECK(count(html, "action=\"/search\" method=\"get\"") == 1);
}

TEST(a_bare_page_leaves_out_what_it_was_not_given)
{
    const char *html = written(ctx, &(struct layout){.title = "T", .service_name = "S"});
    CHECK(count(html, "<nav") == 0 && count(html, "<form") == 0 && count(html, "app-phase") == 0);
    CHECK(count(html, "<footer") == 1 && count(html, "©") == 0);
}
