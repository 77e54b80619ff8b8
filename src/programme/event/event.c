/* SPDX-License-Identifier: MIT */
/* event.c - events: what they must be, and what organisers do with them. */
#include "programme/event/event.h"

#include "platform/base/clock.h"
#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/directory/directory.h"
#include "programme/event/event_internal.h"
#include "programme/library/library.h"

#include <inttypes.h>

enum {
    REFERENCE_ATTEMPTS = 8,
    CHOICES_MOST = 200,
    DAYS_LONGEST = 31, /* event_list of event.sql counts on it */
    MONTH_CHARS = 7,
    SEEN_CHARS = 16
};

/* ---- reading ---- */

static enum event_state state_of(const char *code)
{
    return strcmp(code, "draft") == 0       ? EVENT_DRAFT
           : strcmp(code, "published") == 0 ? EVENT_PUBLISHED
                                            : EVENT_CANCELLED;
}

enum status event_get(struct ctx *ctx, const char *reference, struct event *out)
{
    struct event_row_row row;
    TRY(event_row(ctx, reference, &row));
    *out = (struct event){
        .organisation_id = row.organisation_id,
        .id = row.id,
        .reference = row.reference,
        .area = row.area,
        .area_name = row.area_name,
        .region = row.region,
        .state = state_of(row.state),
        .title = row.title,
        .summary = row.summary,
        .text = row.text,
        .stage = row.stage,
        .mode = row.mode,
        .place = row.place,
        .access_words = row.access_words,
        .link = row.link,
        .starts_at = row.starts_at,
        .ends_at = row.ends_at,
        .room_seats = row.room_seats,
        .online_seats = row.online_seats,
        .room_left = row.room_left,
        .online_left = row.online_left,
        .carers_count = row.carers_count == 1,
        .sequence = row.sequence,
        .changed_at = row.changed_at,
        .published_at = row.published_at,
        .cancel_reason = row.cancel_reason,
    };
    return OK;
}

enum status event_by_number(struct ctx *ctx, int64_t organisation_id, int64_t id, struct event *out)
{
    struct event_of_booking_row row;
    TRY(event_of_booking(ctx, organisation_id, id, &row));
    return event_get(ctx, row.reference, out);
}

enum status event_find(struct ctx *ctx, const char *reference, struct event *out)
{
    TRY(event_get(ctx, reference, out));
    return out->state != EVENT_DRAFT
               ? OK
               : ctx_fail(ctx, ERR_NOT_FOUND, "event \"%s\" is not public", reference);
}

enum status event_open(struct ctx *ctx, const char *reference, const char *scope, struct event *out)
{
    bool holds = scope == NULL;
    TRY(event_get(ctx, reference, out));
    if (!holds && out->area[0] != '\0')
        TRY(access_scope_holds(ctx, scope, out->area, &holds));
    return holds ? OK : ctx_fail(ctx, ERR_NOT_FOUND, "event \"%s\" is another area's", reference);
}

bool event_is_bookable(const struct ctx *ctx, const struct event *event)
{
    return event->state == EVENT_PUBLISHED && event->starts_at > ctx->now_secs;
}

bool event_has_way(const struct event *event, const char *way)
{
    bool is_way = strcmp(way, "person") == 0 || event_is_online_way(way);
    return is_way && (strcmp(event->mode, "both") == 0 || strcmp(event->mode, way) == 0);
}

int64_t event_seats(const struct event *event, const char *way)
{
    return event_is_online_way(way) ? event->online_seats : event->room_seats;
}

int64_t event_left(const struct event *event, const char *way)
{
    return event_is_online_way(way) ? event->online_left : event->room_left;
}

int64_t event_seats_for(const struct event *event, int64_t people, int64_t carers)
{
    return people + (event->carers_count ? carers : 0);
}

enum status event_choices(struct ctx *ctx, struct event_choice **out, size_t *count_out)
{
    struct event_open_list_row *rows;
    TRY(event_open_list(ctx, ctx->now_secs, CHOICES_MOST, &rows, count_out));
    *out = mem_array(ctx->mem, struct event_choice, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct event_choice){rows[i].reference, rows[i].title, rows[i].starts_at};
    return OK;
}

/* ---- what an event must be ---- */

struct making {
    const struct event_draft *draft;
    const char *scope;
    struct form_problems *problems;
    int64_t starts_at, ends_at;
    int64_t organisation_id, room_seats, online_seats;
    const char *area, *area_name, *region;
    const char *place, *access_words, *link, *month;
    const char *reference;
    const struct event *before; /* NULL: a new one */
};

static enum clock_hour hour_of(const char *code)
{
    return strcmp(code, "first") == 0    ? CLOCK_HOUR_FIRST
           : strcmp(code, "second") == 0 ? CLOCK_HOUR_SECOND
                                         : CLOCK_HOUR_ANY;
}

