/* SPDX-License-Identifier: MIT */
/*
 * event_web.c - what the public reads of events.
 *
 *   /events                             those to come, as a page, table, feed and calendar
 *   /events/:reference                  one
 *   /events/:reference/picture.png      for its shared address
 *   /events/:reference/calendar.ics     the same for a calendar, without the link to join
 *   /events/:reference/book             POST: begins a booking of it
 *   /events/book ...                    the journey: event_book_web.c
 *   /events/bookings/:reference/confirm where the code of the mail is typed: event_book_web.c
 */
#include "programme/event/event_web.h"

#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/ics.h"
#include "platform/document/picture_shared.h"
#include "platform/web/listing.h"
#include "programme/directory/directory.h"
#include "programme/event/event.sql.h"
#include "programme/event/event_page.html.h"
#include "programme/event/event_routes.h"
#include "programme/library/library.h"
#include "programme/pack/pack.h"
#include "programme/pack/pack_web.h"
#include "programme/pledge/pledge.h"

#include <inttypes.h>
#include <string.h>

enum { MONTHS_AHEAD = 18, MONTH_CHARS = 7 };

/* ---- words ---- */

const struct form_option event_mode_options[] = {{"person", "In person", NULL, NULL},
                                                 {"online", "Online", NULL, NULL},
                                                 {"both", "In person and online", NULL, NULL},
                                                 {0}};

const char *event_mode_words(const char *mode)
{
    for (const struct form_option *option = event_mode_options; option->code != NULL; option++)
        if (strcmp(option->code, mode) == 0)
            return option->label;
    return mode;
}

const char *event_who(struct mem *mem, int64_t people, int64_t carers)
{
    const char *who = mem_format(mem, "%" PRId64 " %s", people, people == 1 ? "person" : "people");
    return carers == 0 ? who
                       : mem_format(mem, "%s and %" PRId64 " %s", who, carers,
                                    carers == 1 ? "carer" : "carers");
}

static const char *places_words(struct mem *mem, int64_t left)
{
    return left < 1    ? "Full, but you can join the waiting list"
           : left == 1 ? "1 place left"
                       : mem_format(mem, "%" PRId64 " places left", left);
}

/* ---- choices ---- */

enum status event_region_options(struct ctx *ctx, const struct form_option **out)
{
    struct directory_choice *choices;
    size_t count;
    TRY(directory_places(ctx, "region", time_day_of(ctx->mem, ctx->now_secs), &choices, &count));
    struct form_option *options = mem_array(ctx->mem, struct form_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] = (struct form_option){.code = choices[i].code, .label = choices[i].name};
    *out = options;
    return OK;
}

static enum status month_options(struct ctx *ctx, const struct form_option **out)
{
    const char *today = time_day_of(ctx->mem, ctx->now_secs), *day;
    const char *first = mem_format(ctx->mem, "%.*s-01", MONTH_CHARS, today);
    struct form_option *options = mem_array(ctx->mem, struct form_option, MONTHS_AHEAD + 1);
    for (int i = 0; i < MONTHS_AHEAD; i++) {
        TRY(time_day_add(ctx->mem, first, (struct time_step){.months = i}, &day));
        options[i] = (struct form_option){.code = mem_format(ctx->mem, "%.*s", MONTH_CHARS, day),
                                          .label = strchr(time_show_day(ctx->mem, day), ' ') + 1};
    }
    *out = options;
    return OK;
}

/* ---- the list ---- */

/* In the order of the columns of event_list. */
enum {
    REFERENCE,
    TITLE,
    SUMMARY,
    STARTS_AT,
    ENDS_AT,
    MODE,
    PLACE,
    AREA_NAME,
    REGION,
    STAGE,
    STATE,
    ROOM_LEFT,
    ONLINE_LEFT,
    SEQUENCE,
    IS_CANCELLED
};

static const struct listing_column columns[] = {
    {.name = "title", .heading = "Event", .link = "/events/:reference"},
    {.name = "summary", .heading = "What it is about"},
    {.name = "starts_at", .heading = "Starts", .format = LISTING_TIME},
    {.name = "ends_at", .heading = "Ends", .format = LISTING_TIME},
    {.name = "mode", .heading = "How", .format = LISTING_CODE, .options = event_mode_options},
    {.name = "place", .heading = "Where"},
    {.name = "area_name", .heading = "Who runs it"},
    {.name = "region",
     .heading = "Region",
     .format = LISTING_CODE,
     .options_from = event_region_options},
    {.name = "stage", .heading = "Stage", .format = LISTING_CODE, .options_from = stage_options},
    {.name = "state", .heading = "State"},
    {.name = "room_left", .heading = "Places left in the room", .format = LISTING_NUMBER},
    {.name = "online_left", .heading = "Places left online", .format = LISTING_NUMBER},
    {.name = "changed_at", .heading = "Last change", .format = LISTING_TIME},
    {.name = "reference", .heading = "Reference", .is_in_files_only = true},
    {0}};

