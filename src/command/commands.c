/* SPDX-License-Identifier: MIT */
/* commands.c - the table of commands, in the order of `onward --help`. */
#include "command/list.h"

/* A command a line, so that a new one is a line of its own. */
/* clang-format off */
const struct command *const commands[] = {
    &command_serve,
    &command_demo,
    &command_work,
    &command_mail_receive,
    &command_migrate,
    &command_import,
    &command_import_list,
    &command_import_undo,
    &command_newsletter_import,
    &command_newsletter_dkim,
    &command_pack_list,
    &command_pack_check,
    &command_pack_install,
    &command_user_create,
    &command_user_list,
    &command_user_end,
    &command_user_close,
    &command_backup,
    &command_restore,
    &command_key_list,
    &command_key_renew,
    &command_check,
    &command_audit_check,
    &command_audit_export,
    &command_routes,
    &command_openapi,
    &command_queries,
    &command_version,
    NULL,
};
/* clang-format on */
