/* SPDX-License-Identifier: MIT */
/*
 * pdf_test.c - what a paper promises, seen by reading its bytes.
 *
 * cairo writes the tree of tags as plain text.  What is drawn on a page is compressed; text in
 * Latin letters then stands in it letter by letter.
 */
#include "platform/base/test.h"

#include "platform/document/pdf.h"

#include <cairo.h>
#include <stdlib.h>
#include <unistr.h>
#include <zlib.h>

/* cairo 1.16 loses 768 bytes a paper with some fonts, and fontconfig keeps its lists until the
 * process ends; the leak check of the sanitisers asks here what to pass over. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so\nleak:libfontconfig.so\n";
}

static const struct pdf_about letter = {
    .title = "A title", .language = "en-GB", .service = "Service", .foot = "Foot"};

static struct text_span bytes_of(struct ctx *ctx, struct pdf *pdf)
{
    struct text_span bytes;
    CHECK(pdf_end(pdf, &bytes) == OK);
    return bytes;
}

static int count_in(struct text_span bytes, const char *text)
{
    int count = 0;
    const char *end = bytes.bytes + bytes.length_bytes;
    const char *at = bytes.bytes;
    while ((at = memmem(at, (size_t)(end - at), text, strlen(text))) != NULL) {
        count++;
        at++;
    }
    return count;
}

static bool holds(struct text_span bytes, const char *text)
{
    return count_in(bytes, text) > 0;
}

/* What is drawn on all pages, unpacked, one after the other. */
static const char *drawn(struct ctx *ctx, struct text_span bytes)
{
    struct text_builder out = text_build(ctx->mem, PDF_BYTES);
    const char *end = bytes.bytes + bytes.length_bytes;
    const char *at = memmem(bytes.bytes, bytes.length_bytes, "%%EOF\n", 6); /* what is newest */
    while ((at = memmem(at, (size_t)(end - at), "\nstream\n", 8)) != NULL) {
        at += 8;
        size_t room = 4 * 1024 * 1024;
        unsigned char *text = mem_bytes(ctx->mem, room);
        z_stream stream = {.next_in = (unsigned char *)(uintptr_t)at,
                           .avail_in = (unsigned)(end - at),
                           .next_out = text,
                           .avail_out = (unsigned)room};
        CHECK(inflateInit(&stream) == Z_OK);
        bool is_whole = inflate(&stream, Z_FINISH) == Z_STREAM_END;
        inflateEnd(&stream);
        if (is_whole && memmem(text, room - stream.avail_out, "BT\n", 3) != NULL)
            text_add_part(&out, (const char *)text, room - stream.avail_out);
    }
    const char *all;
    CHECK(text_build_end(&out, &all) == OK);
    return all;
}

/* The Latin letters that are drawn, in order. */
static const char *words(struct ctx *ctx, struct text_span bytes)
{
    struct text_builder out = text_build(ctx->mem, PDF_BYTES);
    bool is_text = false;
    for (const char *c = drawn(ctx, bytes); *c != '\0'; c++) {
        if (*c == '(')
            is_text = true;
        else if (*c == ')')
            is_text = false;
        else if (is_text)
            text_add_part(&out, c, 1);
        else if (strncmp(c, "ET", 2) == 0)
            text_add(&out, "/");
    }
    const char *all;
    CHECK(text_build_end(&out, &all) == OK);
    return all;
}

/* Adds one of each that takes an array; the arrays are then overwritten when is_let_go. */
static struct text_span with_arrays(struct ctx *ctx, bool is_let_go)
{
    const char *items[] = {"First", "Second"}, *cells[] = {"a", "b"};
    struct pdf_pair pairs[] = {{"Key", "Value"}};
    struct pdf_column columns[] = {{.heading = "One"}, {.heading = "Two"}};
    struct pdf_signature signatures[] = {{.role = "Chief executive", .name = "Ada"}};
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_list(pdf, items, 2, false);
    pdf_pairs(pdf, pairs, 1);
    pdf_table(pdf, &(const struct pdf_table){
                       .columns = columns, .column_count = 2, .cells = cells, .row_count = 1});
    pdf_signatures(pdf, signatures, 1);
    if (is_let_go) {
        items[1] = cells[1] = pairs[0].value = columns[1].heading = "gone";
        signatures[0].name = "gone";
    }
    return bytes_of(ctx, pdf);
}