static const struct listing_filter filters[] = {
    {.argument = "region",
     .label = "Region",
     .kind = LISTING_CHOICE,
     .options_from = event_region_options},
    {.argument = "stage", .label = "Stage", .kind = LISTING_CHOICE, .options_from = stage_options},
    {.argument = "month", .label = "Month", .kind = LISTING_CHOICE, .options_from = month_options},
    {.argument = "online", .label = "I want to join online", .kind = LISTING_CHECK},
    {0}};

static const struct listing_order orders[] = {
    {"soonest", "Soonest first"}, {"latest", "Latest first"}, {0}};

static const char *card_places(struct mem *mem, const struct store_value *row)
{
    const char *mode = row[MODE].text;
    if (strcmp(mode, "both") == 0)
        return mem_format(mem, "In the room: %s. Online: %s", places_words(mem, row[ROOM_LEFT].n),
                          places_words(mem, row[ONLINE_LEFT].n));
    return places_words(mem, row[strcmp(mode, "online") == 0 ? ONLINE_LEFT : ROOM_LEFT].n);
}

static void show_card(struct view *out, const struct store_value *row)
{
    event_card(out, &(const struct event_card_page){
                        .reference = row[REFERENCE].text,
                        .title = row[TITLE].text,
                        .summary = row[SUMMARY].text,
                        .when = event_when(out->mem, row[STARTS_AT].n, row[ENDS_AT].n),
                        .way = event_mode_words(row[MODE].text),
                        .area_name = row[AREA_NAME].text,
                        .places = card_places(out->mem, row),
                        .is_cancelled = row[IS_CANCELLED].n == 1});
}

static enum status list_intro(struct web_request *request, struct view *out)
{
    (void)request;
    event_list_intro(out);
    return OK;
}

static enum status list_empty(struct web_request *request, struct view *out)
{
    (void)request;
    event_list_empty(out);
    return OK;
}

static const struct listing event_listing = {
    .title = "Events",
    .section = "/events",
    .query = &event_list_query,
    .columns = columns,
    .filters = filters,
    .orders = orders,
    .one = "event",
    .many = "events",
    .file_name = "events",
    .crumbs = {{"Home", "/"}},
    .intro = list_intro,
    .empty = list_empty,
    .card = show_card,
    .dated_column = "changed_at",
    .title_column = "title",
    .starts_column = "starts_at",
    .ends_column = "ends_at",
    .place_column = "place",
    .sequence_column = "sequence",
    .cancelled_column = "is_cancelled",
};

/* ---- one ---- */

/* "Town Hall, High Street, and online": a place may have lines. */
static const char *where(struct mem *mem, const struct event *event)
{
    const char *out = "";
    for (const char *line = event->place; *line != '\0';) {
        size_t length = strcspn(line, "\r\n");
        if (length > 0)
            out = mem_join(mem, out, out[0] != '\0' ? ", " : "", mem_text_part(mem, line, length));
        line += length + strspn(line + length, "\r\n");
    }
    if (!event_has_way(event, "online"))
        return out;
    return out[0] != '\0' ? mem_join(mem, out, ", and online", "") : "Online";
}

/* The largest words of one that is off are that it is. */
static struct picture_shared picture_of(struct mem *mem, const struct event *event)
{
    bool is_off = event->state == EVENT_CANCELLED;
    return (struct picture_shared){.kind = is_off ? event->title : "Event",
                                   .title = is_off ? "This event is cancelled" : event->title,
                                   .line = event_when(mem, event->starts_at, event->ends_at),
                                   .second_line = where(mem, event),
                                   .is_over = is_off};
}

static struct web_shared shared_of(struct mem *mem, const struct event *event)
{
    const struct picture_shared picture = picture_of(mem, event);
    return (struct web_shared){.path = mem_format(mem, "/events/%s", event->reference),
                               .picture =
                                   mem_format(mem, "/events/%s/picture.png", event->reference),
                               .alternative = picture_shared_words(mem, &picture)};
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct event event;
    struct ctx *ctx = request->ctx;
    TRY(event_find(ctx, web_value(request, "reference"), &event));
    struct event_show_page page = {
        .event = &event,
        .when = event_when(ctx->mem, event.starts_at, event.ends_at),
        .way = event_mode_words(event.mode),
        .form_token = web_token(request),
        .room_places =
            event_has_way(&event, "person") ? places_words(ctx->mem, event.room_left) : "",
        .online_places =
            event_has_way(&event, "online") ? places_words(ctx->mem, event.online_left) : "",
        .is_bookable = event_is_bookable(ctx, &event),
        .is_over = event.ends_at <= ctx->now_secs,
        .is_full = event.room_left + event.online_left < 1};
    TRY(framework_stage_name(ctx, event.stage, &page.stage));
    TRY(library_markdown(ctx, event.text, &page.text));
    answer->page = (struct web_page){.title = event.title,
                                     .description = event.summary,
                                     .section = "/events",
                                     .crumbs = {{"Home", "/"}, {"Events", "/events"}},
                                     .shared = shared_of(ctx->mem, &event)};
    event_show(&answer->body, &page);
    return OK;
}

