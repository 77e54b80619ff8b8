/* SPDX-License-Identifier: MIT */
/*
 * member.h - the people of an organisation: who joins, by invitation or by a claim; who leaves, and
 * what becomes of what waited for them.
 *
 * Roles are access_grant's (access.h); this folder says how people come to them.
 *
 *   invitation   OPEN --accept--> ACCEPTED          claim   UNPROVEN --the mailed link--> WAITING
 *                  \--decline, withdraw, 14 days           WAITING --vouched for--> CONFIRMED
 *                                                             \--refused, withdrawn
 *
 * Whether an address has an account shows nowhere: inviting it, and claiming with it, write the
 * same rows and the same mail.
 *
 * Owns the tables whose names begin with member_.  Reads person, access_grant, privacy_hold,
 * organisation and organisation_record.
 */
#ifndef PROGRAMME_MEMBER_MEMBER_H
#define PROGRAMME_MEMBER_MEMBER_H

#include "platform/base/filled.h"
#include "platform/job/job.h"
#include "programme/access/access.h"
#include "programme/audit/audit.h"

enum {
    MEMBER_INVITATION_SECS = 14 * 24 * 60 * 60, /* how long an invitation can be accepted         */
    MEMBER_PROOF_SECS = 7 * 24 * 60 * 60,       /* how long the address of a claim can be proven  */
    MEMBER_SENDS_MAX = 5,          /* mails of one invitation or claim, however often it is sent */
    MEMBER_INVITATIONS_MAX = 200,  /* open ones of one person                                    */
    MEMBER_CLAIMS_A_DAY = 5,       /* of one address                                             */
    MEMBER_DECIDE_WORKING_DAYS = 5 /* a claim is decided by then; ours                           */
};

/* What an address or person is offered: a role, where, and from when to when. */
struct member_offer {
    const char *role, *area; /* codes; area "": everywhere                     */
    const char *from_on;     /* the first day; "": at once                     */
    const char *last_on;     /* the last day; "": no end                       */
};

/* ---- giving and ending ---- */

/*
 * Gives a person a role, as the person who asks, and tells them by mail.  Problems name the fields
 * role, area, from_on and last_on.
 *
 * ERR_INVALID    problems says what is wrong; nobody gives a role to themselves
 * ERR_FORBIDDEN  the policy does not let the one who asks give it there (access_check_give)
 * ERR_NOT_FOUND  there is no such person
 */
MUST_CHECK enum status member_give(struct ctx *ctx, struct person_id to,
                                   const struct member_offer *offer,
                                   struct form_problems *problems);

/*
 * Ends a role of a person from today on.
 *
 * ERR_NOT_FOUND  there is no such role, it is another person's, or it ended before
 * ERR_FORBIDDEN  the one who asks could not give it
 * ERR_CONFLICT   it is the person's last role there, or the last lead's: they leave (member_leave),
 *                so that what waits for them is handed over
 */
MUST_CHECK enum status member_end(struct ctx *ctx, struct person_id person, int64_t grant_id);

/* Notes that the person who asks looked at the record of another, before the page is answered. */
MUST_CHECK enum status member_note_look(struct ctx *ctx, struct person_id person, const char *area);

/* ---- invitations (member_invite.c) ---- */

/*
 * Invites an address.  Inviting it again to the same is the same invitation with a new link, and
 * looks the same.  Problems also name the field email.
 *
 * ERR_INVALID, ERR_FORBIDDEN  as member_give
 */
MUST_CHECK enum status member_invite(struct ctx *ctx, const char *email,
                                     const struct member_offer *offer,
                                     struct form_problems *problems, const char **reference_out);

enum member_invitation_state {
    MEMBER_OPEN,
    MEMBER_ACCEPTED,
    MEMBER_DECLINED,
    MEMBER_WITHDRAWN,
    MEMBER_OVER
};

struct member_invitation {
    const char *reference, *email;
    const struct access_role *role;
    const char *area, *area_name; /* "" for everywhere                      */
    const char *from_on, *until_on;
    int64_t expires_at;
    bool can_be_sent; /* once more: MEMBER_SENDS_MAX were not */
    struct person_id invited_by;
    enum member_invitation_state state; /* OVER also when its time has passed       */
};

