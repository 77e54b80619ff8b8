/* SPDX-License-Identifier: MIT */
/*
 * time_period.c - the years and quarters that programmes report by.
 *
 * A period is reckoned in months: a kind has a length and a month in which its year begins.
 */
#include "platform/base/time_day.h"

#include <string.h>

static const struct kind {
    int first_month; /* of the year */
    int months;
} kinds[] = {
    [TIME_CALENDAR_YEAR] = {1, 12},
    [TIME_FINANCIAL_YEAR] = {4, 12},
    [TIME_ACADEMIC_YEAR] = {9, 12},
    [TIME_FINANCIAL_QUARTER] = {4, 3},
};

/* The period that begins in a month, counted from January of the year 0. */
static enum status period(struct mem *mem, enum time_period_kind kind, int month,
                          struct time_period *out)
{
    int last_month = month + kinds[kind].months - 1;
    int last_year = last_month / 12;
    if (month < 0 || last_year < TIME_YEAR_FIRST || last_year > TIME_YEAR_LAST)
        return ERR_INVALID;
    out->kind = kind;
    TRY(time_day(mem, month / 12, month % 12 + 1, 1, &out->first_on));
    TRY(time_day(mem, last_year, last_month % 12 + 1,
                 time_month_days(last_year, last_month % 12 + 1), &out->last_on));
    int months_in = (month - kinds[kind].first_month + 1 + 12) % 12;
    int year = (month - months_in) / 12;
    if (kind == TIME_CALENDAR_YEAR)
        out->name = mem_format(mem, "%d", year);
    else if (kind == TIME_FINANCIAL_QUARTER)
        out->name = mem_format(mem, "%d/%02d Q%d", year, (year + 1) % 100, months_in / 3 + 1);
    else
        out->name = mem_format(mem, "%d/%02d", year, (year + 1) % 100);
    return OK;
}

enum status time_period_of(struct mem *mem, enum time_period_kind kind, const char *on,
                           struct time_period *out)
{
    struct time_parts parts;
    TRY(time_day_parts(on, &parts));
    int month = parts.year * 12 + parts.month - 1;
    int months_in = (parts.month - kinds[kind].first_month + 12) % kinds[kind].months;
    return period(mem, kind, month - months_in, out);
}

enum status time_period_next(struct mem *mem, const struct time_period *from, int count,
                             struct time_period *out)
{
    struct time_parts first;
    TRY(time_day_parts(from->first_on, &first));
    int periods = (TIME_YEAR_LAST - TIME_YEAR_FIRST + 1) * 12;
    if (count > periods || count < -periods)
        return ERR_INVALID;
    int month = first.year * 12 + first.month - 1 + count * kinds[from->kind].months;
    return period(mem, from->kind, month, out);
}

static bool is_name(const char *typed, const char *name)
{
    for (; *typed != '\0' && *name != '\0'; typed++, name++)
        if (*typed != *name && !(*typed == '-' && (*name == '/' || *name == ' ')) &&
            !(*typed == 'q' && *name == 'Q'))
            return false;
    return *typed == *name;
}

/* Reads the year and the quarter loosely, then compares with the name of the period found. */
enum status time_period_read(struct mem *mem, enum time_period_kind kind, const char *name,
                             struct time_period *out)
{
    size_t length = strlen(name);
    if (length < 4 || strspn(name, "0123456789") < 4)
        return ERR_INVALID;
    int year = 0;
    for (int i = 0; i < 4; i++)
        year = year * 10 + (name[i] - '0');
    int month = year * 12 + kinds[kind].first_month - 1;
    if (kind == TIME_FINANCIAL_QUARTER) {
        char quarter = name[length - 1];
        if (quarter < '1' || quarter > '4')
            return ERR_INVALID;
        month += (quarter - '1') * 3;
    }
    struct time_period found;
    TRY(period(mem, kind, month, &found));
    if (!is_name(name, found.name))
        return ERR_INVALID;
    *out = found;
    return OK;
}
