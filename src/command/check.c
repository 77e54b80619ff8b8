/* SPDX-License-Identifier: MIT */
/*
 * check.c - `onward check`: whether everything is as it must be, a line for each thing.
 *
 * All checks are made, also after one that failed; the exit code is then 1.
 */
#include "command/list.h"

#include "command/schema.h"
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/job/job.h"
#include "platform/mail/mail.h"
#include "platform/store/store.h"
#include "programme/account/account.h"
#include "programme/audit/audit.h"
#include "programme/ledger/ledger.h"
#include "programme/pledge/pledge.h"
#include "programme/privacy/privacy.h"
#include "programme/programme.h"
#include "programme/register/register.h"

#include <inttypes.h>

enum { SHOWN_MAX = 10 };

struct checking {
    struct command_run *run;
    int wrong_count;
};

static void say(struct checking *checking, bool is_fine, const char *what, const char *text)
{
    command_progress(checking->run, "");
    fprintf(checking->run->io.out, "%-5s %-9s %s\n", is_fine ? "ok" : "WRONG", what, text);
    checking->wrong_count += !is_fine;
}

/* The cause of what went wrong, which the next check must not find. */
static void say_fault(struct ctx *ctx, struct checking *checking, const char *what)
{
    say(checking, false, what, ctx->fault != NULL ? ctx->fault : "it failed");
    ctx->fault = NULL;
}

static void check_settings(struct ctx *ctx, struct checking *checking)
{
    if (mail_check_settings(ctx) != OK)
        say_fault(ctx, checking, "settings");
    else
        say(checking, true, "settings",
            mail_is_sent(ctx) ? "mail is sent" : "no mail is sent: there is no setting `smtp`");
    if (account_check_settings(ctx) != OK)
        say_fault(ctx, checking, "settings");
}

static bool check_schema(struct ctx *ctx, struct checking *checking)
{
    if (schema_check(ctx) != OK) {
        say_fault(ctx, checking, "database");
        return false;
    }
    say(checking, true, "database",
        store_is_postgresql(ctx->store) ? "PostgreSQL, with the schema of this program"
                                        : "SQLite, with the schema of this program");
    return true;
}

static void check_queries(struct ctx *ctx, struct checking *checking)
{
    int checked;
    bool with_plans = args_has(checking->run->args, "plans");
    command_progress(checking->run, "Preparing every query ...");
    if (store_check_queries(ctx, with_plans, &checked) != OK)
        say_fault(ctx, checking, "queries");
    else
        say(checking, true, "queries",
            mem_format(ctx->mem, "%d prepare%s", checked,
                       with_plans ? ", and none reads a whole table unasked" : ""));
}

static void check_pledges(struct ctx *ctx, struct checking *checking)
{
    int64_t checked;
    const char *broken;
    command_progress(checking->run, "Checking the events of every pledge ...");
    if (pledge_check_chains(ctx, &checked, &broken) != OK)
        say_fault(ctx, checking, "pledges");
    else if (broken != NULL)
        say(checking, false, "pledges",
            mem_format(ctx->mem, "the events of %s do not hold: they were changed", broken));
    else
        say(checking, true, "pledges",
            mem_format(ctx->mem, "the events of %" PRId64 " hold", checked));
}

static void check_log(struct ctx *ctx, struct checking *checking)
{
    struct ledger_checked log;
    command_progress(checking->run, "Checking the public log ...");
    if (ledger_check(ctx, &log) != OK)
        say_fault(ctx, checking, "log");
    else if (log.broken != NULL)
        say(checking, false, "log",
            mem_format(ctx->mem, "%s does not hold: the log was changed", log.broken));
    else
        say(checking, !log.is_late, "log",
            mem_format(ctx->mem,
                       "%" PRId64 " entries and %" PRId64 " heads hold, %" PRId64 " wait%s",
                       log.entry_count, log.head_count, log.waiting_count,
                       log.is_late ? ", for longer than they should" : ""));
}

