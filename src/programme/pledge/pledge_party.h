/* SPDX-License-Identifier: MIT */
/*
 * pledge_party.h - a pledge in other hands: another person signs for a side, another organisation
 * holds it, it becomes a part of another pledge, or it was not made by its organisation at all.
 *
 * A part of the front door of pledge/, which includes it at its end; see there for the tables.
 */
#ifndef PROGRAMME_PLEDGE_PLEDGE_PARTY_H
#define PROGRAMME_PLEDGE_PLEDGE_PARTY_H

#include "programme/pledge/pledge.h"

enum {
    PLEDGE_SAME_ASKING_SECS = 600, /* see pledge_hand_over; ours                    */
    PLEDGE_DISPUTE_DAYS = 10,      /* a dispute is decided by then; ours            */
    PLEDGE_DISPUTES_A_DAY = 3,     /* raised by one address                         */
    PLEDGE_DISPUTES_OPEN_MAX = 20, /* of one pledge; the programme knows by then    */
    PLEDGE_PARTS_MAX = 20,         /* pledges in another one that are shown with it */
    PLEDGE_HEIRS_MAX = 50          /* organisations that took over from one         */
};

/* ---- handing a side over (pledge_party_ask.c) ----
 *
 * Who signs for a side names another person, who gets a mailed link and says yes or no.  Instead of
 * who signs today, the lead of the organisation may do it for the employer's side, and the
 * programme for both.  The staff side is handed over by nobody else of the employer.
 *
 * What was signed stays as it was.  So while a pledge waits for signatures nothing is handed over:
 * who signs stands in its very words, and it is sent back to name another one.
 */

/* Whom a side speaks for, as people read it: "the employer", "the staff side". */
const char *pledge_side_text(const char *role);

/* One side, as those who may hand it over see it. */
struct pledge_side {
    struct pledge_party party;
    int64_t since_at;   /* UTC seconds: handed over then; 0: since the pledge was sent   */
    bool may_hand_over; /* the person who asks                                           */
    const char *asked_name, *asked_title; /* who was asked and has not answered; "" nobody  */
    int64_t asked_at;
    bool is_asked_in_vain; /* the link has ended */
};

struct pledge_sides {
    const char *reference, *organisation_name, *organisation_code;
    enum pledge_state state;
    bool can_be_handed_over; /* in this state                        */
    struct pledge_side side[2];
    size_t count; /* 1 without a staff side */
};

/*
 * Who signs for a pledge.  is_programme: asked at the desk, whose route has checked the access.
 *
 * ERR_NOT_FOUND  no such pledge, or the person who asks may hand over no side of it
 */
MUST_CHECK enum status pledge_sides(struct ctx *ctx, const char *reference, bool is_programme,
                                    struct pledge_sides *out);

/* Somebody is to sign for a side from now on. */
struct pledge_successor {
    const char *role; /* "leader" or "cosigner" */
    const char *name, *title, *email;
    const char *reason; /* for those who work with the pledge */
};

/*
 * Asks them by mail.  Whoever was asked before and has not answered is asked no more.  The very
 * same within PLEDGE_SAME_ASKING_SECS is a button that was pressed twice, and sends nothing more;
 * after that it is a new link for a message that was lost.
 *
 * ERR_NOT_FOUND  as pledge_sides, or there is no such side, or it is not theirs to hand over
 * ERR_INVALID    problems says what is wrong: they sign already, or would then sign for both sides
 * ERR_CONFLICT   the pledge waits for signatures, or is over
 *
 * One transaction.
 */
MUST_CHECK enum status pledge_hand_over(struct ctx *ctx, const char *reference,
                                        const struct pledge_successor *successor, bool is_programme,
                                        struct form_problems *problems);

/* What the holder of such a link is asked. */
struct pledge_taking {
    const char *reference, *organisation_name;
    const char *role, *name, *title, *reason;
    const char *text; /* the words that were signed */
    bool is_public;
    bool is_taken;
};

/*
 * Reading changes nothing.
 *
 * ERR_NOT_FOUND  no such link
 * ERR_CONFLICT   it is too old, another person was asked since, they have refused, or the pledge is
 *                over; out is filled as far as the page needs to say so
 */
MUST_CHECK enum status pledge_taking_open(struct ctx *ctx, const char *token,
                                          struct pledge_taking *out);

/* Says yes, once however often.  ERR_CONFLICT also: they sign for the other side meanwhile. */
MUST_CHECK enum status pledge_take_over(struct ctx *ctx, const char *token);

/* Says no; twice is OK.  Statuses as pledge_taking_open. */
MUST_CHECK enum status pledge_take_over_refuse(struct ctx *ctx, const char *token);

/* ---- where a pledge goes on (pledge_succeed.c, pledge_merge.c) ----
 *
 * Rule: when an organisation has closed and one other took over, its pledge goes with it.  If the
 * one that took over has no live pledge, it holds this one from then on, with the same chain and
 * reference.  If it has one, the older pledge becomes a part of that; one in force waits until the
 * other is in force as well.  When several took over, staff choose.  A succession that is taken
 * back moves nothing: the desk is told.
 */

/* Lets one pledge go on as far as the rule says.  moved_out: whether it went anywhere.  One
 * transaction for each step. */
MUST_CHECK enum status pledge_succeed(struct ctx *ctx, const char *reference, bool *moved_out);

/* The same for all, in portions; a job does it every night. */
MUST_CHECK enum status pledge_succeed_all(struct ctx *ctx, int64_t *moved_out);

/* Puts that job, to be done at once: after an import.  In the caller's transaction or not. */
MUST_CHECK enum status pledge_succeed_soon(struct ctx *ctx);

