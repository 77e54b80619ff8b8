/* SPDX-License-Identifier: MIT */
/*
 * plan_public_web.c - what anybody may read of a plan, without names and files.
 *
 *   /pledges/:reference/plan         how it goes; ?period=1 that period, ?period=1&with=2 both
 *   /pledges/:reference/plan.json    the same as JSON
 *
 * and a part of the page of the pledge.
 */
#include "programme/plan/plan_routes.h"

#include "programme/plan/plan_page.html.h"
#include "programme/plan/plan_show.h"

static void set_page(struct web_request *request, struct web_answer *answer,
                     const struct pledge *pledge)
{
    answer->page = (struct web_page){
        .title = mem_format(request->ctx->mem, "How the action plan of %s goes",
                            pledge->organisation_name),
        .section = "/pledges",
        .crumbs = {{"Home", "/"},
                   {"Partnership Pledges", "/pledges"},
                   {pledge->organisation_name,
                    mem_format(request->ctx->mem, "/pledges/%s", pledge->reference)}}};
    answer->is_public = answer->is_same_all_day = true;
}

/* ---- two periods ---- */

static void fill_pairs(struct ctx *ctx, const struct plan_pair *pairs,
                       struct plan_compare_page *page)
{
    page->pairs = mem_array(ctx->mem, struct plan_pair_line, page->count);
    for (size_t i = 0; i < page->count; i++) {
        const struct plan_pair *pair = &pairs[i];
        struct plan_pair_line *line = &page->pairs[i];
        *line = (struct plan_pair_line){.has_before = pair->before != NULL,
                                        .has_after = pair->after != NULL};
        /* A pair has at least one of the two. */
        line->action = pair->after != NULL    ? pair->after->action
                       : pair->before != NULL ? pair->before->action
                                              : "";
        if (line->has_before)
            line->before = plan_line_of(ctx, pair->before, NULL);
        if (line->has_after)
            line->after = plan_line_of(ctx, pair->after, NULL);
    }
}

static enum status compare(struct web_request *request, struct web_answer *answer,
                           const struct pledge *pledge, int64_t low, int64_t high)
{
    struct ctx *ctx = request->ctx;
    struct plan_compare_page page = {.pledge = pledge};
    struct plan_pair *pairs;
    size_t count = (size_t)(high - low) + 1;
    struct plan *plans = mem_array(ctx->mem, struct plan, count);
    for (size_t i = 0; i < count; i++)
        TRY(plan_read(ctx, &(const struct plan_wanted){pledge, low + (int64_t)i, PLAN_FOR_PUBLIC},
                      &plans[i]));
    TRY(plan_compare(ctx, plans, count, &pairs, &page.count));
    fill_pairs(ctx, pairs, &page);
    page.before_name = plan_period_name(ctx, &plans[0]);
    page.after_name = plan_period_name(ctx, &plans[count - 1]);
    page.before_short = mem_format(ctx->mem, "Period %d", (int)low);
    page.after_short = mem_format(ctx->mem, "Period %d", (int)high);
    answer->page.title = "Two periods of an action plan side by side";
    plan_compare_show(&answer->body, &page);
    return OK;
}

/* ---- the page ---- */

/* A period of the query; 0 when it says none.  What can be none is not found. */
static enum status asked_period(struct web_request *request, const struct pledge *pledge,
                                const char *name, int64_t *out)
{
    *out = 0;
    if (web_query(request, name)[0] == '\0')
        return OK;
    TRY(plan_period_of(web_query(request, name), out));
    return *out <= pledge->period ? OK : ERR_NOT_FOUND;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct pledge pledge;
    struct plan plan;
    int64_t period, with;
    TRY(pledge_find(ctx, web_value(request, "reference"), PLEDGE_FOR_PUBLIC, &pledge));
    TRY(asked_period(request, &pledge, "period", &period));
    TRY(asked_period(request, &pledge, "with", &with));
    set_page(request, answer, &pledge);
    if (period != 0 && with != 0 && period != with)
        return compare(request, answer, &pledge, period < with ? period : with,
                       period < with ? with : period);
    TRY(plan_read(ctx, &(const struct plan_wanted){&pledge, period, PLAN_FOR_PUBLIC}, &plan));
    struct plan_page page = {.plan = &plan,
                             .period_name = plan_period_name(ctx, &plan),
                             .base = "/pledges",
                             .tail = "/plan?period="};
    plan_lines_fill(ctx, &plan, NULL, &page.lines);
    plan_periods_fill(ctx, &plan, &page);
    plan_public_page(&answer->body, &page);
    return OK;
}

static enum status give_json(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct plan plan;
    int64_t period;
    TRY(pledge_find(request->ctx, web_value(request, "reference"), PLEDGE_FOR_PUBLIC, &pledge));
    TRY(asked_period(request, &pledge, "period", &period));
    TRY(plan_read(request->ctx, &(const struct plan_wanted){&pledge, period, PLAN_FOR_PUBLIC},
                  &plan));
    answer->is_public = answer->is_same_all_day = true;
    return web_json(answer, plan_json(request->ctx, &plan));
}

/* ---- on the pages of a pledge ---- */

static enum status write_section(struct web_request *request, const struct pledge *pledge,
                                 struct view *out)
{
    struct plan plan;
    if (pledge->period == 0)
        return OK;
    TRY(plan_read(request->ctx, &(const struct plan_wanted){pledge, 0, PLAN_FOR_PUBLIC}, &plan));
    struct plan_page page = {.plan = &plan};
    plan_lines_fill(request->ctx, &plan, NULL, &page.lines);
    plan_public_section(out, &page);
    return OK;
}

const struct pledge_section plan_section = {PLEDGE_AT_PLAN, write_section};

static enum status write_desk_section(struct web_request *request, const struct pledge *pledge,
                                      struct view *out)
{
    (void)request;
    if (pledge->published_at != 0)
        plan_desk_section_show(out, pledge->reference);
    return OK;
}

const struct pledge_section plan_desk_section = {PLEDGE_AT_DESK, write_desk_section};

const struct web_route plan_public_routes[] = {
    {.method = "GET",
     .path = "/pledges/:reference/plan",
     .access = WEB_PUBLIC,
     .handler = show,
     .summary = "How the plan of a pledge goes; two periods side by side.",
     .asks = "period with"},
    {.method = "GET",
     .path = "/pledges/:reference/plan.json",
     .access = WEB_PUBLIC,
     .handler = give_json,
     .summary = "The same as JSON.",
     .answers = plan_json_schema,
     .asks = "period"},
    {0},
};
