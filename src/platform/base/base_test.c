/* SPDX-License-Identifier: MIT */
/* base_test.c - what memory and the context promise. */
#include "platform/base/test.h"

static void note(void *arg)
{
    char *trace = arg;
    strcat(trace, strlen(trace) == 0 ? "last" : " first");
}

TEST(what_was_opened_last_is_closed_first)
{
    char trace[32] = "";
    (void)ctx;
    struct mem *mem = mem_root();
    mem_at_end(mem, note, trace);
    mem_at_end(mem, note, trace);
    mem_end(mem);
    CHECK_TEXT(trace, "last first");
}

TEST(the_first_cause_is_kept)
{
    CHECK(ctx_fail(ctx, ERR_CONFLICT, "first %d", 1) == ERR_CONFLICT);
    CHECK(ctx_fail(ctx, ERR_FAULT, "second") == ERR_FAULT);
    CHECK_TEXT(ctx->fault, "first 1");
}
