/* SPDX-License-Identifier: MIT */
/*
 * import_open.c - opens a file and finds the columns that a kind of import wants.
 *
 * Publishers move and rename columns between editions ("laua", then "lad23cd", "lad26cd"), so each
 * wanted column is a list of headings, in which "#" is any digit.
 */
#include "programme/directory/import.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static enum status open_reader(struct import *import, int file, bool has_header)
{
    const struct csv_options options = {.has_no_header = !has_header,
                                        .may_be_ragged = import->is_ragged};
    return csv_open(import->ctx, file, &options, &import->reader, &import->report->file_problem);
}

static enum status rewind_file(struct import *import, int file)
{
    if (lseek(file, 0, SEEK_SET) == 0)
        return OK;
    import->report->file_problem = "This is not a file that can be read twice";
    return ctx_fail(import->ctx, ERR_INVALID, "the file cannot be read from its beginning again");
}

enum status import_peek(struct import *import, int file, const char *const **cells_out,
                        int *count_out)
{
    TRY(rewind_file(import, file));
    TRY(open_reader(import, file, false));
    struct csv_row row;
    enum status status = csv_read(import->reader, &row);
    if (status == ERR_NOT_FOUND || status == ERR_INVALID) {
        import->report->file_problem =
            status == ERR_NOT_FOUND ? "The file is empty" : mem_text(import->ctx->mem, row.problem);
        return ctx_fail(import->ctx, ERR_INVALID, "the first row cannot be read");
    }
    TRY(status);
    const char **cells = mem_array(import->ctx->mem, const char *, (size_t)row.cell_count);
    for (int i = 0; i < row.cell_count; i++)
        cells[i] = mem_text(import->ctx->mem, row.cells[i]);
    *cells_out = cells;
    *count_out = row.cell_count;
    return rewind_file(import, file);
}

static bool has_pattern(const char *heading)
{
    return strchr(heading, '#') != NULL;
}

/* Of several editions in one file the later is taken: "lsoa21cd" before "lsoa11cd". */
static int find_pattern(const struct csv_reader *reader, const char *pattern)
{
    const char *const *headings;
    int count = csv_headings(reader, &headings), found = -1;
    for (int i = 0; i < count; i++) {
        const char *p = pattern, *h = headings[i];
        while (*p != '\0' &&
               (*p == '#' ? isdigit((unsigned char)*h) != 0 : *p == tolower((unsigned char)*h)))
            p++, h++;
        if (*p == '\0' && *h == '\0' && (found < 0 || strcasecmp(headings[i], headings[found]) > 0))
            found = i;
    }
    return found;
}

static int find_column(const struct csv_reader *reader, const struct import_column *column)
{
    int found = -1;
    for (size_t i = 0; i < 8 && column->headings[i] != NULL && found < 0; i++)
        found = has_pattern(column->headings[i]) ? find_pattern(reader, column->headings[i])
                                                 : csv_column(reader, column->headings[i]);
    return found;
}

enum status import_open(struct import *import, int file, const struct import_column *columns,
                        size_t count)
{
    TRY(rewind_file(import, file));
    TRY(open_reader(import, file, true));
    for (size_t i = 0; i < count; i++) {
        import->columns[i] = find_column(import->reader, &columns[i]);
        if (import->columns[i] >= 0 || !columns[i].is_needed)
            continue;
        import->report->file_problem =
            mem_format(import->ctx->mem, "The file has no column \"%s\"", columns[i].headings[0]);
        return ctx_fail(import->ctx, ERR_INVALID, "the file has no column \"%s\"",
                        columns[i].headings[0]);
    }
    return OK;
}

enum status import_open_bare(struct import *import, int file, const int *columns, size_t count)
{
    TRY(rewind_file(import, file));
    TRY(open_reader(import, file, false));
    for (size_t i = 0; i < count; i++)
        import->columns[i] = columns[i];
    return OK;
}
