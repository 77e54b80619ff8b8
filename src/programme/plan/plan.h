/* SPDX-License-Identifier: MIT */
/*
 * plan.h - living plans: what becomes of the actions that a pledge promised.
 *
 * A pledge has one plan a period (pledge.period).  It begins when the pledge is on the register,
 * with the actions that were signed; when the review was signed, the next one begins with those
 * that are neither embedded nor stopped, each pointing to the one it goes on from.  Until the job
 * has written the rows down a plan is read as it will be, so that nobody meets an empty page.
 *
 * People write updates: a day, a state, red, amber or green, a note, and what shows it (words, a
 * link, a file).  Nothing is overwritten: a correction is one more update, and says which one it
 * takes the place of.  An update may move the day of an action, with a reason; the day that was
 * promised is shown beside it.  Where an action stands is what its last update says, each taken as
 * it was last corrected.  Overdue is never kept: it follows from the day.
 *
 * Who may work on it: the two who sign for the pledge today, whom one of those invited, and roles
 * with MAY_WORK_PLANS of the organisation that holds it.  Who may see all pledges of the area reads
 * it.  For everybody else it does not exist; the public has pages of its own, without names.
 *
 * Owns the tables plan and plan_*.  Reads pledge, pledge_revision, pledge_party, person,
 * access_grant, organisation and privacy_hold.  Others may read plan and plan_action.
 *
 * Rules that are ours: updates are asked for after PLAN_QUIET_DAYS without one; the lead is
 * reminded PLAN_BEFORE_DAYS before the day, on the day, and each PLAN_AGAIN_DAYS behind it.
 */
#ifndef PROGRAMME_PLAN_PLAN_H
#define PROGRAMME_PLAN_PLAN_H

#include "platform/base/filled.h"
#include "programme/audit/audit.h"
#include "programme/pledge/pledge.h"

enum {
    PLAN_ACTIONS_MAX = 100,
    PLAN_UPDATES_MAX = 5000, /* of all actions of a plan */
    PLAN_MEMBERS_MAX = 50,   /* at a time                */
    PLAN_QUIET_DAYS = 90,
    PLAN_BEFORE_DAYS = 30,
    PLAN_AGAIN_DAYS = 30,
    PLAN_LINK_SECS = 30 * 86400, /* how long a link to join works */
    PLAN_URL_CHARS_MAX = 500
};

enum plan_state { PLAN_PLANNED, PLAN_IN_PROGRESS, PLAN_EMBEDDED, PLAN_STOPPED, PLAN_STATES };
enum plan_rag { PLAN_RED, PLAN_AMBER, PLAN_GREEN, PLAN_NOT_RATED, PLAN_RAGS };

const char *plan_state_code(enum plan_state state); /* "planned", "in-progress" ... */
const char *plan_state_text(enum plan_state state); /* "In progress" */
enum plan_state plan_state_of(const char *code);    /* PLAN_STATES: no such code */
const char *plan_rag_code(enum plan_rag rag);       /* "red" ...; "" not rated */
const char *plan_rag_text(enum plan_rag rag);
enum plan_rag plan_rag_of(const char *code); /* PLAN_RAGS: no such code */

/* ---- reading ---- */

struct plan_evidence {
    const char *kind; /* "text", "link", "file" */
    const char *text; /* the words; the address; the name of the file */
    int64_t upload_id;
};

struct plan_update {
    int64_t number; /* from 1 */
    int64_t at;
    const char *happened_on;
    const char *by; /* name of who wrote it; "" for the public, and when it was erased */
    enum plan_state state;
    enum plan_rag rag;
    const char *reason, *note;
    const char *due_on, *due_reason; /* the day moves to, and why; "" it does not */
    bool is_public;
    int64_t person_id;
    int64_t corrects, corrected_by; /* numbers; 0: none */
    struct plan_evidence *evidence;
    size_t evidence_count;
};

struct plan_action {
    int64_t number, continues;
    const char *intention, *intention_name;
    const char *baseline, *action, *measure, *target, *partners, *start_on, *due_on;
    const char *promised_on;            /* the day before an update moved it: due_on, if none did */
    const char *lead;                   /* as it was written; "" for the public */
    const char *lead_name, *lead_email; /* who is reminded; "" for nobody, and for the public */
    int64_t lead_number;                /* how often that was changed */
    int64_t added_at;
    enum plan_state state;
    enum plan_rag rag;
    bool is_overdue;
    struct plan_update *updates; /* all, oldest first; for the public none */
    size_t update_count;
    const struct plan_update *moved;  /* that moved the day, and may be read; NULL: none */
    const struct plan_update *newest; /* that counts and may be read by this reader; NULL: none */
};

struct plan_summary {
    int64_t total, overdue;
    int64_t state[PLAN_STATES];
    int64_t rag[PLAN_RAGS]; /* of those planned or in progress */
};

struct plan {
    const struct pledge *pledge;
    int64_t period;
    bool is_live;      /* the newest of a pledge that is in force: may be worked on */
    bool is_begun;     /* its rows are written down */
    const char *as_on; /* the day for which overdue is computed: today, or the plan's last one */
    int64_t opened_at;
    struct plan_action *actions;
    size_t count;
    struct plan_summary summary;
};

enum plan_reader { PLAN_FOR_PUBLIC, PLAN_FOR_WORKERS };

/*
 * The plan of a pledge in a period; 0 is the newest.
 *
 * ERR_NOT_FOUND  the pledge was never on the register, or has no such period
 *
 * Five queries.
 */
struct plan_wanted {
    const struct pledge *pledge;
    int64_t period;
    enum plan_reader reader;
};
MUST_CHECK enum status plan_read(struct ctx *ctx, const struct plan_wanted *wanted,
                                 struct plan *out);

