/* SPDX-License-Identifier: MIT */
/* pdf.c - collects the blocks of a paper, and lays them out: once to count pages, once to draw. */
#include "platform/document/pdf.h"

#include <cairo-pdf.h>
#include <string.h>

#include "platform/base/time.h"
#include "platform/document/pdf_draw.h"

/* The shorter and the longer side of A4. */
static const double a4_short = 595.276;
static const double a4_long = 841.89;

/* ---- adding blocks ---- */

struct pdf *pdf_begin(struct ctx *ctx, const struct pdf_about *about)
{
    struct pdf *pdf = mem_new(ctx->mem, struct pdf);
    pdf->ctx = ctx;
    pdf->about = *about;
    pdf->next = &pdf->first;
    return pdf;
}

static struct pdf_block *add(struct pdf *pdf, enum pdf_kind kind)
{
    struct pdf_block *block = mem_new(pdf->ctx->mem, struct pdf_block);
    block->kind = kind;
    *pdf->next = block;
    pdf->next = &block->next;
    return block;
}

/* An array of the caller, who may let go of it. */
static const void *kept(struct pdf *pdf, const void *items, size_t item_bytes, int count)
{
    return count > 0 ? mem_copy(pdf->ctx->mem, items, item_bytes * (size_t)count) : NULL;
}

static struct pdf_block *add_text(struct pdf *pdf, enum pdf_style style, const char *text)
{
    struct pdf_block *block = add(pdf, PDF_TEXT);
    block->style = style;
    block->text = text != NULL ? text : "";
    return block;
}

void pdf_heading(struct pdf *pdf, int level, const char *text)
{
    add_text(pdf, level <= 2 ? PDF_HEADING_2 : PDF_HEADING_3, text);
}

void pdf_paragraph(struct pdf *pdf, const char *text)
{
    add_text(pdf, PDF_BODY, text);
}

void pdf_lead(struct pdf *pdf, const char *text)
{
    add_text(pdf, PDF_LEAD, text);
}

void pdf_small(struct pdf *pdf, const char *text)
{
    add_text(pdf, PDF_SMALL, text);
}

void pdf_inset(struct pdf *pdf, const char *text)
{
    add_text(pdf, PDF_INSET, text);
}

void pdf_link(struct pdf *pdf, const char *text, const char *url)
{
    add_text(pdf, PDF_BODY, text)->url = url;
}

void pdf_list(struct pdf *pdf, const char *const *items, int count, bool is_numbered)
{
    struct pdf_block *block = add(pdf, PDF_LIST);
    block->of.items = kept(pdf, items, sizeof *items, count);
    block->count = count;
    block->is_numbered = is_numbered;
}

void pdf_pairs(struct pdf *pdf, const struct pdf_pair *pairs, int count)
{
    struct pdf_block *block = add(pdf, PDF_PAIRS);
    block->of.pairs = kept(pdf, pairs, sizeof *pairs, count);
    block->count = count;
}

void pdf_table(struct pdf *pdf, const struct pdf_table *table)
{
    struct pdf_block *block = add(pdf, PDF_TABLE);
    int cells = table->row_count * table->column_count;
    block->of.table = *table;
    block->of.table.columns =
        kept(pdf, table->columns, sizeof *table->columns, table->column_count);
    block->of.table.cells = kept(pdf, table->cells, sizeof *table->cells, cells);
}

void pdf_signatures(struct pdf *pdf, const struct pdf_signature *signatures, int count)
{
    struct pdf_block *block = add(pdf, PDF_SIGNATURES);
    block->of.signatures = kept(pdf, signatures, sizeof *signatures, count);
    block->count = count;
}

void pdf_blank(struct pdf *pdf, const char *label, int lines)
{
    struct pdf_block *block = add(pdf, PDF_BLANK);
    block->text = label != NULL ? label : "";
    block->count = lines;
}

void pdf_tick(struct pdf *pdf, const char *text)
{
    add(pdf, PDF_TICK)->text = text != NULL ? text : "";
}

void pdf_code(struct pdf *pdf, const struct pdf_code *code)
{
    add(pdf, PDF_CODE)->of.code = *code;
}

void pdf_image(struct pdf *pdf, const struct pdf_image *image)
{
    add(pdf, PDF_IMAGE)->of.image = *image;
}

void pdf_rule(struct pdf *pdf)
{
    add(pdf, PDF_RULE);
}

void pdf_space(struct pdf *pdf, int height_mm)
{
    add(pdf, PDF_SPACE)->count = height_mm;
}

void pdf_new_page(struct pdf *pdf)
{
    add(pdf, PDF_NEW_PAGE);
}

/* ---- laying out ---- */

