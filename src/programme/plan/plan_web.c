/* SPDX-License-Identifier: MIT */
/*
 * plan_web.c - a plan for those who work on it.
 *
 *   /plans/:reference                              the live plan
 *   /plans/:reference/plan.pdf .xlsx .json         the board paper, the workbook, the same as JSON
 *   /plans/:reference/:period                      the plan of a period
 *   /plans/:reference/:period/actions/:action      an action with all its updates
 *   /plans/:reference/evidence/:upload             a file that was sent with an update
 *
 * Writing stands in plan_write_web.c, the people in plan_people_web.c.
 */
#include "programme/plan/plan_routes.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/upload.h"
#include "programme/plan/plan_internal.h"
#include "programme/plan/plan_page.html.h"
#include "programme/plan/plan_show.h"

#include <string.h>

/* ---- who comes ---- */

/* One of the roles of the person has the access for the organisation. */
static enum status has_role(struct web_request *request, struct web_answer *answer, int access,
                            const struct plan_visit *visit, bool *out)
{
    struct web_grant grant = {.go_first = NULL};
    enum status status = access_may_for(request, access, visit->pledge.organisation_code, &grant);
    *out = status == OK;
    if (status == ERR_FORBIDDEN && grant.go_first != NULL)
        return web_sorry(request, answer, 403, "First show that it is you",
                         "Your role needs a second step when you sign in. Go to Desk, take that "
                         "step, and come back to this page.");
    if (status == ERR_FORBIDDEN || status == ERR_NOT_FOUND)
        request->ctx->fault = NULL;
    else
        TRY(status);
    if (*out)
        request->ctx->role = grant.role;
    return OK;
}

static enum status who_comes(struct web_request *request, struct web_answer *answer,
                             struct plan_visit *visit)
{
    enum plan_seat seat;
    TRY(plan_seat_of(request->ctx, &visit->pledge, &seat));
    visit->may_work = seat != PLAN_STRANGER;
    visit->may_invite = seat == PLAN_PARTY;
    if (seat == PLAN_STRANGER) {
        TRY(has_role(request, answer, MAY_WORK_PLANS, visit, &visit->may_work));
        visit->may_invite = visit->may_work;
    }
    if (!visit->may_work)
        TRY(has_role(request, answer, MAY_SEE_PLEDGES, visit, &visit->is_staff));
    return visit->may_work || visit->is_staff
               ? OK
               : ctx_fail(request->ctx, ERR_NOT_FOUND, "the plan is not for this person");
}

static enum status find_action(struct web_request *request, struct plan_visit *visit)
{
    int64_t number;
    if (web_value(request, "action")[0] == '\0')
        return OK;
    if (text_number(web_value(request, "action"), 1, PLAN_ACTIONS_MAX, &number) != OK)
        return ERR_NOT_FOUND;
    visit->action = plan_action_of(&visit->plan, number);
    return visit->action != NULL ? OK : ERR_NOT_FOUND;
}

enum status plan_visit(struct web_request *request, struct web_answer *answer,
                       struct plan_visit *out)
{
    struct ctx *ctx = request->ctx;
    int64_t period = 0;
    *out = (struct plan_visit){.action = NULL};
    if (web_value(request, "period")[0] != '\0')
        TRY(plan_period_of(web_value(request, "period"), &period));
    TRY(pledge_find(ctx, web_value(request, "reference"), PLEDGE_FOR_STAFF, &out->pledge));
    if (out->pledge.published_at == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the pledge was never on the register");
    TRY(who_comes(request, answer, out));
    TRY(plan_read(ctx, &(const struct plan_wanted){&out->pledge, period, PLAN_FOR_WORKERS},
                  &out->plan));
    TRY(find_action(request, out));
    out->base = mem_format(ctx->mem, "/plans/%s/%d", out->pledge.reference, (int)out->plan.period);
    answer->page.crumbs[0] = (struct web_crumb){"Home", "/"};
    answer->page.crumbs[1] = (struct web_crumb){"Your account", "/account"};
    return out->is_staff ? plan_note(ctx, &out->pledge, "plan.looked", NULL) : OK;
}

enum status plan_sorry_over(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 409, "This plan cannot be changed any more",
                     "It belongs to a period that is over, or its pledge is not in force. If there "
                     "is a newer plan, write your update there.");
}