struct pledge_heir {
    int64_t id;
    const char *code, *name;
    const char *on;             /* the first day of who took over      */
    const char *live_reference; /* of a live pledge that it has; ""    */
};

/* Who took over from the organisation that holds a pledge, and has closed. */
MUST_CHECK enum status pledge_heirs_of(struct ctx *ctx, const struct pledge *pledge,
                                       struct pledge_heir **out, size_t *count_out);

/*
 * Staff choose where a pledge goes whose organisation has split.  Twice is OK.
 *
 * ERR_INVALID   this one did not take over
 * ERR_CONFLICT  the pledge is over, or has gone elsewhere
 */
MUST_CHECK enum status pledge_choose_heir(struct ctx *ctx, const char *reference,
                                          const char *heir_code, const char *reason);

/* A succession by which a pledge went on, and that is not known any more. */
struct pledge_undone {
    int64_t number; /* of the event */
    bool is_merged;
    const char *from_code, *from_name, *to_code, *to_name, *on;
    bool
        can_go_back; /* it was carried over, is held there still, and nothing stands in its place */
};
MUST_CHECK enum status pledge_undone_of(struct ctx *ctx, const struct pledge *pledge,
                                        struct pledge_undone *out, bool *is_any_out);

/* Staff let it stay where it is, or bring it back.  ERR_CONFLICT: it cannot go back, or there is
 * nothing to decide. */
MUST_CHECK enum status pledge_settle(struct ctx *ctx, const char *reference, bool goes_back,
                                     const char *reason);

/* Two pledges of which one is to become a part of the other. */
struct pledge_merge {
    const char *goes, *stays; /* references */
    const char *reason;
};

/*
 * Merges duplicates.  look only: whether it could be done, and fills both with what they are.
 *
 * ERR_INVALID    problems, of the field "into", says why not: into itself, into one that is over,
 *                or there is none
 * ERR_CONFLICT   the one that goes is over
 */
MUST_CHECK enum status pledge_merge_look(struct ctx *ctx, const struct pledge_merge *merge,
                                         struct form_problems *problems, struct pledge *goes_out,
                                         struct pledge *stays_out);
MUST_CHECK enum status pledge_merge(struct ctx *ctx, const struct pledge_merge *merge,
                                    struct form_problems *problems);

/* The pledge in which one goes on at last, however many were merged in between, as staff see it.
 * ERR_NOT_FOUND: it is a part of none. */
MUST_CHECK enum status pledge_whole_of(struct ctx *ctx, const struct pledge *pledge,
                                       struct pledge *out);

/* What became a part of a pledge, also by way of others, oldest first. */
MUST_CHECK enum status pledge_parts_of(struct ctx *ctx, const char *reference,
                                       const char ***references_out, size_t *count_out);

/* The value of "key=value" among the lines of an event's detail; "" for none. */
const char *pledge_detail(struct mem *mem, const char *detail, const char *key);

/* ---- "this was not us" (pledge_dispute.c) ---- */

struct pledge_dispute_draft {
    const char *pledge; /* its code, or its reference, as typed */
    const char *why;    /* code of pledge_dispute_whys          */
    const char *words;
    const char *name, *job_title, *email, *phone;
};

struct pledge_dispute_word {
    const char *code, *text;
};

/* What can be wrong, and where a dispute can stand.  Each ends with a NULL code. */
extern const struct pledge_dispute_word pledge_dispute_whys[], pledge_dispute_states[];
const char *pledge_dispute_text(const struct pledge_dispute_word *words, const char *code);

/* A pledge by its code, or, when it is public, by its reference, typed in any way. */
MUST_CHECK enum status pledge_dispute_pledge(struct ctx *ctx, const char *typed,
                                             struct pledge *out);

/* Whether the pledge that is named can be disputed: adds problems of the field "pledge". */
MUST_CHECK enum status pledge_dispute_check(struct ctx *ctx,
                                            const struct pledge_dispute_draft *draft,
                                            struct form_problems *problems);

/*
 * Somebody says that a pledge was not made by its organisation.  Saying it again with the same
 * address while it is open is the same dispute, and looks the same.
 *
 * ERR_INVALID  problems says what is wrong: no such pledge, it is over, too many today
 *
 * The caller's transaction.
 */
MUST_CHECK enum status pledge_dispute_raise(struct ctx *ctx,
                                            const struct pledge_dispute_draft *draft,
                                            struct form_problems *problems,
                                            const char **reference_out);

struct pledge_dispute {
    const char *reference, *pledge; /* both references */
    const char *state, *why, *words;
    const char *name, *job_title, *email, *phone;
    const char *due_on, *answer;
    int64_t raised_at, decided_at; /* UTC seconds; 0: not yet */
};

/* ERR_NOT_FOUND: there is none. */
MUST_CHECK enum status pledge_dispute_find(struct ctx *ctx, const char *reference,
                                           struct pledge_dispute *out);

/* Those of a pledge, oldest first, without what could name people. */
MUST_CHECK enum status pledge_disputes(struct ctx *ctx, const struct pledge *pledge,
                                       struct pledge_dispute **out, size_t *count_out);

struct pledge_decision {
    bool was_not_made;  /* the pledge is withdrawn, and all its open disputes end so */
    const char *answer; /* to who raised it, by mail                                 */
};

/*
 * Staff decide.  Saying the same twice is OK.
 *
 * ERR_NOT_FOUND  there is none
 * ERR_CONFLICT   it was decided otherwise
 */
MUST_CHECK enum status pledge_dispute_decide(struct ctx *ctx, const char *reference,
                                             const struct pledge_decision *decision);

#endif
