/* SPDX-License-Identifier: MIT */
/*
 * listing_file.c - the rows of a listing as JSON, CSV and a workbook: what I see is what I
 * download.
 *
 * CSV is streamed from one snapshot of a connection of its own, in flat memory, and stops when the
 * reader goes away.  A workbook cannot be begun before its end is known, so it is written to a
 * temporary file first.
 */
#include "platform/base/json_text.h"
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/csv.h"
#include "platform/document/xlsx.h"
#include "platform/web/listing_internal.h"

#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

enum { JSON_ROWS = 100, ENDING_JSON = 5, ENDING_CSV = 4, ENDING_XLSX = 5, READ_BYTES = 64 * 1024 };

/* ---- JSON ---- */

static json_t *json_of(const struct store_value *value)
{
    if (value->is_null)
        return json_null();
    switch (value->type) {
    case STORE_INT:
        /* beyond 2^53 a JavaScript number loses digits */
        return value->n > (1LL << 53) || value->n < -(1LL << 53)
                   ? json_sprintf("%" PRId64, value->n)
                   : json_integer(value->n);
    case STORE_REAL:
        return json_real(value->real);
    default:
        return json_string(value->text);
    }
}

static json_t *json_row(const struct asking *a, const struct listing_row *row)
{
    json_t *object = json_object();
    for (const struct listing_column *c = a->listing->columns; c->name != NULL; c++) {
        const struct store_value *value = &row->values[listing_column_at(a->listing, c->name)];
        if (c->format == LISTING_TIME && !value->is_null)
            json_object_set_new(object, c->name, json_string(time_rfc3339(a->ctx->mem, value->n)));
        else if (c->show != NULL && !value->is_null)
            json_object_set_new(object, c->name, json_string(c->show(a->ctx->mem, value->text)));
        else
            json_object_set_new(object, c->name, json_of(value));
    }
    return object;
}

enum status listing_json(struct web_request *request, struct web_answer *answer)
{
    struct asking a;
    struct portion portion;
    TRY(asking_read(request, ENDING_JSON, &a));
    TRY(asking_rows(&a, JSON_ROWS, &portion));
    json_t *items = json_array();
    for (size_t i = 0; i < portion.count; i++)
        json_array_append_new(items, json_row(&a, &portion.rows[i]));
    json_t *body = json_pack("{s:o}", "items", items);
    if (portion.has_after && portion.count > 0)
        json_object_set_new(
            body, "next",
            json_string(asking_address(
                &a, ".json", -1, asking_place(&a, &portion.rows[portion.count - 1], "after"))));
    answer->is_public = request->route->access == WEB_PUBLIC;
    return web_json(answer, json_text_taken(a.ctx->mem, body, JSON_COMPACT));
}

/* ---- all rows, one after another ---- */

/* A cursor over all rows that fit, with the columns of a file. */
struct export
{
    struct ctx *ctx;
    const struct listing *listing;
    struct store_cursor *cursor;
    struct csv_writer csv;
    int at[STORE_COLUMNS_MAX];
    size_t column_count;
    bool is_over;
};

/* Opens it in ctx, which outlives the request; copies what the cursor reads. */
static enum status export_open(const struct asking *a, struct ctx *ctx, struct export *out)
{
    struct store_choice choice = a->choice;
    struct store_value *arguments = mem_copy(ctx->mem, a->arguments, sizeof a->arguments);
    for (int i = 0; i < a->listing->query->argument_count; i++) {
        if (arguments[i].type == STORE_TEXT)
            arguments[i].text = mem_text(ctx->mem, arguments[i].text);
    }
    choice.what = STORE_ROWS;
    choice.keys = NULL;
    choice.is_backwards = false;
    choice.at_most = INT64_MAX;
    *out = (struct export){.ctx = ctx, .listing = a->listing};
    for (const struct listing_column *c = a->listing->columns; c->name != NULL; c++)
        out->at[out->column_count++] = listing_column_at(a->listing, c->name);
    return store_cursor_open(ctx, a->listing->query, &choice, arguments, &out->cursor);
}

static void csv_cell_write(struct export *e, const struct listing_column *column,
                           const struct store_value *value)
{
    struct mem *mem = e->csv.room != NULL ? e->csv.room : e->ctx->mem;
    if (value->is_null)
        csv_write_text(&e->csv, "");
    else if (column->format == LISTING_TIME)
        csv_write_text(&e->csv, time_rfc3339(mem, value->n));
    else if (column->show != NULL)
        csv_write_text(&e->csv, column->show(mem, value->text));
    else if (value->type == STORE_INT)
        csv_write_int(&e->csv, value->n);
    else if (value->type == STORE_REAL)
        csv_write_real(&e->csv, value->real);
    else
        csv_write_text(&e->csv, value->text);
}

