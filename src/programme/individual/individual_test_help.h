/* SPDX-License-Identifier: MIT */
/* individual_test_help.h - for tests: people who sign a pledge of their own. */
#ifndef PROGRAMME_INDIVIDUAL_INDIVIDUAL_TEST_HELP_H
#define PROGRAMME_INDIVIDUAL_INDIVIDUAL_TEST_HELP_H

#include "programme/individual/individual.h"

/* A right draft of somebody who shows name and statement. */
struct individual_draft individual_test_draft(const char *email);

/* Sends it and gives its reference. */
const char *individual_test_send(struct ctx *ctx, const char *email);

/* Types the code of the newest mail; gives the token of the private page. */
const char *individual_test_type(struct ctx *ctx, const char *reference);

/* The token in the newest mail to that address; "" for none. */
const char *individual_test_token(struct ctx *ctx, const char *address);

/* Sends and types. */
const char *individual_test_sign(struct ctx *ctx, const char *email);

#endif
