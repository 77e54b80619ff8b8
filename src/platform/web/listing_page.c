/* SPDX-License-Identifier: MIT */
/*
 * listing_page.c - the page of a listing; its routes are the table at the end.
 */
#include "platform/base/time.h"
#include "platform/web/listing_internal.h"
#include "platform/web/listing_view.html.h"

#include <inttypes.h>
#include <string.h>

/* ---- cells ---- */

/* With a comma between thousands; written from the last digit on. */
static const char *number_text(struct mem *mem, int64_t n)
{
    char text[32];
    size_t at = sizeof text;
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    for (int digits = 0; rest > 0 || digits == 0; digits++, rest /= 10) {
        if (digits > 0 && digits % 3 == 0)
            text[--at] = ',';
        text[--at] = (char)('0' + rest % 10);
    }
    if (n < 0)
        text[--at] = '-';
    return mem_text_part(mem, text + at, sizeof text - at);
}

static enum status column_options(struct asking *a, const struct listing_column *column,
                                  const struct form_option **out)
{
    if (column->options_from != NULL)
        return column->options_from(a->ctx, out);
    *out = column->options;
    return OK;
}

static const char *plain_text(struct mem *mem, const struct store_value *value)
{
    switch (value->type) {
    case STORE_INT:
        return mem_format(mem, "%" PRId64, value->n);
    case STORE_REAL:
        return mem_format(mem, "%.10g", value->real);
    default:
        return value->text;
    }
}

static const char *cell_text(struct asking *a, const struct listing_column *column,
                             const struct form_option *options, const struct store_value *value)
{
    if (value->is_null)
        return "";
    switch (column->format) {
    case LISTING_NUMBER:
        return value->type == STORE_INT ? number_text(a->ctx->mem, value->n)
                                        : plain_text(a->ctx->mem, value);
    case LISTING_DATE:
        return value->text[0] == '\0' ? "" : time_show_day(a->ctx->mem, value->text);
    case LISTING_TIME:
        return time_show(a->ctx->mem, value->n);
    case LISTING_CODE:
    case LISTING_TAG: {
        const char *code = plain_text(a->ctx->mem, value);
        const struct form_option *option = form_option_of(options, code);
        return option == NULL ? code : option->label;
    }
    case LISTING_TEXT:
        if (column->show != NULL)
            return column->show(a->ctx->mem, value->text);
        break;
    }
    return plain_text(a->ctx->mem, value);
}

enum status listing_cell_text(struct asking *a, const struct listing_column *column,
                              const struct store_value *row, const char **out)
{
    const struct form_option *options = NULL;
    if (column->format == LISTING_CODE || column->format == LISTING_TAG)
        TRY(column_options(a, column, &options));
    *out = cell_text(a, column, options, &row[listing_column_at(a->listing, column->name)]);
    return OK;
}

/* ---- links of cells ---- */

/* A pattern "/pledges/:reference": which column stands in it, and where. */
struct link {
    const char *before; /* the whole address when at is -1; NULL: no link */
    int at;             /* column of the value that stands behind it; -1: none */
    const struct link *rest;
};

static const struct link *link_read(struct mem *mem, const struct listing *listing,
                                    const char *pattern)
{
    struct link *link = mem_new(mem, struct link);
    *link = (struct link){.before = pattern, .at = -1};
    const char *colon = pattern == NULL ? NULL : strchr(pattern, ':');
    if (colon == NULL)
        return link;
    size_t length = strcspn(colon + 1, "/?#");
    link->before = mem_text_part(mem, pattern, (size_t)(colon - pattern));
    link->at = listing_column_at(listing, mem_text_part(mem, colon + 1, length));
    link->rest = link_read(mem, listing, colon + 1 + length);
    return link;
}

