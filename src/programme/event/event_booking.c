/* SPDX-License-Identifier: MIT */
/* event_booking.c - a booking that counts: found, accepted, changed, given back. */
#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/event/event_internal.h"

static enum event_booking_state state_of(const char *code)
{
    return strcmp(code, "unconfirmed") == 0 ? EVENT_UNCONFIRMED
           : strcmp(code, "booked") == 0    ? EVENT_BOOKED
           : strcmp(code, "waiting") == 0   ? EVENT_WAITING
           : strcmp(code, "offered") == 0   ? EVENT_OFFERED
           : strcmp(code, "left") == 0      ? EVENT_LEFT
                                            : EVENT_LAPSED;
}

enum status event_booking_get(struct ctx *ctx, int64_t organisation_id, int64_t event_id,
                              int64_t id, struct event_booking *out)
{
    struct event_booking_row_row row;
    TRY(event_booking_row(ctx, organisation_id, event_id, id, &row));
    *out = (struct event_booking){.organisation_id = row.organisation_id,
                                  .event_id = row.event_id,
                                  .id = row.id,
                                  .reference = row.reference,
                                  .state = state_of(row.state),
                                  .way = row.way,
                                  .people = row.people,
                                  .carers = row.carers,
                                  .seats = row.seats,
                                  .name = row.name,
                                  .email = row.email,
                                  .email_key = row.email_key,
                                  .sent_at = row.sent_at,
                                  .offered_until = row.offered_until,
                                  .came = row.came,
                                  .code = row.code != NULL ? row.code : "",
                                  .has_answered = row.has_answered == 1};
    return OK;
}

enum status event_booking_find(struct ctx *ctx, const char *reference, struct event_booking *out)
{
    struct event_booking_by_reference_row row;
    TRY(event_booking_by_reference(ctx, reference, &row));
    return event_booking_get(ctx, row.organisation_id, row.event_id, row.id, out);
}

enum status event_booking_verify(struct ctx *ctx, const char *typed_code, struct event_booking *out)
{
    const char *code;
    struct event_booking_by_code_row row;
    if (id_code_read(ctx->mem, typed_code, &code) != OK)
        return ERR_NOT_FOUND;
    TRY(event_booking_by_code(ctx, code, &row));
    return event_booking_get(ctx, row.organisation_id, row.event_id, row.id, out);
}

enum status event_own_open(struct ctx *ctx, const char *reference, struct event_booking *out)
{
    struct access_person person;
    TRY(access_person_get(ctx, ctx->person, &person));
    TRY(event_booking_find(ctx, reference, out));
    bool is_own = strcmp(out->email_key, text_email_key(ctx->mem, person.email)) == 0;
    return is_own && out->state != EVENT_UNCONFIRMED
               ? OK
               : ctx_fail(ctx, ERR_NOT_FOUND, "booking \"%s\" is not theirs", reference);
}

enum status event_of(struct ctx *ctx, const struct event_booking *booking, struct event *out)
{
    return event_by_number(ctx, booking->organisation_id, booking->event_id, out);
}

enum status event_position(struct ctx *ctx, const struct event_booking *booking, int64_t *out)
{
    struct event event;
    struct event_place place;
    *out = 0;
    if (booking->state != EVENT_WAITING)
        return OK;
    TRY(event_of(ctx, booking, &event));
    TRY(event_place_read(ctx, &event, booking->way, &place));
    *out = event_line_position(&place.line, booking->id);
    return OK;
}

enum status event_needs(struct ctx *ctx, const struct event_booking *booking, const char **out)
{
    struct event_need_of_row row;
    enum status status =
        event_need_of(ctx, booking->organisation_id, booking->event_id, booking->id, &row);
    *out = status == OK ? row.needs : "";
    return status == ERR_NOT_FOUND ? OK : status;
}

/* ---- acts ---- */

struct act {
    const struct event_booking *asked;
    const struct event_size *size;
    struct form_problems *problems;
    struct event_booking it; /* as it is now */
    struct event event;
};

/* Reads both as they are now.  ERR_CONFLICT: the event is closed. */
static enum status begin(struct ctx *ctx, struct act *act)
{
    const struct event_booking *asked = act->asked;
    TRY(event_booking_get(ctx, asked->organisation_id, asked->event_id, asked->id, &act->it));
    TRY(event_of(ctx, &act->it, &act->event));
    return event_is_bookable(ctx, &act->event)
               ? OK
               : ctx_fail(ctx, ERR_CONFLICT, "event \"%s\" is closed", act->event.reference);
}

/* Notes what somebody did with their booking. */
static enum status note(struct ctx *ctx, const struct act *act, const char *what)
{
    return audit_note(ctx, &(const struct audit_deed){.what = what,
                                                      .organisation = act->event.area,
                                                      .subject = ctx->person,
                                                      .thing = act->it.reference});
}

