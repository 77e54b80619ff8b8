/* SPDX-License-Identifier: MIT */
/* directory_show_web.c - the page of one organisation. */
#include "programme/directory/directory_show_web.h"

#include <string.h>

#include "platform/base/time.h"
#include "programme/directory/directory_page.html.h"
#include "programme/directory/directory_web.h"

enum { FACTS_MAX = 12, ADDRESS_LINES_MAX = 10 };

/* What the data is owed (packs/trusts/pack.json says more). */
static const char attribution[] =
    "Source: NHS England Organisation Data Service and Department for Education, Get Information "
    "About Schools. Contains public sector information licensed under the Open Government Licence "
    "v3.0. Contains OS data © Crown copyright and database right. Contains Royal Mail data © Royal "
    "Mail copyright and database right. Contains National Statistics data © Crown copyright and "
    "database right.";

static void add_fact(struct directory_show *page, const char *key, struct part value)
{
    if (!part_is_given(&value) || page->fact_count == FACTS_MAX)
        return;
    page->facts[page->fact_count++] =
        (struct summary_list_row){.key = {.text = key}, .value = value};
}

/* "NHS Kent and Medway Integrated Care Board", linked, or why there is none. */
static struct part place_part(struct ctx *ctx, const struct directory_place *place)
{
    struct view out = {.mem = ctx->mem};
    if (place->known == DIRECTORY_NONE)
        return (struct part){0};
    if (place->known == DIRECTORY_NOT_KNOWN)
        return (struct part){.text = "Not known"};
    directory_place_link(&out, place);
    return (struct part){.html = view_html(&out)};
}

static enum status add_places(struct ctx *ctx, struct directory_show *page)
{
    const struct organisation *it = page->it;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    struct directory_place board, region, whole;
    TRY(directory_organisation_on(ctx, it->id, today, &whole));
    if (whole.known == DIRECTORY_KNOWN)
        add_fact(page, "Part of", place_part(ctx, &whole));
    TRY(directory_board_on(ctx, it->id, today, &board));
    TRY(directory_region_on(ctx, it->id, today, &region));
    if (strcmp(it->stands_for, "board") != 0)
        add_fact(page, "Integrated care board", place_part(ctx, &board));
    if (strcmp(it->stands_for, "region") != 0)
        add_fact(page, "Region", place_part(ctx, &region));
    return OK;
}

/* The lines of the address, then town and postcode. */
static struct part address_part(struct mem *mem, const struct organisation *it)
{
    const char *text = mem_format(mem, "%s\n%s\n%s", it->address, it->town, it->postcode);
    struct directory_text_lines lines = {mem_array(mem, const char *, ADDRESS_LINES_MAX), 0};
    struct view out = {.mem = mem};
    while (*text != '\0' && lines.count < ADDRESS_LINES_MAX) {
        size_t length = strcspn(text, "\n");
        if (length > 0)
            lines.lines[lines.count++] = mem_text_part(mem, text, length);
        text += length + (text[length] == '\n');
    }
    if (lines.count == 0)
        return (struct part){0};
    directory_lines(&out, &lines);
    return (struct part){.html = view_html(&out)};
}

static enum status add_school_facts(struct ctx *ctx, struct directory_show *page)
{
    struct school school;
    enum status status = directory_school(ctx, page->it->code, &school);
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    add_fact(page, "Phase", (struct part){.text = school.phase});
    add_fact(page, "Type", (struct part){.text = school.type});
    if (school.low_age != NULL && school.high_age != NULL)
        add_fact(
            page, "Ages",
            (struct part){.text = mem_format(ctx->mem, "%lld to %lld", (long long)*school.low_age,
                                             (long long)*school.high_age)});
    return OK;
}

static enum status add_facts(struct ctx *ctx, struct directory_show *page)
{
    const struct organisation *it = page->it;
    page->facts = mem_array(ctx->mem, struct summary_list_row, FACTS_MAX);
    add_fact(page, "Code", (struct part){.text = it->code});
    TRY(add_places(ctx, page));
    add_fact(page, "Address", address_part(ctx->mem, it));
    if (it->opened_on[0] != '\0')
        add_fact(page, "Opened", (struct part){.text = time_show_day(ctx->mem, it->opened_on)});
    return strcmp(it->shelf, DIRECTORY_SCHOOLS) == 0 ? add_school_facts(ctx, page) : OK;
}

