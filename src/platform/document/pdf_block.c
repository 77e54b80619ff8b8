/* SPDX-License-Identifier: MIT */
/* pdf_block.c - how each kind of block is drawn. */
#include "platform/document/pdf_draw.h"

#include <cairo-pdf.h>
#include <string.h>
#include <strings.h>

static const double line_to_write = 9 * PDF_MM;
static const double code_side = 34 * PDF_MM;

static const struct spacing {
    double above, below;
} spacings[] = {
    [PDF_TITLE] = {0, 6},     [PDF_SUBTITLE] = {0, 12}, [PDF_HEADING_2] = {14, 5},
    [PDF_HEADING_3] = {9, 3}, [PDF_LEAD] = {4, 12},     [PDF_BODY] = {0, 8},
    [PDF_SMALL] = {0, 6},     [PDF_INSET] = {8, 14},
};

static void space_above(struct pdf_pen *pen, double height)
{
    double begin = pen->top + (pen->page == 1 ? pen->lift : 0);
    if (pen->y > begin)
        pen->y += height;
}

/* ---- text ---- */

static void add_bookmark(struct pdf_pen *pen, int level, const char *text)
{
    if (pen->surface == NULL)
        return;
    int parent = CAIRO_PDF_OUTLINE_ROOT;
    for (int i = level - 1; i > 0 && parent == CAIRO_PDF_OUTLINE_ROOT; i--)
        parent = pen->outline[i];
    const char *whole = text_repair(pen->ctx->mem, text, strlen(text));
    char place[64];
    snprintf(place, sizeof place, "page=%d pos=[%.0f %.0f]", pen->page, pen->left, pen->y);
    pen->outline[level] = cairo_pdf_surface_add_outline(pen->surface, parent, whole, place,
                                                        CAIRO_PDF_OUTLINE_FLAG_OPEN);
    for (int i = level + 1; i < 4; i++)
        pen->outline[i] = CAIRO_PDF_OUTLINE_ROOT;
}

static int heading_level(enum pdf_style style)
{
    return style == PDF_TITLE ? 1 : style == PDF_HEADING_2 ? 2 : style == PDF_HEADING_3 ? 3 : 0;
}

/* The attributes of a link's tag; NULL: this address is not linked to. */
static const char *link_attributes(struct mem *mem, const char *url)
{
    bool is_known =
        url != NULL && (strncasecmp(url, "https://", 8) == 0 ||
                        strncasecmp(url, "http://", 7) == 0 || strncasecmp(url, "mailto:", 7) == 0);
    if (!is_known)
        return NULL;
    struct text_builder out = text_build(mem, 8192);
    text_add(&out, "uri='");
    for (const char *c = url; *c != '\0'; c++) {
        bool is_plain = (unsigned char)*c > ' ' && (unsigned char)*c < 0x7F && *c != '\'' &&
                        *c != '\\' && *c != '(' && *c != ')';
        if (is_plain)
            text_add_part(&out, c, 1);
        else
            text_add_format(&out, "%%%02X", (unsigned)(unsigned char)*c);
    }
    text_add(&out, "'");
    const char *attributes;
    return text_build_end(&out, &attributes) == OK ? attributes : NULL;
}

static void draw_link(struct pdf_pen *pen, const struct pdf_block *block, const char *attributes)
{
    PangoLayout *layout = pdf_set(pen, PDF_BODY, block->text, pen->width);
    struct pdf_lines all = {0, pango_layout_get_line_count(layout)};
    pdf_page_need(pen, pdf_set_height(layout));
    pdf_tag_begin(pen, "P", NULL);
    pdf_tag_begin(pen, CAIRO_TAG_LINK, attributes);
    pdf_ink(pen, PDF_INK_ACCENT);
    pdf_lines_draw(pen, layout, all, pen->left, pen->y);
    pdf_tag_end(pen, CAIRO_TAG_LINK);
    pdf_tag_end(pen, "P");
    pen->y += pdf_set_height(layout);
    pdf_set_end(layout);
}

static void draw_inset(struct pdf_pen *pen, const char *text)
{
    double above = pen->y;
    int page = pen->page;
    pdf_page_need(pen, 40);
    if (pen->page != page)
        above = pen->y;
    page = pen->page;
    pdf_flow(pen, "P", PDF_INSET, text, 16);
    if (pen->page != page)
        above = pen->top;
    const double bar[4] = {pen->left, above - 2, 4, pen->y - above + 4};
    pdf_fill(pen, PDF_INK_ACCENT, bar);
}

