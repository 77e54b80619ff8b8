/* SPDX-License-Identifier: MIT */
/* markdown_test.c - what Markdown promises, above all on text by strangers. */
#include "platform/base/test.h"

#include "platform/document/markdown.h"

#include <stdlib.h>
#include <time.h>

static const struct markdown_options strangers = {0};
static const struct markdown_options ours = {.is_ours = true};

static const char *html_by(struct ctx *ctx, const struct markdown_options *options,
                           const char *text)
{
    struct html html;
    CHECK(markdown_html(ctx, text, options, &html) == OK);
    return html.trusted != NULL ? html.trusted : "";
}

static const char *html(struct ctx *ctx, const char *text)
{
    return html_by(ctx, &strangers, text);
}

static const char *plain(struct ctx *ctx, const char *text)
{
    const char *out;
    CHECK(markdown_plain(ctx, text, &out) == OK);
    return out;
}

static const char *repeated(struct ctx *ctx, const char *unit, size_t total_bytes)
{
    size_t length = strlen(unit);
    char *text = mem_bytes(ctx->mem, total_bytes + 1);
    for (size_t at = 0; at + length <= total_bytes; at += length)
        memcpy(text + at, unit, length);
    return text;
}

TEST(paragraphs_and_emphasis_are_written)
{
    CHECK_TEXT(html(ctx, "One *two* **three** `a<b`  \nnext"),
               "<p>One <em>two</em> <strong>three</strong> <code>a&lt;b</code><br>\nnext</p>\n");
    CHECK_TEXT(html(ctx, NULL), "");
    CHECK_TEXT(html(ctx, ""), "");
}

TEST(headings_begin_at_two_and_never_skip_a_level)
{
    CHECK_TEXT(html(ctx, "### A\n###### B\n### C\n# D\n"),
               "<h2 class=\"nhsuk-heading-m\">A</h2>\n<h3 class=\"nhsuk-heading-s\">B</h3>\n"
               "<h2 class=\"nhsuk-heading-m\">C</h2>\n<h2 class=\"nhsuk-heading-m\">D</h2>\n");
    struct markdown_options deep = {.heading_level = 5};
    CHECK_TEXT(html_by(ctx, &deep, "# A\n## B\n### C\n"),
               "<h5 class=\"nhsuk-heading-xs\">A</h5>\n<h6 class=\"nhsuk-heading-xs\">B</h6>\n"
               "<h6 class=\"nhsuk-heading-xs\">C</h6>\n");
}

TEST(lists_carry_the_classes_of_the_design_system)
{
    CHECK_TEXT(html(ctx, "- a\n- b\n"), "<ul class=\"nhsuk-list nhsuk-list--bullet\">\n"
                                        "<li>a</li>\n<li>b</li>\n</ul>\n");
    CHECK_TEXT(html(ctx, "3. a\n\n4. b\n"),
               "<ol class=\"nhsuk-list nhsuk-list--number\" start=\"3\">\n"
               "<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n");
}

TEST(a_table_has_headers_and_numeric_columns)
{
    CHECK_TEXT(
        html(ctx, "| A | B |\n|---|--:|\n| 1 | 2 |\n"),
        "<table class=\"nhsuk-table\">\n<thead class=\"nhsuk-table__head\">\n<tr>\n"
        "<th class=\"nhsuk-table__header\" scope=\"col\">A</th>\n"
        "<th class=\"nhsuk-table__header nhsuk-table__header--numeric\" scope=\"col\">B</th>\n"
        "</tr>\n</thead>\n<tbody class=\"nhsuk-table__body\">\n"
        "<tr class=\"nhsuk-table__row\">\n<td class=\"nhsuk-table__cell\">1</td>\n"
        "<td class=\"nhsuk-table__cell nhsuk-table__cell--numeric\">2</td>\n</tr>\n"
        "</tbody>\n</table>\n");
}

TEST(a_table_of_headers_alone_is_closed)
{
    CHECK(strstr(html(ctx, "| A |\n|---|\n"), "</tr>\n</thead>\n</table>\n") != NULL);
}

TEST(html_in_the_text_is_dropped)
{
    CHECK_TEXT(html(ctx, "a <b onclick=alert(1)>c</b>"), "<p>a c</p>\n");
    CHECK_TEXT(html(ctx, "<script>alert(1)</script>\n\nx"), "<p>x</p>\n");
    CHECK_TEXT(html(ctx, "<img src=x onerror=alert(1)>"), "");
    CHECK_TEXT(html(ctx, "&lt;script&gt; & \" '"), html(ctx, "\\<script> & \" '"));
    CHECK(strstr(html(ctx, "&lt;script&gt;"), "<script") == NULL);
}

