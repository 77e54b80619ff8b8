/* SPDX-License-Identifier: MIT */
/*
 * lead_web.c - finding a local lead.
 *
 *   /local-lead               by postcode, organisation or school (?place=, ?at= one of several),
 *                             today or on a day (?on=); .json the same for programs
 *   /local-lead/places.json   places found by typing, for forms
 *   /local-lead/all           leads of today; .json .csv .xlsx
 *   POST /local-lead/ask      begins a question about the place
 */
#include "programme/lead/lead_web.h"

#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/lead/lead.sql.h"
#include "programme/lead/lead_page.html.h"
#include "programme/lead/lead_routes.h"

#include <jansson.h>
#include <string.h>

static const char *today_of(struct ctx *ctx)
{
    return time_day_of(ctx->mem, ctx->now_secs);
}

/* ---- for forms ---- */

static struct form_found as_found(const struct lead_place *place)
{
    return (struct form_found){.key = place->key, .label = place->label, .detail = place->detail};
}

static enum status search_places(struct ctx *ctx, const char *typed, size_t at_most,
                                 struct form_found **out, size_t *count_out)
{
    struct lead_place *places;
    TRY(lead_places(ctx, typed, today_of(ctx), &places, count_out));
    *count_out = *count_out < at_most ? *count_out : at_most;
    *out = mem_array(ctx->mem, struct form_found, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = as_found(&places[i]);
    return OK;
}

static enum status find_place(struct ctx *ctx, const char *key, struct form_found *out)
{
    struct lead_place place;
    TRY(lead_place_find(ctx, key, today_of(ctx), &place));
    *out = as_found(&place);
    return OK;
}

/* An area, also one that a postcode led to. */
static enum status find_area(struct ctx *ctx, const char *key, struct form_found *out)
{
    struct organisation it;
    const char *slash = strchr(key, '/');
    TRY(directory_find(ctx, slash != NULL ? slash + 1 : key, &it));
    *out = (struct form_found){
        .key = it.code, .label = it.name, .detail = directory_detail(ctx->mem, &it), .id = it.id.n};
    return OK;
}

const struct form_lookup lead_place_lookup = {"place", "/local-lead/places.json", search_places,
                                              find_place};
const struct form_lookup lead_area_lookup = {"area", "/local-lead/places.json", search_places,
                                             find_area};

enum status lead_theme_choices(struct ctx *ctx, const struct form_option **out)
{
    size_t count = 0;
    while (lead_themes[count].code != NULL)
        count++;
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] =
            (struct form_option){.code = lead_themes[i].code, .label = lead_themes[i].name};
    *out = options;
    return OK;
}

enum status lead_theme_options(struct ctx *ctx, const void *form, const struct form_option **out)
{
    (void)form;
    return lead_theme_choices(ctx, out);
}

/* ---- finding ---- */

struct finding {
    struct lead_find_page page;
    struct lead_place place;
    const char *day; /* YYYY-MM-DD */
};

/* A day of the address; today when there is none or it is none. */
static void read_day(struct web_request *request, struct finding *f)
{
    f->page.on = web_query(request, "on");
    f->page.problem = "";
    f->page.day = "";
    f->day = today_of(request->ctx);
    if (f->page.on[0] == '\0')
        return;
    if (!time_day_is_valid(f->page.on)) {
        f->page.problem = "Enter the day as year, month and day, such as 2026-03-31";
        return;
    }
    f->day = f->page.on;
    f->page.day = time_show_day(request->ctx->mem, f->day);
}

/* The place that was chosen, or the only one that fits. */
static enum status read_place(struct web_request *request, struct finding *f)
{
    struct ctx *ctx = request->ctx;
    struct lead_place *places;
    const char *key = web_query(request, "at");
    f->page.typed = web_query(request, "place");
    f->page.was_asked = f->page.typed[0] != '\0' || key[0] != '\0';
    if (key[0] != '\0') {
        enum status status = lead_place_find(ctx, key, f->day, &f->place);
        if (status == OK)
            f->page.place = &f->place;
        if (status != ERR_NOT_FOUND)
            return status;
        ctx->fault = NULL; /* it lay in another area then: the areas of that day */
        f->page.typed = mem_text_part(ctx->mem, key, strcspn(key, "/"));
    }
    if (f->page.typed[0] == '\0')
        return OK;
    TRY(lead_places(ctx, f->page.typed, f->day, &places, &f->page.place_count));
    f->page.places = places;
    f->page.is_postcode = f->page.place_count > 0 && strchr(places[0].key, '/') != NULL;
    if (f->page.place_count == 1) {
        f->place = places[0];
        f->page.place = &f->place;
    }
    return OK;
}

