/* SPDX-License-Identifier: MIT */
/*
 * viewgen_test.c - what views become, and what viewgen refuses.
 *
 * sample.html is compiled by the build; the rest is given to the generator as text.
 */
#include "platform/base/test.h"
#include "sample.html.h"
#include "viewgen.h"

#include <stdio.h>

enum { OUTPUT_BYTES = 64 * 1024 };

struct outcome {
    bool is_right;
    char *c;
    char *complaint;
};

static struct outcome generate(struct ctx *ctx, const char *text)
{
    struct outcome outcome = {.c = mem_bytes(ctx->mem, OUTPUT_BYTES),
                              .complaint = mem_bytes(ctx->mem, OUTPUT_BYTES)};
    struct gen_files files = {.name = "x.html", .text = text, .header = ""};
    files.h = fopen("/dev/null", "w");
    files.c = fmemopen(outcome.c, OUTPUT_BYTES, "w");
    files.complaints = fmemopen(outcome.complaint, OUTPUT_BYTES, "w");
    outcome.is_right = gen_views(&files);
    fclose(files.h);
    fclose(files.c);
    fclose(files.complaints);
    return outcome;
}

/* A view with this body is refused at this line with a complaint that holds this text. */
static void refused(struct ctx *ctx, const char *body, int line, const char *complaint)
{
    struct outcome outcome = generate(ctx, mem_format(ctx->mem, "{{view x (int a)}}\n%s", body));
    if (outcome.is_right)
        fail_msg("not refused: %s", body);
    const char *place = mem_format(ctx->mem, "x.html:%d: ", line);
    if (strncmp(outcome.complaint, place, strlen(place)) != 0 ||
        strstr(outcome.complaint, complaint) == NULL)
        fail_msg("%s: complains \"%s\", not \"%s%s\"", body, outcome.complaint, place, complaint);
}

/* A view with this body is accepted, and its C holds this text. */
static void becomes(struct ctx *ctx, const char *body, const char *code)
{
    struct outcome outcome = generate(ctx, mem_format(ctx->mem, "{{view x (int a)}}\n%s", body));
    if (!outcome.is_right)
        fail_msg("refused: %s: %s", body, outcome.complaint);
    if (strstr(outcome.c, code) == NULL)
        fail_msg("%s: no \"%s\" in\n%s", body, code, outcome.c);
}

static const struct sample_row rows[] = {{"<Ann>", 7}, {"Bob", 18446744073709551615u}};

TEST(a_view_writes_what_its_place_makes_safe)
{
    struct view out = {.mem = ctx->mem};
    sample(&out, &(struct sample){.title = "Tom & \"Jo's\" <b>",
                                  .url = "javascript:alert(1)",
                                  .slug = "a b/c?&é",
                                  .body = {"<p>as it is</p>"},
                                  .rows = rows,
                                  .row_count = 2,
                                  .is_open = true,
                                  .level = -3});
    CHECK_TEXT(out.text, "<h1 title=\"About Tom &amp; &quot;Jo&#39;s&quot; &lt;b&gt;\">"
                         "Tom &amp; &quot;Jo&#39;s&quot; &lt;b&gt;</h1>\n"
                         "<p>\n<a href=\"#\">whole</a>\n"
                         "<a href=\"/things/a%20b%2Fc%3F%26%C3%A9?n=-3\">part</a>\n"
                         "<img src=\"\" alt=\"\">\n</p>\n"
                         "<p>many: -3</p>\n<ul>\n"
                         "<li class=\"first\">0 &lt;Ann&gt;: 7</li>\n"
                         "<li>1 Bob: 18446744073709551615</li>\n</ul>\n"
                         "<strong class=\"badge x}}y\">\n"
                         "<em>Tom &amp; &quot;Jo&#39;s&quot; &lt;b&gt;</em>\n</strong> "
                         "<strong class=\"badge\" lang=\"cy\" hidden>\n"
                         "Tom &amp; &quot;Jo&#39;s&quot; &lt;b&gt;\n</strong>\n"
                         "<textarea id=\"t\" name=\"t\" rows=\"2\">\n"
                         "Tom &amp; &quot;Jo&#39;s&quot; &lt;b&gt;\n  kept</textarea>\n"
                         "<h2 id=\"e\">named</h2>\n"
                         "<p>as it is</p> {{ what?\?!");
}

