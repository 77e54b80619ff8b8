/* SPDX-License-Identifier: MIT */
/*
 * plan_desk_web.c - what waits for those who keep the plans of an organisation.
 *
 *   /desk/plans      actions that are overdue, or without an update for PLAN_QUIET_DAYS
 *
 * and at /account: the plans that one works on.
 */
#include "programme/plan/plan_routes.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/plan/plan.sql.h"
#include "programme/plan/plan_page.h"
#include "programme/plan/plan_page.html.h"

enum { OWN_MAX = 50 };

static const struct form_option states[] = {{"planned", "Planned", "nhsuk-tag--grey", NULL},
                                            {"in-progress", "In progress", "nhsuk-tag--blue", NULL},
                                            {0}};
static const struct form_option rags[] = {{"red", "Red", "nhsuk-tag--red", NULL},
                                          {"amber", "Amber", "nhsuk-tag--orange", NULL},
                                          {"green", "Green", "nhsuk-tag--green", NULL},
                                          {"", "Not rated yet", "nhsuk-tag--grey", NULL},
                                          {0}};
static const struct form_option whys[] = {
    {"overdue", "Overdue", "nhsuk-tag--red", NULL},
    {"quiet", "No update for 90 days", "nhsuk-tag--yellow", NULL},
    {0}};

static const struct listing_column columns[] = {
    {.name = "action", .heading = "Action", .link = "/plans/:reference/:period/actions/:number"},
    {.name = "organisation", .heading = "Organisation"},
    {.name = "due_on", .heading = "Due by", .format = LISTING_DATE},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {.name = "rag", .heading = "How it goes", .format = LISTING_TAG, .options = rags},
    {.name = "why", .heading = "Why it waits", .format = LISTING_TAG, .options = whys},
    {.name = "reference", .heading = "Pledge", .is_in_files_only = true},
    {.name = "period", .heading = "Period", .format = LISTING_NUMBER, .is_in_files_only = true},
    {.name = "number", .heading = "Number", .format = LISTING_NUMBER, .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "why",
                                                 .label = "Why it waits",
                                                 .kind = LISTING_CHOICE,
                                                 .options = whys,
                                                 .column = "why"},
                                                {0}};

static const struct listing_order orders[] = {{"waiting", "Waiting longest"}, {0}};

static enum status intro(struct web_request *request, struct view *out)
{
    (void)request;
    plan_queue_intro(out);
    return OK;
}

static const struct listing queue = {
    .title = "Actions that wait for an update",
    .section = "/desk",
    .query = &plan_queue_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "action",
    .many = "actions",
    .file_name = "plan-queue",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
    .intro = intro,
};

static enum status count_waiting(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct plan_waiting_row row;
    TRY(plan_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), scope, &row));
    *out = (struct desk_load){.waiting_count = row.actions};
    return row.oldest_on == NULL ? OK : time_day_start(row.oldest_on, &out->oldest_at);
}

const struct desk_queue plan_queues[] = {
    {"Actions that wait for an update", "/desk/plans", "Overdue, or quiet for 90 days.",
     MAY_WORK_PLANS, count_waiting},
    {0},
};

/* ---- at /account ---- */

static enum status show_own(struct web_request *request, struct view *out)
{
    struct ctx *ctx = request->ctx;
    struct access_person asker;
    struct plan_of_person_row *rows;
    struct plan_own page;
    TRY(access_person_get(ctx, ctx->person, &asker));
    TRY(plan_of_person(ctx, ctx->person.n, text_email_key(ctx->mem, asker.email),
                       time_day_of(ctx->mem, ctx->now_secs), OWN_MAX, &rows, &page.count));
    page.lines = mem_array(ctx->mem, struct plan_own_line, page.count);
    for (size_t i = 0; i < page.count; i++)
        page.lines[i] = (struct plan_own_line){rows[i].reference, rows[i].name, rows[i].overdue};
    if (page.count > 0)
        plan_own_section(out, &page);
    return OK;
}

const struct account_section plan_own_sections[] = {{"Action plans you work on", show_own}, {0}};

const struct web_route plan_desk_routes[] = {
    WEB_LISTING("/desk/plans", MAY_WORK_PLANS, &queue, "Actions that are overdue or quiet."),
    {0},
};
