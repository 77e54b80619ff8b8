/* SPDX-License-Identifier: MIT */
/* version.c - `onward version`. */
#include "command/list.h"

#include "command/version.h"

static enum status version(struct ctx *ctx, struct command_run *run)
{
    (void)ctx;
    fputs("onward " ONWARD_VERSION "\n", run->io.out);
    return OK;
}

const struct command command_version = {
    .words = {"version", "Says which version this is.", "", 0, 0, NULL},
    .run = version,
};