/* ERR_NOT_FOUND  no invitation has this link, or this reference */
MUST_CHECK enum status member_invitation_open(struct ctx *ctx, const char *token,
                                              struct member_invitation *out);
MUST_CHECK enum status member_invitation_find(struct ctx *ctx, const char *reference,
                                              struct member_invitation *out);

/*
 * Accepts by the mailed link, which proves the address: the role is given to the account of the
 * invited address, which is made if there is none.  No session begins: whoever holds the link still
 * has to sign in with that address.  name counts for a new account only.
 *
 * ERR_NOT_FOUND  no invitation has this link
 * ERR_FORBIDDEN  somebody is signed in with another address
 * ERR_CONFLICT   it was accepted before, or can no longer be accepted
 */
MUST_CHECK enum status member_invitation_accept_by(struct ctx *ctx, const char *token,
                                                   const char *name);

/* The same by the person who is signed in with the invited address. */
MUST_CHECK enum status member_invitation_accept_own(struct ctx *ctx, const char *reference);

/* Says no by the mailed link.  Twice is OK. */
MUST_CHECK enum status member_invitation_decline(struct ctx *ctx, const char *token);

/* Sends an invitation again, with a new link: the old one stops.  Who asks could have sent it, and
 * answers for it from now on.  ERR_CONFLICT: it has ended, or was sent MEMBER_SENDS_MAX times. */
MUST_CHECK enum status member_invitation_send_again(struct ctx *ctx, const char *reference);

/* Takes an invitation back; the one who asks could have sent it.  ERR_CONFLICT: it has ended. */
MUST_CHECK enum status member_invitation_withdraw(struct ctx *ctx, const char *reference);

/* ---- claims (member_claim.c) ---- */

struct member_claim_draft {
    struct form_found organisation;
    const char *role; /* code of one of member_claim_roles */
    const char *name, *job_title, *email, *about;
};

/* The codes of roles that can be claimed, NULL-ended. */
extern const char *const member_claim_roles[];

/*
 * Sends a claim.  The address is proven by a mailed link, or at once when the person who asks is
 * signed in with it.  A claim that is open already is the same claim, and looks the same.
 *
 * ERR_INVALID  problems says what is wrong: the organisation has closed, the role is none of these,
 *              too many claims of this address today
 *
 * The caller's transaction.
 */
MUST_CHECK enum status member_claim_send(struct ctx *ctx, const struct member_claim_draft *draft,
                                         struct form_problems *problems,
                                         const char **reference_out);

struct member_claim {
    const char *reference, *organisation_code, *organisation_name;
    const char *board, *region; /* codes; "" when not known */
    const char *email, *name, *job_title, *about;
    const struct access_role *role; /* that is wanted */
    const char *state;              /* code: "waiting" ... */
    int64_t proven_at;              /* 0: not */
    struct person_id person;        /* n 0: not proven */
    bool is_domain;                 /* the address is of a domain that the organisation owns */
    const char *due_on, *reason;
};

/* ERR_NOT_FOUND  there is none */
MUST_CHECK enum status member_claim_find(struct ctx *ctx, const char *reference,
                                         struct member_claim *out);

/* Who the link of a mail belongs to.  ERR_NOT_FOUND: nobody.  ERR_CONFLICT: it is too old, or the
 * claim has ended; out is filled. */
MUST_CHECK enum status member_claim_open(struct ctx *ctx, const char *token,
                                         struct member_claim *out);

/*
 * The address is proven by its link.  Makes the account, if there is none.  An address of a domain
 * that the organisation owns makes a member at once; what was wanted beyond that waits for somebody
 * to vouch.  The leads of the organisation are told of every claim.  Twice is OK.
 *
 * Statuses as member_claim_open.  One transaction.
 */
MUST_CHECK enum status member_claim_prove_by(struct ctx *ctx, const char *token);

/*
 * Vouches for the claimant, who gets the role; or refuses, with a reason that is mailed.
 *
 * ERR_FORBIDDEN  the one who asks has no role with MAY_DECIDE_CLAIMS for the organisation, or is
 *                the claimant
 * ERR_CONFLICT   the claim does not wait any more, or the organisation has closed
 */
