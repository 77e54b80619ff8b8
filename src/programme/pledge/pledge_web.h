/* SPDX-License-Identifier: MIT */
/* pledge_web.h - what the pages of pledges offer to the pages of others. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_WEB_H
#define PROGRAMME_PLEDGE_PLEDGE_WEB_H

#include "platform/web/journey.h"
#include "programme/pledge/pledge.h"
#include "programme/pledge/pledge_routes.h"

/* Parts of the journey of signing, over a struct that begins with a struct pledge_draft. */
extern const struct form_field pledge_intention_fields[];
extern const struct form_field pledge_plan_fields[];
extern const struct form_option pledge_shown_options[];
MUST_CHECK enum status pledge_union_options(struct ctx *ctx, const void *form,
                                            const struct form_option **out);

/* How one action reads in the plan's list, and the actions that there are ready-made. */
const char *pledge_action_title(struct mem *mem, const void *item);
MUST_CHECK enum status pledge_action_library(struct ctx *ctx, const void *draft,
                                             const struct journey_ready **out, size_t *count_out);

/* What a draft holds, but for its file, as the answers of the journey. */
void pledge_draft_answers(struct mem *mem, const struct pledge_draft *draft,
                          struct form_answers *out);

#endif
