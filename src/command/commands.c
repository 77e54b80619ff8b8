/* SPDX-License-Identifier: MIT */
/* commands.c - the table of commands, in the order of `onward --help`. */
#include "command/list.h"

const struct command *const commands[] = {
    &command_serve,       &command_migrate,     &command_import,
    &command_import_list, &command_import_undo, &command_routes,
    &command_queries,     &command_version,     NULL,
};
