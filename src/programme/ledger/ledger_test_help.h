/* SPDX-License-Identifier: MIT */
/* ledger_test_help.h - for tests: facts, a log of some size, and a checker of proofs of its own. */
#ifndef PROGRAMME_LEDGER_LEDGER_TEST_HELP_H
#define PROGRAMME_LEDGER_LEDGER_TEST_HELP_H

#include "programme/ledger/ledger.h"

/* The nth fact, always the same. */
struct ledger_fact ledger_test_fact(struct ctx *ctx, int n);

/* Adds the facts from one number up to and without another. */
void ledger_test_add(struct ctx *ctx, int from, int until);

/* Takes in all that waits. */
void ledger_test_take(struct ctx *ctx);

/* Whether the path leads from the entry to the root of the head: RFC 9162, 2.1.3.2. */
bool ledger_test_proves(struct ctx *ctx, const struct ledger_proof *proof,
                        const struct ledger_head *head);

/* What the check finds broken; NULL: nothing. */
const char *ledger_test_broken(struct ctx *ctx);

/* As if there had never been a log. */
MUST_CHECK enum status ledger_test_forget(struct ctx *ctx);

#endif
