/* SPDX-License-Identifier: MIT */
/*
 * oversight.h - who watches: pages and files of the record of deeds, and opening a record in an
 * emergency ("break glass").
 *
 * The record itself is audit/'s.  Here it is searched by leads for their scope (/desk/record), by
 * each person for what concerns themselves (/account/record), and written to a file that an auditor
 * can check without this program (doc/verify/audit.md).
 *
 * Break-glass
 *   An operator sees nobody's data.  In an emergency one may open one record, named by its address
 *   or reference, to read only, for OVERSIGHT_GLASS_SECS: with a reason, and a fresh proof of who
 *   it is.  The national leads are told at once and look it over.  Each page that was seen is an
 *   event with the reason as its purpose.  Nobody can act as somebody else: that does not exist.
 *
 * Owns the tables oversight_look and oversight_glass.  Reads audit_event, audit_chain, person,
 * access_grant, privacy_hold, organisation, organisation_record and organisation_link.
 */
#ifndef PROGRAMME_OVERSIGHT_OVERSIGHT_H
#define PROGRAMME_OVERSIGHT_OVERSIGHT_H

#include "platform/base/ctx.h"
#include "programme/access/access.h"
#include "programme/audit/audit.h"

enum {
    OVERSIGHT_LOOK_SECS = 30 * 60,     /* a search done again within counts once          */
    OVERSIGHT_LOOKS_KEPT_SECS = 86400, /* behind the last time                            */
    OVERSIGHT_GLASS_SECS = 30 * 60,    /* how long a record stays open                    */
    OVERSIGHT_GLASS_A_DAY = 10,        /* opened by one person                            */
    OVERSIGHT_REASON_CHARS_LEAST = 20, /* some words, not one                             */
    OVERSIGHT_REASON_WORDS_LEAST = 4
};

/* ---- looks ---- */

/*
 * Notes a look, once in OVERSIGHT_LOOK_SECS for the same person and the same look, which `look`
 * tells apart: "record?what=x".  deed is as for audit_note.
 *
 * One transaction.
 */
MUST_CHECK enum status oversight_note_look(struct ctx *ctx, const struct audit_deed *deed,
                                           const char *look);

/* ---- export ---- */

struct oversight_export {
    const char *organisation;       /* code; NULL: every chain. "" the programme's own          */
    const char *from_on, *until_on; /* first and last day; NULL: no bound                      */
    bool is_csv;                    /* else JSON lines                                          */
};

struct oversight_exported {
    int64_t event_count, chain_count;
};

/*
 * Writes chains with all digests, so that an auditor checks them alone: doc/verify/audit.md says
 * how.  The details of what is kept apart (AUDIT_APART) are left out, as forgotten ones are.  That
 * it was written is an event of the programme, after what was written.
 *
 *   write  takes the next bytes; what it answers but OK breaks off
 *
 * ERR_NOT_FOUND  the organisation has no chain
 * ERR_INVALID    a day cannot be one
 */
MUST_CHECK enum status oversight_export(struct ctx *ctx, const struct oversight_export *wanted,
                                        enum status (*write)(void *arg, const char *text),
                                        void *arg, struct oversight_exported *out);

/* ---- break-glass ---- */

struct glass_line {
    const char *label, *text;
};

enum { GLASS_LINES_MAX = 60 };

/* A record as it is shown. */
struct glass_record {
    const char *title;        /* "Account of Ada Lovelace"                          */
    const char *organisation; /* code of the one whose record it is; "" for none  */
    struct person_id subject; /* whom it is about; n 0: nobody with an account    */
    struct glass_line lines[GLASS_LINES_MAX];
    size_t line_count;
};

void glass_add(struct glass_record *record, const char *label, const char *text);

/* A kind of record that can be opened.  A capability declares one; all stand in one list of the
 * program (glass_kinds).  Concerns and equality answers have none, and get none. */
struct glass_kind {
    const char *code; /* "person", "pledge"; never changed */
    const char *name; /* "Account", "Pledge"               */
    /* What was typed as the kind keeps it, without anything that names a person.
     * ERR_NOT_FOUND: none of this kind. */
    enum status (*find)(struct ctx *ctx, const char *typed, const char **thing_out);
    /* Reads it.  ERR_NOT_FOUND: it is gone. */
    enum status (*read)(struct ctx *ctx, const char *thing, struct glass_record *out);
};

/* NULL-ended, in programme_glass.c. */
extern const struct glass_kind *const glass_kinds[];

extern const struct glass_kind oversight_person_kind;

struct glass_request {
    const char *what; /* an address or a reference, as typed */
    const char *reason;
};

/*
 * Opens a record for who asks (ctx->person), for OVERSIGHT_GLASS_SECS, and tells the national
 * leads.  Whether there is such a record shows only by glass_read.  The caller has made sure
 * just now that it is the person.  The same once more while it is open is the same opening.
 *
 *   reference_out  BG-XXXX-XXXX
 *
 * ERR_INVALID  the reason says too little
 * ERR_BUSY     opened OVERSIGHT_GLASS_A_DAY times within a day
 *
 * One transaction; none of it is done when it fails.
 */
MUST_CHECK enum status glass_open(struct ctx *ctx, const struct glass_request *wanted,
                                  const char **reference_out);

struct glass {
    int64_t id;
    const char *reference, *actor, *reason;
    struct person_id actor_id;
    const char *kind; /* code; "none": nothing was found */
    const char *thing;
    bool is_open;
    int64_t opened_at, ends_at;    /* UTC seconds */
    int64_t reviewed_at;           /* 0: not      */
    const char *reviewer, *review; /* "" for none */
};

/* ERR_NOT_FOUND  no such reference.  One query. */
MUST_CHECK enum status glass_find(struct ctx *ctx, const char *reference, struct glass *out);

/*
 * Reads the open record for who opened it, and notes the look.
 *
 * ERR_CONFLICT   it is not open (any more)
 * ERR_NOT_FOUND  there is none such of the person who asks, or there is no such record
 */
MUST_CHECK enum status glass_read(struct ctx *ctx, const char *reference, struct glass_record *out);

/* Closes it before its time.  Safe to repeat. */
MUST_CHECK enum status glass_close(struct ctx *ctx, const char *reference);

/* A national lead looked it over.  Safe to repeat.  ERR_CONFLICT: whoever opened it would
 * review it. */
MUST_CHECK enum status glass_review(struct ctx *ctx, const char *reference, const char *review);

/* ---- for the lists of the program ---- */

extern const struct audit_kind oversight_audit_kinds[];
extern const struct privacy_holding oversight_holdings[];

#endif
