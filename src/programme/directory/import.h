/* SPDX-License-Identifier: MIT */
/*
 * import.h - how a file becomes a batch: what the kinds of import share.  For this folder only.
 *
 * A kind reads each row into a record (once, outside any transaction) and stores records in
 * batches, each in a transaction that may run again.  What a store function reports is kept only
 * when its transaction was.
 */
#ifndef PROGRAMME_DIRECTORY_IMPORT_H
#define PROGRAMME_DIRECTORY_IMPORT_H

#include "platform/document/csv.h"
#include "programme/directory/directory.h"

struct import_codes; /* the codes seen in the file */

/* A kind of organisation, and what a name of the kind holds. */
struct import_named {
    const char *code, *shelf, *name_contains;
};

enum import_outcome { IMPORT_SAME, IMPORT_CHANGED, IMPORT_ADDED };

enum { IMPORT_COLUMNS_MAX = 24, IMPORT_BATCH_PROBLEMS_MAX = 2 * DIRECTORY_PROBLEMS_MAX };

struct import {
    struct ctx *ctx; /* its mem is the batch's while a batch is worked on */
    const struct import_kind *kind;
    const char *as_at;
    int64_t id; /* of the batch: rows say added_by it */
    struct directory_import_report *report;
    struct csv_reader *reader;
    int columns[IMPORT_COLUMNS_MAX]; /* of the file, by what the kind wants; -1: not there   */
    struct import_codes *codes;
    const struct import_named *named; /* every kind, in the order in which they are tried */
    size_t named_count;
    const char *school_kind;
    const char *default_kind; /* of organisations in this file; NULL: by name        */
    const char *relation;     /* of links                                            */
    bool is_ragged;           /* rows of other lengths than the header are taken     */
    bool is_bare;             /* there is no header                                  */

    /* The batch that is worked on. */
    int64_t line; /* of the row in hand */
    struct {
        int64_t added_count, changed_count, same_count, refused_count, remark_count;
        struct directory_problem problems[IMPORT_BATCH_PROBLEMS_MAX];
        size_t problem_count;
    } batch;
};

struct import_kind {
    const char *name;
    size_t record_bytes;
    size_t batch_rows;
    /* Opens the file and finds its columns.  ERR_INVALID: report->file_problem says why. */
    enum status (*begin)(struct import *import, int file);
    /* Fills the zeroed record.  ERR_INVALID only from import_refuse. */
    enum status (*read)(struct import *import, const struct csv_row *row, void *record);
    /* In a transaction; perhaps more than once. */
    enum status (*store)(struct import *import, const void *record, enum import_outcome *out);
    /* Instead, where there are too many to ask for one by one: counts into import->batch. */
    enum status (*store_all)(struct import *import, const void *records, const int64_t *lines,
                             size_t count);
};

extern const struct import_kind import_organisations, import_regions, import_boards, import_schools,
    import_postcodes, import_successions, import_links;

/* ---- problems (import.c) ---- */

/* The row in hand cannot be taken; ERR_INVALID for `return import_refuse(...)`.  column from 0, -1:
 * the row as a whole.  reason is a sentence without its full stop. */
