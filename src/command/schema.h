/* SPDX-License-Identifier: MIT */
/* schema.h - whether the database is one of this program, and making it so. */
#ifndef COMMAND_SCHEMA_H
#define COMMAND_SCHEMA_H

#include "platform/base/ctx.h"

/*
 * ERR_NOT_FOUND  the database is empty
 * ERR_CONFLICT   it has another schema than this program; both say what to do in ctx->fault
 */
MUST_CHECK enum status schema_check(struct ctx *ctx);

/*
 * Brings the database to the schema of this program and takes the packs that are built in or
 * installed.  Doing it again changes nothing.  Statuses as store_migrate.
 *
 *   applied_out  how many migrations were applied
 */
MUST_CHECK enum status schema_migrate(struct ctx *ctx, int *applied_out);

#endif
