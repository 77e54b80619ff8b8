/* SPDX-License-Identifier: MIT */
/* library_text_test.c - what named blocks become, and what of a text an editor must mend. */
#include "platform/base/test.h"

#include "programme/library/library.h"

static const char *html(struct ctx *ctx, const char *text)
{
    struct html html;
    CHECK(library_markdown(ctx, text, &html) == OK);
    return html.trusted != NULL ? html.trusted : "";
}

static bool has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

TEST(lists_of_what_to_do_and_not_become_components)
{
    const char *out = html(ctx, "## One\n\n::: do\n- ask *early*\n- bring\n  a friend\n:::\n"
                                "::: dont Never do this\n* wait\n:::\n\n### Two\n");
    CHECK(has(out, "nhsuk-list--tick") && has(out, "nhsuk-list--cross"));
    CHECK(has(out, "ask <em>early</em>") && has(out, "bring   a friend"));
    CHECK(has(out, ">Do<") || has(out, "Do\n"));
    CHECK(has(out, "Never do this"));
    CHECK(has(out, "<h3 class=\"nhsuk-heading-s\" id=\"two\">Two</h3>"));
}

TEST(insets_actions_and_facts_become_components)
{
    const char *out =
        html(ctx, "::: inset\nStay **calm**.\n:::\n::: action\n[Sign](/pledges/sign)\n"
                  "[Bad](javascript:alert(1))\n:::\n::: summary\nHours: 315\n"
                  "Where: [here](/x)\n:::\n");
    CHECK(has(out, "nhsuk-inset-text") && has(out, "<strong>calm</strong>"));
    CHECK(has(out, "nhsuk-action-link") && has(out, "href=\"/pledges/sign\""));
    CHECK(!has(out, "javascript:"));
    CHECK(has(out, "nhsuk-summary-list__key") && has(out, "Hours") && has(out, "href=\"/x\""));
}

TEST(contents_lead_to_the_headings_of_the_text)
{
    const char *out = html(ctx, "::: contents\n:::\n## Who can\n## Who can\n### Deeper\n");
    CHECK(has(out, "nhsuk-contents-list") && has(out, "href=\"#who-can\""));
    CHECK(has(out, "href=\"#who-can-2\"") && has(out, "id=\"who-can-2\""));
    CHECK(!has(out, "href=\"#deeper\""));
    CHECK(has(html(ctx, "::: contents\n[A](/a)\n:::\n## B\n"), "href=\"/a\""));
}

/* Blocks without end must not cost more than the text is long. */
TEST(many_lists_of_contents_and_endless_items_stay_small)
{
    enum { LINES = 20000, BYTES_MOST = 20000000 };
    struct text_builder blocks = text_build(ctx->mem, 100000), item = blocks;
    const char *text;
    text_add(&blocks, "## One\n\n## Two\n\n");
    for (int i = 0; i < 1000; i++)
        text_add(&blocks, "::: contents\n:::\n");
    CHECK(text_build_end(&blocks, &text) == OK);
    const char *first = strstr(html(ctx, text), "href=\"#one\"");
    CHECK(first != NULL && strstr(first + 1, "href=\"#one\"") == NULL);
    text_add(&item, "::: do\n- begun\n");
    for (int i = 0; i < LINES; i++)
        text_add(&item, "a\n");
    text_add(&item, "end\n:::\n");
    CHECK(text_build_end(&item, &text) == OK);
    size_t before = mem_size_bytes(ctx->mem);
    CHECK(has(html(ctx, text), "a a end"));
    CHECK(mem_size_bytes(ctx->mem) - before < BYTES_MOST);
}

TEST(a_table_has_its_caption)
{
    const char *out = html(ctx, "::: table Hours a week\n| a | b |\n|---|--:|\n| 1 | 2 |\n:::\n");
    CHECK(
        has(out, "<caption class=\"nhsuk-table__caption\" id=\"table-1\">Hours a week</caption>"));
    CHECK(has(out, "aria-labelledby=\"table-1\""));
}

