/* SPDX-License-Identifier: MIT */
/* equality_internal.h - what the files of equality/ share and nobody else sees. */
#ifndef PROGRAMME_EQUALITY_EQUALITY_INTERNAL_H
#define PROGRAMME_EQUALITY_EQUALITY_INTERNAL_H

#include "programme/equality/equality.h"

/* Under what the answers of an owner stand: a keyed hash. */
MUST_CHECK enum status equality_pseudonym(struct ctx *ctx, const struct equality_owner *owner,
                                          const char **out);

#endif
