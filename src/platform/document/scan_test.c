/* SPDX-License-Identifier: MIT */
/* scan_test.c - a scan is pages and nothing else. */
#include "platform/base/test.h"

#include "platform/base/text.h"
#include "platform/document/pdf.h"
#include "platform/document/scan.h"

#include <zlib.h>

#define PAGE "3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n"
#define PLAIN(more)                                                                                \
    "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " more                                      \
    ">>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] >>\nendobj\n" PAGE                         \
    "trailer << /Root 1 0 R >>\n%%EOF\n"

static const char acts[] =
    "The scan is a PDF that can run something or that holds other files. Scan the pages again, or "
    "send a picture of them";
static const char dark[] =
    "We cannot look into this PDF. Scan the pages again, or send a picture of them";

/* What is said about the bytes of a PDF; "" when they are taken. */
static const char *look(struct ctx *ctx, const char *bytes, size_t length, int *pages_out)
{
    const char *problem;
    enum status status = scan_look(ctx, &(const struct scan_sent){"application/pdf", bytes, length},
                                   pages_out, &problem);
    CHECK((status == ERR_INVALID) == (problem != NULL));
    CHECK(status == OK || status == ERR_INVALID);
    ctx->fault = NULL;
    return problem != NULL ? problem : "";
}

static const char *said(struct ctx *ctx, const char *text)
{
    int pages;
    return look(ctx, text, strlen(text), &pages);
}

/* A PDF with a stream behind this dictionary. */
static struct text_span with_stream(struct ctx *ctx, const char *dictionary, const void *bytes,
                                    size_t length)
{
    const char *head = mem_format(ctx->mem, "%%PDF-1.5\n4 0 obj\n<< %s /Length %zu >>\nstream\n",
                                  dictionary, length);
    const char *tail = "\nendstream\nendobj\n" PAGE "%%EOF\n";
    size_t whole = strlen(head) + length + strlen(tail);
    char *out = mem_bytes(ctx->mem, whole);
    memcpy(out, head, strlen(head));
    memcpy(out + strlen(head), bytes, length);
    memcpy(out + strlen(head) + length, tail, strlen(tail));
    return (struct text_span){out, whole};
}

static const char *said_of_stream(struct ctx *ctx, const char *dictionary, const void *bytes,
                                  size_t length)
{
    int pages;
    struct text_span file = with_stream(ctx, dictionary, bytes, length);
    return look(ctx, file.bytes, file.length_bytes, &pages);
}

static struct text_span packed(struct ctx *ctx, const char *text, size_t length)
{
    uLongf room = compressBound(length);
    unsigned char *out = mem_bytes(ctx->mem, room);
    CHECK(compress(out, &room, (const unsigned char *)text, length) == Z_OK);
    return (struct text_span){(char *)out, room};
}

static struct text_span paper_of(struct ctx *ctx, int page_count)
{
    struct text_span bytes;
    struct pdf *pdf = pdf_begin(ctx, &(const struct pdf_about){.title = "T", .language = "en-GB"});
    for (int i = 1; i < page_count; i++)
        pdf_new_page(pdf);
    pdf_paragraph(pdf, "The last page");
    CHECK(pdf_end(pdf, &bytes) == OK);
    return bytes;
}

TEST(pages_of_a_pdf_are_counted_and_too_many_refused)
{
    int pages;
    struct text_span few = paper_of(ctx, 3), many = paper_of(ctx, 50);
    CHECK_TEXT(look(ctx, few.bytes, few.length_bytes, &pages), "");
    CHECK(pages == 3);
    CHECK_TEXT(look(ctx, many.bytes, many.length_bytes, &pages),
               "The scan has 50 pages. Send only the pages with writing on them, 20 at most");
    CHECK(pages == 50);
    CHECK_TEXT(said(ctx, PLAIN("")), "");
    CHECK_TEXT(said(ctx, "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"), dark);
    CHECK(strstr(said(ctx, PLAIN("/Pages << /Count 21 >>")), "21 pages") != NULL);
}

TEST(a_picture_is_one_page)
{
    int pages;
    const char *problem;
    const struct scan_sent picture = {"image/png", "/JavaScript", 11};
    CHECK(scan_look(ctx, &picture, &pages, &problem) == OK);
    CHECK(pages == 1 && problem == NULL);
}

