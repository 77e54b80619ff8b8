/* SPDX-License-Identifier: MIT */
/* casestudy_test_help.h - for tests: case studies in each state. */
#ifndef PROGRAMME_CASESTUDY_CASESTUDY_TEST_HELP_H
#define PROGRAMME_CASESTUDY_CASESTUDY_TEST_HELP_H

#include "programme/casestudy/casestudy.h"

#define TEST_AUTHOR "author@trust.example"
#define TEST_GROWN "sam@home.example"
#define TEST_YOUNG "kim@home.example"
#define TEST_GUARDIAN "parent@home.example"

/* A draft of R0A, without pictures; its words claim no more than type 2 shows. */
struct casestudy_draft casestudy_test_draft(struct ctx *ctx);

/* Adds a picture that shows somebody of age, and one that shows somebody under age. */
void casestudy_test_add_pictures(struct ctx *ctx, struct casestudy_draft *draft);

/* Sends it, and proves the address; gives its reference. */
const char *casestudy_test_send(struct ctx *ctx, const struct casestudy_draft *draft);
const char *casestudy_test_confirmed(struct ctx *ctx, const struct casestudy_draft *draft);

/* The token of the link in the newest mail to an address; "" when there is none. */
const char *casestudy_test_token(struct ctx *ctx, const char *address);

/* Publishes its newest words, as whoever is signed in; an editor when nobody is. */
void casestudy_test_publish(struct ctx *ctx, const char *reference);

struct casestudy casestudy_test_found(struct ctx *ctx, const char *reference);

/* A reuse of it by that organisation, proven; gives its reference. */
const char *casestudy_test_reuse(struct ctx *ctx, const char *study, const char *code,
                                 const char *email);

#endif
