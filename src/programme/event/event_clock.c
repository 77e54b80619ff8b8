/* SPDX-License-Identifier: MIT */
/* event_clock.c - when an event is, in words, and whether its clock has to be asked for twice. */
#include "programme/event/event.h"

#include "platform/base/clock.h"
#include "platform/base/time.h"

#include <string.h>

const char *event_when(struct mem *mem, int64_t starts_at, int64_t ends_at)
{
    const char *first = time_day_of(mem, starts_at), *last = time_day_of(mem, ends_at);
    const char *day = time_show_weekday(mem, first);
    if (strcmp(first, last) == 0)
        return mem_format(mem, "%s, %s to %s", day, clock_show(mem, starts_at),
                          clock_show(mem, ends_at));
    return mem_format(mem, "%s, %s, to %s, %s", day, clock_show(mem, starts_at),
                      time_show_weekday(mem, last), clock_show(mem, ends_at));
}

bool event_needs_hour(struct mem *mem, const struct event_draft *draft)
{
    int64_t at;
    int hour, minute;
    return clock_read(draft->starts, &hour, &minute) == OK &&
           time_at(draft->on, hour, minute, &at) == OK && clock_hour_of(mem, at) != CLOCK_HOUR_ANY;
}