TEST(a_link_goes_to_http_mail_and_this_site_only)
{
    CHECK_TEXT(html_by(ctx, &ours, "[a](https://x.example/?a=1&b=2)"),
               "<p><a class=\"nhsuk-link\" href=\"https://x.example/?a=1&amp;b=2\">a</a></p>\n");
    CHECK_TEXT(html(ctx, "[a](/pledges)"),
               "<p><a class=\"nhsuk-link\" href=\"/pledges\">a</a></p>\n");
    CHECK_TEXT(html(ctx, "[a](mailto:a@x.example)"),
               "<p><a class=\"nhsuk-link\" href=\"mailto:a@x.example\">a</a></p>\n");
    static const char *const bad[] = {
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](java&Tab;script:alert(1))",
        "[a](&#1;javascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "[a](file:///etc/passwd)",
        "[a](<java\tscript:alert(1)>)",
        "[a](tel:999)",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK_TEXT(html(ctx, bad[i]), "<p>a</p>\n");
    CHECK_TEXT(html(ctx, "<javascript:alert(1)>"), "<p>javascript:alert(1)</p>\n");
}

TEST(a_strangers_link_to_another_site_is_not_followed)
{
    CHECK(strstr(html(ctx, "[a](https://x.example)"), "rel=\"nofollow noreferrer\"") != NULL);
    CHECK(strstr(html(ctx, "[a](//x.example)"), "rel=\"nofollow noreferrer\"") != NULL);
    CHECK(strstr(html(ctx, "[a](/\\x.example)"), "rel=\"nofollow noreferrer\"") != NULL);
    CHECK(strstr(html(ctx, "[a](/x)"), "rel=") == NULL);
    CHECK(strstr(html_by(ctx, &ours, "[a](https://x.example)"), "rel=") == NULL);
}

TEST(a_picture_is_shown_only_in_our_text_from_this_site)
{
    CHECK_TEXT(
        html_by(ctx, &ours, "![A *b* \"c\"](/x.png)"),
        "<p><img class=\"nhsuk-image__img\" src=\"/x.png\" alt=\"A b &quot;c&quot;\"></p>\n");
    CHECK_TEXT(html(ctx, "![A *b*](/x.png)"), "<p>A b</p>\n");
    CHECK_TEXT(html_by(ctx, &ours, "![A](https://x.example/x.png)"), "<p>A</p>\n");
    CHECK_TEXT(html_by(ctx, &ours, "![A](//x.example/x.png)"), "<p>A</p>\n");
    CHECK_TEXT(html_by(ctx, &ours, "![A ![b](/b.png) [c](/c)](/x.png)"),
               "<p><img class=\"nhsuk-image__img\" src=\"/x.png\" alt=\"A b c\"></p>\n");
}

TEST(text_that_is_not_utf_8_is_mended)
{
    CHECK_TEXT(html(ctx, "a\xFF\xC0z"), "<p>a\xEF\xBF\xBD\xEF\xBF\xBDz</p>\n");
}

TEST(text_made_to_be_slow_is_refused_or_quick)
{
    static const char *const units[] = {
        "[",    "![l",  ">",     "> ",   "- ",  "* ",       "1. ",        "_",     "__a",
        "`a``", "<!--", "<?",    "](",   "~~a", "|",        "| x\n|-\n",  "www._", "a@",
        "&",    "[a](", "*a **", "|-\n", "[^a", "[a]: u\n", "![[]()a](x", "<a ",   "\\`",
    };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        const char *text = repeated(ctx, units[i], MARKDOWN_BYTES);
        struct html html;
        clock_t began = clock();
        enum status status = markdown_html(ctx, text, &strangers, &html);
        CHECK(status == OK || status == ERR_INVALID);
        double secs = (double)(clock() - began) / CLOCKS_PER_SEC;
        if (secs > 2)
            fail_msg("\"%s\" took %.1f s", units[i], secs);
    }
}

TEST(fifty_thousand_brackets_are_only_text)
{
    const char *out = html(ctx, repeated(ctx, "[", 50000));
    CHECK(strlen(out) == 50000 + strlen("<p></p>\n"));
}

TEST(nesting_without_end_is_refused)
{
    struct html out;
    CHECK(markdown_html(ctx, repeated(ctx, ">", 50000), &strangers, &out) == ERR_INVALID);
    CHECK(markdown_html(ctx, repeated(ctx, "- ", 50000), &strangers, &out) == ERR_INVALID);
    CHECK(markdown_html(ctx, "> > - 1. * > x\n", &strangers, &out) == OK);
    CHECK(markdown_html(ctx, "- - - - - - - - - - - - - - - - - - - - -\n", &strangers, &out) ==
          ERR_INVALID);
    CHECK(markdown_html(ctx, "-------------------------------------\n", &strangers, &out) == OK);
}

TEST(text_made_to_grow_is_refused)
{
    struct html out;
    const char *word = repeated(ctx, "x", 50000);
    const char *uses = repeated(ctx, "[a]", 40000);
    const char *text = mem_format(ctx->mem, "[a]: /%s\n\n%s", word, uses);
    CHECK(markdown_html(ctx, text, &strangers, &out) == ERR_INVALID);
    text = mem_format(ctx->mem, "%s|\n%s|\n%s", repeated(ctx, "|x", 1000),
                      repeated(ctx, "|-", 1000), repeated(ctx, "x\n", 20000));
    CHECK(markdown_html(ctx, text, &strangers, &out) == ERR_INVALID);
    CHECK(markdown_html(ctx, repeated(ctx, "a", MARKDOWN_BYTES + 1), &strangers, &out) ==
          ERR_INVALID);
    CHECK(markdown_html(ctx, "[a]: /x\n\n[a] [b](/y)\n", &strangers, &out) == OK);
}

TEST(plain_text_keeps_the_words_and_the_addresses)
{
    CHECK_TEXT(plain(ctx, "# Title\n\nOne *two*\nthree [four](/x).\n\n- a\n- b\n  1. c\n  2. d\n\n"
                          "<b>bold</b> <https://x.example>\n"),
               "Title\n\nOne two three four (/x).\n\n* a\n* b\n1. c\n2. d\n\nbold "
               "https://x.example");
    CHECK_TEXT(plain(ctx, "| A | B |\n|---|---|\n| 1 | 2 |\n"), "A | B\n1 | 2");
    CHECK_TEXT(plain(ctx, ""), "");
    CHECK_TEXT(plain(ctx, NULL), "");
}
