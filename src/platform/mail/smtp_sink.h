/* SPDX-License-Identifier: MIT */
/*
 * smtp_sink.h - a mail server for tests: takes everything, keeps it, and misbehaves when told.
 *
 * It listens on a free port of 127.0.0.1 in threads of its own.
 */
#ifndef PLATFORM_MAIL_SMTP_SINK_H
#define PLATFORM_MAIL_SMTP_SINK_H

#include "platform/base/ctx.h"

struct smtp_sink;

/* What one message arrived as. */
struct smtp_sunk {
    const char *from; /* the line after "MAIL ", e.g. "FROM:<a@b.example>" */
    const char *to;
    const char *data; /* with the dots undone, up to the final dot         */
    size_t data_bytes;
    int line; /* which connection it came by, from 1               */
};

/* Starts it; it ends with ctx->mem.  Fails the test when it cannot. */
struct smtp_sink *smtp_sink_open(struct ctx *ctx);

/* "smtp://127.0.0.1:PORT" */
const char *smtp_sink_url(struct smtp_sink *sink, struct mem *mem);

/*
 * From now on answers command ("EHLO", "MAIL", "RCPT", "DATA", "AUTH", or "." for the end of a
 * message) so, `times` times, then as usual.  An answer of NULL drops the line instead; of "" never
 * answers.  A message whose "." gets an answer other than 2xx counts as not taken, unless
 * smtp_sink_take_then_drop was called: then it is kept and the line dropped before the answer.
 */
void smtp_sink_answer(struct smtp_sink *sink, const char *command, const char *answer, int times);
void smtp_sink_take_then_drop(struct smtp_sink *sink, int times);

/* A recipient whose server is slow: who has `address` in their RCPT is answered only when so many
 * messages of others were taken. */
void smtp_sink_slow(struct smtp_sink *sink, const char *address, int until_count);

/* What EHLO offers besides its name, e.g. "AUTH PLAIN"; NULL: nothing. */
void smtp_sink_offer(struct smtp_sink *sink, const char *feature);

/* How many messages were taken, and the nth from 0 (in mem). */
int smtp_sink_count(struct smtp_sink *sink);
struct smtp_sunk smtp_sink_get(struct smtp_sink *sink, struct mem *mem, int n);

/* Everything that clients said outside messages, line by line. */
const char *smtp_sink_heard(struct smtp_sink *sink, struct mem *mem);

#endif
