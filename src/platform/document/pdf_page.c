/* SPDX-License-Identifier: MIT */
/*
 * pdf_page.c - pages, text and tags of a paper.
 *
 * Every style is here, so that a paper's looks can be read in one table.
 */
#include "platform/document/pdf_draw.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

static const struct look {
    double size; /* points */
    bool is_bold;
    enum pdf_ink ink;
    float spacing; /* of lines, against the font's own */
} looks[] = {
    [PDF_TITLE] = {28, true, PDF_INK_TEXT, 0.95F},
    [PDF_SUBTITLE] = {16, false, PDF_INK_QUIET, 1.0F},
    [PDF_HEADING_2] = {17, true, PDF_INK_TEXT, 1.0F},
    [PDF_HEADING_3] = {13, true, PDF_INK_TEXT, 1.0F},
    [PDF_LEAD] = {15, false, PDF_INK_TEXT, 1.1F},
    [PDF_BODY] = {12, false, PDF_INK_TEXT, 1.1F},
    [PDF_BOLD] = {12, true, PDF_INK_TEXT, 1.1F},
    [PDF_SMALL] = {10, false, PDF_INK_QUIET, 1.05F},
    [PDF_SMALL_BOLD] = {10, true, PDF_INK_QUIET, 1.05F},
    [PDF_INSET] = {12, false, PDF_INK_TEXT, 1.1F},
    [PDF_CELL] = {10.5, false, PDF_INK_TEXT, 1.0F},
    [PDF_CELL_BOLD] = {10.5, true, PDF_INK_TEXT, 1.0F},
    [PDF_NAME] = {14, true, PDF_INK_TEXT, 1.0F},
    [PDF_FOOT] = {9, false, PDF_INK_QUIET, 1.0F},
    [PDF_BAND] = {13, true, PDF_INK_WHITE, 1.0F},
};

static const double inks[][3] = {
    [PDF_INK_TEXT] = {0.129, 0.169, 0.196}, [PDF_INK_QUIET] = {0.298, 0.384, 0.447},
    [PDF_INK_ACCENT] = {0.0, 0.369, 0.722}, [PDF_INK_LINE] = {0.68, 0.72, 0.75},
    [PDF_INK_PALE] = {0.941, 0.957, 0.961}, [PDF_INK_WHITE] = {1.0, 1.0, 1.0},
};

static const double side_margin = 22 * PDF_MM;
static const double foot_height = 20 * PDF_MM;
static const double band_height = 17 * PDF_MM;
static const double frame_margin = 9 * PDF_MM;

/* ---- ink ---- */

void pdf_ink(struct pdf_pen *pen, enum pdf_ink ink)
{
    if (pen->cr != NULL)
        cairo_set_source_rgb(pen->cr, inks[ink][0], inks[ink][1], inks[ink][2]);
}

void pdf_fill(struct pdf_pen *pen, enum pdf_ink ink, const double box[4])
{
    if (pen->cr == NULL)
        return;
    pdf_ink(pen, ink);
    cairo_rectangle(pen->cr, box[0], box[1], box[2], box[3]);
    cairo_fill(pen->cr);
}

void pdf_stroke(struct pdf_pen *pen, enum pdf_ink ink, double thick, const double box[4])
{
    if (pen->cr == NULL)
        return;
    pdf_ink(pen, ink);
    cairo_set_line_width(pen->cr, thick);
    cairo_rectangle(pen->cr, box[0], box[1], box[2], box[3]);
    cairo_stroke(pen->cr);
}

/* ---- tags ---- */

void pdf_tag_begin(struct pdf_pen *pen, const char *name, const char *attributes)
{
    if (pen->cr != NULL)
        cairo_tag_begin(pen->cr, name, attributes);
}

void pdf_tag_end(struct pdf_pen *pen, const char *name)
{
    if (pen->cr != NULL)
        cairo_tag_end(pen->cr, name);
}

/* ---- text ---- */

static bool is_centred(const struct pdf_pen *pen, enum pdf_style style)
{
    return pen->pdf->about.is_certificate &&
           (style == PDF_TITLE || style == PDF_SUBTITLE || style == PDF_LEAD);
}

static double size_of(const struct pdf_pen *pen, enum pdf_style style)
{
    bool is_large = pen->pdf->about.is_certificate && style <= PDF_SUBTITLE;
    return looks[style].size * (is_large ? 1.2 : 1.0);
}

PangoLayout *pdf_set(struct pdf_pen *pen, enum pdf_style style, const char *text, double width)
{
    const struct look *look = &looks[style];
    PangoLayout *layout = pango_layout_new(pen->pango);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, fonts_families);
    pango_font_description_set_size(font, (int)(size_of(pen, style) * PANGO_SCALE));
    pango_font_description_set_weight(font,
                                      look->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_line_spacing(layout, look->spacing);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    if (width >= 0)
        pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    if (is_centred(pen, style))
        pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    fonts_set_features(layout);
    pango_layout_set_auto_dir(layout, style != PDF_NAME); /* a name stands with what is below it */
    const char *whole = text != NULL ? text_repair(pen->ctx->mem, text, strlen(text)) : "";
    pango_layout_set_text(layout, whole, -1);
    pdf_ink(pen, look->ink);
    return layout;
}

