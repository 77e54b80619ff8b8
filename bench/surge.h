/* SPDX-License-Identifier: MIT */
/*
 * surge.h - many people sign a pledge of their own at once, as they would: each sends all answers
 * in one call, reads the code in the mail, and types it.
 *
 * Prints a line: pledges a second, confirmed and counted; the 99th percentile of what both calls of
 * one pledge took, in milliseconds; that of a page of the register, which is read all the while.
 */
#ifndef BENCH_SURGE_H
#define BENCH_SURGE_H

#include "platform/base/ctx.h"

/* Against the service on that port of this machine, whose database ctx->store is.  ERR_FAULT: it
 * refused a pledge, or has not counted just those that were confirmed. */
MUST_CHECK enum status surge(struct ctx *ctx, int port, int64_t seconds);

#endif
