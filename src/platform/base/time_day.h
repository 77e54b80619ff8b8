/* SPDX-License-Identifier: MIT */
/* time_day.h - the calendar in numbers, for the files behind time.h only. */
#ifndef PLATFORM_BASE_TIME_DAY_H
#define PLATFORM_BASE_TIME_DAY_H

#include "platform/base/time.h"

/* How many days the month has. */
int time_month_days(int year, int month);

/* Whether this is a day of the calendar in our years. */
bool time_parts_are_valid(int64_t year, int64_t month, int64_t day);

/* Days since 1 January 1970, of valid parts. */
int64_t time_day_number(struct time_parts parts);

/* And back, for any day not before the year 0. */
struct time_parts time_parts_of_number(int64_t number);

#endif
