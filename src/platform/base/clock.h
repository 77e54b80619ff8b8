/* SPDX-License-Identifier: MIT */
/*
 * clock.h - times of day in London as people type and read them, also on the two nights on which
 * the clocks change.
 *
 * In March the hour from 1am to 2am does not come: a time in it is refused with words.  In October
 * it comes twice: either the form asks which one is meant, or the first is taken.
 */
#ifndef PLATFORM_BASE_CLOCK_H
#define PLATFORM_BASE_CLOCK_H

#include "platform/base/ctx.h"
#include "platform/base/filled.h"

#include <stdint.h>

/* "9:30", "9.30am", "14:00", "2pm", "midday".  ERR_INVALID: no time of day. */
MUST_CHECK enum status clock_read(const char *typed, int *hour_out, int *minute_out);

enum clock_hour {
    CLOCK_HOUR_ANY,   /* not said */
    CLOCK_HOUR_FIRST, /* of the hour that comes twice in October: still summer time */
    CLOCK_HOUR_SECOND /* and winter time */
};

/* A day and a time of day as they were typed, and the names of their fields. */
struct clock_moment {
    const char *on, *clock; /* YYYY-MM-DD; as typed */
    enum clock_hour hour;
    const char *field; /* of the clock */
    bool asks_hour;
};

/*
 * The instant.  Adds a problem for a time that cannot be read, that the clocks skip in March, or
 * that comes twice in October while hour does not say which is meant, if that was asked: else the
 * first is taken.  ERR_INVALID then.
 */
MUST_CHECK enum status clock_instant(struct ctx *ctx, const struct clock_moment *moment,
                                     struct form_problems *problems, int64_t *out);

/* "10:30am"; "1:30am (summer time)" in the hour that comes twice. */
const char *clock_show(struct mem *mem, int64_t at);

/* Whether this instant's clock shows the same an hour earlier or later on that day. */
enum clock_hour clock_hour_of(struct mem *mem, int64_t at);

#endif