static enum status move(struct ctx *ctx, const struct act *act, const char *state)
{
    return event_booking_move(ctx, act->it.organisation_id, act->it.event_id, act->it.id, state, 0,
                              NULL);
}

static enum status accept_once(struct ctx *ctx, void *arg)
{
    struct act *act = arg;
    TRY(begin(ctx, act));
    if (act->it.state == EVENT_BOOKED)
        return OK;
    if (act->it.state != EVENT_OFFERED || act->it.offered_until <= ctx->now_secs)
        return ctx_fail(ctx, ERR_CONFLICT, "booking \"%s\" has no offer", act->it.reference);
    TRY(move(ctx, act, "booked"));
    if (event_is_within_week(ctx, act->event.starts_at))
        TRY(event_reminded(ctx, act->it.organisation_id, act->it.event_id, act->it.id,
                           event_is_within_day(ctx, act->event.starts_at), NULL));
    TRY(note(ctx, act, "event.accepted"));
    TRY(event_place_settle(ctx, &act->event, act->it.way));
    return event_mail(
        ctx, &(const struct event_letter){EVENT_LETTER_BOOKED, &act->event, &act->it, NULL});
}

enum status event_accept(struct ctx *ctx, const struct event_booking *booking)
{
    struct act act = {.asked = booking};
    return store_transact(ctx, "event_accept", accept_once, &act);
}

bool event_is_stuck(const struct event *event, const struct event_booking *booking)
{
    return booking->state == EVENT_WAITING && booking->seats > event_seats(event, booking->way);
}

/* Whether its offer is over, also before the job has ended it. */
static bool is_too_late(const struct ctx *ctx, const struct event_booking *it)
{
    return it->state == EVENT_OFFERED && it->offered_until <= ctx->now_secs;
}

bool event_booking_counts(const struct event_booking *it)
{
    return it->state == EVENT_BOOKED || it->state == EVENT_WAITING || it->state == EVENT_OFFERED;
}

static enum status leave_once(struct ctx *ctx, void *arg)
{
    struct act *act = arg;
    TRY(begin(ctx, act));
    if (act->it.state == EVENT_LEFT || act->it.state == EVENT_LAPSED)
        return OK;
    if (!event_booking_counts(&act->it))
        return ctx_fail(ctx, ERR_CONFLICT, "booking \"%s\" never counted", act->it.reference);
    TRY(move(ctx, act, "left"));
    TRY(note(ctx, act, "event.left"));
    TRY(event_place_settle(ctx, &act->event, act->it.way));
    return event_mail(ctx,
                      &(const struct event_letter){EVENT_LETTER_LEFT, &act->event, &act->it, NULL});
}

enum status event_leave(struct ctx *ctx, const struct event_booking *booking)
{
    struct act act = {.asked = booking};
    return store_transact(ctx, "event_leave", leave_once, &act);
}

static enum status check_size(struct ctx *ctx, struct act *act, int64_t more)
{
    struct event_place place;
    event_check_people(ctx, &act->event, act->it.way, act->size, act->problems);
    if (more > 0 && act->it.state != EVENT_BOOKED)
        form_wrong(act->problems, "people",
                   "While you wait you can only make it fewer. Book the others separately");
    TRY(event_place_read(ctx, &act->event, act->it.way, &place));
    if (more > 0 && act->it.state == EVENT_BOOKED && !event_line_has(&place.line, more))
        form_wrong(act->problems, "people", "There are not so many places left");
    return act->problems->count == 0 ? OK
                                     : ctx_fail(ctx, ERR_INVALID, "a booking cannot grow so far");
}

static enum status resize_once(struct ctx *ctx, void *arg)
{
    struct act *act = arg;
    act->problems->count = 0;
    TRY(begin(ctx, act));
    if (!event_booking_counts(&act->it) || is_too_late(ctx, &act->it))
        return ctx_fail(ctx, ERR_CONFLICT, "booking \"%s\" does not count", act->it.reference);
    int64_t people = act->size->people.n, carers = act->size->carers.n;
    int64_t seats = event_seats_for(&act->event, people, carers);
    TRY(check_size(ctx, act, seats - act->it.seats));
    TRY(event_booking_resize(ctx, act->it.organisation_id, act->it.event_id, act->it.id, people,
                             carers, seats, NULL));
    TRY(note(ctx, act, "event.resized"));
    return event_place_settle(ctx, &act->event, act->it.way);
}

enum status event_resize(struct ctx *ctx, const struct event_booking *booking,
                         const struct event_size *size, struct form_problems *problems)
{
    struct act act = {.asked = booking, .size = size, .problems = problems};
    return store_transact(ctx, "event_resize", resize_once, &act);
}
