/* SPDX-License-Identifier: MIT */
/*
 * audit.c - `onward audit`: the record of deeds, for auditors.
 *
 *   onward audit check
 *   onward audit export record.jsonl
 *   onward audit export --organisation R0A --from 2026-04-01 --until 2027-03-31 record.csv
 */
#include "command/list.h"

#include "platform/base/text.h"
#include "programme/audit/audit.h"
#include "programme/oversight/oversight.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>

static enum status check(struct ctx *ctx, struct command_run *run)
{
    int64_t checked;
    const char *broken;
    TRY(audit_check_chains(ctx, &checked, &broken));
    if (broken != NULL)
        return ctx_fail(ctx, ERR_INVALID, "%s does not hold: the record was changed", broken);
    fprintf(run->io.out, "%" PRId64 " chains hold.\n", checked);
    return OK;
}

static enum status write_text(void *arg, const char *text)
{
    return fputs(text, arg) < 0 ? ERR_FAULT : OK;
}

/* Written beside the file and put in its place when whole, so that a broken one is never taken for
 * the record.  For its owner alone, as a backup is: it says who did what. */
static enum status export_to(struct ctx *ctx, const struct oversight_export *wanted,
                             const char *path, struct oversight_exported *done)
{
    const char *part = mem_format(ctx->mem, "%s.part", path);
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (file == NULL)
        return ctx_fail(ctx, ERR_BUSY, "\"%s\" cannot be written: %s", part, strerror(errno));
    enum status status = oversight_export(ctx, wanted, write_text, file, done);
    bool is_whole = ferror(file) == 0;
    is_whole = fclose(file) == 0 && is_whole;
    if (status == OK && (!is_whole || rename(part, path) != 0))
        status = ctx_fail(ctx, ERR_BUSY, "\"%s\" cannot be written: %s", path, strerror(errno));
    if (status != OK)
        remove(part);
    return status;
}

static enum status export_record(struct ctx *ctx, struct command_run *run)
{
    struct oversight_exported done;
    const char *path = command_word(run, 0);
    struct oversight_export wanted = {.organisation = args_value(run->args, "organisation"),
                                      .from_on = args_value(run->args, "from"),
                                      .until_on = args_value(run->args, "until"),
                                      .is_csv = text_ends(path, ".csv")};
    enum status status = export_to(ctx, &wanted, path, &done);
    if (status == ERR_NOT_FOUND)
        return ctx_fail(ctx, ERR_NOT_FOUND, "nothing was noted for the organisation \"%s\"",
                        wanted.organisation);
    TRY(status);
    fprintf(run->io.out, "%" PRId64 " events of %" PRId64 " chains are in %s.\n", done.event_count,
            done.chain_count, path);
    return OK;
}

static const struct args_option export_options[] = {
    {"organisation", "CODE", "only what was noted for this one; all chains when left out"},
    {"from", "DAY", "the first day, as 2026-04-01"},
    {"until", "DAY", "the last day"},
    {0}};

const struct command command_audit_check = {
    .words = {"audit check", "Says whether the record of what was done holds.", "", 0, 0, NULL},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = check,
};

const struct command command_audit_export = {
    .words = {"audit export",
              "Writes the record for an auditor: JSON lines, or CSV when FILE ends so.", "FILE", 1,
              1, export_options},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = export_record,
};