TEST(an_element_named_by_a_value_is_never_a_script)
{
    struct view out = {.mem = ctx->mem};
    sample(&out, &(struct sample){.title = "t", .level = 1});
    CHECK(strstr(out.text, "<span id=\"e\">named</span>") != NULL);
    CHECK(strstr(out.text, "<p>one</p>\n<ul>\n</ul>") != NULL);
    CHECK(strstr(out.text, "script") == NULL);
}

TEST(viewgen_chooses_the_escape_by_the_place)
{
    becomes(ctx, "{{a}}", "view_text(out, a);");
    becomes(ctx, "<p title='{{a}}'>x</p>", "view_value(out, a);");
    becomes(ctx, "<a href=\"{{a}}\">x</a>", "view_url(out, a);");
    becomes(ctx, "<a href=\"{{a}}/edit\">x</a>", "view_url(out, a);");
    becomes(ctx, "<a href=\"/x/{{a}}\">x</a>", "view_url_part(out, a);");
    becomes(ctx, "<a href=\"{{a}}?q={{a}}\">x</a>", "view_url_part(out, a);");
    becomes(ctx, "<a href=\"/x{{if a}}?q={{a}}{{end}}&amp;r={{a}}\">x</a>",
            "view_url_part(out, a);");
    becomes(ctx, "<form action=\"{{a}}\"></form>", "view_url(out, a);");
    becomes(ctx, "<img src=\"{{a}}\" alt=\"\">", "view_path(out, a);");
    becomes(ctx, "<link rel=\"icon\" href=\"{{a}}\">", "view_path(out, a);");
    becomes(ctx, "<script src=\"{{a}}\" type=\"module\"></script>", "view_path(out, a);");
    becomes(ctx, "<title>{{a}}</title>", "view_value(out, a);");
    becomes(ctx, "<textarea>{{a}}</textarea>", "view_value(out, a);");
    becomes(ctx, "<pre>{{a}}</pre>", "view_text(out, a);");
    becomes(ctx, "<{{a}}>x</{{a}}>", "view_element(out, a);");
    becomes(ctx, "<p {{attributes a}}>x</p>", "view_attributes(out, a);");
    becomes(ctx, "<p{{if a}} hidden{{end}}>x</p>", "view_raw(out, \" hidden\", 7);");
    becomes(ctx, "{{thing(.a = \"}}\", .b = (struct b){{1}})}}",
            "thing(out, &(const struct thing){.a = \"}}\", .b = (struct b){{1}}});");
    becomes(ctx, "{{thing()}}", "thing(out, &(const struct thing){0});");
    becomes(ctx, "{{use other(a, 2)}}", "other(out, a, 2);");
    becomes(ctx, "{{use other()}}", "other(out);");
    becomes(ctx, "{{f(a)}}", "view_text(out, f(a));");
    becomes(ctx, "{{each const struct t *x in f(a, 1), g(a, 2)}}{{x->y}}{{end}}",
            "const struct t *x = &(f(a, 1))[each_index];");
    becomes(ctx, "{{# it isn't <read> }}x", "view_raw(out, \"x\", 1);");
}

TEST(viewgen_writes_less_white_space_but_no_less_meaning)
{
    becomes(ctx, "  <p>\n    a  b\n  </p>\n\n", "\"<p>\\n\"\n                  \"a b\\n\"\n");
    becomes(ctx, "<p\n   id=\"x\"\n   hidden >y</p>", "\"<p id=\\\"x\\\" hidden>y</p>\", 22)");
    becomes(ctx, "<pre>\n  a\n</pre>", "\"  a\\n\"");
    becomes(ctx, "a\n{{if a}}\nb\n{{end}}\nc", "view_raw(out, \"c\", 1);");
    becomes(ctx, "a {{if a}}b{{end}} c", "view_raw(out, \" c\", 2);");
}

