/* SPDX-License-Identifier: MIT */
/*
 * demo.h - a demonstration: real organisations, invented people, and pledges in every state.
 *
 * Everything is made from a seed, by the functions that people's own acts go through, and is dated
 * around today.  The same seed and the same day give the same names, plans and states; ids,
 * references and codes are drawn anew.
 *
 * The newest pledges that wait for a signature, and those that were returned, have their mails in
 * the outbox, so that a newcomer can press the links.  Addresses end in .example, which no mail
 * reaches (RFC 2606).
 *
 * Owns no tables.  Reads organisation, organisation_record and organisation_kind.
 */
#ifndef PROGRAMME_DEMO_DEMO_H
#define PROGRAMME_DEMO_DEMO_H

#include "platform/base/ctx.h"

enum { DEMO_PLEDGES_USUAL = 40, DEMO_PLEDGES_MOST = 1000000 };

/* Somebody who can sign in to the demonstration. */
struct demo_person {
    const char *email, *name;
    const char *role, *area; /* codes; area NULL: everywhere */
    const char *does;        /* "looks at all pledges, ...": for the front page */
};

/* Ends with a NULL email. */
extern const struct demo_person demo_people[];

struct demo_options {
    const char *seed;
    int64_t pledge_count; /* 1 to DEMO_PLEDGES_MOST */
    void (*progress)(void *arg, int percent);
    void *arg; /* progress may be NULL */
};

struct demo_made {
    int64_t pledge_count;
    int64_t invented_count; /* organisations that are not in the packs */
    int64_t person_count;   /* who can sign in                         */
};

/* Whether the database is one that demo_fill has filled. */
MUST_CHECK enum status demo_is_here(struct ctx *ctx, bool *out);

/*
 * Fills a database that has its tables and packs and nothing else.  Runs in transactions of some
 * hundred pledges.
 *
 * ERR_INVALID   the number of pledges is out of bounds
 * ERR_CONFLICT  no wording of the pledge was in force before today, or the packs hold no employer
 * ERR_FAULT     the store failed; the database is then half full and of no use
 */
MUST_CHECK enum status demo_fill(struct ctx *ctx, const struct demo_options *options,
                                 struct demo_made *out);

#endif
