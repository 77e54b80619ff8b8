/* SPDX-License-Identifier: MIT */
/* member_internal.h - what the files of member/ share and nobody else sees. */
#ifndef PROGRAMME_MEMBER_MEMBER_INTERNAL_H
#define PROGRAMME_MEMBER_MEMBER_INTERNAL_H

#include "programme/member/member.h"
#include "programme/member/member.sql.h"

enum { MEMBER_ROWS_MAX = 200, MEMBER_DECIDERS_MAX = 20 };

/* Whether a role is only ever for one organisation: its scope then is the code of that one. */
bool member_is_of_one(const char *role);

/* The day after the last one, as grants count; "" for no end. */
MUST_CHECK enum status member_until(struct ctx *ctx, const char *last_on, const char **out);

/* What is wrong with an offer, as problems; and whether the one who asks may make it. */
MUST_CHECK enum status member_check_offer(struct ctx *ctx, const struct member_offer *offer,
                                          struct form_problems *problems);

/* Adds an event, in the caller's transaction. */
struct member_deed {
    const char *what, *area;
    struct person_id subject;
    const char *thing, *after;
};
MUST_CHECK enum status member_note(struct ctx *ctx, const struct member_deed *deed);

/* Gives a role as somebody else than who asks: the inviter, or (n 0) nobody. */
MUST_CHECK enum status member_grant_as(struct ctx *ctx, struct person_id giver,
                                       const struct access_new *wanted, struct access_person *out);

/* A mail of a few paragraphs and a button.  Nothing in it was typed by a stranger. */
struct member_letter {
    const char *kind, *key, *about;
    const char *to_address, *to_name; /* to_name: NULL when not known */
    const char *subject;
    const char *text[4]; /* NULL-ended */
    const char *button, *href;
    int64_t expires_at; /* 0: never */
};
MUST_CHECK enum status member_mail(struct ctx *ctx, const struct member_letter *letter);

/* Ends all open invitations that a person answers for, in the caller's transaction. */
MUST_CHECK enum status member_invitations_end_of(struct ctx *ctx, struct person_id person,
                                                 int64_t *ended_out);

/* ---- claims ---- */

/* Puts the claim before the next people who can decide it, and mails them. */
MUST_CHECK enum status member_claim_tell(struct ctx *ctx, const struct member_claim_row_row *row);

/* Tells the leads that somebody of their own domain has joined. */
MUST_CHECK enum status member_claim_tell_joined(struct ctx *ctx,
                                                const struct member_claim_row_row *row);

/* Who answers for an area, the nearest first. */
enum member_rung { MEMBER_LEADS, MEMBER_LOCAL, MEMBER_REGIONAL, MEMBER_NATIONAL, MEMBER_RUNGS };

/* The people of a rung, each once; at most MEMBER_DECIDERS_MAX. */
MUST_CHECK enum status member_rung(struct ctx *ctx, const struct access_area *area,
                                   enum member_rung rung, struct access_holder **out,
                                   size_t *count_out);

/* Whether a domain belongs to many organisations or to everybody. */
bool member_domain_is_shared(const char *domain);

MUST_CHECK enum status member_domain_of(struct ctx *ctx, int64_t organisation_id,
                                        const char *email_key, bool *out);

/* ---- working days (member_days.c) ---- */

/* Monday to Friday without the bank holidays of England. */
bool member_is_working_day(const char *on);

/* The day that lies so many working days behind a day. */
MUST_CHECK enum status member_working_days_after(struct mem *mem, const char *on, int days,
                                                 const char **out);

#endif
