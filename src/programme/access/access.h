/* SPDX-License-Identifier: MIT */
/*
 * access.h - people who sign in, and what each may do.
 *
 * The accesses are what routes require; who has which is the one table of policy.c.  A capability
 * that needs an access of its own adds it here and a line there.
 *
 * Mailed codes
 *   Somebody types an address; if it is that of a person, a code of six digits is mailed to it, and
 *   it is typed into the browser where it was asked for.  Whether the address is known shows
 *   nowhere: the same rows are written and the same calls made, and the code itself is made and
 *   mailed by a job, later.  The pages of signing in, and all other ways in, are account/'s.
 *
 * What was done is noted by audit/, with the kinds of access_audit_kinds.
 *
 * Owns the tables person, access_grant, access_code and access_secret.  Reads organisation,
 * organisation_kind and organisation_record.  Others may read person and access_grant.
 */
#ifndef PROGRAMME_ACCESS_ACCESS_H
#define PROGRAMME_ACCESS_ACCESS_H

#include "platform/base/ctx.h"
#include "platform/job/job.h"
#include "programme/audit/audit.h"
#include "programme/privacy/privacy.h"

#include <stddef.h>

/* What a route may require.  The first is WEB_ACCESS_FIRST, which access_web.c asserts. */
enum access {
    MAY_SEE_DESK = 16,
    MAY_SEE_PLEDGES,      /* those not yet public as well, of one's scope                  */
    MAY_WORK_PLEDGES,     /* acknowledge, return, publish, withdraw, remind                */
    MAY_SEE_OUTBOX,       /* what waits in the outbox, without what it says                */
    MAY_SEE_IMPORTS,      /* batches of organisations, and what was wrong in them          */
    MAY_SEE_PEOPLE,       /* names, addresses and roles of people in one's scope           */
    MAY_GIVE_ROLES,       /* invite, give and end roles that lie within one's scope        */
    MAY_DECIDE_CLAIMS,    /* vouch for or refuse who says that they speak for an organisation */
    MAY_READ_AUDIT,       /* who did and saw what, in one's scope                          */
    MAY_SEE_CONCERNS,     /* safeguarding, need-to-know                                    */
    MAY_SEE_EQUALITY,     /* figures behind disclosure control; never a person's answers   */
    MAY_ANSWER_RIGHTS,    /* requests and complaints about personal data                   */
    MAY_KEEP_RECORDS,     /* retention rules, holds and what was removed, without contents */
    MAY_MAKE_TOKENS,      /* keys by which another program acts for an organisation        */
    MAY_BREAK_GLASS,      /* with a reason, and the national lead is told                  */
    MAY_REVIEW_GLASS,     /* look over what was opened in an emergency                      */
    MAY_CHASE_CONCERNS,   /* know that one reached nobody, never what it says              */
    MAY_WORK_PLANS,       /* keep the action plan of a pledge of one's organisation          */
    MAY_RECORD_PAPER,     /* record what was signed on paper, and check what another recorded */
    MAY_CHASE_PLEDGES,    /* see who has not signed, and write letters                       */
    MAY_EDIT_CONTENT,     /* write, publish and take down what the public reads              */
    MAY_RUN_EVENTS,       /* events of one's area: bookings with names, attendance           */
    MAY_KEEP_LEADS,       /* say who is the local lead where and when                        */
    MAY_ANSWER_ENQUIRIES, /* read and answer what people ask of the lead of an area        */
    MAY_SEND_NEWSLETTER,  /* compose, approve and send; never the list of who gets it       */
    ACCESS_END            /* one behind the last */
};

/* Where a role counts, the widest first. */
enum access_level {
    ACCESS_NATIONAL,
    ACCESS_REGION,
    ACCESS_BOARD,
    ACCESS_ORGANISATION, /* a school or college too */
    ACCESS_SITE
};

/* How far a role reaches with an access. */
enum access_reach {
    ACCESS_NOTHING, /* the default */
    ACCESS_OWN,     /* what lies in the area that the role was given for */
    ACCESS_ALL
};

struct access_role {
    const char *code;    /* "regional" */
    const char *name;    /* "Regional lead" */
    const char *summary; /* what they do here, as a part of a sentence */
    unsigned levels;     /* 1u << enum access_level, for each at which it can be given */
    bool sees_many;      /* sees many people's data: needs a second factor to sign in */
};