static void draw_paragraph(struct pdf_pen *pen, const struct pdf_block *block, const char *text)
{
    const struct spacing *spacing = &spacings[block->style];
    const char *attributes = link_attributes(pen->ctx->mem, block->url);
    int level = heading_level(block->style);
    space_above(pen, spacing->above);
    if (level > 1)
        pdf_page_need(pen, 78); /* a heading with two lines of what follows */
    if (level > 0)
        add_bookmark(pen, level, text);
    if (attributes != NULL)
        draw_link(pen, block, attributes);
    else if (block->style == PDF_INSET)
        draw_inset(pen, text);
    else
        pdf_flow(pen, level > 0 ? (const char *[]){"P", "H1", "H2", "H3"}[level] : "P",
                 block->style, text, 0);
    pen->y += spacing->below;
}

/* Each line of the text is a paragraph of its own. */
static void draw_text(struct pdf_pen *pen, const struct pdf_block *block)
{
    const char *rest = block->text;
    while (*rest != '\0' && pen->problem == NULL) {
        size_t length = strcspn(rest, "\n");
        if (length > 0)
            draw_paragraph(pen, block, mem_text_part(pen->ctx->mem, rest, length));
        rest += length + (rest[length] == '\n');
    }
}

static void draw_list(struct pdf_pen *pen, const struct pdf_block *block)
{
    const double indent = 20;
    pdf_tag_begin(pen, "L", NULL);
    for (int i = 0; i < block->count && pen->problem == NULL; i++) {
        const char *mark = block->is_numbered ? mem_format(pen->ctx->mem, "%d.", i + 1) : "•";
        pdf_page_need(pen, 34);
        const double place[3] = {pen->left + 4, pen->y, indent};
        pdf_tag_begin(pen, "LI", NULL);
        pdf_put(pen, "Lbl", PDF_BODY, mark, place);
        pdf_flow(pen, "LBody", PDF_BODY, block->of.items[i], indent);
        pdf_tag_end(pen, "LI");
        pen->y += 3;
    }
    pdf_tag_end(pen, "L");
    pen->y += 6;
}

/* ---- to write on ---- */

static void draw_line_to_write(struct pdf_pen *pen, double x, double width)
{
    pen->y += line_to_write;
    const double line[4] = {x, pen->y, width, 0.75};
    pdf_fill(pen, PDF_INK_QUIET, line);
}

static void draw_blank(struct pdf_pen *pen, const struct pdf_block *block)
{
    int lines = block->count > 1 ? block->count : 1;
    double whole = 18 + lines * line_to_write;
    pdf_page_need(pen, whole < 200 ? whole : 200);
    const double place[3] = {pen->left, pen->y, pen->width};
    pen->y += pdf_put(pen, "P", PDF_BOLD, block->text, place);
    for (int i = 0; i < lines && pen->problem == NULL; i++) {
        pdf_page_need(pen, line_to_write);
        draw_line_to_write(pen, pen->left, pen->width);
    }
    pen->y += 14;
}

static void draw_tick(struct pdf_pen *pen, const struct pdf_block *block)
{
    const double indent = 24;
    pdf_page_need(pen, 34);
    const double box[4] = {pen->left + 1, pen->y + 3, 12, 12};
    pdf_stroke(pen, PDF_INK_TEXT, 1, box);
    pdf_flow(pen, "P", PDF_BODY, block->text, indent);
    pen->y += 7;
}

static bool is_given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

/* What was signed as text; what was not as a line with its label below. */
static void draw_answer(struct pdf_pen *pen, enum pdf_style style, const char *answer,
                        const char *label, const double place[2])
{
    double at[3] = {place[0], pen->y, place[1]};
    if (is_given(answer)) {
        pen->y += pdf_put(pen, "P", style, answer, at) + 2;
        return;
    }
    draw_line_to_write(pen, place[0], place[1]);
    at[1] = pen->y + 2;
    pen->y += pdf_put(pen, "P", PDF_SMALL, label, at) + 4;
}

