/* SPDX-License-Identifier: MIT */
/*
 * test.h - tests register themselves by being written; each runs on a fresh store.
 *
 *     TEST(signing_twice_counts_once)
 *     {
 *         CHECK(pledge_sign(ctx, ...) == OK);
 *     }
 *
 * ctx has memory of its own, an empty migrated store (test_main.c says on which engine), settings
 * for tests and a clock that stands at TEST_NOW_SECS until the test moves it.
 */
#ifndef PLATFORM_BASE_TEST_H
#define PLATFORM_BASE_TEST_H

#include "platform/base/ctx.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Monday 9 March 2026, 09:00 UTC. */
enum { TEST_NOW_SECS = 1773046800 };

struct test {
    const char *name;
    const char *file;
    void (*fn)(struct ctx *ctx);
};

#define TEST(test_name)                                                                            \
    static void test_name(struct ctx *ctx);                                                        \
    static const struct test test_name##_test = {#test_name, __FILE__, test_name};                 \
    __attribute__((section("onward_tests"),                                                        \
                   used)) static const struct test *const test_name##_listed = &test_name##_test;  \
    static void test_name(struct ctx *ctx)

/* Fails the test with the cause that the context kept. */
#define CHECK(what)                                                                                \
    do {                                                                                           \
        if (!(what))                                                                               \
            fail_msg("%s:%d: not true: %s (fault: %s)", __FILE__, __LINE__, #what,                 \
                     ctx->fault != NULL ? ctx->fault : "none");                                    \
    } while (0)

/* Compares text and shows both when they differ. */
#define CHECK_TEXT(got, wanted)                                                                    \
    do {                                                                                           \
        const char *got_ = (got);                                                                  \
        const char *wanted_ = (wanted);                                                            \
        if (got_ == NULL || strcmp(got_, wanted_) != 0)                                            \
            fail_msg("%s:%d: %s is \"%s\", not \"%s\"", __FILE__, __LINE__, #got,                  \
                     got_ != NULL ? got_ : "(null)", wanted_);                                     \
    } while (0)

#endif