TEST(an_array_that_was_handed_over_may_be_let_go)
{
    struct text_span kept = with_arrays(ctx, false), let_go = with_arrays(ctx, true);
    CHECK(kept.length_bytes == let_go.length_bytes);
    CHECK(memcmp(kept.bytes, let_go.bytes, kept.length_bytes) == 0);
}

TEST(a_paper_says_its_title_language_and_date)
{
    struct text_span bytes = bytes_of(ctx, pdf_begin(ctx, &letter));
    CHECK(memcmp(bytes.bytes, "%PDF-1.4", 8) == 0);
    CHECK(holds(bytes, "/Lang (en-GB)"));
    CHECK(holds(bytes, "/DisplayDocTitle true"));
    CHECK(holds(bytes, "/MarkInfo << /Marked true >>"));
    CHECK(holds(bytes, "/Title (A title)"));
    CHECK(holds(bytes, "/CreationDate (20260309090000Z"));
    CHECK(count_in(bytes, "%%EOF") == 2);
}

TEST(the_same_paper_is_the_same_bytes)
{
    struct text_span bytes[2];
    for (int i = 0; i < 2; i++) {
        struct pdf *pdf = pdf_begin(ctx, &letter);
        pdf_paragraph(pdf, "Zażółć gęślą jaźń, 王小明, أحمد, 😀 and 😀");
        bytes[i] = bytes_of(ctx, pdf);
    }
    CHECK(bytes[0].length_bytes == bytes[1].length_bytes);
    CHECK(memcmp(bytes[0].bytes, bytes[1].bytes, bytes[0].length_bytes) == 0);
}

TEST(every_block_is_tagged)
{
    static const char *const items[] = {"One", "Two", "Three"};
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_heading(pdf, 2, "Two");
    pdf_heading(pdf, 3, "Three");
    pdf_paragraph(pdf, "First\n\nSecond");
    pdf_list(pdf, items, 3, true);
    pdf_link(pdf, "A link", "https://x.example/?a='1'");
    struct text_span bytes = bytes_of(ctx, pdf);
    CHECK(count_in(bytes, "/S /Document\n") == 1);
    CHECK(count_in(bytes, "/S /H1\n") == 1);
    CHECK(count_in(bytes, "/S /H2\n") == 1);
    CHECK(count_in(bytes, "/S /H3\n") == 1);
    CHECK(count_in(bytes, "/S /P\n") == 3);
    CHECK(count_in(bytes, "/S /LI\n") == 3);
    CHECK(count_in(bytes, "/S /LBody\n") == 3);
    CHECK(count_in(bytes, "/S /Link\n") == 1);
    CHECK(holds(bytes, "/URI (https://x.example/?a=%271%27)"));
    CHECK(holds(bytes, "/Tabs /S") && holds(bytes, "/Contents (https://x.example/?a=%271%27)"));
    CHECK(holds(bytes, "/Outlines"));
}

TEST(all_that_is_drawn_is_tagged_or_marked_as_decoration)
{
    static const struct pdf_pair pairs[] = {{"Key", "EMC"}, {"/P << /MCID 0 >> BDC", "EMC\nEMC"}};
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_pairs(pdf, pairs, 2);
    pdf_rule(pdf);
    pdf_inset(pdf, "Inset");
    int depth = 0;
    int artifacts = 0;
    for (const char *line = drawn(ctx, bytes_of(ctx, pdf)); *line != '\0';) {
        size_t length = strcspn(line, "\n");
        const char *text = mem_text_part(ctx->mem, line, length);
        artifacts += text_ends(text, "/Artifact BMC");
        depth += text_ends(text, " BMC") || text_ends(text, " BDC");
        depth -= strcmp(text, "EMC") == 0;
        CHECK(depth == 0 || depth == 1);
        bool is_painting = text_ends(text, "TJ") || text_ends(text, "Tj") ||
                           text_ends(text, " f") || text_ends(text, " re") ||
                           text_ends(text, " Do");
        CHECK(!is_painting || depth == 1);
        line += length + (line[length] == '\n');
    }
    CHECK(depth == 0 && artifacts > 3);
}

