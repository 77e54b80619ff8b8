/* SPDX-License-Identifier: MIT */
/*
 * register_progress_web.c - the pages of the programme a quarter; the routes stand in
 * register_web.c.
 */
#include "platform/base/time.h"
#include "programme/register/register_page.html.h"
#include "programme/register/register_web.h"

#include <ctype.h>
#include <string.h>

enum { BARS_MAX = 12, BAR_WIDTH = 200, BAR_STEP = 42 };

/* What is counted of pledges, in the order of tables and files. */
static const struct {
    const char *heading, *member;
    size_t at;
} figures[] = {
    {"Signed", "signed", offsetof(struct register_figures, signed_count)},
    {"New in force", "published", offsetof(struct register_figures, published)},
    {"Renewed", "renewed", offsetof(struct register_figures, renewed)},
    {"Lapsed", "lapsed", offsetof(struct register_figures, lapsed)},
    {"Withdrawn", "withdrawn", offsetof(struct register_figures, withdrawn)},
    {"Joined", "merged", offsetof(struct register_figures, merged)},
    {"In force", "in_force", offsetof(struct register_figures, in_force)},
};
enum { FIGURES = sizeof figures / sizeof figures[0] };

static int64_t figure(const struct register_figures *f, size_t i)
{
    return *(const int64_t *)((const char *)f + figures[i].at);
}

/* "2026-27-q1" for "2026/27 Q1" */
static const char *slug_of(struct mem *mem, const char *name)
{
    char *slug = mem_text(mem, name);
    for (char *p = slug; *p != '\0'; p++)
        *p = *p == '/' || *p == ' ' ? '-' : (char)tolower((unsigned char)*p);
    return slug;
}

/* "2026/27 Q1 (April to June 2026)" */
static const char *long_name(struct mem *mem, const struct register_quarter *q)
{
    const char *first = register_month_text(mem, mem_text_part(mem, q->first_on, 7));
    const char *last = register_month_text(mem, mem_text_part(mem, q->last_on, 7));
    return mem_format(mem, "%s (%.*s to %s)", q->name, (int)strcspn(first, " "), first, last);
}

/* ---- tables ---- */

struct figures_table {
    const char *caption, *caption_classes, *first_heading;
    bool has_people; /* a last column */
    const struct table_row *rows;
    size_t count;
};

static struct html table_of(struct mem *mem, const struct figures_table *t)
{
    struct view out = {.mem = mem};
    struct table_cell *head = mem_array(mem, struct table_cell, FIGURES + 2);
    head[0] = (struct table_cell){.text = t->first_heading};
    for (size_t i = 0; i < FIGURES; i++)
        head[i + 1] = (struct table_cell){.text = figures[i].heading, .format = "numeric"};
    head[FIGURES + 1] = (struct table_cell){.text = "People", .format = "numeric"};
    table(&out, &(const struct table){
                    .caption = {.text = t->caption, .size = "m", .classes = t->caption_classes},
                    .head = head,
                    .head_count = FIGURES + 1 + t->has_people,
                    .rows = t->rows,
                    .row_count = t->count,
                    .first_cell_is_header = true,
                    .responsive = true});
    return view_html(&out);
}

/* With room for one cell more. */
static struct table_row row_of(struct mem *mem, const char *name, const struct register_figures *f,
                               struct table_cell **more_out)
{
    struct table_cell *cells = mem_array(mem, struct table_cell, FIGURES + 2);
    cells[0] = (struct table_cell){.text = name};
    for (size_t i = 0; i < FIGURES; i++)
        cells[i + 1] =
            (struct table_cell){.text = register_number(mem, figure(f, i)), .format = "numeric"};
    if (more_out != NULL)
        *more_out = &cells[FIGURES + 1];
    return (struct table_row){cells, FIGURES + 1 + (more_out != NULL)};
}