static double draw_signature(struct pdf_pen *pen, const struct pdf_signature *who, double x,
                             double width)
{
    double began = pen->y;
    const double inside[2] = {x, width};
    const double bar[4] = {x, pen->y, width, 2};
    bool is_signed = is_given(who->signed_on);
    pdf_fill(pen, PDF_INK_ACCENT, bar);
    pen->y += 8;
    pdf_tag_begin(pen, "LI", NULL);
    pdf_tag_begin(pen, "LBody", NULL);
    const double place[3] = {x, pen->y, width};
    pen->y += pdf_put(pen, "P", PDF_SMALL_BOLD, who->role, place) + 2;
    draw_answer(pen, PDF_NAME, who->name, "Name", inside);
    draw_answer(pen, PDF_CELL, who->organisation, "Organisation", inside);
    if (!is_signed)
        draw_answer(pen, PDF_CELL, NULL, "Signature", inside);
    const char *signed_on =
        is_signed ? mem_format(pen->ctx->mem, "Signed on %s", who->signed_on) : NULL;
    draw_answer(pen, PDF_SMALL, signed_on, "Date", inside);
    pdf_tag_end(pen, "LBody");
    pdf_tag_end(pen, "LI");
    double height = pen->y - began;
    pen->y = began;
    return height;
}

/* The same without drawing, for its height. */
static double signature_height(const struct pdf_pen *pen, const struct pdf_signature *who,
                               double width)
{
    struct pdf_pen counting = *pen;
    counting.cr = NULL;
    counting.surface = NULL;
    return draw_signature(&counting, who, 0, width);
}

static void draw_signatures(struct pdf_pen *pen, const struct pdf_block *block)
{
    const double gap = 28;
    double width = (pen->width - gap) / 2;
    const struct pdf_signature *who = block->of.signatures;
    space_above(pen, 10);
    pdf_tag_begin(pen, "L", NULL);
    for (int i = 0; i < block->count; i += 2) {
        double highest = 0;
        for (int k = i; k < i + 2 && k < block->count; k++) {
            double height = signature_height(pen, &who[k], width);
            highest = height > highest ? height : highest;
        }
        pdf_page_need(pen, highest);
        for (int k = i; k < i + 2 && k < block->count; k++)
            draw_signature(pen, &who[k], pen->left + (k - i) * (width + gap), width);
        pen->y += highest + 16;
    }
    pdf_tag_end(pen, "L");
}

/* ---- pictures ---- */

static void begin_figure(struct pdf_pen *pen, const char *alternative)
{
    if (pen->cr != NULL)
        text_add_part(&pen->notes->figures, alternative, strlen(alternative) + 1);
    pdf_tag_begin(pen, "Figure", NULL);
}

static void draw_modules(struct pdf_pen *pen, const struct qr *qr, double x, double y)
{
    if (pen->cr == NULL)
        return;
    double module = code_side / qr->size;
    for (int row = 0; row < qr->size; row++)
        for (int column = 0; column < qr->size; column++) {
            int length = 0;
            while (column + length < qr->size && qr->is_dark[row * qr->size + column + length])
                length++;
            if (length > 0)
                cairo_rectangle(pen->cr, x + column * module, y + row * module, length * module,
                                module);
            column += length;
        }
    cairo_set_source_rgb(pen->cr, 0, 0, 0);
    cairo_fill(pen->cr);
}

static void draw_code(struct pdf_pen *pen, const struct pdf_code *code)
{
    const double quiet = 12;
    double side = code_side + quiet;
    space_above(pen, 10);
    pdf_page_need(pen, side + quiet);
    const double pale[4] = {pen->left, pen->y, pen->width, side + quiet};
    const double white[4] = {pen->left + quiet / 2, pen->y + quiet / 2, side, side};
    pdf_fill(pen, PDF_INK_PALE, pale);
    pdf_fill(pen, PDF_INK_WHITE, white);
    begin_figure(pen, is_given(code->alternative) ? code->alternative : "QR code");
    draw_modules(pen, &code->qr, pen->left + quiet, pen->y + quiet);
    pdf_tag_end(pen, "Figure");

    double x = pen->left + side + 2 * quiet;
    double place[3] = {x, pen->y + 1.2 * quiet, pen->width - side - 3 * quiet};
    if (is_given(code->heading))
        place[1] += pdf_put(pen, "P", PDF_BOLD, code->heading, place) + 3;
    if (is_given(code->text))
        pdf_put(pen, "P", PDF_CELL, code->text, place);
    pen->y += side + quiet + 10;
}

