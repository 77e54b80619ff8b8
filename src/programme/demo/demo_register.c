/* SPDX-License-Identifier: MIT */
/*
 * demo_register.c - the register of the demonstration as figures: the counts of a night, and the
 * snapshot of every month that is over.
 */
#include "programme/demo/demo_internal.h"
#include "programme/register/register.h"

enum status demo_register(struct ctx *ctx)
{
    struct mem *whole = ctx->mem;
    ctx->mem = mem_child(whole);
    enum status status = register_count_places(ctx);
    if (status == OK)
        status = register_count_quarters(ctx);
    if (status == OK)
        status = register_snapshot_make(ctx);
    ctx->fault = mem_text(whole, ctx->fault);
    mem_end(ctx->mem);
    ctx->mem = whole;
    return status;
}
