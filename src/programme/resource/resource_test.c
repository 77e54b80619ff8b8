/* SPDX-License-Identifier: MIT */
/* resource_test.c - what documents promise. */
#include "programme/resource/resource.h"

#include "platform/base/test.h"

TEST(a_size_reads_as_people_count)
{
    CHECK_TEXT(resource_size(ctx->mem, 1), "1 byte");
    CHECK_TEXT(resource_size(ctx->mem, 999), "999 bytes");
    CHECK_TEXT(resource_size(ctx->mem, 240499), "240 KB");
    CHECK_TEXT(resource_size(ctx->mem, 999499), "999 KB");
    CHECK_TEXT(resource_size(ctx->mem, 999500), "1.0 MB");
    CHECK_TEXT(resource_size(ctx->mem, 1249999), "1.2 MB");
}
