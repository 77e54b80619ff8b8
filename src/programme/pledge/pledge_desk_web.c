/* SPDX-License-Identifier: MIT */
/*
 * pledge_desk_web.c - the programme's work on pledges.
 *
 *   /desk/pledges                        the queue, the longest untouched first
 *   /desk/pledges/:reference             one pledge, with all names and reasons
 *   /desk/pledges/:reference/plan-file   the plan that they sent with it
 *   POST .../acknowledge .../publish .../remind
 *   .../return .../withdraw              ask for a reason; POST acts
 */
#include "platform/base/text.h"
#include "platform/document/upload.h"
#include "platform/web/listing.h"
#include "platform/web/web.h"
#include "programme/access/access.h"
#include "programme/pledge/pledge.sql.h"
#include "programme/pledge/pledge_page.html.h"
#include "programme/pledge/pledge_routes.h"
#include "programme/pledge/pledge_show_web.h"

#include <string.h>

/* ---- the queue ---- */

static const struct listing_column queue_columns[] = {
    {.name = "organisation", .heading = "Organisation", .link = "/desk/pledges/:reference"},
    {.name = "reference", .heading = "Reference"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = pledge_state_options},
    {.name = "state_at", .heading = "Since", .format = LISTING_TIME},
    {.name = "organisation_code", .heading = "Organisation code", .is_in_files_only = true},
    {0}};

static const struct listing_filter queue_filters[] = {{.argument = "state",
                                                       .label = "State",
                                                       .kind = LISTING_CHOICE,
                                                       .options = pledge_state_options,
                                                       .column = "state"},
                                                      {0}};

static const struct listing_order queue_orders[] = {
    {"waiting", "Longest untouched first"}, {"newest", "Newest first"}, {0}};

static const struct listing queue_listing = {
    .title = "Pledges to work on",
    .section = "/desk",
    .query = &pledge_queue_query,
    .columns = queue_columns,
    .filters = queue_filters,
    .orders = queue_orders,
    .one = "pledge",
    .many = "pledges",
    .file_name = "pledge-queue",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

/* ---- what waits, at /desk ---- */

static enum status count_in(struct ctx *ctx, const char *state, const char *scope,
                            struct desk_load *out)
{
    struct pledge_waiting_row row;
    TRY(pledge_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), state, scope, &row));
    out->waiting_count = row.pledges;
    out->oldest_at = row.oldest_at == NULL ? 0 : *row.oldest_at;
    return OK;
}

static enum status count_signed(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    return count_in(ctx, "signed", scope, out);
}

static enum status count_acknowledged(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    return count_in(ctx, "acknowledged", scope, out);
}

static enum status count_awaiting(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    return count_in(ctx, "awaiting", scope, out);
}

const struct desk_queue pledge_queues[] = {
    {"Pledges to countersign", "/desk/pledges?state=signed", "Everyone has signed. Check them.",
     MAY_WORK_PLEDGES, count_signed},
    {"Pledges to put on the register", "/desk/pledges?state=acknowledged",
     "Countersigned, and not public yet.", MAY_WORK_PLEDGES, count_acknowledged},
    {"Pledges that wait for a signature", "/desk/pledges?state=awaiting",
     "Send new links to those who wait long.", MAY_SEE_PLEDGES, count_awaiting},
    {"All pledges", "/desk/pledges", "The longest untouched first.", MAY_SEE_PLEDGES, NULL},
    {0},
};

/* ---- one pledge ---- */

enum status pledge_desk_find(struct web_request *request, struct pledge *out)
{
    bool holds;
    TRY(pledge_find(request->ctx, web_value(request, "reference"), PLEDGE_FOR_STAFF, out));
    TRY(access_scope_holds(request->ctx, request->grant.scope, out->organisation_code, &holds));
    if (!holds)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "pledge is outside the scope of the role");
    return OK;
}

