/* SPDX-License-Identifier: MIT */
/*
 * event_desk_web.c - what organisers do with events.
 *
 *   /desk/events                          those of one's area
 *   /desk/events/:reference               one, with counts and what people said
 *   POST /desk/events/:reference/publish
 *   /desk/events/:reference/cancel        asks for the reason; POST cancels it
 *   /desk/events/:reference/attendance    who came
 *   /desk/events/bookings?reference=      who has booked, with what they need; each look is noted
 *   /desk/events/new, .../edit            event_edit_web.c
 */
#include "programme/event/event_desk_web.h"

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "platform/web/listing.h"
#include "programme/access/access.h"
#include "programme/event/event_internal.h"
#include "programme/event/event_page.html.h"
#include "programme/event/event_routes.h"
#include "programme/event/event_web.h"

#include <inttypes.h>

enum { ASKED_FOR_DAYS = 60 };

static const struct form_option state_options[] = {
    {"draft", "Draft", "nhsuk-tag--grey", NULL},
    {"published", "Published", "nhsuk-tag--green", NULL},
    {"cancelled", "Cancelled", "nhsuk-tag--red", NULL},
    {0}};

/* ---- all of them ---- */

static const struct listing_column columns[] = {
    {.name = "title", .heading = "Event", .link = "/desk/events/:reference"},
    {.name = "starts_at", .heading = "Starts", .format = LISTING_TIME},
    {.name = "state", .heading = "State", .format = LISTING_TAG, .options = state_options},
    {.name = "mode", .heading = "How", .format = LISTING_CODE, .options = event_mode_options},
    {.name = "booked", .heading = "Booked", .format = LISTING_NUMBER},
    {.name = "waiting", .heading = "Waiting", .format = LISTING_NUMBER},
    {.name = "area_name", .heading = "Who runs it"},
    {.name = "reference", .heading = "Reference", .is_in_files_only = true},
    {0}};
static const struct listing_filter filters[] = {{.argument = "state",
                                                 .label = "State",
                                                 .kind = LISTING_CHOICE,
                                                 .options = state_options,
                                                 .column = "state"},
                                                {0}};
static const struct listing_order orders[] = {
    {"latest", "Latest first"}, {"soonest", "Soonest first"}, {0}};

static enum status list_intro(struct web_request *request, struct view *out)
{
    (void)request;
    event_desk_intro(out);
    return OK;
}

static const struct listing list = {
    .title = "Events of your area",
    .section = "/desk",
    .query = &event_desk_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "event",
    .many = "events",
    .file_name = "desk-events",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}},
    .intro = list_intro,
};

/* ---- one ---- */

enum status event_desk_open(struct web_request *request, struct event *out)
{
    return event_open(request->ctx, web_value(request, "reference"), request->grant.scope, out);
}

const char *event_desk_path(struct web_request *request, const struct event *event)
{
    return mem_format(request->ctx->mem, "/desk/events/%s", event->reference);
}

static const char *const state_words[] = {
    [EVENT_DRAFT] = "Draft", [EVENT_PUBLISHED] = "Published", [EVENT_CANCELLED] = "Cancelled"};

static const char *const star_words[] = {"Very poor", "Poor", "In between", "Good", "Very good"};

static void fill(struct web_request *request, const struct event *event,
                 struct event_desk_page *page)
{
    struct ctx *ctx = request->ctx;
    bool is_over = event->ends_at <= ctx->now_secs, is_off = event->state == EVENT_CANCELLED;
    *page = (struct event_desk_page){
        .event = event,
        .base = event_desk_path(request, event),
        .form_token = web_token(request),
        .when = event_when(ctx->mem, event->starts_at, event->ends_at),
        .way = event_mode_words(event->mode),
        .state = state_words[event->state],
        .guests_href = mem_format(ctx->mem, "/desk/events/bookings?reference=%s", event->reference),
        .can_publish = event->state == EVENT_DRAFT && event->starts_at > ctx->now_secs,
        .can_change = !is_off && !is_over,
        .can_cancel = event->state == EVENT_PUBLISHED && !is_over,
        .has_begun = event->starts_at <= ctx->now_secs};
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct event event;
    struct event_desk_page page;
    struct event_counts event_counts;
    struct event_said said;
    TRY(event_desk_open(request, &event));
    TRY(event_count(request->ctx, &event, &event_counts));
    TRY(event_said(request->ctx, &event, &said));
    fill(request, &event, &page);
    page.counts = &event_counts;
    page.said = &said;
    for (int i = 0; i < 5; i++)
        page.stars[i] = mem_format(request->ctx->mem, "%s: %" PRId64, star_words[i], said.stars[i]);
    answer->page =
        (struct web_page){.title = event.title,
                          .section = "/desk",
                          .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Events", "/desk/events"}}};
    event_desk_show(&answer->body, &page);
    return OK;
}

static enum status publish(struct web_request *request, struct web_answer *answer)
{
    struct event event;
    TRY(event_desk_open(request, &event));
    enum status status = event_publish(request->ctx, &event);
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This event cannot be published",
                         "It was cancelled, or its time has come. Change the time first.");
    TRY(status);
    return web_see_other(answer, event_desk_path(request, &event));
}

