/* SPDX-License-Identifier: MIT */
/* csv_read_test.c - what reading a table promises, above all on bad ones. */
#include "platform/base/test.h"

#include "platform/document/csv.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

static int file_of(const void *bytes, size_t size_bytes)
{
    int file = memfd_create("csv", 0);
    for (size_t at = 0; at < size_bytes;) {
        ssize_t wrote = write(file, (const char *)bytes + at, size_bytes - at);
        if (wrote <= 0)
            fail_msg("the test's file could not be written");
        at += (size_t)wrote;
    }
    lseek(file, 0, SEEK_SET);
    return file;
}

struct opened {
    struct csv_reader *reader;
    const char *problem;
};

static enum status open_bytes(struct ctx *ctx, const void *bytes, size_t size_bytes,
                              struct csv_options options, struct opened *out)
{
    int file = file_of(bytes, size_bytes);
    enum status status = csv_open(ctx, file, &options, &out->reader, &out->problem);
    close(file);
    return status;
}

static struct csv_reader *reader_of(struct ctx *ctx, const char *text, struct csv_options options)
{
    struct opened opened;
    CHECK(open_bytes(ctx, text, strlen(text), options, &opened) == OK);
    return opened.reader;
}

static const struct csv_options bare = {.has_no_header = true};

/* "a|b|c" of the next row; "!LINE.COLUMN reason" of a refused one; "." at the end. */
static const char *next(struct ctx *ctx, struct csv_reader *reader)
{
    struct csv_row row;
    enum status status = csv_read(reader, &row);
    if (status == ERR_NOT_FOUND)
        return ".";
    if (status == ERR_INVALID)
        return mem_format(ctx->mem, "!%d.%d %s", (int)row.problem_line, row.problem_column,
                          row.problem);
    CHECK(status == OK);
    const char *text = row.cells[0];
    for (int i = 1; i < row.cell_count; i++)
        text = mem_format(ctx->mem, "%s|%s", text, row.cells[i]);
    return text;
}

TEST(every_line_ending_ends_a_row)
{
    struct csv_reader *reader = reader_of(ctx, "a,b\r\nc,d\ne,f\rg,h", bare);
    CHECK_TEXT(next(ctx, reader), "a|b");
    CHECK_TEXT(next(ctx, reader), "c|d");
    CHECK_TEXT(next(ctx, reader), "e|f");
    CHECK_TEXT(next(ctx, reader), "g|h");
    CHECK_TEXT(next(ctx, reader), ".");
    CHECK_TEXT(next(ctx, reader), ".");
}

TEST(a_quoted_cell_may_hold_separators_marks_and_lines)
{
    struct csv_reader *reader =
        reader_of(ctx, "\"a,b\",\"say \"\"yes\"\"\",\"x\r\ny\"\r\n\"\",5\" pipe,\n", bare);
    struct csv_row row;
    CHECK_TEXT(next(ctx, reader), "a,b|say \"yes\"|x\r\ny");
    CHECK(csv_read(reader, &row) == OK);
    CHECK(row.line == 3);
    CHECK_TEXT(row.cells[0], "");
    CHECK_TEXT(row.cells[1], "5\" pipe");
    CHECK_TEXT(row.cells[2], "");
    CHECK(csv_read(reader, &row) == ERR_NOT_FOUND);
}

TEST(columns_are_found_whatever_their_order_and_case)
{
    const char *text = "\xEF\xBB\xBFPost_Code,\"Organisation  Name\",URN\nLS1 4AP,Leeds,1\n";
    struct csv_reader *reader = reader_of(ctx, text, (struct csv_options){0});
    struct csv_row row;
    CHECK(csv_column(reader, "organisation name") == 1);
    CHECK(csv_column(reader, "POSTCODE") == 0);
    CHECK(csv_column(reader, "urn") == 2);
    CHECK(csv_column(reader, "ur") == -1);
    CHECK(csv_read(reader, &row) == OK);
    CHECK(row.line == 2);
    CHECK_TEXT(csv_cell(&row, csv_column(reader, "post code")), "LS1 4AP");
    CHECK_TEXT(csv_cell(&row, -1), "");
    const char *const *headings;
    CHECK(csv_headings(reader, &headings) == 3);
    CHECK_TEXT(headings[1], "Organisation  Name");
}

TEST(all_missing_columns_are_named)
{
    struct csv_reader *reader = reader_of(ctx, "name\nx\n", (struct csv_options){0});
    const char *problem;
    int index[3];
    CHECK(csv_columns(reader, (const char *const[]){"Name"}, index, 1, &problem) == OK);
    CHECK(index[0] == 0 && problem == NULL);
    CHECK(csv_columns(reader, (const char *const[]){"URN", "Name", "Town"}, index, 3, &problem) ==
          ERR_INVALID);
    CHECK_TEXT(problem, "The file has no column called “URN”, “Town”");
}

