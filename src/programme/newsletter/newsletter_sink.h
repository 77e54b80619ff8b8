/* SPDX-License-Identifier: MIT */
/*
 * newsletter_sink.h - for tests: a mail server that counts to whom whole messages went.
 *
 * A process of its own that nothing of the sender kills.  Recipients are "reader-N@mail.example".
 */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_SINK_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_SINK_H

#include "platform/base/ctx.h"

struct newsletter_sink;

/* Starts it on a free port; it ends with ctx->mem.  Fails the test when it cannot. */
struct newsletter_sink *newsletter_sink_open(struct ctx *ctx, int64_t recipients);
const char *newsletter_sink_url(const struct newsletter_sink *sink, struct mem *mem);

struct newsletter_sunk {
    int64_t once, twice, missed;
};

/* Waits until no line is open any more, then counts. */
struct newsletter_sunk newsletter_sink_count(struct newsletter_sink *sink);

#endif
