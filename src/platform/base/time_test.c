/* SPDX-License-Identifier: MIT */
/* time_test.c - the calendar, London's clock, and how both are written and read. */
#include "platform/base/test.h"
#include "platform/base/time.h"

/* 2026: summer time begins on 29 March at 01:00 UTC and ends on 25 October at 01:00 UTC. */
static const int64_t summer_begins = 1774746000;
static const int64_t summer_ends = 1792890000;
static const int64_t furthest = INT64_MAX;

TEST(a_day_is_a_day_of_the_calendar)
{
    static const char *const good[] = {"1900-01-01", "2200-12-31", "2024-02-29", "2000-02-29",
                                       "2026-03-09"};
    static const char *const bad[] = {
        "",           "1899-12-31", "2201-01-01", "2023-02-29",  "1900-02-29", "2100-02-29",
        "2026-00-10", "2026-13-01", "2026-04-31", "2026-01-00",  "2026-1-1",   "2026-01-01 ",
        " 026-01-01", "2026/01/01", "20260101",   "2026-01-011", "+026-01-01", "2026-0a-01",
        "2026-01",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(time_day_is_valid(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(!time_day_is_valid(bad[i]));
}

TEST(three_numbers_make_a_day_or_none)
{
    const char *on;
    CHECK(time_day(ctx->mem, 2024, 2, 29, &on) == OK);
    CHECK_TEXT(on, "2024-02-29");
    CHECK(time_day(ctx->mem, 2023, 2, 29, &on) == ERR_INVALID);
    CHECK(time_day(ctx->mem, 26, 3, 9, &on) == ERR_INVALID);
    CHECK(time_day(ctx->mem, furthest, furthest, furthest, &on) == ERR_INVALID);
    CHECK(time_day(ctx->mem, 2026, INT64_MIN, 1, &on) == ERR_INVALID);
    CHECK(time_day(ctx->mem, 2026 + (1LL << 32), 3, 9, &on) == ERR_INVALID);
}

TEST(every_day_of_our_years_follows_the_one_before)
{
    const char *on = "1900-01-01";
    int weekday = 1; /* a Monday */
    int64_t days = 1;
    struct mem *scratch = mem_child(ctx->mem);
    for (const char *next; time_day_add(scratch, on, (struct time_step){.days = 1}, &next) == OK;) {
        int64_t apart;
        CHECK(time_day_is_valid(next) && strcmp(on, next) < 0);
        CHECK(time_days_between("1900-01-01", next, &apart) == OK && apart == days);
        CHECK(time_weekday(next, &weekday) == OK && weekday == days % 7 + 1);
        on = next;
        days++;
    }
    CHECK_TEXT(on, "2200-12-31");
    CHECK(days == 109938); /* 301 years of 365 days and 73 leap days: not 1900, 2100, 2200 */
    mem_end(scratch);
}

TEST(steps_keep_to_the_end_of_the_month)
{
    static const struct {
        const char *on;
        struct time_step step;
        const char *sum;
    } cases[] = {
        {"2026-01-31", {.months = 1}, "2026-02-28"},
        {"2024-01-31", {.months = 1}, "2024-02-29"},
        {"2024-02-29", {.years = 1}, "2025-02-28"},
        {"2024-02-29", {.years = 4}, "2028-02-29"},
        {"2026-03-31", {.months = -1}, "2026-02-28"},
        {"2026-01-15", {.months = -1}, "2025-12-15"},
        {"2026-12-31", {.days = 1}, "2027-01-01"},
        {"2024-03-01", {.days = -1}, "2024-02-29"},
        {"2026-01-30", {1, 1, 1}, "2027-03-01"},
        {"2026-05-31", {.months = 25}, "2028-06-30"},
        {"2026-03-09", {.days = -46088}, "1900-01-01"},
        {"2026-03-09", {0}, "2026-03-09"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *sum;
        CHECK(time_day_add(ctx->mem, cases[i].on, cases[i].step, &sum) == OK);
        CHECK_TEXT(sum, cases[i].sum);
    }
    const char *sum = "untouched";
    CHECK(time_day_add(ctx->mem, "1900-01-01", (struct time_step){.days = -1}, &sum) != OK);
    CHECK(time_day_add(ctx->mem, "2200-12-31", (struct time_step){.days = 1}, &sum) != OK);
    CHECK(time_day_add(ctx->mem, "2200-12-01", (struct time_step){.months = 1}, &sum) != OK);
    CHECK(time_day_add(ctx->mem, "2026-01-01", (struct time_step){.years = INT32_MAX}, &sum) != OK);
    CHECK(time_day_add(ctx->mem, "2026-01-01", (struct time_step){.days = INT32_MIN}, &sum) != OK);
    CHECK(time_day_add(ctx->mem, "2026-02-30", (struct time_step){0}, &sum) == ERR_INVALID);
    CHECK_TEXT(sum, "untouched");
}

TEST(days_between_may_be_negative)
{
    int64_t days;
    CHECK(time_days_between("2026-03-09", "2026-03-09", &days) == OK && days == 0);
    CHECK(time_days_between("2024-02-28", "2024-03-01", &days) == OK && days == 2);
    CHECK(time_days_between("2026-01-01", "2025-01-01", &days) == OK && days == -365);
    CHECK(time_days_between("1900-01-01", "2200-12-31", &days) == OK && days == 109937);
    CHECK(time_days_between("x", "2025-01-01", &days) == ERR_INVALID);
}

TEST(age_changes_on_the_birthday)
{
    int years;
    CHECK(time_age("2008-09-01", "2026-08-31", &years) == OK && years == 17);
    CHECK(time_age("2008-09-01", "2026-09-01", &years) == OK && years == 18);
    CHECK(time_age("2008-02-29", "2026-02-28", &years) == OK && years == 17);
    CHECK(time_age("2008-02-29", "2026-03-01", &years) == OK && years == 18);
    CHECK(time_age("2008-02-29", "2028-02-29", &years) == OK && years == 20);
    CHECK(time_age("2026-03-09", "2026-03-09", &years) == OK && years == 0);
    CHECK(time_age("2026-03-09", "2026-03-08", &years) == ERR_INVALID);
    CHECK(time_age("2026-02-29", "2026-03-08", &years) == ERR_INVALID);
}

TEST(the_london_day_changes_at_midnight_in_london)
{
    int64_t start;
    CHECK(time_day_start("2026-07-01", &start) == OK);
    CHECK_TEXT(time_rfc3339(ctx->mem, start), "2026-06-30T23:00:00Z");
    CHECK_TEXT(time_day_of(ctx->mem, start), "2026-07-01");
    CHECK_TEXT(time_day_of(ctx->mem, start - 1), "2026-06-30");
    CHECK(time_day_start("2026-01-01", &start) == OK);
    CHECK_TEXT(time_rfc3339(ctx->mem, start), "2026-01-01T00:00:00Z");
    CHECK_TEXT(time_day_of(ctx->mem, start - 1), "2025-12-31");
    CHECK(time_day_start("2026-02-29", &start) == ERR_INVALID);
}

TEST(the_days_on_which_the_clock_changes_have_23_and_25_hours)
{
    int64_t from = 0;
    int64_t to = 0;
    CHECK(time_day_start("2026-03-29", &from) == OK && time_day_start("2026-03-30", &to) == OK);
    CHECK(to - from == 23 * TIME_HOUR_SECS);
    CHECK(time_day_start("2026-10-25", &from) == OK && time_day_start("2026-10-26", &to) == OK);
    CHECK(to - from == 25 * TIME_HOUR_SECS);
}

TEST(the_clock_jumps_in_march_and_repeats_an_hour_in_october)
{
    CHECK_TEXT(time_show(ctx->mem, summer_begins - 1), "29 March 2026 at 12:59am");
    CHECK_TEXT(time_show(ctx->mem, summer_begins), "29 March 2026 at 2am");
    CHECK_TEXT(time_rfc3339_london(ctx->mem, summer_begins - 1), "2026-03-29T00:59:59+00:00");
    CHECK_TEXT(time_rfc3339_london(ctx->mem, summer_begins), "2026-03-29T02:00:00+01:00");
    CHECK_TEXT(time_rfc3339_london(ctx->mem, summer_ends - 1), "2026-10-25T01:59:59+01:00");
    CHECK_TEXT(time_rfc3339_london(ctx->mem, summer_ends), "2026-10-25T01:00:00+00:00");
}

TEST(a_time_of_day_becomes_one_instant)
{
    int64_t at;
    CHECK(time_at("2026-03-29", 0, 59, &at) == OK && at == summer_begins - 60);
    CHECK(time_at("2026-03-29", 1, 30, &at) == OK && at == summer_begins + 1800); /* skipped */
    CHECK(time_at("2026-03-29", 2, 0, &at) == OK && at == summer_begins);
    CHECK(time_at("2026-10-25", 0, 59, &at) == OK && at == summer_ends - 3660);
    CHECK(time_at("2026-10-25", 1, 30, &at) == OK && at == summer_ends - 1800); /* the first */
    CHECK(time_at("2026-10-25", 2, 0, &at) == OK && at == summer_ends + 3600);
    CHECK(time_at("1944-06-06", 6, 30, &at) == OK);
    CHECK_TEXT(time_rfc3339(ctx->mem, at), "1944-06-06T04:30:00Z"); /* double summer time */
    CHECK(time_at("1970-01-01", 0, 0, &at) == OK && at == -3600);   /* all-year summer time */
    CHECK(time_at("2150-07-01", 12, 0, &at) == OK);
    CHECK_TEXT(time_rfc3339(ctx->mem, at), "2150-07-01T11:00:00Z");
    CHECK(time_at("2026-03-29", 24, 0, &at) == ERR_INVALID);
    CHECK(time_at("2026-03-29", 0, 60, &at) == ERR_INVALID);
    CHECK(time_at("2026-03-29", -1, 0, &at) == ERR_INVALID);
    CHECK(time_at("2026-03-32", 0, 0, &at) == ERR_INVALID);
}

TEST(every_day_starts_on_its_own_day)
{
    struct mem *scratch = mem_child(ctx->mem);
    const char *on = "1938-01-01";
    for (; strcmp(on, "2040-01-01") < 0;) {
        int64_t start;
        CHECK(time_day_start(on, &start) == OK);
        CHECK_TEXT(time_day_of(scratch, start), on);
        CHECK(strcmp(time_day_of(scratch, start - 1), on) < 0);
        CHECK(time_day_add(scratch, on, (struct time_step){.days = 1}, &on) == OK);
    }
    mem_end(scratch);
}

TEST(days_and_times_are_shown_as_people_write_them)
{
    CHECK_TEXT(time_show(ctx->mem, TEST_NOW_SECS + 300), "9 March 2026 at 9:05am");
    CHECK_TEXT(time_show(ctx->mem, TEST_NOW_SECS + 8 * TIME_HOUR_SECS), "9 March 2026 at 5pm");
    CHECK_TEXT(time_show_clock(ctx->mem, TEST_NOW_SECS + 3 * TIME_HOUR_SECS), "midday");
    CHECK_TEXT(time_show_clock(ctx->mem, TEST_NOW_SECS + 3 * TIME_HOUR_SECS + 60), "12:01pm");
    CHECK_TEXT(time_show_clock(ctx->mem, TEST_NOW_SECS - 9 * TIME_HOUR_SECS), "midnight");
    CHECK_TEXT(time_show_clock(ctx->mem, TEST_NOW_SECS - 9 * TIME_HOUR_SECS + 60), "12:01am");
    CHECK_TEXT(time_show_day(ctx->mem, "2026-03-09"), "9 March 2026");
    CHECK_TEXT(time_show_weekday(ctx->mem, "2026-03-09"), "Monday 9 March 2026");
    CHECK_TEXT(time_show_day(ctx->mem, ""), "");
    CHECK_TEXT(time_show_weekday(ctx->mem, "soon"), "soon");
    CHECK_TEXT(time_show(ctx->mem, INT64_MIN), "1 January 1900 at midnight");
    CHECK_TEXT(time_show(ctx->mem, furthest), "31 December 2200 at 11:59pm");
    CHECK_TEXT(time_rfc3339(ctx->mem, furthest), "2200-12-31T23:59:59Z");
    CHECK_TEXT(time_http(ctx->mem, INT64_MIN), "Mon, 01 Jan 1900 00:00:00 GMT");
}

TEST(how_long_ago_is_said_in_the_unit_that_fits)
{
    static const struct {
        int64_t secs;
        const char *text;
    } cases[] = {
        {0, "just now"},
        {59, "just now"},
        {60, "1 minute ago"},
        {3599, "59 minutes ago"},
        {3600, "1 hour ago"},
        {86399, "23 hours ago"},
        {86400, "1 day ago"},
        {3 * 86400, "3 days ago"},
        {30 * 86400, "30 days ago"},
        {31 * 86400, "6 February 2026"},
        {-59, "just now"},
        {-120, "in 2 minutes"},
        {-3 * 86400, "in 3 days"},
        {-86400, "in 1 day"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK_TEXT(time_show_ago(ctx->mem, ctx->now_secs - cases[i].secs, ctx->now_secs),
                   cases[i].text);
    CHECK_TEXT(time_show_ago(ctx->mem, INT64_MIN, furthest), "1 January 1900");
}

TEST(an_instant_is_read_from_rfc_3339)
{
    static const struct {
        const char *text;
        int64_t at;
    } good[] = {
        {"2026-03-09T09:00:00Z", TEST_NOW_SECS},
        {"2026-03-09t09:00:00z", TEST_NOW_SECS},
        {"2026-03-09 10:00:00.999999+01:00", TEST_NOW_SECS},
        {"2026-03-08T21:30:00-11:30", TEST_NOW_SECS},
        {"1970-01-01T00:00:00-00:00", 0},
        {"2016-12-31T23:59:60Z", 1483228800},
    };
    static const char *const bad[] = {
        "",
        "2026-03-09",
        "2026-03-09T09:00:00",
        "2026-03-09T09:00Z",
        "2026-03-09T24:00:00Z",
        "2026-03-09T09:60:00Z",
        "2026-03-09T09:00:61Z",
        "2026-02-29T09:00:00Z",
        "2026-03-09T09:00:00.Z",
        "2026-03-09T09:00:00+0100",
        "2026-03-09T09:00:00+24:00",
        "2026-03-09T09:00:00+01:00 ",
        "2026-03-09T09:00:00ZZ",
        "2026-03-09X09:00:00Z",
        "26-03-09T09:00:00Z",
        "2026-03-09T9:00:00Z",
        "2026-03-09T09:00:00+",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        int64_t at;
        CHECK(time_rfc3339_read(good[i].text, &at) == OK && at == good[i].at);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t at;
        CHECK(time_rfc3339_read(bad[i], &at) == ERR_INVALID);
    }
    int64_t at;
    CHECK(time_rfc3339_read(time_rfc3339_london(ctx->mem, summer_ends - 1), &at) == OK);
    CHECK(at == summer_ends - 1);
}

TEST(http_dates_are_read_in_all_three_forms)
{
    static const char *const good[] = {"Sun, 06 Nov 1994 08:49:37 GMT",
                                       "Sunday, 06-Nov-94 08:49:37 GMT",
                                       "Sun Nov  6 08:49:37 1994"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        int64_t at = 0;
        CHECK(time_http_read(good[i], &at) == OK && at == 784111777);
    }
    CHECK_TEXT(time_http(ctx->mem, 784111777), good[0]);
    CHECK_TEXT(time_http(ctx->mem, TEST_NOW_SECS), "Mon, 09 Mar 2026 09:00:00 GMT");
    int64_t at;
    CHECK(time_http_read("Sun Nov 16 08:49:37 1994", &at) == OK);
    static const char *const bad[] = {"",
                                      "Sun, 06 Nov 1994 08:49:37",
                                      "Sun, 06 Nov 1994 08:49:37 GMT ",
                                      "Sun, 06 Nov 1994 08:49:37 UTC",
                                      "Sun, 31 Nov 1994 08:49:37 GMT",
                                      "Sun, 06 Nov 1994 25:49:37 GMT",
                                      "Xxx, 06 Nov 1994 08:49:37 GMT",
                                      "Sun, 06 nov 1994 08:49:37 GMT",
                                      "Sun, 6 Nov 1994 08:49:37 GMT",
                                      "Someday, 06-Nov-94 08:49:37 GMT",
                                      "Sun Nov 06 08:49:37",
                                      "784111777"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(time_http_read(bad[i], &at) == ERR_INVALID);
}

static const char *period_text(struct ctx *ctx, enum time_period_kind kind, const char *on)
{
    struct time_period period;
    if (time_period_of(ctx->mem, kind, on, &period) != OK)
        return "none";
    return mem_format(ctx->mem, "%s: %s to %s", period.name, period.first_on, period.last_on);
}

TEST(periods_begin_and_end_where_they_should)
{
    static const struct {
        enum time_period_kind kind;
        const char *on, *text;
    } cases[] = {
        {TIME_FINANCIAL_YEAR, "2026-03-31", "2025/26: 2025-04-01 to 2026-03-31"},
        {TIME_FINANCIAL_YEAR, "2026-04-01", "2026/27: 2026-04-01 to 2027-03-31"},
        {TIME_FINANCIAL_YEAR, "2099-12-31", "2099/00: 2099-04-01 to 2100-03-31"},
        {TIME_ACADEMIC_YEAR, "2026-08-31", "2025/26: 2025-09-01 to 2026-08-31"},
        {TIME_ACADEMIC_YEAR, "2026-09-01", "2026/27: 2026-09-01 to 2027-08-31"},
        {TIME_CALENDAR_YEAR, "2026-12-31", "2026: 2026-01-01 to 2026-12-31"},
        {TIME_CALENDAR_YEAR, "2026-01-01", "2026: 2026-01-01 to 2026-12-31"},
        {TIME_FINANCIAL_QUARTER, "2026-06-30", "2026/27 Q1: 2026-04-01 to 2026-06-30"},
        {TIME_FINANCIAL_QUARTER, "2026-07-01", "2026/27 Q2: 2026-07-01 to 2026-09-30"},
        {TIME_FINANCIAL_QUARTER, "2026-12-31", "2026/27 Q3: 2026-10-01 to 2026-12-31"},
        {TIME_FINANCIAL_QUARTER, "2028-02-29", "2027/28 Q4: 2028-01-01 to 2028-03-31"},
        {TIME_FINANCIAL_YEAR, "1900-03-31", "none"},
        {TIME_ACADEMIC_YEAR, "2200-09-01", "none"},
        {TIME_FINANCIAL_YEAR, "2026-02-29", "none"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK_TEXT(period_text(ctx, cases[i].kind, cases[i].on), cases[i].text);
}

TEST(periods_follow_one_another)
{
    struct time_period period, next;
    CHECK(time_period_of(ctx->mem, TIME_FINANCIAL_QUARTER, "2026-01-15", &period) == OK);
    CHECK(time_period_next(ctx->mem, &period, 1, &next) == OK);
    CHECK_TEXT(next.name, "2026/27 Q1");
    CHECK(time_period_next(ctx->mem, &next, -1, &next) == OK);
    CHECK_TEXT(next.name, "2025/26 Q4");
    CHECK(time_period_next(ctx->mem, &next, -4, &next) == OK);
    CHECK_TEXT(next.name, "2024/25 Q4");
    CHECK_TEXT(next.last_on, "2025-03-31");
    CHECK(time_period_next(ctx->mem, &next, INT32_MAX, &next) == ERR_INVALID);
    CHECK(time_period_next(ctx->mem, &next, -600, &next) == ERR_INVALID);
}

TEST(periods_are_found_by_name)
{
    struct time_period period;
    CHECK(time_period_read(ctx->mem, TIME_FINANCIAL_YEAR, "2026/27", &period) == OK);
    CHECK_TEXT(period.first_on, "2026-04-01");
    CHECK(time_period_read(ctx->mem, TIME_ACADEMIC_YEAR, "2026-27", &period) == OK);
    CHECK_TEXT(period.name, "2026/27");
    CHECK(time_period_read(ctx->mem, TIME_FINANCIAL_QUARTER, "2026-27-q4", &period) == OK);
    CHECK_TEXT(period.name, "2026/27 Q4");
    CHECK_TEXT(period.first_on, "2027-01-01");
    CHECK(time_period_read(ctx->mem, TIME_CALENDAR_YEAR, "2026", &period) == OK);
    CHECK_TEXT(period.last_on, "2026-12-31");
    static const char *const bad[] = {"",        "2026",     "2026/28", "2026/2",    "2026/27 ",
                                      "0000/01", "99999/00", "x026/27", "2026/27 Q1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(time_period_read(ctx->mem, TIME_FINANCIAL_YEAR, bad[i], &period) == ERR_INVALID);
    CHECK(time_period_read(ctx->mem, TIME_FINANCIAL_QUARTER, "2026/27 Q5", &period) != OK);
    CHECK(time_period_read(ctx->mem, TIME_FINANCIAL_QUARTER, "2026/27", &period) != OK);
}
