/* SPDX-License-Identifier: MIT */
/*
 * register_snapshot_web.c - the register month by month.
 *
 *   /pledges/snapshots                 all months; also .json .csv .xlsx
 *   /pledges/snapshots/difference      what changed between two; also .csv .json
 *   /pledges/snapshots/:month          one month
 *   /pledges/snapshots/:month.json     its file, byte for byte as it was signed
 */
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/pledge/pledge.h"
#include "programme/register/register.sql.h"
#include "programme/register/register_page.html.h"
#include "programme/register/register_routes.h"
#include "programme/register/register_web.h"

#include <string.h>

enum { MONTHS_MAX = 1200, ROWS_SHOWN = 200 };

/* ---- all of them ---- */

static enum status intro(struct web_request *request, struct view *out)
{
    (void)request;
    register_snapshots_intro(out);
    return OK;
}

static enum status empty(struct web_request *request, struct view *out)
{
    (void)request;
    register_snapshots_empty(out);
    return OK;
}

static const struct listing_column columns[] = {
    {.name = "month",
     .heading = "Month",
     .link = "/pledges/snapshots/:month",
     .show = register_month_text},
    {.name = "in_force", .heading = "In force", .format = LISTING_NUMBER},
    {.name = "pledges", .heading = "On the register", .format = LISTING_NUMBER},
    {.name = "individuals", .heading = "People", .format = LISTING_NUMBER},
    {.name = "made_at", .heading = "Made", .format = LISTING_TIME},
    {.name = "digest", .heading = "Fingerprint", .is_in_files_only = true},
    {.name = "key_id", .heading = "Key", .is_in_files_only = true},
    {.name = "signature", .heading = "Signature", .is_in_files_only = true},
    {0}};
static const struct listing_order orders[] = {
    {"newest", "Newest first"}, {"oldest", "Oldest first"}, {0}};
static const struct listing snapshots = {
    .title = "The register month by month",
    .section = "/pledges",
    .query = &register_snapshot_list_query,
    .columns = columns,
    .orders = orders,
    .one = "month",
    .many = "months",
    .file_name = "register-snapshots",
    .crumbs = {{"Home", "/"}, {"Partnership Pledges", "/pledges"}},
    .intro = intro,
    .empty = empty,
};

/* ---- one month ---- */

/* Says why there is none of this month. */
static enum status say_missing(struct web_request *request, struct web_answer *answer,
                               const char *month)
{
    struct mem *mem = request->ctx->mem;
    const char *now = register_month_now(request->ctx), *next;
    if (!register_month_is_valid(month))
        return web_sorry(request, answer, 404, "This is not a month",
                         "Write a month with its year first, such as 2026-10.");
    const char *text = register_month_text(mem, month);
    if (strcmp(month, now) >= 0 && register_month_add(mem, month, 1, &next) == OK)
        return web_sorry(request, answer, 404, mem_format(mem, "%s is not over yet", text),
                         mem_format(mem, "Its snapshot is made on %s.",
                                    time_show_day(mem, mem_format(mem, "%s-01", next))));
    return web_sorry(request, answer, 404, mem_format(mem, "There is no snapshot of %s", text),
                     "Snapshots begin with the first month in which a pledge was public.");
}

static enum status find(struct web_request *request, struct web_answer *answer, const char *month,
                        struct register_snapshot *out)
{
    enum status status = register_month_is_valid(month)
                             ? register_snapshot_find(request->ctx, month, out)
                             : ERR_NOT_FOUND;
    return status == ERR_NOT_FOUND ? say_missing(request, answer, month) : status;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct mem *mem = request->ctx->mem;
    const char *month = web_value(request, "month"), *before;
    struct register_snapshot snapshot = {.month = "", .head = ""}, earlier;
    struct register_snapshot_page page = {.snapshot = &snapshot};
    TRY(find(request, answer, month, &snapshot));
    page.month = register_month_text(mem, month);
    page.made_at = time_show(mem, snapshot.made_at);
    TRY(register_month_add(mem, month, -1, &before));
    enum status status = register_snapshot_find(request->ctx, before, &earlier);
    if (status == OK) {
        page.before_month = before;
        page.before = register_month_text(mem, before);
    } else if (status != ERR_NOT_FOUND) {
        return status;
    }
    answer->page =
        (struct web_page){.title = mem_format(mem, "The register at the end of %s", page.month),
                          .section = "/pledges",
                          .crumbs = {{"Home", "/"},
                                     {"Partnership Pledges", "/pledges"},
                                     {"The register month by month", "/pledges/snapshots"}}};
    answer->is_public = answer->is_same_all_day = true;
    register_snapshot_show(&answer->body, &page);
    return OK;
}

