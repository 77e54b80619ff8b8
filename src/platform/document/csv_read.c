/* SPDX-License-Identifier: MIT */
/*
 * csv_read.c - reads rows of cells from a file, a window at a time.
 *
 * A row is read in two steps.  scan_row finds where it ends and where its cells stand, and changes
 * nothing, so that a row that cannot be made out (a quotation mark never closed) costs one line and
 * not the rest of the file: the next attempt begins at the next line.  take_cells then unquotes the
 * cells where they stand and ends each with a zero byte in the place of its separator.
 *
 * That stays linear on hostile input.  Reading on from the next line is dear only when a mark is
 * left open up to the limit of a row; but the lines that were passed inside it hold an even number
 * of marks each, so read again they end by themselves.
 *
 * An encoding that is not named is decided by the first cell that is not plain ASCII: real
 * Windows-1252 text is practically never valid UTF-8.  The whole file keeps that decision.
 */
#include "platform/document/csv.h"

#include <string.h>
#include <unistr.h>

#include "platform/document/csv_reader.h"

enum scan { SCAN_ROW, SCAN_MORE, SCAN_PROBLEM };

struct scanner {
    const char *raw;
    size_t length;
    size_t at;
    bool is_whole; /* nothing follows raw + length */
    bool is_open;  /* inside quotation marks       */
};

static enum status refuse(struct csv_reader *reader, int64_t line, int column, const char *problem)
{
    reader->row->problem_line = line;
    reader->row->problem_column = column;
    reader->row->problem = problem;
    return ERR_INVALID; /* of the file, not of the caller: ctx keeps no cause */
}

/* CR LF, LF and CR each end a line. */
static int64_t count_lines(const char *text, size_t length)
{
    int64_t lines = 0;
    for (size_t i = 0; i < length; i++) {
        bool is_bare_return = text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n');
        lines += text[i] == '\n' || is_bare_return;
    }
    return lines;
}

/* ---- the window ---- */

static void widen(struct csv_reader *reader)
{
    struct mem *mem = mem_child(reader->mem);
    char *window = mem_bytes(mem, reader->room * 2 + 1);
    memcpy(window, reader->window, reader->end);
    mem_end(reader->window_mem);
    reader->window_mem = mem;
    reader->window = window;
    reader->room *= 2;
}

enum status csv_fill(struct csv_reader *reader)
{
    memmove(reader->window, reader->window + reader->begin, reader->end - reader->begin);
    reader->end -= reader->begin;
    reader->begin = 0;
    if (reader->end == reader->room)
        widen(reader);

    size_t wanted = reader->room - reader->end;
    int got = gzread(reader->file, reader->window + reader->end, (unsigned)wanted);
    int cause = Z_OK;
    gzerror(reader->file, &cause);
    if (cause == Z_ERRNO)
        return ctx_fail(reader->ctx, ERR_FAULT, "a table could not be read from its file");
    if (got > 0)
        reader->end += (size_t)got;
    reader->is_damaged = cause != Z_OK && cause != Z_STREAM_END;
    reader->is_ended = reader->is_damaged || got < 0 || (size_t)got < wanted;
    return OK;
}

static void consume(struct csv_reader *reader, size_t length)
{
    reader->line += count_lines(reader->window + reader->begin, length);
    reader->begin += length;
}

/* Throws away the rest of the line that stands at the window's begin. */
static enum status skip_line(struct csv_reader *reader)
{
    while (reader->is_skipping) {
        size_t length = reader->end - reader->begin;
        const char *raw = reader->window + reader->begin;
        size_t at = 0;
        while (at < length && raw[at] != '\n' && raw[at] != '\r')
            at++;
        bool is_known = at + 1 < length || (at < length && raw[at] == '\n') || reader->is_ended;
        if (is_known) {
            at += at + 1 < length && raw[at] == '\r' && raw[at + 1] == '\n';
            consume(reader, at < length ? at + 1 : length);
            reader->is_skipping = false;
            break;
        }
        reader->begin += at;
        TRY(csv_fill(reader));
    }
    return OK;
}

/* ---- finding the cells ---- */

