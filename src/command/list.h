/* SPDX-License-Identifier: MIT */
/* list.h - the commands of this folder; commands.c puts them in order. */
#ifndef COMMAND_LIST_H
#define COMMAND_LIST_H

#include "command/command.h"

extern const struct command command_import;
extern const struct command command_import_list;
extern const struct command command_import_undo;
extern const struct command command_migrate;
extern const struct command command_queries;
extern const struct command command_routes;
extern const struct command command_serve;
extern const struct command command_version;

#endif
