/* SPDX-License-Identifier: MIT */
/* schema.c - the schema and the packs of this program, for the commands that need them. */
#include "command/schema.h"

#include "platform/store/store.h"
#include "programme/directory/directory.h"
#include "programme/library/library.h"
#include "programme/programme.h"

enum status schema_check(struct ctx *ctx)
{
    enum status status = store_schema_check(ctx, programme_migrations, programme_migration_count);
    if (status == ERR_NOT_FOUND || status == ERR_CONFLICT)
        ctx->fault = mem_format(ctx->mem,
                                "%s; `onward migrate` brings a database that is empty or "
                                "older up to date",
                                ctx->fault);
    return status;
}

enum status schema_migrate(struct ctx *ctx, int *applied_out)
{
    TRY(store_migrate(ctx, programme_migrations, programme_migration_count, applied_out));
    TRY(directory_take_packs(ctx));
    return library_take_packs(ctx);
}
