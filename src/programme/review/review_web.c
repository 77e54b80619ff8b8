/* SPDX-License-Identifier: MIT */
/*
 * review_web.c - writing the yearly review of a pledge, for those who sign it and those who keep
 * its plan.  To everybody else these pages are not there.
 *
 *   /reviews/:reference               where it stands, and its parts
 *   /reviews/:reference/write/:part   one part; POST keeps it as it was typed
 *   /reviews/:reference/check         the exact words
 *   POST /reviews/:reference/send     makes a version; JSON with all words does it at once
 *   POST /reviews/:reference/remind   new links
 *   POST /reviews/:reference/sign, /decline   by the side that is signed in
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/access/access.h"
#include "programme/review/review.sql.h"
#include "programme/review/review_page.html.h"
#include "programme/review/review_routes.h"
#include "programme/review/review_show_web.h"
#include "programme/review/review_sign_web.h"
#include "programme/review/review_topic_web.h"
#include "programme/review/review_write_web.h"

#include <string.h>

enum { OWN_MAX = 50 };

/* ---- where it stands ---- */

static void fill_tasks(struct web_request *request, const struct review_reader *reader,
                       const struct review_topics *topics, const struct form_problems *problems,
                       struct review_page *page)
{
    static const struct tag not_begun = {.text = "Not started", .colour = "grey"};
    static const struct tag not_right = {.text = "Needs more", .colour = "yellow"};
    struct task_list_item *items =
        mem_array(request->ctx->mem, struct task_list_item, topics->count);
    for (size_t i = 0; i < topics->count; i++) {
        const struct review_topic *topic = &topics->items[i];
        items[i] = (struct task_list_item){.heading = {.text = topic->title},
                                           .href = review_topic_path(request, reader, topic)};
        if (review_topic_is_right(topics, i, problems))
            items[i].status.text = "Written";
        else
            items[i].status_tag = topic->draft == NULL ? &not_begun : &not_right;
    }
    page->tasks = (struct task_list){.items = items, .item_count = topics->count};
    page->is_written = problems->count == 0;
}

static bool has_signed(const struct review_version *version, const char *role)
{
    for (size_t i = 0; i < version->signature_count; i++)
        if (strcmp(version->signatures[i].role, role) == 0)
            return version->signatures[i].signed_at != 0;
    return false;
}

static void fill_sent(struct web_request *request, const struct review_reader *reader,
                      struct review_page *page)
{
    const struct review_version *version = &reader->review.version;
    review_show_fill(request->ctx, &reader->pledge, &reader->review, &page->show);
    page->is_sent = version->version != 0;
    page->is_declined = version->declined_at != 0;
    page->declined_side = review_side_text(version->declined_role);
    page->may_remind = page->is_sent && !page->is_declined;
    if (!page->may_remind || reader->side == NULL)
        return;
    if (has_signed(version, reader->side))
        page->own_side = review_side_text(reader->side);
    else
        page->asked_side = review_side_text(reader->side);
}

static enum status fill_past(struct ctx *ctx, const struct review_reader *reader,
                             struct review_page *page)
{
    struct review *reviews;
    TRY(review_list_signed(ctx, &reader->pledge, &reviews, &page->past_count));
    page->past = mem_array(ctx->mem, struct review_show, page->past_count);
    for (size_t i = 0; i < page->past_count; i++)
        review_show_fill(ctx, &reader->pledge, &reviews[i], &page->past[i]);
    return OK;
}

/* The dates of a review that is not open: of the next one, or of that with which it lapsed. */
static enum status fill_closed(struct ctx *ctx, const struct review_reader *reader,
                               struct review_page *page)
{
    const struct pledge *pledge = &reader->pledge;
    const char *opens_on;
    page->dates = (struct review_dates){.opens_on = "", .due_on = ""};
    page->is_lapsed = pledge->state == PLEDGE_LAPSED || pledge->state == PLEDGE_UNDER_REVIEW;
    if (page->is_lapsed)
        review_dates_fill(ctx, &reader->review, &page->dates);
    if (!pledge_stands(pledge) || page->is_lapsed)
        return OK;
    TRY(review_opens_on(ctx, pledge, &opens_on));
    page->dates.opens_on = time_show_day(ctx->mem, opens_on);
    page->dates.due_on = time_show_day(ctx->mem, pledge->review_on);
    return OK;
}

static enum status fill_reason(struct web_request *request, const struct form_problems *problems,
                               struct review_page *page)
{
    struct view top = {.mem = request->ctx->mem}, form = {.mem = request->ctx->mem};
    const struct form_shown shown = {.fields = review_reason_fields,
                                     .answers = problems != NULL ? request->sent : NULL,
                                     .problems = problems};
    form_show_problems(&top, &shown);
    TRY(form_show(request->ctx, &form, &shown));
    page->problems = view_html(&top);
    page->form = view_html(&form);
    return OK;
}

