/* SPDX-License-Identifier: MIT */
/*
 * import.c - takes a file in, batch by batch, and reports on it.
 *
 * A batch is read into memory and then stored in one transaction: some hundred organisations, or
 * some thousand postcodes.  So a large import holds the writer's lock of the database for moments
 * only, memory stays flat, and what was broken off can be run again, for rows that are as they were
 * change nothing.
 */
#include "programme/directory/import.h"

#include "platform/base/id.h"
#include "platform/base/time.h"
#include "programme/directory/import.sql.h"

#include <stdarg.h>
#include <string.h>

static const struct import_kind *const kinds[DIRECTORY_IMPORT_KINDS_COUNT] = {
    [DIRECTORY_IMPORT_ORGANISATIONS] = &import_organisations,
    [DIRECTORY_IMPORT_SCHOOLS] = &import_schools,
    [DIRECTORY_IMPORT_POSTCODES] = &import_postcodes,
    [DIRECTORY_IMPORT_BOARDS] = &import_boards,
    [DIRECTORY_IMPORT_REGIONS] = &import_regions,
    [DIRECTORY_IMPORT_SUCCESSIONS] = &import_successions,
    [DIRECTORY_IMPORT_LINKS] = &import_links,
};

const char *directory_import_name(enum directory_import_kind kind)
{
    return kinds[kind]->name;
}

enum status directory_import_kind_of(struct ctx *ctx, const char *name,
                                     enum directory_import_kind *out)
{
    for (int i = 0; i < DIRECTORY_IMPORT_KINDS_COUNT; i++) {
        *out = (enum directory_import_kind)i;
        if (strcmp(kinds[i]->name, name) == 0)
            return OK;
    }
    return ctx_fail(ctx, ERR_INVALID, "there is no import of \"%s\"", name);
}

/* ---- problems ---- */

static void add_problem(struct import *import, struct directory_problem problem)
{
    if (import->batch.problem_count < IMPORT_BATCH_PROBLEMS_MAX)
        import->batch.problems[import->batch.problem_count++] = problem;
}

enum status import_refuse(struct import *import, int column, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    const char *reason = mem_vformat(import->ctx->mem, format, ap);
    va_end(ap);
    add_problem(import, (struct directory_problem){import->line, column + 1, reason, false});
    import->batch.refused_count++;
    return ERR_INVALID;
}

void import_remark(struct import *import, int column, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    const char *reason = mem_vformat(import->ctx->mem, format, ap);
    va_end(ap);
    add_problem(import, (struct directory_problem){import->line, column + 1, reason, true});
    import->batch.remark_count++;
}

/* Adds what the batch found to the report, in memory that outlives the batch. */
static void keep_report(struct import *import, struct mem *mem)
{
    struct directory_import_report *report = import->report;
    report->added_count += import->batch.added_count;
    report->changed_count += import->batch.changed_count;
    report->same_count += import->batch.same_count;
    report->refused_count += import->batch.refused_count;
    report->remark_count += import->batch.remark_count;
    for (size_t i = 0; i < import->batch.problem_count; i++) {
        if (report->problem_count == DIRECTORY_PROBLEMS_MAX)
            return;
        struct directory_problem problem = import->batch.problems[i];
        problem.reason = mem_text(mem, problem.reason);
        report->problems[report->problem_count++] = problem;
    }
}

/* ---- a batch ---- */

struct batch {
    struct import *import;
    char *records; /* of the kind's size */
    int64_t *lines;
    size_t count;
    /* What reading found, before any attempt at storing. */
    size_t problems_read;
    int64_t refused_read, remarks_read;
};

/* Reads until the batch is full.  ERR_NOT_FOUND: the file is at its end. */
static enum status read_batch(struct import *import, struct batch *batch)
{
    const struct import_kind *kind = import->kind;
    while (batch->count < kind->batch_rows) {
        struct csv_row row;
        enum status status = csv_read(import->reader, &row);
        if (status == ERR_NOT_FOUND || status == ERR_FAULT)
            return status;
        import->report->row_count++;
        import->line = status == OK ? row.line : row.problem_line;
        if (status == ERR_INVALID) {
            (void)import_refuse(import, row.problem_column - 1, "%s", row.problem);
            continue;
        }
        void *record = batch->records + batch->count * kind->record_bytes;
        memset(record, 0, kind->record_bytes);
        status = kind->read(import, &row, record);
        if (status == OK)
            batch->lines[batch->count++] = import->line;
        else if (status != ERR_INVALID)
            return status;
    }
    return OK;
}

/* Runs inside a transaction, perhaps more than once: each attempt counts anew. */
static enum status store_batch(struct ctx *ctx, void *arg)
{
    (void)ctx;
    struct batch *batch = arg;
    struct import *import = batch->import;
    import->batch.added_count = import->batch.changed_count = import->batch.same_count = 0;
    import->batch.problem_count = batch->problems_read;
    import->batch.refused_count = batch->refused_read;
    import->batch.remark_count = batch->remarks_read;
    if (import->kind->store_all != NULL)
        return import->kind->store_all(import, batch->records, batch->lines, batch->count);
    for (size_t i = 0; i < batch->count; i++) {
        enum import_outcome outcome = IMPORT_SAME;
        import->line = batch->lines[i];
        enum status status =
            import->kind->store(import, batch->records + i * import->kind->record_bytes, &outcome);
        if (status == ERR_INVALID)
            continue; /* refused, and said why */
        TRY(status);
        import->batch.added_count += outcome == IMPORT_ADDED;
        import->batch.changed_count += outcome == IMPORT_CHANGED;
        import->batch.same_count += outcome == IMPORT_SAME;
    }
    return OK;
}

