/* SPDX-License-Identifier: MIT */
/*
 * pdf_draw.h - how the parts of pdf.c work together; for pdf_*.c only.
 *
 * A paper is laid out twice by the same code: first without drawing, to count the pages, then with
 * the surface.  struct pdf_pen is one such pass.  Units are points (1/72 inch) from the top left.
 */
#ifndef PLATFORM_DOCUMENT_PDF_DRAW_H
#define PLATFORM_DOCUMENT_PDF_DRAW_H

#include "platform/document/pdf.h"

#include "platform/document/fonts.h"

#define PDF_MM (72.0 / 25.4)

enum pdf_kind {
    PDF_TEXT,
    PDF_LIST,
    PDF_PAIRS,
    PDF_TABLE,
    PDF_SIGNATURES,
    PDF_BLANK,
    PDF_TICK,
    PDF_CODE,
    PDF_IMAGE,
    PDF_RULE,
    PDF_SPACE,
    PDF_NEW_PAGE
};

enum pdf_style {
    PDF_TITLE,
    PDF_SUBTITLE,
    PDF_HEADING_2,
    PDF_HEADING_3,
    PDF_LEAD,
    PDF_BODY,
    PDF_BOLD,
    PDF_SMALL,
    PDF_SMALL_BOLD,
    PDF_INSET,
    PDF_CELL,
    PDF_CELL_BOLD,
    PDF_NAME,
    PDF_FOOT,
    PDF_BAND
};

struct pdf_block {
    struct pdf_block *next;
    enum pdf_kind kind;
    enum pdf_style style;
    const char *text;
    const char *url;
    int count; /* of items, pairs, signatures; lines of a blank; millimetres of a space */
    bool is_numbered;
    union {
        const char *const *items;
        const struct pdf_pair *pairs;
        const struct pdf_signature *signatures;
        struct pdf_table table;
        struct pdf_code code;
        struct pdf_image image;
    } of;
};

/* What cairo cannot say in a tag, in the order of the tags: added to the file by pdf_finish. */
struct pdf_notes {
    struct text_builder th_scopes; /* 'c' or 'r' for each TH tag                   */
    struct text_builder figures;   /* the alternative text of each Figure tag, \0-ended */
};

struct pdf {
    struct ctx *ctx;
    struct pdf_about about;
    struct pdf_block *first;
    struct pdf_block **next; /* where the next block is hung */
};

struct pdf_pen {
    struct ctx *ctx;
    const struct pdf *pdf;
    PangoContext *pango;
    cairo_surface_t *surface; /* NULL: only counting */
    cairo_t *cr;
    struct pdf_notes *notes;
    double page_width, page_height;
    double left, width, top, bottom; /* where text stands on this page */
    double y;                        /* where the next block begins    */
    double lift;                     /* of the first page's blocks, to stand in the middle */
    int page;                        /* from 1 */
    int page_count;                  /* 0: not yet known */
    int outline[4];                  /* bookmark of the last heading of each level */
    const char *problem;             /* a block that cannot be drawn; NULL: none   */
};

/* ---- pages and text (pdf_page.c) ---- */

void pdf_page_begin(struct pdf_pen *pen);
void pdf_page_end(struct pdf_pen *pen);
void pdf_page_next(struct pdf_pen *pen);

/* Goes to a new page unless height points are free on this one. */
void pdf_page_need(struct pdf_pen *pen, double height);

/* attributes may be NULL.  Every begin has its end with the same name. */
void pdf_tag_begin(struct pdf_pen *pen, const char *name, const char *attributes);
void pdf_tag_end(struct pdf_pen *pen, const char *name);

/* Text set to a width, which pdf_set_end gives back to the library. */
PangoLayout *pdf_set(struct pdf_pen *pen, enum pdf_style style, const char *text, double width);
void pdf_set_end(PangoLayout *layout);

/* Lines from and including first, up to last. */
struct pdf_lines {
    int first, last;
};
double pdf_lines_height(PangoLayout *layout, struct pdf_lines lines);
/* Where the lines end that fit into room points, from first on. */
int pdf_lines_fit(PangoLayout *layout, int first, double room);
void pdf_lines_draw(struct pdf_pen *pen, PangoLayout *layout, struct pdf_lines lines, double x,
                    double y);
double pdf_set_height(PangoLayout *layout);

/* One short text in one tag (NULL: none) at a place; gives its height. */
double pdf_put(struct pdf_pen *pen, const char *tag, enum pdf_style style, const char *text,
               const double place[3]);

/* Text that flows over pages at pen->y, indented at its left, in a tag of its own. */
void pdf_flow(struct pdf_pen *pen, const char *tag, enum pdf_style style, const char *text,
              double indent);

enum pdf_ink {
    PDF_INK_TEXT,
    PDF_INK_QUIET,
    PDF_INK_ACCENT,
    PDF_INK_LINE,
    PDF_INK_PALE,
    PDF_INK_WHITE
};
void pdf_ink(struct pdf_pen *pen, enum pdf_ink ink);
void pdf_fill(struct pdf_pen *pen, enum pdf_ink ink, const double box[4]); /* x y width height */
void pdf_stroke(struct pdf_pen *pen, enum pdf_ink ink, double thick, const double box[4]);

/* ---- blocks (pdf_block.c, pdf_table.c) ---- */

void pdf_block_draw(struct pdf_pen *pen, const struct pdf_block *block);
void pdf_table_draw(struct pdf_pen *pen, const struct pdf_table *table);
void pdf_pairs_draw(struct pdf_pen *pen, const struct pdf_pair *pairs, int count);

/* ---- what cairo leaves out (pdf_finish.c, pdf_artifact.c) ---- */

/* The packed operators of a page with all that has no tag marked as decoration, packed again.
 * False: they are not as cairo writes them. */
bool pdf_mark_artifacts(struct mem *mem, const char *packed, size_t length, struct text_span *out);

/* Adds language, window title, scopes and alternative texts to the bytes that cairo wrote.
 * ERR_FAULT  they are not as this version of cairo writes them */
MUST_CHECK enum status pdf_finish(struct ctx *ctx, const struct pdf_about *about,
                                  const struct pdf_notes *notes, struct text_builder *bytes);

#endif
