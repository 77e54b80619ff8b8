/* SPDX-License-Identifier: MIT */
/*
 * import.c - `onward import`: reference data from published files, batch by batch, and back.
 *
 *   onward import organisations etr.csv --as-at 2026-04-09
 *   onward import list
 *   onward import undo 467052690971036992
 *
 * Rows that cannot be taken are told on the error stream and are no failure: the others are taken.
 */
#include "command/list.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/base/time.h"
#include "programme/directory/directory.h"
#include "programme/pledge/pledge.h"

enum { FILES_MAX = 200, LISTED_MAX = 100 };

/* What people give; the other kinds come in packs. */
static const enum directory_import_kind offered[] = {
    DIRECTORY_IMPORT_ORGANISATIONS, DIRECTORY_IMPORT_SCHOOLS, DIRECTORY_IMPORT_POSTCODES,
    DIRECTORY_IMPORT_LINKS, DIRECTORY_IMPORT_SUCCESSIONS};

static bool is_offered(enum directory_import_kind kind)
{
    for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++)
        if (offered[i] == kind)
            return true;
    return false;
}

static const char *kinds_text(struct mem *mem)
{
    const char *text = "";
    for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++)
        text =
            mem_format(mem, "%s%s%s", text, i > 0 ? ", " : "", directory_import_name(offered[i]));
    return text;
}

struct showing {
    struct ctx *ctx;
    struct command_run *run;
    const char *name;
};

static void show_progress(void *arg, int64_t rows, int percent)
{
    const struct showing *showing = arg;
    const char *text = mem_format(showing->ctx->mem, "%s: %" PRId64 " rows", showing->name, rows);
    if (percent >= 0)
        text = mem_format(showing->ctx->mem, "%s, %d%%", text, percent);
    command_progress(showing->run, text);
}

static void tell_problems(const struct command_run *run, const char *name,
                          const struct directory_import_report *report)
{
    for (size_t i = 0; i < report->problem_count; i++) {
        const struct directory_problem *problem = &report->problems[i];
        fprintf(run->io.err, "%s: line %" PRId64, name, problem->line);
        if (problem->column > 0)
            fprintf(run->io.err, ", column %d", problem->column);
        fprintf(run->io.err, ": %s%s\n", problem->reason,
                problem->was_taken ? "." : ". This row was not taken.");
    }
    int64_t more = report->refused_count + report->remark_count - (int64_t)report->problem_count;
    if (more > 0)
        fprintf(run->io.err, "%s: and %" PRId64 " more like these\n", name, more);
}

static void tell(const struct command_run *run, const char *name,
                 const struct directory_import_report *report)
{
    tell_problems(run, name, report);
    fprintf(run->io.out, "%s: %s\n", name, report->layout);
    fprintf(run->io.out,
            "  %" PRId64 " rows: %" PRId64 " new, %" PRId64 " changed, %" PRId64
            " as they were, %" PRId64 " not taken\n",
            report->row_count, report->added_count, report->changed_count, report->same_count,
            report->refused_count);
    if (report->id.n == 0)
        fputs("  Nothing changed.\n", run->io.out);
    else
        fprintf(run->io.out, "  To take it back: onward import undo %" PRId64 "\n", report->id.n);
}

static enum status import_file(struct ctx *ctx, struct command_run *run,
                               enum directory_import_kind kind, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    struct showing showing = {ctx, run, name};
    struct directory_import_report *report = mem_new(ctx->mem, struct directory_import_report);
    const struct directory_import_options options = {
        .source = name,
        .as_at = args_value(run->args, "as-at"),
        .kind = args_value(run->args, "organisation-kind"),
        .progress = show_progress,
        .arg = &showing,
    };
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return ctx_fail(ctx, ERR_INVALID, "%s cannot be opened: %s", path, strerror(errno));
    enum status status = directory_import(ctx, kind, file, &options, report);
    close(file);
    command_progress(run, "");
    if (status == OK)
        status = pledge_succeed_soon(ctx); /* organisations may have closed, or others taken over */
    if (status == ERR_INVALID && report->file_problem != NULL) {
        ctx->fault = NULL;
        return ctx_fail(ctx, ERR_INVALID, "%s: %s", path, report->file_problem);
    }
    TRY(status);
    tell(run, name, report);
    return OK;
}

