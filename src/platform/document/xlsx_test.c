/* SPDX-License-Identifier: MIT */
/* xlsx_test.c - what a workbook promises, seen by unpacking it again. */
#include "platform/base/test.h"

#include "platform/document/xlsx.h"

#include <math.h>
#include <unistd.h>
#include <zlib.h>

static const struct xlsx_column two[] = {{"Name", 0}, {"Count", 12}};

static struct xlsx *book(struct ctx *ctx, const char *sheet)
{
    struct xlsx_about about = {.title = "Pledges & more", .creator = "Onward", .sheet = sheet};
    struct xlsx *xlsx;
    CHECK(xlsx_open(ctx, &about, two, 2, &xlsx) == OK);
    return xlsx;
}

static const unsigned char *bytes_of(struct ctx *ctx, struct xlsx *xlsx, size_t *size_out)
{
    struct xlsx_file made;
    CHECK(xlsx_close(xlsx, &made) == OK);
    size_t size = (size_t)made.size_bytes;
    unsigned char *bytes = mem_bytes(ctx->mem, size);
    CHECK(size > 0 && read(made.file, bytes, size) == (ssize_t)size);
    *size_out = size;
    return bytes;
}

static uint32_t number_at(const unsigned char *bytes, int count)
{
    uint32_t number = 0;
    for (int i = count - 1; i >= 0; i--)
        number = number << 8 | bytes[i];
    return number;
}

static const char *inflated(struct ctx *ctx, const unsigned char *packed, uint32_t packed_bytes,
                            uint32_t size_bytes)
{
    char *out = mem_bytes(ctx->mem, (size_t)size_bytes + 1);
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)packed,
                       .avail_in = packed_bytes,
                       .next_out = (unsigned char *)out,
                       .avail_out = size_bytes};
    CHECK(inflateInit2(&stream, -15) == Z_OK);
    CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
    inflateEnd(&stream);
    return out;
}

/* The part of the archive with this name, found by its central directory. */
static const char *part(struct ctx *ctx, const unsigned char *bytes, size_t size, const char *name)
{
    for (size_t at = 0; at + 46 <= size; at++) {
        const unsigned char *entry = bytes + at;
        if (memcmp(entry, "PK\1\2", 4) != 0)
            continue;
        size_t name_bytes = number_at(entry + 28, 2);
        if (name_bytes != strlen(name) || memcmp(entry + 46, name, name_bytes) != 0)
            continue;
        const unsigned char *local = bytes + number_at(entry + 42, 4);
        const unsigned char *data =
            local + 30 + number_at(local + 26, 2) + number_at(local + 28, 2);
        return inflated(ctx, data, number_at(entry + 20, 4), number_at(entry + 24, 4));
    }
    return NULL;
}

static const char *part_of(struct ctx *ctx, struct xlsx *xlsx, const char *name)
{
    size_t size;
    const unsigned char *bytes = bytes_of(ctx, xlsx, &size);
    return part(ctx, bytes, size, name);
}

static const char *sheet_of(struct ctx *ctx, struct xlsx *xlsx)
{
    return part_of(ctx, xlsx, "xl/worksheets/sheet1.xml");
}

TEST(text_is_never_a_formula_or_a_link)
{
    static const char *const texts[] = {
        "=1+1", "+1", "-1", "@x", "{=1}", "https://x.example", "mailto:a@x.example"};
    struct xlsx *xlsx = book(ctx, "S");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        xlsx_text(xlsx, texts[i]);
        xlsx_row_end(xlsx);
    }
    const char *sheet = sheet_of(ctx, xlsx);
    CHECK(strstr(sheet, "<f>") == NULL && strstr(sheet, "hyperlink") == NULL);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        CHECK(strstr(sheet, mem_format(ctx->mem, "t=\"inlineStr\"><is><t>%s</t>", texts[i])));
}

TEST(cells_have_types)
{
    struct xlsx *xlsx = book(ctx, "S");
    xlsx_int(xlsx, -42);
    xlsx_real(xlsx, 0.25);
    xlsx_row_end(xlsx);
    xlsx_int(xlsx, INT64_MAX);
    xlsx_real(xlsx, NAN);
    xlsx_row_end(xlsx);
    xlsx_date(xlsx, "2026-03-09");
    xlsx_date(xlsx, "2026-03-09 12:00");
    xlsx_row_end(xlsx);
    const char *sheet = sheet_of(ctx, xlsx);
    CHECK(strstr(sheet, "<c r=\"A2\"><v>-42</v>") != NULL);
    CHECK(strstr(sheet, "<c r=\"B2\"><v>0.25</v>") != NULL);
    CHECK(strstr(sheet, "<t>9223372036854775807</t>") != NULL);
    CHECK(strstr(sheet, "r=\"B3\"") == NULL);
    CHECK(strstr(sheet, "<c r=\"A4\" s=\"2\"><v>46090</v>") != NULL);
    CHECK(strstr(sheet, "<c r=\"B4\" s=\"3\"><v>46090.5</v>") != NULL);
}

TEST(a_date_that_is_none_is_written_as_text)
{
    static const char *const dates[] = {"2026-02-29", "2026-13-01",       "2026-3-9",   "9 March",
                                        "1899-12-31", "2026-03-09 25:00", "2026-03-09x"};
    struct xlsx *xlsx = book(ctx, "S");
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        xlsx_date(xlsx, dates[i]);
        xlsx_row_end(xlsx);
    }
    const char *sheet = sheet_of(ctx, xlsx);
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        CHECK(strstr(sheet, mem_format(ctx->mem, "<t>%s</t>", dates[i])) != NULL);
}