static void check_snapshots(struct ctx *ctx, struct checking *checking)
{
    int64_t checked;
    const char *broken;
    command_progress(checking->run, "Checking the register month by month ...");
    if (register_snapshot_check(ctx, &checked, &broken) != OK)
        say_fault(ctx, checking, "months");
    else if (broken != NULL)
        say(checking, false, "months",
            mem_format(ctx->mem, "the register of %s does not hold: it was changed", broken));
    else
        say(checking, true, "months",
            mem_format(ctx->mem, "the register of %" PRId64 " months holds", checked));
}

static void check_audit(struct ctx *ctx, struct checking *checking)
{
    int64_t checked;
    const char *broken;
    command_progress(checking->run, "Checking the record of what was done ...");
    if (audit_check_chains(ctx, &checked, &broken) != OK)
        say_fault(ctx, checking, "audit");
    else if (broken != NULL)
        say(checking, false, "audit",
            mem_format(ctx->mem, "%s does not hold: the record was changed", broken));
    else
        say(checking, true, "audit", mem_format(ctx->mem, "%" PRId64 " chains hold", checked));
}

static void check_records(struct ctx *ctx, struct checking *checking)
{
    struct privacy_standing standing;
    if (privacy_standing(ctx, &standing) != OK) {
        say_fault(ctx, checking, "records");
        return;
    }
    const char *ran = standing.ran_at == 0
                          ? "the retention rules were not applied yet"
                          : mem_format(ctx->mem, "the retention rules were applied on %s",
                                       time_show(ctx->mem, standing.ran_at));
    say(checking, !standing.is_late, "records",
        mem_format(ctx->mem, "%s; %" PRId64 " removed in 30 days, %" PRId64 " legal holds stand",
                   ran, standing.removed_count, standing.hold_count));
}

static void check_jobs(struct ctx *ctx, struct checking *checking)
{
    struct job_counts counts;
    struct job_given_up *given_up;
    size_t shown;
    if (job_count(ctx, &counts) != OK ||
        job_given_up_list(ctx, SHOWN_MAX, &given_up, &shown) != OK) {
        say_fault(ctx, checking, "jobs");
        return;
    }
    say(checking, counts.given_up_count == 0, "jobs",
        mem_format(ctx->mem, "%" PRId64 " wait, %" PRId64 " overdue, %" PRId64 " given up",
                   counts.waiting_count, counts.overdue_count, counts.given_up_count));
    for (size_t i = 0; i < shown; i++)
        fprintf(checking->run->io.out, "        %s, given up %s: %s\n", given_up[i].kind,
                time_show(ctx->mem, given_up[i].given_up_at), given_up[i].failure);
}

static void check_outbox(struct ctx *ctx, struct checking *checking)
{
    struct mail_counts counts;
    if (mail_count(ctx, &counts) != OK) {
        say_fault(ctx, checking, "outbox");
        return;
    }
    say(checking, counts.failed_count == 0, "outbox",
        mem_format(ctx->mem, "%" PRId64 " messages wait, %" PRId64 " failed of late",
                   counts.waiting_count, counts.failed_count));
}

static enum status check(struct ctx *ctx, struct command_run *run)
{
    struct checking checking = {.run = run};
    check_settings(ctx, &checking);
    if (check_schema(ctx, &checking)) {
        check_queries(ctx, &checking);
        check_pledges(ctx, &checking);
        check_log(ctx, &checking);
        check_snapshots(ctx, &checking);
        check_audit(ctx, &checking);
        check_records(ctx, &checking);
        check_jobs(ctx, &checking);
        check_outbox(ctx, &checking);
    }
    if (args_has(run->args, "show-settings"))
        fprintf(run->io.out, "\n%s", settings_show(ctx->mem, ctx->settings));
    if (checking.wrong_count > 0)
        return ctx_fail(ctx, ERR_INVALID, "%d of these is not as it must be", checking.wrong_count);
    return OK;
}

static const struct args_option options[] = {
    {"plans", NULL, "also ask the database how it would run each query"},
    {"show-settings", NULL, "also show the settings in force, without passwords"},
    {0}};

const struct command command_check = {
    .words =
        {"check",
         "Says whether settings, database, pledges, log, months, record, jobs and mail are well.",
         "", 0, 0, options},
    .needs = COMMAND_NEEDS_STORE,
    .run = check,
};
