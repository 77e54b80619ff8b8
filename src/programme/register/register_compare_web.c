/* SPDX-License-Identifier: MIT */
/*
 * register_compare_web.c - up to four pledges side by side, each with a group that is fair to it.
 *
 *   /pledges/compare?with=PL-...&with=...    references, or codes or names of organisations;
 *                                            also .json
 */
#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/directory/directory.h"
#include "programme/register/register_page.html.h"
#include "programme/register/register_routes.h"
#include "programme/register/register_web.h"

#include <inttypes.h>
#include <string.h>

enum {
    BESIDE_MAX = 4,
    ASKED_MAX = 20,
    CELLS_MAX = BESIDE_MAX + 1,
    ROWS_MAX = 60,
    NAMES_TRIED = 10
};

/* What was asked for, what is wrong with it, and what was found. */
struct asking {
    const char *typed[ASKED_MAX];
    const char *problem[ASKED_MAX]; /* NULL: none */
    size_t typed_count, problem_count;
    const char *whole; /* what is wrong with all of it; NULL */
    struct pledge pledges[BESIDE_MAX];
    size_t count;
};

/* ---- reading ---- */

static const char *trimmed(struct mem *mem, const char *text)
{
    text += strspn(text, " \n");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \n", text[length - 1]) != NULL)
        length--;
    return mem_text_part(mem, text, length);
}

static void read_typed(struct web_request *request, struct asking *a)
{
    for (size_t i = 0; i < request->query->count && a->typed_count < ASKED_MAX; i++) {
        const struct form_answer *answer = &request->query->items[i];
        const char *typed = trimmed(request->ctx->mem, answer->value);
        if (strcmp(answer->name, "with") == 0 && typed[0] != '\0')
            a->typed[a->typed_count++] = typed;
    }
    if (a->typed_count > BESIDE_MAX)
        a->whole = "Choose at most 4 pledges. Clear the boxes of those that you can do without";
}

/* The only organisation with a public pledge among those that fit a name.  ERR_NOT_FOUND: none or
 * several. */
static enum status find_by_name(struct ctx *ctx, const char *typed, const char **reference_out)
{
    const struct directory_asked asked = {typed, DIRECTORY_ORGANISATIONS, NAMES_TRIED};
    struct directory_found *found;
    size_t count, fitting = 0;
    TRY(directory_search(ctx, &asked, &found, &count));
    for (size_t i = 0; i < count; i++) {
        enum pledge_state state;
        const char *reference;
        enum status status = pledge_of_organisation(ctx, found[i].id.n, &reference, &state);
        if (status == OK && fitting++ == 0)
            *reference_out = reference;
        else if (status != OK && status != ERR_NOT_FOUND)
            return status;
    }
    return fitting == 1 ? OK : ERR_NOT_FOUND;
}

/* The public pledge of a reference, or of the organisation with this code or name. */
static enum status find(struct ctx *ctx, const char *typed, struct pledge *out)
{
    struct organisation organisation;
    enum pledge_state state;
    const char *reference;
    if (id_reference_read(ctx->mem, typed, "PL", &reference) == OK)
        return pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, out);
    enum status status = directory_find(ctx, typed, &organisation);
    if (status == OK)
        status = pledge_of_organisation(ctx, organisation.id.n, &reference, &state);
    else if (status == ERR_NOT_FOUND)
        status = find_by_name(ctx, typed, &reference);
    TRY(status);
    return pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, out);
}

static void wrong(struct asking *a, size_t i, const char *problem)
{
    a->problem[i] = problem;
    a->problem_count++;
}