TEST(a_file_without_header_is_read_by_index)
{
    struct csv_reader *reader = reader_of(ctx, "R1A,Trust\n", bare);
    struct csv_row row;
    CHECK(csv_column(reader, "R1A") == -1);
    CHECK(csv_read(reader, &row) == OK);
    CHECK_TEXT(csv_cell(&row, 1), "Trust");
}

TEST(windows_1252_is_found_out_and_turned_into_utf_8)
{
    struct csv_reader *reader =
        reader_of(ctx, "plain,1\ncaf\xE9,\x80 5\n\x93x\x94,\xC3\xA9\n", bare);
    CHECK_TEXT(next(ctx, reader), "plain|1");
    CHECK_TEXT(next(ctx, reader), "café|€ 5");
    CHECK_TEXT(next(ctx, reader), "“x”|Ã©");
    CHECK_TEXT(csv_encoding(reader), "windows-1252");
}

TEST(utf_8_is_found_out_and_kept)
{
    struct csv_reader *reader = reader_of(ctx, "caf\xC3\xA9,1\ncaf\xE9,2\nok,3\n", bare);
    CHECK_TEXT(next(ctx, reader), "café|1");
    CHECK_TEXT(next(ctx, reader), "!2.1 This cell holds letters that are not UTF-8");
    CHECK_TEXT(next(ctx, reader), "ok|3");
    CHECK_TEXT(csv_encoding(reader), "utf-8");
}

TEST(a_named_encoding_is_held_to)
{
    struct csv_options named = {.has_no_header = true, .encoding = "utf-8"};
    CHECK_TEXT(next(ctx, reader_of(ctx, "a,caf\xE9\n", named)),
               "!1.2 This cell holds letters that are not UTF-8");
    named.encoding = "windows-1252";
    CHECK_TEXT(next(ctx, reader_of(ctx, "caf\xC3\xA9\n", named)), "cafÃ©");
    CHECK_TEXT(next(ctx, reader_of(ctx, "\x81\n", named)),
               "!1.1 This cell holds letters that are not Windows-1252");
}

TEST(overlong_and_surrogate_utf_8_is_refused)
{
    struct csv_options named = {.has_no_header = true, .encoding = "utf-8"};
    struct csv_reader *reader =
        reader_of(ctx, "\xC0\xAF\n\xED\xA0\x80\n\xF5\x80\x80\x80\nx\n", named);
    for (int i = 0; i < 3; i++)
        CHECK(next(ctx, reader)[0] == '!');
    CHECK_TEXT(next(ctx, reader), "x");
}

TEST(a_ragged_row_is_reported_and_reading_goes_on)
{
    struct csv_reader *reader = reader_of(ctx, "a,b,c\n1,2\n1,2,3,4\n7,8,9\n", bare);
    CHECK_TEXT(next(ctx, reader), "a|b|c");
    CHECK_TEXT(next(ctx, reader), "!2.0 This row has 2 cells, but it should have 3");
    CHECK_TEXT(next(ctx, reader), "!3.0 This row has 4 cells, but it should have 3");
    CHECK_TEXT(next(ctx, reader), "7|8|9");
}

TEST(a_ragged_row_is_taken_where_allowed)
{
    struct csv_options ragged = {.may_be_ragged = true};
    struct csv_reader *reader = reader_of(ctx, "a,b,c\n1,2\n1,2,3,4\n", ragged);
    struct csv_row row;
    CHECK(csv_read(reader, &row) == OK);
    CHECK(row.cell_count == 2);
    CHECK_TEXT(csv_cell(&row, 2), "");
    CHECK(csv_read(reader, &row) == OK);
    CHECK(row.cell_count == 3);
}

TEST(blank_lines_are_passed_over_and_counted)
{
    struct csv_reader *reader = reader_of(ctx, "\n\r\na,b\n\n\nc,d\n\n", bare);
    struct csv_row row;
    CHECK(csv_read(reader, &row) == OK && row.line == 3);
    CHECK(csv_read(reader, &row) == OK && row.line == 6);
    CHECK(csv_read(reader, &row) == ERR_NOT_FOUND);
}

TEST(a_mark_never_closed_costs_one_line)
{
    struct csv_reader *reader = reader_of(ctx, "a,b\n1,\"two\n3,4\n5,6\n", bare);
    CHECK_TEXT(next(ctx, reader), "a|b");
    CHECK_TEXT(next(ctx, reader), "!2.2 This cell opens a quotation mark that is never closed");
    CHECK_TEXT(next(ctx, reader), "3|4");
    CHECK_TEXT(next(ctx, reader), "5|6");
    CHECK_TEXT(next(ctx, reader), ".");
}

