/* SPDX-License-Identifier: MIT */
/* fuzz_sqlgen.c - any bytes as a file of queries, and as a migration. */
#include "sqlgen.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes);

struct input {
    char *text;
    struct sql_output out;
};

static void read_migration(struct tool *tool, void *arg)
{
    struct owned_tables owned = {0};
    sql_check_migration(tool, ((struct input *)arg)->text, &owned);
}

static void generate(struct tool *tool, void *arg)
{
    static const char *const tables[] = {"pledge", "pledge_signer"};
    struct input *input = arg;
    const char **names = mem_copy(tool->mem, (const void *)tables, sizeof tables);
    struct owned_tables owned = {names, 2, 2};
    tool->file = "pledge/pledge.sql";
    sql_generate(tool, input->text, &owned, &input->out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size_bytes)
{
    struct tool *tool = tool_new();
    char *text = mem_bytes(tool->mem, size_bytes + 1);
    if (size_bytes > 0)
        memcpy(text, bytes, size_bytes);
    struct input input = {text,
                          {"pledge.sql", "pledge.sql.h", {.mem = tool->mem}, {.mem = tool->mem}}};
    (void)tool_try(tool, read_migration, &input);
    (void)tool_try(tool, generate, &input);
    mem_end(tool->mem);
    return 0;
}
