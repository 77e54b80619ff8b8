/* SPDX-License-Identifier: MIT */
/*
 * time_text.c - days and instants written for people and for machines, and read from machines.
 *
 * Month and day names stand here: those of strftime depend on the locale.  Reading goes by a
 * pattern of one letter a part, so that each accepted form is one line.
 */
#include "platform/base/time.h"
#include "platform/base/time_day.h"
#include "platform/base/time_london.h"

#include <string.h>

enum { AGO_DAYS_MAX = 30, TWO_DIGIT_YEARS_FROM = 70 };

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};

static const char *show_parts(struct mem *mem, struct time_parts parts)
{
    /* A page may show hundreds of days, and this is many times as fast as printf. */
    enum { YEAR_DIGITS = 4 };
    const char *month = months[parts.month - 1];
    size_t at = 0, month_bytes = strlen(month);
    char *text = mem_room(mem, month_bytes + sizeof "31  2026");
    if (parts.day >= 10)
        text[at++] = (char)('0' + parts.day / 10);
    text[at++] = (char)('0' + parts.day % 10);
    text[at++] = ' ';
    memcpy(text + at, month, month_bytes);
    at += month_bytes;
    text[at++] = ' ';
    for (int i = YEAR_DIGITS, year = parts.year; i-- > 0; year /= 10)
        text[at + (size_t)i] = (char)('0' + year % 10);
    text[at + YEAR_DIGITS] = '\0';
    return text;
}

const char *time_show_day(struct mem *mem, const char *on)
{
    struct time_parts parts;
    return time_day_parts(on, &parts) == OK ? show_parts(mem, parts) : on;
}

const char *time_show_weekday(struct mem *mem, const char *on)
{
    int weekday;
    if (time_weekday(on, &weekday) != OK)
        return on;
    return mem_format(mem, "%s %s", weekdays[weekday - 1], time_show_day(mem, on));
}

const char *time_show_clock(struct mem *mem, int64_t at_secs)
{
    struct time_shown at = time_in_london(at_secs);
    const char *half = at.hour < 12 ? "am" : "pm";
    int hour = at.hour % 12 == 0 ? 12 : at.hour % 12;
    if (at.minute != 0)
        return mem_format(mem, "%d:%02d%s", hour, at.minute, half);
    if (at.hour % 12 == 0)
        return at.hour == 0 ? "midnight" : "midday";
    return mem_format(mem, "%d%s", hour, half);
}

const char *time_show(struct mem *mem, int64_t at_secs)
{
    return mem_format(mem, "%s at %s", show_parts(mem, time_in_london(at_secs).parts),
                      time_show_clock(mem, at_secs));
}

static const char *show_count(struct mem *mem, int64_t count, const char *unit, bool is_past)
{
    return mem_format(mem, "%s%lld %s%s%s", is_past ? "" : "in ", (long long)count, unit,
                      count == 1 ? "" : "s", is_past ? " ago" : "");
}

const char *time_show_ago(struct mem *mem, int64_t at_secs, int64_t now_secs)
{
    int64_t at = time_within(at_secs);
    int64_t now = time_within(now_secs);
    bool is_past = at <= now;
    int64_t apart = is_past ? now - at : at - now;
    if (apart < TIME_MINUTE_SECS)
        return "just now";
    if (apart < TIME_HOUR_SECS)
        return show_count(mem, apart / TIME_MINUTE_SECS, "minute", is_past);
    if (apart < TIME_DAY_SECS)
        return show_count(mem, apart / TIME_HOUR_SECS, "hour", is_past);
    struct time_parts day = time_in_london(at).parts;
    int64_t days = time_day_number(time_in_london(now).parts) - time_day_number(day);
    days = is_past ? days : -days;
    return days <= AGO_DAYS_MAX ? show_count(mem, days, "day", is_past) : show_parts(mem, day);
}

static struct time_shown in_utc(int64_t at_secs)
{
    int64_t at = time_within(at_secs);
    int64_t number = at / TIME_DAY_SECS - (at % TIME_DAY_SECS < 0);
    int secs = (int)(at - number * TIME_DAY_SECS);
    return (struct time_shown){
        .parts = time_parts_of_number(number),
        .hour = secs / TIME_HOUR_SECS,
        .minute = secs / TIME_MINUTE_SECS % 60,
        .second = secs % TIME_MINUTE_SECS,
    };
}

static const char *rfc3339(struct mem *mem, struct time_shown at, const char *offset)
{
    return mem_format(mem, "%04d-%02d-%02dT%02d:%02d:%02d%s", at.parts.year, at.parts.month,
                      at.parts.day, at.hour, at.minute, at.second, offset);
}

const char *time_rfc3339(struct mem *mem, int64_t at_secs)
{
    return rfc3339(mem, in_utc(at_secs), "Z");
}

const char *time_rfc3339_london(struct mem *mem, int64_t at_secs)
{
    struct time_shown at = time_in_london(at_secs);
    return rfc3339(mem, at, mem_format(mem, "+%02d:00", at.offset_secs / TIME_HOUR_SECS));
}