/* ---- cancelling ---- */

struct reason_form {
    const char *reason;
};

static const struct form_field reason_fields[] = {
    FORM_LONG_TEXT(reason_form, reason, .length_most = 500, .rows = 3,
                   .label = "Why does it not take place?",
                   .hint = "Everybody who booked reads this, and it stands on the public page.",
                   .missing = "Enter why it does not take place"),
    FORM_END};

static enum status show_cancel(struct web_request *request, struct web_answer *answer,
                               const struct event *event, const struct form_problems *problems)
{
    struct event_desk_page page;
    struct view intro = {.mem = request->ctx->mem};
    fill(request, event, &page);
    event_cancel_intro(&intro, &page);
    answer->page.section = "/desk";
    return form_answer(
        request, answer,
        &(const struct form_page){
            .title = "Cancel the event",
            .action = mem_format(request->ctx->mem, "%s/cancel", page.base),
            .button = "Cancel the event and tell everybody",
            .is_warning = true,
            .back_href = page.base,
            .intro = view_html(&intro),
            .shown = {.fields = reason_fields, .answers = request->sent, .problems = problems}});
}

static enum status ask_cancel(struct web_request *request, struct web_answer *answer)
{
    struct event event;
    TRY(event_desk_open(request, &event));
    return show_cancel(request, answer, &event, NULL);
}

static enum status do_cancel(struct web_request *request, struct web_answer *answer)
{
    struct event event;
    struct reason_form form = {""};
    struct form_problems problems = {.count = 0};
    TRY(event_desk_open(request, &event));
    enum status status = form_read(request->ctx, reason_fields, request->sent, &form, &problems);
    if (status == ERR_INVALID)
        return show_cancel(request, answer, &event, &problems);
    TRY(status);
    status = event_cancel(request->ctx, &event, form.reason);
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "This event cannot be cancelled",
                         "It is a draft that nobody sees, or it is over.");
    TRY(status);
    return web_see_other(answer, event_desk_path(request, &event));
}

/* ---- who has booked ---- */

static const struct form_option booking_states[] = {{"booked", "Has a place", NULL, NULL},
                                                    {"waiting", "Waits", NULL, NULL},
                                                    {"offered", "Has an offer", NULL, NULL},
                                                    {0}};

static const struct listing_column guest_columns[] = {
    {.name = "name", .heading = "Name"},
    {.name = "email", .heading = "Email"},
    {.name = "state", .heading = "State", .format = LISTING_CODE, .options = booking_states},
    {.name = "way", .heading = "How", .format = LISTING_CODE, .options = event_mode_options},
    {.name = "people", .heading = "People", .format = LISTING_NUMBER},
    {.name = "carers", .heading = "Carers", .format = LISTING_NUMBER},
    {.name = "needs", .heading = "What they need"},
    {.name = "came", .heading = "Came", .format = LISTING_NUMBER},
    {.name = "booking", .heading = "Booking", .is_in_files_only = true},
    {.name = "event", .heading = "Event", .is_in_files_only = true},
    {0}};
static const struct listing_filter guest_filters[] = {
    {.argument = "reference", .label = "Reference of the event", .kind = LISTING_TYPED}, {0}};
static const struct listing_order guest_orders[] = {{"turn", "In the order of booking"}, {0}};

