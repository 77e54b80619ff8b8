/* SPDX-License-Identifier: MIT */
/* clock_test.c - times of day as people type them. */
#include "platform/base/clock.h"

#include "platform/base/test.h"
#include "platform/base/time.h"

TEST(a_clock_is_read_as_people_write_it)
{
    static const struct {
        const char *typed;
        int hour, minute; /* -1: none */
    } clocks[] = {{"9:30", 9, 30},   {"09.30", 9, 30},   {"9.30am", 9, 30}, {"2pm", 14, 0},
                  {"12pm", 12, 0},   {"12am", 0, 0},     {"midday", 12, 0}, {"14:00", 14, 0},
                  {" 2 PM ", 14, 0}, {"midnight", 0, 0}, {"14", -1, 0},     {"24:00", -1, 0},
                  {"13pm", -1, 0},   {"9:60", -1, 0},    {"9:5:1", -1, 0},  {"", -1, 0},
                  {"soon", -1, 0},   {"-1:00", -1, 0}};
    for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++) {
        int hour, minute;
        enum status status = clock_read(clocks[i].typed, &hour, &minute);
        CHECK((status == OK) == (clocks[i].hour >= 0));
        CHECK(status != OK || (hour == clocks[i].hour && minute == clocks[i].minute));
    }
}

/* The instant that is meant, as machines write it; what is wrong with it, when something is. */
static const char *meant(struct ctx *ctx, struct clock_moment moment)
{
    int64_t at = 0;
    struct form_problems problems = {.count = 0};
    moment.field = "clock";
    enum status status = clock_instant(ctx, &moment, &problems, &at);
    ctx->fault = NULL;
    CHECK((status == OK) == (problems.count == 0));
    return status == OK ? time_rfc3339(ctx->mem, at) : form_problem_of(&problems, "clock");
}

TEST(the_nights_on_which_the_clocks_change_are_read_by_a_rule)
{
    struct clock_moment it = {.on = "2026-06-08", .clock = "9.30am"};
    CHECK_TEXT(meant(ctx, it), "2026-06-08T08:30:00Z"); /* London is an hour ahead in summer */
    it = (struct clock_moment){.on = "2027-03-28", .clock = "1:30am"};
    CHECK(strstr(meant(ctx, it), "does not come") != NULL);
    it.clock = "2am";
    CHECK_TEXT(meant(ctx, it), "2027-03-28T01:00:00Z");
    it = (struct clock_moment){.on = "2026-10-25", .clock = "01:30"};
    CHECK_TEXT(meant(ctx, it), "2026-10-25T00:30:00Z"); /* the first, when it is not asked */
    it.asks_hour = true;
    CHECK(strstr(meant(ctx, it), "comes twice") != NULL);
    it.hour = CLOCK_HOUR_SECOND;
    CHECK_TEXT(meant(ctx, it), "2026-10-25T01:30:00Z");
    it.clock = "half past nine";
    CHECK(strstr(meant(ctx, it), "Enter a time") != NULL);
}
