/* SPDX-License-Identifier: MIT */
/*
 * review_desk_web.c - the programme's work on reviews.
 *
 *   /desk/reviews                     open reviews, the first to lapse first
 *   /desk/reviews/:reference/extend   asks for a day and a reason; POST gives more time, once
 *
 * and a section on the desk's page of a pledge.
 */
#include "platform/base/time.h"
#include "platform/web/listing.h"
#include "programme/access/access.h"
#include "programme/review/review.sql.h"
#include "programme/review/review_page.html.h"
#include "programme/review/review_routes.h"
#include "programme/review/review_show_web.h"

enum { REASON_CHARS_MAX = 2000 };

/* ---- the queue ---- */

static const struct form_option states[] = {
    {"lapsing", "Lapses within 30 days", "nhsuk-tag--red", NULL},
    {"late", "Late", "nhsuk-tag--orange", NULL},
    {"open", "Open", "nhsuk-tag--blue", NULL},
    {0}};

static const struct listing_column columns[] = {
    {.name = "organisation", .heading = "Organisation", .link = "/desk/pledges/:reference"},
    {.name = "reference", .heading = "Reference"},
    {.name = "period", .heading = "Year", .format = LISTING_NUMBER},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = states},
    {.name = "due_on", .heading = "Due by", .format = LISTING_DATE},
    {.name = "lapses_on", .heading = "Lapses after", .format = LISTING_DATE},
    {.name = "version", .heading = "Times sent", .format = LISTING_NUMBER},
    {.name = "organisation_code", .heading = "Organisation code", .is_in_files_only = true},
    {.name = "region", .heading = "Region", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = states,
                                                 .column = "state"},
                                                {0}};

static const struct listing_order orders[] = {
    {"lapses", "First to lapse first"}, {"newest", "Newest first"}, {0}};

static const struct listing queue = {
    .title = "Yearly reviews",
    .section = "/desk",
    .query = &review_queue_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "review",
    .many = "reviews",
    .file_name = "reviews",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
};

/* ---- what waits, at /desk ---- */

static enum status count_in(struct ctx *ctx, const char *state, const char *scope,
                            struct desk_load *out)
{
    struct review_waiting_row row;
    TRY(review_waiting(ctx, time_day_of(ctx->mem, ctx->now_secs), state, scope, &row));
    out->waiting_count = row.reviews;
    out->oldest_at = row.oldest_at == NULL ? 0 : *row.oldest_at;
    return OK;
}

static enum status count_open(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    return count_in(ctx, "open", scope, out);
}

static enum status count_late(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    return count_in(ctx, "late", scope, out);
}

static enum status count_lapsing(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    return count_in(ctx, "lapsing", scope, out);
}

const struct desk_queue review_queues[] = {
    {"Pledges that lapse within 30 days", "/desk/reviews?state=lapsing",
     "Their yearly review is not signed. Help, or give more time.", MAY_SEE_PLEDGES, count_lapsing},
    {"Reviews that are late", "/desk/reviews?state=late", "Their day has passed.", MAY_SEE_PLEDGES,
     count_late},
    {"Reviews that are open", "/desk/reviews?state=open", "They are being written.",
     MAY_SEE_PLEDGES, count_open},
    {0},
};

/* ---- on the desk's page of a pledge ---- */

static enum status may_extend(struct ctx *ctx, const struct review *review, bool *out)
{
    struct access_granted granted;
    *out = review->is_open && review->extended_at == 0;
    if (!*out)
        return OK;
    enum status status = access_check(ctx, MAY_WORK_PLEDGES, &granted);
    *out = status == OK;
    return status == ERR_FORBIDDEN ? OK : status;
}

static enum status write_section(struct web_request *request, const struct pledge *pledge,
                                 struct view *out)
{
    struct ctx *ctx = request->ctx;
    struct review review;
    struct review_desk page = {.pledge = pledge, .review = &review};
    enum status status = review_find(ctx, pledge, 0, &review);
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    TRY(may_extend(ctx, &review, &page.may_extend));
    ctx->fault = NULL;
    page.is_sent = review.version.version != 0;
    review_show_fill(ctx, pledge, &review, &page.show);
    page.dates = page.show.dates;
    review_desk_words(out, &page);
    return OK;
}

const struct pledge_section review_desk_section = {PLEDGE_AT_DESK, write_section};

/* ---- more time ---- */

static const struct form_field extension_fields[] = {
    FORM_DATE(review_extension, until_on, .label = "Until when can it be signed?",
              .missing = "Enter the last day on which it can be signed"),
    FORM_LONG_TEXT(review_extension, reason, .label = "What is the reason?",
                   .length_most = REASON_CHARS_MAX, .rows = 4, .hint = "The public reads it.",
                   .short_label = "Reason", .missing = "Enter the reason"),
    FORM_END};

/* What is outside the scope of the role looks as if it were not there. */
static enum status find(struct web_request *request, struct pledge *out)
{
    bool holds;
    TRY(pledge_find(request->ctx, web_value(request, "reference"), PLEDGE_FOR_STAFF, out));
    TRY(access_scope_holds(request->ctx, request->grant.scope, out->organisation_code, &holds));
    return holds ? OK
                 : ctx_fail(request->ctx, ERR_NOT_FOUND, "pledge is outside the scope of the role");
}

static enum status say_refused(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 409, "More time cannot be given",
                     "The review is not open, or it was given more time before. That can be done "
                     "once.");
}

static enum status show_form(struct web_request *request, struct web_answer *answer,
                             const struct pledge *pledge, const struct form_problems *problems)
{
    struct mem *mem = request->ctx->mem;
    answer->page.section = "/desk";
    return form_answer(request, answer,
                       &(const struct form_page){
                           .title = "Give more time for the review",
                           .action = mem_format(mem, "/desk/reviews/%s/extend", pledge->reference),
                           .button = "Give more time",
                           .back_href = mem_format(mem, "/desk/pledges/%s", pledge->reference),
                           .shown = {.fields = extension_fields,
                                     .answers = problems != NULL ? request->sent : NULL,
                                     .problems = problems}});
}

static enum status ask_extend(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct review review;
    TRY(find(request, &pledge));
    enum status status = review_find(request->ctx, &pledge, 0, &review);
    if (status == ERR_NOT_FOUND || (status == OK && (!review.is_open || review.extended_at != 0)))
        return say_refused(request, answer);
    TRY(status);
    return show_form(request, answer, &pledge, NULL);
}

static enum status do_extend(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct review_extension form = {"", ""};
    struct form_problems problems = {.count = 0};
    TRY(find(request, &pledge));
    enum status status = form_read(request->ctx, extension_fields, request->sent, &form, &problems);
    if (status == OK)
        status = review_extend(request->ctx, pledge.reference, &form, &problems);
    if (status == ERR_INVALID)
        return show_form(request, answer, &pledge, &problems);
    if (status == ERR_CONFLICT)
        return say_refused(request, answer);
    TRY(status);
    return web_see_other(answer,
                         mem_format(request->ctx->mem, "/desk/pledges/%s", pledge.reference));
}

const struct web_route review_desk_routes[] = {
    WEB_LISTING("/desk/reviews", MAY_SEE_PLEDGES, &queue, "Open reviews, to help in time."),
    {"GET", "/desk/reviews/:reference/extend", MAY_WORK_PLEDGES, ask_extend,
     "Asks until when, and why."},
    {"POST", "/desk/reviews/:reference/extend", MAY_WORK_PLEDGES, do_extend,
     "Gives more time, once."},
    {0},
};
