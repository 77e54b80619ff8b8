/* SPDX-License-Identifier: MIT */
/* account_internal.h - what the files of account/ share and nobody else sees. */
#ifndef PROGRAMME_ACCOUNT_ACCOUNT_INTERNAL_H
#define PROGRAMME_ACCOUNT_ACCOUNT_INTERNAL_H

#include "programme/account/account.h"

/* ---- tries (account_try.c), in the caller's transaction ---- */

struct account_try {
    const char *person_key, *caller_key; /* account_try_key; caller_key "" for none */
    int64_t person_try, caller_try;      /* rows of this try                        */
};

/* What stands for "address x@y", "phone 7" or a caller's address, without saying it. */
const char *account_try_key(struct ctx *ctx, const char *kind, const char *what);
const char *account_try_key_of(struct ctx *ctx, const char *kind, struct person_id person);

/* Looks how long to wait: out says so, and nothing is to be compared.  When not at all a try is
 * noted, and out is ACCOUNT_WRONG until it proves right. */
MUST_CHECK enum status account_try_begin(struct ctx *ctx, struct account_try *attempt,
                                         struct account_result *out);

/* It was right: it does not count, nor do those before it at this person. */
MUST_CHECK enum status account_try_right(struct ctx *ctx, const struct account_try *attempt);

/* ---- what was done (account.c), in the caller's transaction ---- */

/* A change of how somebody signs in: to the record, and in a mail to the person. */
struct account_news {
    const char *what; /* kind of event */
    struct person_id person;
    const char *thing;              /* for the record: a provider; NULL: none */
    const char *subject, *sentence; /* of the mail; NULL: no mail */
};
MUST_CHECK enum status account_tell(struct ctx *ctx, const struct account_news *news);

/* A keyed hash of a short code; purpose says what it is for and whose. */
MUST_CHECK enum status account_code_hash(struct ctx *ctx, const char *purpose, const char *code,
                                         const char **out);

/* New recovery codes for a person in place of the old ones, in the caller's transaction. */
MUST_CHECK enum status account_recovery_renew(struct ctx *ctx, struct person_id person,
                                              const char ***codes_out);

/* The phone and the codes of a person go, and what waited for that, in the caller's transaction. */
MUST_CHECK enum status account_phone_drop_all(struct ctx *ctx, struct person_id person,
                                              const char *outcome, bool *had_one_out);

/* ---- sessions (account_session_web.c), in the caller's transaction ---- */

/* From now on all sessions of the person need a second factor, or none does. */
MUST_CHECK enum status account_sessions_need(struct ctx *ctx, struct person_id person,
                                             bool two_factors);

/* Signs the person out everywhere. */
MUST_CHECK enum status account_sessions_end(struct ctx *ctx, struct person_id person);

/* The job that ends a phone that was lost (account_loss.c). */
MUST_CHECK enum status account_loss_due(struct ctx *ctx, const struct job *job);
#define ACCOUNT_LOSS_JOB "account.loss_due"

#endif
