/* SPDX-License-Identifier: MIT */
/*
 * xlsx.h - a workbook (Office Open XML) with one table, written row by row in flat memory.
 *
 * The rows go to a temporary file that has no name, so that nothing is left behind whatever
 * happens.  Text is always written as text: nothing that people typed can become a formula or a
 * link.  The header stands out, stays in view, filters, and is repeated on each printed page.
 *
 * A sheet holds 1,048,576 rows with its header.  More rows go on in further sheets, "Pledges 2",
 * "Pledges 3", each with the header.
 */
#ifndef PLATFORM_DOCUMENT_XLSX_H
#define PLATFORM_DOCUMENT_XLSX_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

struct xlsx;

enum { XLSX_SHEET_ROWS = 1048576, XLSX_CELL_CHARS = 32767 };

struct xlsx_column {
    const char *heading;
    int width_chars; /* 0: as wide as the heading asks for, at least 10 */
};

struct xlsx_about {
    const char *title;   /* of the document                                                  */
    const char *creator; /* who made it: the service's name; NULL: not said                  */
    const char *sheet;   /* name of the sheet: what Excel does not allow in it is left out    */
    const char *folder;  /* for temporary files; NULL: /tmp.  Needs room for all rows as XML */
};

/* Begins the workbook and writes the header.  Ends with ctx->mem.  Its date is ctx->now_secs.
 * ERR_FAULT  no temporary file could be made */
MUST_CHECK enum status xlsx_open(struct ctx *ctx, const struct xlsx_about *about,
                                 const struct xlsx_column *columns, int column_count,
                                 struct xlsx **out);

/*
 * The next cell of the row; further ones than there are columns are left out.  Never fails: what
 * the disk refuses is reported by xlsx_close.
 *
 *   xlsx_text  NULL and "" are an empty cell; past XLSX_CELL_CHARS characters it is cut with "…"
 *   xlsx_int   a number, or text of digits when it is too large for Excel to keep (beyond 2^53)
 *   xlsx_real  not finite: an empty cell
 *   xlsx_date  a day "2026-03-09", or a moment "2026-03-09 14:05" (also with T, also with seconds)
 *              already in the time to show; anything else is written as text
 */
void xlsx_text(struct xlsx *xlsx, const char *text);
void xlsx_int(struct xlsx *xlsx, int64_t number);
void xlsx_real(struct xlsx *xlsx, double number);
void xlsx_date(struct xlsx *xlsx, const char *date);
void xlsx_row_end(struct xlsx *xlsx);

/* The finished workbook: an open file at its begin, closed when ctx->mem ends. */
struct xlsx_file {
    int file;
    int64_t size_bytes;
};

/* ERR_FAULT  the workbook could not be written, e.g. because the disk is full */
MUST_CHECK enum status xlsx_close(struct xlsx *xlsx, struct xlsx_file *out);

/* The same in memory, for a workbook that is known to be small. */
MUST_CHECK enum status xlsx_bytes(struct xlsx *xlsx, struct text_span *out);

#endif
