/* SPDX-License-Identifier: MIT */
/*
 * newsletter.c - `onward newsletter import`: readers taken over from a list kept elsewhere, and
 * `onward newsletter dkim`: the line to put into DNS.
 */
#include "command/list.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "platform/base/settings.h"
#include "platform/mail/dkim.h"
#include "programme/newsletter/newsletter.h"

static enum status import(struct ctx *ctx, struct command_run *run)
{
    const char *path = command_word(run, 0);
    struct newsletter_import_report *report = mem_new(ctx->mem, struct newsletter_import_report);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return ctx_fail(ctx, ERR_INVALID, "%s cannot be opened: %s", path, strerror(errno));
    enum status status = newsletter_import(ctx, file, report);
    close(file);
    TRY(status);
    for (size_t i = 0; i < report->problem_count; i++)
        fprintf(run->io.err, "line %" PRId64 ": %s. This row was not taken.\n",
                report->problems[i].line, report->problems[i].reason);
    if (report->refused_count > (int64_t)report->problem_count)
        fprintf(run->io.err, "and %" PRId64 " more like these\n",
                report->refused_count - (int64_t)report->problem_count);
    fprintf(run->io.out,
            "%" PRId64 " rows: %" PRId64 " new, %" PRId64 " known already, %" PRId64
            " have left or do not work, %" PRId64 " not taken\n",
            report->row_count, report->added_count, report->known_count, report->stopped_count,
            report->refused_count);
    return OK;
}

static enum status dkim(struct ctx *ctx, struct command_run *run)
{
    struct dkim *key;
    const char *record;
    TRY(dkim_open(ctx, &key));
    if (key == NULL)
        return ctx_fail(ctx, ERR_INVALID, "the setting dkim_key names no key");
    TRY(dkim_record(ctx, key, &record));
    fprintf(run->io.out, "%s._domainkey.%s TXT \"%s\"\n", ctx->settings->dkim_selector,
            strchr(ctx->settings->mail_from, '@') + 1, record);
    return OK;
}

const struct command command_newsletter_import = {
    .words = {"newsletter import",
              "Takes readers over from a CSV file with the columns email, topics, region, "
              "consented_on and consent. Nobody who is known, or has left, is changed by it.",
              "FILE", 1, 1, NULL},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = import,
};

const struct command command_newsletter_dkim = {
    .words = {"newsletter dkim", "Shows what to put into DNS for the key that signs mail.", "", 0,
              0, NULL},
    .needs = COMMAND_NEEDS_SETTINGS,
    .run = dkim,
};
