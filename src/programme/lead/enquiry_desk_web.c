/* SPDX-License-Identifier: MIT */
/*
 * enquiry_desk_web.c - questions at the desk of those who answer them.
 *
 *   /desk/enquiries                 those of one's scope, without what they say
 *   /desk/enquiries/:reference      one; that it was read is noted
 *   POST .../answer .../pass .../close
 */
#include "programme/lead/lead_web.h"

#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/lead/enquiry.sql.h"
#include "programme/lead/lead.sql.h"
#include "programme/lead/lead_page.html.h"
#include "programme/lead/lead_routes.h"

#include <string.h>

/* ---- all of them ---- */

static const struct form_option state_options[] = {
    {"open", "To be answered", "nhsuk-tag--blue", NULL},
    {"answered", "Answered", "nhsuk-tag--green", NULL},
    {"closed", "Closed", "nhsuk-tag--grey", NULL},
    {0}};
static const struct form_option late_options[] = {{"late", "Late", "nhsuk-tag--red", NULL}, {0}};

static const struct listing_column columns[] = {
    {.name = "reference", .heading = "Question", .link = "/desk/enquiries/:reference"},
    {.name = "place", .heading = "Place"},
    {.name = "theme",
     .heading = "About",
     .format = LISTING_CODE,
     .options_from = lead_theme_choices},
    {.name = "holder_name", .heading = "With"},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = state_options},
    {.name = "due_on", .heading = "Answer by", .format = LISTING_DATE},
    {.name = "late", .heading = "Late", .format = LISTING_TAG, .options = late_options},
    {.name = "asked_at", .heading = "Sent", .format = LISTING_TIME, .is_in_files_only = true},
    {.name = "area", .heading = "Code of the area", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = state_options,
                                                 .column = "state"},
                                                {.argument = "late",
                                                 .label = "Late",
                                                 .kind = LISTING_CHOICE,
                                                 .options = late_options,
                                                 .column = "late"},
                                                {0}};

static const struct listing_order orders[] = {
    {"due", "First due first"}, {"newest", "Newest first"}, {0}};

static const struct listing listing = {
    .title = "Questions to local leads",
    .section = "/desk",
    .query = &lead_enquiry_list_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "question",
    .many = "questions",
    .file_name = "questions",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

/* ---- the queues ---- */

static enum status count_open(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct lead_enquiry_waiting_row row;
    TRY(lead_enquiry_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), scope, &row));
    *out = (struct desk_load){row.enquiries, row.oldest_at != NULL ? *row.oldest_at : 0};
    return OK;
}

static enum status count_late(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct lead_enquiry_late_waiting_row row;
    TRY(lead_enquiry_late_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), scope, &row));
    *out = (struct desk_load){row.enquiries, row.oldest_at != NULL ? *row.oldest_at : 0};
    return OK;
}

static enum status count_leads(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct lead_waiting_row row;
    TRY(lead_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), scope, &row));
    *out = (struct desk_load){row.leads, row.oldest_at != NULL ? *row.oldest_at : 0};
    return OK;
}

const struct desk_queue lead_queues[] = {
    {"Questions to answer", "/desk/enquiries?state=open", "From people who look for a local lead.",
     MAY_ANSWER_ENQUIRIES, count_open},
    {"Questions that are late", "/desk/enquiries?late=late",
     "Answer them or pass them to somebody.", MAY_KEEP_LEADS, count_late},
    {"Local leads to look after", "/desk/leads?order=confirm",
     "Not confirmed in time, or their area has ended.", MAY_KEEP_LEADS, count_leads},
    {"Where I am the local lead", "/desk/leads/mine", "Confirm it twice a year.",
     MAY_ANSWER_ENQUIRIES, NULL},
    {0},
};

/* ---- one of them ---- */

static enum status find(struct web_request *request, struct enquiry *out)
{
    bool holds;
    TRY(enquiry_find(request->ctx, web_value(request, "reference"), out));
    if (strcmp(out->state, "unconfirmed") == 0)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "\"%s\" is not confirmed", out->reference);
    TRY(access_scope_holds(request->ctx, request->grant.scope, out->area, &holds));
    return holds ? OK : ERR_NOT_FOUND;
}

