/* SPDX-License-Identifier: MIT */
/* tools_test_main.c - runs every TEST of the build's own programs; none of them needs a store. */
#include "platform/base/test.h"

extern const struct test *const __start_onward_tests[];
extern const struct test *const __stop_onward_tests[];

static void run(void **state)
{
    const struct test *test = *state;
    struct ctx ctx = {.mem = mem_root(), .now_secs = TEST_NOW_SECS, .request_id = "test"};
    test->fn(&ctx);
    mem_end(ctx.mem);
}

int main(void)
{
    size_t count = (size_t)(__stop_onward_tests - __start_onward_tests);
    struct mem *mem = mem_root();
    struct CMUnitTest *unit = mem_array(mem, struct CMUnitTest, count);
    for (size_t i = 0; i < count; i++) {
        const struct test *test = __start_onward_tests[i];
        unit[i] = (struct CMUnitTest){test->name, run, NULL, NULL, (void *)(size_t)test};
    }
    int failed = _cmocka_run_group_tests("tools", unit, count, NULL, NULL);
    mem_end(mem);
    return failed != 0;
}