TEST(text_is_drawn_in_reading_order_and_pages_are_numbered)
{
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_heading(pdf, 2, "Next heading");
    pdf_paragraph(pdf, "The staff office.");
    pdf_new_page(pdf);
    pdf_paragraph(pdf, "Last words.");
    const char *text = words(ctx, bytes_of(ctx, pdf));
    const char *at = text;
    static const char *const order[] = {"Service",           "A title",     "Next heading",
                                        "The staff office.", "Page 1 of 2", "Foot",
                                        "Last words.",       "Page 2 of 2"};
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        at = strstr(at, order[i]);
        if (at == NULL)
            fail_msg("\"%s\" does not follow in \"%s\"", order[i], text);
    }
}

static const struct pdf_column columns[] = {{"Name", 0, false}, {"Count", 0, true}};

TEST(a_table_repeats_its_header_on_each_page_but_tags_it_once)
{
    enum { ROWS = 80 };
    const char *cells[ROWS * 2];
    for (int i = 0; i < ROWS; i++) {
        cells[i * 2] = mem_format(ctx->mem, "Row%02d", i);
        cells[i * 2 + 1] = "5";
    }
    struct pdf_table table = {.caption = "All rows",
                              .columns = columns,
                              .column_count = 2,
                              .cells = cells,
                              .row_count = ROWS};
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_table(pdf, &table);
    struct text_span bytes = bytes_of(ctx, pdf);
    CHECK(count_in(bytes, "/S /TR\n") == ROWS + 1);
    CHECK(count_in(bytes, "/S /TD\n") == ROWS * 2);
    CHECK(count_in(bytes, "/Scope /Column") == 2);
    CHECK(count_in(bytes, "/Scope /Row") == 0);
    CHECK(count_in(bytes, "/S /Caption\n") == 1);

    int headers = 0;
    for (const char *at = words(ctx, bytes); (at = strstr(at, "Name")) != NULL; at++)
        headers++;
    CHECK(headers == count_in(bytes, "/Type /Page ") && headers > 1);
    const char *at = words(ctx, bytes);
    for (int i = 0; i < ROWS; i++)
        CHECK((at = strstr(at, cells[i * 2])) != NULL);
}

TEST(a_row_longer_than_a_page_goes_on_on_the_next)
{
    struct text_builder out = text_build(ctx->mem, 1 << 20);
    for (int i = 0; i < 1500; i++)
        text_add_format(&out, "word%04d ", i);
    const char *text;
    CHECK(text_build_end(&out, &text) == OK);
    const char *const cells[] = {text, "7"};
    struct pdf_table table = {
        .columns = columns, .column_count = 2, .cells = cells, .row_count = 1};
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_table(pdf, &table);
    struct text_span bytes = bytes_of(ctx, pdf);
    const char *at = words(ctx, bytes);
    for (int i = 0; i < 1500; i++)
        CHECK((at = strstr(at, mem_format(ctx->mem, "word%04d", i))) != NULL);
    CHECK(count_in(bytes, "/Type /Page ") >= 3);
}

TEST(pairs_are_a_table_whose_rows_have_headers)
{
    static const struct pdf_pair pairs[] = {{"Reference", "PL-7K3M-9Q2P"}, {"Union", ""}};
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_pairs(pdf, pairs, 2);
    struct text_span bytes = bytes_of(ctx, pdf);
    CHECK(count_in(bytes, "/Scope /Row") == 2);
    CHECK(strstr(words(ctx, bytes), "Not given") != NULL);
}

TEST(a_paragraph_over_two_pages_is_one_paragraph)
{
    struct text_builder out = text_build(ctx->mem, 1 << 20);
    for (int i = 0; i < 900; i++)
        text_add_format(&out, "word%04d ", i);
    const char *text;
    CHECK(text_build_end(&out, &text) == OK);
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_paragraph(pdf, text);
    struct text_span bytes = bytes_of(ctx, pdf);
    int pages = count_in(bytes, "/Type /Page ");
    CHECK(pages >= 2);
    CHECK(count_in(bytes, "/S /P\n") == 1);
    CHECK(count_in(bytes, "/S /Span\n") == pages);
}

