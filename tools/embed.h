/* SPDX-License-Identifier: MIT */
/* embed.h - the two things that embed makes, callable by its tests. */
#ifndef TOOLS_EMBED_H
#define TOOLS_EMBED_H

#include "tool.h"

struct embed_order {
    const char *name; /* of the capability, or of the table */
    const char *include_name;
    const char *const *bases; /* folders, absolute; files only */
    int base_count;
    const char *const *paths;
    int path_count;
    struct tool_text header; /* begin as {.mem = mem} */
    struct tool_text code;
};

/* The struct store_migration_set NAME_migrations.  Refuses a file that is not NAME_0001.sql and so
 * on, gaps, the same number twice, and what is not in the shared dialect (sqlgen_migration.c). */
void embed_migrations(struct tool *tool, struct embed_order *order);

/* The table NAME and NAME_count.  Refuses a file outside all bases and the same path twice. */
void embed_files(struct tool *tool, struct embed_order *order);

#endif
