/* SPDX-License-Identifier: MIT */
/*
 * csv.h - comma-separated values: written for downloads, read for imports.
 *
 * Both directions run in flat memory, whatever the number of rows.  What is written is RFC 4180:
 * CRLF after each row, cells quoted where they must be.  What is read is what people have: UTF-8
 * or Windows-1252, any line ending, gzip or not, rows that are too short; but a row that can be
 * understood in two ways is refused with its line, its column and a reason.
 *
 * The reader is our own rather than libcsv's, which tells neither lines nor columns, cannot limit
 * a cell, and loses the rest of the file after one quotation mark that is never closed.
 */
#ifndef PLATFORM_DOCUMENT_CSV_H
#define PLATFORM_DOCUMENT_CSV_H

#include "platform/base/ctx.h"

#include <stddef.h>

/* ---- writing ---- */

/* Rows that are written and not yet taken away.  Members are read by the caller, set here. */
struct csv_writer {
    struct mem *mem;
    char *text; /* length_bytes bytes, not ended by a zero byte */
    size_t length_bytes;
    size_t room_bytes;
    struct mem *room; /* what text stands in */
    bool is_row_begun;
};

enum {
    CSV_DRAIN_BYTES = 64 * 1024,    /* a good amount to send away at once                 */
    CSV_UNDRAINED_BYTES = 256 << 20 /* a writer that nobody drains ends the process here  */
};

/* Begins an empty table in memory of mem.  The mark is what makes Excel read UTF-8 as UTF-8. */
void csv_write_begin(struct csv_writer *out, struct mem *mem, bool with_byte_order_mark);

/*
 * The next cell of the row.  Text that a spreadsheet would run as a formula (it begins with = + -
 * @, their full-width forms, TAB, CR or LF) gets an apostrophe in front, unless it is a plain
 * number such as -12.5.  Source: OWASP, "CSV Injection".  Never fails; NULL is an empty cell.
 */
void csv_write_text(struct csv_writer *out, const char *text);
void csv_write_text_part(struct csv_writer *out, const char *text, size_t length_bytes);
void csv_write_int(struct csv_writer *out, int64_t number);

/* The shortest decimal digits that read back as the same number; not finite: an empty cell. */
void csv_write_real(struct csv_writer *out, double number);

void csv_write_row_end(struct csv_writer *out);

/* Empties the writer, after the caller sent text away, and keeps its room. */
void csv_write_drained(struct csv_writer *out);

/* ---- reading ---- */

struct csv_reader;

struct csv_options {
    bool has_no_header;      /* the first row is data; columns are known by index only       */
    bool may_be_ragged;      /* cells that a row lacks are "", further ones are left out     */
    char separator;          /* 0: a comma                                                   */
    const char *encoding;    /* "utf-8" or "windows-1252"; NULL: found out from the contents */
    size_t cell_limit_bytes; /* 0: CSV_CELL_BYTES                                            */
    int column_limit;        /* 0: CSV_COLUMNS                                               */
};

enum {
    CSV_CELL_BYTES = 64 * 1024, /* longest cell                               */
    CSV_COLUMNS = 1024,         /* most columns                               */
    CSV_ROW_BYTES = 1024 * 1024 /* longest row, as it stands in the file      */
};

/* One row.  The text lives until the next csv_read. */
struct csv_row {
    int64_t line;             /* where it begins in the file, from 1                    */
    const char *const *cells; /* UTF-8, without zero bytes inside                       */
    int cell_count;
    int found_count;      /* cells as they stand in the file, before a ragged row is evened */
    int64_t problem_line; /* after ERR_INVALID: where, from 1                       */
    int problem_column;   /* from 1; 0: the row as a whole                          */
    const char *problem;  /* after ERR_INVALID: what is wrong, a sentence for people */
};

/*
 * Begins to read the open file, which stays the caller's and may be closed at once.  gzip is
 * unpacked.  Reads the header unless there is none.  The reader ends with ctx->mem.
 *
 *   problem_out  after ERR_INVALID, what is wrong with the file, a sentence for people
 *
 * ERR_INVALID  empty, not a text table (a spreadsheet, UTF-16), or its header cannot be read
 * ERR_FAULT    the file cannot be read
 */
MUST_CHECK enum status csv_open(struct ctx *ctx, int file, const struct csv_options *options,
                                struct csv_reader **out, const char **problem_out);

/*
 * The next row that is not blank.
 *
 * ERR_NOT_FOUND  there are no more
 * ERR_INVALID    this row cannot be taken: row->problem says why.  Reading goes on after it: at
 *                the next line when the row itself could not be made out
 * ERR_FAULT      the file cannot be read
 */
MUST_CHECK enum status csv_read(struct csv_reader *reader, struct csv_row *row);

/* The index of the column with this heading, whatever its place, letter case, spaces, hyphens and
 * underscores; -1: there is none. */
int csv_column(const struct csv_reader *reader, const char *heading);

/* Finds count columns at once.  ERR_INVALID names all that are missing, a sentence for people. */
MUST_CHECK enum status csv_columns(const struct csv_reader *reader, const char *const *headings,
                                   int *indexes_out, size_t count, const char **problem_out);

/* The cell in a column; "" when the index is -1 or the row is too short. */
const char *csv_cell(const struct csv_row *row, int column);

/* The headings as they stand in the file; 0 when there is no header. */
int csv_headings(const struct csv_reader *reader, const char *const **headings_out);

/* "utf-8" or "windows-1252": what the reader takes the file for so far. */
const char *csv_encoding(const struct csv_reader *reader);

/* How many bytes of the file (as it is on the disk) are read, and of how many; a total of 0 is
 * not known.  For a progress bar. */
void csv_progress(const struct csv_reader *reader, int64_t *bytes_out, int64_t *total_out);

#endif
