/* SPDX-License-Identifier: MIT */
/* plan_internal.h - what the files of this folder share. */
#ifndef PROGRAMME_PLAN_PLAN_INTERNAL_H
#define PROGRAMME_PLAN_PLAN_INTERNAL_H

#include "programme/plan/plan.h"

/* Folds the updates of an action: which ones count, where it stands, the newest that the reader may
 * see.  updates stand in order. */
void plan_action_fold(struct plan_action *action, enum plan_reader reader);

/* Whether it is neither embedded nor stopped. */
bool plan_state_is_open(enum plan_state state);

/*
 * Begins the live plan when it is not there, and gives it as those who work on it see it, in the
 * caller's transaction.
 *
 * ERR_NOT_FOUND  no such pledge, or it was never on the register
 * ERR_CONFLICT   place is of another plan than the live one, or the pledge is not in force
 */
MUST_CHECK enum status plan_open_live(struct ctx *ctx, const struct plan_place *place,
                                      struct pledge *pledge, struct plan *out);

/* Writes into the row of an action what follows from its updates and the day. */
MUST_CHECK enum status plan_action_write(struct ctx *ctx, const struct plan *plan,
                                         const struct plan_action *action);

/* The day from which an action is without an update for too long, and from which it waits. */
struct plan_days {
    const char *quiet_on, *ask_on;
};
MUST_CHECK enum status plan_days_of(struct ctx *ctx, const struct plan_action *action,
                                    struct plan_days *out);

/* Mails a link to join, within the caller's transaction; one that still waits is renewed. */
struct plan_asking {
    const char *kind; /* "guest", "party" */
    const char *name, *email, *last_on;
};
MUST_CHECK enum status plan_member_ask(struct ctx *ctx, const struct pledge *pledge,
                                       const struct plan_asking *asking);

/* Whether an address may work on the plan already, or has a link that it may. */
MUST_CHECK enum status plan_is_known(struct ctx *ctx, const struct pledge *pledge,
                                     const char *email_key, bool *out);

/* Asks those who sign for the pledge today and were not asked yet. */
MUST_CHECK enum status plan_welcome(struct ctx *ctx, const struct pledge *pledge);

/* A row that another wrote at the same time: the transaction is to run again. */
MUST_CHECK enum status plan_wrote(struct ctx *ctx, int64_t changes);

/* Notes a deed in the record of the organisation that holds the pledge. */
MUST_CHECK enum status plan_note(struct ctx *ctx, const struct pledge *pledge, const char *what,
                                 const char *after);

#endif