static enum status guests_intro(struct web_request *request, struct view *out)
{
    struct mem *mem = request->ctx->mem;
    const char *reference = web_query(request, "reference");
    struct event_guests_page page = {
        .href = mem_join(mem, "/desk/events/", text_percent(mem, reference), "")};
    struct event event;
    enum status status = event_open(request->ctx, reference, request->grant.scope, &event);
    if (status == OK) {
        page.title = event.title;
        page.when = event_when(mem, event.starts_at, event.ends_at);
    } else if (status == ERR_NOT_FOUND) {
        request->ctx->fault = NULL; /* the query shows nothing either */
    } else {
        return status;
    }
    event_guests_intro(out, &page);
    return OK;
}

static enum status note_look(struct web_request *request, const struct event *event)
{
    return audit_note(request->ctx, &(const struct audit_deed){.what = "event.looked",
                                                               .organisation = event->area,
                                                               .thing = event->reference});
}

static enum status notice_guests(struct web_request *request, const char *what)
{
    struct event event;
    const char *reference = web_query(request, "reference");
    (void)what;
    if (reference[0] == '\0')
        return OK;
    enum status status = event_open(request->ctx, reference, request->grant.scope, &event);
    if (status == ERR_NOT_FOUND) {
        request->ctx->fault = NULL;
        return OK; /* the query shows nothing either */
    }
    TRY(status);
    return note_look(request, &event);
}

static const struct listing guests = {
    .title = "Who has booked",
    .section = "/desk",
    .query = &event_guests_query,
    .columns = guest_columns,
    .filters = guest_filters,
    .orders = guest_orders,
    .one = "booking",
    .many = "bookings",
    .file_name = "bookings",
    .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Events", "/desk/events"}},
    .intro = guests_intro,
    .notice = notice_guests,
};

/* ---- who came ---- */

struct attendance {
    struct event event;
    struct event_attendee *people;
    struct event_attendee_line *lines;
    int64_t *came; /* -1: not known */
    size_t count;
    int64_t after;
    bool has_problem;
};

static enum status read_attendance(struct web_request *request, struct attendance *out)
{
    struct ctx *ctx = request->ctx;
    *out = (struct attendance){.after = 0};
    TRY(event_desk_open(request, &out->event));
    if (out->event.starts_at > ctx->now_secs || out->event.state != EVENT_PUBLISHED)
        return ctx_fail(ctx, ERR_NOT_FOUND, "event \"%s\" has not begun", out->event.reference);
    if (text_number(web_query(request, "after"), 0, INT64_MAX, &out->after) != OK)
        out->after = 0;
    TRY(event_attendees(ctx, &out->event, out->after, &out->people, &out->count));
    out->lines = mem_array(ctx->mem, struct event_attendee_line, out->count);
    out->came = mem_array(ctx->mem, int64_t, out->count);
    for (size_t i = 0; i < out->count; i++) {
        const struct event_attendee *a = &out->people[i];
        out->lines[i] = (struct event_attendee_line){
            .attendee = a,
            .field = mem_format(ctx->mem, "came-%s", a->reference),
            .value = a->came == NULL ? "" : mem_format(ctx->mem, "%" PRId64, *a->came),
            .who = event_who(ctx->mem, a->people, a->carers),
            .way = event_mode_words(a->way),
            .problem = ""};
    }
    return OK;
}

static enum status show_attendance(struct web_request *request, struct web_answer *answer,
                                   const struct attendance *a)
{
    struct mem *mem = request->ctx->mem;
    const char *base = event_desk_path(request, &a->event);
    bool has_more = a->count == EVENT_ATTENDEES_MOST;
    struct view summary = {.mem = mem};
    struct form_problems problems = {.count = 0};
    static const struct form_field no_fields[] = {FORM_END};
    for (size_t i = 0; i < a->count; i++)
        if (a->lines[i].problem[0] != '\0')
            form_wrong(&problems, a->lines[i].field, a->lines[i].problem);
    form_show_problems(&summary,
                       &(const struct form_shown){.fields = no_fields, .problems = &problems});
    answer->page =
        (struct web_page){.title = "Who came?",
                          .section = "/desk",
                          .has_problem = a->has_problem,
                          .crumbs = {{"Home", "/"}, {"Desk", "/desk"}, {"Events", "/desk/events"}}};
    event_attendance(&answer->body,
                     &(const struct event_attendance_page){
                         .base = base,
                         .form_token = web_token(request),
                         .lines = a->lines,
                         .count = a->count,
                         .after = a->after,
                         .problems = view_html(&summary),
                         .more_href = has_more ? mem_format(mem, "%s/attendance?after=%" PRId64,
                                                            base, a->people[a->count - 1].turn)
                                               : NULL});
    answer->code = a->has_problem ? 422 : 0;
    return a->has_problem ? ERR_INVALID : OK;
}

