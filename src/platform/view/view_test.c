/* SPDX-License-Identifier: MIT */
/* view_test.c - what the escaping writer promises. */
#include "platform/view/view.h"

#include "platform/base/test.h"

#include <limits.h>

static const char *url(struct ctx *ctx, const char *text)
{
    struct view out = {.mem = ctx->mem};
    view_url(&out, text);
    return out.text;
}

static const char *path(struct ctx *ctx, const char *text)
{
    struct view out = {.mem = ctx->mem};
    view_path(&out, text);
    return out.text == NULL ? "" : out.text;
}

TEST(text_is_escaped_and_nothing_writes_nothing)
{
    struct view out = {.mem = ctx->mem};
    view_text(&out, (const char *)NULL);
    view_text(&out, (struct html){NULL});
    CHECK(out.text == NULL && out.length_bytes == 0);
    view_text(&out, "<a href=\"x\" title='y'>&é");
    CHECK_TEXT(out.text, "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;é");
    CHECK(out.length_bytes == strlen(out.text));
}

/* What the writer does in runs, byte by byte. */
static const char *escaped(struct mem *mem, const char *text)
{
    const char *whole = "";
    for (; *text != '\0'; text++) {
        const char byte[2] = {*text, '\0'};
        const char *as = *text == '&'    ? "&amp;"
                         : *text == '<'  ? "&lt;"
                         : *text == '>'  ? "&gt;"
                         : *text == '"'  ? "&quot;"
                         : *text == '\'' ? "&#39;"
                                         : byte;
        whole = mem_format(mem, "%s%s", whole, as);
    }
    return whole;
}

TEST(each_byte_is_escaped_wherever_it_stands)
{
    enum { LENGTH = 19 };
    char text[LENGTH + 1] = {0};
    for (int byte = 1; byte <= UCHAR_MAX; byte++)
        for (size_t at = 0; at < LENGTH; at++) {
            struct view out = {.mem = ctx->mem};
            memset(text, 'a', LENGTH);
            text[at] = (char)byte;
            text[(at + 5) % LENGTH] = '<';
            view_text(&out, text);
            CHECK_TEXT(out.text, escaped(ctx->mem, text));
        }
}

TEST(numbers_are_written_to_their_ends)
{
    struct view out = {.mem = ctx->mem};
    view_text(&out, 0);
    view_raw(&out, " ", 1);
    view_text(&out, INT64_MIN);
    view_raw(&out, " ", 1);
    view_text(&out, INT64_MAX);
    view_raw(&out, " ", 1);
    view_text(&out, UINT64_MAX);
    CHECK_TEXT(out.text, "0 -9223372036854775808 9223372036854775807 18446744073709551615");
}

TEST(a_long_text_is_whole_after_growing)
{
    struct view out = {.mem = ctx->mem};
    for (int i = 0; i < 100000; i++)
        view_text(&out, i % 7 == 0 ? "<" : "ab");
    CHECK(out.length_bytes == 100000 / 7 * 4 + 4 + (100000 - 100000 / 7 - 1) * 2);
    CHECK(strlen(out.text) == out.length_bytes && out.length_bytes < out.room_bytes);
    CHECK(strncmp(out.text, "&lt;abababababab&lt;ab", 22) == 0);
}

TEST(a_url_that_could_run_becomes_a_hash)
{
    static const char *const harmful[] = {"javascript:alert(1)",
                                          "JaVaScRiPt:alert(1)",
                                          " javascript:alert(1)",
                                          "\001javascript:x",
                                          "java\tscript:x",
                                          "java\nscript:x",
                                          "data:text/html,x",
                                          "vbscript:x",
                                          "file:///etc/passwd",
                                          "httpsx:y",
                                          ":",
                                          "\\javascript:x"};
    for (size_t i = 0; i < sizeof harmful / sizeof harmful[0]; i++)
        CHECK_TEXT(url(ctx, harmful[i]), "#");
    CHECK_TEXT(url(ctx, "https://a.example/?x=1&y=2"), "https://a.example/?x=1&amp;y=2");
    CHECK_TEXT(url(ctx, "mailto:a@b.example"), "mailto:a@b.example");
    CHECK_TEXT(url(ctx, "/a?b=c:d"), "/a?b=c:d");
    CHECK_TEXT(url(ctx, "#x:y"), "#x:y");
}

TEST(an_address_that_is_fetched_is_a_path_of_this_site)
{
    static const char *const elsewhere[] = {"https://a.example/x",
                                            "//a.example/x",
                                            "\\\\a.example/x",
                                            "/\\a.example/x",
                                            "/\t/a.example",
                                            "data:image/png,x",
                                            " /x"};
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++)
        CHECK_TEXT(path(ctx, elsewhere[i]), "");
    CHECK_TEXT(path(ctx, "/assets/a.svg?x=1&y"), "/assets/a.svg?x=1&amp;y");
    CHECK_TEXT(path(ctx, "a.svg"), "a.svg");
}

TEST(a_part_of_a_url_is_percent_encoded)
{
    struct view out = {.mem = ctx->mem};
    view_url_part(&out, "a/b c&d=é%\"");
    view_url_part(&out, (const char *)NULL);
    view_url_part(&out, -1);
    CHECK_TEXT(out.text, "a%2Fb%20c%26d%3D%C3%A9%25%22-1");
}

TEST(attributes_are_escaped_and_harmful_ones_left_out)
{
    static const struct view_attribute attributes[] = {{"data-a", "\"<"},
                                                       {"onclick", "x()"},
                                                       {"style", "color: red"},
                                                       {"href", "data:x"},
                                                       {"hidden", NULL},
                                                       {"a b", "x"},
                                                       {"data-x y", "z"},
                                                       {"ONCLICK", "x"},
                                                       {"aria-label", "it's"},
                                                       {"", "x"},
                                                       {"srcdoc", "<p>"},
                                                       {"lang", ""},
                                                       {"data-i18n.a.b", "c"},
                                                       {"xlink:href", "#a"},
                                                       {NULL, NULL}};
    struct view out = {.mem = ctx->mem};
    view_attributes(&out, attributes);
    CHECK_TEXT(out.text,
               " data-a=\"&quot;&lt;\" href=\"#\" hidden aria-label=\"it&#39;s\" lang=\"\""
               " data-i18n.a.b=\"c\"");
}

TEST(no_style_is_written_but_a_picture_of_this_site)
{
    static const char *const styles[] = {"background-image: url('//a.example/x');",
                                         "background-image: url('/x'); color: red",
                                         "background-image: url('/x');color:red');",
                                         "background-image: url('/x y');",
                                         "background-image: url('/x?y');",
                                         "background-image: url('x');",
                                         "color: red",
                                         "",
                                         NULL};
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++) {
        struct view out = {.mem = ctx->mem};
        view_attributes(&out, (const struct view_attribute[]){{"style", styles[i]}, {NULL, NULL}});
        CHECK(out.text == NULL);
    }
    struct view out = {.mem = ctx->mem};
    view_attributes(&out, (const struct view_attribute[]){
                              {"style", "background-image: url('/a-b/c.jpg');"}, {NULL, NULL}});
    CHECK_TEXT(out.text, " style=\"background-image: url(&#39;/a-b/c.jpg&#39;);\"");
}

TEST(an_element_is_named_from_the_list)
{
    struct view out = {.mem = ctx->mem};
    static const char *const names[] = {"h2", "script", "style", "iframe", "p x", "textarea", NULL};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        view_element(&out, names[i]);
        view_raw(&out, " ", 1);
    }
    CHECK_TEXT(out.text, "h2 span span span span span span ");
}