static void fill_area(struct ctx *ctx, const struct lead_area *area, struct lead_area_lines *out)
{
    *out = (struct lead_area_lines){.name = area->name, .code = area->code};
    out->count = area->lead_count;
    out->lines = mem_array(ctx->mem, struct lead_line, area->lead_count);
    for (size_t i = 0; i < area->lead_count; i++)
        out->lines[i] =
            (struct lead_line){.lead = &area->leads[i],
                               .theme = lead_theme_name(area->leads[i].theme),
                               .back_on = time_show_day(ctx->mem, area->leads[i].back_on),
                               .mailto = mem_join(ctx->mem, "mailto:", area->leads[i].email, "")};
}

static enum status fill_leads(struct ctx *ctx, struct finding *f)
{
    struct lead_answer *answer = mem_new(ctx->mem, struct lead_answer);
    if (f->page.place == NULL)
        return OK;
    TRY(lead_answer_on(ctx, f->place.area, f->day, answer));
    f->page.is_in_postcode = strchr(f->place.key, '/') != NULL;
    f->page.has_any = answer->has_any;
    f->page.is_board_unknown = answer->is_board_unknown;
    f->page.places = answer->choices;
    f->page.place_count = answer->choice_count;
    f->page.area_count = answer->area_count;
    for (size_t i = 0; i < answer->area_count; i++)
        fill_area(ctx, &answer->areas[i], &f->page.areas[i]);
    return OK;
}

/* "5 hours", "2 days" */
static const char *how_long(struct mem *mem, int64_t secs)
{
    int64_t hours = (secs + TIME_HOUR_SECS - 1) / TIME_HOUR_SECS;
    int64_t days = (secs + TIME_DAY_SECS - 1) / TIME_DAY_SECS;
    if (hours <= 24)
        return hours <= 1 ? "an hour" : mem_format(mem, "%lld hours", (long long)hours);
    return mem_format(mem, "%lld days", (long long)days);
}

static enum status fill_figure(struct ctx *ctx, struct lead_find_page *page)
{
    struct enquiry_figure figure;
    TRY(enquiry_figure(ctx, &figure));
    page->answer_count = figure.answer_count;
    page->figure = figure.is_shown ? how_long(ctx->mem, figure.median_secs) : "";
    return OK;
}

static enum status find(struct web_request *request, struct finding *f)
{
    read_day(request, f);
    TRY(read_place(request, f));
    TRY(fill_leads(request->ctx, f));
    return fill_figure(request->ctx, &f->page);
}

static enum status show_find(struct web_request *request, struct web_answer *answer)
{
    struct finding f = {.day = NULL};
    TRY(find(request, &f));
    if (f.page.place != NULL && f.page.on[0] == '\0')
        f.page.form_token = web_token(request);
    answer->page = (struct web_page){.title = "Find your local lead",
                                     .description = "Who helps in your area with jobs and training "
                                                    "in health and care.",
                                     .section = "/local-lead",
                                     .has_problem = f.page.problem[0] != '\0',
                                     .crumbs = {{"Home", "/"}}};
    answer->is_public = f.page.form_token == NULL;
    lead_find_show(&answer->body, &f.page);
    return OK;
}

/* ---- the same for programs ---- */

static enum status give(struct web_request *request, struct web_answer *answer, json_t *json)
{
    size_t size_bytes = json_dumpb(json, NULL, 0, JSON_COMPACT);
    char *text = mem_bytes(request->ctx->mem, size_bytes + 1);
    json_dumpb(json, text, size_bytes, JSON_COMPACT);
    json_decref(json);
    answer->is_public = true;
    return web_json(answer, text);
}

static json_t *json_places(const struct lead_place *places, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{ssssss}", "key", places[i].key, "label",
                                              places[i].label, "detail", places[i].detail));
    return list;
}

static json_t *json_areas(const struct lead_find_page *page)
{
    json_t *areas = json_array();
    for (size_t i = 0; i < page->area_count; i++) {
        json_t *leads = json_array();
        for (size_t k = 0; k < page->areas[i].count; k++) {
            const struct lead_shown *lead = page->areas[i].lines[k].lead;
            json_array_append_new(leads, json_pack("{ssssssssss}", "name", lead->name, "job_title",
                                                   lead->job_title, "theme", lead->theme, "email",
                                                   lead->email, "cover", lead->cover_name));
        }
        json_array_append_new(areas, json_pack("{ssssso}", "code", page->areas[i].code, "name",
                                               page->areas[i].name, "leads", leads));
    }
    return areas;
}

static enum status find_json(struct web_request *request, struct web_answer *answer)
{
    struct finding f = {.day = NULL};
    TRY(find(request, &f));
    return give(request, answer,
                json_pack("{ss so so}", "on", f.day, "areas", json_areas(&f.page), "choices",
                          json_places(f.page.places, f.page.place_count)));
}