static enum status passed(struct ctx *ctx, enum status status)
{
    if (status == ERR_INVALID)
        ctx->fault = NULL;
    return status == ERR_INVALID ? OK : status;
}

static enum status check_times(struct ctx *ctx, struct making *m)
{
    const struct event_draft *d = m->draft;
    bool is_one_day = d->ends_on[0] == '\0';
    size_t before = m->problems->count;
    int64_t days = 0;
    const struct clock_moment starts = {d->on, d->starts, hour_of(d->hour), "starts", true};
    const struct clock_moment ends = {is_one_day ? d->on : d->ends_on, d->ends, CLOCK_HOUR_ANY,
                                      "ends", false};
    TRY(passed(ctx, clock_instant(ctx, &starts, m->problems, &m->starts_at)));
    TRY(passed(ctx, clock_instant(ctx, &ends, m->problems, &m->ends_at)));
    if (m->problems->count > before)
        return OK;
    if (!is_one_day)
        TRY(time_days_between(d->on, d->ends_on, &days));
    /* An end in the hour that comes twice is the second when the first would be too early. */
    if (m->ends_at <= m->starts_at && clock_hour_of(ctx->mem, m->ends_at) == CLOCK_HOUR_FIRST)
        m->ends_at += TIME_HOUR_SECS;
    if (m->ends_at <= m->starts_at)
        form_wrong(m->problems, "ends", "The end must be after the start");
    else if (days > DAYS_LONGEST)
        form_wrong(m->problems, "ends_on", "An event lasts a month at most");
    bool is_moved = m->before == NULL || m->before->starts_at != m->starts_at;
    if (is_moved && m->starts_at <= ctx->now_secs)
        form_wrong(m->problems, "on", "The event must start after now");
    m->month = mem_text(ctx->mem, mem_format(ctx->mem, "%.*s", MONTH_CHARS, d->on));
    return OK;
}

static bool is_web_address(const char *text)
{
    return text_begins(text, "https://") && strpbrk(text, " \r\n\t\"<>") == NULL &&
           strlen(text) > strlen("https://");
}

static void check_ways(struct making *m)
{
    const struct event_draft *d = m->draft;
    bool in_room = strcmp(d->mode, "online") != 0, online = strcmp(d->mode, "person") != 0;
    m->place = in_room ? d->place : "";
    m->access_words = d->access_words;
    m->room_seats = in_room ? d->room_seats.n : 0;
    m->link = online ? d->link : "";
    m->online_seats = online ? d->online_seats.n : 0;
    if (in_room && d->place[0] == '\0')
        form_wrong(m->problems, "place", "Enter where it is");
    if (in_room && m->room_seats < 1)
        form_wrong(m->problems, "room_seats", "Enter how many people fit in the room");
    if (online && !is_web_address(d->link))
        form_wrong(m->problems, "link", "Enter the link to join, which begins with https://");
    if (online && m->online_seats < 1)
        form_wrong(m->problems, "online_seats", "Enter how many people can join online");
}

/* Whose event it is, and the region that it lies in. */
static enum status check_area(struct ctx *ctx, struct making *m)
{
    struct organisation organisation;
    struct directory_place region;
    bool holds = m->scope == NULL;
    const char *code = m->draft->area.key[0] != '\0' ? m->draft->area.key
                       : m->scope != NULL            ? m->scope
                                                     : "";
    m->area = m->area_name = m->region = "";
    if (code[0] == '\0')
        return OK;
    if (!holds)
        TRY(access_scope_holds(ctx, m->scope, code, &holds));
    if (!holds) {
        form_wrong(m->problems, "area", "Choose an organisation of your own area");
        return OK;
    }
    TRY(directory_find(ctx, code, &organisation));
    TRY(directory_region_on(ctx, organisation.id, time_day_of(ctx->mem, ctx->now_secs), &region));
    m->organisation_id = organisation.id.n;
    m->area = organisation.code;
    m->area_name = organisation.name;
    m->region = region.known == DIRECTORY_KNOWN ? region.code : "";
    return OK;
}

static enum status check(struct ctx *ctx, struct making *m)
{
    TRY(check_times(ctx, m));
    check_ways(m);
    if (m->before == NULL)
        TRY(check_area(ctx, m));
    TRY(passed(ctx, library_text_check(ctx, m->draft->text, "text", m->problems)));
    return m->problems->count == 0 ? OK : ctx_fail(ctx, ERR_INVALID, "an event breaks its rules");
}

/* ---- making ---- */

