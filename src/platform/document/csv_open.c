/* SPDX-License-Identifier: MIT */
/* csv_open.c - opens a table, decides what it is, and finds its columns. */
#include "platform/document/csv.h"

#include <assert.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/document/csv_reader.h"

static void close_file(void *file)
{
    gzclose_r(file);
}

static enum status open_file(struct csv_reader *reader, int file)
{
    int own = dup(file);
    if (own < 0)
        return ctx_fail(reader->ctx, ERR_FAULT, "a table's file could not be opened");
    reader->file = gzdopen(own, "rb");
    if (reader->file == NULL) {
        close(own);
        return ctx_fail(reader->ctx, ERR_FAULT, "a table's file could not be opened");
    }
    mem_at_end(reader->mem, close_file, reader->file);
    gzbuffer(reader->file, CSV_FIRST_WINDOW_BYTES);
    struct stat about;
    if (fstat(own, &about) == 0 && S_ISREG(about.st_mode))
        reader->total_bytes = about.st_size;
    return OK;
}

static bool begins(const struct csv_reader *reader, const char *mark, size_t length)
{
    return reader->end >= length && memcmp(reader->window, mark, length) == 0;
}

/* What the file is instead of a table of text; NULL: nothing else. */
static const char *what_else(const struct csv_reader *reader)
{
    if (begins(reader, "PK\x03\x04", 4) || begins(reader, "\xD0\xCF\x11\xE0", 4))
        return "This is a spreadsheet. Open it and save it as “CSV UTF-8”, then use that file";
    if (begins(reader, "\xFF\xFE", 2) || begins(reader, "\xFE\xFF", 2))
        return "This file is in UTF-16. Save it as “CSV UTF-8”, then use that file";
    if (begins(reader, "%PDF-", 5))
        return "This is a PDF. Use a CSV file";
    return NULL;
}

static void take_options(struct csv_reader *reader, const struct csv_options *options)
{
    reader->options = *options;
    if (reader->options.separator == '\0')
        reader->options.separator = ',';
    if (reader->options.cell_limit_bytes == 0)
        reader->options.cell_limit_bytes = CSV_CELL_BYTES;
    if (reader->options.column_limit <= 0)
        reader->options.column_limit = CSV_COLUMNS;
    reader->ends_cell['\r'] = 1;
    reader->ends_cell['\n'] = 1;
    reader->ends_cell[(unsigned char)reader->options.separator] = 1;
    if (options->encoding != NULL) {
        bool is_utf_8 = strcasecmp(options->encoding, "utf-8") == 0;
        assert(is_utf_8 || strcasecmp(options->encoding, "windows-1252") == 0);
        reader->encoding = is_utf_8 ? UTF_8 : WINDOWS_1252;
    }
    size_t most = (size_t)reader->options.column_limit;
    reader->spans = mem_array(reader->mem, struct csv_span, most);
    reader->cells = mem_array(reader->mem, const char *, most);
}

static enum status read_headings(struct csv_reader *reader, const char **problem_out)
{
    struct csv_row row;
    enum status status = csv_read(reader, &row);
    if (status == ERR_NOT_FOUND) {
        *problem_out = "The file is empty";
        return ctx_fail(reader->ctx, ERR_INVALID, "a table's file is empty");
    }
    if (row.problem != NULL)
        *problem_out = mem_format(reader->mem, "The headings cannot be read: %s", row.problem);
    TRY(status);
    reader->headings = mem_array(reader->mem, const char *, (size_t)row.cell_count);
    for (int i = 0; i < row.cell_count; i++)
        reader->headings[i] = mem_text(reader->mem, row.cells[i]);
    return OK;
}

enum status csv_open(struct ctx *ctx, int file, const struct csv_options *options,
                     struct csv_reader **out, const char **problem_out)
{
    struct mem *mem = mem_child(ctx->mem);
    struct csv_reader *reader = mem_new(mem, struct csv_reader);
    *reader =
        (struct csv_reader){.ctx = ctx, .mem = mem, .line = 1, .room = CSV_FIRST_WINDOW_BYTES};
    reader->row_mem = mem_child(mem);
    reader->window_mem = mem_child(mem);
    reader->window = mem_bytes(reader->window_mem, reader->room + 1);
    *out = reader;
    *problem_out = NULL;
    take_options(reader, options);
    TRY(open_file(reader, file));
    TRY(csv_fill(reader));
    *problem_out = what_else(reader);
    if (*problem_out == NULL && reader->end == 0)
        *problem_out = "The file is empty";
    if (*problem_out != NULL)
        return ctx_fail(ctx, ERR_INVALID, "not a table of text: %s", *problem_out);
    if (begins(reader, "\xEF\xBB\xBF", 3) && reader->encoding != WINDOWS_1252) {
        reader->encoding = UTF_8;
        reader->begin = 3;
    }
    return options->has_no_header ? OK : read_headings(reader, problem_out);
}

/* ---- columns ---- */

static bool is_passed_over(char c)
{
    return c == ' ' || c == '_' || c == '-' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_same_heading(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (is_passed_over(*a))
            a++;
        while (is_passed_over(*b))
            b++;
        if (strncasecmp(a, b, 1) != 0)
            return false;
        if (*a == '\0')
            return true;
    }
}

int csv_column(const struct csv_reader *reader, const char *heading)
{
    for (int i = 0; reader->headings != NULL && i < reader->column_count; i++)
        if (is_same_heading(reader->headings[i], heading))
            return i;
    return -1;
}

enum status csv_columns(const struct csv_reader *reader, const char *const *headings,
                        int *indexes_out, size_t count, const char **problem_out)
{
    struct mem *mem = reader->mem;
    const char *missing = NULL;
    for (size_t i = 0; i < count; i++) {
        indexes_out[i] = csv_column(reader, headings[i]);
        if (indexes_out[i] >= 0)
            continue;
        missing = missing == NULL ? mem_format(mem, "“%s”", headings[i])
                                  : mem_format(mem, "%s, “%s”", missing, headings[i]);
    }
    *problem_out = NULL;
    if (missing == NULL)
        return OK;
    *problem_out = mem_format(mem, "The file has no column called %s", missing);
    return ctx_fail(reader->ctx, ERR_INVALID, "a table has no column %s", missing);
}

const char *csv_cell(const struct csv_row *row, int column)
{
    return column < 0 || column >= row->cell_count ? "" : row->cells[column];
}

int csv_headings(const struct csv_reader *reader, const char *const **headings_out)
{
    *headings_out = reader->headings;
    return reader->headings == NULL ? 0 : reader->column_count;
}

const char *csv_encoding(const struct csv_reader *reader)
{
    return reader->encoding == WINDOWS_1252 ? "windows-1252" : "utf-8";
}

void csv_progress(const struct csv_reader *reader, int64_t *bytes_out, int64_t *total_out)
{
    *bytes_out = gzoffset(reader->file);
    *total_out = reader->total_bytes;
}