static enum status ask_attendance(struct web_request *request, struct web_answer *answer)
{
    struct attendance a;
    TRY(read_attendance(request, &a));
    TRY(note_look(request, &a.event));
    return show_attendance(request, answer, &a);
}

/* What was typed for each. */
static void take_attendance(struct web_request *request, struct attendance *a)
{
    struct mem *mem = request->ctx->mem;
    for (size_t i = 0; i < a->count; i++) {
        struct event_attendee_line *line = &a->lines[i];
        const struct event_attendee *who = &a->people[i];
        if (answers_has(request->sent, line->field))
            line->value = answers_get(request->sent, line->field);
        a->came[i] = -1;
        if (line->value[0] == '\0' ||
            text_number(line->value, 0, who->people + who->carers, &a->came[i]) == OK)
            continue;
        line->problem =
            mem_format(mem, "Enter a number from 0 to %" PRId64, who->people + who->carers);
        a->has_problem = true;
    }
}

static enum status keep_attendance(struct ctx *ctx, void *arg)
{
    const struct attendance *a = arg;
    for (size_t i = 0; i < a->count; i++)
        TRY(event_set_came(ctx, &a->event, &a->people[i], a->came[i] < 0 ? NULL : &a->came[i]));
    return audit_note(ctx, &(const struct audit_deed){.what = "event.came",
                                                      .organisation = a->event.area,
                                                      .thing = a->event.reference});
}

static enum status save_attendance(struct web_request *request, struct web_answer *answer)
{
    struct attendance a;
    TRY(read_attendance(request, &a));
    take_attendance(request, &a);
    if (a.has_problem)
        return show_attendance(request, answer, &a);
    TRY(store_transact(request->ctx, "event_attendance", keep_attendance, &a));
    return web_see_other(answer, event_desk_path(request, &a.event));
}

/* ---- at /desk ---- */

static enum status count_open(struct ctx *ctx, const char *scope, struct desk_load *out)
{
    struct event_desk_count_row row;
    TRY(event_desk_count(ctx, time_day_of(ctx->mem, ctx->now_secs), scope, ctx->now_secs,
                         ctx->now_secs - (int64_t)ASKED_FOR_DAYS * TIME_DAY_SECS, &row));
    *out = (struct desk_load){row.events, row.oldest_at == NULL ? 0 : *row.oldest_at};
    return OK;
}

const struct desk_queue event_queues[] = {
    {"Events", "/desk/events", "Plan events. Waiting: those that are over, to note who came.",
     MAY_RUN_EVENTS, count_open},
    {0},
};

const struct web_route event_desk_routes[] = {
    WEB_LISTING("/desk/events", MAY_RUN_EVENTS, &list, "Events of an area."),
    WEB_LISTING("/desk/events/bookings", MAY_RUN_EVENTS, &guests,
                "Who has booked an event, with what they need."),
    {"GET", "/desk/events/new", MAY_RUN_EVENTS, event_new_show, "Planning an event."},
    {"POST", "/desk/events/new", MAY_RUN_EVENTS, event_new_save, "Makes a draft of an event."},
    {"GET", "/desk/events/:reference", MAY_RUN_EVENTS, show, "One event, for its organisers."},
    {"GET", "/desk/events/:reference/edit", MAY_RUN_EVENTS, event_edit_show, "Changing it."},
    {"POST", "/desk/events/:reference/edit", MAY_RUN_EVENTS, event_edit_save,
     "Changes it; those who booked are told of what matters."},
    {"POST", "/desk/events/:reference/publish", MAY_RUN_EVENTS, publish,
     "Makes it public. Safe to repeat."},
    {"GET", "/desk/events/:reference/cancel", MAY_RUN_EVENTS, ask_cancel, "Asks for the reason."},
    {"POST", "/desk/events/:reference/cancel", MAY_RUN_EVENTS, do_cancel,
     "Cancels it and tells everybody once. Safe to repeat."},
    {"GET", "/desk/events/:reference/attendance", MAY_RUN_EVENTS, ask_attendance, "Who came."},
    {"POST", "/desk/events/:reference/attendance", MAY_RUN_EVENTS, save_attendance,
     "Notes who came. Safe to repeat."},
    {0},
};
