/* SPDX-License-Identifier: MIT */
/*
 * serve.c - `onward serve`: answers people.
 *
 * An empty database is filled first, so that a newcomer needs one command.  One of an older
 * program is not touched: bringing it up to date is the operator's decision, after a backup.
 */
#include "command/list.h"

#include "command/schema.h"
#include "platform/base/settings.h"
#include "platform/mail/mail.h"
#include "platform/web/web.h"
#include "programme/account/account.h"
#include "programme/programme.h"

static enum status prepare(struct ctx *ctx, const struct command_run *run)
{
    int applied;
    enum status status = schema_check(ctx);
    if (status != ERR_NOT_FOUND)
        return status;
    ctx->fault = NULL;
    command_progress(run, "The database is new: filling it with what is built in ...");
    TRY(schema_migrate(ctx, &applied));
    command_progress(run, "");
    return OK;
}

static enum status serve(struct ctx *ctx, struct command_run *run)
{
    TRY(mail_check_settings(ctx));
    TRY(account_check_settings(ctx));
    TRY(prepare(ctx, run));
    if (run->io.is_watched)
        fprintf(run->io.err, "%s is at %s and stops with Ctrl+C.\n", ctx->settings->service_name,
                ctx->settings->base_url);
    return web_serve(ctx, &programme_app);
}

const struct command command_serve = {
    .words = {"serve", "Answers people's browsers, and does the work put off for later.", "", 0, 0,
              NULL},
    .needs = COMMAND_NEEDS_STORE,
    .is_service = true,
    .run = serve,
};
