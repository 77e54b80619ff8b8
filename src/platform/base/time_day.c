/* SPDX-License-Identifier: MIT */
/*
 * time_day.c - the calendar: days as numbers of days since 1 January 1970, and back.
 *
 * The two conversions count in years that begin on 1 March, so that the leap day is the last of
 * its year (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").  The C library's
 * functions are not used here: they know time zones, and days have none.
 */
#include "platform/base/time_day.h"

#include "platform/base/time.h"

enum {
    DAY_BYTES = 10,
    ERA_YEARS = 400,
    ERA_DAYS = 146097,
    DAYS_TO_1970 = 719468, /* from 1 March of year 0 */
    STEP_MAX = 1000000     /* years, months or days: beyond our years from anywhere in them */
};

int time_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

bool time_parts_are_valid(int64_t year, int64_t month, int64_t day)
{
    return year >= TIME_YEAR_FIRST && year <= TIME_YEAR_LAST && month >= 1 && month <= 12 &&
           day >= 1 && day <= time_month_days((int)year, (int)month);
}

int64_t time_day_number(struct time_parts parts)
{
    int64_t year = parts.month <= 2 ? parts.year - 1 : parts.year;
    int64_t era = year / ERA_YEARS;
    int64_t year_of_era = year - era * ERA_YEARS;
    int64_t month_from_march = (parts.month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + parts.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - DAYS_TO_1970;
}

struct time_parts time_parts_of_number(int64_t number)
{
    int64_t days = number + DAYS_TO_1970;
    int64_t era = days / ERA_DAYS;
    int64_t day_of_era = days - era * ERA_DAYS;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (struct time_parts){
        .year = (int)(year_of_era + era * ERA_YEARS + (month <= 2)),
        .month = (int)month,
        .day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
}

static int number_at(const char *digits, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        if (digits[i] < '0' || digits[i] > '9')
            return -1;
        number = number * 10 + (digits[i] - '0');
    }
    return number;
}

enum status time_day_parts(const char *on, struct time_parts *out)
{
    int length = 0;
    while (length <= DAY_BYTES && on[length] != '\0')
        length++;
    if (length != DAY_BYTES || on[4] != '-' || on[7] != '-')
        return ERR_INVALID;
    struct time_parts parts = {number_at(on, 4), number_at(on + 5, 2), number_at(on + 8, 2)};
    if (!time_parts_are_valid(parts.year, parts.month, parts.day))
        return ERR_INVALID;
    *out = parts;
    return OK;
}

bool time_day_is_valid(const char *on)
{
    struct time_parts parts;
    return time_day_parts(on, &parts) == OK;
}

enum status time_day(struct mem *mem, int64_t year, int64_t month, int64_t day, const char **out)
{
    if (!time_parts_are_valid(year, month, day))
        return ERR_INVALID;
    *out = mem_format(mem, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
    return OK;
}

static bool is_far(int count)
{
    return count > STEP_MAX || count < -STEP_MAX;
}

enum status time_day_add(struct mem *mem, const char *on, struct time_step step, const char **out)
{
    struct time_parts parts;
    TRY(time_day_parts(on, &parts));
    if (is_far(step.years) || is_far(step.months) || is_far(step.days))
        return ERR_INVALID;
    int months = (parts.year + step.years) * 12 + parts.month - 1 + step.months;
    if (months < TIME_YEAR_FIRST * 12 || months >= (TIME_YEAR_LAST + 1) * 12)
        return ERR_INVALID;
    parts.year = months / 12;
    parts.month = months % 12 + 1;
    int last = time_month_days(parts.year, parts.month);
    parts.day = parts.day > last ? last : parts.day;
    struct time_parts sum = time_parts_of_number(time_day_number(parts) + step.days);
    return time_day(mem, sum.year, sum.month, sum.day, out);
}

enum status time_days_between(const char *from_on, const char *to_on, int64_t *out)
{
    struct time_parts from, to;
    TRY(time_day_parts(from_on, &from));
    TRY(time_day_parts(to_on, &to));
    *out = time_day_number(to) - time_day_number(from);
    return OK;
}

enum status time_weekday(const char *on, int *out)
{
    struct time_parts parts, a_monday = {1900, 1, 1};
    TRY(time_day_parts(on, &parts));
    *out = (int)((time_day_number(parts) - time_day_number(a_monday)) % 7) + 1;
    return OK;
}

enum status time_age(const char *born_on, const char *on, int *years_out)
{
    struct time_parts born, then;
    TRY(time_day_parts(born_on, &born));
    TRY(time_day_parts(on, &then));
    int years = then.year - born.year;
    if (then.month < born.month || (then.month == born.month && then.day < born.day))
        years--;
    if (years < 0)
        return ERR_INVALID;
    *years_out = years;
    return OK;
}
