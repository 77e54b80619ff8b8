/* SPDX-License-Identifier: MIT */
/*
 * test_main.c - runs every TEST of the program, each with memory and a store of its own.
 *
 * usage: onward-tests [NAME-PART]   (ONWARD_TEST_DATABASE names the engine; sqlite by default)
 *
 * With ONWARD_TEST_TIMES in the environment each test is followed by a line with the milliseconds
 * that its store and it took: "time: 12 + 340 ms a_test".
 */
#include "platform/base/random.h"
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/time.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "platform/store/store_fresh.h"
#include "programme/programme.h"

extern const struct test *const __start_onward_tests[];
extern const struct test *const __stop_onward_tests[];

/* The store's own tests make their own tables in a store without any. */
static bool has_tables(const struct test *test)
{
    return strstr(test->file, "platform/store/") == NULL;
}

/* One test with what it is given; made before it runs and ended after it, also when it fails. */
struct run {
    const struct test *test;
    struct store_fresh *fresh;
    struct settings settings; /* as built in: mail stays in the outbox */
    struct ctx ctx;
    int64_t store_ms, began_ms;
};

static int begin(void **state)
{
    struct run *run = *state;
    int64_t began_ms = time_running_ms();
    run->ctx = (struct ctx){.mem = mem_root(), .now_secs = TEST_NOW_SECS, .request_id = "test"};
    run->settings = settings_built_in(run->ctx.mem);
    run->ctx.settings = &run->settings;
    if (store_fresh_open(&run->ctx, run->fresh, has_tables(run->test), &run->ctx.store) == OK) {
        run->began_ms = time_running_ms();
        run->store_ms = run->began_ms - began_ms;
        return 0;
    }
    fprintf(stderr, "no store: %s\n", run->ctx.fault);
    return -1;
}

static int end(void **state)
{
    struct run *run = *state;
    store_fresh_done(run->fresh, run->ctx.store);
    mem_end(run->ctx.mem);
    if (getenv("ONWARD_TEST_TIMES") != NULL)
        printf("time: %" PRId64 " + %" PRId64 " ms %s\n", run->store_ms,
               time_running_ms() - run->began_ms, run->test->name);
    return 0;
}

static void run_one(void **state)
{
    struct run *run = *state;
    run->test->fn(&run->ctx);
}

static bool is_wanted(const struct test *test, const char *part)
{
    return part == NULL || strstr(test->name, part) != NULL || strstr(test->file, part) != NULL;
}

int main(int argc, char **argv)
{
    if (time_start() != OK || random_start() != OK) {
        fputs("no time zone data for Europe/London (install tzdata), or no randomness\n", stderr);
        return 3;
    }
    struct ctx ctx = {.mem = mem_root(), .now_secs = TEST_NOW_SECS, .request_id = "tests"};
    struct store_fresh *fresh;
    if (store_fresh_begin(&ctx, getenv("ONWARD_TEST_DATABASE"), programme_migrations,
                          programme_migration_count, &fresh) != OK) {
        fprintf(stderr, "no store to test on: %s\n", ctx.fault);
        return 3;
    }
    size_t all = (size_t)(__stop_onward_tests - __start_onward_tests);
    struct CMUnitTest *unit = mem_array(ctx.mem, struct CMUnitTest, all);
    struct run *runs = mem_array(ctx.mem, struct run, all);
    size_t count = 0;
    for (size_t i = 0; i < all; i++) {
        const struct test *test = __start_onward_tests[i];
        if (!is_wanted(test, argc > 1 ? argv[1] : NULL))
            continue;
        runs[count] = (struct run){.test = test, .fresh = fresh};
        unit[count] = (struct CMUnitTest){test->name, run_one, begin, end, &runs[count]};
        count++;
    }
    int failed = _cmocka_run_group_tests("onward", unit, count, NULL, NULL);
    mem_end(ctx.mem);
    return failed != 0;
}