TEST(viewgen_tells_the_compiler_where_each_expression_stands)
{
    becomes(ctx, "<p>\n{{if a}}\n{{a}}\n{{end}}</p>", "#line 4 \"x.html\"\n    view_text(out, a);");
    becomes(ctx, "{{thing(.a = 1,\n .b = 2)}}\n{{a}}",
            "#line 4 \"x.html\"\n    view_text(out, a);");
}

TEST(viewgen_refuses_a_value_where_nothing_makes_it_safe)
{
    refused(ctx, "<p id={{a}}>", 2, "outside quotes");
    refused(ctx, "<p id=x>", 2, "must be in quotes");
    refused(ctx, "<p {{a}}>", 2, "only between quotes");
    refused(ctx, "<p id{{a}}=\"\">", 2, "only between quotes");
    refused(ctx, "<p{{a}}>", 2, "only between quotes");
    refused(ctx, "<h{{a}}>", 2, "element <h> is not");
    refused(ctx, "<p{{if a}}{{end}}x=\"\">", 2, "white space must stand");
    refused(ctx, "<p id=\"x\"{{if a}} hidden{{end}}title=\"\">", 2, "white space must stand");
    refused(ctx, "<{{a}}x>", 2, "whole name");
    refused(ctx, "\n<!-- {{a}} -->", 3, "inside a comment");
    refused(ctx, "<!doctype {{a}}>", 2, "inside a comment or declaration");
    refused(ctx, "<script src=\"/x\">{{a}}</script>", 2, "inside <script>");
    refused(ctx, "<script>{{a}}</script>", 2, "needs src");
    refused(ctx, "<p onclick=\"{{a}}\">", 2, "attribute onclick is not on the list");
    refused(ctx, "<p style=\"{{a}}\">", 2, "attribute style is not on the list");
    refused(ctx, "<p {{if a}}{{a}}{{end}}>", 2, "only between quotes");
    refused(ctx, "<a href=\"{{a}}{{if a}}x{{end}}\">", 2, "after a whole address");
    refused(ctx, "<a href=\"{{a}}:{{a}}\">", 2, "after a whole address");
    refused(ctx, "<a href=\"{{if a}}/x{{end}}{{a}}\">", 2, "depends on a branch");
    refused(ctx, "<a href=\"{{if a}}java{{else}}/x{{end}}script:x\">", 2, "after a whole address");
}

TEST(viewgen_refuses_what_no_page_may_hold)
{
    refused(ctx, "<p onclick=\"x()\">", 2, "onclick");
    refused(ctx, "<p STYLE=\"color: red\">", 2, "style");
    refused(ctx, "<iframe src=\"/x\">", 2, "element <iframe>");
    refused(ctx, "<object>", 2, "element <object>");
    refused(ctx, "<base href=\"/\">", 2, "element <base>");
    refused(ctx, "<style>p {}</style>", 2, "element <style>");
    refused(ctx, "<iframe srcdoc=\"x\">", 2, "iframe");
    refused(ctx, "<p srcdoc=\"x\">", 2, "srcdoc");
    refused(ctx, "<script>alert(1)</script>", 2, "needs src");
    refused(ctx, "<script{{if a}} src=\"/x\"{{end}}></script>", 2, "needs src");
    refused(ctx, "<script src=\"/x\">alert(1)</script>", 2, "nothing may stand");
    refused(ctx, "<script src=\"https://elsewhere.example/x\"></script>", 2, "no other site");
    refused(ctx, "<img src=\"//elsewhere.example/x\">", 2, "no other site");
    refused(ctx, "<link href=\"http://elsewhere.example/x\">", 2, "no other site");
    refused(ctx, "<a href=\"javascript:x()\">", 2, "may begin with");
    refused(ctx, "<a href=\"data:{{a}}\">", 2, "may begin with");
    refused(ctx, "<p data-=\"x\">", 2, "data-");
    refused(ctx, "<textarea><b>x</b></textarea>", 2, "only text");
    refused(ctx, "<p>1 < 2</p>", 2, "bare");
    refused(ctx, "<p>a\001b</p>", 2, "control character");
}