TEST(a_heading_is_never_the_last_line_of_a_page)
{
    for (int lines = 20; lines < 50; lines++) {
        struct pdf *pdf = pdf_begin(ctx, &letter);
        for (int i = 0; i < lines; i++)
            pdf_small(pdf, "filler");
        pdf_heading(pdf, 2, "Heading");
        pdf_paragraph(pdf, "follows");
        const char *text = words(ctx, bytes_of(ctx, pdf));
        const char *heading = strstr(text, "Heading");
        const char *foot = strstr(text, "Page 1 of");
        CHECK(heading != NULL);
        CHECK((heading < foot) == (strstr(text, "follows") < foot));
    }
}

/* Where the first text behind the mark begins, in points from the left. */
static double first_x(struct ctx *ctx, struct text_span bytes, const char *mark)
{
    const char *at = strstr(drawn(ctx, bytes), mark);
    CHECK(at != NULL);
    at = strstr(at, "BT\n");
    double matrix[6] = {0};
    for (int i = 0; i < 6; i++) {
        char *end;
        matrix[i] = strtod(at + (i == 0 ? 3 : 0), &end);
        at = end;
    }
    return matrix[4];
}

TEST(a_right_to_left_paragraph_stands_at_the_right)
{
    struct pdf *arabic = pdf_begin(ctx, &letter);
    pdf_paragraph(arabic, "أحمد بن علي");
    struct pdf *latin = pdf_begin(ctx, &letter);
    pdf_paragraph(latin, "Ahmad");
    CHECK(first_x(ctx, bytes_of(ctx, arabic), "/P <<") > 400);
    CHECK(first_x(ctx, bytes_of(ctx, latin), "/P <<") < 100);
}

TEST(every_script_finds_a_font_that_is_embedded)
{
    static const char *const names[][2] = {
        {"أحمد بن علي", "NotoSansArabic"},   {"שלום כהן", "NotoSansHebrew"},
        {"देवनागरी", "NotoSansDevanagari"},   {"王小明 김철수 さくら", "NotoSansCJK"},
        {"Ελένη Ольга Nguyễn", "NotoSans-"}, {"ಕನ್ನಡ", "NotoSansKannada"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct pdf *pdf = pdf_begin(ctx, &letter);
        pdf_paragraph(pdf, names[i][0]);
        struct text_span bytes = bytes_of(ctx, pdf);
        if (!holds(bytes, names[i][1]))
            fail_msg("no font %s", names[i][1]);
        CHECK(count_in(bytes, "/FontFile") == count_in(bytes, "/Type /FontDescriptor"));
    }
}

TEST(text_that_is_no_text_does_not_stop_a_paper)
{
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_heading(pdf, 2, NULL);
    pdf_paragraph(pdf, "\xFF\xC0 mended \xED\xA0\x80");
    pdf_paragraph(pdf, "\n\n\n");
    pdf_list(pdf, NULL, 0, false);
    pdf_tick(pdf, NULL);
    pdf_blank(pdf, NULL, 0);
    pdf_table(pdf, &(struct pdf_table){.columns = columns, .column_count = 2});
    CHECK(strstr(words(ctx, bytes_of(ctx, pdf)), " mended ") != NULL);
}

TEST(a_link_that_is_no_address_is_only_text)
{
    static const char *const bad[] = {"javascript:alert(1)", "file:///etc/passwd", "/here", "",
                                      NULL};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct pdf *pdf = pdf_begin(ctx, &letter);
        pdf_link(pdf, "words", bad[i]);
        struct text_span bytes = bytes_of(ctx, pdf);
        CHECK(!holds(bytes, "/URI") && strstr(words(ctx, bytes), "words") != NULL);
    }
}

TEST(an_address_cannot_break_out_of_its_place)
{
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_link(pdf, "words", "https://x.example/') /S /JavaScript\\(é)\n' rect=[0 0 9 9]");
    struct text_span bytes = bytes_of(ctx, pdf);
    CHECK(
        holds(bytes, "/URI (https://x.example/%27%29%20/S%20/JavaScript%5C%28%C3%A9%29%0A%27%20"));
}

TEST(a_language_cannot_break_out_of_its_place)
{
    struct pdf_about about = letter;
    about.language = "cy) /OpenAction (x";
    struct text_span bytes = bytes_of(ctx, pdf_begin(ctx, &about));
    CHECK(holds(bytes, "/Lang (cyOpenActionx)") && !holds(bytes, "/OpenAction"));
}

