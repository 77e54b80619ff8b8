/* SPDX-License-Identifier: MIT */
/* directory_test_help.c - the packs of the directory, which hundreds of tests begin with. */
#include "programme/directory/directory_test_help.h"

#include "platform/base/test.h"
#include "platform/store/store_fresh.h"
#include "programme/directory/directory.h"

void directory_test_packs(struct ctx *ctx)
{
    CHECK(store_fresh_fill(ctx, directory_take_packs) == OK);
}