static const char *link_of(struct mem *mem, const struct link *link, const struct store_value *row)
{
    if (link->at < 0)
        return link->before;
    const struct store_value *value = &row[link->at];
    const char *text = value->is_null ? "" : plain_text(mem, value);
    return mem_join(mem, link->before, text, link_of(mem, link->rest, row));
}

const char *listing_cell_link(struct mem *mem, const struct listing *listing, const char *pattern,
                              const struct store_value *row)
{
    return link_of(mem, link_read(mem, listing, pattern), row);
}

/* ---- the table ---- */

/* What a column on the page needs, found once. */
struct page_column {
    const struct listing_column *declared;
    const struct form_option *options;
    int at;
    const struct link *link;
};

static size_t page_columns(struct asking *a, const struct listing_parts *parts,
                           struct page_column *out)
{
    size_t count = 0;
    const struct listing_column *columns = a->listing->columns;
    for (int i = 0; columns[i].name != NULL; i++) {
        const struct listing_column *c = &columns[i];
        if (!c->is_in_files_only)
            out[count++] = (struct page_column){
                .declared = c,
                .options = c->options_from != NULL ? parts->options[i] : c->options,
                .at = listing_column_at(a->listing, c->name),
                .link = link_read(a->ctx->mem, a->listing, c->link)};
    }
    return count;
}

static struct listing_cell page_cell(struct asking *a, const struct page_column *column,
                                     const struct listing_row *row)
{
    const struct listing_column *declared = column->declared;
    const struct store_value *value = &row->values[column->at];
    struct listing_cell cell = {
        .text = cell_text(a, declared, column->options, value),
        .href = link_of(a->ctx->mem, column->link, row->values),
        .is_number = declared->format == LISTING_NUMBER,
    };
    if (declared->format == LISTING_TAG && !value->is_null) {
        const struct form_option *option =
            form_option_of(column->options, plain_text(a->ctx->mem, value));
        cell.tag_class = option != NULL && option->hint != NULL ? option->hint : "";
    }
    return cell;
}

static void fill_table(struct asking *a, const struct portion *portion,
                       const struct listing_parts *parts, struct listing_page *page)
{
    struct page_column columns[STORE_COLUMNS_MAX];
    size_t count = page_columns(a, parts, columns);
    const char **headings = mem_array(a->ctx->mem, const char *, count);
    bool *is_number = mem_array(a->ctx->mem, bool, count);
    for (size_t i = 0; i < count; i++) {
        headings[i] = columns[i].declared->heading;
        is_number[i] = columns[i].declared->format == LISTING_NUMBER;
    }
    page->headings = headings;
    page->is_number = is_number;
    page->heading_count = count;
    page->lines = mem_array(a->ctx->mem, struct listing_line, portion->count);
    page->line_count = portion->count;
    struct listing_cell *cells =
        mem_array(a->ctx->mem, struct listing_cell, count * portion->count);
    for (size_t i = 0; i < portion->count; i++, cells += count) {
        for (size_t k = 0; k < count; k++)
            cells[k] = page_cell(a, &columns[k], &portion->rows[i]);
        page->lines[i] = (struct listing_line){cells, headings, count};
    }
}

static void fill_cards(struct asking *a, const struct portion *portion, struct listing_page *page)
{
    struct view cards = {.mem = a->ctx->mem};
    for (size_t i = 0; i < portion->count; i++)
        a->listing->card(&cards, portion->rows[i].values);
    page->cards = view_html(&cards);
    page->has_cards = portion->count > 0;
}

/* ---- the page ---- */

static const char *total_text(struct asking *a, int64_t total)
{
    const char *noun = total == 1 ? a->listing->one : a->listing->many;
    if (total > LISTING_COUNT_MOST)
        return mem_format(a->ctx->mem, "Over %s %s", number_text(a->ctx->mem, LISTING_COUNT_MOST),
                          noun);
    return mem_format(a->ctx->mem, "%s %s", number_text(a->ctx->mem, total), noun);
}