const char *time_http(struct mem *mem, int64_t at_secs)
{
    struct time_shown at = in_utc(at_secs);
    struct time_parts a_monday = {1900, 1, 1};
    int64_t weekday = (time_day_number(at.parts) - time_day_number(a_monday)) % 7;
    return mem_format(mem, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT", weekdays[weekday],
                      at.parts.day, months[at.parts.month - 1], at.parts.year, at.hour, at.minute,
                      at.second);
}

/* Reads count digits at *text into out and moves on. */
static bool take_number(const char **text, int count, int *out)
{
    *out = 0;
    for (; count > 0; count--, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        *out = *out * 10 + (**text - '0');
    }
    return true;
}

/* Reads the first three letters of one of the names and gives its number from 1. */
static bool take_short_name(const char **text, const char *const *names, int count, int *out)
{
    for (*out = 1; *out <= count; (*out)++) {
        if (strncmp(*text, names[*out - 1], 3) == 0) {
            *text += 3;
            return true;
        }
    }
    return false;
}

static bool take_whole_weekday(const char **text)
{
    for (int i = 0; i < 7; i++) {
        size_t length = strlen(weekdays[i]);
        if (strncmp(*text, weekdays[i], length) == 0) {
            *text += length;
            return true;
        }
    }
    return false;
}

static bool take_part(const char **text, char part, struct time_shown *at)
{
    int ignored;
    switch (part) {
    case 'Y':
        return take_number(text, 4, &at->parts.year);
    case 'y':
        if (!take_number(text, 2, &at->parts.year))
            return false;
        at->parts.year += at->parts.year < TWO_DIGIT_YEARS_FROM ? 2000 : 1900;
        return true;
    case 'n':
        return take_number(text, 2, &at->parts.month);
    case 'b':
        return take_short_name(text, months, 12, &at->parts.month);
    case 'd':
        return take_number(text, 2, &at->parts.day);
    case 'e': /* a day of one digit has a space in front */
        if (**text != ' ')
            return take_number(text, 2, &at->parts.day);
        (*text)++;
        return take_number(text, 1, &at->parts.day);
    case 'h':
        return take_number(text, 2, &at->hour);
    case 'i':
        return take_number(text, 2, &at->minute);
    case 's':
        return take_number(text, 2, &at->second);
    case 'W':
        return take_whole_weekday(text);
    case 'w':
        return take_short_name(text, weekdays, 7, &ignored);
    default:
        return *(*text)++ == part;
    }
}

/* Reads text by a pattern: a letter is a part, any other sign is itself.  Gives what follows, or
 * NULL.  (The letters are those of take_part; "T", "G", "M" and so on are not among them.) */
static const char *take(const char *text, const char *pattern, struct time_shown *at)
{
    for (; *pattern != '\0'; pattern++)
        if (*text == '\0' || !take_part(&text, *pattern, at))
            return NULL;
    return text;
}

/* The instant of a date and time with its offset; 60 is the second that is sometimes added. */
static enum status instant(const struct time_shown *at, int64_t *out_secs)
{
    if (!time_parts_are_valid(at->parts.year, at->parts.month, at->parts.day) || at->hour > 23 ||
        at->minute > 59 || at->second > 60)
        return ERR_INVALID;
    *out_secs = time_day_number(at->parts) * TIME_DAY_SECS + at->hour * TIME_HOUR_SECS +
                at->minute * TIME_MINUTE_SECS + at->second - at->offset_secs;
    return OK;
}

static bool take_offset(const char *text, int *offset_secs_out)
{
    *offset_secs_out = 0;
    if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0)
        return true;
    if (*text != '+' && *text != '-')
        return false;
    struct time_shown offset;
    const char *rest = take(text + 1, "h:i", &offset);
    if (rest == NULL || *rest != '\0' || offset.hour > 23 || offset.minute > 59)
        return false;
    int secs = offset.hour * TIME_HOUR_SECS + offset.minute * TIME_MINUTE_SECS;
    *offset_secs_out = *text == '-' ? -secs : secs;
    return true;
}

enum status time_rfc3339_read(const char *text, int64_t *out_secs)
{
    struct time_shown at = {.second = 0};
    const char *rest = take(text, "Y-n-d", &at);
    if (rest == NULL || strchr("Tt ", *rest) == NULL || *rest == '\0')
        return ERR_INVALID;
    rest = take(rest + 1, "h:i:s", &at);
    if (rest == NULL)
        return ERR_INVALID;
    if (*rest == '.') {
        size_t digits = strspn(rest + 1, "0123456789");
        rest += digits + 1;
        if (digits == 0)
            return ERR_INVALID;
    }
    if (!take_offset(rest, &at.offset_secs))
        return ERR_INVALID;
    return instant(&at, out_secs);
}

enum status time_http_read(const char *text, int64_t *out_secs)
{
    struct time_shown at = {.offset_secs = 0};
    const char *rest = take(text, "w, d b Y h:i:s GMT", &at);
    if (rest == NULL)
        rest = take(text, "W, d-b-y h:i:s GMT", &at);
    if (rest == NULL)
        rest = take(text, "w b e h:i:s Y", &at);
    return rest == NULL || *rest != '\0' ? ERR_INVALID : instant(&at, out_secs);
}