/* Runs inside a transaction, perhaps more than once. */
static enum status make_once(struct ctx *ctx, void *arg)
{
    struct making *m = arg;
    const struct event_draft *d = m->draft;
    for (int attempt = 0; attempt < REFERENCE_ATTEMPTS; attempt++) {
        int64_t changes;
        m->reference = id_reference_new(ctx->mem, "EV");
        TRY(event_add(ctx, m->organisation_id, id_new(ctx), m->reference, m->area, m->area_name,
                      m->region, d->title, d->summary, d->text, d->stage, d->mode,
                      strcmp(d->mode, "person") != 0, m->place, m->access_words, m->link,
                      m->starts_at, m->ends_at, m->month, m->room_seats, m->online_seats,
                      d->carers_count == FORM_YES, ctx->now_secs, &changes));
        if (changes == 1)
            return audit_note(ctx, &(const struct audit_deed){.what = "event.made",
                                                              .organisation = m->area,
                                                              .thing = m->reference,
                                                              .after = d->title});
    }
    return ctx_fail(ctx, ERR_BUSY, "no free reference was found");
}

enum status event_make(struct ctx *ctx, const struct event_draft *draft, const char *scope,
                       struct form_problems *problems, const char **reference_out)
{
    struct making m = {.draft = draft, .scope = scope, .problems = problems};
    TRY(check(ctx, &m));
    TRY(store_transact(ctx, "event_make", make_once, &m));
    *reference_out = m.reference;
    return OK;
}

/* ---- changing ---- */

/* What people who come must be told of. */
static bool is_news(const struct event *event, const struct making *m)
{
    return strcmp(event->title, m->draft->title) != 0 || event->starts_at != m->starts_at ||
           event->ends_at != m->ends_at || strcmp(event->place, m->place) != 0 ||
           strcmp(event->link, m->link) != 0;
}

const char *event_seen(struct mem *mem, const struct event *event)
{
    const char *all =
        mem_format(mem,
                   "%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%" PRId64 " %" PRId64
                   " %" PRId64 " %" PRId64 " %d",
                   event->title, event->summary, event->text, event->stage, event->mode,
                   event->place, event->access_words, event->link, event->starts_at, event->ends_at,
                   event->room_seats, event->online_seats, event->carers_count);
    return mem_text_part(mem, hash_token(mem, all), SEEN_CHARS);
}

/* An organiser says so before groups that wait are told that they are too many. */
static void ask_strands(struct ctx *ctx, const struct making *m, struct event_line_stuck stuck)
{
    if (stuck.count > 0 && m->draft->strands != FORM_YES)
        form_wrong(m->problems, "strands",
                   mem_format(ctx->mem,
                              "%zu %s for more places than that, the largest for %" PRId64
                              ". Choose yes to tell them, or give more places",
                              stuck.count, stuck.count == 1 ? "booking waits" : "bookings wait",
                              stuck.most));
}

/* No way of coming may hold less than what is booked and on offer, nor leave groups waiting in vain
 * that the organiser does not know of. */
static enum status check_seats(struct ctx *ctx, const struct making *m, const struct event *now)
{
    static const char *const ways[] = {"person", "online"};
    struct event_line_stuck all = {0, 0};
    for (int i = 0; i < 2; i++) {
        struct event_place place;
        int64_t wanted = i == 0 ? m->room_seats : m->online_seats;
        TRY(event_place_read(ctx, now, ways[i], &place));
        int64_t taken = place.line.capacity - event_line_free(&place.line);
        struct event_line_stuck stuck = event_line_would_stick(&place.line, wanted);
        bool is_stranded = wanted == 0 && place.line.count > 0;
        all.count += stuck.count;
        all.most = stuck.most > all.most ? stuck.most : all.most;
        if (event_line_holds(&place.line, wanted) && !is_stranded)
            continue;
        form_wrong(m->problems, i == 0 ? "room_seats" : "online_seats",
                   mem_format(ctx->mem,
                              "%" PRId64 " %s booked or on offer, and people may be waiting: it "
                              "cannot be fewer",
                              taken, taken == 1 ? "seat is" : "seats are"));
    }
    if (m->problems->count == 0 && event_is_bookable(ctx, now))
        ask_strands(ctx, m, all);
    return OK;
}

const char event_was_changed[] =
    "Somebody else changed this event while you wrote. Look at it in another window, put in here "
    "what you need of it, and save again";

