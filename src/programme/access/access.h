/* SPDX-License-Identifier: MIT */
/*
 * access.h - people who sign in, and what each may do.
 *
 * The accesses are what routes require; who has which is the one table of policy.c.  A capability
 * that needs an access of its own adds it here and a line there.
 *
 * Signing in
 *   Somebody types an address; if it is that of a person, a code of six digits is mailed to it, and
 *   it is typed into the browser where it was asked for.  Whether the address is known shows
 *   nowhere: the same rows are written and the same calls made, and the code itself is made and
 *   mailed by a job, later.
 *
 * Events: "created", "opened", "closed", "granted", "ended", "code_sent", "signed_in",
 * "signed_out".
 *
 * Owns the tables person, access_grant, access_code, access_secret and access_event.  Reads
 * organisation, organisation_kind and organisation_record.  Others may read person.
 */
#ifndef PROGRAMME_ACCESS_ACCESS_H
#define PROGRAMME_ACCESS_ACCESS_H

#include "platform/base/ctx.h"
#include "platform/job/job.h"

#include <stddef.h>

/* What a route may require.  The first is WEB_ACCESS_FIRST, which access_web.c asserts. */
enum access {
    MAY_SEE_DESK = 16,
    MAY_SEE_PLEDGES,  /* those not yet public as well, of one's scope                  */
    MAY_WORK_PLEDGES, /* acknowledge, return, publish, withdraw, remind                */
    MAY_SEE_OUTBOX,   /* what waits in the outbox, without what it says                */
    MAY_SEE_IMPORTS,  /* batches of organisations, and what was wrong in them          */
    ACCESS_END        /* one behind the last */
};

struct access_role {
    const char *code; /* "regional" */
    const char *name; /* "Regional lead" */
    bool is_of_area;  /* given for a region; else it counts everywhere */
};

/* Every role; ends with a NULL code. */
const struct access_role *access_roles(void);

/* A few words for what an access allows, "work pledges"; "?" for none that there is. */
const char *access_name(int access);

/* ---- people ---- */

struct access_grant {
    int64_t id;
    const struct access_role *role;
    const char *area;      /* code of a region; "" for everywhere */
    const char *area_name; /* "" for everywhere                    */
    const char *from_on;
};

enum { ACCESS_GRANTS_MAX = 50 };

struct access_person {
    struct person_id id;
    const char *email;
    const char *name;
    int64_t created_at;
    int64_t closed_at;           /* 0: open */
    struct access_grant *grants; /* that count today, in the order in which they were given */
    size_t grant_count;
};

/* ERR_NOT_FOUND  there is no such person.  Two queries. */
MUST_CHECK enum status access_person_find(struct ctx *ctx, const char *email,
                                          struct access_person *out);
MUST_CHECK enum status access_person_get(struct ctx *ctx, struct person_id id,
                                         struct access_person *out);

/* People by address, those behind a given one ("" for the first).  A query a person. */
MUST_CHECK enum status access_person_list(struct ctx *ctx, const char *after_email, int at_most,
                                          struct access_person **out, size_t *count_out);

struct access_new {
    const char *email;
    const char *name; /* NULL: the address, or the name that the person has */
    const char *role; /* code                                                */
    const char *area; /* code of a region for a role of an area; else NULL   */
};

/*
 * Gives a role from today, and makes the person when the address is new.  A closed account is
 * opened again.  Repeating changes nothing.  For `onward user create`; ctx->person is recorded as
 * who did it, nobody as an operator.
 *
 *   changed_out  whether anything was new; may be NULL
 *
 * ERR_INVALID   the address or name cannot be one, there is no such role or region, or the role
 *               needs a region and none is given, or the other way round: ctx->fault says which
 * ERR_CONFLICT  the person has this role for another region: it must be ended first, because a
 *               person works in one region at a time
 * ERR_FAULT     the store failed; nothing was changed
 *
 * One transaction.
 */
MUST_CHECK enum status access_person_add(struct ctx *ctx, const struct access_new *wanted,
                                         struct access_person *out, bool *changed_out);

/* Ends a role from today on.  Closing an account is access_person_close of access_web.h, for it
 * ends sessions too.  ERR_NOT_FOUND: no such person, or without this role. */