TEST(the_header_stays_in_view_and_filters)
{
    struct xlsx *xlsx = book(ctx, "S");
    xlsx_text(xlsx, "a");
    xlsx_row_end(xlsx);
    xlsx_text(xlsx, "b");
    xlsx_row_end(xlsx);
    const char *sheet = sheet_of(ctx, xlsx);
    CHECK(strstr(sheet, "<c r=\"A1\" s=\"1\" t=\"inlineStr\"><is><t>Name</t>") != NULL);
    CHECK(strstr(sheet, "ySplit=\"1\"") != NULL && strstr(sheet, "state=\"frozen\"") != NULL);
    CHECK(strstr(sheet, "<autoFilter ref=\"A1:B3\"/>") != NULL);
}

TEST(the_document_says_what_it_is_and_when_it_was_made)
{
    const char *core = part_of(ctx, book(ctx, "S"), "docProps/core.xml");
    CHECK(strstr(core, "<dc:title>Pledges &amp; more</dc:title>") != NULL);
    CHECK(strstr(core, "<dc:creator>Onward</dc:creator>") != NULL);
    CHECK(strstr(core, "2026-03-09T09:00:00Z</dcterms:created>") != NULL);
}

TEST(a_sheet_name_is_made_fit_for_excel)
{
    static const char *const names[][2] = {
        {"Pledges: [all] / new?", "Pledges   all    new"},
        {"'quoted'", "quoted"},
        {"", "Table"},
        {"***", "Table"},
        {"History", "Table"},
        {"Ysbyty Prifysgol Môn a’r Fro", "Ysbyty Prifysgol Môn a’r"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *xml = part_of(ctx, book(ctx, names[i][0]), "xl/workbook.xml");
        CHECK(strstr(xml, mem_format(ctx->mem, "<sheet name=\"%s\"", names[i][1])) != NULL);
    }
}

TEST(text_too_long_for_a_cell_is_cut)
{
    char *text = mem_bytes(ctx->mem, 200000);
    for (size_t i = 0; i < 40000; i++)
        memcpy(text + i * 2, "é", 2);
    struct xlsx *xlsx = book(ctx, "S");
    xlsx_text(xlsx, text);
    xlsx_text(xlsx, "next");
    xlsx_text(xlsx, "one too many");
    xlsx_row_end(xlsx);
    const char *sheet = sheet_of(ctx, xlsx);
    CHECK(strstr(sheet, "é…</t>") != NULL);
    CHECK(strstr(sheet, "<t>next</t>") != NULL);
    CHECK(strstr(sheet, "one too many") == NULL);
}

TEST(characters_that_xml_forbids_do_not_break_the_workbook)
{
    struct xlsx *xlsx = book(ctx, "S");
    xlsx_text(xlsx, "a\x01\x0B\x1Fz & <b> \"q\"");
    xlsx_row_end(xlsx);
    const char *sheet = sheet_of(ctx, xlsx);
    CHECK(strpbrk(sheet, "\x01\x0B\x1F") == NULL);
    CHECK(strstr(sheet, "&amp; &lt;b&gt;") != NULL);
}

TEST(the_same_rows_make_the_same_bytes)
{
    size_t sizes[2];
    const unsigned char *bytes[2];
    for (int i = 0; i < 2; i++) {
        struct xlsx *xlsx = book(ctx, "S");
        xlsx_text(xlsx, "a");
        xlsx_row_end(xlsx);
        bytes[i] = bytes_of(ctx, xlsx, &sizes[i]);
    }
    CHECK(sizes[0] == sizes[1] && memcmp(bytes[0], bytes[1], sizes[0]) == 0);
}

TEST(rows_beyond_a_sheet_go_on_in_the_next)
{
    struct xlsx *xlsx = book(ctx, "Pledges");
    for (int i = 0; i < XLSX_SHEET_ROWS + 1; i++) {
        if (i % 100000 == 0 || i >= XLSX_SHEET_ROWS - 2)
            xlsx_int(xlsx, i);
        xlsx_row_end(xlsx);
    }
    size_t size;
    const unsigned char *bytes = bytes_of(ctx, xlsx, &size);
    CHECK(strstr(part(ctx, bytes, size, "xl/workbook.xml"), "<sheet name=\"Pledges 2\"") != NULL);
    const char *second = part(ctx, bytes, size, "xl/worksheets/sheet2.xml");
    CHECK(strstr(second, "<is><t>Name</t>") != NULL);
    CHECK(strstr(second, "<c r=\"A2\"><v>1048575</v>") != NULL);
    CHECK(strstr(second, "<c r=\"A3\"><v>1048576</v>") != NULL);
}

TEST(a_folder_that_is_not_there_is_a_fault)
{
    struct xlsx_about about = {.title = "T", .sheet = "S", .folder = "/nowhere/at/all"};
    struct xlsx *xlsx;
    CHECK(xlsx_open(ctx, &about, two, 2, &xlsx) == ERR_FAULT);
}

TEST(a_workbook_left_open_is_closed_with_its_memory)
{
    struct xlsx *xlsx = book(ctx, "S");
    xlsx_text(xlsx, "a");
    xlsx_row_end(xlsx); /* the leak check of the sanitisers would tell */
}
