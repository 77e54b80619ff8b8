/* SPDX-License-Identifier: MIT */
/*
 * test_main.c - runs every TEST of the program, each with memory and a store of its own.
 *
 * usage: onward-tests [NAME-PART]   (ONWARD_TEST_DATABASE names the engine; sqlite by default)
 */
#include "platform/base/random.h"
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/base/time.h"

#include <stdio.h>
#include <stdlib.h>

#include "platform/store/store.h"
#include "programme/programme.h"

extern const struct test *const __start_onward_tests[];
extern const struct test *const __stop_onward_tests[];

/* The store's own tests make their own tables in a store without any. */
static bool has_tables(const struct test *test)
{
    return strstr(test->file, "platform/store/") == NULL;
}

static enum status open_store(struct ctx *ctx, const struct test *test)
{
    int applied;
    TRY(store_open(ctx, "sqlite::memory:", &ctx->store));
    if (!has_tables(test))
        return OK;
    return store_migrate(ctx, programme_migrations, programme_migration_count, &applied);
}

static void run(void **state)
{
    const struct test *test = *state;
    struct ctx ctx = {.mem = mem_root(), .now_secs = TEST_NOW_SECS, .request_id = "test"};
    struct settings settings = settings_built_in(ctx.mem);
    settings.counts_kept_secs = 0;
    settings.requests_per_minute_count = 0;
    ctx.settings = &settings;
    if (open_store(&ctx, test) != OK)
        fail_msg("no store: %s", ctx.fault);
    test->fn(&ctx);
    mem_end(ctx.mem);
}

int main(int argc, char **argv)
{
    if (time_start() != OK || random_start() != OK) {
        fputs("no time zone data for Europe/London (install tzdata), or no randomness\n", stderr);
        return 3;
    }
    size_t all = (size_t)(__stop_onward_tests - __start_onward_tests);
    struct mem *mem = mem_root();
    struct CMUnitTest *unit = mem_array(mem, struct CMUnitTest, all);
    size_t count = 0;
    for (size_t i = 0; i < all; i++) {
        const struct test *test = __start_onward_tests[i];
        if (argc > 1 && strstr(test->name, argv[1]) == NULL && strstr(test->file, argv[1]) == NULL)
            continue;
        unit[count++] = (struct CMUnitTest){test->name, run, NULL, NULL, (void *)(size_t)test};
    }
    int failed = _cmocka_run_group_tests("onward", unit, count, NULL, NULL);
    mem_end(mem);
    return failed != 0;
}