/* Every role; ends with a NULL code. */
const struct access_role *access_roles(void);

/* NULL: there is no role of this code in this release. */
const struct access_role *access_role_of(const char *code);

/* "Organisation lead"; the code itself when there is no such role. */
const char *access_role_name(const char *code);

/* "Organisation lead", or "Organisation lead for Barts Health NHS Trust"; role: its code; area_name
 * "": everywhere. */
const char *access_post_text(struct mem *mem, const char *role, const char *area_name);

/* A few words for what an access allows, "work pledges"; "?" for none that there is. */
const char *access_name(int access);

/* The policy, a cell of it; ACCESS_NOTHING for a role or an access that is not in the table. */
enum access_reach access_reach(const char *role, enum access access);

/* Whether who has the one role may give the other at all, within the own area; a part of the
 * policy.  access_check_give says whether somebody may give it to somebody. */
bool access_gives(const char *giver, const char *role);

/* "Region", "Integrated care board" ... */
const char *access_level_name(enum access_level level);

/* ---- where something counts ---- */

/*
 * A scope is the code of an area: a region, a board, an organisation or a site, with all that lies
 * in it today; NULL is everywhere.  Queries are narrowed by organisation_within (see
 * directory/directory_0002.sql), and so is this:
 *
 * Whether an organisation, school, site, board or region (by code) lies in a scope.
 *
 * ERR_NOT_FOUND  there is none of this code.  Two queries at most; none for everywhere.
 */
MUST_CHECK enum status access_scope_holds(struct ctx *ctx, const char *scope, const char *code,
                                          bool *out);

/* ---- people ---- */

struct access_grant {
    int64_t id;
    const struct access_role *role;
    enum access_level level;
    const char *area;      /* code of an organisation of that level; "" for everywhere */
    const char *area_name; /* "" for everywhere                    */
    const char *from_on;   /* the first day that it counts         */
    const char *until_on;  /* the first day that it does not; "" for no end */
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
    int64_t works_as; /* the grant that the person chose to work as; 0: none          */
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
    const char *name;     /* NULL: the address, or the name that the person has */
    const char *role;     /* code; NULL: an account without a role               */
    const char *area;     /* code of an organisation, board or region; NULL or "": everywhere */
    const char *until_on; /* the first day that it does not count; NULL: no end */
    const char *from_on;  /* the first day that it counts; NULL: today           */
};

/*
 * Gives a role, and makes the person when the address is new.  A closed account is
 * opened again.  Repeating changes nothing.  For `onward user create`; ctx->person is recorded as
 * who did it, nobody as an operator.
 *
 *   changed_out  whether anything was new; may be NULL
 *
 * ERR_INVALID   the address, name or day cannot be one, there is no such role or area, or the role
 *               cannot be given for an area of that level: ctx->fault says which
 * ERR_FAULT     the store failed; nothing was changed
 *
 * One transaction.
 */
MUST_CHECK enum status access_person_add(struct ctx *ctx, const struct access_new *wanted,
                                         struct access_person *out, bool *changed_out);

/*
 * Gives a person another address, in the caller's transaction.  Whether it may be is for the
 * caller to know.
 *
 * ERR_INVALID   it cannot be an address
 * ERR_CONFLICT  somebody has it already
 */
MUST_CHECK enum status access_person_move(struct ctx *ctx, struct person_id id, const char *email);

enum { ACCESS_NAME_CHARS_MAX = 200 };

/*
 * Gives a person another name, which the audit notes with the one before.  It is the account's
 * alone: what was signed, asked or mailed before keeps the name that it was done under.
 *
 *   changed_out  false: that was the name already
 *
 * ERR_INVALID   no name, or longer than ACCESS_NAME_CHARS_MAX
 *
 * Within the caller's transaction, or in one of its own.
 */
MUST_CHECK enum status access_person_rename(struct ctx *ctx, struct person_id id, const char *name,
                                            bool *changed_out);

/* Ends a role from today on, in one area (code) or, NULL, wherever the person has it.  Closing an
 * account is access_person_close of access_web.h, for it ends sessions too.  ERR_NOT_FOUND: no such
 * person, or without this role. */