static enum status show_picture(struct web_request *request, struct web_answer *answer)
{
    struct event event;
    TRY(event_find(request->ctx, web_value(request, "reference"), &event));
    const struct picture_shared picture = picture_of(request->ctx->mem, &event);
    return web_shared_picture(request, answer, &picture);
}

enum status event_calendar(struct web_request *request, struct web_answer *answer,
                           const struct event *event, bool with_link)
{
    struct ctx *ctx = request->ctx;
    const char *service = ctx->settings->service_name;
    const char *url =
        mem_format(ctx->mem, "%s/events/%s", ctx->settings->base_url, event->reference);
    const char *text =
        with_link ? mem_format(ctx->mem, "%s\nJoin online: %s", event->summary, event->link)
                  : event->summary;
    ics_begin(&answer->body, &(const struct ics_calendar){"Events", service});
    TRY(ics_event(ctx, &answer->body,
                  &(const struct ics_event){.uid = url,
                                            .title = event->title,
                                            .text = text,
                                            .place = event->place,
                                            .url = url,
                                            .starts_at = event->starts_at,
                                            .ends_at = event->ends_at,
                                            .updated_at = event->changed_at,
                                            .sequence = event->sequence,
                                            .is_cancelled = event->state == EVENT_CANCELLED}));
    ics_end(&answer->body);
    answer->content_type = "text/calendar; charset=utf-8";
    answer->download_name = mem_format(ctx->mem, "%s.ics", event->reference);
    return OK;
}

static enum status show_calendar(struct web_request *request, struct web_answer *answer)
{
    struct event event;
    TRY(event_find(request->ctx, web_value(request, "reference"), &event));
    answer->is_public = true;
    return event_calendar(request, answer, &event, false);
}

/* The booking begins with what is known already: the event, and the address of who is signed in. */
static enum status begin_booking(struct web_request *request, struct web_answer *answer)
{
    struct event event;
    struct access_person person;
    struct form_answers answers = {0};
    struct ctx *ctx = request->ctx;
    TRY(event_find(ctx, web_value(request, "reference"), &event));
    if (!event_is_bookable(ctx, &event))
        return web_sorry(request, answer, 409, "This event can no longer be booked",
                         "It has begun, is over or was cancelled. Look for another event.");
    answers_add(ctx->mem, &answers, "event", event.reference);
    if (strcmp(event.mode, "both") != 0)
        answers_add(ctx->mem, &answers, "way", event.mode);
    if (ctx->person.n != 0) {
        TRY(access_person_get(ctx, ctx->person, &person));
        answers_add(ctx->mem, &answers, "name", person.name);
        answers_add(ctx->mem, &answers, "email", person.email);
    }
    return journey_begin_partly(request, answer, &event_booking_journey, EVENT_BOOK_PATH, &answers);
}

/* ---- checking a certificate ---- */

static enum status verify(struct web_request *request, struct web_answer *answer, const char *code)
{
    struct event event;
    struct event_booking it;
    struct mem *mem = request->ctx->mem;
    TRY(event_booking_verify(request->ctx, code, &it));
    TRY(event_of(request->ctx, &it, &event));
    int64_t others = it.came != NULL ? *it.came - 1 : 0;
    answer->page.title = "Check a certificate";
    answer->page.crumbs[0] = (struct web_crumb){"Home", "/"};
    answer->page.crumbs[1] = (struct web_crumb){"Check a pledge", "/verify"};
    event_verify_show(
        &answer->body,
        &(const struct event_verify_page){
            .event = &event,
            .it = &it,
            .when = event_when(mem, event.starts_at, event.ends_at),
            .others = others < 1 ? "" : mem_format(mem, ", with %" PRId64 " more", others)});
    return OK;
}

const struct pledge_verifier event_verifier = {verify};

const struct web_route event_routes[] = {
    WEB_LISTING("/events", WEB_PUBLIC, &event_listing, "Events to come."),
    WEB_JOURNEY(EVENT_BOOK_PATH, WEB_PUBLIC, &event_booking_journey, "Book an event."),
    {"GET", "/events/:reference", WEB_PUBLIC, show, "One event."},
    {"GET", "/events/:reference/picture.png", WEB_PUBLIC, show_picture,
     "The picture beside a shared address."},
    {"GET", "/events/:reference/calendar.ics", WEB_PUBLIC, show_calendar,
     "One event, for a calendar."},
    {"POST", "/events/:reference/book", WEB_PUBLIC, begin_booking, "Begins a booking of an event."},
    {"GET", "/events/bookings/:reference/confirm", WEB_PUBLIC, event_book_code_show,
     "Where the code is typed."},
    {"POST", "/events/bookings/:reference/confirm", WEB_PUBLIC, event_book_code_type,
     "Confirms by a code. Safe to repeat."},
    {0},
};
