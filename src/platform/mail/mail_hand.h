/* SPDX-License-Identifier: MIT */
/*
 * mail_hand.h - what is in hand while many messages go: marks that outlive the process.
 *
 * A small file in memory that the kernel shares (mmap): a mark is the store of one byte, and it
 * stays when the process is killed a moment later.  A batch of messages has a slot each; two
 * batches fit, so that a new one can begin before what came of the last one is in the store.
 *
 * The file is of this machine and of this start of it: after the machine itself went down nobody
 * knows what reached the disk, so its marks are forgotten.  One process holds the file at a time.
 *
 * Where: the setting hand_folder; else beside an SQLite file; else /var/tmp.
 */
#ifndef PLATFORM_MAIL_MAIL_HAND_H
#define PLATFORM_MAIL_MAIL_HAND_H

#include "platform/base/ctx.h"

enum { MAIL_HAND_SLOTS = 500 };

enum mail_hand_mark {
    MAIL_HAND_NOT = 0, /* the server has not got it                                       */
    MAIL_HAND_GOES,    /* its last dot was sent; the answer was not seen                  */
    MAIL_HAND_TAKEN,   /* the server took it                                              */
    MAIL_HAND_LATER,   /* it said: not now                                                */
    MAIL_HAND_REFUSED  /* it said no, for good                                            */
};

struct mail_hand;

/*
 * Opens it; it is let go with ctx->mem, and by the kernel when the process dies.
 *
 * ERR_BUSY   another process of this machine holds it
 * ERR_FAULT  the file cannot be made, or another user put one there
 */
MUST_CHECK enum status mail_hand_open(struct ctx *ctx, struct mail_hand **out);

/* A new batch, all of whose slots say MAIL_HAND_NOT.  The batch before the last is forgotten. */
void mail_hand_begin(struct mail_hand *hand, int64_t batch);

/* Marks a slot of the batch that began last. */
void mail_hand_set(struct mail_hand *hand, int slot, enum mail_hand_mark mark);

/* The marks of a batch, MAIL_HAND_SLOTS of them; NULL: this machine does not know it. */
const unsigned char *mail_hand_find(const struct mail_hand *hand, int64_t batch);

#endif
