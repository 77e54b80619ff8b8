/* SPDX-License-Identifier: MIT */
/*
 * audit.h - the record of who did and saw what.
 *
 * Every change, and every look at another person's record, is an event: who, in which role, about
 * whom, what for, and before and after where something changed.  The events of an organisation are
 * chained by hash, so that none can be changed, left out or put in between without `onward check`
 * telling.  The programme itself has a chain too (the organisation is "").
 *
 * People stand in events by their number only.  What could name them stands in the detail (purpose,
 * before, after), which the digest covers by a salted hash: a detail can be forgotten, and the
 * chain still holds.
 *
 * Each capability declares its kinds of events in a table, and all tables stand in one list of the
 * program (audit_kinds), so that every event has a sentence for people.
 *
 * What must be kept apart has chains of its own: AUDIT_APART and the code of the organisation.
 * They are checked like all others and shown only by the capability that they are of.
 *
 * Owns the tables audit_chain and audit_event, which oversight/ may read; campaign/ may count
 * reminders.  Reads person.
 */
#ifndef PROGRAMME_AUDIT_AUDIT_H
#define PROGRAMME_AUDIT_AUDIT_H

#include "platform/base/ctx.h"

#include <stddef.h>

/* Begins the name of a chain that is kept apart: "safeguarding:R0A". */
#define AUDIT_APART "safeguarding:"
struct store_query;

/* A kind of event. */
struct audit_kind {
    const char *code; /* "access.granted": folder, then what; never changed. NULL ends a table */
    const char *sentence; /* what happened, "Was given a role"                        */
    bool is_look;         /* somebody looked; nothing changed                         */
};

/* The tables, NULL-ended: one list for the program, in programme_audit.c. */
extern const struct audit_kind *const audit_kinds[];

/* NULL: no capability of this program declares it. */
const struct audit_kind *audit_kind_find(const char *code);

/* What happened.  Who did it is ctx->person, as what is ctx->role, when is ctx->now_secs. */
struct audit_deed {
    const char *what; /* code of a kind                                          */
    const char
        *organisation; /* code of the one whose record it is; NULL or "": the programme's own */
    struct person_id subject;   /* whom it is about; n 0: about nobody                     */
    const char *thing;          /* a reference or code, "PL-7K3M-9Q2P"; NULL: none         */
    const char *purpose;        /* as the person typed it; NULL: was not asked             */
    const char *before, *after; /* what changed, as people read it; NULL: did not change  */
};

/*
 * Adds an event to its chain, within the caller's transaction or in one of its own.  A change is
 * noted in the transaction that makes it; a look before its page is answered, and when it cannot be
 * noted the page is not shown.
 *
 * ERR_FAULT  the kind is not declared, or the store failed
 *
 * Three queries, four for the first event of a chain.
 */
MUST_CHECK enum status audit_note(struct ctx *ctx, const struct audit_deed *deed);

/* What an event says of itself beside its columns; "" for none or when forgotten. */
struct audit_detail {
    const char *purpose, *before, *after;
};

/* Reads the detail of an event as it is kept. */
struct audit_detail audit_detail_read(struct mem *mem, const char *detail);

/* The same on one line: "What for: a call. Before: Member. After: Coordinator"; "" for none. */
const char *audit_detail_text(struct mem *mem, const char *detail);

/* One event about a person, as it is shown. */
struct audit_event {
    int64_t at;
    const char *what;
    struct person_id actor; /* n 0: the program, or an operator by command */
    const char *role, *organisation, *thing;
    const char *detail; /* JSON: purpose, before, after; "" for none */
};

/* What concerns a person, the newest first. */
MUST_CHECK enum status audit_about(struct ctx *ctx, struct person_id subject, int at_most,
                                   struct audit_event **out, size_t *count_out);

/* The details of events about a person are forgotten, in the caller's transaction: for erasure. */
MUST_CHECK enum status audit_forget_about(struct ctx *ctx, struct person_id subject,
                                          int64_t *changed_out);

/* What concerns a person, and the forgetting of old details: for the declaration of what is kept
 * about people, which stands in privacy/ (see there for the arguments). */
extern const struct store_query audit_person_copy_query, audit_retain_query;

/*
 * Checks every chain: numbers without gaps, digests that fit, and the end where it should be.
 *
 *   broken_out  says where the first chain that does not hold breaks; NULL: all hold
 */
MUST_CHECK enum status audit_check_chains(struct ctx *ctx, int64_t *checked_out,
                                          const char **broken_out);

#endif