static const char *address(struct web_request *request, const struct pledge *pledge,
                           const char *tail)
{
    return mem_format(request->ctx->mem, "/desk/pledges/%s%s", pledge->reference, tail);
}

static void add_act(struct pledge_desk_page *page, const struct pledge_desk_act *act)
{
    page->acts[page->act_count++] = *act;
}

/* What may be done next, most likely first. */
static void fill_acts(const struct pledge *pledge, struct pledge_desk_page *page)
{
    enum pledge_state state = pledge->state;
    if (state == PLEDGE_SIGNED)
        add_act(page, &(const struct pledge_desk_act){.name = "acknowledge",
                                                      .label = "Countersign for the programme"});
    if (state == PLEDGE_ACKNOWLEDGED)
        add_act(page, &(const struct pledge_desk_act){.name = "publish",
                                                      .label = "Put on the public register"});
    if (state == PLEDGE_AWAITING)
        add_act(page, &(const struct pledge_desk_act){.name = "remind",
                                                      .label = "Send new links to sign",
                                                      .is_secondary = true});
    if (state == PLEDGE_AWAITING || state == PLEDGE_SIGNED || state == PLEDGE_ACKNOWLEDGED)
        add_act(page, &(const struct pledge_desk_act){.name = "return",
                                                      .label = "Return it with a reason",
                                                      .needs_reason = true});
    if (!pledge_state_is_over(state))
        add_act(page, &(const struct pledge_desk_act){
                          .name = "withdraw", .label = "Withdraw it", .needs_reason = true});
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct pledge_desk_page page = {.form_token = web_token(request)};
    struct access_granted granted;
    TRY(pledge_desk_find(request, &pledge));
    enum status may_work = access_check(request->ctx, MAY_WORK_PLEDGES, &granted);
    if (may_work != OK && may_work != ERR_FORBIDDEN)
        return may_work;
    request->ctx->fault = NULL;
    pledge_show_fill(request->ctx, &pledge, &page.show);
    TRY(pledge_show_whole(request->ctx, &pledge, true, &page.show.whole));
    if (may_work == OK)
        fill_acts(&pledge, &page);
    if (pledge.plan_upload_id != 0)
        page.plan_file_href = address(request, &pledge, "/plan-file");
    TRY(pledge_sections_write(request, &pledge, PLEDGE_AT_DESK, &page.sections));
    TRY(pledge_note_look(request->ctx, &pledge, false));
    answer->page = (struct web_page){
        .title = mem_format(request->ctx->mem, "Pledge %s", pledge.reference),
        .section = "/desk",
        .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Pledges", "/desk/pledges"}}};
    pledge_desk_show(&answer->body, &page);
    return OK;
}

static enum status plan_file(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct upload upload;
    struct text_span bytes;
    TRY(pledge_desk_find(request, &pledge));
    TRY(pledge_plan_file(request->ctx, &pledge, &upload, &bytes));
    TRY(pledge_note_look(request->ctx, &pledge, true));
    view_raw(&answer->body, bytes.bytes, bytes.length_bytes);
    answer->content_type = upload.type;
    answer->download_name = upload.name;
    return OK;
}

/* ---- acts ---- */

static enum status act(struct web_request *request, struct web_answer *answer,
                       enum status (*fn)(struct ctx *ctx, const char *reference))
{
    struct pledge pledge;
    TRY(pledge_desk_find(request, &pledge));
    enum status status = fn(request->ctx, pledge.reference);
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This cannot be done now",
                         "Somebody may have worked on the pledge since you opened it. Go back and "
                         "look at it again.");
    TRY(status);
    return web_see_other(answer, address(request, &pledge, ""));
}

static enum status acknowledge(struct web_request *request, struct web_answer *answer)
{
    return act(request, answer, pledge_acknowledge);
}

static enum status publish(struct web_request *request, struct web_answer *answer)
{
    return act(request, answer, pledge_publish);
}

