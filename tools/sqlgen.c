/* SPDX-License-Identifier: MIT */
/*
 * sqlgen.c - turns a file of named queries into typed C functions.
 *
 * usage: sqlgen OUT.h OUT.c IN.sql [MIGRATION.sql ...]
 *
 * The migrations say which tables the folder owns: a query may write to no other.  In a folder's
 * meson.build the input list begins with the queries, so that the command is
 * [sqlgen, '@OUTPUT@', '@INPUT@'].
 */
#include "sqlgen.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
    "usage: sqlgen OUT.h OUT.c IN.sql [MIGRATION.sql ...]\n"
    "Turns the named queries of IN.sql into typed C functions.  The migrations say which tables\n"
    "the folder owns; a query that writes to another is refused.  The format is described in\n"
    "doc/decisions/0001-queries-and-views.md.\n";

static void read_migrations(struct tool *tool, char **paths, int count, struct owned_tables *owned)
{
    for (int i = 0; i < count; i++) {
        size_t size_bytes;
        struct source source = {tool, tool_read(tool, paths[i], &size_bytes), 1};
        sql_owned_tables(&source, owned);
    }
}

struct request {
    int argc;
    char **argv;
};

static void generate(struct tool *tool, void *arg)
{
    const struct request *request = arg;
    char **argv = request->argv;
    struct owned_tables owned = {0};
    size_t size_bytes;
    read_migrations(tool, argv + 4, request->argc - 4, &owned);
    char *text = tool_read(tool, argv[3], &size_bytes);
    if (strlen(text) != size_bytes)
        tool_refuse(tool, 0, "holds a zero byte");
    struct sql_output out = {
        .source_name = tool_place(argv[3]),
        .include_name = tool_include_name(argv[1]),
        .header = {.mem = tool->mem},
        .code = {.mem = tool->mem},
    };
    sql_generate(tool, text, &owned, &out);
    tool_save(tool, argv[1], &out.header);
    tool_save(tool, argv[2], &out.code);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    if (argc < 4) {
        fputs(usage, stderr);
        return 2;
    }
    struct request request = {argc, argv};
    return tool_run(generate, &request);
}
