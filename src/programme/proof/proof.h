/* SPDX-License-Identifier: MIT */
/*
 * proof.h - whoever sent something with an email address proves that the address is theirs: by the
 * code of the mail, typed into the page that is open, or by the button of the page that the mail's
 * link opens.
 *
 * A capability keeps what it needs for this beside what was sent, in columns of its own table: the
 * keyed hash of the code, how often a wrong one was typed, by whom last and when, and when it was
 * mailed.  So a proof goes with the thing that it is of, and with nothing else.  The capability
 * declares the queries that read and write these columns, and its deed; the rules are here:
 *
 *   - A code works for PROOF_CODE_SECS, and until it was typed wrong PROOF_CODE_TRIES times.
 *   - One caller types at most PROOF_CALLER_WRONG_AN_HOUR wrong codes of a kind in an hour, whoever
 *     they were mailed to; then no code of theirs is compared for the rest of it.
 *   - At most PROOF_MAILS_AN_HOUR mails of a kind go to one address in an hour, and
 *     PROOF_MAILS_A_DAY in a day: so at most 100 guesses of a million a day.
 *   - What has not the digits of a code is no try.
 *   - Who typed a wrong code is known for PROOF_CALLER_KEPT_SECS; then a job takes it away, however
 *     long the thing itself is kept.  It is evidence of nothing, so no hold stops that.
 *
 *     const struct proof_kind idea_proof = {
 *         .name = "idea",
 *         .sealed_as = "idea",
 *         .code = &idea_code_query,
 *         .tries = &idea_tries_of_query,
 *         .wrong = &idea_note_wrong_query,
 *         .forget = &idea_forget_callers_query,
 *         .mails = &idea_mails_query,
 *         .link_secs = IDEA_CONFIRM_SECS,
 *         .right = take_code,
 *     };
 *
 * Each query takes no arguments but those named here, bound by their names, as in privacy.h:
 *
 *   code   (reference text) -> one (thing text, code_hash text, code_tries int, sent_at int)
 *          What waits under a reference.  thing: what the hash names beside the code, as it was
 *          given to proof_code_new.  code_hash '': no code can be typed (any more).
 *   tries  (caller text, hour int) -> one (wrong int)
 *          How many wrong codes a caller typed since then.
 *   wrong  (reference text, caller text, now int) -> changes
 *          One more.
 *   forget (day int, at_most int) -> changes
 *          Who typed wrong ones before then is known no more, at_most rows.
 *   mails  (email_key text, hour int, day int) -> one (hour_count int, day_count int)
 *          How many were mailed to an address since then.
 *
 * All kinds stand in one list of the program (proof_kinds).  The page where a code is typed:
 * proof_web.h.  Owns no table.
 */
#ifndef PROGRAMME_PROOF_PROOF_H
#define PROGRAMME_PROOF_PROOF_H

#include "platform/base/filled.h"
#include "platform/job/job.h"
#include "platform/store/store.h"

enum {
    PROOF_CODE_DIGITS = 6,
    PROOF_CODE_SECS = 60 * 60,       /* how long a code may be typed                     */
    PROOF_CODE_TRIES = 5,            /* how often it may be typed wrong                  */
    PROOF_CALLER_WRONG_AN_HOUR = 40, /* by one caller; a hospital or a school may be one */
    PROOF_MAILS_AN_HOUR = 6,         /* to one address                                   */
    PROOF_MAILS_A_DAY = 20,
    PROOF_CALLER_KEPT_SECS = 24 * 60 * 60 /* who typed a wrong one                     */
};

enum proof_outcome {
    PROOF_RIGHT,
    PROOF_WRONG,
    PROOF_TOO_OFTEN, /* typed wrong PROOF_CODE_TRIES times: a new one is needed         */
    PROOF_OVER,      /* too old or used, or what it is of is over                       */
    PROOF_WAIT       /* this caller typed too many wrong ones: wait an hour             */
};

/* What became of a typing.  A deed fills token, and may say PROOF_OVER in place of PROOF_RIGHT. */
struct proof_typed {
    enum proof_outcome outcome;
    const char *token; /* PROOF_RIGHT: of the page that it leads to; else "" */
};

struct proof_kind {
    const char *name;      /* of the transaction */
    const char *sealed_as; /* begins what is hashed; never changed, for codes wait in databases */
    const struct store_query *code, *tries, *wrong, *forget, *mails;
    int64_t link_secs; /* how long the mailed link confirms */

    /* The key of the hashes, HASH_KEY_BYTES long; NULL: that of access_key. */
    enum status (*key)(struct ctx *ctx, unsigned char *key_out);

    /* The right code was typed: the deed, in its transaction, perhaps more than once. */
    enum status (*right)(struct ctx *ctx, const char *reference, struct proof_typed *out);
};

/* The list of the program, NULL-ended; in programme_jobs.c. */
extern const struct proof_kind *const proof_kinds[];

/* ---- mailing a code ---- */

/*
 * Whether another code may be mailed to this address.
 *
 * ERR_INVALID  no: problems says so, of the field "email"
 *
 * One query; in the transaction that adds what is mailed.
 */
MUST_CHECK enum status proof_check_mails(struct ctx *ctx, const struct proof_kind *kind,
                                         const char *email_key, struct form_problems *problems);

struct proof_code {
    const char *code; /* to be mailed */
    const char *hash; /* to be kept   */
};

/* A new code for a thing, by the name under which the query `code` finds it: its number, or its
 * reference. */
MUST_CHECK enum status proof_code_new(struct ctx *ctx, const struct proof_kind *kind,
                                      const char *thing, struct proof_code *out);

/* ---- proving ---- */

/* Whether the link of what was mailed then confirms no more. */
bool proof_link_is_old(const struct ctx *ctx, const struct proof_kind *kind, int64_t sent_at);

/* Whether something was sent under this reference.  ERR_NOT_FOUND: nothing.  One query. */
MUST_CHECK enum status proof_exists(struct ctx *ctx, const struct proof_kind *kind,
                                    const char *reference);

struct proof_typing {
    const char *reference, *code; /* as typed */
    const char *caller;           /* hash of who types, web_request.address */
};

/*
 * A code was typed.  A wrong code is OK too: the try stays.
 *
 * ERR_INVALID    it has not six digits; this counts as no try
 * ERR_NOT_FOUND  nothing was sent under this reference
 * others         what the deed says; nothing was changed then
 *
 * One transaction.
 */
MUST_CHECK enum status proof_type(struct ctx *ctx, const struct proof_kind *kind,
                                  const struct proof_typing *typing, struct proof_typed *out);

/* ---- for the lists of the program ---- */

extern const struct job_kind proof_job_kinds[];

#endif