MUST_CHECK enum status access_person_end_role(struct ctx *ctx, const char *email, const char *role,
                                              const char *area);

/* ---- what somebody may do ---- */

struct access_granted {
    const char *role; /* code of the role that is used */
    int64_t grant_id;
    const char *scope; /* only there; NULL: everywhere */
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

/*
 * Whether the person who asks may do this for one organisation, school, board or region (by its
 * code): some role of theirs with this access holds it in its scope.  The scope that is answered is
 * the role's.
 *
 * ERR_FORBIDDEN  no, or nobody asks
 * ERR_NOT_FOUND  there is none of this code
 */
MUST_CHECK enum status access_check_for(struct ctx *ctx, enum access access, const char *code,
                                        struct access_granted *out);

/* The same as access_check for roles that were read before; no query. */
MUST_CHECK enum status access_check_of(const struct access_person *person, enum access access,
                                       struct access_granted *out);

/* ---- giving and ending roles by people ---- */

/* What is known of the area of a role. */
struct access_area {
    const char *code, *name; /* "" for everywhere */
    enum access_level level;
    int64_t organisation_id;    /* 0 for everywhere                                 */
    const char *board, *region; /* codes of where it lies today; "" when not known  */
};

/* ERR_NOT_FOUND  there is no such organisation, or it has closed.  "" is everywhere. */
MUST_CHECK enum status access_area_find(struct ctx *ctx, const char *code, struct access_area *out);

/* A role that somebody has, or is to have. */
struct access_post {
    const char *role, *area; /* codes; area "": everywhere */
};

/*
 * Whether the person who asks may give this role there, and end it: they have a role with
 * MAY_GIVE_ROLES whose area holds the other's, and the policy lets it give this one.  So nobody
 * gives what reaches wider than they do.
 *
 * ERR_INVALID    there is no such role or area, or the role is not for an area of that level
 * ERR_FORBIDDEN  no
 */
MUST_CHECK enum status access_check_give(struct ctx *ctx, const struct access_post *post,
                                         struct access_granted *out);

/* A role by its number, whether it counts today or not.  ERR_NOT_FOUND: there is none. */
MUST_CHECK enum status access_grant_get(struct ctx *ctx, int64_t grant_id,
                                        struct person_id *person_out, struct access_grant *out);

/* Ends a role from today on; one that has ended stays as it is, OK.  ERR_NOT_FOUND: there is none.
 * The caller's transaction, or one of its own. */
MUST_CHECK enum status access_grant_stop(struct ctx *ctx, int64_t grant_id);

struct access_holder {
    struct person_id person;
    const char *email, *name;
};

/* Who has a role in just this area today, the longest first.  One query. */
MUST_CHECK enum status access_holders(struct ctx *ctx, const struct access_post *post, int at_most,
                                      struct access_holder **out, size_t *count_out);

/* Whether some role of theirs sees many people's data. */
bool access_sees_many(const struct access_person *person);

/* ---- mailed codes ---- */

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
    struct person_id
        proves; /* is signed in as this person, and proves it once more; n 0: signs in */
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

/* The key of keyed hashes of short codes, HASH_KEY_BYTES long, the same on all nodes; made when
 * there is none.  Say in what is hashed what it is for. */
MUST_CHECK enum status access_key(struct ctx *ctx, unsigned char *key_out);

/* Notes that somebody signed in, in the caller's transaction or in one of its own. */
MUST_CHECK enum status access_note_signed_in(struct ctx *ctx, struct person_id person);

/* Whether text can be sent as a Location without leading away from this service, or back to where
 * one signs in: one slash in front, printable ASCII without \ and control characters. */
bool access_path_is_ours(const char *path);

/* Chooses the grant to work as (its id), or none (0: the widest counts).  ERR_NOT_FOUND: the person
 * who asks has no such grant today. */
MUST_CHECK enum status access_work_as(struct ctx *ctx, int64_t grant_id);

/* Notes that the person who asks signed out.  OK also when nobody does. */
MUST_CHECK enum status access_note_signed_out(struct ctx *ctx);

/* The kinds of events that access notes. */
extern const struct audit_kind access_audit_kinds[];

/* Making and mailing codes. */
extern const struct job_kind access_job_kinds[];

/* What access keeps about people. */
extern const struct privacy_holding access_holdings[];

#endif
