/* SPDX-License-Identifier: MIT */
/*
 * hold.h - what stops removal and use: legal holds, and what people asked not to be done.  Comes
 * with privacy.h.
 */
#ifndef PROGRAMME_PRIVACY_HOLD_H
#define PROGRAMME_PRIVACY_HOLD_H

#include "programme/privacy/privacy.h"

#include <stdbool.h>

enum privacy_hold_kind { PRIVACY_HOLD_PERSON, PRIVACY_HOLD_ORGANISATION, PRIVACY_HOLD_THING };

struct privacy_hold_new {
    enum privacy_hold_kind kind;
    const char *name;   /* address of a person, code of an organisation, reference of a thing */
    const char *reason; /* required                                                           */
};

enum { PRIVACY_REASON_CHARS_MAX = 1000 };

/*
 * Places a hold, which the audit notes.
 *
 * ERR_INVALID  no name or no reason, too long, or the name of a person is no address
 *
 * One transaction.
 */
MUST_CHECK enum status privacy_hold_place(struct ctx *ctx, const struct privacy_hold_new *wanted,
                                          int64_t *id_out);

/* A hold as it is shown. */
struct privacy_hold_shown {
    const char *name; /* address, code or reference */
    const char *reason;
    bool is_released;
};
MUST_CHECK enum status privacy_hold_find(struct ctx *ctx, int64_t id,
                                         struct privacy_hold_shown *out);

/* For the listings of holds and of what was removed. */
extern const struct store_query privacy_hold_list_query, privacy_removal_list_query;

/* Ends a hold.  ERR_NOT_FOUND: there is none.  ERR_CONFLICT: it was released.  ERR_INVALID: no
 * reason. */
MUST_CHECK enum status privacy_hold_release(struct ctx *ctx, int64_t id, const char *reason);

/* Why the person is held now; NULL: is not. */
MUST_CHECK enum status privacy_hold_of(struct ctx *ctx, const struct privacy_subject *subject,
                                       const char **reason_out);

/* ---- what a person asked not to be done ---- */

/* Nothing may be done with this person's data but keeping it: capabilities ask before they use it,
 * show it to others or decide on it. */
MUST_CHECK enum status privacy_is_restricted(struct ctx *ctx, const struct privacy_subject *subject,
                                             bool *out);

/* The person objected to this purpose (table of a holding), or to all. */
MUST_CHECK enum status privacy_has_objected(struct ctx *ctx, const struct privacy_subject *subject,
                                            const char *table, bool *out);

/* Notes an agreed request.  purpose: table of a holding; "": all.  Restricting also holds the data,
 * so that it does not go meanwhile. */
MUST_CHECK enum status privacy_restrict(struct ctx *ctx, const struct privacy_subject *subject,
                                        bool is_objection, const char *purpose,
                                        const char *reference);

/* What was agreed for a request is still to be kept to. */
MUST_CHECK enum status privacy_restriction_stands(struct ctx *ctx, const char *reference,
                                                  bool *out);

/* What a request stopped may go on, and the hold that came with it ends. */
MUST_CHECK enum status privacy_restriction_lift(struct ctx *ctx, const char *reference);

/* The kinds of events that this folder notes. */
extern const struct audit_kind privacy_audit_kinds[];

#endif
