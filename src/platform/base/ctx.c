/* SPDX-License-Identifier: MIT */
/* ctx.c - keeps the first cause of a failure. */
#include "platform/base/ctx.h"

#undef ctx_fail /* what an analyser is told of it */

enum status ctx_fail(struct ctx *ctx, enum status status, const char *format, ...)
{
    if (ctx->fault == NULL) {
        va_list ap;
        va_start(ap, format);
        ctx->fault = mem_vformat(ctx->mem, format, ap);
        va_end(ap);
    }
    return status;
}