void pdf_set_end(PangoLayout *layout)
{
    g_object_unref(layout);
}

static double points(int pango_units)
{
    return (double)pango_units / PANGO_SCALE;
}

double pdf_set_height(PangoLayout *layout)
{
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    return points(box.height);
}

/* Puts the iterator on a line; false when there are fewer. */
static bool go_to_line(PangoLayoutIter *iter, int line)
{
    for (int i = 0; i < line; i++)
        if (!pango_layout_iter_next_line(iter))
            return false;
    return true;
}

static double line_top(PangoLayoutIter *iter)
{
    int top, bottom;
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    return points(top);
}

static double line_bottom(PangoLayoutIter *iter)
{
    int top, bottom;
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    return points(bottom);
}

double pdf_lines_height(PangoLayout *layout, struct pdf_lines lines)
{
    if (lines.last <= lines.first)
        return 0;
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    go_to_line(iter, lines.first);
    double top = line_top(iter);
    go_to_line(iter, lines.last - lines.first - 1);
    double height = line_bottom(iter) - top;
    pango_layout_iter_free(iter);
    return height;
}

int pdf_lines_fit(PangoLayout *layout, int first, double room)
{
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    int line = first;
    if (first < pango_layout_get_line_count(layout) && go_to_line(iter, first)) {
        double top = line_top(iter);
        do {
            if (line_bottom(iter) - top > room + 0.01)
                break;
            line++;
        } while (pango_layout_iter_next_line(iter));
    }
    pango_layout_iter_free(iter);
    return line;
}

void pdf_lines_draw(struct pdf_pen *pen, PangoLayout *layout, struct pdf_lines lines, double x,
                    double y)
{
    if (pen->cr == NULL || lines.last <= lines.first)
        return;
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    go_to_line(iter, lines.first);
    double top = line_top(iter);
    for (int line = lines.first; line < lines.last; line++) {
        PangoRectangle box;
        pango_layout_iter_get_line_extents(iter, NULL, &box);
        double baseline = points(pango_layout_iter_get_baseline(iter)) - top;
        cairo_move_to(pen->cr, x + points(box.x), y + baseline);
        pango_cairo_show_layout_line(pen->cr, pango_layout_iter_get_line_readonly(iter));
        pango_layout_iter_next_line(iter);
    }
    pango_layout_iter_free(iter);
}

double pdf_put(struct pdf_pen *pen, const char *tag, enum pdf_style style, const char *text,
               const double place[3])
{
    PangoLayout *layout = pdf_set(pen, style, text, place[2]);
    struct pdf_lines all = {0, pango_layout_get_line_count(layout)};
    if (tag != NULL)
        pdf_tag_begin(pen, tag, NULL);
    pdf_lines_draw(pen, layout, all, place[0], place[1]);
    if (tag != NULL)
        pdf_tag_end(pen, tag);
    double height = pdf_set_height(layout);
    pdf_set_end(layout);
    return height;
}

/* How many of the lines from first on go on this page: no single line is left alone at the end of
 * a page or at the begin of the next. */
static int lines_for_page(const struct pdf_pen *pen, PangoLayout *layout, int first, int count)
{
    int last = pdf_lines_fit(layout, first, pen->bottom - pen->y);
    bool is_top = pen->y <= pen->top;
    if (last == count)
        return last;
    if (count - last == 1 && last - first >= 2)
        last--;
    if (last - first < 2 && !is_top)
        return first;
    return last > first ? last : first + 1;
}

void pdf_flow(struct pdf_pen *pen, const char *tag, enum pdf_style style, const char *text,
              double indent)
{
    PangoLayout *layout = pdf_set(pen, style, text, pen->width - indent);
    int count = pango_layout_get_line_count(layout);
    int first = lines_for_page(pen, layout, 0, count);
    if (first == 0)
        pdf_page_next(pen);
    bool is_split = lines_for_page(pen, layout, 0, count) < count;
    pdf_tag_begin(pen, tag, NULL);
    for (first = 0; first < count;) {
        int last = lines_for_page(pen, layout, first, count);
        struct pdf_lines lines = {first, last};
        if (is_split)
            pdf_tag_begin(pen, "Span", NULL);
        pdf_ink(pen, looks[style].ink);
        pdf_lines_draw(pen, layout, lines, pen->left + indent, pen->y);
        if (is_split)
            pdf_tag_end(pen, "Span");
        pen->y += pdf_lines_height(layout, lines);
        first = last;
        if (first < count)
            pdf_page_next(pen);
    }
    pdf_tag_end(pen, tag);
    pdf_set_end(layout);
}

/* ---- pages ---- */

