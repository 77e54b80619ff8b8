/* SPDX-License-Identifier: MIT */
/*
 * xlsx.c - a workbook by libxlsxwriter in its constant-memory mode.
 *
 * libxlsxwriter wants the name of a file.  It gets /proc/self/fd/N, the name of a file that is
 * open here and has no other name any more.
 */
#include "platform/document/xlsx.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unistr.h>
#include <xlsxwriter.h>

enum { SHEET_NAME_CHARS = 24 }; /* 31 less room for " 1000000" */

static const int64_t whole_in_double = INT64_C(1) << 53;

struct xlsx {
    struct ctx *ctx;
    int file;
    const struct xlsx_column *columns;
    int column_count;
    const char *sheet_name;
    int sheet_count;
    lxw_workbook *book; /* NULL: closed */
    lxw_worksheet *sheet;
    lxw_format *heading;
    lxw_format *day;
    lxw_format *moment;
    lxw_row_t row;
    lxw_col_t column;
    bool has_failed;
};

static void note(struct xlsx *xlsx, lxw_error error)
{
    xlsx->has_failed = xlsx->has_failed || error != LXW_NO_ERROR;
}

/* ---- opening ---- */

static void close_file(void *arg)
{
    struct xlsx *xlsx = arg;
    if (xlsx->book != NULL)
        lxw_workbook_free(xlsx->book);
    if (xlsx->file >= 0)
        close(xlsx->file);
}

/* An open file that has lost its name, so that it is gone with the process. */
static int nameless_file(struct ctx *ctx, const char *folder)
{
    char *path = mem_format(ctx->mem, "%s/onward-XXXXXX", folder);
    int file = mkostemp(path, O_CLOEXEC);
    if (file >= 0)
        unlink(path);
    return file;
}

/* Excel refuses the whole workbook over a sheet name that it does not like. */
static const char *clean_sheet_name(struct mem *mem, const char *name)
{
    char *clean = mem_text(mem, name != NULL ? name : "");
    size_t length = 0;
    size_t chars = 0;
    for (const char *c = name; c != NULL && *c != '\0'; c++) {
        bool begins_char = ((unsigned char)*c & 0xC0) != 0x80;
        if (begins_char && ++chars > SHEET_NAME_CHARS)
            break;
        bool is_bad = (unsigned char)*c < ' ' || strchr("[]:*?/\\'", *c) != NULL;
        clean[length++] = is_bad ? ' ' : *c;
    }
    while (length > 0 && clean[length - 1] == ' ')
        length--;
    clean[length] = '\0';
    while (*clean == ' ')
        clean++;
    bool is_taken = *clean == '\0' || strcasecmp(clean, "history") == 0;
    return is_taken ? "Table" : clean;
}

static double width_of(const struct xlsx_column *column)
{
    enum { NARROWEST = 10, WIDEST = 60 };
    if (column->width_chars > 0)
        return column->width_chars;
    size_t chars = u8_mbsnlen((const uint8_t *)column->heading, strlen(column->heading)) + 4;
    return chars < NARROWEST ? NARROWEST : chars > WIDEST ? WIDEST : (double)chars;
}

static void begin_sheet(struct xlsx *xlsx)
{
    xlsx->sheet_count++;
    const char *name = xlsx->sheet_name;
    if (xlsx->sheet_count > 1)
        name = mem_format(xlsx->ctx->mem, "%s %d", name, xlsx->sheet_count);
    xlsx->sheet = workbook_add_worksheet(xlsx->book, name);
    if (xlsx->sheet == NULL) {
        xlsx->has_failed = true;
        return;
    }
    for (int i = 0; i < xlsx->column_count; i++) {
        lxw_col_t column = (lxw_col_t)i;
        const struct xlsx_column *about = &xlsx->columns[i];
        note(xlsx, worksheet_set_column(xlsx->sheet, column, column, width_of(about), NULL));
        note(xlsx, worksheet_write_string(xlsx->sheet, 0, column, about->heading, xlsx->heading));
    }
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
    worksheet_repeat_rows(xlsx->sheet, 0, 0);
    worksheet_set_landscape(xlsx->sheet);
    worksheet_set_paper(xlsx->sheet, 9); /* A4 */
    worksheet_fit_to_pages(xlsx->sheet, 1, 0);
    worksheet_set_footer(xlsx->sheet, "&L&A&RPage &P of &N");
    xlsx->row = 1;
    xlsx->column = 0;
}