static enum status take_one(struct ctx *ctx, struct asking *a, size_t i)
{
    struct pledge pledge;
    enum status status = find(ctx, a->typed[i], &pledge);
    if (status == ERR_NOT_FOUND) {
        ctx->fault = NULL;
        wrong(a, i, mem_format(ctx->mem, "Not one public pledge fits what is in box %zu", i + 1));
        return OK;
    }
    TRY(status);
    for (size_t k = 0; k < a->count; k++)
        if (strcmp(a->pledges[k].reference, pledge.reference) == 0) {
            wrong(a, i,
                  mem_format(ctx->mem, "Pledge %s is there twice. Choose another one",
                             pledge.reference));
            return OK;
        }
    a->pledges[a->count++] = pledge;
    return OK;
}

static enum status take_all(struct ctx *ctx, struct asking *a)
{
    for (size_t i = 0; a->whole == NULL && i < a->typed_count; i++)
        TRY(take_one(ctx, a, i));
    return OK;
}

/* ---- the table ---- */

struct building {
    struct ctx *ctx;
    const struct asking *asking;
    struct table_row rows[ROWS_MAX];
    size_t row_count;
};

/* A new row with its heading; the cells of the pledges are the caller's to fill. */
static struct table_cell *add_row(struct building *b, const char *heading)
{
    size_t count = b->asking->count + 1;
    struct table_cell *cells = mem_array(b->ctx->mem, struct table_cell, CELLS_MAX);
    cells[0].text = heading;
    if (b->row_count < ROWS_MAX)
        b->rows[b->row_count++] = (struct table_row){cells, count};
    return cells + 1;
}

static const char *staff_side(const struct pledge *pledge)
{
    for (size_t i = 0; i < pledge->signature_count; i++)
        if (strcmp(pledge->signatures[i].role, "cosigner") == 0)
            return pledge->signatures[i].office;
    return "Does not sign";
}

static bool covers(const struct pledge *pledge, const char *intention_name)
{
    for (size_t i = 0; i < pledge->intention_count; i++)
        if (strcmp(pledge->intention_names[i], intention_name) == 0)
            return true;
    return false;
}

static bool has_row(const struct building *b, const char *heading)
{
    for (size_t i = 0; i < b->row_count; i++)
        if (strcmp(b->rows[i].cells[0].text, heading) == 0)
            return true;
    return false;
}

/* A row for every intention that one of them covers. */
static void add_intentions(struct building *b)
{
    const struct asking *a = b->asking;
    for (size_t k = 0; k < a->count; k++)
        for (size_t i = 0; i < a->pledges[k].intention_count; i++) {
            const char *name = a->pledges[k].intention_names[i];
            if (has_row(b, name))
                continue;
            struct table_cell *cells = add_row(b, name);
            for (size_t n = 0; n < a->count; n++)
                cells[n].text = covers(&a->pledges[n], name) ? "Yes" : "No";
        }
}

static void add_facts(struct building *b)
{
    struct mem *mem = b->ctx->mem;
    const struct asking *a = b->asking;
    struct table_cell *states = add_row(b, "State"), *signed_on = add_row(b, "Signed"),
                      *periods = add_row(b, "Year of the pledge"),
                      *reviews = add_row(b, "Next review due by"),
                      *sides = add_row(b, "Staff side"), *actions = add_row(b, "Actions"),
                      *intentions = add_row(b, "Intentions");
    for (size_t k = 0; k < a->count; k++) {
        const struct pledge *pledge = &a->pledges[k];
        states[k].text = pledge_state_text(pledge->state);
        signed_on[k].text = time_show_day(mem, pledge->signed_on);
        periods[k].text = register_number(mem, pledge->period);
        reviews[k].text =
            pledge_stands(pledge) ? time_show_day(mem, pledge->review_on) : "None: not in force";
        sides[k].text = staff_side(pledge);
        actions[k].text = register_number(mem, (int64_t)pledge->action_count);
        intentions[k].text = register_number(mem, (int64_t)pledge->intention_count);
    }
    add_intentions(b);
}