static enum status remind(struct web_request *request, struct web_answer *answer)
{
    return act(request, answer, pledge_remind);
}

/* An act that needs a reason: its words, and what it does. */
struct reasoned {
    const char *title, *tail, *button;
    enum status (*fn)(struct ctx *ctx, const char *reference, const char *reason);
};

static const struct reasoned returning = {"Return this pledge", "/return", "Return it",
                                          pledge_return};
static const struct reasoned withdrawing = {"Withdraw this pledge", "/withdraw", "Withdraw it",
                                            pledge_withdraw};

static enum status ask_reason(struct web_request *request, struct web_answer *answer,
                              const struct reasoned *reasoned, const struct form_problems *problems)
{
    struct pledge pledge;
    TRY(pledge_desk_find(request, &pledge));
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){.title = reasoned->title,
                                  .action = address(request, &pledge, reasoned->tail),
                                  .button = reasoned->button,
                                  .is_warning = reasoned == &withdrawing,
                                  .back_href = address(request, &pledge, ""),
                                  .shown = {.fields = pledge_reason_fields,
                                            .answers = problems != NULL ? request->sent : NULL,
                                            .problems = problems}});
}

static enum status act_with_reason(struct web_request *request, struct web_answer *answer,
                                   const struct reasoned *reasoned)
{
    struct pledge pledge;
    struct pledge_reason form = {""};
    struct form_problems problems = {.count = 0};
    TRY(pledge_desk_find(request, &pledge));
    enum status status =
        form_read(request->ctx, pledge_reason_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return ask_reason(request, answer, reasoned, &problems);
    TRY(status);
    status = reasoned->fn(request->ctx, pledge.reference, form.reason);
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This cannot be done now",
                         "Somebody may have worked on the pledge since you opened it. Go back and "
                         "look at it again.");
    TRY(status);
    return web_see_other(answer, address(request, &pledge, ""));
}

static enum status ask_return(struct web_request *request, struct web_answer *answer)
{
    return ask_reason(request, answer, &returning, NULL);
}

static enum status do_return(struct web_request *request, struct web_answer *answer)
{
    return act_with_reason(request, answer, &returning);
}

static enum status ask_withdraw(struct web_request *request, struct web_answer *answer)
{
    return ask_reason(request, answer, &withdrawing, NULL);
}

static enum status do_withdraw(struct web_request *request, struct web_answer *answer)
{
    return act_with_reason(request, answer, &withdrawing);
}

const struct web_route pledge_desk_routes[] = {
    WEB_LISTING("/desk/pledges", MAY_SEE_PLEDGES, &queue_listing, "The queue."),
    {"GET", "/desk/pledges/:reference", MAY_SEE_PLEDGES, show, "One pledge, for staff."},
    {"GET", "/desk/pledges/:reference/plan-file", MAY_SEE_PLEDGES, plan_file, "Their own plan."},
    {"POST", "/desk/pledges/:reference/acknowledge", MAY_WORK_PLEDGES, acknowledge,
     "The programme countersigns. Safe to repeat."},
    {"POST", "/desk/pledges/:reference/publish", MAY_WORK_PLEDGES, publish,
     "Onto the public register. Safe to repeat."},
    {"POST", "/desk/pledges/:reference/remind", MAY_WORK_PLEDGES, remind, "Mails new links."},
    {"GET", "/desk/pledges/:reference/return", MAY_WORK_PLEDGES, ask_return, "Asks for a reason."},
    {"POST", "/desk/pledges/:reference/return", MAY_WORK_PLEDGES, do_return,
     "Back to those who sent it. Safe to repeat."},
    {"GET", "/desk/pledges/:reference/withdraw", MAY_WORK_PLEDGES, ask_withdraw,
     "Asks for a reason."},
    {"POST", "/desk/pledges/:reference/withdraw", MAY_WORK_PLEDGES, do_withdraw,
     "No longer in force. Safe to repeat."},
    {0},
};
