/* SPDX-License-Identifier: MIT */
/* list.h - the commands of this folder; commands.c puts them in order. */
#ifndef COMMAND_LIST_H
#define COMMAND_LIST_H

#include "command/command.h"

extern const struct command command_audit_check;
extern const struct command command_audit_export;
extern const struct command command_backup;
extern const struct command command_check;
extern const struct command command_demo;
extern const struct command command_import;
extern const struct command command_import_list;
extern const struct command command_import_undo;
extern const struct command command_key_list;
extern const struct command command_key_renew;
extern const struct command command_mail_receive;
extern const struct command command_migrate;
extern const struct command command_newsletter_dkim;
extern const struct command command_newsletter_import;
extern const struct command command_openapi;
extern const struct command command_pack_check;
extern const struct command command_pack_install;
extern const struct command command_pack_list;
extern const struct command command_queries;
extern const struct command command_restore;
extern const struct command command_routes;
extern const struct command command_serve;
extern const struct command command_user_close;
extern const struct command command_user_create;
extern const struct command command_user_end;
extern const struct command command_user_list;
extern const struct command command_version;
extern const struct command command_work;

#endif