TEST(what_is_not_signed_is_a_line_to_write_on)
{
    static const struct pdf_signature who[] = {
        {"Chief executive", "Sam Example", "A trust", "9 March 2026"},
        {"Staff side chair", NULL, NULL, NULL},
        {"Third", "", "B trust", NULL},
    };
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_signatures(pdf, who, 3);
    struct text_span bytes = bytes_of(ctx, pdf);
    const char *text = words(ctx, bytes);
    CHECK(strstr(text, "Sam Example/A trust/Signed on 9 March 2026/Staff side chair/Name/"
                       "Organisation/Signature/Date/Third/Name/B trust/Signature/Date/") != NULL);
    CHECK(count_in(bytes, "/S /LI\n") == 3);
}

TEST(a_code_tells_what_it_is_to_those_who_hear_the_paper)
{
    struct pdf_code code = {.alternative = "Code é 😀", .heading = "Check", .text = "Scan it."};
    CHECK(qr_make(ctx, "https://x.example/verify/PL-7K3M-9Q2P", &code.qr) == OK);
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_code(pdf, &code);
    struct text_span bytes = bytes_of(ctx, pdf);
    CHECK(count_in(bytes, "/S /Figure\n") == 2); /* as written, and with its text */
    CHECK(holds(bytes, "/Alt <FEFF0043006F0064006500200"
                       "0E90020D83DDE00>"));
}

static cairo_status_t take(void *arg, const unsigned char *bytes, unsigned length)
{
    text_add_part(arg, (const char *)bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static struct text_builder png(struct ctx *ctx)
{
    struct text_builder out = text_build(ctx->mem, 1 << 20);
    cairo_surface_t *picture = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 40, 20);
    cairo_surface_write_to_png_stream(picture, take, &out);
    cairo_surface_destroy(picture);
    return out;
}

TEST(a_picture_is_shown_with_its_text)
{
    struct text_builder bytes = png(ctx);
    struct pdf_image image = {.png = bytes.bytes,
                              .png_bytes = bytes.length_bytes,
                              .width_mm = 5000,
                              .alternative = "Logo"};
    struct pdf *pdf = pdf_begin(ctx, &letter);
    pdf_image(pdf, &image);
    struct text_span made = bytes_of(ctx, pdf);
    CHECK(holds(made, "/Width 40") && holds(made, "/Alt <FEFF004C006F0067006F>"));
}

TEST(a_picture_that_is_none_or_too_large_is_refused)
{
    struct text_builder good = png(ctx);
    struct text_span made;
    for (int i = 0; i < 4; i++) {
        char *bytes = mem_copy(ctx->mem, good.bytes, good.length_bytes);
        struct pdf_image image = {.png = bytes, .png_bytes = good.length_bytes, .width_mm = 20};
        if (i == 0)
            bytes[1] = 'Q';
        else if (i == 1)
            bytes[17] = 1; /* 65,576 pixels wide */
        else if (i == 2)
            image.png_bytes = 60;
        else
            image.png_bytes = 0;
        struct pdf *pdf = pdf_begin(ctx, &letter);
        pdf_image(pdf, &image);
        CHECK(pdf_end(pdf, &made) == ERR_INVALID);
    }
}

TEST(a_paper_without_end_is_refused)
{
    struct pdf *pdf = pdf_begin(ctx, &letter);
    for (int i = 0; i < PDF_PAGES; i++)
        pdf_new_page(pdf);
    struct text_span made;
    CHECK(pdf_end(pdf, &made) == ERR_INVALID);
}

TEST(a_certificate_stands_in_its_frame)
{
    struct pdf_about about = letter;
    about.is_certificate = true;
    about.subtitle = "Subtitle";
    struct pdf *pdf = pdf_begin(ctx, &about);
    pdf_lead(pdf, "We promise.");
    struct text_span bytes = bytes_of(ctx, pdf);
    CHECK(count_in(bytes, "/Type /Page ") == 1);
    CHECK(first_x(ctx, bytes, "/H1 <<") > 150); /* in the middle */
    CHECK(strstr(words(ctx, bytes), "Page 1 of 1") != NULL);
}