static const char *show_days(struct mem *mem, const char *from_on, const char *to_on)
{
    const char *from = time_show_day(mem, from_on), *to = time_show_day(mem, to_on);
    if (from_on[0] == '\0')
        return to_on[0] == '\0' ? "" : mem_format(mem, "Until %s", to);
    return to_on[0] == '\0' ? mem_format(mem, "From %s", from)
                            : mem_format(mem, "%s to %s", from, to);
}

static enum status add_periods(struct ctx *ctx, struct directory_show *page)
{
    struct directory_period *periods;
    TRY(directory_periods(ctx, page->it->id, &periods, &page->place_count));
    page->places = mem_array(ctx->mem, struct directory_shown_period, page->place_count);
    for (size_t i = 0; i < page->place_count; i++)
        page->places[i] = (struct directory_shown_period){
            periods[i].code, periods[i].name,
            show_days(ctx->mem, periods[i].from_on, periods[i].to_on)};
    return OK;
}

/* One name is the heading, and no history. */
static enum status add_names(struct ctx *ctx, struct directory_show *page)
{
    struct directory_name *names;
    size_t count;
    TRY(directory_names(ctx, page->it->id, &names, &count));
    page->names = mem_array(ctx->mem, struct directory_shown_period, count);
    for (size_t i = 0; i < count && count > 1; i++)
        page->names[page->name_count++] = (struct directory_shown_period){
            NULL, names[i].name, show_days(ctx->mem, names[i].from_on, names[i].to_on)};
    return OK;
}

static enum status add_successions(struct ctx *ctx, struct directory_show *page)
{
    struct directory_succession *rows;
    size_t count;
    TRY(directory_successions(ctx, page->it->id, &rows, &count));
    page->before = mem_array(ctx->mem, struct directory_shown_period, count);
    page->after = mem_array(ctx->mem, struct directory_shown_period, count);
    for (size_t i = 0; i < count; i++) {
        bool is_part = strcmp(rows[i].kind, "split") == 0;
        struct directory_shown_period row = {
            rows[i].code, rows[i].name,
            mem_format(ctx->mem, "%s from %s", is_part ? "For a part of its area," : "All of it,",
                       time_show_day(ctx->mem, rows[i].on))};
        if (rows[i].is_successor)
            page->after[page->after_count++] = row;
        else
            page->before[page->before_count++] = row;
    }
    return OK;
}

static void say_whether_open(struct ctx *ctx, struct directory_show *page)
{
    const struct organisation *it = page->it;
    page->closed_on = page->opens_on = "";
    if (it->is_open)
        return;
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    if (it->opened_on[0] != '\0' && strcmp(it->opened_on, today) > 0)
        page->opens_on = mem_format(ctx->mem, "This organisation opens on %s.",
                                    time_show_day(ctx->mem, it->opened_on));
    else if (it->closed_on[0] != '\0')
        page->closed_on = mem_format(ctx->mem, "This organisation closed. Its last day was %s.",
                                     time_show_day(ctx->mem, it->closed_on));
    else
        page->closed_on = "This organisation is not open.";
}

static enum status write_sections(struct web_request *request, struct directory_show *page)
{
    struct view out = {.mem = request->ctx->mem};
    for (size_t i = 0; directory_sections[i] != NULL; i++)
        TRY(directory_sections[i]->write(request, page->it->id, &out));
    page->sections = view_html(&out);
    return OK;
}

static enum status fill(struct web_request *request, struct directory_show *page)
{
    struct ctx *ctx = request->ctx;
    const char *stands_for = page->it->stands_for;
    page->attribution = attribution;
    say_whether_open(ctx, page);
    if (stands_for[0] != '\0' && strcmp(stands_for, DIRECTORY_SITE) != 0 && page->it->is_open) {
        page->members_text = "See the organisations that belong to it";
        page->members_href =
            mem_format(ctx->mem, "/organisations?%s=%s", stands_for, page->it->code);
    }
    TRY(add_facts(ctx, page));
    TRY(add_periods(ctx, page));
    TRY(add_names(ctx, page));
    TRY(add_successions(ctx, page));
    return write_sections(request, page);
}

enum status directory_show_web(struct web_request *request, struct web_answer *answer)
{
    struct organisation it;
    struct directory_show page = {.it = &it};
    TRY(directory_find(request->ctx, web_value(request, "code"), &it));
    TRY(fill(request, &page));
    answer->page = (struct web_page){
        .title = it.name,
        .section = "/organisations",
        .crumbs = {{"Home", "/"}, {"Organisations", "/organisations"}},
    };
    answer->is_public = answer->is_same_all_day = true;
    directory_show_page(&answer->body, &page);
    return OK;
}
