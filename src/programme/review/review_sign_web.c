/* SPDX-License-Identifier: MIT */
/*
 * review_sign_web.c - signing a review by a mailed link.
 *
 *   /reviews/confirm/:token           read and sign; POST signs
 *   /reviews/confirm/:token/decline   POST: sent back, with a reason
 *   /reviews/begin/:token             come to write it; POST makes an account when there is none
 */
#include "programme/review/review_sign_web.h"

#include "platform/base/time.h"
#include "programme/review/review_page.html.h"
#include "programme/review/review_routes.h"
#include "programme/review/review_show_web.h"

enum { REASON_CHARS_MAX = 2000 };

const struct form_field review_reason_fields[] = {
    FORM_LONG_TEXT(review_reason, reason, .label = "What is the reason?",
                   .length_most = REASON_CHARS_MAX, .rows = 4,
                   .hint = "The people who write the review read this. Be kind and clear about "
                           "what to change.",
                   .short_label = "Reason", .missing = "Enter the reason"),
    FORM_END};

enum status review_say_refused(struct web_request *request, struct web_answer *answer,
                               enum status status)
{
    if (status == ERR_FORBIDDEN)
        return web_sorry(request, answer, 409, "One person cannot sign for both sides",
                         "You sign this review for one side already. Somebody else has to sign it "
                         "for the other side. Nothing was signed now.");
    return web_sorry(request, answer, 409, "This cannot be signed now",
                     "The words were changed and sent again, were sent back, or the time is over. "
                     "Open the page of the review again to see how it stands.");
}

static void fill_page(struct web_request *request, const struct review_to_sign *ask,
                      struct review_confirm_page *out)
{
    *out = (struct review_confirm_page){.ask = ask, .token = web_value(request, "token")};
    if (ask->act.role == NULL)
        return;
    out->side = review_side_text(ask->act.role);
    out->dates.due_on = time_show_day(request->ctx->mem, ask->due_on);
    out->dates.lapses_on = time_show_day(request->ctx->mem, ask->lapses_on);
}

static enum status show_over(struct web_request *request, struct web_answer *answer,
                             const struct review_confirm_page *page)
{
    request->ctx->fault = NULL;
    answer->page.title = "This link can no longer be used";
    review_confirm_over(&answer->body, page);
    answer->code = 409;
    return ERR_CONFLICT;
}

static enum status show_ended(struct web_answer *answer, const struct review_confirm_page *page)
{
    answer->page.title = page->ask->is_signed ? "You have signed" : "You have not signed";
    (page->ask->is_signed ? review_confirm_done : review_confirm_declined)(&answer->body, page);
    return OK;
}

/* problems: of the reason for sending it back; NULL: none was sent. */
static enum status show_page(struct web_request *request, struct web_answer *answer,
                             const struct form_problems *problems)
{
    struct review_to_sign ask;
    struct review_confirm_page page;
    struct view top = {.mem = request->ctx->mem}, form = {.mem = request->ctx->mem};
    const struct form_shown shown = {.fields = review_reason_fields,
                                     .answers = problems != NULL ? request->sent : NULL,
                                     .problems = problems};
    enum status status = review_link_open(request->ctx, web_value(request, "token"), &ask);
    fill_page(request, &ask, &page);
    if (status == ERR_CONFLICT)
        return show_over(request, answer, &page);
    TRY(status);
    if (ask.is_signed || ask.is_declined)
        return show_ended(answer, &page);
    form_show_problems(&top, &shown);
    TRY(form_show(request->ctx, &form, &shown));
    page.problems = view_html(&top);
    page.form = view_html(&form);
    page.form_token = web_token(request);
    answer->page.title = "Sign the yearly review";
    answer->page.has_problem = problems != NULL;
    review_confirm(&answer->body, &page);
    return problems != NULL ? ERR_INVALID : OK;
}

static enum status confirm(struct web_request *request, struct web_answer *answer)
{
    return show_page(request, answer, NULL);
}

/* After an act: refused, over, or on to the page that says what was done. */
static enum status after(struct web_request *request, struct web_answer *answer, enum status status)
{
    const char *token = web_value(request, "token");
    if (status == ERR_FORBIDDEN)
        return review_say_refused(request, answer, status);
    request->ctx->fault = NULL;
    if (status == ERR_CONFLICT)
        return show_page(request, answer, NULL); /* which says how it stands */
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/reviews/confirm/%s", token));
}

static enum status sign(struct web_request *request, struct web_answer *answer)
{
    return after(request, answer, review_link_sign(request->ctx, web_value(request, "token")));
}

static enum status decline(struct web_request *request, struct web_answer *answer)
{
    struct review_reason form = {""};
    struct form_problems problems = {.count = 0};
    enum status status =
        form_read(request->ctx, review_reason_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_page(request, answer, &problems);
    TRY(status);
    return after(request, answer,
                 review_link_decline(request->ctx, web_value(request, "token"), form.reason));
}

/* ---- coming to write ---- */

static enum status say_begun(struct web_request *request, struct web_answer *answer)
{
    return web_sorry(request, answer, 409, "This link can no longer be used",
                     "The review has ended, or somebody else signs for that side now. Look for a "
                     "newer message, or ask the programme.");
}

static enum status show_begin(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct review_begin_page page = {.pledge = &pledge, .token = web_value(request, "token")};
    enum status status = review_link_look(request->ctx, page.token, &pledge);
    if (status == ERR_CONFLICT)
        return say_begun(request, answer);
    TRY(status);
    page.form_token = web_token(request);
    answer->page.title = "Write the yearly review";
    review_begin(&answer->body, &page);
    return OK;
}

static enum status begin(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    enum status status = review_link_begin(request->ctx, web_value(request, "token"), &pledge);
    if (status == ERR_CONFLICT)
        return say_begun(request, answer);
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/reviews/%s", pledge.reference));
}

const struct web_route review_sign_routes[] = {
    {"GET", "/reviews/begin/:token", WEB_PUBLIC, show_begin, "Come to write, by a mailed link."},
    {"POST", "/reviews/begin/:token", WEB_PUBLIC, begin, "Makes an account when there is none."},
    {"GET", "/reviews/confirm/:token", WEB_PUBLIC, confirm, "Read and sign, by a mailed link."},
    {"POST", "/reviews/confirm/:token", WEB_PUBLIC, sign, "Signs. Safe to repeat."},
    {"POST", "/reviews/confirm/:token/decline", WEB_PUBLIC, decline, "Says no, with a reason."},
    {0},
};
