/* SPDX-License-Identifier: MIT */
/*
 * event_mine_web.c - one's own booking: seen, accepted, changed, cancelled, and what follows.
 *
 * The same handlers serve /events/mine/:token, where a mailed link says whose it is, and
 * /account/events/:reference, where the session does.  No handler of a GET changes anything.
 */
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/event/event_internal.h"
#include "programme/event/event_page.html.h"
#include "programme/event/event_routes.h"
#include "programme/event/event_web.h"

#include <inttypes.h>

enum { SECTION_MOST = 50, SAID_CHARS_MAX = 1000 };

/* ---- whose ---- */

struct mine {
    struct event_booking it;
    struct event event;
    const char *base; /* where its pages are */
};

static enum status show_over(struct web_request *request, struct web_answer *answer)
{
    return proof_page_over(request, answer, &event_proof_page);
}

static enum status open_mine(struct web_request *request, struct mine *out)
{
    struct ctx *ctx = request->ctx;
    const char *token = web_value(request, "token"), *reference = web_value(request, "reference");
    if (token[0] != '\0') {
        out->base = mem_format(ctx->mem, "/events/mine/%s", token);
        TRY(event_link_open(ctx, token, &out->it));
    } else {
        out->base = mem_format(ctx->mem, "/account/events/%s", reference);
        TRY(event_own_open(ctx, reference, &out->it));
    }
    return event_of(ctx, &out->it, &out->event);
}

/* Opens one that is confirmed. */
static enum status open_confirmed(struct web_request *request, struct mine *out)
{
    TRY(open_mine(request, out));
    return out->it.state != EVENT_UNCONFIRMED
               ? OK
               : ctx_fail(request->ctx, ERR_CONFLICT, "the booking waits for its button");
}

/* What is done with a booking that is confirmed; a page says so when it is too late for it. */
static enum status about(struct web_request *request, struct web_answer *answer,
                         enum status (*fn)(struct web_request *request, struct web_answer *answer,
                                           const struct mine *mine))
{
    struct mine mine;
    enum status status = open_confirmed(request, &mine);
    if (status == OK)
        status = fn(request, answer, &mine);
    return status == ERR_CONFLICT ? show_over(request, answer) : status;
}

static enum status fill(struct web_request *request, const struct mine *mine,
                        struct event_mine_page *page)
{
    struct ctx *ctx = request->ctx;
    const struct event_booking *it = &mine->it;
    const struct event *event = &mine->event;
    *page = (struct event_mine_page){
        .event = event,
        .it = it,
        .base = mine->base,
        .form_token = web_token(request),
        .when = event_when(ctx->mem, event->starts_at, event->ends_at),
        .way = event_mode_words(it->way),
        .who = event_who(ctx->mem, it->people, it->carers),
        .offered_until = it->offered_until == 0 ? "" : time_show(ctx->mem, it->offered_until),
        .is_over = event->ends_at <= ctx->now_secs,
        .can_change = event_booking_counts(&mine->it) && event_is_bookable(ctx, event),
        .is_stuck = event_is_stuck(event, it),
        .has_other_way = event_has_way(event, event_is_online_way(it->way) ? "person" : "online"),
        .seats = event_seats(event, it->way),
        .can_answer = event_may_answer(ctx, event, it),
        .has_certificate = it->code[0] != '\0'};
    page->is_link_shown = it->state == EVENT_BOOKED && event->state == EVENT_PUBLISHED &&
                          event_is_online_way(it->way) && !page->is_over;
    TRY(event_needs(ctx, it, &page->needs));
    return event_position(ctx, it, &page->position);
}

/* ---- the page ---- */

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct mine mine;
    struct event_mine_page page;
    enum status status = open_mine(request, &mine);
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    TRY(fill(request, &mine, &page));
    answer->page.section = "/events";
    answer->page.title = "Your booking";
    if (mine.it.state == EVENT_UNCONFIRMED)
        event_confirm_page(&answer->body, &page);
    else
        event_mine(&answer->body, &page);
    return OK;
}

static enum status confirm(struct web_request *request, struct web_answer *answer)
{
    const char *token = web_value(request, "token");
    enum status status = event_link_confirm(request->ctx, token);
    if (status == ERR_CONFLICT)
        return show_over(request, answer);
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "/events/mine/%s", token));
}

static enum status accept_it(struct web_request *request, struct web_answer *answer,
                             const struct mine *mine)
{
    TRY(event_accept(request->ctx, &mine->it));
    return web_see_other(answer, mine->base);
}

static enum status leave_it(struct web_request *request, struct web_answer *answer,
                            const struct mine *mine)
{
    TRY(event_leave(request->ctx, &mine->it));
    return web_see_other(answer, mine->base);
}

static enum status ask_leave_it(struct web_request *request, struct web_answer *answer,
                                const struct mine *mine)
{
    struct event_mine_page page;
    TRY(fill(request, mine, &page));
    if (!page.can_change)
        return web_see_other(answer, mine->base);
    answer->page.title = "Cancel your booking";
    answer->page.back_href = mine->base;
    event_leave_ask(&answer->body, &page);
    return OK;
}

