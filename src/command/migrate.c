/* SPDX-License-Identifier: MIT */
/* migrate.c - `onward migrate`: brings the database up to this program, and takes its packs. */
#include "command/list.h"

#include "command/schema.h"

static enum status migrate(struct ctx *ctx, struct command_run *run)
{
    int applied;
    command_progress(run, "Bringing the database up to date ...");
    TRY(schema_migrate(ctx, &applied));
    command_progress(run, "");
    if (applied == 0)
        fputs("The database was up to date.\n", run->io.out);
    else
        fprintf(run->io.out, "Applied %d migration%s.\n", applied, applied == 1 ? "" : "s");
    return OK;
}

const struct command command_migrate = {
    .words = {"migrate", "Brings the database up to date with this program. Make a backup first.",
              "", 0, 0, NULL},
    .needs = COMMAND_NEEDS_STORE,
    .run = migrate,
};
