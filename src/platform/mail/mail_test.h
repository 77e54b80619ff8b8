/* SPDX-License-Identifier: MIT */
/*
 * mail_test.h - what the tests of the outbox share.
 */
#ifndef PLATFORM_MAIL_MAIL_TEST_H
#define PLATFORM_MAIL_MAIL_TEST_H

#include "platform/mail/mail.h"

/* Gives ctx the built-in settings with this mail server; "" for none. */
void mail_test_settings(struct ctx *ctx, const char *smtp);

/* Puts a plain message to ana@trust.example with this key. */
MUST_CHECK enum status mail_test_put(struct ctx *ctx, const char *key);

/* The message whose id is the nth from 0 in the outbox, the oldest first. */
struct mail_kept mail_test_nth(struct ctx *ctx, int n);

/* How many messages the outbox holds in that state; NULL: in any. */
int mail_test_count(struct ctx *ctx, const char *state);

/* Works until nothing is due. */
void mail_test_work(struct ctx *ctx);

#endif