struct png_reader {
    const unsigned char *bytes;
    size_t left_bytes;
};

static cairo_status_t read_png(void *arg, unsigned char *out, unsigned length)
{
    struct png_reader *reader = arg;
    if (length > reader->left_bytes)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, reader->bytes, length);
    reader->bytes += length;
    reader->left_bytes -= length;
    return CAIRO_STATUS_SUCCESS;
}

/* The size that the head of a PNG says; false when it is none, or made to fill the memory. */
static bool png_size(const struct pdf_image *image, unsigned size[2])
{
    const unsigned char *bytes = image->png;
    static const unsigned char mark[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR";
    if (image->png_bytes < 33 || memcmp(bytes, mark, sizeof mark - 1) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        const unsigned char *four = bytes + 16 + i * 4;
        size[i] = (unsigned)four[0] << 24 | (unsigned)four[1] << 16 | (unsigned)four[2] << 8 |
                  (unsigned)four[3];
        if (size[i] == 0 || size[i] > PDF_IMAGE_PX)
            return false;
    }
    return true;
}

static void paint_png(struct pdf_pen *pen, const struct pdf_image *image, double x, double scale)
{
    struct png_reader reader = {.bytes = image->png, .left_bytes = image->png_bytes};
    cairo_surface_t *picture = cairo_image_surface_create_from_png_stream(read_png, &reader);
    if (cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS) {
        cairo_save(pen->cr);
        cairo_translate(pen->cr, x, pen->y);
        cairo_scale(pen->cr, scale, scale);
        cairo_set_source_surface(pen->cr, picture, 0, 0);
        cairo_paint(pen->cr);
        cairo_restore(pen->cr);
    } else {
        pen->problem = "a picture is damaged";
    }
    cairo_surface_destroy(picture);
}

static void draw_image(struct pdf_pen *pen, const struct pdf_image *image)
{
    unsigned size[2];
    if (!png_size(image, size)) {
        pen->problem = "a picture is no PNG, or too large";
        return;
    }
    double width = image->width_mm * PDF_MM;
    if (width > pen->width)
        width = pen->width;
    double scale = width / size[0];
    double page = (pen->bottom - pen->top) * 0.9;
    if (scale * size[1] > page)
        scale = page / size[1];
    double height = scale * size[1];
    pdf_page_need(pen, height);
    bool is_middle = pen->pdf->about.is_certificate;
    double x = pen->left + (is_middle ? (pen->width - scale * size[0]) / 2 : 0);
    if (is_given(image->alternative))
        begin_figure(pen, image->alternative);
    if (pen->cr != NULL)
        paint_png(pen, image, x, scale);
    if (is_given(image->alternative))
        pdf_tag_end(pen, "Figure");
    pen->y += height + 10;
}

/* ---- all of them ---- */

void pdf_block_draw(struct pdf_pen *pen, const struct pdf_block *block)
{
    switch (block->kind) {
    case PDF_TEXT:
        draw_text(pen, block);
        break;
    case PDF_LIST:
        draw_list(pen, block);
        break;
    case PDF_PAIRS:
        pdf_pairs_draw(pen, block->of.pairs, block->count);
        pen->y += 14;
        break;
    case PDF_TABLE:
        pdf_table_draw(pen, &block->of.table);
        pen->y += 16;
        break;
    case PDF_SIGNATURES:
        draw_signatures(pen, block);
        break;
    case PDF_BLANK:
        draw_blank(pen, block);
        break;
    case PDF_TICK:
        draw_tick(pen, block);
        break;
    case PDF_CODE:
        draw_code(pen, &block->of.code);
        break;
    case PDF_IMAGE:
        draw_image(pen, &block->of.image);
        break;
    case PDF_RULE: {
        const double line[4] = {pen->left, pen->y + 4, pen->width, 0.75};
        pdf_fill(pen, PDF_INK_LINE, line);
        pen->y += 14;
        break;
    }
    case PDF_SPACE:
        pen->y += block->count * PDF_MM;
        break;
    case PDF_NEW_PAGE:
        pdf_page_next(pen);
        break;
    }
}