static void fill_tables(struct mem *mem, struct register_progress_page *page)
{
    const struct register_progress *progress = page->progress;
    const struct register_quarter *chosen = page->chosen;
    struct table_row *rows = mem_array(mem, struct table_row, progress->quarter_count);
    struct table_cell *people;
    for (size_t i = 0; i < progress->quarter_count; i++) {
        rows[i] = row_of(mem, page->names[i], &progress->quarters[i].all, &people);
        *people = (struct table_cell){
            .text = register_number(mem, progress->quarters[i].individuals), .format = "numeric"};
    }
    page->quarters =
        table_of(mem, &(const struct figures_table){"The whole programme", NULL, "Quarter", true,
                                                    rows, progress->quarter_count});
    rows = mem_array(mem, struct table_row, chosen->region_count + 1);
    for (size_t i = 0; i < chosen->region_count; i++)
        rows[i] = row_of(mem, chosen->regions[i].name, &chosen->regions[i].figures, NULL);
    rows[chosen->region_count] = row_of(mem, "All", &chosen->all, NULL);
    page->regions = table_of(
        mem, &(const struct figures_table){page->chosen_name, "nhsuk-u-visually-hidden", "Region",
                                           false, rows, chosen->region_count + 1});
}

/* ---- the chart ---- */

static void fill_bars(struct mem *mem, struct register_progress_page *page)
{
    const struct register_progress *progress = page->progress;
    size_t count = progress->quarter_count < BARS_MAX ? progress->quarter_count : BARS_MAX;
    int64_t most = 1;
    for (size_t i = 0; i < count; i++) {
        const struct register_figures *f = &progress->quarters[i].all;
        most = f->in_force > most ? f->in_force : most;
        most = f->signed_count > most ? f->signed_count : most;
    }
    page->bars = mem_array(mem, struct register_bar, count);
    for (size_t i = count; i > 0; i--) {
        const struct register_quarter *q = &progress->quarters[i - 1];
        page->bars[page->bar_count] =
            (struct register_bar){.name = q->name,
                                  .y = (int)page->bar_count * BAR_STEP,
                                  .width = (int)(BAR_WIDTH * q->all.in_force / most),
                                  .signed_width = (int)(BAR_WIDTH * q->all.signed_count / most),
                                  .in_force = q->all.in_force,
                                  .signed_count = q->all.signed_count};
        page->bar_count++;
    }
    page->height = (int)page->bar_count * BAR_STEP;
}

/* ---- the page ---- */

/* The quarter that the address asks for, else the newest.  False: there is none such. */
static bool choose(struct mem *mem, struct register_progress_page *page, const char *asked)
{
    struct time_period period;
    const struct register_progress *progress = page->progress;
    page->chosen = asked[0] == '\0' && progress->quarter_count > 0 ? &progress->quarters[0] : NULL;
    if (asked[0] == '\0')
        return true;
    if (time_period_read(mem, TIME_FINANCIAL_QUARTER, asked, &period) != OK)
        return false;
    for (size_t i = 0; i < progress->quarter_count; i++)
        if (strcmp(progress->quarters[i].first_on, period.first_on) == 0)
            page->chosen = &progress->quarters[i];
    return page->chosen != NULL;
}

static void fill(struct mem *mem, struct register_progress_page *page)
{
    const struct register_progress *progress = page->progress;
    page->names = mem_array(mem, const char *, progress->quarter_count);
    page->slugs = mem_array(mem, const char *, progress->quarter_count);
    for (size_t i = 0; i < progress->quarter_count; i++) {
        page->names[i] = long_name(mem, &progress->quarters[i]);
        page->slugs[i] = slug_of(mem, progress->quarters[i].name);
    }
    page->chosen_name = long_name(mem, page->chosen);
    page->chosen_is_over = strcmp(page->chosen->counted_on, page->chosen->last_on) == 0;
    page->counted_on = time_show_day(mem, progress->quarters[0].counted_on);
    fill_bars(mem, page);
    fill_tables(mem, page);
}

enum status register_progress_page(struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    struct register_progress progress;
    struct register_progress_page page = {.progress = &progress};
    TRY(register_progress(request->ctx, &progress));
    answer->page =
        (struct web_page){.title = "How the programme goes",
                          .section = "/pledges",
                          .is_wide = true,
                          .crumbs = {{"Home", "/"}, {"Partnership Pledges", "/pledges"}}};
    if (!choose(mem, &page, web_query(request, "quarter")))
        return web_sorry(request, answer, 404, "There are no figures for this quarter",
                         "Choose one of the quarters on the page “How the programme goes”.");
    if (page.chosen != NULL)
        fill(mem, &page);
    answer->is_public = answer->is_same_all_day = true;
    register_progress_show(&answer->body, &page);
    return OK;
}