static enum scan scan_quoted(struct scanner *scan, const unsigned char *ends_cell,
                             struct csv_span *span)
{
    span->is_quoted = true;
    span->at = ++scan->at;
    scan->is_open = true;
    for (;;) {
        const char *mark = memchr(scan->raw + scan->at, '"', scan->length - scan->at);
        if (mark == NULL)
            return scan->is_whole ? SCAN_PROBLEM : SCAN_MORE;
        scan->at = (size_t)(mark - scan->raw) + 1;
        if (scan->at == scan->length || scan->raw[scan->at] != '"')
            break;
        scan->at++;
    }
    span->length = scan->at - 1 - span->at;
    if (scan->at == scan->length)
        return scan->is_whole ? SCAN_ROW : SCAN_MORE;
    scan->is_open = false;
    return ends_cell[(unsigned char)scan->raw[scan->at]] ? SCAN_ROW : SCAN_PROBLEM;
}

static enum scan scan_plain(struct scanner *scan, const unsigned char *ends_cell,
                            struct csv_span *span)
{
    span->is_quoted = false;
    span->at = scan->at;
    while (scan->at < scan->length && !ends_cell[(unsigned char)scan->raw[scan->at]])
        scan->at++;
    span->length = scan->at - span->at;
    return scan->at < scan->length || scan->is_whole ? SCAN_ROW : SCAN_MORE;
}

/* Finds the cells of the row that begins at scan->raw; scan->at is then behind its line ending. */
static enum scan scan_row(struct csv_reader *reader, struct scanner *scan)
{
    for (reader->cell_count = 0; reader->cell_count < reader->options.column_limit;) {
        struct csv_span *span = &reader->spans[reader->cell_count];
        bool is_quoted = scan->at < scan->length && scan->raw[scan->at] == '"';
        enum scan found = is_quoted ? scan_quoted(scan, reader->ends_cell, span)
                                    : scan_plain(scan, reader->ends_cell, span);
        if (found != SCAN_ROW)
            return found;
        reader->cell_count++;
        if (scan->at == scan->length)
            return SCAN_ROW;
        char end = scan->raw[scan->at];
        if (end == '\r' && scan->at + 1 == scan->length && !scan->is_whole)
            return SCAN_MORE;
        scan->at++;
        if (end == '\r' && scan->at < scan->length && scan->raw[scan->at] == '\n')
            scan->at++;
        if (end == '\r' || end == '\n')
            return SCAN_ROW;
    }
    return SCAN_PROBLEM;
}

static const char *why_not_scanned(const struct csv_reader *reader, const struct scanner *scan)
{
    if (reader->cell_count == reader->options.column_limit)
        return mem_format(reader->row_mem, "This row has more than %d cells",
                          reader->options.column_limit);
    if (scan->is_open)
        return "This cell opens a quotation mark that is never closed";
    if (scan->at < scan->length && scan->raw[scan->at - 1] == '"')
        return "This cell goes on after its closing quotation mark";
    return "This row is too long";
}

static enum status refuse_row(struct csv_reader *reader, const struct scanner *scan)
{
    bool is_cell = reader->cell_count < reader->options.column_limit;
    int column = is_cell ? reader->cell_count + 1 : 0;
    int64_t line = reader->line;
    if (is_cell)
        line += count_lines(scan->raw, reader->spans[reader->cell_count].at);
    reader->is_skipping = true;
    return refuse(reader, line, column, why_not_scanned(reader, scan));
}

static enum status refuse_damage(struct csv_reader *reader)
{
    reader->is_damaged = false;
    reader->begin = reader->end;
    return refuse(reader, reader->line, 0, "The compressed file is damaged or cut short from here");
}

/* Makes a whole row stand in the window; its length as it stands in the file is given out. */
static enum status find_row(struct csv_reader *reader, size_t *length_out)
{
    for (;;) {
        size_t length = reader->end - reader->begin;
        struct scanner scan = {
            .raw = reader->window + reader->begin, .length = length, .is_whole = reader->is_ended};
        enum scan found = length == 0 && !reader->is_ended ? SCAN_MORE : scan_row(reader, &scan);
        bool is_cut_short = reader->is_damaged && scan.at == length;
        if (is_cut_short || (found == SCAN_PROBLEM && reader->is_damaged))
            return refuse_damage(reader);
        if (length == 0 && reader->is_ended)
            return ERR_NOT_FOUND;
        if (found == SCAN_PROBLEM || (found == SCAN_MORE && length >= CSV_ROW_BYTES))
            return refuse_row(reader, &scan);
        if (found == SCAN_ROW) {
            *length_out = scan.at;
            return OK;
        }
        TRY(csv_fill(reader));
    }
}

/* ---- taking the cells ---- */

