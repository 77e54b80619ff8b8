/* SPDX-License-Identifier: MIT */
/*
 * time.c - the clock, and London.
 *
 * The process runs in Europe/London from time_start on, so that localtime_r and mktime, which are
 * safe with threads as long as nobody changes TZ, know the rules for summer time.  This is the
 * only file that uses them.
 */
#include "platform/base/time.h"

#include "platform/base/time_day.h"
#include "platform/base/time_london.h"

#include <stdlib.h>
#include <time.h>

enum {
    A_SUMMER_NOON_SECS = 1782903600, /* 1 July 2026, 11:00 UTC; 12:00 in London */
    GREATEST_OFFSET_SECS = 2 * TIME_HOUR_SECS,
    MS_PER_SEC = 1000,
    NS_PER_MS = 1000000
};

/* From the first second of 1900 to the last of 2200, in London and UTC alike: both are winter. */
static const int64_t first_secs = -2208988800;
static const int64_t last_secs = 7289654399;

enum status time_start(void)
{
    if (setenv("TZ", "Europe/London", 1) != 0)
        return ERR_FAULT;
    tzset();
    time_t noon = A_SUMMER_NOON_SECS;
    struct tm shown;
    return localtime_r(&noon, &shown) != NULL && shown.tm_hour == 12 ? OK : ERR_FAULT;
}

int64_t time_now_secs(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}

int64_t time_running_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * MS_PER_SEC + now.tv_nsec / NS_PER_MS;
}

int64_t time_running_usecs(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t time_within(int64_t at_secs)
{
    return at_secs < first_secs ? first_secs : at_secs > last_secs ? last_secs : at_secs;
}

struct time_shown time_in_london(int64_t at_secs)
{
    time_t at = time_within(at_secs);
    struct tm tm;
    localtime_r(&at, &tm);
    return (struct time_shown){
        .parts = {tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday},
        .hour = tm.tm_hour,
        .minute = tm.tm_min,
        .second = tm.tm_sec,
        .offset_secs = (int)tm.tm_gmtoff,
    };
}

const char *time_day_of(struct mem *mem, int64_t at_secs)
{
    struct time_parts parts = time_in_london(at_secs).parts;
    return mem_format(mem, "%04d-%02d-%02d", parts.year, parts.month, parts.day);
}

/*
 * The instant is the time of day read as UTC, less London's offset then: none, an hour, or two
 * (1941 to 1947).  Trying the greatest first gives the first of two instants.  When none fits, the
 * clock skips it: read with the offset of before it comes out as much later as the clock jumps.
 */
static int64_t instant_in_london(int64_t as_utc)
{
    for (int64_t offset = GREATEST_OFFSET_SECS; offset >= 0; offset -= TIME_HOUR_SECS)
        if (time_in_london(as_utc - offset).offset_secs == offset)
            return as_utc - offset;
    return as_utc - time_in_london(as_utc - GREATEST_OFFSET_SECS).offset_secs;
}

enum status time_at(const char *on, int hour, int minute, int64_t *out_secs)
{
    struct time_parts parts;
    TRY(time_day_parts(on, &parts));
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return ERR_INVALID;
    *out_secs = instant_in_london(time_day_number(parts) * TIME_DAY_SECS + hour * TIME_HOUR_SECS +
                                  minute * TIME_MINUTE_SECS);
    return OK;
}

enum status time_day_start(const char *on, int64_t *out_secs)
{
    return time_at(on, 0, 0, out_secs);
}
