/* SPDX-License-Identifier: MIT */
/*
 * directory_web.c - the public pages of organisations.
 *
 *   /organisations             all of them, by kind, region, board and state; .json .csv .xlsx
 *   /organisations/find        found by typing (?q=); .json for forms
 *   /schools/find.json         schools, for forms
 *   /organisations/:code       one organisation: its place today and before, its names
 */
#include "programme/directory/directory_web.h"

#include <jansson.h>
#include <string.h>

#include "platform/base/json_text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/directory/directory.sql.h"
#include "programme/directory/directory_page.html.h"
#include "programme/directory/directory_show_web.h"

enum { SHOWN_MAX = 20 };

/* ---- looking up in forms ---- */

static struct form_found as_found(const struct directory_found *it)
{
    return (struct form_found){
        .key = it->code, .label = it->name, .detail = it->detail, .id = it->id.n};
}

static enum status search_shelf(struct ctx *ctx, const struct directory_asked *asked,
                                struct form_found **out, size_t *count_out)
{
    struct directory_found *found;
    TRY(directory_search(ctx, asked, &found, count_out));
    *out = mem_array(ctx->mem, struct form_found, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = as_found(&found[i]);
    return OK;
}

static enum status search_organisations(struct ctx *ctx, const char *typed, size_t at_most,
                                        struct form_found **out, size_t *count_out)
{
    const struct directory_asked asked = {typed, DIRECTORY_ORGANISATIONS, at_most};
    return search_shelf(ctx, &asked, out, count_out);
}

static enum status search_schools(struct ctx *ctx, const char *typed, size_t at_most,
                                  struct form_found **out, size_t *count_out)
{
    const struct directory_asked asked = {typed, DIRECTORY_SCHOOLS, at_most};
    return search_shelf(ctx, &asked, out, count_out);
}

static enum status find_on_shelf(struct ctx *ctx, const char *code, const char *shelf,
                                 struct form_found *out)
{
    struct organisation it;
    TRY(directory_find(ctx, code, &it));
    if (strcmp(it.shelf, shelf) != 0)
        return ERR_NOT_FOUND;
    *out = (struct form_found){
        .key = it.code,
        .label = it.name,
        .detail = directory_detail(ctx->mem, &it),
        .id = it.id.n,
    };
    return OK;
}

static enum status find_organisation(struct ctx *ctx, const char *code, struct form_found *out)
{
    return find_on_shelf(ctx, code, DIRECTORY_ORGANISATIONS, out);
}

static enum status find_school(struct ctx *ctx, const char *code, struct form_found *out)
{
    return find_on_shelf(ctx, code, DIRECTORY_SCHOOLS, out);
}

const struct form_lookup directory_organisations = {
    .noun = "organisation",
    .path = "/organisations/find.json",
    .search = search_organisations,
    .find = find_organisation,
};

const struct form_lookup directory_schools = {
    .noun = "school",
    .path = "/schools/find.json",
    .search = search_schools,
    .find = find_school,
};

/* ---- finding ---- */

static enum status give_json(struct web_request *request, struct web_answer *answer,
                             const struct form_found *found, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{ssssss}", "key", found[i].key, "label",
                                              found[i].label, "detail", found[i].detail));
    answer->is_public = true;
    return web_json(answer, json_text_taken(request->ctx->mem, list, JSON_COMPACT));
}

/* What give_json gives. */
static const char found_schema[] =
    "{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"required\":[\"key\",\"label\",\"detail\"],\"additionalProperties\":false,"
    "\"properties\":{\"key\":{\"type\":\"string\"},\"label\":{\"type\":\"string\"},"
    "\"detail\":{\"type\":\"string\"}}}}";

static enum status find_json(struct web_request *request, struct web_answer *answer)
{
    struct form_found *found;
    size_t count;
    TRY(search_organisations(request->ctx, web_query(request, "q"), SHOWN_MAX, &found, &count));
    return give_json(request, answer, found, count);
}

static enum status find_schools_json(struct web_request *request, struct web_answer *answer)
{
    struct form_found *found;
    size_t count;
    TRY(search_schools(request->ctx, web_query(request, "q"), SHOWN_MAX, &found, &count));
    return give_json(request, answer, found, count);
}

static enum status find(struct web_request *request, struct web_answer *answer)
{
    struct directory_find_page page = {.box = {web_query(request, "q"), "l", true}};
    const struct directory_asked asked = {page.box.typed, NULL, SHOWN_MAX + 1};
    TRY(directory_search(request->ctx, &asked, &page.found, &page.found_count));
    page.was_asked = page.box.typed[0] != '\0';
    page.has_more = page.found_count > SHOWN_MAX;
    if (page.has_more)
        page.found_count = SHOWN_MAX;
    answer->page = (struct web_page){
        .title = "Find an organisation",
        .section = "/organisations",
        .crumbs = {{"Home", "/"}, {"Organisations", "/organisations"}},
    };
    answer->is_public = answer->is_same_all_day = true;
    directory_find_show(&answer->body, &page);
    return OK;
}