/* The next rows, about CSV_DRAIN_BYTES of them. */
static enum status csv_next(void *arg, struct view *out)
{
    struct export *e = arg;
    const struct store_value *row;
    if (e->is_over)
        return ERR_NOT_FOUND;
    struct mem *own = e->ctx->mem;
    while (e->csv.length_bytes < CSV_DRAIN_BYTES && !e->is_over) {
        enum status status = store_cursor_next(e->cursor, &row);
        e->is_over = status == ERR_NOT_FOUND;
        if (e->is_over)
            break;
        TRY(status);
        for (size_t i = 0; i < e->column_count; i++)
            csv_cell_write(e, &e->listing->columns[i], &row[e->at[i]]);
        csv_write_row_end(&e->csv);
    }
    (void)own;
    view_raw(out, e->csv.text, e->csv.length_bytes);
    csv_write_drained(&e->csv);
    return e->is_over ? ERR_NOT_FOUND : OK;
}

enum status listing_csv(struct web_request *request, struct web_answer *answer)
{
    struct asking a;
    struct ctx *ctx;
    TRY(asking_read(request, ENDING_CSV, &a));
    TRY(web_stream(request, answer, &ctx));
    struct export *e = mem_new(ctx->mem, struct export);
    TRY(export_open(&a, ctx, e));
    csv_write_begin(&e->csv, ctx->mem, true);
    for (const struct listing_column *c = a.listing->columns; c->name != NULL; c++)
        csv_write_text(&e->csv, c->heading);
    csv_write_row_end(&e->csv);
    answer->content_type = "text/csv; charset=utf-8";
    answer->download_name = mem_format(request->ctx->mem, "%s.csv", a.listing->file_name);
    answer->stream = csv_next;
    answer->stream_arg = e;
    return OK;
}

/* ---- a workbook ---- */

static void xlsx_cell(struct ctx *ctx, struct xlsx *xlsx, const struct listing_column *column,
                      const struct store_value *value)
{
    if (value->is_null)
        xlsx_text(xlsx, "");
    else if (column->format == LISTING_DATE)
        xlsx_date(xlsx, value->text);
    else if (column->format == LISTING_TIME)
        xlsx_text(xlsx, time_rfc3339_london(ctx->mem, value->n));
    else if (column->show != NULL)
        xlsx_text(xlsx, column->show(ctx->mem, value->text));
    else if (value->type == STORE_INT)
        xlsx_int(xlsx, value->n);
    else if (value->type == STORE_REAL)
        xlsx_real(xlsx, value->real);
    else
        xlsx_text(xlsx, value->text);
}

/* Rows in portions of memory, so that a million of them need no more than one. */
static enum status xlsx_rows(struct export *e, struct xlsx *xlsx)
{
    const struct store_value *row;
    struct mem *whole = e->ctx->mem;
    struct ctx portion = *e->ctx;
    enum status status = OK;
    while (status == OK) {
        portion.mem = mem_child(whole);
        for (int n = 0; n < 1000 && status == OK; n++) {
            status = store_cursor_next(e->cursor, &row);
            for (size_t i = 0; status == OK && i < e->column_count; i++)
                xlsx_cell(&portion, xlsx, &e->listing->columns[i], &row[e->at[i]]);
            if (status == OK)
                xlsx_row_end(xlsx);
        }
        mem_end(portion.mem);
    }
    return status == ERR_NOT_FOUND ? OK : status;
}

static enum status file_next(void *arg, struct view *out)
{
    const struct xlsx_file *file = arg;
    char *bytes = mem_bytes(out->mem, READ_BYTES);
    ssize_t count = read(file->file, bytes, READ_BYTES);
    if (count < 0)
        return ERR_FAULT;
    view_raw(out, bytes, (size_t)count);
    return count == 0 ? ERR_NOT_FOUND : OK;
}

enum status listing_xlsx(struct web_request *request, struct web_answer *answer)
{
    struct asking a;
    struct ctx *ctx;
    struct export e;
    struct xlsx *xlsx;
    struct xlsx_column columns[STORE_COLUMNS_MAX] = {{0}};
    TRY(asking_read(request, ENDING_XLSX, &a));
    TRY(web_stream(request, answer, &ctx));
    TRY(export_open(&a, ctx, &e));
    for (size_t i = 0; i < e.column_count; i++)
        columns[i].heading = a.listing->columns[i].heading;
    TRY(xlsx_open(ctx,
                  &(const struct xlsx_about){.title = a.listing->title, .sheet = a.listing->title},
                  columns, (int)e.column_count, &xlsx));
    TRY(xlsx_rows(&e, xlsx));
    store_cursor_close(e.cursor);
    struct xlsx_file *file = mem_new(ctx->mem, struct xlsx_file);
    TRY(xlsx_close(xlsx, file));
    answer->content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    answer->download_name = mem_format(request->ctx->mem, "%s.xlsx", a.listing->file_name);
    answer->stream = file_next;
    answer->stream_arg = file;
    return OK;
}