static void end_sheet(struct xlsx *xlsx)
{
    if (xlsx->sheet == NULL)
        return;
    lxw_row_t last = xlsx->row > 1 ? xlsx->row - 1 : 1;
    lxw_col_t columns = (lxw_col_t)(xlsx->column_count - 1);
    note(xlsx, worksheet_autofilter(xlsx->sheet, 0, 0, last, columns));
}

static void make_formats(struct xlsx *xlsx)
{
    xlsx->heading = workbook_add_format(xlsx->book);
    format_set_bold(xlsx->heading);
    format_set_font_color(xlsx->heading, 0xFFFFFF);
    format_set_bg_color(xlsx->heading, 0x005EB8);
    format_set_align(xlsx->heading, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(xlsx->heading);
    xlsx->day = workbook_add_format(xlsx->book);
    format_set_num_format(xlsx->day, "d mmm yyyy");
    xlsx->moment = workbook_add_format(xlsx->book);
    format_set_num_format(xlsx->moment, "d mmm yyyy hh:mm");
}

enum status xlsx_open(struct ctx *ctx, const struct xlsx_about *about,
                      const struct xlsx_column *columns, int column_count, struct xlsx **out)
{
    const char *folder = about->folder != NULL ? about->folder : "/tmp";
    struct xlsx *xlsx = mem_new(ctx->mem, struct xlsx);
    *xlsx = (struct xlsx){.ctx = ctx, .columns = columns, .column_count = column_count};
    xlsx->sheet_name = clean_sheet_name(ctx->mem, about->sheet);
    xlsx->file = nameless_file(ctx, folder);
    if (xlsx->file < 0)
        return ctx_fail(ctx, ERR_FAULT, "no temporary file could be made in \"%s\"", folder);
    mem_at_end(ctx->mem, close_file, xlsx);

    const char *path = mem_format(ctx->mem, "/proc/self/fd/%d", xlsx->file);
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE, .tmpdir = mem_text(ctx->mem, folder), .use_zip64 = LXW_TRUE};
    xlsx->book = workbook_new_opt(path, &options);
    if (xlsx->book == NULL)
        return ctx_fail(ctx, ERR_FAULT, "a workbook could not be begun");
    lxw_doc_properties properties = {.title = mem_text(ctx->mem, about->title),
                                     .author = mem_text(ctx->mem, about->creator),
                                     .created = (time_t)ctx->now_secs};
    note(xlsx, workbook_set_properties(xlsx->book, &properties));
    make_formats(xlsx);
    begin_sheet(xlsx);
    if (xlsx->sheet == NULL)
        return ctx_fail(ctx, ERR_FAULT, "a workbook's sheet could not be begun");
    *out = xlsx;
    return OK;
}

/* ---- rows ---- */

/* Whether there is a cell for the next value; takes it. */
static bool next_cell(struct xlsx *xlsx, lxw_col_t *column_out)
{
    *column_out = xlsx->column;
    if (xlsx->sheet == NULL || xlsx->column >= xlsx->column_count)
        return false;
    xlsx->column++;
    return true;
}

static void write_text(struct xlsx *xlsx, lxw_col_t column, const char *text)
{
    /* Every character takes at least one byte, so most text need not be counted. */
    size_t bytes = strlen(text);
    if (bytes <= XLSX_CELL_CHARS) {
        note(xlsx, worksheet_write_string(xlsx->sheet, xlsx->row, column, text, NULL));
        return;
    }
    struct mem *mem = mem_child(xlsx->ctx->mem);
    size_t at = 0;
    for (size_t chars = 0; chars < XLSX_CELL_CHARS - 1 && at < bytes; chars++)
        do
            at++;
        while (((unsigned char)text[at] & 0xC0) == 0x80);
    const char *cut = at == bytes ? text : mem_format(mem, "%.*s…", (int)at, text);
    note(xlsx, worksheet_write_string(xlsx->sheet, xlsx->row, column, cut, NULL));
    mem_end(mem);
}

void xlsx_text(struct xlsx *xlsx, const char *text)
{
    lxw_col_t column;
    if (next_cell(xlsx, &column) && text != NULL && text[0] != '\0')
        write_text(xlsx, column, text);
}