static const char *page_of(struct web_request *request, const struct enquiry *enquiry)
{
    return mem_join(request->ctx->mem, "/desk/enquiries/", enquiry->reference, "");
}

static enum status note_seen(struct ctx *ctx, const struct enquiry *enquiry)
{
    return audit_note(ctx, &(const struct audit_deed){.what = "enquiry.seen",
                                                      .organisation = enquiry->area,
                                                      .thing = enquiry->reference});
}

/* What is wrong with what was typed, beside what was typed. */
struct wrong {
    const char *text, *email;
};

static enum status show_page(struct web_request *request, struct web_answer *answer,
                             const struct enquiry *enquiry, const struct wrong *wrong)
{
    struct enquiry_show page;
    bool has_problem = wrong->text[0] != '\0' || wrong->email[0] != '\0';
    TRY(note_seen(request->ctx, enquiry));
    TRY(enquiry_fill(request, enquiry, true, &page));
    page.base = page_of(request, enquiry);
    page.problem = wrong->text;
    page.email_problem = wrong->email;
    if (has_problem) {
        page.typed = answers_get(request->sent, "text");
        page.email = answers_get(request->sent, "email");
    }
    answer->page = (struct web_page){
        .title = mem_format(request->ctx->mem, "Question %s", enquiry->reference),
        .section = "/desk",
        .has_problem = has_problem,
        .crumbs = {
            {"Home", "/"}, {"Desk", "/desk"}, {"Questions to local leads", "/desk/enquiries"}}};
    enquiry_desk_show(&answer->body, &page);
    return has_problem ? ERR_INVALID : OK;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct enquiry enquiry;
    TRY(find(request, &enquiry));
    return show_page(request, answer, &enquiry, &(const struct wrong){"", ""});
}

static enum status sorry(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 409, "This question is closed",
                     "It opens again when whoever asked writes again.");
}

static enum status answer_it(struct web_request *request, struct web_answer *answer)
{
    struct enquiry enquiry;
    const char *text = answers_get(request->sent, "text"), *problem = enquiry_words_problem(text);
    TRY(find(request, &enquiry));
    if (problem[0] != '\0')
        return show_page(request, answer, &enquiry, &(const struct wrong){problem, ""});
    enum status status = enquiry_answer(request->ctx, &enquiry, text);
    if (status == ERR_CONFLICT)
        return sorry(request, answer);
    TRY(status);
    return web_see_other(answer, page_of(request, &enquiry));
}

static enum status pass(struct web_request *request, struct web_answer *answer)
{
    struct enquiry enquiry;
    struct form_problems problems = {.count = 0};
    TRY(find(request, &enquiry));
    enum status status =
        enquiry_pass(request->ctx, &enquiry, answers_get(request->sent, "email"), &problems);
    if (status == ERR_INVALID)
        return show_page(request, answer, &enquiry,
                         &(const struct wrong){"", form_problem_of(&problems, "email")});
    TRY(status);
    return web_see_other(answer, page_of(request, &enquiry));
}

static enum status end(struct web_request *request, struct web_answer *answer)
{
    struct enquiry enquiry;
    TRY(find(request, &enquiry));
    TRY(enquiry_end(request->ctx, &enquiry));
    return web_see_other(answer, page_of(request, &enquiry));
}

const struct web_route enquiry_desk_routes[] = {
    WEB_LISTING("/desk/enquiries", MAY_ANSWER_ENQUIRIES, &listing, "Questions to local leads."),
    {"GET", "/desk/enquiries/:reference", MAY_ANSWER_ENQUIRIES, show, "One question."},
    {"POST", "/desk/enquiries/:reference/answer", MAY_ANSWER_ENQUIRIES, answer_it, "Answers it."},
    {"POST", "/desk/enquiries/:reference/pass", MAY_ANSWER_ENQUIRIES, pass,
     "Passes it to another person. Safe to repeat."},
    {"POST", "/desk/enquiries/:reference/close", MAY_ANSWER_ENQUIRIES, end,
     "Closes it. Safe to repeat."},
    {0},
};
