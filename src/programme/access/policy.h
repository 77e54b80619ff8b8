/* SPDX-License-Identifier: MIT */
/*
 * policy.h - which role may do what, and how far.  Within access/ only.
 *
 * Knows no store and no person: a table, and what follows from it.
 */
#ifndef PROGRAMME_ACCESS_POLICY_H
#define PROGRAMME_ACCESS_POLICY_H

#include "platform/base/status.h"
#include "programme/access/access.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What somebody with these roles may do.  The role that the person chose to work as (preferred,
 * the id of a grant; 0: none) decides when it has the access at all; else the widest does, and
 * among alike the first.
 *
 * ERR_FORBIDDEN  none of them has this access
 */
MUST_CHECK enum status policy_may(const struct access_grant *grants, size_t count,
                                  int64_t preferred, enum access access,
                                  struct access_granted *out);

#endif
