/* SPDX-License-Identifier: MIT */
/*
 * review_show_web.c - reviews as the public reads them.
 *
 *   /pledges/:reference/reviews/:period             a signed review
 *   /pledges/:reference/reviews/:period/review.pdf  to print
 *
 * and on the page of a pledge: the review that is open, and those of its years.
 */
#include "programme/review/review_show_web.h"

#include "platform/base/time.h"
#include "programme/plan/plan.h"
#include "programme/review/review_document.h"
#include "programme/review/review_page.html.h"
#include "programme/review/review_routes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *review_side_text(const char *role)
{
    return strcmp(role, "leader") == 0 ? "the employer" : "the staff side";
}

/* ---- filling ---- */

static const char *day_of(struct ctx *ctx, int64_t at)
{
    return at == 0 ? "" : time_show_day(ctx->mem, time_day_of(ctx->mem, at));
}

void review_dates_fill(struct ctx *ctx, const struct review *review, struct review_dates *out)
{
    *out = (struct review_dates){.opens_on = day_of(ctx, review->opened_at),
                                 .due_on = time_show_day(ctx->mem, review->due_on),
                                 .lapses_on = time_show_day(ctx->mem, review->lapses_on),
                                 .signed_on = day_of(ctx, review->signed_at),
                                 .sent_on = day_of(ctx, review->version.sent_at)};
}

static bool shows_name(const struct pledge *pledge, const char *role)
{
    for (size_t i = 0; i < pledge->signature_count; i++)
        if (strcmp(pledge->signatures[i].role, role) == 0)
            return pledge->signatures[i].name[0] != '\0';
    return false;
}

static void fill_sides(struct ctx *ctx, const struct pledge *pledge,
                       const struct review_version *version, struct review_show *out)
{
    out->side_count = version->signature_count;
    for (size_t i = 0; i < version->signature_count; i++) {
        const struct review_signature *one = &version->signatures[i];
        const char *name = shows_name(pledge, one->role) ? one->name : "";
        const char *at = time_show(ctx->mem, one->signed_at);
        out->sides[i] = (struct review_side){
            .office = one->office,
            .side = review_side_text(one->role),
            .name = name,
            .when = one->signed_at == 0 ? "Not signed yet"
                                        : mem_format(ctx->mem, "%s on %s",
                                                     name[0] == '\0' ? "Signed" : "signed", at)};
    }
}

void review_show_fill(struct ctx *ctx, const struct pledge *pledge, const struct review *review,
                      struct review_show *out)
{
    const struct form_list *parts = &review->version.words.parts;
    const struct review_part *items = parts->items;
    *out = (struct review_show){.pledge = pledge,
                                .review = review,
                                .stories = mem_array(ctx->mem, struct review_story, parts->count),
                                .story_count = parts->count};
    review_dates_fill(ctx, review, &out->dates);
    for (size_t i = 0; i < parts->count; i++)
        out->stories[i] = (struct review_story){pledge_intention_name(pledge, items[i].intention),
                                                items[i].done, items[i].next};
    fill_sides(ctx, pledge, &review->version, out);
}

static bool is_of(const struct plan_action *action, const char *intention)
{
    return intention == NULL || strcmp(action->intention, intention) == 0;
}

enum status review_progress_fill(struct ctx *ctx, const struct pledge *pledge,
                                 const char *intention, struct review_progress *out)
{
    struct plan plan;
    const struct plan_wanted wanted = {pledge, 0, PLAN_FOR_PUBLIC};
    *out = (struct review_progress){.reference = pledge->reference};
    enum status status = plan_read(ctx, &wanted, &plan);
    if (status == ERR_NOT_FOUND)
        return OK;
    TRY(status);
    out->actions = mem_array(ctx->mem, struct review_action, plan.count);
    for (size_t i = 0; i < plan.count; i++) {
        const struct plan_action *action = &plan.actions[i];
        if (!is_of(action, intention))
            continue;
        out->actions[out->count++] = (struct review_action){
            .action = action->action,
            .state = plan_state_text(action->state),
            .due_on = time_show_day(ctx->mem, action->due_on),
            .rag = action->rag == PLAN_NOT_RATED ? "" : plan_rag_text(action->rag),
            .is_overdue = action->is_overdue};
        out->overdue += action->is_overdue;
    }
    return OK;
}

