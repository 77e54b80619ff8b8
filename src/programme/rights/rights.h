/* SPDX-License-Identifier: MIT */
/*
 * rights.h - what people ask about their data (see, correct, object, restrict, erase) and
 * complaints about it, with the clocks of the law.
 *
 * Who is signed in has proven who they are.  Anyone else proves the address: a mail with a link, a
 * page with a button.  The mail is the same whether the address is known here or not, so nobody
 * learns that.
 *
 * Clocks
 *   A request is answered within one month of the day it came, by the calendar: 31 January gives 28
 *   or 29 February.  The clock starts when the address is proven, and stands still while we wait
 *   for the person to prove who they are.  Two months more need a reason, which is told.  Source:
 *   UK GDPR, article 12(3) and (6).
 *   A complaint is acknowledged within 30 days.  Source: Data (Use and Access) Act 2025.
 *
 * Owns the tables rights_request and rights_link.  Reads person.
 */
#ifndef PROGRAMME_RIGHTS_RIGHTS_H
#define PROGRAMME_RIGHTS_RIGHTS_H

#include "platform/base/filled.h"
#include "programme/access/access.h"
#include "programme/privacy/privacy.h"

enum rights_kind {
    RIGHTS_SEE,
    RIGHTS_CORRECT,
    RIGHTS_OBJECT,
    RIGHTS_RESTRICT,
    RIGHTS_ERASE,
    RIGHTS_COMPLAINT,
    RIGHTS_KINDS
};

struct rights_words {
    const char *code, *name; /* "see", "See what we keep about you" */
};

/* Kinds, in the order of the enum; outcomes and reasons.  Each ends with a NULL code. */
extern const struct rights_words rights_kinds[], rights_outcomes[], rights_reasons[];

/* The name of a code of a table; the code itself when it is not in it. */
const char *rights_name(const struct rights_words *table, const char *code);

enum { RIGHTS_LINK_SECS = 30 * 86400, RIGHTS_ACKNOWLEDGE_DAYS = 30, RIGHTS_TEXT_CHARS_MAX = 4000 };

struct rights_ask {
    const char *kind;         /* code                                                 */
    const char *name, *email; /* of who asks; not used when signed in                 */
    const char *organisation; /* code of the one it is about; "" for the programme    */
    const char *what;         /* what is asked; "" where the kind says it all         */
};

/*
 * Takes a request in.  Of who is signed in it is open at once; else a mail with a link goes to the
 * address, whoever has it.
 *
 * ERR_INVALID  no such kind, no name, no address, or nothing said where something must be
 *
 * One transaction.
 */
MUST_CHECK enum status rights_ask(struct ctx *ctx, const struct rights_ask *ask,
                                  const char **reference_out);

struct rights_request {
    const char *reference, *kind, *state, *email, *name, *organisation, *what;
    struct privacy_subject subject;
    int64_t received_at, closed_at, acknowledged_at; /* 0: not yet */
    const char *received_on, *due_on, *paused_on, *extended_reason, *acknowledge_on;
    const char *outcome, *reason, *answer;
};

/* ERR_NOT_FOUND  none, or it is of another organisation than the scope's.  scope NULL: any. */
MUST_CHECK enum status rights_find(struct ctx *ctx, const char *reference, const char *scope,
                                   struct rights_request *out);

/* The request behind a mailed link.  ERR_NOT_FOUND: there is none, or its time is over. */
MUST_CHECK enum status rights_find_by_link(struct ctx *ctx, const char *token,
                                           struct rights_request *out);

/* The address is proven: the clock runs, or runs on.  A request to see is answered by this.  Safe
 * to repeat.  ERR_NOT_FOUND as above. */
MUST_CHECK enum status rights_prove(struct ctx *ctx, const char *token);

/* ---- the desk: ERR_NOT_FOUND as rights_find, ERR_CONFLICT when it is closed ---- */

/* Two months more.  ERR_INVALID: no reason.  ERR_CONFLICT also when it was extended before. */
MUST_CHECK enum status rights_extend(struct ctx *ctx, const char *reference, const char *reason);

/* Asks the person to prove the address again; the clock stands still until then. */
MUST_CHECK enum status rights_pause(struct ctx *ctx, const char *reference);

/* A complaint came and is looked at: mails that.  Safe to repeat. */
MUST_CHECK enum status rights_acknowledge(struct ctx *ctx, const char *reference);

struct rights_close {
    const char *outcome; /* code                                                        */
    const char *reason;  /* code; required when it is refused or done in part           */
    const char *answer;  /* what the person reads                                       */
};

/*
 * Answers a request by mail.  What was agreed is done in the same transaction: erasing,
 * restricting, objecting.
 *
 * ERR_INVALID   an outcome or a reason that there is not, or no answer
 * ERR_CONFLICT  also: erasing somebody under a legal hold
 */
MUST_CHECK enum status rights_close(struct ctx *ctx, const char *reference,
                                    const struct rights_close *close);

/* The last day to answer what came on a day: months later, by the calendar. */
MUST_CHECK enum status rights_due_on(struct mem *mem, const char *clock_on, bool is_extended,
                                     int64_t paused_days, const char **out);

/* Who is signed in, as whom data is about. */
MUST_CHECK enum status rights_subject(struct ctx *ctx, struct privacy_subject *out);

/* Everything that is held about a subject as a .zip of JSON and CSV.  ERR_FAULT: it grew beyond
 * RIGHTS_ZIP_BYTES_MAX. */
enum { RIGHTS_ZIP_BYTES_MAX = 32 << 20 };
MUST_CHECK enum status rights_zip(struct ctx *ctx, const struct privacy_copy *copies, size_t count,
                                  const void **bytes_out, size_t *size_out);

/* What this folder keeps, and the events that it notes. */
extern const struct privacy_holding rights_holdings[];
extern const struct audit_kind rights_audit_kinds[];

#endif
