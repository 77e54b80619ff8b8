/* SPDX-License-Identifier: MIT */
/* lead_internal.h - what the files of leads and enquiries share; nobody else includes it. */
#ifndef PROGRAMME_LEAD_LEAD_INTERNAL_H
#define PROGRAMME_LEAD_LEAD_INTERNAL_H

#include "programme/lead/enquiry.h"
#include "programme/lead/lead.h"

/* Whether somebody could answer questions about an area.  ERR_FORBIDDEN: no. */
MUST_CHECK enum status lead_can_answer(struct ctx *ctx, struct person_id person, const char *area);

/* The first day of which the pack of places knows boards. */
MUST_CHECK enum status lead_boards_begin(struct ctx *ctx, const char **out);

/* What the clock does to enquiries. */
MUST_CHECK enum status enquiry_upkeep_all(struct ctx *ctx);

#endif