TEST(text_after_a_closing_mark_is_refused)
{
    struct csv_reader *reader = reader_of(ctx, "\"a\"b,c\nd,e\n", bare);
    CHECK_TEXT(next(ctx, reader), "!1.1 This cell goes on after its closing quotation mark");
    CHECK_TEXT(next(ctx, reader), "d|e");
}

TEST(a_problem_after_several_lines_tells_the_cells_own_line)
{
    struct csv_options named = {.has_no_header = true, .encoding = "utf-8"};
    struct csv_reader *reader = reader_of(ctx, "\"x\ny\",\"\n\",\"\xFF\"\nz,z,z\n", named);
    CHECK_TEXT(next(ctx, reader), "!3.3 This cell holds letters that are not UTF-8");
    CHECK_TEXT(next(ctx, reader), "z|z|z");
}

TEST(a_zero_byte_is_refused)
{
    struct opened opened;
    CHECK(open_bytes(ctx, "a,b\0c\nd,e\n", 10, bare, &opened) == OK);
    CHECK_TEXT(next(ctx, opened.reader), "!1.2 This cell holds a zero byte: the file is not text");
    CHECK_TEXT(next(ctx, opened.reader), "d|e");
}

TEST(the_limits_of_a_cell_and_of_columns_hold)
{
    struct csv_options small = {.has_no_header = true, .cell_limit_bytes = 4, .column_limit = 2};
    struct csv_reader *reader =
        reader_of(ctx, "1234,12\n12345,1\n1,2,3\n\"12\"\"4\",x\n1,\"234567\"\n", small);
    CHECK_TEXT(next(ctx, reader), "1234|12");
    CHECK_TEXT(next(ctx, reader), "!2.1 This cell is longer than 4 bytes");
    CHECK_TEXT(next(ctx, reader), "!3.0 This row has more than 2 cells");
    CHECK_TEXT(next(ctx, reader), "12\"4|x");
    CHECK_TEXT(next(ctx, reader), "!5.2 This cell is longer than 4 bytes");
    CHECK_TEXT(next(ctx, reader), ".");
}

TEST(a_row_longer_than_any_row_is_skipped)
{
    size_t size = 5 * 1024 * 1024;
    char *text = mem_bytes(ctx->mem, size + 16);
    memset(text, 'x', size);
    memcpy(text, "ok\n", 3);
    memcpy(text + size, "\nlast\n", 6);
    struct opened opened;
    CHECK(open_bytes(ctx, text, size + 6, bare, &opened) == OK);
    CHECK_TEXT(next(ctx, opened.reader), "ok");
    CHECK_TEXT(next(ctx, opened.reader), "!2.1 This row is too long");
    CHECK_TEXT(next(ctx, opened.reader), "last");
    CHECK_TEXT(next(ctx, opened.reader), ".");
}

TEST(what_is_not_a_table_is_named)
{
    struct opened opened;
    CHECK(open_bytes(ctx, "PK\x03\x04 rest", 9, bare, &opened) == ERR_INVALID);
    CHECK(strstr(opened.problem, "spreadsheet") != NULL);
    CHECK(open_bytes(ctx,
                     "\xFF\xFE"
                     "a\0",
                     4, bare, &opened) == ERR_INVALID);
    CHECK(strstr(opened.problem, "UTF-16") != NULL);
    CHECK(open_bytes(ctx, "", 0, bare, &opened) == ERR_INVALID);
    CHECK_TEXT(opened.problem, "The file is empty");
    CHECK(open_bytes(ctx, "\n\n", 2, (struct csv_options){0}, &opened) == ERR_INVALID);
    CHECK_TEXT(opened.problem, "The file is empty");
    CHECK(open_bytes(ctx, "a,\"b\n", 5, (struct csv_options){0}, &opened) == ERR_INVALID);
    CHECK(strstr(opened.problem, "headings cannot be read") != NULL);
}

TEST(a_file_that_cannot_be_read_is_a_fault)
{
    struct opened opened;
    int folder = open("/", O_RDONLY | O_DIRECTORY);
    CHECK(csv_open(ctx, folder, &bare, &opened.reader, &opened.problem) == ERR_FAULT);
    CHECK(csv_open(ctx, -1, &bare, &opened.reader, &opened.problem) == ERR_FAULT);
    close(folder);
}