TEST(a_pdf_that_could_act_is_refused_however_it_is_written)
{
    static const char *const files[] = {
        PLAIN("/OpenAction << /S /JavaScript /JS (app.alert) >>"),
        PLAIN("/OpenAction << /S /J#61vaScript /#4AS (x) >>"),
        PLAIN("/AA << /O << /S /Launch /F (cmd.exe) >> >>"),
        PLAIN("/Names << /EmbeddedFiles 9 0 R >>"),
        PLAIN("/AcroForm << /XFA 9 0 R >>"),
        PLAIN("/A << /S /SubmitForm /F (http://elsewhere.example) >>"),
        PLAIN("/A << /S /GoToR /F (other.pdf) >>"),
        PLAIN("/Annots [<< /Subtype /RichMedia >>]"),
        PLAIN("/JS(x)"),
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        CHECK_TEXT(said(ctx, files[i]), acts);
    CHECK_TEXT(said(ctx, PLAIN("/OpenAction [3 0 R /Fit]")), ""); /* as scanners write it */
    CHECK(strstr(said(ctx, PLAIN("/Encrypt 9 0 R")), "password") != NULL);
}

TEST(what_is_packed_is_looked_into_and_what_cannot_be_is_refused)
{
    static const char script[] = "5 0 << /S /JavaScript /JS (x) >>";
    static const char plain[] = "5 0 << /Type /Page /Rotate 90 >>";
    struct text_span bad = packed(ctx, script, strlen(script));
    struct text_span good = packed(ctx, plain, strlen(plain));
    const char *objects = "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode";
    CHECK_TEXT(said_of_stream(ctx, objects, bad.bytes, bad.length_bytes), acts);
    CHECK_TEXT(
        said_of_stream(ctx, "/Type /#4fbjStm /Filter [/FlateDecode]", bad.bytes, bad.length_bytes),
        acts);
    CHECK_TEXT(said_of_stream(ctx, "/N 1 /First 4", script, strlen(script)), acts);
    CHECK_TEXT(said_of_stream(ctx, objects, good.bytes, good.length_bytes), "");
    CHECK_TEXT(said_of_stream(ctx, objects, good.bytes, good.length_bytes / 2), dark);
    CHECK_TEXT(said_of_stream(ctx, objects, "no zlib", 7), dark);
    CHECK_TEXT(said_of_stream(ctx, "/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]",
                              good.bytes, good.length_bytes),
               dark);
    CHECK_TEXT(
        said_of_stream(ctx, "/Type /ObjStm /Filter /LZWDecode", good.bytes, good.length_bytes),
        dark);
    /* Objects that hide in what calls itself a picture. */
    CHECK_TEXT(said_of_stream(ctx, "/Subtype /Image", script, strlen(script)), acts);
    CHECK_TEXT(said_of_stream(ctx, "/Subtype /Image", "\xFF/JS \xFF", 6), "");
}

TEST(objects_that_unpack_without_end_are_refused)
{
    enum { LONG = 8 * 1024 * 1024 };
    struct text_span bomb = packed(ctx, mem_bytes(ctx->mem, LONG), LONG);
    CHECK(bomb.length_bytes < 64 * 1024);
    CHECK_TEXT(
        said_of_stream(ctx, "/Type /ObjStm /Filter /FlateDecode", bomb.bytes, bomb.length_bytes),
        dark);
}

TEST(a_pdf_that_is_cut_or_broken_anywhere_is_never_a_crash)
{
    int pages;
    static const char text[] = PLAIN("/AA << /O 4 0 R >>");
    struct text_span paper = with_stream(ctx, "/Type /ObjStm /Filter /FlateDecode", "x\x9C", 2);
    for (size_t length = 0; length < sizeof text; length++)
        look(ctx, mem_copy(ctx->mem, text, length), length, &pages);
    for (size_t length = 0; length < paper.length_bytes; length++)
        look(ctx, mem_copy(ctx->mem, paper.bytes, length), length, &pages);
    CHECK_TEXT(said(ctx, ""), dark);
    CHECK_TEXT(said(ctx, "stream\n"), dark);
    CHECK_TEXT(said(ctx, "/Count 99999999999999999999"), "The scan has 999999999 pages. Send only "
                                                         "the pages with writing on them, 20 at "
                                                         "most");
}
