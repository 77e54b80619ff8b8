/* SPDX-License-Identifier: MIT */
/*
 * fuzz_csv.c - the reader of tables, fed with any bytes.
 *
 * The first byte chooses the options.  Whatever comes: reading ends, cells are UTF-8 within their
 * limit, lines never go back, and what was read is written and read again as the same cells.
 */
#include "platform/document/csv.h"

#include <assert.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <unistr.h>

enum { CELL_BYTES = 2000 };

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static struct csv_reader *open_bytes(struct ctx *ctx, const void *bytes, size_t size,
                                     const struct csv_options *options)
{
    int file = memfd_create("fuzz", MFD_CLOEXEC);
    assert(file >= 0 && write(file, bytes, size) == (ssize_t)size);
    lseek(file, 0, SEEK_SET);
    struct csv_reader *reader;
    const char *problem;
    enum status status = csv_open(ctx, file, options, &reader, &problem);
    close(file);
    assert(status == OK || (status == ERR_INVALID && problem != NULL));
    return status == OK ? reader : NULL;
}

static void check_row(const struct csv_row *row)
{
    for (int i = 0; i < row->cell_count; i++) {
        size_t length = strlen(row->cells[i]);
        assert(length <= (size_t)CELL_BYTES * 3);
        assert(u8_check((const uint8_t *)row->cells[i], length) == NULL);
    }
}

/* A row written and read again; an apostrophe in front of a formula is the only difference. */
static void check_round(struct ctx *ctx, const struct csv_row *row)
{
    static const struct csv_options options = {
        .has_no_header = true, .encoding = "utf-8", .cell_limit_bytes = 100000};
    struct csv_writer out;
    csv_write_begin(&out, ctx->mem, false);
    csv_write_text(&out, "x");
    for (int i = 0; i < row->cell_count; i++)
        csv_write_text(&out, row->cells[i]);
    csv_write_row_end(&out);
    struct csv_reader *reader = open_bytes(ctx, out.text, out.length_bytes, &options);
    struct csv_row again;
    enum status status = reader != NULL ? csv_read(reader, &again) : ERR_INVALID;
    assert(status == OK);
    assert(again.cell_count == row->cell_count + 1);
    for (int i = 0; i < row->cell_count; i++) {
        const char *cell = again.cells[i + 1];
        assert(strcmp(cell, row->cells[i]) == 0 || strcmp(cell + 1, row->cells[i]) == 0);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static const char *const encodings[] = {NULL, "utf-8", "windows-1252", NULL};
    if (size == 0)
        return 0;
    struct ctx ctx = {.mem = mem_root()};
    struct csv_options options = {.has_no_header = (data[0] & 1) != 0,
                                  .may_be_ragged = (data[0] & 2) != 0,
                                  .separator = (data[0] & 4) != 0 ? ';' : ',',
                                  .encoding = encodings[data[0] >> 3 & 3],
                                  .cell_limit_bytes = CELL_BYTES,
                                  .column_limit = 50};
    struct csv_reader *reader = open_bytes(&ctx, data + 1, size - 1, &options);
    int64_t line = 0;
    while (reader != NULL) {
        struct csv_row row;
        enum status status = csv_read(reader, &row);
        if (status == ERR_NOT_FOUND)
            break;
        assert(status == OK || (status == ERR_INVALID && row.problem != NULL));
        assert(row.line > line);
        line = row.line;
        check_row(&row);
        if (status == OK)
            check_round(&ctx, &row);
    }
    mem_end(ctx.mem);
    return 0;
}
