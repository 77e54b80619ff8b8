/* SPDX-License-Identifier: MIT */
/*
 * pdf_table.c - tables that go over pages, and pairs, which are tables without a header.
 *
 * A row that is longer than a page goes on as another row: a cell's tag cannot be opened twice.
 * The header that is repeated on later pages has no tags, as those who hear the table know it.
 */
#include "platform/document/pdf_draw.h"

#include <string.h>

enum { MEASURED_ROWS = 60 };

static const double cell_side = 5;
static const double cell_above = 5;
static const double narrowest = 34;
static const double widest = 250;

struct grid {
    const struct pdf_column *columns;
    int column_count;
    double widths[PDF_COLUMNS]; /* with the space at both sides of the text */
    bool has_header;            /* a row above, repeated on each page       */
    bool is_pairs;              /* the first cell of each row is its header */
};

struct row {
    const char *const *cells;
    bool is_header;
    bool is_tagged;
    PangoLayout *layouts[PDF_COLUMNS];
    int drawn[PDF_COLUMNS]; /* lines that are on the paper */
};

/* ---- widths ---- */

static double natural_width(struct pdf_pen *pen, enum pdf_style style, const char *text)
{
    PangoLayout *layout = pdf_set(pen, style, text, -1);
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    pdf_set_end(layout);
    double width = (double)box.width / PANGO_SCALE + 2 * cell_side + 1;
    return width < narrowest ? narrowest : width > widest ? widest : width;
}

static void measure(struct pdf_pen *pen, const struct pdf_table *table, struct grid *grid)
{
    for (int c = 0; c < grid->column_count; c++) {
        grid->widths[c] = natural_width(pen, PDF_CELL_BOLD, table->columns[c].heading);
        for (int r = 0; r < table->row_count && r < MEASURED_ROWS; r++) {
            const char *text = table->cells[r * table->column_count + c];
            double width = natural_width(pen, PDF_CELL, text);
            if (width > grid->widths[c])
                grid->widths[c] = width;
        }
    }
}

/* Narrow columns keep what they need; the others share what is left evenly. */
static void share_out(struct grid *grid, double width)
{
    bool is_set[PDF_COLUMNS] = {false};
    int open = grid->column_count;
    double left = width;
    for (bool is_again = true; is_again && open > 0;) {
        is_again = false;
        double fair = left / open;
        for (int c = 0; c < grid->column_count; c++) {
            if (is_set[c] || grid->widths[c] > fair)
                continue;
            is_set[c] = is_again = true;
            left -= grid->widths[c];
            open--;
        }
    }
    double spare = open > 0 ? 0 : left / grid->column_count;
    for (int c = 0; c < grid->column_count; c++)
        grid->widths[c] = is_set[c] ? grid->widths[c] + spare : left / open;
}

static void set_widths(struct pdf_pen *pen, const struct pdf_table *table, struct grid *grid)
{
    int shares = 0;
    for (int c = 0; c < grid->column_count; c++)
        shares += table->columns[c].share > 0 ? table->columns[c].share : 0;
    if (shares == 0) {
        measure(pen, table, grid);
        share_out(grid, pen->width);
        return;
    }
    for (int c = 0; c < grid->column_count; c++)
        grid->widths[c] = pen->width * table->columns[c].share / shares;
}

/* ---- rows ---- */

static void row_begin(struct pdf_pen *pen, const struct grid *grid, struct row *row)
{
    for (int c = 0; c < grid->column_count; c++) {
        bool is_bold = row->is_header || (grid->is_pairs && c == 0);
        PangoLayout *layout = pdf_set(pen, is_bold ? PDF_CELL_BOLD : PDF_CELL, row->cells[c],
                                      grid->widths[c] - 2 * cell_side);
        if (grid->columns != NULL && grid->columns[c].is_numeric)
            pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
        row->layouts[c] = layout;
        row->drawn[c] = 0;
    }
}

static void row_end(const struct grid *grid, struct row *row)
{
    for (int c = 0; c < grid->column_count; c++)
        pdf_set_end(row->layouts[c]);
}

static int line_count(const struct row *row, int c)
{
    return pango_layout_get_line_count(row->layouts[c]);
}

/* The height of what is not yet drawn. */
static double row_height(const struct grid *grid, const struct row *row)
{
    double height = 0;
    for (int c = 0; c < grid->column_count; c++) {
        struct pdf_lines rest = {row->drawn[c], line_count(row, c)};
        double lines = pdf_lines_height(row->layouts[c], rest);
        if (lines > height)
            height = lines;
    }
    return height + 2 * cell_above;
}