TEST(viewgen_refuses_a_branch_that_ends_elsewhere)
{
    refused(ctx, "{{if a}}<p {{end}}>", 2, "another place");
    refused(ctx, "<p {{if a}}>{{end}}", 2, "another place");
    refused(ctx, "<p title=\"{{if a}}\"{{end}}>", 2, "another place");
    refused(ctx, "<p {{if a}}title=\"{{else}}id=\"{{end}}x\">", 2, "another place");
    refused(ctx, "{{if a}}<textarea>{{else}}{{end}}", 2, "another place");
    refused(ctx, "{{each int *x in a, 1}}<p id=\"{{end}}", 2, "another place");
    refused(ctx, "{{capture x}}<p {{end}}", 2, "another place");
    refused(ctx, "<p {{capture x}}{{end}}>", 2, "in text only");
    refused(ctx, "<p", 2, "ends inside a tag");
    refused(ctx, "<p id=\"x", 2, "ends inside a tag");
    refused(ctx, "<!-- x", 2, "ends inside a tag");
    refused(ctx, "<title>x", 2, "ends inside a tag");
}

TEST(viewgen_refuses_directives_that_do_not_read)
{
    refused(ctx, "{{a", 2, "without its }}");
    refused(ctx, "{{f(a}}", 2, "do not match");
    refused(ctx, "{{\"a}}", 2, "do not match");
    refused(ctx, "{{a)}}", 2, "do not match");
    refused(ctx, "{{}}", 2, "empty");
    refused(ctx, "x\n\n{{if a}}\nx", 4, "without end");
    refused(ctx, "{{end}}", 2, "end without");
    refused(ctx, "{{else}}", 2, "else without if");
    refused(ctx, "{{if a}}{{else}}{{else}}{{end}}", 2, "else without if");
    refused(ctx, "{{if a}}{{else x}}{{end}}", 2, "else is");
    refused(ctx, "{{each x}}{{end}}", 2, "each is");
    refused(ctx, "{{each int *x in a}}{{end}}", 2, "each is");
    refused(ctx, "{{capture 1x}}{{end}}", 2, "capture is");
    refused(ctx, "{{use x}}", 2, "use is");
    refused(ctx, "<p {{use x(a)}}>", 2, "cannot be used");
    refused(ctx, "<p {{thing(.a = 1)}}>", 2, "cannot be used");
    refused(ctx, "<title>{{thing(.a = 1)}}</title>", 2, "cannot be used");
    char *deep = mem_bytes(ctx->mem, 34 * 8 + 1);
    for (int i = 0; i < 34; i++)
        memcpy(deep + 8 * i, "{{if a}}", 8);
    refused(ctx, deep, 2, "too many ifs");
    refused(ctx, "{{attributes a}}", 2, "inside a tag");
    refused(ctx, "<p>{{view y ()}}", 2, "line of its own");
    refused(ctx, "{{view y}}", 2, "a view begins with");
    refused(ctx, "{{include \"x.h\"}}\n", 2, "include stands");
}

TEST(viewgen_refuses_files_without_views)
{
    CHECK(!generate(ctx, "").is_right);
    CHECK(!generate(ctx, "<p>text</p>").is_right);
    CHECK(!generate(ctx, "text\n{{view x ()}}\n").is_right);
    CHECK(!generate(ctx, "{{if a}}\n").is_right);
    CHECK(generate(ctx, "{{# x }}\n{{include \"a/b.h\"}}\n\n{{view x ()}}").is_right);
}