static enum status fill_voids(struct ctx *ctx, const struct review_reader *reader,
                              struct review_page *page)
{
    struct review_void *voids;
    TRY(review_list_void(ctx, &reader->pledge, &reader->review, &voids, &page->void_count));
    page->voids = mem_array(ctx->mem, struct review_void_show, page->void_count);
    for (size_t i = 0; i < page->void_count; i++)
        page->voids[i] = (struct review_void_show){
            .version = voids[i].version,
            .sent_on = time_show_day(ctx->mem, time_day_of(ctx->mem, voids[i].sent_at)),
            .text = voids[i].text,
            .is_declined = voids[i].declined_at != 0};
    return OK;
}

static enum status fill_open(struct web_request *request, const struct review_reader *reader,
                             const struct form_problems *problems, struct review_page *page)
{
    struct review_topics topics;
    struct form_problems missing = {.count = 0};
    TRY(review_topics_read(request->ctx, reader, &topics));
    review_check(request->ctx, &reader->pledge, &reader->review, &topics.words, &missing);
    fill_tasks(request, reader, &topics, &missing, page);
    review_dates_fill(request->ctx, &reader->review, &page->dates);
    fill_sent(request, reader, page);
    TRY(fill_voids(request->ctx, reader, page));
    TRY(review_progress_fill(request->ctx, &reader->pledge, NULL, &page->progress));
    page->form_token = web_token(request);
    return fill_reason(request, problems, page);
}

/* problems: of the reason for sending it back; NULL: none was sent. */
static enum status show_page(struct web_request *request, struct web_answer *answer,
                             const struct review_reader *reader,
                             const struct form_problems *problems)
{
    struct review_page page = {.pledge = &reader->pledge, .review = &reader->review};
    TRY(fill_past(request->ctx, reader, &page));
    answer->page.title =
        mem_format(request->ctx->mem, "Yearly review: %s", reader->pledge.organisation_name);
    answer->page.has_problem = problems != NULL;
    if (!reader->is_open) {
        TRY(fill_closed(request->ctx, reader, &page));
        review_closed(&answer->body, &page);
        return OK;
    }
    TRY(fill_open(request, reader, problems, &page));
    review_open(&answer->body, &page);
    return problems != NULL ? ERR_INVALID : OK;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct review_reader reader;
    TRY(review_reader_open(request, &reader));
    return show_page(request, answer, &reader, NULL);
}

/* ---- the whole, and sending it ---- */

static struct error_summary summary_of(struct web_request *request,
                                       const struct review_reader *reader,
                                       const struct review_topics *topics,
                                       const struct form_problems *problems)
{
    struct error_summary_item *items =
        mem_array(request->ctx->mem, struct error_summary_item, problems->count);
    for (size_t i = 0; i < problems->count; i++) {
        size_t at = review_topic_of(topics, &problems->items[i]);
        const struct review_topic *topic = at < topics->count ? &topics->items[at] : NULL;
        const char *text = problems->items[i].text;
        items[i] = (struct error_summary_item){
            .text =
                topic == NULL ? text : mem_format(request->ctx->mem, "%s: %s", topic->title, text),
            .href = topic == NULL ? review_path(request, reader, "")
                                  : review_topic_path(request, reader, topic)};
    }
    return (struct error_summary){.heading = {.text = "There is more to write"},
                                  .error_list = items,
                                  .error_count = problems->count};
}

/* refused: why it could not be sent; NULL: it was not tried, and what is missing is worked out. */
static enum status show_whole(struct web_request *request, struct web_answer *answer,
                              const struct review_reader *reader,
                              const struct form_problems *refused)
{
    struct ctx *ctx = request->ctx;
    struct review_topics topics;
    struct form_problems missing = {.count = 0};
    struct review_preview page = {.pledge = &reader->pledge, .review = &reader->review};
    const struct review_version *version = &reader->review.version;
    TRY(review_topics_read(ctx, reader, &topics));
    review_check(ctx, &reader->pledge, &reader->review, &topics.words, &missing);
    TRY(review_text(ctx, &reader->pledge, &reader->review, &topics.words, &page.text));
    page.problems = summary_of(request, reader, &topics, refused != NULL ? refused : &missing);
    page.replaces = version->version != 0 && version->declined_at == 0;
    page.form_token = web_token(request);
    answer->page.title = "Read the review before you send it";
    answer->page.back_href = review_path(request, reader, "");
    answer->page.has_problem = refused != NULL;
    review_check_page(&answer->body, &page);
    return refused != NULL ? ERR_INVALID : OK;
}

static enum status check(struct web_request *request, struct web_answer *answer)
{
    struct review_reader reader;
    TRY(review_reader_open(request, &reader));
    if (!reader.is_open)
        return review_say_closed(request, answer, &reader);
    return show_whole(request, answer, &reader, NULL);
}

/* The words: of the drafts, or of the JSON that another program sent. */
static enum status words_of(struct web_request *request, const struct review_reader *reader,
                            struct review_words *out, struct form_problems *problems)
{
    struct review_topics topics;
    if (request->body != NULL) {
        *out = (struct review_words){.statement = "", .changes = "", .late_reason = ""};
        return form_read(request->ctx, review_whole_fields, request->sent, out, problems);
    }
    TRY(review_topics_read(request->ctx, reader, &topics));
    *out = topics.words;
    if (review_is_of_another_year(request, reader))
        out->period = (struct form_number){true, review_number(request, "period")};
    return OK;
}