/* ---- on the page of a pledge ---- */

/* The review that is open or that the pledge has lapsed with; *has_out false: there is none. */
static enum status find_current(struct ctx *ctx, const struct pledge *pledge, struct review *out,
                                bool *has_out)
{
    *has_out = false;
    if (pledge->state != PLEDGE_UNDER_REVIEW && pledge->state != PLEDGE_LAPSED)
        return OK;
    enum status status = review_find(ctx, pledge, 0, out);
    *has_out = status == OK;
    return status == ERR_NOT_FOUND ? OK : status;
}

static enum status write_top(struct web_request *request, const struct pledge *pledge,
                             struct view *out)
{
    struct review review;
    struct review_top page = {.pledge = pledge, .review = &review};
    bool has_review;
    TRY(find_current(request->ctx, pledge, &review, &has_review));
    if (!has_review)
        return OK;
    review_dates_fill(request->ctx, &review, &page.dates);
    review_top(out, &page);
    return OK;
}

static enum status write_history(struct web_request *request, const struct pledge *pledge,
                                 struct view *out)
{
    struct review *reviews;
    struct review_years page;
    TRY(review_list_signed(request->ctx, pledge, &reviews, &page.count));
    page.items = mem_array(request->ctx->mem, struct review_show, page.count);
    for (size_t i = 0; i < page.count; i++)
        review_show_fill(request->ctx, pledge, &reviews[i], &page.items[i]);
    if (page.count > 0)
        review_history(out, &page);
    return OK;
}

const struct pledge_section review_top_section = {PLEDGE_AT_TOP, write_top};
const struct pledge_section review_history_section = {PLEDGE_AT_HISTORY, write_history};

/* ---- a review of its own ---- */

enum { PERIOD_DIGITS_MAX = 4 };

/* 0: no number of a year. */
static int64_t period_of(const char *typed)
{
    size_t length = strspn(typed, "0123456789");
    bool is_number = length > 0 && length <= PERIOD_DIGITS_MAX && typed[length] == '\0';
    return is_number ? strtol(typed, NULL, 10) : 0;
}

/* One that was signed; what was not is no business of the public's. */
static enum status find(struct web_request *request, struct pledge *pledge, struct review *review)
{
    struct ctx *ctx = request->ctx;
    int64_t period = period_of(web_value(request, "period"));
    TRY(pledge_find(ctx, web_value(request, "reference"), PLEDGE_FOR_PUBLIC, pledge));
    if (period == 0)
        return ctx_fail(ctx, ERR_NOT_FOUND, "a review is named by the number of its year");
    TRY(review_find(ctx, pledge, period, review));
    return review->is_signed ? OK : ctx_fail(ctx, ERR_NOT_FOUND, "the review is not signed");
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct review review;
    struct review_show page;
    struct mem *mem = request->ctx->mem;
    TRY(find(request, &pledge, &review));
    review_show_fill(request->ctx, &pledge, &review, &page);
    answer->page =
        (struct web_page){.title = mem_format(mem, "Review of year %" PRId64 " of the pledge of %s",
                                              review.period, pledge.organisation_name),
                          .section = "/pledges",
                          .crumbs = {{"Home", "/"},
                                     {"Partnership Pledges", "/pledges"},
                                     {mem_format(mem, "Pledge %s", pledge.reference),
                                      mem_format(mem, "/pledges/%s", pledge.reference)}}};
    answer->is_public = answer->is_same_all_day = true;
    review_public_page(&answer->body, &page);
    return OK;
}

static enum status print(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct review review;
    struct review_show page;
    TRY(find(request, &pledge, &review));
    review_show_fill(request->ctx, &pledge, &review, &page);
    TRY(review_print(request->ctx, &page, &answer->body));
    answer->content_type = "application/pdf";
    answer->download_name = mem_format(request->ctx->mem, "review-%s-year-%" PRId64 ".pdf",
                                       pledge.reference, review.period);
    answer->is_public = true;
    return OK;
}

const struct web_route review_public_routes[] = {
    {"GET", "/pledges/:reference/reviews/:period", WEB_PUBLIC, show,
     "The signed review of a year."},
    {"GET", "/pledges/:reference/reviews/:period/review.pdf", WEB_PUBLIC, print,
     "The signed review, to print."},
    {0},
};