static size_t packed(const char *text, size_t length, unsigned char *out, size_t room)
{
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)text,
                       .avail_in = (unsigned)length,
                       .next_out = out,
                       .avail_out = (unsigned)room};
    assert_true(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    assert_true(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    deflateEnd(&stream);
    return room - stream.avail_out;
}

static const char *many_rows(struct ctx *ctx, int rows, size_t *length_out)
{
    enum { ROW_BYTES = 40 };
    char *text = mem_bytes(ctx->mem, (size_t)rows * ROW_BYTES + 1);
    size_t length = 0;
    for (int i = 0; i < rows; i++)
        length += (size_t)snprintf(text + length, ROW_BYTES, "%d,\"row, %u\"\r\n", i,
                                   (unsigned)i * 2654435761U);
    *length_out = length;
    return text;
}

TEST(a_packed_file_is_unpacked_with_progress)
{
    enum { ROWS = 30000 };
    size_t length;
    const char *text = many_rows(ctx, ROWS, &length);
    unsigned char *bytes = mem_bytes(ctx->mem, length + 1024);
    size_t size = packed(text, length, bytes, length + 1024);
    struct opened opened;
    CHECK(open_bytes(ctx, bytes, size, bare, &opened) == OK);
    struct csv_row row;
    int64_t was = 0;
    for (int i = 0; i < ROWS; i++) {
        int64_t now, total;
        CHECK(csv_read(opened.reader, &row) == OK);
        CHECK(row.line == i + 1);
        CHECK(strtol(row.cells[0], NULL, 10) == i);
        csv_progress(opened.reader, &now, &total);
        CHECK(now >= was && now <= total && total == (int64_t)size);
        was = now;
    }
    CHECK(csv_read(opened.reader, &row) == ERR_NOT_FOUND);
    CHECK(was == (int64_t)size);
}

TEST(a_packed_file_cut_short_is_reported_and_its_last_row_not_trusted)
{
    enum { ROWS = 30000 };
    size_t length;
    const char *text = many_rows(ctx, ROWS, &length);
    unsigned char *bytes = mem_bytes(ctx->mem, length + 1024);
    size_t size = packed(text, length, bytes, length + 1024);
    struct opened opened;
    CHECK(open_bytes(ctx, bytes, size / 2, bare, &opened) == OK);
    struct csv_row row;
    enum status status;
    int taken = 0;
    while ((status = csv_read(opened.reader, &row)) == OK)
        taken++;
    CHECK(status == ERR_INVALID);
    CHECK(taken > ROWS / 4 && taken < ROWS);
    CHECK(strstr(row.problem, "damaged") != NULL);
    CHECK(csv_read(opened.reader, &row) == ERR_NOT_FOUND);
}

TEST(rows_are_whole_wherever_the_window_ends)
{
    /* A cell of growing length moves every kind of byte across the ends of windows. */
    for (size_t shift = 128 * 1024 - 14; shift < 128 * 1024 + 2; shift++) {
        char *text = mem_bytes(ctx->mem, shift + 64);
        memset(text, 'x', shift);
        text[shift / 2] = ','; /* below the limit of a cell, twice */
        text[shift / 4] = ',';
        text[shift / 4 * 3] = ',';
        memcpy(text + shift, "\r\n\"a\"\"b\",\"\"\"\",\"c\r\nd\",é\r\n", 25);
        struct csv_options options = {.has_no_header = true, .encoding = "utf-8"};
        struct opened opened;
        CHECK(open_bytes(ctx, text, strlen(text), options, &opened) == OK);
        CHECK(next(ctx, opened.reader)[0] == 'x');
        CHECK_TEXT(next(ctx, opened.reader), "a\"b|\"|c\r\nd|é");
        CHECK_TEXT(next(ctx, opened.reader), ".");
    }
}

TEST(marks_that_never_close_do_not_make_reading_slow)
{
    size_t size = 8 * 1024 * 1024;
    char *text = mem_bytes(ctx->mem, size);
    memset(text, '\n', size);
    for (size_t i = 0; i + 8 < size; i += 8)
        memcpy(text + i, i % 512 == 0 ? "\"abcdef\n" : "abc\"\"de\n", 8);
    struct opened opened;
    CHECK(open_bytes(ctx, text, size, bare, &opened) == OK);
    struct csv_row row;
    clock_t began = clock();
    while (csv_read(opened.reader, &row) != ERR_NOT_FOUND) {
    }
    CHECK((clock() - began) / CLOCKS_PER_SEC < 5);
}

TEST(what_is_written_reads_back_the_same)
{
    static const char *const cells[] = {"a,b",  "\"",    "line\r\nline", " spaced ",
                                        "é漢😀", "-12.5", "x;y",          "a'b"};
    enum { COUNT = sizeof cells / sizeof cells[0] };
    struct csv_writer out;
    csv_write_begin(&out, ctx->mem, true);
    for (int i = 0; i < COUNT; i++)
        csv_write_text(&out, cells[i]);
    csv_write_row_end(&out);
    struct opened opened;
    struct csv_row row;
    CHECK(open_bytes(ctx, out.text, out.length_bytes, bare, &opened) == OK);
    CHECK(csv_read(opened.reader, &row) == OK && row.cell_count == COUNT);
    for (int i = 0; i < COUNT; i++)
        CHECK_TEXT(row.cells[i], cells[i]);
}