/* ---- how many come ---- */

static const struct form_field size_fields[] = {
    FORM_NUMBER(event_size, people, .label = "How many people come?", .hint = "Leave out carers",
                .short_label = "People", .at_least = 1, .at_most = EVENT_PEOPLE_MAX,
                .missing = "Enter how many people come"),
    FORM_NUMBER(event_size, carers, .is_optional = true, .short_label = "Carers",
                .label = "How many carers come with them?", .at_least = 0,
                .at_most = EVENT_PEOPLE_MAX),
    FORM_END};

static enum status show_size(struct web_request *request, struct web_answer *answer,
                             const struct mine *mine, const struct form_problems *problems)
{
    struct mem *mem = request->ctx->mem;
    struct form_answers now = {.count = 0};
    answers_add(mem, &now, "people", mem_format(mem, "%" PRId64, mine->it.people));
    answers_add(mem, &now, "carers", mem_format(mem, "%" PRId64, mine->it.carers));
    return form_answer(
        request, answer,
        &(const struct form_page){.title = "Change how many people come",
                                  .action = mem_format(mem, "%s/people", mine->base),
                                  .button = "Save",
                                  .back_href = mine->base,
                                  .shown = {.fields = size_fields,
                                            .answers = problems != NULL ? request->sent : &now,
                                            .problems = problems}});
}

static enum status ask_size_it(struct web_request *request, struct web_answer *answer,
                               const struct mine *mine)
{
    return event_booking_counts(&mine->it) && event_is_bookable(request->ctx, &mine->event)
               ? show_size(request, answer, mine, NULL)
               : web_see_other(answer, mine->base);
}

static enum status save_size_it(struct web_request *request, struct web_answer *answer,
                                const struct mine *mine)
{
    struct event_size size = {.people = {.is_given = false}};
    struct form_problems problems = {.count = 0};
    enum status status = form_read(request->ctx, size_fields, request->sent, &size, &problems);
    if (status == OK)
        status = event_resize(request->ctx, &mine->it, &size, &problems);
    if (status == ERR_INVALID)
        return show_size(request, answer, mine, &problems);
    TRY(status);
    return web_see_other(answer, mine->base);
}

/* ---- calendar and certificate ---- */

static enum status show_calendar_it(struct web_request *request, struct web_answer *answer,
                                    const struct mine *mine)
{
    struct event_mine_page page;
    TRY(fill(request, mine, &page));
    return event_calendar(request, answer, &mine->event, page.is_link_shown);
}

static enum status show_certificate_it(struct web_request *request, struct web_answer *answer,
                                       const struct mine *mine)
{
    TRY(event_certificate(request->ctx, &mine->event, &mine->it, &answer->body));
    answer->content_type = "application/pdf";
    answer->download_name = mem_format(request->ctx->mem, "%s-certificate.pdf", mine->it.reference);
    return OK;
}

/* ---- how it was ---- */

static const struct form_option star_options[] = {
    {"5", "Very good", NULL, NULL}, {"4", "Good", NULL, NULL},      {"3", "In between", NULL, NULL},
    {"2", "Poor", NULL, NULL},      {"1", "Very poor", NULL, NULL}, {0}};

static const struct form_field opinion_fields[] = {
    FORM_ONE_OF(event_opinion, stars, .options = star_options, .label = "How was the event?",
                .missing = "Choose how the event was"),
    FORM_LONG_TEXT(event_opinion, said, .is_optional = true, .length_most = SAID_CHARS_MAX,
                   .label = "What was good, and what could be better?",
                   .hint = "You can leave this out. Do not write who you are."),
    FORM_YES_NO(event_opinion, is_named, .is_optional = true,
                .label = "Do you want to put your name to it?",
                .hint = "If you do not choose, it stays without your name"),
    FORM_END};

static enum status show_opinion(struct web_request *request, struct web_answer *answer,
                                const struct mine *mine, const struct form_problems *problems)
{
    struct view intro = {.mem = request->ctx->mem};
    event_feedback_intro(&intro);
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = "How was it?",
            .action = mem_format(request->ctx->mem, "%s/feedback", mine->base),
            .button = "Send",
            .back_href = mine->base,
            .intro = view_html(&intro),
            .shown = {.fields = opinion_fields, .answers = request->sent, .problems = problems}});
}

static enum status show_thanks(struct web_request *request, struct web_answer *answer,
                               const struct mine *mine)
{
    struct event_mine_page page;
    TRY(fill(request, mine, &page));
    answer->page.title = "Thank you";
    event_thanks_page(&answer->body, &page);
    return OK;
}

static enum status ask_opinion_it(struct web_request *request, struct web_answer *answer,
                                  const struct mine *mine)
{
    if (mine->it.has_answered)
        return show_thanks(request, answer, mine);
    return event_may_answer(request->ctx, &mine->event, &mine->it)
               ? show_opinion(request, answer, mine, NULL)
               : ctx_fail(request->ctx, ERR_CONFLICT, "nothing can be said of it now");
}

