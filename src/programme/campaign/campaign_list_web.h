/* SPDX-License-Identifier: MIT */
/* campaign_list_web.h - what the pages of the campaign share among themselves. */
#ifndef PROGRAMME_CAMPAIGN_CAMPAIGN_LIST_WEB_H
#define PROGRAMME_CAMPAIGN_CAMPAIGN_LIST_WEB_H

#include "platform/web/form.h"

/* Regions, boards and kinds of today, for filters and forms. */
MUST_CHECK enum status campaign_region_options(struct ctx *ctx, const struct form_option **out);
MUST_CHECK enum status campaign_board_options(struct ctx *ctx, const struct form_option **out);
MUST_CHECK enum status campaign_kind_options(struct ctx *ctx, const struct form_option **out);

/* "Not sent yet", "Being sent" ... */
const char *campaign_state_text(const char *state);

#endif