/* ---- the list ---- */

static enum status as_options(struct ctx *ctx, const struct directory_choice *choices, size_t count,
                              const struct form_option **out)
{
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){.code = choices[i].code, .label = choices[i].name};
    *out = options;
    return OK;
}

static enum status place_options(struct ctx *ctx, const char *relation,
                                 const struct form_option **out)
{
    struct directory_choice *choices;
    size_t count;
    TRY(directory_places(ctx, relation, time_day_of(ctx->mem, ctx->now_secs), &choices, &count));
    return as_options(ctx, choices, count, out);
}

static enum status region_options(struct ctx *ctx, const struct form_option **out)
{
    return place_options(ctx, "region", out);
}

static enum status board_options(struct ctx *ctx, const struct form_option **out)
{
    return place_options(ctx, "board", out);
}

static enum status kind_options(struct ctx *ctx, const struct form_option **out)
{
    struct directory_choice *choices;
    size_t count;
    TRY(directory_kinds(ctx, DIRECTORY_ORGANISATIONS, &choices, &count));
    return as_options(ctx, choices, count, out);
}

static const struct form_option state_options[] = {{"open", "Open", "nhsuk-tag--green", NULL},
                                                   {"closed", "Closed", "nhsuk-tag--grey", NULL},
                                                   {"planned", "Planned", "nhsuk-tag--blue", NULL},
                                                   {0}};

static const struct listing_column list_columns[] = {
    {.name = "name", .heading = "Organisation", .link = "/organisations/:code"},
    {.name = "kind", .heading = "Kind", .format = LISTING_CODE, .options_from = kind_options},
    {.name = "town", .heading = "Town"},
    {.name = "region", .heading = "Region", .format = LISTING_CODE, .options_from = region_options},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = state_options},
    {.name = "code", .heading = "Code", .is_in_files_only = true},
    {.name = "postcode", .heading = "Postcode", .is_in_files_only = true},
    {.name = "board", .heading = "Integrated care board", .is_in_files_only = true},
    {.name = "opened_on", .heading = "Opened", .is_in_files_only = true},
    {.name = "closed_on", .heading = "Closed", .is_in_files_only = true},
    {0}};

static const struct listing_filter list_filters[] = {{.argument = "kind",
                                                      .label = "Kind",
                                                      .kind = LISTING_CHOICE,
                                                      .options_from = kind_options,
                                                      .column = "kind"},
                                                     {.argument = "region",
                                                      .label = "Region",
                                                      .kind = LISTING_CHOICE,
                                                      .options_from = region_options,
                                                      .column = "region"},
                                                     {.argument = "board",
                                                      .label = "Integrated care board",
                                                      .kind = LISTING_CHOICE,
                                                      .options_from = board_options,
                                                      .column = "board"},
                                                     {.argument = "state",
                                                      .label = "State",
                                                      .kind = LISTING_CHOICE,
                                                      .options = state_options,
                                                      .column = "state"},
                                                     {0}};

static const struct listing_order list_orders[] = {{"name", "By name"}, {"code", "By code"}, {0}};

static enum status list_intro(struct web_request *request, struct view *out)
{
    (void)request;
    directory_list_intro(out);
    return OK;
}

static enum status list_empty(struct web_request *request, struct view *out)
{
    (void)request;
    directory_list_empty(out);
    return OK;
}

static const struct listing organisations_listing = {
    .title = "Organisations",
    .section = "/organisations",
    .query = &directory_list_query,
    .columns = list_columns,
    .filters = list_filters,
    .orders = list_orders,
    .one = "organisation",
    .many = "organisations",
    .file_name = "organisations",
    .crumbs = {{"Home", "/"}},
    .intro = list_intro,
    .empty = list_empty,
};

const struct web_route directory_routes[] = {
    WEB_LISTING("/organisations", WEB_PUBLIC, &organisations_listing,
                "Organisations and where they belong today."),
    {"GET", "/organisations/find", WEB_PUBLIC, find, "Organisations found by typing."},
    {.method = "GET",
     .path = "/organisations/find.json",
     .access = WEB_PUBLIC,
     .handler = find_json,
     .summary = "Organisations by a part of their name, postcode or code.",
     .asks = "q",
     .answers = found_schema},
    {.method = "GET",
     .path = "/schools/find.json",
     .access = WEB_PUBLIC,
     .handler = find_schools_json,
     .summary = "Schools by a part of their name, postcode or number.",
     .asks = "q",
     .answers = found_schema},
    {"GET", "/organisations/:code", WEB_PUBLIC, directory_show_web,
     "One organisation, its place today and before."},
    {0},
};