static struct html pledges_table(struct ctx *ctx, const struct asking *a)
{
    struct building *b = mem_new(ctx->mem, struct building);
    struct view out = {.mem = ctx->mem};
    struct table_cell *head = mem_array(ctx->mem, struct table_cell, CELLS_MAX);
    *b = (struct building){.ctx = ctx, .asking = a};
    head[0].text = "What";
    for (size_t k = 0; k < a->count; k++)
        head[k + 1] = (struct table_cell){
            .text = a->pledges[k].organisation_name,
            .href = mem_format(ctx->mem, "/pledges/%s", a->pledges[k].reference)};
    add_facts(b);
    table(&out, &(const struct table){
                    .caption = {.text = "Side by side", .classes = "nhsuk-u-visually-hidden"},
                    .head = head,
                    .head_count = a->count + 1,
                    .rows = b->rows,
                    .row_count = b->row_count,
                    .first_cell_is_header = true,
                    .responsive = true});
    return view_html(&out);
}

/* ---- the groups ---- */

enum { GROUP_CELLS = 7 };

/* "6 (middle: 3)"; with a unit, "50% (middle: 40%)" */
static const char *beside(struct mem *mem, int64_t own, int64_t middle, const char *unit)
{
    const char *is = own < 0 ? "Not known" : mem_format(mem, "%" PRId64 "%s", own, unit);
    return middle < 0 ? is : mem_format(mem, "%s (middle: %" PRId64 "%s)", is, middle, unit);
}

static struct table_cell group_cell(struct mem *mem, const struct register_group *group)
{
    bool has_region = group->region[0] != '\0';
    if (group->count < REGISTER_GROUP_LEAST)
        return (struct table_cell){
            .text = mem_format(mem, "None: only %" PRId64 " of the kind “%s” in force",
                               group->count, group->kind_name)};
    return (struct table_cell){
        .text = mem_format(mem, "%s, %s: %" PRId64 " pledges", group->kind_name,
                           has_region ? group->region_name : "the whole country", group->count),
        .href = mem_format(mem, "/pledges?kind=%s%s%s", text_percent(mem, group->kind),
                           has_region ? "&region=" : "", text_percent(mem, group->region))};
}

static enum status fill_group(struct ctx *ctx, const struct pledge *pledge,
                              struct table_cell *cells)
{
    struct register_group group;
    const struct register_measures *own = &group.own, *middle = &group.middle;
    TRY(register_group_of(ctx, pledge->reference, &group));
    cells[0].text = pledge->organisation_name;
    cells[1] = group_cell(ctx->mem, &group);
    cells[2].text = beside(ctx->mem, own->actions, middle->actions, "");
    cells[3].text = beside(ctx->mem, own->intentions, middle->intentions, "");
    cells[4].text = beside(ctx->mem, own->age_days, middle->age_days, "");
    cells[5].text = beside(ctx->mem, own->embedded_percent, middle->embedded_percent, "%");
    cells[6].text = beside(ctx->mem, own->overdue_percent, middle->overdue_percent, "%");
    return OK;
}

static enum status groups_table(struct ctx *ctx, const struct asking *a, struct html *html)
{
    static const struct table_cell head[GROUP_CELLS] = {
        {.text = "Pledge of"},      {.text = "Its group"},          {.text = "Actions"},
        {.text = "Intentions"},     {.text = "Days since signing"}, {.text = "Actions embedded"},
        {.text = "Actions overdue"}};
    struct view out = {.mem = ctx->mem};
    struct table_row rows[BESIDE_MAX];
    for (size_t k = 0; k < a->count; k++) {
        struct table_cell *cells = mem_array(ctx->mem, struct table_cell, GROUP_CELLS);
        TRY(fill_group(ctx, &a->pledges[k], cells));
        rows[k] = (struct table_row){cells, GROUP_CELLS};
    }
    table(&out, &(const struct table){.caption = {.text = "Each pledge and its group",
                                                  .classes = "nhsuk-u-visually-hidden"},
                                      .head = head,
                                      .head_count = GROUP_CELLS,
                                      .rows = rows,
                                      .row_count = a->count,
                                      .first_cell_is_header = true,
                                      .responsive = true});
    *html = view_html(&out);
    return OK;
}

