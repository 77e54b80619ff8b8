/* SPDX-License-Identifier: MIT */
/*
 * pack_table.h - a CSV table of a pack, read row by row.  Comes with pack.h.
 *
 *     static const char *const headings[COLUMNS + 1] = {"code", "name"};
 *     TRY(pack_table_open(ctx, pack, "kinds.csv", headings, &table));
 *     while ((status = pack_table_next(table, &cells)) == OK)
 *         if (cells[CODE][0] == '\0')
 *             return pack_table_refuse(table, "the code is missing");
 *     return status == ERR_NOT_FOUND ? OK : status;
 *
 * Whatever is wrong is told with the file and the line: "kinds.csv: line 7: the code is missing".
 */
#ifndef PROGRAMME_PACK_PACK_TABLE_H
#define PROGRAMME_PACK_PACK_TABLE_H

#include "programme/pack/pack.h"

struct pack_table;

/*
 * Opens the table in a file of a pack.  headings end with NULL and stay the caller's; the columns
 * may stand in any order, and others beside them.
 *
 * ERR_NOT_FOUND  the pack has no such file
 * ERR_INVALID    it is no table, or lacks one of the headings
 */
MUST_CHECK enum status pack_table_open(struct ctx *ctx, const struct pack *pack, const char *path,
                                       const char *const *headings, struct pack_table **out);

/*
 * The next row: a cell a heading, in the order of the headings.  They live as long as ctx->mem.
 *
 * ERR_NOT_FOUND  there are no more
 * ERR_INVALID    the row cannot be read
 */
MUST_CHECK enum status pack_table_next(struct pack_table *table, const char *const **cells_out);

/* ERR_INVALID, and says what is wrong with the row that was read last. */
MUST_CHECK enum status pack_table_refuse(struct pack_table *table, const char *why, ...)
    __attribute__((format(printf, 2, 3)));

#endif