static enum status send(struct web_request *request, struct web_answer *answer)
{
    struct review_reader reader;
    struct review_words words;
    struct form_problems problems = {.count = 0};
    TRY(review_reader_open(request, &reader));
    if (!reader.is_open)
        return review_say_closed(request, answer, &reader);
    enum status status = words_of(request, &reader, &words, &problems);
    if (status == OK)
        status = review_send(request->ctx, reader.pledge.reference, &words, &problems);
    if (status == ERR_CONFLICT)
        return review_say_closed(request, answer, &reader);
    if (status == ERR_INVALID && request->wants == WEB_JSON)
        return form_problems_answer(answer, &problems, status);
    if (status == ERR_INVALID)
        return show_whole(request, answer, &reader, &problems);
    TRY(status);
    return web_see_other(answer, review_path(request, &reader, ""));
}

static enum status remind(struct web_request *request, struct web_answer *answer)
{
    struct review_reader reader;
    TRY(review_reader_open(request, &reader));
    enum status status = review_remind(request->ctx, reader.pledge.reference);
    if (status == ERR_CONFLICT)
        return review_say_closed(request, answer, &reader);
    TRY(status);
    return web_see_other(answer, review_path(request, &reader, ""));
}

/* ---- signing as the side that is signed in ---- */

/* Who keeps the plan signs for nobody. */
static enum status act_of(struct web_request *request, const struct review_reader *reader,
                          struct review_act *out)
{
    *out = (struct review_act){reader->pledge.reference, review_number(request, "period"),
                               review_number(request, "version"), reader->side};
    if (reader->side == NULL)
        return ctx_fail(request->ctx, ERR_NOT_FOUND, "the person signs for no side");
    return OK;
}

static enum status sign(struct web_request *request, struct web_answer *answer)
{
    struct review_reader reader;
    struct review_act act;
    TRY(review_reader_open(request, &reader));
    TRY(act_of(request, &reader, &act));
    enum status status = review_sign(request->ctx, &act);
    if (status == ERR_CONFLICT || status == ERR_FORBIDDEN)
        return review_say_refused(request, answer, status);
    TRY(status);
    return web_see_other(answer, review_path(request, &reader, ""));
}

static enum status decline(struct web_request *request, struct web_answer *answer)
{
    struct review_reader reader;
    struct review_act act;
    struct review_reason form = {""};
    struct form_problems problems = {.count = 0};
    TRY(review_reader_open(request, &reader));
    TRY(act_of(request, &reader, &act));
    enum status status =
        form_read(request->ctx, review_reason_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_page(request, answer, &reader, &problems);
    TRY(status);
    status = review_decline(request->ctx, &act, form.reason);
    if (status == ERR_CONFLICT)
        return review_say_refused(request, answer, status);
    TRY(status);
    return web_see_other(answer, review_path(request, &reader, ""));
}

/* ---- at /account ---- */

static enum status show_own(struct web_request *request, struct view *out)
{
    struct ctx *ctx = request->ctx;
    struct access_person person;
    struct review_of_person_row *rows;
    struct review_own page;
    TRY(access_person_get(ctx, ctx->person, &person));
    TRY(review_of_person(ctx, person.id.n, text_email_key(ctx->mem, person.email),
                         time_day_of(ctx->mem, ctx->now_secs), OWN_MAX, &rows, &page.count));
    page.lines = mem_array(ctx->mem, struct review_own_line, page.count);
    for (size_t i = 0; i < page.count; i++)
        page.lines[i] = (struct review_own_line){rows[i].reference, rows[i].name};
    if (page.count > 0)
        review_own_section(out, &page);
    return OK;
}

const struct account_section review_own_sections[] = {{"Reviews to write and sign", show_own}, {0}};

const struct web_route review_routes[] = {
    {"GET", "/reviews/:reference", WEB_SIGNED_IN, show, "The review of a pledge, to write it."},
    {"GET", "/reviews/:reference/write/:part", WEB_SIGNED_IN, review_write_show,
     "A part of the review."},
    {"POST", "/reviews/:reference/write/:part", WEB_SIGNED_IN, review_write_keep,
     "Keeps it as it was typed."},
    {"GET", "/reviews/:reference/check", WEB_SIGNED_IN, check, "The exact words, before sending."},
    {"POST", "/reviews/:reference/send", WEB_SIGNED_IN, send,
     "Sends the review to be signed. Safe to repeat."},
    {"POST", "/reviews/:reference/remind", WEB_SIGNED_IN, remind, "Mails new links to sign it."},
    {"POST", "/reviews/:reference/sign", WEB_SIGNED_IN, sign,
     "Signs for the own side. Safe to repeat."},
    {"POST", "/reviews/:reference/decline", WEB_SIGNED_IN, decline,
     "Sends it back, with a reason."},
    {0},
};
