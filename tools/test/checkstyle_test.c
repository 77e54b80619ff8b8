/* SPDX-License-Identifier: MIT */
/* checkstyle_test.c - every rule has code that it must find, and code that it must leave alone. */
#include "platform/base/test.h"

#include "cases.h"
#include "checkstyle.h"

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static void add(struct style *style, const char *path, const char *code)
{
    const char *text =
        mem_format(style->mem, "/* SPDX-License-Identifier: MIT */\n/* %s - a sample. */\n%s",
                   base_name(path), code);
    if (strncmp(code, "RAW\n", 4) == 0)
        text = strchr(code, '\n') + 1;
    style_add(style, path, text, strlen(text));
}

/* All findings, a line each. */
static const char *findings(struct style *style)
{
    struct tool_text said = {.mem = style->mem};
    style_finish(style);
    for (int i = 0; i < style->finding_count; i++)
        tool_print(&said, "%s%s:%d: %s", i > 0 ? "\n" : "", style->findings[i].path,
                   style->findings[i].line, style->findings[i].message);
    return said.bytes != NULL ? said.bytes : "";
}

static const char *say(struct mem *mem, const struct case_input *input)
{
    struct style *style = mem_new(mem, struct style);
    style->mem = mem;
    add(style, input->name, input->text);
    return findings(style);
}

TEST(checkstyle_finds_each_offence_at_its_line)
{
    int count;
    CHECK(cases_run(ctx->mem, CASES "/checkstyle_cases.txt", say, &count) == 0);
    CHECK(count > 80);
}

TEST(checkstyle_survives_a_file_that_stops_anywhere)
{
    struct tool *tool = tool_new();
    size_t size_bytes;
    char *text = tool_read(tool, CASES "/cases.c", &size_bytes);
    for (size_t i = 0; i < size_bytes; i++) {
        struct mem *mem = mem_child(ctx->mem);
        struct style style = {.mem = mem};
        style_add(&style, "src/platform/web/cases.c", mem_text_part(mem, text, i), i);
        style_finish(&style);
        mem_end(mem);
    }
    mem_end(tool->mem);
}

TEST(a_zero_byte_in_a_source_file_is_an_offence)
{
    struct style style = {.mem = ctx->mem};
    style_add(&style, "src/main.c", "/* SPDX\0", 8);
    CHECK_TEXT(findings(&style), "src/main.c:1: holds a zero byte");
}

TEST(capabilities_that_include_each_other_are_a_circle)
{
    struct style style = {.mem = ctx->mem};
    add(&style, "src/programme/a/a.c", "#include \"programme/b/b.h\"\n");
    add(&style, "src/programme/b/b.c", "#include \"programme/c/c.h\"\n");
    add(&style, "src/programme/c/c.h", "\n#include \"programme/a/a.h\"\n");
    add(&style, "src/programme/d/d.c", "#include \"programme/a/a.h\"\n");
    CHECK_TEXT(findings(&style),
               "src/programme/a/a.c:3: a includes b and is included by it: a circle\n"
               "src/programme/b/b.c:3: b includes c and is included by it: a circle\n"
               "src/programme/c/c.h:4: c includes a and is included by it: a circle");
}

TEST(capabilities_that_include_one_way_are_no_circle_and_tests_may_look_back)
{
    struct style style = {.mem = ctx->mem};
    add(&style, "src/programme/a/a.c",
        "#include \"programme/b/b.h\"\n#include \"programme/c/c.h\"\n");
    add(&style, "src/programme/b/b.c", "#include \"programme/c/c.h\"\n");
    add(&style, "src/programme/c/c_test.c", "#include \"programme/a/a.h\"\n");
    CHECK_TEXT(findings(&style), "");
}

TEST(the_own_header_comes_first_where_there_is_one)
{
    struct style style = {.mem = ctx->mem};
    add(&style, "src/platform/web/a.h", "");
    add(&style, "src/platform/web/a.c", "#include <stdio.h>\n#include \"platform/web/a.h\"\n");
    add(&style, "src/platform/web/b.h", "");
    add(&style, "src/platform/web/b.c", "#include \"platform/web/b.h\"\n#include <stdio.h>\n");
    add(&style, "src/platform/web/c.h", "");
    add(&style, "src/platform/web/c.c", "");
    add(&style, "src/platform/web/d.c", "#include <stdio.h>\n");
    add(&style, "tools/e.h", "");
    add(&style, "tools/e.c", "#include <stdio.h>\n");
    CHECK_TEXT(findings(&style), "src/platform/web/a.c:3: its own header, \"platform/web/a.h\", is "
                                 "the first include\n"
                                 "src/platform/web/c.c:1: its own header, \"platform/web/c.h\", is "
                                 "the first include\n"
                                 "tools/e.c:3: its own header, \"e.h\", is the first include");
}

/* count functions of 61 lines and others of one, in a file each: no file is too long. */
static const char *share(struct mem *mem, int long_count, int short_count)
{
    struct style *style = mem_new(mem, struct style);
    style->mem = mem;
    for (int i = 0; i < long_count + short_count; i++) {
        struct tool_text code = {.mem = mem};
        tool_print(&code, "int f%d(void) {", i);
        for (int line = 0; line < 60 && i < long_count; line++)
            tool_print(&code, "\n");
        tool_print(&code, "}\n");
        add(style, mem_format(mem, "src/platform/web/f%d.c", i), code.bytes);
    }
    return findings(style);
}

TEST(one_function_in_twenty_may_be_long)
{
    CHECK_TEXT(share(ctx->mem, 1, 19), "");
    CHECK_TEXT(share(ctx->mem, 2, 38), "");
    CHECK_TEXT(share(ctx->mem, 2, 37),
               "src/platform/web/f0.c:3: 2 of 39 functions are longer than 60 lines: at most 5 in "
               "100; this is the longest");
}

TEST(a_file_may_have_five_hundred_lines_and_a_function_a_hundred)
{
    struct style style = {.mem = ctx->mem};
    struct tool_text code = {.mem = ctx->mem};
    for (int i = 0; i < 498; i++)
        tool_print(&code, "\n");
    add(&style, "src/platform/web/a.c", code.bytes);
    tool_print(&code, "\n");
    add(&style, "src/platform/web/b.c", code.bytes);
    struct tool_text body = {.mem = ctx->mem};
    for (int i = 0; i < 99; i++)
        tool_print(&body, "\n");
    add(&style, "src/platform/web/c.c", mem_format(ctx->mem, "int f(void) {%s}\n", body.bytes));
    add(&style, "src/platform/web/d.c", mem_format(ctx->mem, "int f(void) {%s\n}\n", body.bytes));
    CHECK_TEXT(findings(&style), "src/platform/web/b.c:501: 501 lines: at most 500\n"
                                 "src/platform/web/d.c:3: f: 101 lines: at most 100");
}