static void fill_links(const struct asking *a, const struct portion *portion,
                       struct listing_page *page)
{
    static const struct {
        const char *text, *ending;
    } files[] = {{"CSV", ".csv"}, {"Excel", ".xlsx"}, {"JSON", ".json"}};
    const struct listing *listing = a->listing;
    if (portion->has_before && portion->count > 0)
        page->before_href = asking_address(a, "", -1, asking_place(a, &portion->rows[0], "before"));
    if (portion->has_after && portion->count > 0)
        page->after_href =
            asking_address(a, "", -1, asking_place(a, &portion->rows[portion->count - 1], "after"));
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        page->files[page->file_count++] =
            (struct listing_file){files[i].text, asking_address(a, files[i].ending, -1, "")};
    if (listing->dated_column != NULL)
        page->files[page->file_count++] =
            (struct listing_file){"Feed", asking_address(a, ".atom", -1, "")};
    if (listing->starts_column != NULL)
        page->files[page->file_count++] =
            (struct listing_file){"Calendar", asking_address(a, ".ics", -1, "")};
}

static enum status fill_empty(struct asking *a, struct listing_page *page)
{
    struct view words = {.mem = a->ctx->mem};
    if (a->listing->empty != NULL)
        TRY(a->listing->empty(a->request, &words));
    else
        view_text(&words, mem_format(a->ctx->mem, "There are no %s yet.", a->listing->many));
    page->empty = view_html(&words);
    return OK;
}

static void fill_answer(const struct asking *a, struct web_answer *answer)
{
    const struct listing *listing = a->listing;
    answer->page.title = listing->title;
    answer->page.section = listing->section;
    answer->page.is_wide = true;
    answer->is_public = a->request->route->access == WEB_PUBLIC;
    answer->is_same_all_day = true;
    for (size_t i = 0; i < sizeof listing->crumbs / sizeof listing->crumbs[0]; i++)
        answer->page.crumbs[i] = listing->crumbs[i];
    answer->page.feeds[0] =
        listing->dated_column != NULL ? asking_address(a, ".atom", -1, "") : NULL;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct asking a;
    struct portion portion;
    struct view intro = {.mem = request->ctx->mem};
    struct listing_page page = {0};
    const struct listing_parts *parts;
    TRY(asking_read(request, 0, &a));
    size_t rows = a.listing->page_rows > 0 ? (size_t)a.listing->page_rows : LISTING_ROWS_USUAL;
    TRY(listing_parts(&a, &parts));
    TRY(asking_rows(&a, rows, &portion));
    if (a.listing->intro != NULL)
        TRY(a.listing->intro(request, &intro));
    page.title = a.listing->title;
    page.intro = view_html(&intro);
    page.filters = parts->filters;
    page.total = total_text(&a, parts->total);
    page.many = a.listing->many;
    page.is_filtered = a.is_filtered;
    page.clear_href = a.base;
    if (portion.count == 0)
        TRY(fill_empty(&a, &page));
    if (a.listing->card != NULL)
        fill_cards(&a, &portion, &page);
    else
        fill_table(&a, &portion, parts, &page);
    fill_links(&a, &portion, &page);
    fill_answer(&a, answer);
    listing_show(&answer->body, &page);
    return OK;
}

const struct web_route listing_routes[] = {
    {.method = "GET", .path = "", .handler = show, .summary = "The page."},
    {.method = "GET", .path = ".json", .handler = listing_json, .summary = "As JSON."},
    {.method = "GET", .path = ".csv", .handler = listing_csv, .summary = "As CSV, all rows."},
    {.method = "GET", .path = ".xlsx", .handler = listing_xlsx, .summary = "As a workbook."},
    {.method = "GET", .path = ".atom", .handler = listing_atom, .summary = "As a feed, if dated."},
    {.method = "GET",
     .path = ".ics",
     .handler = listing_ics,
     .summary = "As a calendar, if dated."},
    {0},
};
