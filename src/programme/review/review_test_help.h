/* SPDX-License-Identifier: MIT */
/* review_test_help.h - for tests: a pledge with an open review, its words, the links in mails. */
#ifndef PROGRAMME_REVIEW_REVIEW_TEST_HELP_H
#define PROGRAMME_REVIEW_REVIEW_TEST_HELP_H

#include "programme/review/review.h"

/* Signed on this day, so the review of its first year is due a year later. */
#define REVIEW_TEST_SIGNED_ON "2026-03-09"
#define REVIEW_TEST_OPENS_ON "2027-01-08"
#define REVIEW_TEST_DUE_ON "2027-03-09"
#define REVIEW_TEST_LAPSES_ON "2027-06-07" /* the last day */
#define REVIEW_TEST_LEADER "ada@trust.example"
#define REVIEW_TEST_COSIGNER "bo@union.example"

/* Sets the clock to midday of a day. */
void review_test_day(struct ctx *ctx, const char *on);

/* A pledge of R0A in force, signed on the day above; has_union: by both sides. */
const char *review_test_pledge(struct ctx *ctx, bool has_union);

/* The same, and its review opens on its day. */
const char *review_test_open(struct ctx *ctx);

/* Words that can be sent. */
struct review_words review_test_words(struct ctx *ctx);

/* Sends them; the status. */
enum status review_test_send(struct ctx *ctx, const char *reference);

/* The token of the button in the newest mail of a kind to that address; "" for none. */
const char *review_test_link(struct ctx *ctx, const char *kind, const char *address);

/* The same of a mail that asks to sign a review. */
const char *review_test_token(struct ctx *ctx, const char *address);

/* How many mails of a kind there are. */
size_t review_test_mails(struct ctx *ctx, const char *kind);

/* Signs a version of the first year for a side, or sends it back; the status. */
enum status review_test_sign(struct ctx *ctx, const char *reference, int64_t version,
                             const char *role);
enum status review_test_decline(struct ctx *ctx, const char *reference, int64_t version,
                                const char *role);

/* The review of a period as it stands, 0: of now. */
struct review review_test_find(struct ctx *ctx, const char *reference, int64_t period);
enum pledge_state review_test_state(struct ctx *ctx, const char *reference);

#endif