/* Windows-1252 for the bytes 0x80 to 0x9F; 0: stands for nothing. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* NULL: a byte stands for nothing. */
static const char *from_windows_1252(struct mem *mem, const char *text, size_t length)
{
    uint8_t *out = mem_bytes(mem, length * 3 + 1);
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        ucs4_t code = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
        if (code == 0)
            return NULL;
        used += (size_t)u8_uctomb(out + used, code, 3);
    }
    return (const char *)out;
}

static size_t unquote(char *text, size_t length)
{
    const char *from = memchr(text, '"', length);
    if (from == NULL)
        return length;
    const char *end = text + length;
    char *to = text + (from - text);
    while (from < end) {
        from += *from == '"';
        *to++ = *from++;
    }
    return (size_t)(to - text);
}

static bool is_ascii(const char *text, size_t length)
{
    unsigned char all = 0;
    for (size_t i = 0; i < length; i++)
        all |= (unsigned char)text[i];
    return all < 0x80;
}

/* What is wrong with the cell; NULL: nothing. */
static const char *take_cell(struct csv_reader *reader, char *text, size_t length,
                             const char **cell_out)
{
    text[length] = '\0';
    *cell_out = text;
    if (length > reader->options.cell_limit_bytes)
        return mem_format(reader->row_mem, "This cell is longer than %zu bytes",
                          reader->options.cell_limit_bytes);
    if (memchr(text, '\0', length) != NULL)
        return "This cell holds a zero byte: the file is not text";
    if (is_ascii(text, length))
        return NULL;
    bool is_utf_8 = u8_check((const uint8_t *)text, length) == NULL;
    if (reader->encoding == UNDECIDED)
        reader->encoding = is_utf_8 ? UTF_8 : WINDOWS_1252;
    if (reader->encoding == UTF_8)
        return is_utf_8 ? NULL : "This cell holds letters that are not UTF-8";
    *cell_out = from_windows_1252(reader->row_mem, text, length);
    return *cell_out != NULL ? NULL : "This cell holds letters that are not Windows-1252";
}

static enum status take_cells(struct csv_reader *reader, size_t row_length)
{
    char *raw = reader->window + reader->begin;
    int64_t line = reader->line;
    int64_t problem_line = 0;
    int problem_column = 0;
    const char *problem = NULL;
    size_t counted = 0;
    consume(reader, row_length);
    for (int i = 0; i < reader->cell_count && problem == NULL; i++) {
        const struct csv_span *span = &reader->spans[i];
        if (span->is_quoted)
            line += count_lines(raw + counted, span->at - counted);
        char *text = raw + span->at;
        int64_t lines = span->is_quoted ? count_lines(text, span->length) : 0;
        size_t length = span->is_quoted ? unquote(text, span->length) : span->length;
        problem = take_cell(reader, text, length, &reader->cells[i]);
        if (problem != NULL) {
            problem_line = line;
            problem_column = i + 1;
        }
        line += lines;
        counted = span->at + span->length;
    }
    return problem == NULL ? OK : refuse(reader, problem_line, problem_column, problem);
}

static enum status check_columns(struct csv_reader *reader)
{
    struct csv_row *row = reader->row;
    if (reader->column_count == 0)
        reader->column_count = row->cell_count;
    int columns = reader->column_count;
    row->found_count = row->cell_count;
    if (row->cell_count == columns)
        return OK;
    if (!reader->options.may_be_ragged)
        return refuse(reader, row->line, 0,
                      mem_format(reader->row_mem, "This row has %d cells, but it should have %d",
                                 row->cell_count, columns));
    if (row->cell_count > columns)
        row->cell_count = columns;
    return OK;
}

static bool is_blank(const struct csv_reader *reader)
{
    return reader->cell_count == 1 && reader->spans[0].length == 0 && !reader->spans[0].is_quoted;
}

enum status csv_read(struct csv_reader *reader, struct csv_row *row)
{
    mem_end(reader->row_mem);
    reader->row_mem = mem_child(reader->mem);
    *row = (struct csv_row){.cells = reader->cells};
    reader->row = row;
    TRY(skip_line(reader));
    size_t length = 0;
    for (;;) {
        row->line = reader->line;
        TRY(find_row(reader, &length));
        if (!is_blank(reader))
            break;
        consume(reader, length);
    }
    TRY(take_cells(reader, length));
    row->cell_count = reader->cell_count;
    return check_columns(reader);
}