/* ---- its file ---- */

struct sending {
    struct ctx *ctx; /* of the stream */
    struct register_snapshot snapshot;
    const char *after; /* NULL: that was all */
};

static enum status send_next(void *arg, struct view *out)
{
    struct sending *sending = arg;
    struct mem *whole = sending->ctx->mem;
    sending->ctx->mem = mem_child(whole);
    enum status status = register_snapshot_part(sending->ctx, &sending->snapshot, sending->after,
                                                out, &sending->after);
    if (sending->after != NULL)
        sending->after = mem_text(whole, sending->after);
    mem_end(sending->ctx->mem);
    sending->ctx->mem = whole;
    TRY(status);
    return sending->after == NULL ? ERR_NOT_FOUND : OK;
}

static enum status download(struct web_request *request, struct web_answer *answer)
{
    const char *month = web_value(request, "month");
    struct register_snapshot snapshot = {.month = "", .head = ""};
    struct ctx *ctx;
    TRY(find(request, answer, month, &snapshot));
    TRY(web_stream(request, answer, &ctx));
    struct sending *sending = mem_new(ctx->mem, struct sending);
    *sending = (struct sending){.ctx = ctx, .after = ""};
    sending->snapshot.month = mem_text(ctx->mem, month);
    sending->snapshot.head = mem_text(ctx->mem, snapshot.head);
    answer->content_type = "application/json";
    answer->download_name = mem_format(request->ctx->mem, "register-%s.json", month);
    answer->stream = send_next;
    answer->stream_arg = sending;
    return OK;
}

/* ---- two months ---- */

/* What an address asks for; without any, the two newest. */
struct asked {
    const char *from, *to;
    const char *problem; /* NULL: there is none */
    bool is_missing;     /* a month that there is no snapshot of */
};

static bool is_there(const struct register_snapshot_months_row *months, size_t count,
                     const char *month)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(months[i].month, month) == 0)
            return true;
    return false;
}

static const char *problem_of(struct ctx *ctx, const char *month)
{
    if (!register_month_is_valid(month))
        return "Choose two months of the list";
    const char *text = register_month_text(ctx->mem, month);
    return strcmp(month, register_month_now(ctx)) >= 0
               ? mem_format(ctx->mem, "%s is not over yet, so there is no snapshot of it", text)
               : mem_format(ctx->mem, "There is no snapshot of %s", text);
}

static void read_asked(struct web_request *request,
                       const struct register_snapshot_months_row *months, size_t count,
                       struct asked *out)
{
    *out = (struct asked){.from = web_query(request, "from"), .to = web_query(request, "to")};
    if (out->from[0] == '\0' && out->to[0] == '\0' && count > 1) {
        out->from = months[1].month;
        out->to = months[0].month;
    }
    if (out->from[0] == '\0' && out->to[0] == '\0')
        return;
    const char *bad = !is_there(months, count, out->from) ? out->from
                      : !is_there(months, count, out->to) ? out->to
                                                          : NULL;
    out->is_missing = bad != NULL && register_month_is_valid(bad);
    if (bad != NULL)
        out->problem = problem_of(request->ctx, bad);
    else if (out->to != NULL && strcmp(out->from, out->to) >= 0)
        out->problem = "The first month must be earlier than the second";
}

/* The months that can be chosen. */
struct choices {
    const struct register_snapshot_months_row *months;
    size_t count;
};

static struct html month_select(struct mem *mem, const struct choices *choices, const char *name,
                                const char *label, const char *chosen)
{
    struct view out = {.mem = mem};
    struct select_item *items = mem_array(mem, struct select_item, choices->count + 1);
    size_t made = 0;
    if (!is_there(choices->months, choices->count, chosen))
        items[made++] = (struct select_item){.text = "Choose a month", .value = ""};
    for (size_t i = 0; i < choices->count; i++)
        items[made++] =
            (struct select_item){.text = register_month_text(mem, choices->months[i].month),
                                 .value = choices->months[i].month};
    select_input(&out, &(const struct select_input){.label = {.text = label},
                                                    .name = name,
                                                    .items = items,
                                                    .item_count = made,
                                                    .value = chosen});
    return view_html(&out);
}

