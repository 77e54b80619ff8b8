/* SPDX-License-Identifier: MIT */
/* lead_test_help.h - what the tests of leads and questions share. */
#ifndef PROGRAMME_LEAD_LEAD_TEST_HELP_H
#define PROGRAMME_LEAD_LEAD_TEST_HELP_H

#include "platform/mail/mail.h"
#include "programme/lead/enquiry.h"

/* The packs, a national lead who asks from now on, and settings that take mail. */
void lead_test_begin(struct ctx *ctx);

/* A local lead by account: role and area. */
struct person_id lead_test_person(struct ctx *ctx, const char *email, const char *role,
                                  const char *area);

/* Names somebody as the lead of an area; who asks is as before.  Gives the number. */
struct lead_test_new {
    const char *email, *area, *theme, *from_on, *to_on;
};
int64_t lead_test_add(struct ctx *ctx, const struct lead_test_new *it);

/* Moves the clock to midday of a day. */
void lead_test_day(struct ctx *ctx, const char *day);

/* Asks a question about QOP as ana@home.example; not confirmed. */
const char *lead_test_ask(struct ctx *ctx);
struct enquiry lead_test_enquiry(struct ctx *ctx, const char *reference);

/* How many messages of that kind the outbox holds, and the last of them. */
size_t lead_test_mails(struct ctx *ctx, const char *kind, struct mail_kept *last_out);

#endif
