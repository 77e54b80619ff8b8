/* SPDX-License-Identifier: MIT */
/* csv_reader.h - what the two halves of the reader share; for csv_open.c and csv_read.c only. */
#ifndef PLATFORM_DOCUMENT_CSV_READER_H
#define PLATFORM_DOCUMENT_CSV_READER_H

#include "platform/document/csv.h"

#include <zlib.h>

enum { CSV_FIRST_WINDOW_BYTES = 128 * 1024 };

enum csv_encoding { UNDECIDED, UTF_8, WINDOWS_1252 };

/* Where a cell stands, without its quotation marks. */
struct csv_span {
    size_t at; /* from the begin of the row */
    size_t length;
    bool is_quoted;
};

struct csv_reader {
    struct ctx *ctx;
    struct mem *mem;
    gzFile file;
    int64_t total_bytes;
    struct csv_options options;
    unsigned char ends_cell[256];
    enum csv_encoding encoding;

    struct mem *window_mem;
    char *window; /* from begin to end: read and not yet taken; one more byte is room for a zero */
    size_t begin;
    size_t end;
    size_t room;
    bool is_ended;
    bool is_damaged; /* a gzip file that is cut short: its last row is not to be trusted */
    bool is_skipping;
    int64_t line; /* of window[begin], from 1 */

    struct csv_span *spans;
    const char **cells;
    int cell_count;
    struct mem *row_mem; /* cells that did not fit in their place, and the problem's text */
    struct csv_row *row; /* being filled */

    const char **headings;
    int column_count; /* 0: not yet known */
};

/* Reads more of the file behind what stands in the window.  ERR_FAULT: it cannot be read. */
MUST_CHECK enum status csv_fill(struct csv_reader *reader);

#endif