MUST_CHECK enum status access_person_end_role(struct ctx *ctx, const char *email, const char *role);

/* ---- what somebody may do ---- */

struct access_granted {
    const char *role; /* code of the role that is used              */
    const char *area; /* only there; NULL: everywhere */
};

/*
 * Whether the person who asks (ctx->person) may do this today.
 *
 * ERR_FORBIDDEN  no, or nobody asks
 *
 * One query.
 */
MUST_CHECK enum status access_check(struct ctx *ctx, enum access access,
                                    struct access_granted *out);

/* The same for roles that were read before; no query. */
MUST_CHECK enum status access_check_of(const struct access_person *person, enum access access,
                                       struct access_granted *out);

/* ---- signing in ---- */

enum {
    ACCESS_CODE_DIGITS = 6,
    ACCESS_CODE_SECS = 10 * 60,       /* how long a code may be used                       */
    ACCESS_CODE_TRIES = 5,            /* how often one may be typed                        */
    ACCESS_CODES_AN_HOUR = 6,         /* asked for one address                             */
    ACCESS_CODES_A_DAY = 20,          /* so at most 100 guesses of a million a day           */
    ACCESS_CALLER_ASKS_AN_HOUR = 120, /* by one caller; a hospital may share one            */
    ACCESS_CALLER_WRONG_AN_HOUR = 40,
    ACCESS_CODE_KEPT_SECS = 86400,
    ACCESS_PATH_BYTES_MAX = 500
};

/* Who asks, as the web sees it; both are hashes and neither is "". */
struct access_caller {
    const char *browser;
    const char *address;
};

/*
 * Somebody wants to sign in with this address.  goes_to: where to go then; what is no path of this
 * service (access_path) is left out.
 *
 * ERR_BUSY     too many codes were asked for this address, or by this caller: wait an hour.
 *              Whether the address is known does not matter
 * ERR_FORBIDDEN  the caller has no browser
 * ERR_FAULT    the store failed
 *
 * One transaction; the same calls whoever the address belongs to.
 */
MUST_CHECK enum status access_code_ask(struct ctx *ctx, const struct access_caller *caller,
                                       const char *email, const char *goes_to);

/* The address for which this browser has a code that can still be typed.  ERR_NOT_FOUND: none. */
MUST_CHECK enum status access_code_awaited(struct ctx *ctx, const char *browser,
                                           const char **email_out);

enum access_outcome {
    ACCESS_SIGNED_IN,
    ACCESS_CODE_WRONG,
    ACCESS_CODE_TOO_OFTEN, /* typed wrong ACCESS_CODE_TRIES times: a new one is needed */
    ACCESS_CODE_OVER,      /* there is none, it was used, or its time is over         */
    ACCESS_WAIT            /* this caller typed too many wrong ones: wait an hour       */
};

struct access_entry {
    enum access_outcome outcome;
    struct person_id person; /* the rest when ACCESS_SIGNED_IN */
    const char *goes_to;     /* a path of this service; never ""  */
};

/*
 * A code was typed in this browser.  A code works once.  The caller then begins the session.
 *
 * ERR_INVALID  it has not six digits; this counts as no try
 * ERR_FAULT    the store failed; it may be typed again
 *
 * One transaction.
 */
MUST_CHECK enum status access_code_type(struct ctx *ctx, const struct access_caller *caller,
                                        const char *typed, struct access_entry *out);

/* Whether text can be sent as a Location without leading away from this service, or back to where
 * one signs in: one slash in front, printable ASCII without \ and control characters. */
bool access_path_is_ours(const char *path);

/* Notes that the person who asks signed out.  OK also when nobody does. */
MUST_CHECK enum status access_note_signed_out(struct ctx *ctx);

/* ---- what was done ---- */

struct access_event {
    int64_t at;
    const char *what;
    struct person_id actor; /* n 0: an operator, by command */
    const char *role, *area;
};

/* What concerns a person, the newest first. */
MUST_CHECK enum status access_event_list(struct ctx *ctx, struct person_id person, int at_most,
                                         struct access_event **out, size_t *count_out);

/* Making and mailing codes, and removing old ones. */
extern const struct job_kind access_job_kinds[];

#endif
