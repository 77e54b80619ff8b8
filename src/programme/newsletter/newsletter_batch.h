/* SPDX-License-Identifier: MIT */
/* newsletter_batch.h - who is in hand, and what came of it.  Inside newsletter/ only. */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_BATCH_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_BATCH_H

#include "platform/mail/mail_hand.h"
#include "programme/newsletter/newsletter.h"
#include "programme/newsletter/newsletter_send.sql.h"

struct newsletter_batch {
    struct mail_hand *hand;
    int64_t id;      /* 0: there is none */
    struct mem *mem; /* of this batch    */
    struct newsletter_in_hand_row *rows;
    size_t count, next, given_count, ended_count;
    const char *reasons[MAIL_HAND_SLOTS]; /* by slot; NULL: none */
};

/* "recipient refused: 550 5.1.1": whether there is no such mailbox. */
bool newsletter_is_nobody(const char *reason);

/* Takes the file of marks, and settles what a process before this one left in hand. */
MUST_CHECK enum status newsletter_batch_begin(struct ctx *ctx, struct newsletter_issue *issue,
                                              struct newsletter_batch *batch);

/* Settles the batch in hand and takes the next; count 0: there is nobody to take now.  One
 * transaction. */
MUST_CHECK enum status newsletter_batch_turn(struct ctx *ctx, struct newsletter_issue *issue,
                                             struct newsletter_batch *batch);

/* Settles the batch in hand; what was not sent of it waits. */
MUST_CHECK enum status newsletter_batch_end(struct ctx *ctx, struct newsletter_issue *issue,
                                            struct newsletter_batch *batch);

#endif
