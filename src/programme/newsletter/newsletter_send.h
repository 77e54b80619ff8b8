/* SPDX-License-Identifier: MIT */
/*
 * newsletter_send.h - an issue goes to its readers: each once.
 *
 * Each recipient has a row (newsletter_delivery) whose key is issue and reader, so nobody is taken
 * twice.  Readers are taken in batches: a batch and how far it reaches are committed before any of
 * it is sent, and what came of it is committed with the next batch.  One commit a batch, memory for
 * one batch: a million readers cost no more at once than five hundred.
 *
 * Once, whatever is killed when
 *   A mail server takes a message with its last dot.  Just before a dot goes, one byte is set in a
 *   file that the kernel shares (mail_hand.h), which outlives the process.  Who goes on after a
 *   kill reads it: without the mark the server has not got the message, and it is sent; with the
 *   mark it has, or gets it from the kernel without us, and it is not sent again.  In doubt is
 *   the time between setting the byte and handing the dot to the kernel: some instructions.
 *   A kill exactly there, about one in a thousand kills or fewer, loses the message of one reader.
 *
 *   The same holds when the line breaks after the dot and before the answer.  We then take it as
 *   handed over (is_unanswered, counted on the desk): a newsletter that comes twice makes people
 *   leave.  A code or a link is another matter, see "Once" in mail.h.
 *
 *   When the machine itself goes down, nobody knows what reached its disk.  Of the batch in hand,
 *   at most MAIL_HAND_SLOTS messages, all are sent again under the Message-ID that they had, by
 *   which many mail systems drop the second.  With several machines on one PostgreSQL the batch of
 *   a machine that died waits NEWSLETTER_DOUBT_SECS for it to come back and say.
 *
 * What goes wrong
 *   The server says "not now": tried again later and later, NEWSLETTER_TRIES_MAX times.  No:
 *   refused, and when it says that there is no such mailbox, that counts as a hard bounce.  A
 *   server that refuses message after message and has taken none is not set up for us: its no
 *   counts as "not now", and the run ends, so that a wrong setting costs nobody the issue.
 *
 * How fast
 *   The setting bulk_per_second_count is kept by the whole service, whatever number of issues,
 *   workers and machines there are: one job sends (newsletter_send.c).  It goes by NEWSLETTER_LINES
 *   lines to one mail server.  A message to which that server is slow to answer holds its line and
 *   no other; the batch after it waits until it has ended, for SMTP_MESSAGE_SECS at most.  So slow
 *   recipients hold up an issue only when the server lets us wait for them instead of queueing, and
 *   then for at most so long a batch of MAIL_HAND_SLOTS.
 *
 * Bounces (reports that come to `onward mail receive`, RFC 3464; codes of RFC 3463)
 *   hard: the mailbox or the domain does not exist, moved or takes no mail (5.1.1, 5.1.2, 5.1.3,
 *   5.1.6, 5.1.10, 5.2.1, 5.4.4).  The address is stopped at once.  What is said of us and not of
 *   the reader is not hard (5.1.7, 5.1.8: our own address is not liked): else one wrong setting
 *   would stop everybody.  Everything else that failed or is delayed is soft, full mailboxes
 *   (5.2.2) and refusals by policy (5.7.x) among them: after NEWSLETTER_SOFT_MOST issues in a row
 *   it is stopped too.  Complaints are reports of RFC 5965: the address is stopped.
 */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_SEND_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_SEND_H

#include "platform/mail/receive.h"
#include "programme/newsletter/newsletter.h"

enum {
    NEWSLETTER_TRIES_MAX = 12,
    NEWSLETTER_DOUBT_SECS = 3600,
    NEWSLETTER_RUN_SECS = 20, /* a job sends for so long and puts the next */
    NEWSLETTER_LINES = 10     /* to the mail server at once                */
};

/* Sends a part of an issue that is being sent: for at most run_secs.  more_at_out: when there is
 * more to do (UTC seconds); 0: it has ended.  ERR_BUSY: another process is at it. */
MUST_CHECK enum status newsletter_send_part(struct ctx *ctx, const char *reference, int run_secs,
                                            int64_t *more_at_out);

/* How long the next message of a run must wait for a rate (0: no limit), when so many were given in
 * the time that has passed: in any time t a run gives at most rate * t. */
int newsletter_wait_ms(int64_t per_second_count, int64_t given_count, int64_t passed_ms);

/* Whether a status of RFC 3463 says that mail to this address never arrives. */
bool newsletter_is_hard(const char *status);

/* Bounces and complaints, for the list of receivers. */
extern const struct mail_receiver newsletter_receivers[];

#endif