/* ---- the form ---- */

static const char *box_id(struct mem *mem, size_t i)
{
    return mem_format(mem, "with-%zu", i + 1);
}

static struct html form_html(struct mem *mem, const struct asking *a)
{
    struct view boxes = {.mem = mem}, out = {.mem = mem};
    size_t count = a->typed_count > BESIDE_MAX ? a->typed_count : BESIDE_MAX;
    for (size_t i = 0; i < count; i++) {
        const char *problem = i < a->typed_count ? a->problem[i] : NULL;
        input(&boxes, &(const struct input){.label = {.text = mem_format(mem, "Pledge %zu", i + 1)},
                                            .id = box_id(mem, i),
                                            .name = "with",
                                            .width = 20,
                                            .value = i < a->typed_count ? a->typed[i] : "",
                                            .autocomplete = "off",
                                            .spellcheck = NO,
                                            .error_message = {.text = problem},
                                            .is_error = problem != NULL});
    }
    register_compare_form(&out, view_html(&boxes));
    return view_html(&out);
}

static struct html problems_html(struct mem *mem, const struct asking *a)
{
    struct view out = {.mem = mem};
    struct error_summary_item items[ASKED_MAX + 1];
    size_t count = 0;
    if (a->whole != NULL)
        items[count++] = (struct error_summary_item){.text = a->whole, .href = "#with-1"};
    for (size_t i = 0; i < a->typed_count; i++)
        if (a->problem[i] != NULL)
            items[count++] = (struct error_summary_item){
                .text = a->problem[i], .href = mem_format(mem, "#%s", box_id(mem, i))};
    error_summary(&out, &(const struct error_summary){.heading = {.text = "There is a problem"},
                                                      .error_list = items,
                                                      .error_count = count});
    return view_html(&out);
}

static enum status compare(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct asking *a = mem_new(ctx->mem, struct asking);
    struct register_compare_page page = {0};
    *a = (struct asking){0};
    read_typed(request, a);
    TRY(take_all(ctx, a));
    bool has_problem = a->whole != NULL || a->problem_count > 0;
    if (has_problem)
        page.problems = problems_html(ctx->mem, a);
    page.has_pledges = a->count > 0;
    if (page.has_pledges) {
        page.pledges = pledges_table(ctx, a);
        TRY(groups_table(ctx, a, &page.groups));
    }
    page.form = form_html(ctx->mem, a);
    answer->page =
        (struct web_page){.title = "Pledges side by side",
                          .section = "/pledges",
                          .is_wide = true,
                          .has_problem = has_problem,
                          .crumbs = {{"Home", "/"}, {"Partnership Pledges", "/pledges"}}};
    answer->is_public = answer->is_same_all_day = !has_problem;
    answer->code = has_problem ? 422 : 0;
    register_compare_show(&answer->body, &page);
    return OK;
}

/* ---- the same as data ---- */

/* What is not known is null. */
static json_t *json_of_measure(int64_t n)
{
    return n < 0 ? json_null() : json_integer(n);
}

static json_t *json_of_measures(const struct register_measures *m)
{
    return json_pack("{s:o,s:o,s:o,s:o,s:o}", "actions", json_of_measure(m->actions), "intentions",
                     json_of_measure(m->intentions), "days_since_signing",
                     json_of_measure(m->age_days), "embedded_percent",
                     json_of_measure(m->embedded_percent), "overdue_percent",
                     json_of_measure(m->overdue_percent));
}

/* A group that is too small is none, as on the page. */
static json_t *json_of_group(const struct register_group *group)
{
    return group->count < REGISTER_GROUP_LEAST
               ? json_null()
               : json_pack("{s:s,s:s,s:I,s:o}", "kind", group->kind, "region", group->region,
                           "pledges", (json_int_t)group->count, "middle",
                           json_of_measures(&group->middle));
}

