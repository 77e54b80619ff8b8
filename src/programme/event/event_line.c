/* SPDX-License-Identifier: MIT */
/* event_line.c - the line of those who wait for a place: see event_line.h for the rule. */
#include "programme/event/event_line.h"

static bool stands(const struct event_waiter *waiter)
{
    return waiter->offered_until != 0 && !waiter->is_lapsed;
}

static bool waits(const struct event_waiter *waiter)
{
    return waiter->offered_until == 0 && !waiter->is_lapsed;
}

int64_t event_line_free(const struct event_line *line)
{
    int64_t taken = line->booked;
    for (size_t i = 0; i < line->count; i++)
        if (stands(&line->waiters[i]))
            taken += line->waiters[i].seats;
    return line->capacity - taken;
}

void event_line_settle(struct event_line *line, int64_t now, int64_t until)
{
    for (size_t i = 0; i < line->count; i++)
        if (stands(&line->waiters[i]) && line->waiters[i].offered_until <= now)
            line->waiters[i].is_lapsed = true;
    int64_t free_seats = event_line_free(line);
    for (size_t i = 0; i < line->count && until > now; i++) {
        struct event_waiter *waiter = &line->waiters[i];
        if (!waits(waiter))
            continue;
        waiter->has_turned = waiter->is_stuck != (waiter->seats > line->capacity);
        waiter->is_stuck = waiter->seats > line->capacity;
        if (waiter->seats > free_seats)
            continue;
        waiter->offered_until = until;
        waiter->is_new_offer = true;
        free_seats -= waiter->seats;
    }
}

bool event_line_has(const struct event_line *line, int64_t seats)
{
    return event_line_free(line) >= seats;
}

bool event_line_holds(const struct event_line *line, int64_t capacity)
{
    return capacity >= line->capacity - event_line_free(line);
}

struct event_line_stuck event_line_would_stick(const struct event_line *line, int64_t capacity)
{
    struct event_line_stuck stuck = {0, 0};
    for (size_t i = 0; i < line->count; i++) {
        const struct event_waiter *waiter = &line->waiters[i];
        if (!waits(waiter) || waiter->is_stuck || waiter->seats <= capacity)
            continue;
        stuck.count++;
        stuck.most = waiter->seats > stuck.most ? waiter->seats : stuck.most;
    }
    return stuck;
}

int64_t event_line_next_end(const struct event_line *line)
{
    int64_t first = 0;
    for (size_t i = 0; i < line->count; i++) {
        const struct event_waiter *waiter = &line->waiters[i];
        if (stands(waiter) && (first == 0 || waiter->offered_until < first))
            first = waiter->offered_until;
    }
    return first;
}

int64_t event_line_position(const struct event_line *line, int64_t id)
{
    int64_t position = 0;
    for (size_t i = 0; i < line->count; i++) {
        position += waits(&line->waiters[i]);
        if (line->waiters[i].id == id)
            return waits(&line->waiters[i]) ? position : 0;
    }
    return 0;
}

int64_t event_line_offer_end(int64_t now, int64_t closes_at)
{
    int64_t half = (closes_at - now) / 2;
    return closes_at <= now ? now : now + (half < EVENT_OFFER_SECS ? half : EVENT_OFFER_SECS);
}
