/* SPDX-License-Identifier: MIT */
/*
 * policy.h - which role may do what, and where.  Within access/ only.
 *
 * Knows no store and no person: a table, and what follows from it.
 */
#ifndef PROGRAMME_ACCESS_POLICY_H
#define PROGRAMME_ACCESS_POLICY_H

#include "platform/base/status.h"
#include "programme/access/access.h"

#include <stdbool.h>
#include <stddef.h>

/* How far an access reaches. */
enum policy_reach {
    POLICY_NOTHING, /* the default */
    POLICY_AREA,    /* what lies in the area of the role */
    POLICY_ALL
};

/* How far a role reaches; POLICY_NOTHING for a role or an access that is not in the table. */
enum policy_reach policy_reach(const char *role, enum access access);

/* NULL: there is no such role. */
const struct access_role *policy_role(const char *code);

/*
 * What somebody with these roles may do: the widest of them counts.
 *
 * ERR_FORBIDDEN  none of them has this access
 */
MUST_CHECK enum status policy_may(const struct access_grant *grants, size_t count,
                                  enum access access, struct access_granted *out);

#endif
