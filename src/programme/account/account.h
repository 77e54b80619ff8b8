/* SPDX-License-Identifier: MIT */
/*
 * account.h - how a person signs in, and what belongs to the account itself.
 *
 * Ways in
 *   A mailed code (access/) always works.  A person may set a password as well, and may be let in
 *   by another service (oidc.h).  That is the first factor.  The second is a phone that shows
 *   one-time codes; recovery codes stand in for it.  Roles that see many people's data need it:
 *   access_may leads such a person to /sign-in/second.
 *
 * Guessing
 *   Each try at a password, a one-time code or a recovery code is noted before it is compared, for
 *   the person and for the caller.  After some free tries each further one waits, twice as long as
 *   the one before.  The tries are in the store, so all nodes share them.  An address that nobody
 *   has costs the same calls and the same work, and is answered in the same words.
 *
 * Without an operator
 *   Moving to another address: a code to the new one, and some days to undo it from the old one.  A
 *   lost phone: a recovery code; without one the phone stops counting after some days, unless it is
 *   called off from any device or mail.
 *
 * Everything that changes how somebody signs in is noted by audit/ and mailed to the person.
 *
 * Owns the tables account_*.  Reads person, access_grant and privacy_hold.
 */
#ifndef PROGRAMME_ACCOUNT_ACCOUNT_H
#define PROGRAMME_ACCOUNT_ACCOUNT_H

#include "platform/base/ctx.h"
#include "platform/job/job.h"
#include "programme/access/access.h"

#include <stddef.h>

/* ---- what a try comes to ---- */

enum account_outcome {
    ACCOUNT_RIGHT,
    ACCOUNT_WRONG,
    ACCOUNT_WAIT, /* too many were wrong: wait_secs from now */
    ACCOUNT_OVER  /* there is nothing to compare with: no phone, no code, or its time is over */
};

struct account_result {
    enum account_outcome outcome;
    struct person_id person; /* when right */
    int64_t wait_secs;       /* when to wait */
};

enum {
    ACCOUNT_FREE_TRIES = 5,         /* of a person or an address, in a day   */
    ACCOUNT_CALLER_FREE_TRIES = 40, /* of a caller, in a day; a hospital may share one */
    ACCOUNT_FIRST_WAIT_SECS = 30,   /* then, doubled by each further one     */
    ACCOUNT_LONGEST_WAIT_SECS = 3600,
    ACCOUNT_TRIES_KEPT_SECS = 86400,
    ACCOUNT_VISITS_KEPT_SECS = 86400 /* to another service, behind their end */
};

struct account_ways {
    bool has_password, has_phone;
    int64_t password_at, phone_at; /* UTC seconds: since when */
    int64_t recovery_count;        /* recovery codes that are left */
    int64_t recovery_at;           /* when they were made; 0: never */
    int64_t loss_due_at;           /* the phone stops counting then; 0: it does not */
};

/* How a person can sign in beside the mailed code.  One query. */
MUST_CHECK enum status account_ways_of(struct ctx *ctx, struct person_id person,
                                       struct account_ways *out);

/* ---- passwords ---- */

/*
 * At least 15 characters, as NIST SP 800-63B-4 asks where a password may be the only factor, and no
 * rule about which; three random words, as the NCSC advises, have them.
 */
enum { ACCOUNT_PASSWORD_CHARS_LEAST = 15, ACCOUNT_PASSWORD_CHARS_MOST = 200 };

/* What is wrong with a password for this person, as a sentence; NULL: nothing.  It must not be one
 * that many people chose, nor a pattern, nor made of the person's name or address. */
const char *account_password_problem(struct ctx *ctx, const struct access_person *person,
                                     const char *password);

/* Whether it is a common password or a pattern, also with digits and signs around it. */
bool account_is_common(struct mem *mem, const char *password);

/* Sets or changes the password of the person who asks.  It has no account_password_problem.
 * ERR_BUSY  try again in a moment (password.h) */
MUST_CHECK enum status account_password_set(struct ctx *ctx, const char *password);

/* OK also when there was none. */
MUST_CHECK enum status account_password_remove(struct ctx *ctx);

/*
 * Somebody wants to sign in with an address and a password.  The caller then begins the session.
 *
 * ERR_BUSY  try again in a moment (password.h)
 *
 * The same calls and the same work, whether the address is known or not.
 */
MUST_CHECK enum status account_password_sign_in(struct ctx *ctx, const struct access_caller *caller,
                                                const char *email, const char *password,
                                                struct account_result *out);

/* The person who asks proves it by the password. */
MUST_CHECK enum status account_password_check(struct ctx *ctx, const struct access_caller *caller,
                                              const char *password, struct account_result *out);

/* ---- the phone ---- */

enum { ACCOUNT_RECOVERY_CODES = 10, ACCOUNT_PHONE_DIGITS = 6 };

/* A phone that may be added: the person scans or types the secret, then types a code. */
struct account_offer {
    const char *secret; /* hexadecimal digits */
    const char *typed;  /* the same as people type it: "ABCD EFGH ..." */
    const char *uri;    /* otpauth://, for a QR code */
};