static enum status save_opinion_it(struct web_request *request, struct web_answer *answer,
                                   const struct mine *mine)
{
    struct event_opinion opinion = {"", "", FORM_UNANSWERED};
    struct form_problems problems = {.count = 0};
    enum status status =
        form_read(request->ctx, opinion_fields, request->sent, &opinion, &problems);
    if (status == ERR_INVALID)
        return show_opinion(request, answer, mine, &problems);
    TRY(status);
    if (!mine->it.has_answered)
        status = event_answer(request->ctx, &mine->it, &opinion);
    TRY(status);
    return web_see_other(answer, mem_format(request->ctx->mem, "%s/feedback", mine->base));
}

/* ---- all of them, of a booking that is confirmed ---- */

static enum status accept(struct web_request *request, struct web_answer *answer)
{
    return about(request, answer, accept_it);
}

static enum status ask_leave(struct web_request *request, struct web_answer *answer)
{
    return about(request, answer, ask_leave_it);
}

static enum status leave(struct web_request *request, struct web_answer *answer)
{
    return about(request, answer, leave_it);
}

static enum status ask_size(struct web_request *request, struct web_answer *answer)
{
    return about(request, answer, ask_size_it);
}

static enum status save_size(struct web_request *request, struct web_answer *answer)
{
    return about(request, answer, save_size_it);
}

static enum status show_calendar(struct web_request *request, struct web_answer *answer)
{
    return about(request, answer, show_calendar_it);
}

static enum status show_certificate(struct web_request *request, struct web_answer *answer)
{
    return about(request, answer, show_certificate_it);
}

static enum status ask_opinion(struct web_request *request, struct web_answer *answer)
{
    return about(request, answer, ask_opinion_it);
}

static enum status save_opinion(struct web_request *request, struct web_answer *answer)
{
    return about(request, answer, save_opinion_it);
}

/* ---- at /account ---- */

static const char *state_words(const struct event_of_email_row *row)
{
    return strcmp(row->event_state, "cancelled") == 0 ? "the event is cancelled"
           : strcmp(row->state, "booked") == 0        ? "you have a place"
           : row->is_stuck == 1 ? "your group is larger than the event now: choose what to do"
           : strcmp(row->state, "waiting") == 0 ? "you are on the waiting list"
           : strcmp(row->state, "offered") == 0 ? "there is a place for you: say yes or no"
           : strcmp(row->state, "lapsed") == 0  ? "your offer has ended"
                                                : "you cancelled your booking";
}

static enum status show_section(struct web_request *request, struct view *out)
{
    struct access_person person;
    struct event_of_email_row *rows;
    struct event_section_page page;
    struct ctx *ctx = request->ctx;
    TRY(access_person_get(ctx, ctx->person, &person));
    TRY(event_of_email(ctx, text_email_key(ctx->mem, person.email), SECTION_MOST, &rows,
                       &page.count));
    if (page.count == 0)
        return OK;
    struct event_section_line *lines = mem_array(ctx->mem, struct event_section_line, page.count);
    for (size_t i = 0; i < page.count; i++)
        lines[i] = (struct event_section_line){rows[i].reference, rows[i].title,
                                               time_show(ctx->mem, rows[i].starts_at),
                                               state_words(&rows[i])};
    page.lines = lines;
    event_account_section(out, &page);
    return OK;
}

const struct account_section event_sections[] = {{"Events you booked", show_section}, {0}};

#define MINE(path_, access_)                                                                       \
    {"GET", path_, access_, show, "One's own booking."},                                           \
        {"POST", path_ "/accept", access_, accept, "Takes what is on offer. Safe to repeat."},     \
        {"GET", path_ "/cancel", access_, ask_leave, "Asks before it goes."},                      \
        {"POST", path_ "/cancel", access_, leave, "Gives the place back. Safe to repeat."},        \
        {"GET", path_ "/people", access_, ask_size, "How many people come."},                      \
        {"POST", path_ "/people", access_, save_size, "Changes that. Safe to repeat."},            \
        {"GET", path_ "/calendar.ics", access_, show_calendar, "The event for one's calendar."},   \
        {"GET", path_ "/certificate.pdf", access_, show_certificate, "That one came, to print."},  \
        {"GET", path_ "/feedback", access_, ask_opinion, "How it was."},                           \
    {                                                                                              \
        "POST", path_ "/feedback", access_, save_opinion, "Keeps it, once."                        \
    }

const struct web_route event_mine_routes[] = {
    {"POST", "/events/mine/:token", WEB_PUBLIC, confirm,
     "Confirms a booking by the mailed link. Safe to repeat."},
    MINE("/events/mine/:token", WEB_PUBLIC),
    MINE("/account/events/:reference", WEB_SIGNED_IN),
    {0},
};
