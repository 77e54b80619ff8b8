/* SPDX-License-Identifier: MIT */
/*
 * event_place.c - the line of event_line.h, read from the store and written back.
 *
 * Every act that frees or takes seats reads the line in its transaction, and writes what follows in
 * the same one.  Transactions are serialisable, so two people who book at once are one after the
 * other for the rule.
 */
#include "programme/event/event_internal.h"

#include "platform/store/store.h"

#include <inttypes.h>

enum status event_place_read(struct ctx *ctx, const struct event *event, const char *way,
                             struct event_place *out)
{
    size_t count;
    struct event_waiters_row *rows;
    struct event_booking_sums_row sums;
    int64_t now = ctx->now_secs;
    TRY(event_booking_sums(ctx, event->organisation_id, event->id, way, &sums));
    TRY(event_waiters(ctx, event->organisation_id, event->id, way, EVENT_WAITERS_MAX + 1, &rows,
                      &count));
    *out = (struct event_place){.event = event,
                                .way = way,
                                .line = {.capacity = event_seats(event, way),
                                         .booked = sums.booked,
                                         .waiters = mem_array(ctx->mem, struct event_waiter, count),
                                         .count = count},
                                .next_turn = sums.last_turn + 1};
    for (size_t i = 0; i < count; i++)
        out->line.waiters[i] = (struct event_waiter){.id = rows[i].id,
                                                     .seats = rows[i].seats,
                                                     .offered_until = rows[i].offered_until,
                                                     .is_stuck = rows[i].is_stuck == 1};
    event_line_settle(&out->line, now,
                      event_is_bookable(ctx, event) ? event_line_offer_end(now, event->starts_at)
                                                    : now);
    return OK;
}

static enum status tell(struct ctx *ctx, const struct event *event, int64_t id,
                        enum event_letter_kind kind)
{
    struct event_booking booking;
    TRY(event_booking_get(ctx, event->organisation_id, event->id, id, &booking));
    return event_mail(ctx, &(const struct event_letter){kind, event, &booking, NULL});
}

static enum status write_turned(struct ctx *ctx, const struct event *event,
                                const struct event_waiter *waiter)
{
    TRY(event_booking_turn(ctx, event->organisation_id, event->id, waiter->id, waiter->is_stuck,
                           NULL));
    return tell(ctx, event, waiter->id, waiter->is_stuck ? EVENT_LETTER_STUCK : EVENT_LETTER_FREED);
}

static enum status write_waiter(struct ctx *ctx, const struct event *event,
                                const struct event_waiter *waiter)
{
    if (!waiter->is_lapsed && !waiter->is_new_offer)
        return waiter->has_turned ? write_turned(ctx, event, waiter) : OK;
    TRY(event_booking_move(ctx, event->organisation_id, event->id, waiter->id,
                           waiter->is_lapsed ? "lapsed" : "offered",
                           waiter->is_lapsed ? 0 : waiter->offered_until, NULL));
    return tell(ctx, event, waiter->id,
                waiter->is_lapsed ? EVENT_LETTER_LAPSED : EVENT_LETTER_OFFER);
}

enum status event_place_write(struct ctx *ctx, const struct event_place *place)
{
    const struct event *event = place->event;
    int64_t left = event_line_free(&place->line), ends_at = event_line_next_end(&place->line);
    for (size_t i = 0; i < place->line.count; i++)
        TRY(write_waiter(ctx, event, &place->line.waiters[i]));
    if (left != event_left(event, place->way))
        TRY(event_is_online_way(place->way)
                ? event_set_online_left(ctx, event->organisation_id, event->id, left, NULL)
                : event_set_room_left(ctx, event->organisation_id, event->id, left, NULL));
    /* A key of its own for each time, so that a job that runs never puts itself once more. */
    return ends_at == 0 ? OK
                        : job_put(ctx, EVENT_SETTLE_JOB,
                                  mem_format(ctx->mem, "%s/%" PRId64, event->reference, ends_at),
                                  event->reference, ends_at);
}

enum status event_place_settle(struct ctx *ctx, const struct event *event, const char *way)
{
    struct event_place place;
    TRY(event_place_read(ctx, event, way, &place));
    return event_place_write(ctx, &place);
}

enum status event_settle_all(struct ctx *ctx, const struct event *event)
{
    TRY(event_place_settle(ctx, event, "person"));
    return event_place_settle(ctx, event, "online");
}
