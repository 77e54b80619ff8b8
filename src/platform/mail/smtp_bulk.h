/* SPDX-License-Identifier: MIT */
/*
 * smtp_bulk.h - many messages over several lines at once, and the instant at which each is handed
 * over.
 *
 * A server takes a message with its last dot.  Until that dot has been sent it takes nothing; once
 * it has been sent, the message arrives whether or not we live to read the answer.  So the caller
 * is told immediately before the dot goes: who notes that in memory that outlives the process
 * knows, after it was killed, which messages are with the server.  Between the note and the
 * sending lie some instructions and nothing else.
 *
 * Commands are sent together where the server allows it (RFC 2920).  One thread serves all lines.
 */
#ifndef PLATFORM_MAIL_SMTP_BULK_H
#define PLATFORM_MAIL_SMTP_BULK_H

#include "platform/mail/smtp.h"

enum { SMTP_BULK_LINES_MAX = 20 };

struct smtp_bulk_letter {
    int number; /* the caller's */
    struct smtp_message message;
    struct mem *mem; /* of the message: ended by us when it is over */
};

struct smtp_bulk_plan {
    const char *url, *our_name; /* as smtp_open */
    int lines;                  /* at most SMTP_BULK_LINES_MAX */
    void *arg;
    /* The next message.  ERR_NOT_FOUND: there are no more.  ERR_BUSY: not before *wait_ms. */
    enum status (*next)(struct ctx *ctx, void *arg, struct smtp_bulk_letter *out, int *wait_ms);
    /* The dot of the message goes now; or it could not go yet, and nothing was handed over. */
    void (*goes)(void *arg, int number, bool does);
    /* What came of it.  is_uncertain: the dot went and no answer came. */
    void (*ended)(void *arg, int number, const struct smtp_reply *reply);
};

/*
 * Sends until there are no more messages; every message that `next` gave has ended then.
 *
 *   away_out  why no line to the server can be had; NULL: all were tried.  What was in hand ended
 *             as SMTP_NOT_NOW
 *
 * ERR_INVALID  the URL cannot be
 * ERR_FAULT    libcurl itself failed, or `next` did
 */
MUST_CHECK enum status smtp_bulk_send(struct ctx *ctx, const struct smtp_bulk_plan *plan,
                                      const char **away_out);

/* The bytes of a message as they are sent: a dot that begins a line is doubled (RFC 5321, 4.5.2) */
struct text_span smtp_dotted(struct mem *mem, struct text_span bytes);

#endif