enum status plan_visit_to_work(struct web_request *request, struct web_answer *answer,
                               struct plan_visit *out)
{
    TRY(plan_visit(request, answer, out));
    if (!out->may_work)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "the person only reads the plan");
    return out->plan.is_live ? OK : plan_sorry_over(request, answer);
}

/* ---- the plan ---- */

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct plan_visit visit;
    TRY(plan_visit(request, answer, &visit));
    struct plan_page page = {.plan = &visit.plan,
                             .may_work = visit.may_work && visit.plan.is_live,
                             .period_name = plan_period_name(ctx, &visit.plan),
                             .base = "/plans",
                             .tail = "/"};
    plan_lines_fill(ctx, &visit.plan, visit.base, &page.lines);
    plan_periods_fill(ctx, &visit.plan, &page);
    answer->page.title = mem_format(ctx->mem, "Action plan of %s", visit.pledge.organisation_name);
    plan_show(&answer->body, &page);
    return OK;
}

static enum status show_action(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct plan_visit visit;
    TRY(plan_visit(request, answer, &visit));
    struct plan_action_page page = {
        .plan = &visit.plan,
        .line = plan_line_of(ctx, visit.action, visit.base),
        .base = mem_format(ctx->mem, "%s/actions/%d", visit.base, (int)visit.action->number),
        .may_work = visit.may_work && visit.plan.is_live};
    plan_update_lines(ctx, visit.action, 0, page.may_work ? page.base : NULL, &page);
    answer->page.title = visit.action->action;
    answer->page.crumbs[2] = (struct web_crumb){
        "Action plan", mem_format(ctx->mem, "/plans/%s", visit.pledge.reference)};
    plan_action_show(&answer->body, &page);
    return OK;
}

/* ---- to take away ---- */

static enum status give_pdf(struct web_request *request, struct web_answer *answer)
{
    struct plan_visit visit;
    TRY(plan_visit(request, answer, &visit));
    TRY(plan_print(request->ctx, &visit.plan, &answer->body));
    answer->content_type = "application/pdf";
    answer->download_name = mem_format(request->ctx->mem, "plan-%s.pdf", visit.pledge.reference);
    return OK;
}

static enum status give_workbook(struct web_request *request, struct web_answer *answer)
{
    struct plan_visit visit;
    TRY(plan_visit(request, answer, &visit));
    TRY(plan_workbook(request->ctx, &visit.plan, &answer->body));
    answer->content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    answer->download_name = mem_format(request->ctx->mem, "plan-%s.xlsx", visit.pledge.reference);
    return OK;
}

static enum status give_json(struct web_request *request, struct web_answer *answer)
{
    struct plan_visit visit;
    TRY(plan_visit(request, answer, &visit));
    return web_json(answer, plan_json(request->ctx, &visit.plan));
}

static enum status give_file(struct web_request *request, struct web_answer *answer)
{
    struct ctx *ctx = request->ctx;
    struct plan_visit visit;
    struct upload upload;
    struct text_span bytes;
    int64_t id;
    TRY(plan_visit(request, answer, &visit));
    if (text_number(web_value(request, "upload"), 1, INT64_MAX, &id) != OK)
        return ERR_NOT_FOUND;
    const char *owner = mem_format(ctx->mem, "plan/%s", visit.pledge.reference);
    TRY(upload_read(ctx, id, owner, &upload, &bytes));
    if (visit.is_staff)
        TRY(plan_note(ctx, &visit.pledge, "plan.file_looked", upload.name));
    view_raw(&answer->body, bytes.bytes, bytes.length_bytes);
    answer->content_type = upload.type;
    answer->download_name = upload.name;
    return OK;
}

const struct web_route plan_routes[] = {
    {"GET", "/plans/:reference", WEB_SIGNED_IN, show, "The live plan of a pledge."},
    {"GET", "/plans/:reference/plan.pdf", WEB_SIGNED_IN, give_pdf, "The plan, for the board."},
    {"GET", "/plans/:reference/plan.xlsx", WEB_SIGNED_IN, give_workbook, "The plan as a workbook."},
    {"GET", "/plans/:reference/plan.json", WEB_SIGNED_IN, give_json, "The plan as JSON."},
    {"GET", "/plans/:reference/:period", WEB_SIGNED_IN, show, "The plan of one period."},
    {"GET", "/plans/:reference/:period/actions/:action", WEB_SIGNED_IN, show_action,
     "An action with all its updates."},
    {"GET", "/plans/:reference/evidence/:upload", WEB_SIGNED_IN, give_file, "A file of evidence."},
    {0},
};