TEST(marks_that_mean_nothing_lose_no_words)
{
    CHECK(has(html(ctx, "::: other\nwords\n:::\n"), "words"));
    CHECK(has(html(ctx, "::: inset\nno end"), "no end"));
    CHECK(has(html(ctx, "```\n::: inset\n```\n"), "::: inset"));
    CHECK(has(html(ctx, "::: inset\n~~~~\ncode\n~~~~\n:::\nafter"), "<p>after</p>"));
    CHECK_TEXT(html(ctx, NULL), "");
}

TEST(nothing_that_runs_comes_out_of_a_text)
{
    const char *out = html(ctx, "<script>alert(1)</script>\n\n::: inset <b>\n<img src=x "
                                "onerror=alert(1)>\n:::\n::: do <i onclick=x>\n- <b>x</b>\n:::\n");
    CHECK(!has(out, "<script") && !has(out, "<img") && !has(out, "<i ") && !has(out, "<b>"));
}

TEST(a_text_without_its_markup_keeps_its_words)
{
    const char *out;
    CHECK(library_markdown_plain(ctx,
                                 "## One\n::: contents\n:::\n::: do\n- ask\n:::\n::: summary\n"
                                 "A: 1\nB: 2\n:::\n",
                                 &out) == OK);
    CHECK_TEXT(out, "One\n\nDo\n\n* ask\n\nA: 1\n\nB: 2");
}

TEST(what_is_searched_has_neither_addresses_nor_marks)
{
    const char *out;
    CHECK(library_markdown_words(ctx,
                                 "See [the ladder](/guidance/ladder).\n\n- one\n- two\n\n"
                                 "1. first\n\n| a | b |\n|---|---|\n| c | d |\n",
                                 &out) == OK);
    CHECK_TEXT(out, "See the ladder.\n\none\ntwo\n\nfirst\n\na b\nc d");
}

static const char *problem(struct ctx *ctx, const char *text)
{
    struct form_problems *problems = mem_new(ctx->mem, struct form_problems);
    CHECK(library_text_check(ctx, text, "body", problems) == OK);
    const char *found = form_problem_of(problems, "body");
    return found != NULL ? found : "";
}

TEST(an_editor_is_told_what_to_mend)
{
    CHECK_TEXT(
        problem(ctx, "## Fine\n\n[a](/b) ![A nurse](/guidance/pictures/1)\n\n::: do\n- x\n:::"),
        "");
    CHECK(has(problem(ctx, "a <script>alert(1)</script>"), "HTML is not shown"));
    CHECK(has(problem(ctx, "[x](javascript:alert)"), "cannot go to “javascript:alert”"));
    CHECK(has(problem(ctx, "::: do\n- [x](javascript:alert)\n:::"), "cannot go to"));
    CHECK(has(problem(ctx, "![](/guidance/pictures/1)"), "has no alternative text"));
    CHECK(has(problem(ctx, "![A](https://elsewhere.org/a.png)"), "not of this site"));
    CHECK(has(problem(ctx, "::: warn\nx\n:::"), "There is no block “warn”"));
    CHECK(has(problem(ctx, "::: do\n- x"), "not closed"));
    CHECK(has(problem(ctx, ":::"), "has not begun"));
    CHECK(has(problem(ctx, "> > > > > > > > > > > > > > > > > > x"), "too deeply nested"));
}

TEST(code_inside_a_block_does_not_hide_what_is_wrong_behind_it)
{
    struct form_problems found = {.count = 0};
    CHECK(library_text_check(ctx, "::: inset\n```\n:::\n\n::: nonsense\nx\n:::\n", "body",
                             &found) == OK);
    CHECK(found.count == 1);
    CHECK(strstr(found.items[0].text, "There is no block “nonsense”") != NULL);
}