/* Each file in memory of its own; the cause of a failure outlives it. */
static enum status import_files(struct ctx *ctx, struct command_run *run,
                                enum directory_import_kind kind)
{
    struct mem *whole = ctx->mem;
    enum status status = OK;
    for (size_t i = 1; i < run->args->positional_count && status == OK; i++) {
        ctx->mem = mem_child(whole);
        status = import_file(ctx, run, kind, command_word(run, i));
        ctx->fault = mem_text(whole, ctx->fault);
        mem_end(ctx->mem);
        ctx->mem = whole;
    }
    return status;
}

static enum status import(struct ctx *ctx, struct command_run *run)
{
    enum directory_import_kind kind;
    const char *as_at = args_value(run->args, "as-at"), *word = command_word(run, 0);
    if (directory_import_kind_of(ctx, word, &kind) != OK || !is_offered(kind)) {
        ctx->fault = NULL;
        return command_wrong_usage(ctx, run, "KIND is one of %s, not \"%s\"", kinds_text(ctx->mem),
                                   word);
    }
    if (as_at != NULL && !time_day_is_valid(as_at))
        return command_wrong_usage(ctx, run, "--as-at takes a day such as 2026-04-01, not \"%s\"",
                                   as_at);
    return import_files(ctx, run, kind);
}

static const char *state_of(struct mem *mem, const struct directory_import *it)
{
    if (it->undone_at != 0)
        return mem_format(mem, "; undone on %s", time_show(mem, it->undone_at));
    return it->finished_at != 0 ? "" : "; not finished";
}

static enum status list(struct ctx *ctx, struct command_run *run)
{
    struct directory_import *imports;
    size_t count;
    TRY(directory_imports(ctx, LISTED_MAX, &imports, &count));
    for (size_t i = 0; i < count; i++) {
        const struct directory_import *it = &imports[i];
        fprintf(run->io.out,
                "%" PRId64 "  %s  %s of %s: %s; %" PRId64 " new, %" PRId64 " changed%s\n", it->id.n,
                time_show(ctx->mem, it->started_at), it->kind, it->as_at, it->source,
                it->added_count, it->changed_count, state_of(ctx->mem, it));
    }
    if (count == 0)
        fputs("Nothing was imported yet.\n", run->io.out);
    return OK;
}

static enum status undo(struct ctx *ctx, struct command_run *run)
{
    const char *word = command_word(run, 0);
    size_t digits = strspn(word, "0123456789");
    if (word[0] == '\0' || word[digits] != '\0' || digits > 18)
        return command_wrong_usage(ctx, run, "\"%s\" is not the number of an import", word);
    TRY(directory_import_undo(ctx, (struct directory_import_id){strtoll(word, NULL, 10)}));
    fputs("Undone: everything is as it was before this import.\n", run->io.out);
    return OK;
}

static const struct args_option options[] = {
    {"as-at", "DAY", "the day that the file describes, such as 2026-04-01; today when left out"},
    {"organisation-kind", "CODE",
     "what its organisations are, such as gp-practice; by their names when left out"},
    {0}};

const struct command command_import = {
    .words = {"import",
              "Reads organisations, schools or postcodes from published files. Rows that cannot "
              "be taken are listed; the same file twice changes nothing.",
              "KIND FILE...", 2, FILES_MAX + 1, options},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = import,
};

const struct command command_import_list = {
    .words = {"import list", "Lists what was imported, newest first.", "", 0, 0, NULL},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = list,
};

const struct command command_import_undo = {
    .words = {"import undo", "Takes an import back.", "NUMBER", 1, 1, NULL},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = undo,
};