static const char *line_text(struct mem *mem, const struct register_line *line)
{
    if (line->reference == NULL)
        return "Not there";
    const char *state = pledge_state_text(pledge_state_of(line->state));
    return line->period > 1
               ? mem_format(mem, "%s, year %s", state, register_number(mem, line->period))
               : state;
}

static const char *change_text(const struct register_difference_row *row)
{
    static const char *const texts[] = {[REGISTER_ADDED] = "New",
                                        [REGISTER_CHANGED] = "Changed",
                                        [REGISTER_LEFT] = "No longer in force"};
    bool is_same_state = row->change == REGISTER_CHANGED && row->after.reference != NULL &&
                         strcmp(row->before.state, row->after.state) == 0;
    return is_same_state ? "Something was recorded" : texts[row->change];
}

/* The line that says who it is: of after, unless it is gone. */
static const struct register_line *who(const struct register_difference_row *row)
{
    return row->after.reference != NULL ? &row->after : &row->before;
}

static struct html rows_of(struct mem *mem, const struct register_difference *difference,
                           size_t count)
{
    enum { CELLS = 4 };
    static const struct table_cell head[CELLS] = {
        {.text = "Organisation"}, {.text = "What"}, {.text = "Before"}, {.text = "After"}};
    struct view out = {.mem = mem};
    struct table_row *rows = mem_array(mem, struct table_row, count);
    for (size_t i = 0; i < count; i++) {
        const struct register_difference_row *row = &difference->rows[i];
        struct table_cell *cells = mem_array(mem, struct table_cell, CELLS);
        cells[0] = (struct table_cell){.text = who(row)->name,
                                       .href = mem_format(mem, "/pledges/%s", who(row)->reference)};
        cells[1].text = change_text(row);
        cells[2].text = line_text(mem, &row->before);
        cells[3].text = line_text(mem, &row->after);
        rows[i] = (struct table_row){cells, CELLS};
    }
    table(&out, &(const struct table){
                    .caption = {.text = "What changed", .classes = "nhsuk-u-visually-hidden"},
                    .head = head,
                    .head_count = CELLS,
                    .rows = rows,
                    .row_count = count,
                    .responsive = true});
    return view_html(&out);
}

static struct html problem_summary(struct mem *mem, const char *problem)
{
    struct view out = {.mem = mem};
    const struct error_summary_item item = {.text = problem, .href = "#from"};
    error_summary(&out, &(const struct error_summary){.heading = {.text = "There is a problem"},
                                                      .error_list = &item,
                                                      .error_count = 1});
    return view_html(&out);
}

static enum status fill_difference(struct ctx *ctx, const struct asked *asked,
                                   struct register_difference *difference,
                                   struct register_difference_page *page)
{
    TRY(register_difference(ctx, asked->from, asked->to, difference));
    page->is_shown = true;
    page->from_month = asked->from;
    page->to_month = asked->to;
    page->from_text = register_month_text(ctx->mem, asked->from);
    page->to_text = register_month_text(ctx->mem, asked->to);
    page->difference = difference;
    page->shown_count = difference->count < ROWS_SHOWN ? difference->count : ROWS_SHOWN;
    page->rows = rows_of(ctx->mem, difference, page->shown_count);
    return OK;
}

static enum status show_difference(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct register_snapshot_months_row *months;
    struct register_difference difference = {.count = 0};
    struct register_difference_page page = {0};
    struct asked asked;
    size_t count;
    TRY(register_snapshot_months(ctx, MONTHS_MAX, &months, &count));
    read_asked(request, months, count, &asked);
    const struct choices choices = {months, count};
    page.from = month_select(ctx->mem, &choices, "from", "From the end of", asked.from);
    page.to = month_select(ctx->mem, &choices, "to", "To the end of", asked.to);
    if (asked.problem != NULL)
        page.problem = problem_summary(ctx->mem, asked.problem);
    else if (asked.to[0] != '\0')
        TRY(fill_difference(ctx, &asked, &difference, &page));
    answer->page =
        (struct web_page){.title = "What changed on the register",
                          .section = "/pledges",
                          .has_problem = asked.problem != NULL,
                          .crumbs = {{"Home", "/"},
                                     {"Partnership Pledges", "/pledges"},
                                     {"The register month by month", "/pledges/snapshots"}}};
    answer->is_public = answer->is_same_all_day = asked.problem == NULL;
    answer->code = asked.problem == NULL ? 0 : asked.is_missing ? 404 : 422;
    register_difference_show(&answer->body, &page);
    return OK;
}