void xlsx_int(struct xlsx *xlsx, int64_t number)
{
    lxw_col_t column;
    if (!next_cell(xlsx, &column))
        return;
    if (number >= -whole_in_double && number <= whole_in_double) {
        note(xlsx, worksheet_write_number(xlsx->sheet, xlsx->row, column, (double)number, NULL));
        return;
    }
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    write_text(xlsx, column, digits);
}

void xlsx_real(struct xlsx *xlsx, double number)
{
    lxw_col_t column;
    if (next_cell(xlsx, &column) && isfinite(number))
        note(xlsx, worksheet_write_number(xlsx->sheet, xlsx->row, column, number, NULL));
}

/* so many digits, then one of the bytes of ends (or the end, when ends has the zero byte). */
static bool read_digits(const char **text, int count, int *out)
{
    *out = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        *out = *out * 10 + (**text - '0');
    }
    return true;
}

static bool read_mark(const char **text, const char *marks)
{
    bool is_there = **text != '\0' && strchr(marks, **text) != NULL;
    *text += is_there;
    return is_there;
}

static bool read_day(const char **text, lxw_datetime *out)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_form = read_digits(text, 4, &out->year) && read_mark(text, "-") &&
                   read_digits(text, 2, &out->month) && read_mark(text, "-") &&
                   read_digits(text, 2, &out->day);
    if (!is_form || out->year < 1900 || out->month < 1 || out->month > 12)
        return false;
    bool is_leap = (out->year % 4 == 0 && out->year % 100 != 0) || out->year % 400 == 0;
    int last = days[out->month - 1] + (out->month == 2 && is_leap);
    return out->day >= 1 && out->day <= last;
}

static bool read_time(const char **text, lxw_datetime *out)
{
    int secs = 0;
    if (!read_mark(text, " T") || !read_digits(text, 2, &out->hour) || !read_mark(text, ":") ||
        !read_digits(text, 2, &out->min))
        return false;
    if (read_mark(text, ":") && !read_digits(text, 2, &secs))
        return false;
    out->sec = secs;
    return out->hour < 24 && out->min < 60 && secs < 60;
}

void xlsx_date(struct xlsx *xlsx, const char *date)
{
    lxw_col_t column;
    if (!next_cell(xlsx, &column) || date == NULL || date[0] == '\0')
        return;
    lxw_datetime when = {0};
    const char *rest = date;
    bool is_date = read_day(&rest, &when);
    lxw_format *format = xlsx->day;
    if (is_date && *rest != '\0') {
        format = xlsx->moment;
        is_date = read_time(&rest, &when) && *rest == '\0';
    }
    if (is_date)
        note(xlsx, worksheet_write_datetime(xlsx->sheet, xlsx->row, column, &when, format));
    else
        write_text(xlsx, column, date);
}

void xlsx_row_end(struct xlsx *xlsx)
{
    xlsx->row++;
    xlsx->column = 0;
    if (xlsx->row < XLSX_SHEET_ROWS)
        return;
    end_sheet(xlsx);
    begin_sheet(xlsx);
}

enum status xlsx_close(struct xlsx *xlsx, struct xlsx_file *out)
{
    end_sheet(xlsx);
    lxw_workbook *book = xlsx->book;
    xlsx->book = NULL;
    lxw_error error = workbook_close(book); /* frees it too */
    struct stat about;
    if (xlsx->has_failed || error != LXW_NO_ERROR || fstat(xlsx->file, &about) != 0)
        return ctx_fail(xlsx->ctx, ERR_FAULT, "a workbook could not be written: %s",
                        lxw_strerror(error));
    lseek(xlsx->file, 0, SEEK_SET);
    *out = (struct xlsx_file){.file = xlsx->file, .size_bytes = about.st_size};
    return OK;
}

enum status xlsx_bytes(struct xlsx *xlsx, struct text_span *out)
{
    struct xlsx_file file;
    size_t length = 0;
    TRY(xlsx_close(xlsx, &file));
    char *bytes = mem_bytes(xlsx->ctx->mem, (size_t)file.size_bytes + 1);
    while (length < (size_t)file.size_bytes) {
        ssize_t count = read(file.file, bytes + length, (size_t)file.size_bytes - length);
        if (count <= 0)
            return ctx_fail(xlsx->ctx, ERR_FAULT, "a workbook could not be read again");
        length += (size_t)count;
    }
    bytes[length] = '\0';
    *out = (struct text_span){bytes, length};
    return OK;
}