/* NULL: there is none of this number. */
const struct plan_action *plan_action_of(const struct plan *plan, int64_t number);
const struct plan_update *plan_update_of(const struct plan_action *action, int64_t number);

/* An action in two periods; one of them NULL: ended before, or new since. */
struct plan_pair {
    const struct plan_action *before, *after;
};

/* The actions of two plans of a pledge side by side: those that go on first, then those that ended,
 * then the new ones.  between: the plans from the earlier to the later one, both included. */
MUST_CHECK enum status plan_compare(struct ctx *ctx, const struct plan *between, size_t count,
                                    struct plan_pair **out, size_t *count_out);

/* ---- working on it; who may is the caller's to know (plan_may) ---- */

/* How a person comes to a plan. */
enum plan_seat { PLAN_STRANGER, PLAN_PARTY, PLAN_GUEST };

/* Whether the person who asks signs for the pledge, or was invited.  Roles are asked for apart. */
MUST_CHECK enum status plan_seat_of(struct ctx *ctx, const struct pledge *pledge,
                                    enum plan_seat *out);

/* Which action, and of which plan: a plan that is not the live one is not changed any more. */
struct plan_place {
    const char *reference; /* of the pledge */
    int64_t period, action;
};

struct plan_draft {
    const char *happened_on, *state, *reason, *rag, *note;
    const char *due_on, *due_reason; /* the day moves; "" it does not */
    struct form_several only;        /* "workers": not for the public */
    const char *evidence, *link;
    struct form_file file;
    int64_t corrects; /* number of an update of this action; 0: none */
    int64_t seen;     /* how many updates the person knew of; -1: not said */
};

/* What is wrong with the words of an update, by field; plan_tell checks it again. */
void plan_check(struct ctx *ctx, const struct plan_draft *draft, struct form_problems *problems);

/*
 * One more update.  The same again within the hour, by the same person, changes nothing.  When
 * there are updates that the person had not seen, nothing is written and problems says so: two who
 * write at once both read each other first, and both updates stay.
 *
 *   number_out  its number
 *
 * ERR_INVALID    problems says what is wrong
 * ERR_NOT_FOUND  there is no such pledge, plan or action, or no such update to correct
 * ERR_CONFLICT   the plan is not the live one, or the pledge not in force any more
 *
 * One transaction.
 */
MUST_CHECK enum status plan_tell(struct ctx *ctx, const struct plan_place *place,
                                 const struct plan_draft *draft, struct form_problems *problems,
                                 int64_t *number_out);

/* Why a link cannot be taken as evidence, as a sentence; NULL: it can.  http and https only, with
 * a host, without a name or password in it. */
const char *plan_link_problem(const char *url);

/* A new action in the live plan; place->action is not read.  Statuses as plan_tell. */
MUST_CHECK enum status plan_action_new(struct ctx *ctx, const struct plan_place *place,
                                       const struct pledge_action_draft *draft,
                                       struct form_problems *problems, int64_t *number_out);

/* Who leads an action from now on and is reminded of it; email "": nobody.  Somebody who cannot
 * work on the plan yet is invited too, unless the one who asks was invited only: ERR_INVALID.
 * Statuses as plan_tell. */
MUST_CHECK enum status plan_lead_set(struct ctx *ctx, const struct plan_place *place,
                                     const char *name, const char *email,
                                     struct form_problems *problems);

/* ---- the people of a plan ---- */

struct plan_member {
    int64_t number;
    const char *name, *email, *last_on;
    int64_t invited_at, joined_at, ended_at; /* 0: not */
    bool counts;                             /* may work on it today */
};

/* Those who were invited, not yet erased, the newest first. */
MUST_CHECK enum status plan_member_list(struct ctx *ctx, const struct pledge *pledge,
                                        struct plan_member **out, size_t *count_out);

struct plan_invitation {
    const char *name, *email, *last_on; /* last_on "": no end */
};

/* Mails a link to join.  Again: a new link takes the place of the one before.
 * ERR_INVALID  problems says what is wrong.  ERR_CONFLICT as plan_tell. */
MUST_CHECK enum status plan_invite(struct ctx *ctx, const char *reference,
                                   const struct plan_invitation *invitation,
                                   struct form_problems *problems);

/* Ends it from now on.  Again: OK.  ERR_NOT_FOUND: there is none of this number. */
MUST_CHECK enum status plan_member_end(struct ctx *ctx, const struct pledge *pledge,
                                       int64_t number);

struct plan_joining {
    const char *reference, *organisation_name, *email;
    bool is_over, has_joined;
};

/* What a mailed link is about; changes nothing.  ERR_NOT_FOUND: there is no such link. */
MUST_CHECK enum status plan_link_open(struct ctx *ctx, const char *token, struct plan_joining *out);

/* The button was pressed: there is an account for the address then.  Again: OK.
 * ERR_CONFLICT: the link is over */
MUST_CHECK enum status plan_link_join(struct ctx *ctx, const char *token, struct plan_joining *out);

/* ---- jobs ---- */

/* Begins the plan of the pledge's period, with those before it, if it is not there. */
MUST_CHECK enum status plan_begin(struct ctx *ctx, const char *reference);

/* Begins what is to begin of the pledges that moved since a time; welcomes those who sign. */
MUST_CHECK enum status plan_begin_all(struct ctx *ctx, int64_t since, int64_t *begun_out);

/* Mails those who lead an action what is due. */
MUST_CHECK enum status plan_remind_all(struct ctx *ctx, int64_t *mailed_out);

/* ---- for the lists of the program ---- */

extern const struct audit_kind plan_audit_kinds[];
extern const struct job_kind plan_job_kinds[];
extern const struct privacy_holding plan_holdings[];

#endif
