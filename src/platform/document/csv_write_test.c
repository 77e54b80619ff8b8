/* SPDX-License-Identifier: MIT */
/* csv_write_test.c - what a written table promises. */
#include "platform/base/test.h"

#include "platform/document/csv.h"

#include <math.h>
#include <stdio.h>

static const char *text_of(struct ctx *ctx, const struct csv_writer *out)
{
    return mem_text_part(ctx->mem, out->text, out->length_bytes);
}

static const char *one_cell(struct ctx *ctx, const char *cell)
{
    struct csv_writer out;
    csv_write_begin(&out, ctx->mem, false);
    csv_write_text(&out, cell);
    return text_of(ctx, &out);
}

TEST(a_row_ends_with_carriage_return_and_line_feed)
{
    struct csv_writer out;
    csv_write_begin(&out, ctx->mem, false);
    csv_write_text(&out, "one");
    csv_write_text(&out, NULL);
    csv_write_int(&out, -7);
    csv_write_row_end(&out);
    csv_write_text(&out, "two");
    csv_write_row_end(&out);
    CHECK_TEXT(text_of(ctx, &out), "one,,-7\r\ntwo\r\n");
}

TEST(a_table_for_excel_begins_with_a_byte_order_mark)
{
    struct csv_writer out;
    csv_write_begin(&out, ctx->mem, true);
    csv_write_text(&out, "é");
    CHECK_TEXT(text_of(ctx, &out), "\xEF\xBB\xBFé");
}

TEST(a_cell_is_quoted_when_it_holds_what_separates)
{
    CHECK_TEXT(one_cell(ctx, "a,b"), "\"a,b\"");
    CHECK_TEXT(one_cell(ctx, "say \"yes\""), "\"say \"\"yes\"\"\"");
    CHECK_TEXT(one_cell(ctx, "\""), "\"\"\"\"");
    CHECK_TEXT(one_cell(ctx, "two\nlines"), "\"two\nlines\"");
    CHECK_TEXT(one_cell(ctx, "two\rlines"), "\"two\rlines\"");
    CHECK_TEXT(one_cell(ctx, "a;b"), "\"a;b\"");
    CHECK_TEXT(one_cell(ctx, "plain text"), "plain text");
    CHECK_TEXT(one_cell(ctx, ""), "");
}

TEST(a_cell_that_a_spreadsheet_would_run_is_defused)
{
    CHECK_TEXT(one_cell(ctx, "=1+1"), "'=1+1");
    CHECK_TEXT(one_cell(ctx, "+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
    CHECK_TEXT(one_cell(ctx, "-2+3"), "'-2+3");
    CHECK_TEXT(one_cell(ctx, "@SUM(A1)"), "'@SUM(A1)");
    CHECK_TEXT(one_cell(ctx, "\t=1"), "\"'\t=1\"");
    CHECK_TEXT(one_cell(ctx, "\r=1"), "\"'\r=1\"");
    CHECK_TEXT(one_cell(ctx, "\n=1"), "\"'\n=1\"");
    CHECK_TEXT(one_cell(ctx, "＝1+1"), "'＝1+1");
    CHECK_TEXT(one_cell(ctx, "＠A1"), "'＠A1");
    CHECK_TEXT(one_cell(ctx, "=HYPERLINK(\"http://a.example\",\"b\")"),
               "\"'=HYPERLINK(\"\"http://a.example\"\",\"\"b\"\")\"");
    CHECK_TEXT(one_cell(ctx, "-"), "'-");
    CHECK_TEXT(one_cell(ctx, "-.5"), "'-.5");
    CHECK_TEXT(one_cell(ctx, "-5."), "'-5.");
}

TEST(a_plain_number_stays_a_number)
{
    CHECK_TEXT(one_cell(ctx, "-12.5"), "-12.5");
    CHECK_TEXT(one_cell(ctx, "+441632960000"), "+441632960000");
    CHECK_TEXT(one_cell(ctx, "a=b"), "a=b");
    CHECK_TEXT(one_cell(ctx, "ｆull"), "ｆull");
}

TEST(numbers_are_written_in_full)
{
    struct csv_writer out;
    csv_write_begin(&out, ctx->mem, false);
    csv_write_int(&out, INT64_MIN);
    csv_write_int(&out, INT64_MAX);
    csv_write_int(&out, 0);
    csv_write_real(&out, 0.1);
    csv_write_real(&out, -1.0 / 3.0);
    csv_write_real(&out, NAN);
    csv_write_real(&out, INFINITY);
    CHECK_TEXT(text_of(ctx, &out), "-9223372036854775808,9223372036854775807,0,0.1,"
                                   "-0.3333333333333333,,");
}

TEST(a_writer_grows_and_keeps_what_it_holds)
{
    struct csv_writer out;
    csv_write_begin(&out, ctx->mem, false);
    enum { ROWS = 20000 };
    for (int i = 0; i < ROWS; i++) {
        csv_write_int(&out, 1000000 + i);
        csv_write_text(&out, "a cell, quoted");
        csv_write_row_end(&out);
    }
    size_t row_bytes = strlen("1000000,\"a cell, quoted\"\r\n");
    CHECK(out.length_bytes == ROWS * row_bytes);
    for (size_t i = 0; i < ROWS; i++) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, "%zu,\"a cell, quoted\"\r\n", 1000000 + i);
        CHECK(memcmp(out.text + i * row_bytes, wanted, row_bytes) == 0);
    }
}

TEST(a_drained_writer_needs_no_more_room)
{
    struct csv_writer out;
    csv_write_begin(&out, ctx->mem, false);
    size_t room_bytes = out.room_bytes;
    for (int i = 0; i < 200000; i++) {
        csv_write_int(&out, i);
        csv_write_text(&out, "University Hospitals of Somewhere NHS Foundation Trust");
        csv_write_row_end(&out);
        if (out.length_bytes >= CSV_DRAIN_BYTES)
            csv_write_drained(&out);
    }
    CHECK(out.room_bytes == room_bytes);
}
