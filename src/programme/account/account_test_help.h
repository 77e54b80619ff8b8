/* SPDX-License-Identifier: MIT */
/* account_test_help.h - what the tests of account share. */
#ifndef PROGRAMME_ACCOUNT_ACCOUNT_TEST_HELP_H
#define PROGRAMME_ACCOUNT_ACCOUNT_TEST_HELP_H

#include "programme/access/access_test_help.h"
#include "programme/account/account.h"

/* The second factor is required, or it is only offered. */
void help_factor(struct ctx *ctx, bool is_required);

/* A browser of a program with the routes of access and account and /probe/17 to /probe/20.  The
 * second factor is only offered until help_factor says something else. */
struct web_client *account_browser(struct ctx *ctx);

/* Does the work of access and account that is due. */
void account_work(struct ctx *ctx);

/* Asks for a code on the page at target, and is then on the page where it is typed. */
void help_ask_code(struct web_client *c, const char *target, const char *email);

/* The first step, by the pages, with the code of the mail. */
void help_sign_in_from(struct web_client *c, const char *target, const char *email);

/* A phone in the person's account, and what it shows now.  A later call gives the next code. */
void help_phone(struct ctx *ctx, struct person_id person);
const char *help_phone_code(struct ctx *ctx, struct person_id person);

/* How many events of this kind there are about a person. */
size_t help_events(struct ctx *ctx, struct person_id person, const char *what);

/* The href of the first button in the newest mail to this address. */
const char *help_link(struct ctx *ctx, const char *email);

/* The code in the newest mail to this address; NULL: it has none. */
const char *help_code_to(struct ctx *ctx, const char *email);

#endif
