/* SPDX-License-Identifier: MIT */
/* privacy_bind.h - runs a holding's query with its arguments bound by name; this folder only. */
#ifndef PROGRAMME_PRIVACY_PRIVACY_BIND_H
#define PROGRAMME_PRIVACY_PRIVACY_BIND_H

#include "programme/privacy/privacy.h"

/* What arguments can be named; those that do not matter stay 0 or NULL. */
struct privacy_bound {
    const struct privacy_subject *subject;
    const char *pseudonym;
    int64_t before, at_most;
    const char *before_on;
};

/* ERR_FAULT: the query has an argument that nothing is known of. */
MUST_CHECK enum status privacy_bind(struct ctx *ctx, const struct store_query *query,
                                    const struct privacy_bound *bound,
                                    const struct store_value **out);

/* Fills in the pseudonym of the subject, where the holding has one. */
MUST_CHECK enum status privacy_bind_pseudonym(struct ctx *ctx,
                                              const struct privacy_holding *holding,
                                              struct privacy_bound *bound);

#endif
