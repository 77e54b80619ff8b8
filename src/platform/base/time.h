/* SPDX-License-Identifier: MIT */
/*
 * time.h - instants, days, how both are shown, and the years that programmes report by.
 *
 * An instant is UTC seconds since 1970 (int64_t, names end in _secs or _at).  A day is text,
 * "2026-03-09" (names end in _on): it sorts and compares as text and has no time zone.  People see
 * both in Europe/London.  Days run from 1900-01-01 to 2200-12-31; an instant outside these years is
 * shown as the nearest end of them.
 *
 * Rules never ask for the time: ctx->now_secs is the clock.  Out memory belongs to mem.
 */
#ifndef PLATFORM_BASE_TIME_H
#define PLATFORM_BASE_TIME_H

#include "platform/base/mem.h"
#include "platform/base/status.h"

#include <stdbool.h>
#include <stdint.h>

enum { TIME_YEAR_FIRST = 1900, TIME_YEAR_LAST = 2200 };
enum { TIME_MINUTE_SECS = 60, TIME_HOUR_SECS = 3600, TIME_DAY_SECS = 86400 };

/* ---- the clock ---- */

/* Sets the process to Europe/London.  Called once, before any thread starts.
 * ERR_FAULT: this machine has no time zone data (Debian's package tzdata) */
MUST_CHECK enum status time_start(void);

/* The clock of the machine, only for whoever fills ctx->now_secs. */
int64_t time_now_secs(void);

/* A clock that never jumps, for measuring how long something took; its zero means nothing. */
int64_t time_running_ms(void);
int64_t time_running_usecs(void);

/* ---- days (time_day.c) ---- */

bool time_day_is_valid(const char *on);

struct time_parts {
    int year;
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

/* ERR_INVALID  not a day of the calendar in our years, or another form than "2026-03-09" */
MUST_CHECK enum status time_day_parts(const char *on, struct time_parts *out);

/* The day of three numbers, as typed into three boxes.  ERR_INVALID  there is no such day. */
MUST_CHECK enum status time_day(struct mem *mem, int64_t year, int64_t month, int64_t day,
                                const char **out);

/* How far to go from a day; any of them may be negative. */
struct time_step {
    int years, months, days;
};

/*
 * The day that lies so far from on: years and months first, where a day that the month does not
 * have becomes its last (31 January and a month is 28 or 29 February), then days.
 *
 * ERR_INVALID  on is no day, or the result is outside our years
 */
MUST_CHECK enum status time_day_add(struct mem *mem, const char *on, struct time_step step,
                                    const char **out);

/* How many days from one to the other: 0 for the same, negative when to_on comes first.
 * ERR_INVALID  one of them is no day */
MUST_CHECK enum status time_days_between(const char *from_on, const char *to_on, int64_t *out);

/* 1 for Monday to 7 for Sunday (ISO 8601).  ERR_INVALID  on is no day. */
MUST_CHECK enum status time_weekday(const char *on, int *out);

/* Completed years on a day.  Who was born on 29 February is a year older on 1 March of the years
 * that have none: the anniversary has not begun before (Family Law Reform Act 1969, section 9).
 * ERR_INVALID  one of them is no day, or on lies before birth */
MUST_CHECK enum status time_age(const char *born_on, const char *on, int *years_out);

/* ---- London (time.c) ---- */

/* The London day of an instant. */
const char *time_day_of(struct mem *mem, int64_t at_secs);

/* The instant of a time of day in London.  What the clock skips in March is taken an hour later
 * (01:30 is 02:30); of what it shows twice in October the first is meant.
 * ERR_INVALID  no such day, or not 00:00 to 23:59 */
MUST_CHECK enum status time_at(const char *on, int hour, int minute, int64_t *out_secs);

/* The first instant of the day in London.  ERR_INVALID  on is no day. */
MUST_CHECK enum status time_day_start(const char *on, int64_t *out_secs);

/* ---- showing (time_text.c): NHS content style ---- */

/* "9 March 2026"; what is no day comes back as it is. */
const char *time_show_day(struct mem *mem, const char *on);

/* "Monday 9 March 2026" */
const char *time_show_weekday(struct mem *mem, const char *on);

/* "9:05am", "5pm", "midday", "midnight" */
const char *time_show_clock(struct mem *mem, int64_t at_secs);

/* "9 March 2026 at 9:05am" */
const char *time_show(struct mem *mem, int64_t at_secs);

/* How long ago, or ahead, seen from now: "just now" (under a minute), "5 minutes ago", "3 hours
 * ago" (under a day), "3 days ago" (London days, up to 30), beyond that the day itself; "in 3 days"
 * for what is to come. */
const char *time_show_ago(struct mem *mem, int64_t at_secs, int64_t now_secs);

/* ---- for machines (time_text.c) ---- */

/* RFC 3339: "2026-03-09T09:05:00Z", and as London's clock shows it: "2026-07-09T09:05:00+01:00". */
const char *time_rfc3339(struct mem *mem, int64_t at_secs);
const char *time_rfc3339_london(struct mem *mem, int64_t at_secs);

/* Any offset; parts of a second are dropped.  ERR_INVALID  another form, or no such instant. */
MUST_CHECK enum status time_rfc3339_read(const char *text, int64_t *out_secs);

/* HTTP's form: "Mon, 09 Mar 2026 09:05:00 GMT". */
const char *time_http(struct mem *mem, int64_t at_secs);

/* HTTP's form and the two that it replaced, as RFC 9110, section 5.6.7, asks.
 * ERR_INVALID  another form, or no such instant */
MUST_CHECK enum status time_http_read(const char *text, int64_t *out_secs);

/* ---- periods (time_period.c) ---- */

enum time_period_kind {
    TIME_CALENDAR_YEAR,    /* "2026"                                          */
    TIME_FINANCIAL_YEAR,   /* "2026/27": 1 April to 31 March                  */
    TIME_ACADEMIC_YEAR,    /* "2026/27": 1 September to 31 August             */
    TIME_FINANCIAL_QUARTER /* "2026/27 Q1": from 1 April, July, October, January */
};

struct time_period {
    enum time_period_kind kind;
    const char *first_on;
    const char *last_on; /* belongs to the period */
    const char *name;
};

/* The period in which a day lies.  ERR_INVALID  no such day, or the period leaves our years. */
MUST_CHECK enum status time_period_of(struct mem *mem, enum time_period_kind kind, const char *on,
                                      struct time_period *out);

/* The period that lies count after it; before it when negative.  ERR_INVALID  outside our years. */
MUST_CHECK enum status time_period_next(struct mem *mem, const struct time_period *period,
                                        int count, struct time_period *out);

/* A period by its name; "2026-27" and "2026-27-q1" do as well, for addresses.
 * ERR_INVALID  no such name of that kind */
MUST_CHECK enum status time_period_read(struct mem *mem, enum time_period_kind kind,
                                        const char *name, struct time_period *out);

#endif