static void draw_title(struct pdf_pen *pen)
{
    const struct pdf_about *about = &pen->pdf->about;
    struct pdf_block title = {.kind = PDF_TEXT, .style = PDF_TITLE, .text = about->title};
    struct pdf_block subtitle = {.kind = PDF_TEXT, .style = PDF_SUBTITLE, .text = about->subtitle};
    pdf_block_draw(pen, &title);
    if (about->subtitle != NULL)
        pdf_block_draw(pen, &subtitle);
}

/* One pass over all blocks. */
static void lay_out(struct pdf_pen *pen)
{
    pen->page = 0;
    pdf_page_begin(pen);
    pdf_tag_begin(pen, "Document", NULL);
    draw_title(pen);
    const struct pdf_block *block = pen->pdf->first;
    for (; block != NULL && pen->problem == NULL; block = block->next)
        pdf_block_draw(pen, block);
    pdf_tag_end(pen, "Document");
    pdf_page_end(pen);
}

static void end_surface(void *surface)
{
    cairo_surface_destroy(surface);
}

static void end_cairo(void *cr)
{
    cairo_destroy(cr);
}

static cairo_status_t take_bytes(void *arg, const unsigned char *bytes, unsigned length)
{
    struct text_builder *out = arg;
    text_add_part(out, (const char *)bytes, length);
    return out->is_over ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* Version 1.4 has no compressed objects, which pdf_finish could not read. */
static void open_surface(struct pdf_pen *pen, struct mem *mem, struct text_builder *bytes)
{
    const struct pdf_about *about = &pen->pdf->about;
    struct ctx *ctx = pen->ctx;
    pen->surface =
        cairo_pdf_surface_create_for_stream(take_bytes, bytes, pen->page_width, pen->page_height);
    mem_at_end(mem, end_surface, pen->surface);
    cairo_pdf_surface_restrict_to_version(pen->surface, CAIRO_PDF_VERSION_1_4);
    const char *made = time_rfc3339(ctx->mem, ctx->now_secs);
    const char *title = about->subtitle == NULL
                            ? about->title
                            : mem_format(ctx->mem, "%s: %s", about->title, about->subtitle);
    title = text_repair(ctx->mem, title, strlen(title));
    cairo_pdf_surface_set_metadata(pen->surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(pen->surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
    cairo_pdf_surface_set_metadata(pen->surface, CAIRO_PDF_METADATA_MOD_DATE, made);
    if (about->service != NULL)
        cairo_pdf_surface_set_metadata(pen->surface, CAIRO_PDF_METADATA_AUTHOR, about->service);
    pen->cr = cairo_create(pen->surface);
    mem_at_end(mem, end_cairo, pen->cr);
}

/* A certificate of one page stands in the middle of it, rather above than below. */
static double lift_of(const struct pdf_pen *pen)
{
    double free = pen->bottom - pen->y;
    if (!pen->pdf->about.is_certificate || pen->page != 1 || free < 0)
        return 0;
    return free * 0.4;
}

static enum status draw(struct pdf_pen *pen, struct mem *mem, struct text_builder *bytes)
{
    lay_out(pen);
    if (pen->problem == NULL) {
        pen->page_count = pen->page;
        pen->lift = lift_of(pen);
        open_surface(pen, mem, bytes);
        lay_out(pen);
        cairo_surface_finish(pen->surface);
    }
    if (pen->problem != NULL)
        return ctx_fail(pen->ctx, ERR_INVALID, "a paper cannot be drawn: %s", pen->problem);
    if (bytes->is_over)
        return ctx_fail(pen->ctx, ERR_INVALID, "a paper is longer than %d bytes", PDF_BYTES);
    cairo_status_t status = cairo_status(pen->cr);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(pen->surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return ctx_fail(pen->ctx, ERR_FAULT, "a paper was not drawn: %s",
                        cairo_status_to_string(status));
    return OK;
}

enum status pdf_end(struct pdf *pdf, struct text_span *out)
{
    struct ctx *ctx = pdf->ctx;
    struct mem *mem = mem_child(ctx->mem);
    bool is_wide = pdf->about.is_landscape;
    struct pdf_notes notes = {.th_scopes = text_build(mem, PDF_BYTES),
                              .figures = text_build(mem, PDF_BYTES)};
    struct pdf_pen pen = {.ctx = ctx,
                          .pdf = pdf,
                          .pango = fonts_context(mem, pdf->about.language),
                          .notes = &notes,
                          .page_width = is_wide ? a4_long : a4_short,
                          .page_height = is_wide ? a4_short : a4_long};
    struct text_builder bytes = text_build(ctx->mem, PDF_BYTES);
    enum status status = draw(&pen, mem, &bytes);
    if (status == OK)
        status = pdf_finish(ctx, &pdf->about, &notes, &bytes);
    mem_end(mem);
    *out = (struct text_span){.bytes = bytes.bytes, .length_bytes = bytes.length_bytes};
    return status;
}
