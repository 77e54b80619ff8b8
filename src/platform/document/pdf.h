/* SPDX-License-Identifier: MIT */
/*
 * pdf.h - papers: flowing text, tables and lines to sign on, as a tagged PDF on A4.
 *
 * A paper is a list of blocks.  pdf_begin starts it, one call adds a block, pdf_end lays it out and
 * gives the bytes.  Text may be in any script: fonts are found letter by letter, right-to-left
 * paragraphs stand at the right, and every font is embedded.  The same blocks and the same
 * ctx->now_secs make the same bytes.
 *
 * For those who hear the paper: all of it is tagged (headings, paragraphs, lists, tables with their
 * headers, links, pictures with a text), or marked as decoration, as the band, the foot, lines and
 * repeated headers are; the title is shown in the window, the language is set, and headings are
 * bookmarks.
 *
 * Text and pictures that are handed over must live until pdf_end, arrays of them need not; NULL
 * text
 * is "".  Adding a block never fails.
 */
#ifndef PLATFORM_DOCUMENT_PDF_H
#define PLATFORM_DOCUMENT_PDF_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"
#include "platform/document/qr.h"

struct pdf;

enum {
    PDF_PAGES = 1000,             /* most pages of a paper  */
    PDF_COLUMNS = 12,             /* most columns of a table */
    PDF_BYTES = 64 * 1024 * 1024, /* most bytes of a paper  */
    PDF_IMAGE_PX = 4000           /* most pixels a side of a picture */
};

struct pdf_about {
    const char *title;    /* required: the first heading, and begins the window's title      */
    const char *subtitle; /* below the title, and ends the window's; NULL: none              */
    const char *language; /* required, BCP 47: "en-GB", "cy"                                 */
    const char *service;  /* who publishes it: in the band at the top; NULL: no band         */
    const char *kind;     /* what it is, at the right of the band: "Pledge"; NULL: nothing   */
    const char *foot;     /* at the left of each foot; the right says "Page 1 of 2"; NULL     */
    bool is_landscape;
    bool is_certificate; /* to hang up: a frame, the title and leads in the middle            */
};

struct pdf *pdf_begin(struct ctx *ctx, const struct pdf_about *about);

/* level 2 or 3; the title is level 1.  Stays with what follows it. */
void pdf_heading(struct pdf *pdf, int level, const char *text);

void pdf_paragraph(struct pdf *pdf, const char *text); /* line feeds begin new paragraphs */
void pdf_lead(struct pdf *pdf, const char *text);      /* larger: what the paper is about */
void pdf_small(struct pdf *pdf, const char *text);     /* notes */
void pdf_inset(struct pdf *pdf, const char *text);     /* set off by a bar at its side    */

/* A paragraph that leads to an address; one that is neither http, https nor mailto is only text. */
void pdf_link(struct pdf *pdf, const char *text, const char *url);

void pdf_list(struct pdf *pdf, const char *const *items, int count, bool is_numbered);

/* What something is called, and what it is: a table of two columns without a header. */
struct pdf_pair {
    const char *key;
    const char *value; /* "" or NULL: "Not given" */
};
void pdf_pairs(struct pdf *pdf, const struct pdf_pair *pairs, int count);

struct pdf_column {
    const char *heading;
    int share; /* of the width, against the other columns; all 0: by what they hold */
    bool is_numeric;
};

struct pdf_table {
    const char *caption; /* a heading of its own above the table; NULL: none */
    const struct pdf_column *columns;
    int column_count;         /* at most PDF_COLUMNS: further ones are left out      */
    const char *const *cells; /* row after row, column_count cells each              */
    int row_count;
};

/* Headers are repeated on each page.  A row stays on one page unless it is longer than a page. */
void pdf_table(struct pdf *pdf, const struct pdf_table *table);

/* Who has signed, or is to sign by hand: side by side, two in a line.  What is NULL or "" is a
 * line to write on. */
struct pdf_signature {
    const char *role; /* "Chief executive" */
    const char *name;
    const char *organisation;
    const char *signed_on; /* as it is to be shown: "9 March 2026" */
};
void pdf_signatures(struct pdf *pdf, const struct pdf_signature *signatures, int count);

/* Something to fill in by hand: its label, and so many lines to write on. */
void pdf_blank(struct pdf *pdf, const char *label, int lines);

/* A box to tick, and what it means. */
void pdf_tick(struct pdf *pdf, const char *text);

/* A code to scan with a heading and words at its side; alternative is what it says to those who
 * hear the paper.  Stays on one page. */
struct pdf_code {
    struct qr qr;
    const char *alternative;
    const char *heading;
    const char *text;
};
void pdf_code(struct pdf *pdf, const struct pdf_code *code);

/* A PNG picture, as wide as said and never wider than the page, in the middle of a certificate.
 * alternative "" or NULL: it only decorates. */
struct pdf_image {
    const void *png;
    size_t png_bytes;
    int width_mm;
    const char *alternative;
};
void pdf_image(struct pdf *pdf, const struct pdf_image *image);

void pdf_rule(struct pdf *pdf);
void pdf_space(struct pdf *pdf, int height_mm);
void pdf_new_page(struct pdf *pdf);

/*
 * Lays the paper out and gives its bytes, which live with ctx->mem.  Takes about 50 ms for a page,
 * most of it for finding fonts; a thousand rows of a table take about a second.
 *
 * ERR_INVALID  more than PDF_PAGES pages or PDF_BYTES bytes, or a picture that is no PNG
 * ERR_FAULT    the library failed
 */
MUST_CHECK enum status pdf_end(struct pdf *pdf, struct text_span *out);

#endif
