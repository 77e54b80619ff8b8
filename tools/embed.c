/* SPDX-License-Identifier: MIT */
/*
 * embed.c - compiles files into the program: a capability's migrations, assets, packs.
 *
 * usage: embed migrations CAPABILITY OUT.h OUT.c FILE...
 *        embed files NAME OUT.h OUT.c [--base FOLDER]... FILE...
 */
#include "embed.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
    "usage: embed migrations CAPABILITY OUT.h OUT.c FILE...\n"
    "       embed files NAME OUT.h OUT.c [--base FOLDER]... FILE...\n"
    "The first writes the set CAPABILITY_migrations (platform/store/store.h) from\n"
    "CAPABILITY_0001.sql and so on.  The second writes the table NAME and NAME_count\n"
    "(platform/base/embedded.h); the path of a file is what follows the first FOLDER that holds\n"
    "it, or its last part without --base.\n";

struct request {
    struct embed_order order;
    bool is_migrations;
    const char *header_path;
    const char *code_path;
};

static void embed(struct tool *tool, void *arg)
{
    struct request *request = arg;
    request->order.header.mem = tool->mem;
    request->order.code.mem = tool->mem;
    if (request->is_migrations)
        embed_migrations(tool, &request->order);
    else
        embed_files(tool, &request->order);
    tool_save(tool, request->header_path, &request->order.header);
    tool_save(tool, request->code_path, &request->order.code);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(usage, stdout);
        return 0;
    }
    bool is_migrations = argc > 1 && strcmp(argv[1], "migrations") == 0;
    bool is_files = argc > 1 && strcmp(argv[1], "files") == 0;
    int first = 5;
    int base_count = 0;
    while (is_files && first + 1 < argc && strcmp(argv[first], "--base") == 0) {
        argv[5 + base_count++] = argv[first + 1]; /* the folders side by side */
        first += 2;
    }
    if ((!is_migrations && !is_files) || first >= argc) {
        fputs(usage, stderr);
        return 2;
    }
    struct request request = {
        .order = {.name = argv[2],
                  .include_name = tool_include_name(argv[3]),
                  .bases = (const char *const *)argv + 5,
                  .base_count = base_count,
                  .paths = (const char *const *)argv + first,
                  .path_count = argc - first},
        .is_migrations = is_migrations,
        .header_path = argv[3],
        .code_path = argv[4],
    };
    return tool_run(embed, &request);
}