/* For the files: the difference, or a page that says what is wrong. */
static enum status find_difference(struct web_request *request, struct web_answer *answer,
                                   struct asked *asked, struct register_difference *out)
{
    struct register_snapshot_months_row *months;
    size_t count;
    TRY(register_snapshot_months(request->ctx, MONTHS_MAX, &months, &count));
    read_asked(request, months, count, asked);
    if (asked->problem == NULL && asked->to[0] == '\0')
        asked->problem = "There are not two snapshots yet";
    if (asked->problem != NULL)
        return web_sorry(request, answer, 404, "These months cannot be compared", asked->problem);
    return register_difference(request->ctx, asked->from, asked->to, out);
}

static enum status difference_csv(struct web_request *request, struct web_answer *answer)
{
    static const char *const heads[] = {"Reference",   "Organisation code", "Organisation",
                                        "What",        "State before",      "State after",
                                        "Year before", "Year after"};
    struct register_difference difference = {.count = 0};
    struct asked asked;
    struct csv_writer csv;
    TRY(find_difference(request, answer, &asked, &difference));
    csv_write_begin(&csv, request->ctx->mem, true);
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        csv_write_text(&csv, heads[i]);
    csv_write_row_end(&csv);
    for (size_t i = 0; i < difference.count; i++) {
        const struct register_difference_row *row = &difference.rows[i];
        csv_write_text(&csv, who(row)->reference);
        csv_write_text(&csv, who(row)->organisation_code);
        csv_write_text(&csv, who(row)->name);
        csv_write_text(&csv, change_text(row));
        csv_write_text(&csv, row->before.state);
        csv_write_text(&csv, row->after.state);
        csv_write_int(&csv, row->before.period);
        csv_write_int(&csv, row->after.period);
        csv_write_row_end(&csv);
    }
    register_csv_send(answer, &csv,
                      mem_format(request->ctx->mem, "register-%s-to-%s.csv", asked.from, asked.to));
    return OK;
}

static json_t *json_of(const struct register_line *line)
{
    if (line->reference == NULL)
        return json_null();
    return json_pack("{s:s,s:s,s:s,s:s,s:I,s:s,s:s}", "reference", line->reference, "organisation",
                     line->organisation_code, "name", line->name, "state", line->state, "period",
                     (json_int_t)line->period, "signed_on", line->signed_on, "digest",
                     line->digest);
}

static enum status difference_json(struct web_request *request, struct web_answer *answer)
{
    static const char *const codes[] = {
        [REGISTER_ADDED] = "added", [REGISTER_CHANGED] = "changed", [REGISTER_LEFT] = "left"};
    struct register_difference difference = {.count = 0};
    struct asked asked;
    TRY(find_difference(request, answer, &asked, &difference));
    json_t *rows = json_array();
    for (size_t i = 0; i < difference.count; i++)
        json_array_append_new(rows,
                              json_pack("{s:s,s:o,s:o}", "change", codes[difference.rows[i].change],
                                        "before", json_of(&difference.rows[i].before), "after",
                                        json_of(&difference.rows[i].after)));
    return register_json_send(
        request, answer,
        json_pack("{s:s,s:s,s:o}", "from", asked.from, "to", asked.to, "changes", rows));
}

const struct web_route register_snapshot_routes[] = {
    WEB_LISTING("/pledges/snapshots", WEB_PUBLIC, &snapshots, "The register month by month."),
    {"GET", "/pledges/snapshots/difference", WEB_PUBLIC, show_difference,
     "What changed between two months.", .asks = "from to"},
    {"GET", "/pledges/snapshots/difference.csv", WEB_PUBLIC, difference_csv,
     "The same as a spreadsheet.", .asks = "from to"},
    {"GET", "/pledges/snapshots/difference.json", WEB_PUBLIC, difference_json, "The same as data.",
     .asks = "from to"},
    {"GET", "/pledges/snapshots/:month", WEB_PUBLIC, show, "The register at the end of a month."},
    {"GET", "/pledges/snapshots/:month.json", WEB_PUBLIC, download,
     "Its file, byte for byte as it was signed."},
    {0},
};