/* The offer for a session, by its id and the time of its proof: the same each time, and no row. */
MUST_CHECK enum status account_phone_offer(struct ctx *ctx, int64_t session_id, int64_t proved_at,
                                           struct account_offer *out);

/*
 * The person who asks adds the phone of the offer by typing a code that it shows.  Another phone is
 * replaced.  codes_out: ACCOUNT_RECOVERY_CODES new recovery codes, to show once.  From then on all
 * sessions of the person need two factors; the caller raises this one.
 */
MUST_CHECK enum status account_phone_add(struct ctx *ctx, const struct account_offer *offer,
                                         const char *typed, struct account_result *out,
                                         const char ***codes_out);

/* A code of the phone of the person who asks was typed.  Each works once, half a minute early or
 * late at most. */
MUST_CHECK enum status account_phone_check(struct ctx *ctx, const struct access_caller *caller,
                                           const char *typed, struct account_result *out);

/* The phone and the recovery codes go.  OK also when there was none. */
MUST_CHECK enum status account_phone_remove(struct ctx *ctx);

/* ---- in a demonstration only ---- */

/* Adds a phone that nobody has to a person who has none. */
MUST_CHECK enum status account_phone_give(struct ctx *ctx, struct person_id person);

/* What the phone of the person who asks would show now.  ERR_NOT_FOUND: there is none.
 * ERR_FORBIDDEN: this is no demonstration. */
MUST_CHECK enum status account_phone_now(struct ctx *ctx, const char **code_out);

/* What a phone with the secret of this offer would show now.  ERR_FORBIDDEN as above. */
MUST_CHECK enum status account_offer_now(struct ctx *ctx, const struct account_offer *offer,
                                         const char **code_out);

/* ---- recovery codes ---- */

/* Makes new ones for the person who asks; the old ones are of no use any more. */
MUST_CHECK enum status account_recovery_make(struct ctx *ctx, const char ***codes_out);

/* A recovery code of the person who asks was typed.  Each works once. */
MUST_CHECK enum status account_recovery_type(struct ctx *ctx, const struct access_caller *caller,
                                             const char *typed, struct account_result *out);

/* ---- a phone that is lost together with the codes ---- */

enum { ACCOUNT_LOSS_SECS = 3 * 86400, ACCOUNT_LEADS_MAX = 20 };

/* The phone of the person who asks stops counting after ACCOUNT_LOSS_SECS.  Mails the person, with
 * a link to call it off, and those who lead where the person has a role.  Asking again changes
 * nothing.  ERR_NOT_FOUND: the person has no phone. */
MUST_CHECK enum status account_loss_ask(struct ctx *ctx, int64_t *due_at_out);

/* Calls it off: by the person who asks, or by the mailed link.  ERR_NOT_FOUND: nothing waits. */
MUST_CHECK enum status account_loss_keep(struct ctx *ctx);
MUST_CHECK enum status account_loss_keep_by(struct ctx *ctx, const char *token);

/* What a mailed link is about.  ERR_NOT_FOUND  there is no such link, or it is over. */
MUST_CHECK enum status account_loss_open(struct ctx *ctx, const char *token, int64_t *due_at_out);

/* ---- another address ---- */

enum {
    ACCOUNT_MOVE_SECS = 3600,      /* how long the code works         */
    ACCOUNT_MOVE_TRIES = 5,        /* how often one may be typed      */
    ACCOUNT_MOVES_A_DAY = 5,       /* asked for by a person           */
    ACCOUNT_UNDO_SECS = 7 * 86400, /* how long the old address can undo it */
    ACCOUNT_MOVES_KEPT_SECS = ACCOUNT_UNDO_SECS + 86400
};

/* The person who asks wants to move to this address: a code is mailed there.  When it is somebody's
 * already, that one is told instead, and nothing here shows it.  ERR_BUSY: asked too often. */
MUST_CHECK enum status account_move_ask(struct ctx *ctx, const char *email);

/* The address that the person who asks is moving to.  ERR_NOT_FOUND: to none. */
MUST_CHECK enum status account_move_awaited(struct ctx *ctx, const char **email_out);

/* The code was typed.  When right the person has moved, and the old address was told. */
MUST_CHECK enum status account_move_type(struct ctx *ctx, const char *typed,
                                         struct account_result *out);

struct account_undo {
    const char *old_email, *new_email;
    int64_t until_at;
};

/* ERR_NOT_FOUND  there is no such link, it was used, or its time is over */
MUST_CHECK enum status account_undo_open(struct ctx *ctx, const char *token,
                                         struct account_undo *out);

/* Takes the move back: the old address counts again, everybody is signed out, and the password, and
 * what was added since (phone, other services), goes.  ERR_CONFLICT: the old address is somebody
 * else's by now. */
MUST_CHECK enum status account_undo(struct ctx *ctx, const char *token);

/* Reads the setting sign_in_providers.  ERR_INVALID: what is wrong with the file, in the fault;
 * never with a secret.  For the start and `onward check`. */
MUST_CHECK enum status account_check_settings(struct ctx *ctx);

/* ---- for the lists of the program ---- */

extern const struct audit_kind account_audit_kinds[];
extern const struct job_kind account_job_kinds[];
extern const struct privacy_holding account_holdings[];

#endif
