/* SPDX-License-Identifier: MIT */
/* demo_log.c - what was invented is in the public log at once, so that every proof can be shown. */
#include "programme/demo/demo_internal.h"
#include "programme/ledger/ledger.h"

enum { BATCHES_MAX = 100000 };

enum status demo_log(struct ctx *ctx)
{
    bool is_left;
    return ledger_take(ctx, BATCHES_MAX, &is_left);
}
