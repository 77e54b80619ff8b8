/* SPDX-License-Identifier: MIT */
/* newsletter_test_help.h - for tests and measurements of the newsletter. */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_TEST_HELP_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_TEST_HELP_H

#include "programme/newsletter/newsletter.h"

/* Readers of all topics, "reader-N@mail.example" for N from 1. */
MUST_CHECK enum status newsletter_try_readers(struct ctx *ctx, int64_t count);

/* An issue to everybody, approved, whose sending has begun.  words: its only block. */
MUST_CHECK enum status newsletter_try_issue(struct ctx *ctx, const char *words,
                                            const char **reference_out);

/* Sends until it has ended or nothing more is due: at most so many parts. */
MUST_CHECK enum status newsletter_try_send(struct ctx *ctx, const char *reference, int parts);

/* The token to which reports about a delivery come. */
MUST_CHECK enum status newsletter_try_report(struct ctx *ctx, int64_t issue_id, int64_t reader_id,
                                             const char **out);

#endif
