/* SPDX-License-Identifier: MIT */
/*
 * clock.c - times of day as people type and read them, also on the two nights on which the clocks
 * change.
 */
#include "platform/base/clock.h"

#include "platform/base/ctx.h"
#include "platform/base/time.h"

#include <ctype.h>
#include <string.h>

enum { CLOCK_CHARS = 16 /* of 2026-10-25T01:30 */, NOON = 12, HOURS = 24, MINUTES = 60 };

/* A number of one or two digits; -1: there is none. */
static int number(const char **at)
{
    int n = 0, digits = 0;
    for (; **at >= '0' && **at <= '9' && digits < 3; ++*at, digits++)
        n = n * 10 + (**at - '0');
    return digits == 1 || digits == 2 ? n : -1;
}

static const char *without_spaces(const char *typed, char *out, size_t room)
{
    size_t length = 0;
    for (const char *c = typed; *c != '\0' && length + 1 < room; c++)
        if (*c != ' ')
            out[length++] = (char)tolower((unsigned char)*c);
    out[length] = '\0';
    return out;
}

/* "midday" and "midnight"; -1: another word. */
static int hour_in_words(const char *text)
{
    return strcmp(text, "midday") == 0 || strcmp(text, "noon") == 0 ? NOON
           : strcmp(text, "midnight") == 0                          ? 0
                                                                    : -1;
}

/* The hour on a clock of twelve or of 24; -1: there is none such.  half: what stands behind it. */
static int hour_of_day(int hour, const char *half, bool has_minutes)
{
    bool is_pm = strcmp(half, "pm") == 0, is_half = is_pm || strcmp(half, "am") == 0;
    if (is_half)
        return hour >= 1 && hour <= NOON ? hour % NOON + (is_pm ? NOON : 0) : -1;
    return half[0] == '\0' && has_minutes && hour < HOURS ? hour : -1;
}

enum status clock_read(const char *typed, int *hour_out, int *minute_out)
{
    char text[CLOCK_CHARS];
    const char *at = without_spaces(typed, text, sizeof text);
    *hour_out = hour_in_words(at);
    *minute_out = 0;
    if (*hour_out >= 0)
        return OK;
    int hour = number(&at);
    bool has_minutes = *at == ':' || *at == '.';
    if (has_minutes) {
        at++;
        *minute_out = number(&at);
    }
    *hour_out = hour_of_day(hour, at, has_minutes);
    bool is_right = *hour_out >= 0 && *minute_out >= 0 && *minute_out < MINUTES;
    return is_right ? OK : ERR_INVALID;
}

/* Whether London's clock shows the same at both. */
static bool looks_alike(struct mem *mem, int64_t a, int64_t b)
{
    return strncmp(time_rfc3339_london(mem, a), time_rfc3339_london(mem, b), CLOCK_CHARS) == 0;
}

enum clock_hour clock_hour_of(struct mem *mem, int64_t at)
{
    return looks_alike(mem, at, at + TIME_HOUR_SECS)   ? CLOCK_HOUR_FIRST
           : looks_alike(mem, at, at - TIME_HOUR_SECS) ? CLOCK_HOUR_SECOND
                                                       : CLOCK_HOUR_ANY;
}

static enum status wrong(struct ctx *ctx, const struct clock_moment *moment,
                         struct form_problems *problems, const char *sentence)
{
    form_wrong(problems, moment->field, sentence);
    return ctx_fail(ctx, ERR_INVALID, "a time cannot be taken");
}

enum status clock_instant(struct ctx *ctx, const struct clock_moment *moment,
                          struct form_problems *problems, int64_t *out)
{
    int hour, minute;
    const char *shown;
    if (clock_read(moment->clock, &hour, &minute) != OK)
        return wrong(ctx, moment, problems, "Enter a time, like 9:30am or 14:00");
    TRY(time_at(moment->on, hour, minute, out));
    shown = mem_format(ctx->mem, "%sT%02d:%02d", moment->on, hour, minute);
    if (strncmp(time_rfc3339_london(ctx->mem, *out), shown, CLOCK_CHARS) != 0)
        return wrong(ctx, moment, problems,
                     "That night the clocks go forward from 1am to 2am, so this time does not "
                     "come. Enter another time");
    if (clock_hour_of(ctx->mem, *out) == CLOCK_HOUR_ANY)
        return OK;
    if (moment->asks_hour && moment->hour == CLOCK_HOUR_ANY)
        return wrong(ctx, moment, problems,
                     "That night the clocks go back from 2am to 1am, so this time comes twice. Say "
                     "which one you mean");
    *out += moment->hour == CLOCK_HOUR_SECOND ? TIME_HOUR_SECS : 0;
    return OK;
}

const char *clock_show(struct mem *mem, int64_t at)
{
    enum clock_hour hour = clock_hour_of(mem, at);
    return mem_format(mem, "%s%s", time_show_clock(mem, at),
                      hour == CLOCK_HOUR_FIRST    ? " (summer time)"
                      : hour == CLOCK_HOUR_SECOND ? " (winter time)"
                                                  : "");
}
