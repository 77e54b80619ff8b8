/* SPDX-License-Identifier: MIT */
/* pack_table.c - a CSV table of a pack, read row by row. */
#include "programme/pack/pack_table.h"

#include "platform/document/csv.h"

#include <stdarg.h>

struct pack_table {
    struct ctx *ctx;
    const char *path;
    struct csv_reader *reader;
    int *columns; /* where each heading stands */
    size_t count;
    int64_t line; /* of the row that was read last */
};

/* In place of what the reader of tables noted, which knows no file of a pack. */
static enum status refuse(struct ctx *ctx, const char *where, const char *why)
{
    ctx->fault = NULL;
    return ctx_fail(ctx, ERR_INVALID, "%s: %s", where, why);
}

enum status pack_table_open(struct ctx *ctx, const struct pack *pack, const char *path,
                            const char *const *headings, struct pack_table **out)
{
    const struct csv_options options = {0};
    struct pack_table *table = mem_new(ctx->mem, struct pack_table);
    const char *problem;
    int file;
    *table = (struct pack_table){.ctx = ctx, .path = path};
    while (headings[table->count] != NULL)
        table->count++;
    table->columns = mem_array(ctx->mem, int, table->count);
    TRY(pack_file_open(ctx, pack, path, &file));
    enum status status = csv_open(ctx, file, &options, &table->reader, &problem);
    if (status == OK)
        status = csv_columns(table->reader, headings, table->columns, table->count, &problem);
    *out = table;
    return status == ERR_INVALID ? refuse(ctx, path, problem) : status;
}

enum status pack_table_next(struct pack_table *table, const char *const **cells_out)
{
    struct csv_row row;
    struct mem *mem = table->ctx->mem;
    enum status status = csv_read(table->reader, &row);
    if (status == ERR_INVALID) {
        table->line = row.problem_line;
        return pack_table_refuse(table, "%s", row.problem);
    }
    TRY(status);
    table->line = row.line;
    const char **cells = mem_array(mem, const char *, table->count);
    for (size_t i = 0; i < table->count; i++)
        cells[i] = mem_text(mem, csv_cell(&row, table->columns[i]));
    *cells_out = cells;
    return OK;
}

enum status pack_table_refuse(struct pack_table *table, const char *why, ...)
{
    va_list ap;
    va_start(ap, why);
    const char *text = mem_vformat(table->ctx->mem, why, ap);
    va_end(ap);
    return refuse(table->ctx,
                  mem_format(table->ctx->mem, "%s: line %lld", table->path, (long long)table->line),
                  text);
}
