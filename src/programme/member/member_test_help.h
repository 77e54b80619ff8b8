/* SPDX-License-Identifier: MIT */
/* member_test_help.h - what the tests of member/ share. */
#ifndef PROGRAMME_MEMBER_MEMBER_TEST_HELP_H
#define PROGRAMME_MEMBER_MEMBER_TEST_HELP_H

#include "programme/member/member.h"

/* Two trusts of the North West, in two boards, and one elsewhere. */
#define TRUST "R0A"
#define OTHER_TRUST "RJ1"

/* Somebody with a role; role NULL: an account without one. */
struct person_id member_test_person(struct ctx *ctx, const char *email, const char *role,
                                    const char *area);

/* The grant of a person by role; 0: they have none today. */
int64_t member_test_grant(struct ctx *ctx, struct person_id person, const char *role);

/* The token in the newest mail of a kind to an address; NULL: there is none. */
const char *member_test_token(struct ctx *ctx, const char *kind, const char *email);

/* The first sentences of it. */
const char *member_test_words(struct ctx *ctx, const char *kind, const char *email);

/* How many mails of a kind there are; to an address, or (NULL) to anybody. */
size_t member_test_mails(struct ctx *ctx, const char *kind, const char *email);

/* Invites and gives the token; fails the test when it is refused. */
const char *member_test_invite(struct ctx *ctx, struct person_id inviter, const char *email,
                               const struct member_offer *offer);

/* A claim for a role at the trust, not proven; gives its reference. */
const char *member_test_claim(struct ctx *ctx, const char *email, const char *role);

/* The same, proven by its link. */
const char *member_test_proven(struct ctx *ctx, const char *email, const char *role);

/* Does the work of the clocks. */
void member_test_work(struct ctx *ctx);

#endif