static void draw_cell(struct pdf_pen *pen, const struct grid *grid, struct row *row, int c,
                      const double place[2])
{
    bool is_header = row->is_header || (grid->is_pairs && c == 0);
    const char *tag = is_header ? "TH" : "TD";
    double room = pen->bottom - pen->y - 2 * cell_above;
    int last = pdf_lines_fit(row->layouts[c], row->drawn[c], room);
    if (last == row->drawn[c] && last < line_count(row, c) && pen->y <= pen->top)
        last++;
    if (row->is_tagged) {
        if (is_header && pen->cr != NULL)
            text_add(&pen->notes->th_scopes, row->is_header ? "c" : "r");
        pdf_tag_begin(pen, tag, NULL);
    }
    pdf_ink(pen, PDF_INK_TEXT);
    pdf_lines_draw(pen, row->layouts[c], (struct pdf_lines){row->drawn[c], last}, place[0],
                   place[1]);
    if (row->is_tagged)
        pdf_tag_end(pen, tag);
    row->drawn[c] = last;
}

/* Draws what fits on this page; false when lines are left. */
static bool draw_part(struct pdf_pen *pen, const struct grid *grid, struct row *row)
{
    double x = pen->left;
    double whole = row_height(grid, row);
    bool is_done = true;
    if (row->is_tagged)
        pdf_tag_begin(pen, "TR", NULL);
    for (int c = 0; c < grid->column_count; c++) {
        const double place[2] = {x + cell_side, pen->y + cell_above};
        draw_cell(pen, grid, row, c, place);
        x += grid->widths[c];
        is_done = is_done && row->drawn[c] == line_count(row, c);
    }
    if (row->is_tagged)
        pdf_tag_end(pen, "TR");
    pen->y = is_done ? pen->y + whole : pen->bottom;
    double thick = row->is_header ? 1.5 : 0.5;
    const double line[4] = {pen->left, pen->y - thick, pen->width, thick};
    pdf_fill(pen, row->is_header ? PDF_INK_TEXT : PDF_INK_LINE, line);
    return is_done;
}

static double draw_header(struct pdf_pen *pen, const struct grid *grid, bool is_tagged)
{
    if (!grid->has_header)
        return 0;
    const char *cells[PDF_COLUMNS];
    for (int c = 0; c < grid->column_count; c++)
        cells[c] = grid->columns[c].heading;
    struct row row = {.cells = cells, .is_header = true, .is_tagged = is_tagged};
    row_begin(pen, grid, &row);
    double height = row_height(grid, &row);
    draw_part(pen, grid, &row);
    row_end(grid, &row);
    return height;
}

static void draw_row(struct pdf_pen *pen, const struct grid *grid, const char *const *cells)
{
    struct row row = {.cells = cells, .is_tagged = true};
    row_begin(pen, grid, &row);
    double height = row_height(grid, &row);
    bool fits_a_page = height < (pen->bottom - pen->top) * 0.8;
    bool fits_here = pen->y + height <= pen->bottom;
    bool is_little_room = pen->bottom - pen->y < 4 * 14;
    if (!fits_here && (fits_a_page || is_little_room)) {
        pdf_page_next(pen);
        draw_header(pen, grid, false);
    }
    while (pen->problem == NULL && !draw_part(pen, grid, &row)) {
        pdf_page_next(pen);
        draw_header(pen, grid, false);
    }
    row_end(grid, &row);
}

void pdf_table_draw(struct pdf_pen *pen, const struct pdf_table *table)
{
    struct grid grid = {.columns = table->columns, .has_header = true};
    grid.column_count = table->column_count < PDF_COLUMNS ? table->column_count : PDF_COLUMNS;
    set_widths(pen, table, &grid);
    pdf_page_need(pen, 80); /* caption, header and a row stay together */
    pdf_tag_begin(pen, "Table", NULL);
    if (table->caption != NULL) {
        const double place[3] = {pen->left, pen->y, pen->width};
        pen->y += pdf_put(pen, "Caption", PDF_HEADING_3, table->caption, place) + 4;
    }
    draw_header(pen, &grid, true);
    for (int r = 0; r < table->row_count && pen->problem == NULL; r++)
        draw_row(pen, &grid, table->cells + (ptrdiff_t)r * table->column_count);
    pdf_tag_end(pen, "Table");
}

void pdf_pairs_draw(struct pdf_pen *pen, const struct pdf_pair *pairs, int count)
{
    struct grid grid = {.column_count = 2, .is_pairs = true};
    grid.widths[0] = pen->width * 0.34;
    grid.widths[1] = pen->width - grid.widths[0];
    pdf_tag_begin(pen, "Table", NULL);
    for (int i = 0; i < count && pen->problem == NULL; i++) {
        bool is_given = pairs[i].value != NULL && pairs[i].value[0] != '\0';
        const char *const cells[2] = {pairs[i].key, is_given ? pairs[i].value : "Not given"};
        draw_row(pen, &grid, cells);
    }
    pdf_tag_end(pen, "Table");
}
