/* SPDX-License-Identifier: MIT */
/* newsletter.h - for script/bench: how quickly, and in how much memory, a newsletter goes. */
#ifndef BENCH_NEWSLETTER_H
#define BENCH_NEWSLETTER_H

#include "platform/base/ctx.h"

/* Fills the database with readers, unless it has them. */
MUST_CHECK enum status bench_readers(struct ctx *ctx, int64_t count);

/* Sends an issue to all of them, to the server of the setting smtp, and prints messages a second,
 * bytes of a message, and the most memory in MB after a tenth and at the end. */
MUST_CHECK enum status bench_newsletter(struct ctx *ctx);

#endif