static void draw_band(struct pdf_pen *pen)
{
    const struct pdf_about *about = &pen->pdf->about;
    double half = pen->width / 2;
    const double bar[4] = {0, 0, pen->page_width, band_height};
    pdf_fill(pen, PDF_INK_ACCENT, bar);
    PangoLayout *name = pdf_set(pen, PDF_BAND, about->service, half * 1.3);
    pango_layout_set_ellipsize(name, PANGO_ELLIPSIZE_END);
    double y = (band_height - pdf_set_height(name)) / 2;
    pdf_lines_draw(pen, name, (struct pdf_lines){0, 1}, pen->left, y);
    pdf_set_end(name);
    if (about->kind == NULL)
        return;
    PangoLayout *kind = pdf_set(pen, PDF_BAND, about->kind, half * 0.7);
    pango_layout_set_alignment(kind, PANGO_ALIGN_RIGHT);
    pango_layout_set_ellipsize(kind, PANGO_ELLIPSIZE_END);
    pdf_lines_draw(pen, kind, (struct pdf_lines){0, 1}, pen->left + half * 1.3, y);
    pdf_set_end(kind);
}

static void draw_frame(struct pdf_pen *pen)
{
    for (int i = 0; i < 2; i++) {
        double margin = frame_margin + i * 5;
        const double box[4] = {margin, margin, pen->page_width - 2 * margin,
                               pen->page_height - 2 * margin};
        pdf_stroke(pen, PDF_INK_ACCENT, i == 0 ? 3 : 0.75, box);
    }
}

/* The name of the service in the middle of a certificate's head, between two short bars. */
static void draw_certificate_head(struct pdf_pen *pen)
{
    const struct pdf_about *about = &pen->pdf->about;
    const char *text = about->kind == NULL
                           ? about->service
                           : mem_format(pen->ctx->mem, "%s  ·  %s", about->service, about->kind);
    PangoLayout *name = pdf_set(pen, PDF_BAND, text, pen->width);
    pango_layout_set_alignment(name, PANGO_ALIGN_CENTER);
    pango_layout_set_ellipsize(name, PANGO_ELLIPSIZE_END);
    pdf_ink(pen, PDF_INK_ACCENT);
    pdf_lines_draw(pen, name, (struct pdf_lines){0, 1}, pen->left, frame_margin + 24);
    pdf_set_end(name);
    const double bar[4] = {pen->page_width / 2 - 30, frame_margin + 50, 60, 2};
    pdf_fill(pen, PDF_INK_ACCENT, bar);
}

void pdf_page_begin(struct pdf_pen *pen)
{
    const struct pdf_about *about = &pen->pdf->about;
    bool has_head = about->service != NULL && pen->page == 0;
    pen->page++;
    pen->left = side_margin;
    pen->width = pen->page_width - 2 * side_margin;
    pen->top = side_margin * 0.8;
    pen->bottom = pen->page_height - foot_height;
    if (about->is_certificate) {
        pen->top = frame_margin + 24;
        pen->bottom -= frame_margin;
        draw_frame(pen);
    }
    if (has_head && about->is_certificate) {
        draw_certificate_head(pen);
        pen->top = frame_margin + 66;
    } else if (has_head) {
        draw_band(pen);
        pen->top = band_height + 9 * PDF_MM;
    }
    pen->y = pen->top;
    if (pen->page == 1)
        pen->y += pen->lift;
}

static void draw_foot(struct pdf_pen *pen)
{
    const struct pdf_about *about = &pen->pdf->about;
    double y = pen->bottom + 4 * PDF_MM;
    const double line[4] = {pen->left, y, pen->width, 0.5};
    pdf_fill(pen, PDF_INK_LINE, line);
    const char *number = mem_format(pen->ctx->mem, "Page %d of %d", pen->page, pen->page_count);
    PangoLayout *page = pdf_set(pen, PDF_FOOT, number, pen->width);
    pango_layout_set_alignment(page, PANGO_ALIGN_RIGHT);
    pdf_lines_draw(pen, page, (struct pdf_lines){0, 1}, pen->left, y + 6);
    pdf_set_end(page);
    PangoLayout *foot = pdf_set(pen, PDF_FOOT, about->foot, pen->width - 90);
    pango_layout_set_ellipsize(foot, PANGO_ELLIPSIZE_END);
    pdf_lines_draw(pen, foot, (struct pdf_lines){0, 1}, pen->left, y + 6);
    pdf_set_end(foot);
}

void pdf_page_end(struct pdf_pen *pen)
{
    draw_foot(pen);
    if (pen->cr != NULL)
        cairo_show_page(pen->cr);
}

void pdf_page_next(struct pdf_pen *pen)
{
    if (pen->page == PDF_PAGES)
        pen->problem = "it has too many pages";
    pdf_page_end(pen);
    pdf_page_begin(pen);
}

void pdf_page_need(struct pdf_pen *pen, double height)
{
    if (pen->y > pen->top && pen->y + height > pen->bottom)
        pdf_page_next(pen);
}