/* ---- the same in files ---- */

/* Of a region, or of all with the people. */
static void write_row(struct csv_writer *csv, const struct register_quarter *q,
                      const struct register_region_figures *region, bool is_all)
{
    csv_write_text(csv, q->name);
    csv_write_text(csv, q->first_on);
    csv_write_text(csv, q->counted_on);
    csv_write_text(csv, region->code);
    csv_write_text(csv, region->name);
    for (size_t i = 0; i < FIGURES; i++)
        csv_write_int(csv, figure(&region->figures, i));
    if (is_all)
        csv_write_int(csv, q->individuals);
    else
        csv_write_text(csv, "");
    csv_write_row_end(csv);
}

enum status register_progress_csv(struct web_request *request, struct web_answer *answer)
{
    static const char *const heads[] = {"Quarter", "First day", "Counted to", "Region",
                                        "Name of the region"};
    struct register_progress progress;
    struct csv_writer csv;
    TRY(register_progress(request->ctx, &progress));
    csv_write_begin(&csv, request->ctx->mem, true);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        csv_write_text(&csv, heads[i]);
    for (size_t i = 0; i < FIGURES; i++)
        csv_write_text(&csv, figures[i].heading);
    csv_write_text(&csv, "People");
    csv_write_row_end(&csv);
    for (size_t q = 0; q < progress.quarter_count; q++) {
        const struct register_quarter *quarter = &progress.quarters[q];
        const struct register_region_figures all = {"", "All", quarter->all};
        write_row(&csv, quarter, &all, true);
        for (size_t r = 0; r < quarter->region_count; r++)
            write_row(&csv, quarter, &quarter->regions[r], false);
    }
    register_csv_send(answer, &csv, "programme-by-quarter.csv");
    return OK;
}

static json_t *json_of(const struct register_figures *f)
{
    json_t *json = json_object();
    for (size_t i = 0; i < FIGURES; i++)
        json_object_set_new(json, figures[i].member, json_integer(figure(f, i)));
    return json;
}

static json_t *json_of_regions(const struct register_quarter *q)
{
    json_t *regions = json_array();
    for (size_t r = 0; r < q->region_count; r++)
        json_array_append_new(regions, json_pack("{s:s,s:s,s:o}", "code", q->regions[r].code,
                                                 "name", q->regions[r].name, "figures",
                                                 json_of(&q->regions[r].figures)));
    return regions;
}

enum status register_progress_json(struct web_request *request, struct web_answer *answer)
{
    struct register_progress progress;
    TRY(register_progress(request->ctx, &progress));
    json_t *quarters = json_array();
    for (size_t q = 0; q < progress.quarter_count; q++)
        json_array_append_new(
            quarters,
            json_pack("{s:s,s:s,s:s,s:I,s:o,s:o}", "quarter", progress.quarters[q].name, "first_on",
                      progress.quarters[q].first_on, "counted_on", progress.quarters[q].counted_on,
                      "individuals", (json_int_t)progress.quarters[q].individuals, "all",
                      json_of(&progress.quarters[q].all), "regions",
                      json_of_regions(&progress.quarters[q])));
    return register_json_send(request, answer, json_pack("{s:o}", "quarters", quarters));
}

#define FIGURES_SCHEMA                                                                             \
    "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"},\"required\":["          \
    "\"signed\",\"published\",\"renewed\",\"lapsed\",\"withdrawn\",\"merged\",\"in_force\"]}"

const char register_progress_schema[] =
    "{\"type\":\"object\",\"required\":[\"quarters\"],\"properties\":{\"quarters\":"
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"quarter\",\"first_on\","
    "\"counted_on\",\"individuals\",\"all\",\"regions\"],\"properties\":{\"quarter\":{\"type\":"
    "\"string\"},"
    "\"first_on\":{\"type\":\"string\"},\"counted_on\":{\"type\":\"string\"},"
    "\"all\":" FIGURES_SCHEMA ",\"regions\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"required\":[\"code\",\"name\",\"figures\"],\"properties\":{\"code\":{\"type\":\"string\"},"
    "\"name\":{\"type\":\"string\"},\"figures\":" FIGURES_SCHEMA "}}}}}}}}";