static json_t *json_of_pledge(const struct pledge *pledge, const struct register_group *group)
{
    json_t *intentions = json_array();
    for (size_t i = 0; i < pledge->intention_count; i++)
        json_array_append_new(intentions, json_string(pledge->intention_names[i]));
    return json_pack("{s:s,s:s,s:s,s:s,s:I,s:s,s:o,s:o,s:o}", "reference", pledge->reference,
                     "name", pledge->organisation_name, "state", pledge_state_code(pledge->state),
                     "signed_on", pledge->signed_on, "period", (json_int_t)pledge->period,
                     "staff_side", staff_side(pledge), "intentions", intentions, "own",
                     json_of_measures(&group->own), "group", json_of_group(group));
}

static const char *first_problem(const struct asking *a)
{
    for (size_t i = 0; a->whole == NULL && i < a->typed_count; i++)
        if (a->problem[i] != NULL)
            return a->problem[i];
    return a->whole;
}

static enum status compare_json(struct web_request *request, struct web_answer *answer)
{
    struct asking *a = mem_new(request->ctx->mem, struct asking);
    *a = (struct asking){0};
    read_typed(request, a);
    TRY(take_all(request->ctx, a));
    if (first_problem(a) != NULL)
        return web_sorry(request, answer, 422, "These pledges cannot be compared",
                         first_problem(a));
    struct register_group groups[BESIDE_MAX];
    for (size_t i = 0; i < a->count; i++)
        TRY(register_group_of(request->ctx, a->pledges[i].reference, &groups[i]));
    json_t *pledges = json_array();
    for (size_t i = 0; i < a->count; i++)
        json_array_append_new(pledges, json_of_pledge(&a->pledges[i], &groups[i]));
    return register_json_send(request, answer, json_pack("{s:o}", "pledges", pledges));
}

#define MEASURE "{\"type\":[\"integer\",\"null\"]}"
#define MEASURES                                                                                   \
    "\"required\":[\"actions\",\"intentions\",\"days_since_signing\",\"embedded_percent\","        \
    "\"overdue_percent\"],\"properties\":{\"actions\":" MEASURE ",\"intentions\":" MEASURE         \
    ",\"days_since_signing\":" MEASURE ",\"embedded_percent\":" MEASURE                            \
    ",\"overdue_percent\":" MEASURE "}}"

static const char compare_schema[] =
    "{\"type\":\"object\",\"required\":[\"pledges\"],\"properties\":{\"pledges\":{\"type\":"
    "\"array\","
    "\"items\":{\"type\":\"object\",\"required\":[\"reference\",\"name\",\"state\",\"signed_on\","
    "\"period\",\"staff_side\",\"intentions\",\"own\",\"group\"],\"properties\":{"
    "\"reference\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},\"state\":{\"type\":"
    "\"string\"},"
    "\"signed_on\":{\"type\":\"string\"},\"period\":{\"type\":\"integer\"},"
    "\"staff_side\":{\"type\":\"string\"},\"intentions\":{\"type\":\"array\",\"items\":{\"type\":"
    "\"string\"}},\"own\":{\"type\":\"object\"," MEASURES
    ",\"group\":{\"type\":[\"object\",\"null\"],\"required\":[\"kind\",\"region\",\"pledges\","
    "\"middle\"],\"properties\":{\"kind\":{\"type\":\"string\"},\"region\":{\"type\":\"string\"},"
    "\"pledges\":{\"type\":\"integer\"},\"middle\":{\"type\":\"object\"," MEASURES "}}}}}}}}";

const struct web_route register_compare_routes[] = {
    {"GET", "/pledges/compare", WEB_PUBLIC, compare, "Up to four pledges side by side.",
     .asks = "with"},
    {"GET", "/pledges/compare.json", WEB_PUBLIC, compare_json, "The same as data.", .asks = "with",
     .answers = compare_schema},
    {0},
};
