/* SPDX-License-Identifier: MIT */
/* plan_test_help.h - for tests: a pledge on the register, people, and updates. */
#ifndef PROGRAMME_PLAN_PLAN_TEST_HELP_H
#define PROGRAMME_PLAN_PLAN_TEST_HELP_H

#include "programme/access/access.h"
#include "programme/plan/plan.h"

/* A pledge of R0A that is on the register; nobody is signed in. */
const char *plan_test_publish(struct ctx *ctx);

/* A person with this address, and, unless role is NULL, this role in R0A. */
struct person_id plan_test_person(struct ctx *ctx, const char *email, const char *role);

/* Ada, the leader, with an account of her own, who asks from now on. */
void plan_test_as_leader(struct ctx *ctx);

/* A right update: in progress, green, today. */
struct plan_draft plan_test_draft(struct ctx *ctx);

/* Writes it to action 1 of the live plan. */
enum status plan_test_tell(struct ctx *ctx, const char *reference, const struct plan_draft *draft);

/* The plan as those who work on it see it. */
struct plan plan_test_read(struct ctx *ctx, const char *reference, int64_t period);

/* The review is signed: the next period begins. */
void plan_test_renew(struct ctx *ctx, const char *reference);

/* The token of the newest mail to that address that leads to a plan; "" for none. */
const char *plan_test_token(struct ctx *ctx, const char *address);

/* How many mails of a kind there are for an address. */
size_t plan_test_mails(struct ctx *ctx, const char *kind, const char *address);

#endif