static void show_progress(const struct import *import,
                          const struct directory_import_options *options)
{
    int64_t done, all;
    if (options->progress == NULL)
        return;
    csv_progress(import->reader, &done, &all);
    options->progress(options->arg, import->report->row_count,
                      all > 0 ? (int)(done * 100 / all) : -1);
}

/* One batch in memory of its own.  ERR_NOT_FOUND: it was the last. */
static enum status run_batch(struct import *import, struct batch *batch)
{
    struct ctx *ctx = import->ctx;
    struct mem *whole = ctx->mem;
    ctx->mem = mem_child(whole);
    memset(&import->batch, 0, sizeof import->batch);
    batch->count = 0;
    enum status end = read_batch(import, batch);
    enum status status = end == OK || end == ERR_NOT_FOUND ? OK : end;
    batch->problems_read = import->batch.problem_count;
    batch->refused_read = import->batch.refused_count;
    batch->remarks_read = import->batch.remark_count;
    if (status == OK && batch->count > 0)
        status = store_transact(ctx, "directory_import", store_batch, batch);
    if (status == OK)
        keep_report(import, whole);
    struct mem *own = ctx->mem;
    ctx->mem = whole;
    ctx->fault = mem_text(whole, ctx->fault);
    mem_end(own);
    return status != OK ? status : end;
}

static enum status run_batches(struct import *import,
                               const struct directory_import_options *options)
{
    const struct import_kind *kind = import->kind;
    struct batch batch = {
        .import = import,
        .records = mem_bytes_many(import->ctx->mem, kind->record_bytes, kind->batch_rows),
        .lines = mem_array(import->ctx->mem, int64_t, kind->batch_rows),
    };
    enum status status;
    do {
        status = run_batch(import, &batch);
        show_progress(import, options);
    } while (status == OK);
    return status == ERR_NOT_FOUND ? OK : status;
}

/* ---- the whole ---- */

/* A trace of an import that changed nothing would be one more thing to undo, for nothing. */
static enum status finish(struct ctx *ctx, void *arg)
{
    struct import *import = arg;
    const struct directory_import_report *report = import->report;
    int64_t changes;
    if (report->added_count + report->changed_count == 0)
        return directory_import_remove(ctx, import->id, &changes);
    return directory_import_finish(ctx, import->id, ctx->now_secs, report->row_count,
                                   report->added_count, report->changed_count,
                                   report->refused_count, &changes);
}

static enum status start(struct ctx *ctx, struct import *import, const char *source)
{
    int64_t changes;
    import->id = id_new(ctx);
    import->report->id.n = import->id;
    return directory_import_add(ctx, import->id, import->kind->name, source, import->as_at,
                                ctx->now_secs, &changes);
}

/* Kinds are what every organisation refers to; a store that has none takes the pack in force. */
static enum status need_kinds(struct ctx *ctx)
{
    struct directory_choice *choices;
    size_t count;
    struct pack pack;
    TRY(directory_kinds(ctx, NULL, &choices, &count));
    if (count > 0)
        return OK;
    TRY(pack_newest(ctx, "organisation-kinds", &pack));
    return import_kinds(ctx, &pack);
}

enum status directory_import(struct ctx *ctx, enum directory_import_kind kind, int file,
                             const struct directory_import_options *options,
                             struct directory_import_report *report)
{
    *report = (struct directory_import_report){.layout = ""};
    struct import *import = mem_new(ctx->mem, struct import);
    import->ctx = ctx;
    import->kind = kinds[kind];
    import->report = report;
    import->codes = import_codes_new(ctx->mem);
    import->default_kind = options->kind;
    import->as_at = options->as_at != NULL ? options->as_at : time_day_of(ctx->mem, ctx->now_secs);
    if (!time_day_is_valid(import->as_at)) {
        report->file_problem = "The day that the file describes is not a day, such as 2026-04-01";
        return ctx_fail(ctx, ERR_INVALID, "\"%s\" is not a day", import->as_at);
    }
    TRY(need_kinds(ctx));
    TRY(import->kind->begin(import, file));
    TRY(start(ctx, import, options->source));
    enum status status = run_batches(import, options);
    if (status == OK)
        status = store_transact(ctx, "directory_import_finish", finish, import);
    if (status == OK && report->added_count + report->changed_count == 0)
        report->id.n = 0;
    return status;
}

enum status directory_imports(struct ctx *ctx, size_t at_most, struct directory_import **out,
                              size_t *count_out)
{
    struct directory_import_rows_row *rows;
    TRY(directory_import_rows(ctx, (int64_t)at_most, &rows, count_out));
    *out = mem_array(ctx->mem, struct directory_import, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct directory_import){
            .id = {rows[i].id},
            .kind = rows[i].kind,
            .source = rows[i].source,
            .as_at = rows[i].as_at,
            .started_at = rows[i].started_at,
            .finished_at = rows[i].finished_at != NULL ? *rows[i].finished_at : 0,
            .undone_at = rows[i].undone_at != NULL ? *rows[i].undone_at : 0,
            .row_count = rows[i].row_count,
            .added_count = rows[i].added_count,
            .changed_count = rows[i].changed_count,
            .refused_count = rows[i].refused_count,
        };
    return OK;
}