enum status import_refuse(struct import *import, int column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A part of the row in hand is left out. */
void import_remark(struct import *import, int column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- cells (import_cell.c) ---- */

/* Cleaned text of at most chars_max characters; "" when the column is not there. */
MUST_CHECK enum status import_text(struct import *import, const struct csv_row *row, int column,
                                   size_t chars_max, const char **out);

/* The same, and not empty. */
MUST_CHECK enum status import_text_needed(struct import *import, const struct csv_row *row,
                                          int column, size_t chars_max, const char **out);

/* A code of letters, digits, "-" and ".": of any width, 1 to 30. */
MUST_CHECK enum status import_code(struct import *import, const struct csv_row *row, int column,
                                   const char **out);

/* A day as 20260401, 2026-04-01, 01-04-2026 or 01/04/2026, as YYYY-MM-DD; "" when empty. */
MUST_CHECK enum status import_day(struct import *import, const struct csv_row *row, int column,
                                  const char **out);

/* A postcode in its usual form; "" when empty.  What is none becomes "" with a remark. */
MUST_CHECK enum status import_postcode(struct import *import, const struct csv_row *row, int column,
                                       const char **out);

/* A number of 0 or more, or NULL when empty.  What is none becomes NULL with a remark. */
MUST_CHECK enum status import_number(struct import *import, const struct csv_row *row, int column,
                                     const double **out);
MUST_CHECK enum status import_count(struct import *import, const struct csv_row *row, int column,
                                    const int64_t **out);

/* Registers write names in capitals: "ST GEORGE'S NHS TRUST" gives "St George's NHS Trust".  Text
 * that has a small letter is left as it is. */
const char *import_readable(struct mem *mem, const char *name);

struct import_codes *import_codes_new(struct mem *mem);

/* Remembers a code of this file; false when it was seen before. */
bool import_code_is_new(struct import *import, const char *code);

/* ---- opening (import_open.c) ---- */

/* One column of a file: its possible headings, the first found is taken.  "#" stands for a digit:
 * "lad##cd". */
struct import_column {
    const char *headings[8]; /* ends with NULL */
    bool is_needed;
};

/* Reads the first row as cells, whatever it is, and goes back to the beginning of the file. */
MUST_CHECK enum status import_peek(struct import *import, int file, const char *const **cells_out,
                                   int *count_out);

/* Opens a file with a header and fills import->columns; count at most IMPORT_COLUMNS_MAX. */
MUST_CHECK enum status import_open(struct import *import, int file,
                                   const struct import_column *columns, size_t count);

/* Opens a file without header whose columns stand at these indexes. */
MUST_CHECK enum status import_open_bare(struct import *import, int file, const int *columns,
                                        size_t count);

/* ---- organisations (import_organisation.c) ---- */

/* What a row says of an organisation; NULL: the file does not say. */
struct import_record {
    int64_t line;
    const char *code;
    const char *kind;
    const char *name, *address, *town, *postcode, *ons_code;
    const char *state, *opened_on, *closed_on;
    const char *board, *region, *parent; /* codes; "" for none */
    int board_column, region_column, parent_column;
};

/* Takes the row's own columns; what is not in the file stays NULL. */
MUST_CHECK enum status import_record_read(struct import *import, const struct csv_row *row,
                                          struct import_record *out);

/* Adds or changes one, its name, links and words. */
MUST_CHECK enum status import_record_store(struct import *import, const struct import_record *in,
                                           int64_t *id_out, enum import_outcome *out);

/* The id of a code; 0 when there is none. */
MUST_CHECK enum status import_id_of(struct import *import, const char *code, int64_t *out);

/* Fills import->named and school_kind. */
MUST_CHECK enum status import_kinds_load(struct import *import);

/* The first kind that stands for a relation, or that is on a shelf. */
MUST_CHECK enum status import_kind_for(struct import *import, const char *relation,
                                       const char *shelf, const char **out);

/* What a row says about where an organisation belongs. */
struct import_link {
    int64_t organisation_id;
    const char *relation;              /* "board", "region", DIRECTORY_PART_OF */
    const char *target;                /* code                                 */
    int column;                        /* of the code                          */
    const char *opened_on, *closed_on; /* of the organisation; "" not known    */
    const char *stands_for;            /* what others belong to it as; or ""   */
};

/* Takes where it belongs on the day of the file (import_link.c).  changed_out is set when that was
 * news, and otherwise left alone. */
MUST_CHECK enum status import_link_store(struct import *import, const struct import_link *in,
                                         bool *changed_out);

/* ---- words (directory_words.c) ---- */

/* Makes the words of an organisation anew from what is known now. */
MUST_CHECK enum status directory_words_make(struct ctx *ctx, int64_t organisation_id);

/* ---- kinds (import_packs.c) ---- */

/* Takes kinds.csv of a pack; those that are known are changed, none is removed. */
MUST_CHECK enum status import_kinds(struct ctx *ctx, const struct pack *pack);

#endif