static enum status places_json(struct web_request *request, struct web_answer *answer)
{
    struct lead_place *places;
    size_t count;
    TRY(lead_places(request->ctx, web_query(request, "q"), today_of(request->ctx), &places,
                    &count));
    return give(request, answer, json_places(places, count));
}

#define PLACE_SCHEMA                                                                               \
    "{\"type\":\"array\",\"items\":{\"type\":\"object\","                                          \
    "\"required\":[\"key\",\"label\",\"detail\"],\"additionalProperties\":false,"                  \
    "\"properties\":{\"key\":{\"type\":\"string\"},\"label\":{\"type\":\"string\"},"               \
    "\"detail\":{\"type\":\"string\"}}}}"

static const char answer_schema[] =
    "{\"type\":\"object\",\"required\":[\"on\",\"areas\",\"choices\"],"
    "\"additionalProperties\":false,\"properties\":{\"on\":{\"type\":\"string\","
    "\"format\":\"date\"},\"areas\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"required\":[\"code\",\"name\",\"leads\"],\"additionalProperties\":false,"
    "\"properties\":{\"code\":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},"
    "\"leads\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"name\","
    "\"job_title\",\"theme\",\"email\",\"cover\"],\"additionalProperties\":false,"
    "\"properties\":{\"name\":{\"type\":\"string\"},\"job_title\":{\"type\":\"string\"},"
    "\"theme\":{\"type\":\"string\"},\"email\":{\"type\":\"string\"},"
    "\"cover\":{\"type\":\"string\"}}}}}}},\"choices\":" PLACE_SCHEMA "}}";

/* ---- all of them ---- */

static const struct listing_column columns[] = {
    {.name = "area_name", .heading = "Area", .link = "/local-lead?at=:area"},
    {.name = "name", .heading = "Local lead"},
    {.name = "job_title", .heading = "Job title"},
    {.name = "theme",
     .heading = "Helps with",
     .format = LISTING_CODE,
     .options_from = lead_theme_choices},
    {.name = "from_on", .heading = "Since", .format = LISTING_DATE},
    {.name = "area", .heading = "Code of the area", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "theme",
                                                 .label = "Helps with",
                                                 .kind = LISTING_CHOICE,
                                                 .options_from = lead_theme_choices,
                                                 .column = "theme"},
                                                {0}};

static const struct listing_order orders[] = {{"area", "By area"}, {"newest", "Newest first"}, {0}};

static enum status list_intro(struct web_request *request, struct view *out)
{
    (void)request;
    lead_list_intro(out);
    return OK;
}

static enum status list_empty(struct web_request *request, struct view *out)
{
    (void)request;
    lead_list_empty(out);
    return OK;
}

static const struct listing all = {
    .title = "Local leads",
    .section = "/local-lead",
    .query = &lead_public_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "local lead",
    .many = "local leads",
    .file_name = "local-leads",
    .crumbs = {{"Home", "/"}, {"Find your local lead", "/local-lead"}},
    .intro = list_intro,
    .empty = list_empty,
};

/* ---- on the page of an organisation ---- */

static enum status write_section(struct web_request *request, struct organisation_id id,
                                 struct view *out)
{
    struct organisation it;
    TRY(directory_get(request->ctx, id, &it));
    if (it.is_open)
        lead_section(out, it.code);
    return OK;
}

const struct directory_section lead_directory_section = {write_section};

/* ---- asking ---- */

static enum status begin_question(struct web_request *request, struct web_answer *answer)
{
    struct form_answers answers = {0};
    answers_add(request->ctx->mem, &answers, "place", answers_get(request->sent, "place"));
    return journey_begin_with(request, answer, &enquiry_asking, "/enquiries/ask", &answers);
}

const struct web_route lead_routes[] = {
    {.method = "GET",
     .path = "/local-lead",
     .access = WEB_PUBLIC,
     .handler = show_find,
     .summary = "Who is the local lead of a place, today or on a day.",
     .asks = "place at on"},
    {.method = "GET",
     .path = "/local-lead.json",
     .access = WEB_PUBLIC,
     .handler = find_json,
     .summary = "Who is the local lead of a place, today or on a day.",
     .asks = "place at on",
     .answers = answer_schema},
    {.method = "GET",
     .path = "/local-lead/places.json",
     .access = WEB_PUBLIC,
     .handler = places_json,
     .summary = "Places by a postcode or a part of a name.",
     .asks = "q",
     .answers = PLACE_SCHEMA},
    WEB_LISTING("/local-lead/all", WEB_PUBLIC, &all, "Local leads of today."),
    {"POST", "/local-lead/ask", WEB_PUBLIC, begin_question, "Begins a question about a place."},
    {0},
};