static enum status check_change(struct ctx *ctx, struct making *m, const struct event *now)
{
    struct event_bookings_any_row any;
    if (now->state == EVENT_CANCELLED || now->ends_at <= ctx->now_secs)
        return ctx_fail(ctx, ERR_CONFLICT, "event \"%s\" is cancelled or over", now->reference);
    const char *seen = m->draft->seen != NULL ? m->draft->seen : "";
    if (seen[0] != '\0' && strcmp(seen, event_seen(ctx->mem, now)) != 0)
        form_wrong(m->problems, "title", event_was_changed);
    TRY(event_bookings_any(ctx, now->organisation_id, now->id, &any));
    if (any.live > 0 && now->carers_count != (m->draft->carers_count == FORM_YES))
        form_wrong(m->problems, "carers_count",
                   "People have booked, so whether carers take a place cannot change");
    TRY(check_seats(ctx, m, now));
    return m->problems->count == 0 ? OK
                                   : ctx_fail(ctx, ERR_INVALID, "a change breaks what is booked");
}

/* Runs inside a transaction, perhaps more than once. */
static enum status change_once(struct ctx *ctx, void *arg)
{
    struct making *m = arg;
    const struct event_draft *d = m->draft;
    struct event now, after;
    TRY(event_get(ctx, m->before->reference, &now));
    m->problems->count = 0;
    TRY(check_change(ctx, m, &now));
    bool raises = now.state == EVENT_PUBLISHED && is_news(&now, m);
    TRY(event_change_row(ctx, now.organisation_id, now.id, d->title, d->summary, d->text, d->stage,
                         d->mode, strcmp(d->mode, "person") != 0, m->place, m->access_words,
                         m->link, m->starts_at, m->ends_at, m->month, m->room_seats,
                         m->online_seats, d->carers_count == FORM_YES, raises, ctx->now_secs,
                         NULL));
    if (now.starts_at != m->starts_at)
        TRY(event_forget_reminders(ctx, now.organisation_id, now.id,
                                   event_is_within_week(ctx, m->starts_at),
                                   event_is_within_day(ctx, m->starts_at), NULL));
    if (raises)
        TRY(job_put(ctx, EVENT_TELL_JOB, now.reference, "", 0));
    TRY(event_get(ctx, now.reference, &after));
    TRY(event_settle_all(ctx, &after));
    TRY(event_index(ctx, &after));
    return audit_note(
        ctx, &(const struct audit_deed){.what = "event.changed",
                                        .organisation = now.area,
                                        .thing = now.reference,
                                        .before = event_when(ctx->mem, now.starts_at, now.ends_at),
                                        .after = event_when(ctx->mem, m->starts_at, m->ends_at)});
}

enum status event_change(struct ctx *ctx, const struct event *event,
                         const struct event_draft *draft, struct form_problems *problems)
{
    struct making m = {.draft = draft, .problems = problems, .before = event};
    TRY(check(ctx, &m));
    return store_transact(ctx, "event_change", change_once, &m);
}

/* ---- publishing and cancelling ---- */

static enum status publish_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct event event;
    TRY(event_get(ctx, arg, &event));
    if (event.state == EVENT_PUBLISHED)
        return OK;
    if (event.state == EVENT_CANCELLED || event.starts_at <= ctx->now_secs)
        return ctx_fail(ctx, ERR_CONFLICT, "event \"%s\" cannot be published", event.reference);
    TRY(event_publish_row(ctx, event.organisation_id, event.id, ctx->now_secs, &changes));
    event.state = EVENT_PUBLISHED;
    event.published_at = ctx->now_secs;
    TRY(event_index(ctx, &event));
    return audit_note(ctx, &(const struct audit_deed){.what = "event.published",
                                                      .organisation = event.area,
                                                      .thing = event.reference});
}

enum status event_publish(struct ctx *ctx, const struct event *event)
{
    return store_transact(ctx, "event_publish", publish_once, mem_text(ctx->mem, event->reference));
}

struct cancelling {
    const char *reference, *reason;
};

static enum status cancel_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    struct event event;
    const struct cancelling *c = arg;
    TRY(event_get(ctx, c->reference, &event));
    if (event.state == EVENT_CANCELLED)
        return OK;
    if (event.state == EVENT_DRAFT || event.ends_at <= ctx->now_secs)
        return ctx_fail(ctx, ERR_CONFLICT, "event \"%s\" cannot be cancelled", event.reference);
    TRY(event_cancel_row(ctx, event.organisation_id, event.id, c->reason, ctx->now_secs, &changes));
    event.state = EVENT_CANCELLED;
    TRY(event_index(ctx, &event));
    TRY(job_put(ctx, EVENT_TELL_JOB, event.reference, "", 0));
    return audit_note(ctx, &(const struct audit_deed){.what = "event.cancelled",
                                                      .organisation = event.area,
                                                      .thing = event.reference,
                                                      .purpose = c->reason});
}

enum status event_cancel(struct ctx *ctx, const struct event *event, const char *reason)
{
    struct cancelling c = {event->reference, reason};
    return store_transact(ctx, "event_cancel", cancel_once, &c);
}