MUST_CHECK enum status member_claim_confirm(struct ctx *ctx, const char *reference);
MUST_CHECK enum status member_claim_refuse(struct ctx *ctx, const char *reference,
                                           const char *reason);

/* By the claimant.  ERR_NOT_FOUND: it is somebody else's.  ERR_CONFLICT: it has ended. */
MUST_CHECK enum status member_claim_withdraw(struct ctx *ctx, const char *reference);

/* ---- domains ---- */

struct member_domain_draft {
    const char *domain, *source;
};

/*
 * Says that a domain is an organisation's own.  Domains that many share (nhs.net, gmail.com) are
 * refused: a mailbox there proves nothing.
 *
 * ERR_INVALID    problems says what is wrong
 * ERR_NOT_FOUND  there is no such organisation
 */
MUST_CHECK enum status member_domain_say(struct ctx *ctx, const char *organisation,
                                         const struct member_domain_draft *draft,
                                         struct form_problems *problems);
/* ERR_NOT_FOUND  it is none of its domains */
MUST_CHECK enum status member_domain_unsay(struct ctx *ctx, const char *organisation,
                                           const char *domain);

/* ---- leaving (member_leave.c) ---- */

/* Something that waits for a person. */
struct member_thing {
    const char *title, *href; /* href: NULL for none */
};

struct member_handover {
    const struct access_person *from, *to;
    const struct access_area *area;
};

/* What can wait for a person in an area: a capability declares a table of them, ended by a NULL
 * title. */
struct member_waiting {
    const char *title; /* "Invitations" */
    enum status (*list)(struct ctx *ctx, const struct access_person *person,
                        const struct access_area *area, struct member_thing **out,
                        size_t *count_out);
    /* Gives all of it to another, in the caller's transaction; then nothing is listed any more. */
    enum status (*reassign)(struct ctx *ctx, const struct member_handover *handover);
};

/* The tables in their order, ended by NULL: one list for the program, in programme_member.c. */
extern const struct member_waiting *const member_waitings[];

/* Those of this folder. */
extern const struct member_waiting member_own_waitings[];

struct member_colleague {
    struct person_id person;
    const char *name, *as; /* "a colleague", "local lead" ... */
    bool is_here;          /* has a role in the area itself   */
};

/* What leaving means, before it is done. */
struct member_leaving {
    struct access_person person;
    struct access_area area;
    const struct access_role **roles; /* that end */
    int64_t *grant_ids;
    size_t role_count;
    const struct access_role *last; /* a role that only they have here; NULL: none     */
    struct member_thing *things;    /* that wait for them here                          */
    size_t thing_count;
    struct member_colleague *colleagues; /* who can take over                           */
    size_t colleague_count;
    bool needs_successor;
};

/*
 * What it would mean that the person of a grant leaves its area.  By the person, or by who could
 * end all of their roles there.
 *
 * ERR_NOT_FOUND  no such role, it has ended, or it is not this person's
 * ERR_FORBIDDEN  somebody else asks who may not end these roles
 */
MUST_CHECK enum status member_leave_look(struct ctx *ctx, struct person_id person, int64_t grant_id,
                                         struct member_leaving *out);

/*
 * The person leaves: all that waits for them there goes to the successor, a colleague who takes
 * over the last lead's role gets it, and their roles there end.  Statuses as above, and
 *
 * ERR_INVALID  a successor is needed, or this one is none of the colleagues
 *
 * In a transaction.  *has_none_out: they have no role left anywhere, so that sessions should end.
 */
MUST_CHECK enum status member_leave(struct ctx *ctx, struct person_id person, int64_t grant_id,
                                    struct person_id successor, bool *has_none_out);

/*
 * The account of a person is closed or erased: the open invitations that they answer for end, for
 * nobody does any more, and claims that lie with them go to whoever is next.
 *
 *   ended_out  how many invitations
 *
 * The caller's transaction.  Safe to repeat.
 */
MUST_CHECK enum status member_person_closed(struct ctx *ctx, struct person_id person,
                                            int64_t *ended_out);

/* ---- for the program's lists ---- */

extern const struct audit_kind member_audit_kinds[];
extern const struct job_kind member_job_kinds[];
extern const struct privacy_holding member_holdings[];

#endif
