/* SPDX-License-Identifier: MIT */
/*
 * concern.h - safeguarding concerns: raised by anybody who is signed in, read by those who must.
 *
 * A concern goes to the safeguarding lead whose area holds the organisation, the nearest first: of
 * the organisation, its board, its region, the programme.  When there is none the national lead is
 * told that one is needed.  Mail says that there is a concern, and never what.
 *
 * When it is about a safeguarding lead, whoever raises it says of which part, and the leads that
 * this part has on the day are kept from it: they are not told, and find it in no list, count, page
 * or file, whatever role they have then or later.  It goes to the nearest of the others.
 *
 * Need to know: only roles with MAY_SEE_CONCERNS, in their scope, and each says what for before it
 * is shown; every page of it is an event of a chain that is kept apart (AUDIT_APART).  Whoever
 * raised it sees that it was received and how it stands.
 *
 * Nobody deletes a concern.  It goes when the retention rule "concern" says so, whole, once it has
 * been closed for that long and no legal hold stands (concern_privacy.c); a person's erasure takes
 * nothing of it.  What happened to it is a list of events that are only added; its state follows
 * from them.
 *
 *   new --a lead reads it--> open --close--> closed --open again--> open
 *
 * Rule, seven days: a report to the police or the local authority is due as soon as practicable,
 * and at most seven days after the concern was raised where telling would raise the risk to a
 * child.  Source: duty to report child sexual abuse, published factsheet; the day from which it
 * binds is not settled, so it is shown and holds nothing up.
 *
 * Owns the tables whose names begin with concern.  Reads person, access_grant, privacy_hold,
 * organisation, organisation_record, organisation_link and mail.
 */
#ifndef PROGRAMME_CONCERN_CONCERN_H
#define PROGRAMME_CONCERN_CONCERN_H

#include "platform/base/filled.h"
#include "programme/access/access.h"
#include "programme/audit/audit.h"

enum {
    CONCERN_READING_SECS = 30 * 60,         /* then what for is asked again            */
    CONCERN_REPORT_SECS = 7 * 24 * 60 * 60, /* after it was raised: see above          */
    CONCERN_EVENTS_MAX = 500,
    CONCERN_KEPT_FROM_MAX = 200 /* people: leads of one area are few */
};

struct concern_draft {
    enum form_yes_no in_danger;
    struct form_found organisation;
    const char *about, *happened;
    enum form_yes_no may_contact;
    const char *contact;    /* "" for none                   */
    const char *about_lead; /* a code of concern_about_leads */
};

/*
 * Raises a concern as the person who asks, and tells the leads.
 *
 *   reference_out  SC-XXXX-XXXX
 *
 * ERR_FORBIDDEN  nobody is signed in
 * ERR_INVALID    problems says what is missing
 * ERR_FAULT      the store failed; nothing was recorded
 *
 * One transaction.
 */
MUST_CHECK enum status concern_raise(struct ctx *ctx, const struct concern_draft *draft,
                                     struct form_problems *problems, const char **reference_out);

/* How a concern that was sent went on, for whoever raised it. */
struct concern_sent {
    bool was_told;      /* a lead; else the programme is asked for one */
    bool is_about_lead; /* and kept from that one                      */
};

/* ERR_NOT_FOUND  there is none.  One query. */
MUST_CHECK enum status concern_find_sent(struct ctx *ctx, const char *reference,
                                         struct concern_sent *out);

struct concern_event {
    int64_t number, at;
    const char *kind, *body, *text; /* codes, and what was typed */
    const char *person;
};

struct concern {
    int64_t organisation_id, id;
    const char *reference, *organisation, *organisation_name;
    const char *raiser;
    int64_t raised_at;
    bool in_danger, may_contact;
    const char *about, *happened, *contact;
    const char *about_lead; /* a code of concern_about_leads              */
    const char **kept_from; /* names of those who must not know of it */
    size_t kept_from_count;
    const char *state;          /* "new", "open", "closed" */
    int64_t seen_at, closed_at; /* UTC seconds; 0: not */
    int64_t report_by_at;       /* see the rule above; */
    bool was_referred;
    struct concern_event *events; /* the oldest first */
    size_t event_count;
    const char *purpose; /* what the person reads it for */
};

/*
 * The person who asks reads a concern in a scope: notes the look with its purpose.  purpose NULL:
 * the one that was said within CONCERN_READING_SECS.
 *
 * ERR_NOT_FOUND  there is none, or not in this scope
 * ERR_INVALID    no purpose was said, or too long ago
 * ERR_FAULT      the store failed, or the look could not be noted: nothing is shown
 *
 * One transaction.
 */
MUST_CHECK enum status concern_read(struct ctx *ctx, const char *scope, const char *reference,
                                    const char *purpose, struct concern *out);

/* Whether there is such a concern in a scope: ERR_NOT_FOUND.  Shows nothing of it. */
MUST_CHECK enum status concern_exists(struct ctx *ctx, const char *scope, const char *reference);

struct concern_step {
    const char *kind; /* "note", "action", "referral", "closed", "opened" */
    const char *body; /* of a referral: a code of concern_bodies; "" else */
    const char *text;
};

struct concern_choice {
    const char *code, *name;
};

/* Whom a concern is referred to; ends with a NULL code.  Kinds of events, and which lead it is
 * about, likewise. */
extern const struct concern_choice concern_bodies[];
extern const struct concern_choice concern_kinds[];
extern const struct concern_choice concern_about_leads[];

/*
 * Adds what was done, by the person who asks, who reads it at the moment (concern_read).
 *
 * ERR_NOT_FOUND  as concern_read
 * ERR_INVALID    there is no such kind or body, the text is empty, or no purpose was said of late
 * ERR_CONFLICT   a closed concern takes nothing but "opened", and only a closed one takes that
 *
 * One transaction.
 */
MUST_CHECK enum status concern_add_step(struct ctx *ctx, const char *scope, const char *reference,
                                        const struct concern_step *step);

/* Notes that it was written to a file for the authorities.  As concern_read with the purpose that
 * was said. */
MUST_CHECK enum status concern_export(struct ctx *ctx, const char *scope, const char *reference,
                                      struct concern *out);

/* The file itself. */
struct view;
MUST_CHECK enum status concern_print(struct ctx *ctx, const struct concern *concern,
                                     struct view *out);
const char *concern_json(struct ctx *ctx, const struct concern *concern);

/* The name of a code; the code itself when there is none. */
const char *concern_name(const struct concern_choice *choices, const char *code);

/* "A referral: Police". */
const char *concern_event_title(struct mem *mem, const struct concern_event *event);

/* "Ada Lovelace, Ines Farrow"; "" when it is kept from nobody. */
const char *concern_kept_from_text(struct mem *mem, const struct concern *concern);

/* "Received", "Being looked into", "Closed": for whoever raised it. */
const char *concern_state_text(const char *state);

extern const struct audit_kind concern_audit_kinds[];
extern const struct privacy_holding concern_holdings[];

#endif
