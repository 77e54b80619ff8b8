/* SPDX-License-Identifier: MIT */
/* backup.c - `onward backup` and `onward restore`: the whole database as one file, and back. */
#include "command/list.h"

#include "command/schema.h"
#include "platform/store/store.h"

static enum status backup(struct ctx *ctx, struct command_run *run)
{
    TRY(store_backup(ctx, command_word(run, 0), command_progress_percent, run));
    command_progress(run, "");
    fprintf(run->io.out, "The whole database is in %s. It holds personal data: keep it safe.\n",
            command_word(run, 0));
    return OK;
}

static enum status restore(struct ctx *ctx, struct command_run *run)
{
    command_progress(run, "Restoring ...");
    TRY(store_restore(ctx, command_word(run, 0)));
    command_progress(run, "");
    fputs("The database is as it was when the copy was made.\n", run->io.out);
    enum status status = schema_check(ctx);
    if (status == ERR_CONFLICT) {
        fprintf(run->io.out, "Before it can be used: %s.\n", ctx->fault);
        ctx->fault = NULL;
        return OK;
    }
    return status;
}

const struct command command_backup = {
    .words = {"backup", "Copies the whole database into a new file, while it is in use.", "FILE", 1,
              1, NULL},
    .needs = COMMAND_NEEDS_STORE,
    .run = backup,
};

const struct command command_restore = {
    .words = {"restore", "Fills an empty database from such a file.", "FILE", 1, 1, NULL},
    .needs = COMMAND_NEEDS_STORE,
    .run = restore,
};
