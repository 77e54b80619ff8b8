/* SPDX-License-Identifier: MIT */
/*
 * member_days.c - working days in England.
 *
 * Bank holidays by the rules of the Banking and Financial Dealings Act 1971 and the proclamations
 * that add New Year's Day and the first Monday in May.  One that is proclaimed for a single year is
 * not known here: a clock then runs a day short.
 */
#include "platform/base/time.h"
#include "programme/member/member_internal.h"

/* Easter Sunday as days behind 21 March: the anonymous Gregorian computus (Meeus, Astronomical
 * Algorithms, chapter 8). */
static struct time_parts easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return (struct time_parts){year, n / 31, n % 31 + 1};
}

/* Days since 1 January, leap years apart: only for telling days of March to May apart. */
static int spring_number(struct time_parts day)
{
    static const int before[] = {0, 31, 61}; /* of March, April, May */
    return day.month < 3 || day.month > 5 ? -100 : before[day.month - 3] + day.day;
}

static bool is_bank_holiday(struct time_parts day, int weekday)
{
    bool is_monday = weekday == 1, is_tuesday = weekday == 2;
    int from_easter = spring_number(day) - spring_number(easter(day.year));
    switch (day.month) {
    case 1: /* New Year's Day, or the Monday behind it */
        return day.day == 1 || (is_monday && day.day <= 3);
    case 3:
    case 4: /* Good Friday and Easter Monday */
        return from_easter == -2 || from_easter == 1;
    case 5: /* the first and the last Monday */
        return is_monday && (day.day <= 7 || day.day > 24);
    case 8: /* the last Monday */
        return is_monday && day.day > 24;
    case 12: /* Christmas and Boxing Day, or the days behind them */
        return day.day == 25 || day.day == 26 ||
               ((day.day == 27 || day.day == 28) && (is_monday || is_tuesday));
    default:
        return false;
    }
}

bool member_is_working_day(const char *on)
{
    int weekday;
    struct time_parts day;
    return time_weekday(on, &weekday) == OK && time_day_parts(on, &day) == OK && weekday <= 5 &&
           !is_bank_holiday(day, weekday);
}

enum status member_working_days_after(struct mem *mem, const char *on, int days, const char **out)
{
    *out = on;
    while (days > 0) {
        TRY(time_day_add(mem, *out, (struct time_step){.days = 1}, out));
        days -= member_is_working_day(*out);
    }
    return OK;
}
