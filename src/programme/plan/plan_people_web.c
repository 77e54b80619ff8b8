/* SPDX-License-Identifier: MIT */
/*
 * plan_people_web.c - who works on a plan.
 *
 *   /plans/:reference/people               who does, and asking somebody; POST asks
 *   POST /plans/:reference/people/:member/end
 *   /plans/join/:token                     what the mailed link opens; changes nothing; POST joins
 */
#include "programme/plan/plan_routes.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/web/form.h"
#include "programme/plan/plan_page.html.h"
#include "programme/plan/plan_show.h"

static const struct form_field invitation_fields[] = {
    FORM_NAME(plan_invitation, name, .label = "Their name", .missing = "Enter their name"),
    FORM_EMAIL(plan_invitation, email, .label = "Their work email address",
               .missing = "Enter their work email address"),
    FORM_DATE(plan_invitation, last_on, .label = "Last day", .is_optional = true,
              .hint = "Leave it empty if there is no end"),
    FORM_END};

static const char *state_of(const struct ctx *ctx, const struct plan_member *member)
{
    return member->ended_at != 0                                 ? "Taken off"
           : !member->counts                                     ? "Ended"
           : member->joined_at != 0                              ? "Works on it"
           : member->invited_at + PLAN_LINK_SECS > ctx->now_secs ? "Asked, not there yet"
                                                                 : "Asked, did not come";
}

static enum status fill(struct web_request *request, const struct plan_visit *visit,
                        struct plan_people_page *page)
{
    struct ctx *ctx = request->ctx;
    struct plan_member *members;
    struct pledge_parties *parties = mem_new(ctx->mem, struct pledge_parties);
    *page = (struct plan_people_page){.reference = visit->pledge.reference,
                                      .form_token = web_token(request),
                                      .parties = parties,
                                      .has_addresses = visit->may_invite || visit->is_staff,
                                      .may_invite = visit->may_invite && visit->plan.is_live};
    TRY(pledge_parties(ctx, visit->pledge.reference, parties));
    TRY(plan_member_list(ctx, &visit->pledge, &members, &page->count));
    page->members = mem_array(ctx->mem, struct plan_member_line, page->count);
    for (size_t i = 0; i < page->count; i++)
        page->members[i] = (struct plan_member_line){
            .member = &members[i],
            .when = time_show_day(ctx->mem, time_day_of(ctx->mem, members[i].joined_at != 0
                                                                      ? members[i].joined_at
                                                                      : members[i].invited_at)),
            .state = state_of(ctx, &members[i]),
            .last = members[i].last_on[0] != '\0' ? time_show_day(ctx->mem, members[i].last_on)
                                                  : "No end"};
    return OK;
}

static enum status show_people(struct web_request *request, struct web_answer *answer,
                               const struct plan_visit *visit, const struct form_problems *problems)
{
    struct plan_people_page page;
    struct view intro = {.mem = request->ctx->mem};
    const char *path = mem_format(request->ctx->mem, "/plans/%s", visit->pledge.reference);
    TRY(fill(request, visit, &page));
    if (!page.may_invite) {
        answer->page.title = "Who works on this plan";
        plan_people_show(&answer->body, &page);
        return OK;
    }
    plan_people_intro(&intro, &page);
    plan_people_ask(&intro);
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Who works on this plan",
                                  .action = mem_format(request->ctx->mem, "%s/people", path),
                                  .button = "Send the invitation",
                                  .back_href = path,
                                  .intro = view_html(&intro),
                                  .shown = {.fields = invitation_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status people(struct web_request *request, struct web_answer *answer)
{
    struct plan_visit visit;
    TRY(plan_visit(request, answer, &visit));
    return show_people(request, answer, &visit, NULL);
}

/* Who was invited does not invite. */
static enum status visit_to_invite(struct web_request *request, struct web_answer *answer,
                                   struct plan_visit *out)
{
    TRY(plan_visit_to_work(request, answer, out));
    return out->may_invite
               ? OK
               : ctx_fail(request->ctx, ERR_NOT_FOUND, "who was invited does not invite");
}

static enum status invite(struct web_request *request, struct web_answer *answer)
{
    struct plan_visit visit;
    struct plan_invitation form = {"", "", ""};
    struct form_problems problems = {.count = 0};
    TRY(visit_to_invite(request, answer, &visit));
    enum status status =
        form_read(request->ctx, invitation_fields, request->sent, &form, &problems);
    if (status == OK)
        status = plan_invite(request->ctx, visit.pledge.reference, &form, &problems);
    if (status == ERR_INVALID && problems.count > 0)
        return show_people(request, answer, &visit, &problems);
    if (status == ERR_CONFLICT)
        return plan_sorry_over(request, answer);
    TRY(status);
    return web_see_other(answer,
                         mem_format(request->ctx->mem, "/plans/%s/people", visit.pledge.reference));
}

static enum status end(struct web_request *request, struct web_answer *answer)
{
    struct plan_visit visit;
    int64_t number;
    TRY(visit_to_invite(request, answer, &visit));
    if (text_number(web_value(request, "member"), 1, 1000, &number) != OK)
        return ERR_NOT_FOUND;
    TRY(plan_member_end(request->ctx, &visit.pledge, number));
    return web_see_other(answer,
                         mem_format(request->ctx->mem, "/plans/%s/people", visit.pledge.reference));
}

/* ---- joining ---- */

static enum status show_join(struct web_request *request, struct web_answer *answer)
{
    struct plan_join_page page = {.token = web_value(request, "token")};
    TRY(plan_link_open(request->ctx, page.token, &page.joining));
    page.form_token = web_token(request);
    answer->page.title =
        page.joining.is_over ? "This link can no longer be used" : "Work on an action plan";
    plan_join_show(&answer->body, &page);
    return OK;
}

static enum status join(struct web_request *request, struct web_answer *answer)
{
    struct plan_joining joining;
    enum status status = plan_link_join(request->ctx, web_value(request, "token"), &joining);
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This link can no longer be used",
                         "It is too old, or a newer link was sent. Ask whoever invited you to do "
                         "it again.");
    TRY(status);
    const char *path = mem_format(request->ctx->mem, "/plans/%s", joining.reference);
    return web_see_other(
        answer, request->ctx->person.n != 0
                    ? path
                    : mem_format(request->ctx->mem, "%s?next=%s", ACCESS_SIGN_IN_PATH, path));
}

const struct web_route plan_people_routes[] = {
    {"GET", "/plans/:reference/people", WEB_SIGNED_IN, people, "Who works on a plan."},
    {"POST", "/plans/:reference/people", WEB_SIGNED_IN, invite, "Asks somebody. Safe to repeat."},
    {"POST", "/plans/:reference/people/:member/end", WEB_SIGNED_IN, end,
     "Takes somebody off. Safe to repeat."},
    {"GET", "/plans/join/:token", WEB_PUBLIC, show_join, "The page of a mailed link."},
    {"POST", "/plans/join/:token", WEB_PUBLIC, join, "Joins by it. Safe to repeat."},
    {0},
};
