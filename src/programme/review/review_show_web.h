/* SPDX-License-Identifier: MIT */
/* review_show_web.h - filling the structs of review_page.html; for the pages of this folder. */
#ifndef PROGRAMME_REVIEW_REVIEW_SHOW_WEB_H
#define PROGRAMME_REVIEW_REVIEW_SHOW_WEB_H

#include "programme/review/review_page.h"

/* pledge: as its reader sees it; names of sides that it does not show are left out. */
void review_show_fill(struct ctx *ctx, const struct pledge *pledge, const struct review *review,
                      struct review_show *out);

void review_dates_fill(struct ctx *ctx, const struct review *review, struct review_dates *out);

/* The actions of the plan as they stand, of one intention or, NULL, of all.  Five queries. */
MUST_CHECK enum status review_progress_fill(struct ctx *ctx, const struct pledge *pledge,
                                            const char *intention, struct review_progress *out);

/* "the employer", "the staff side" */
const char *review_side_text(const char *role);

#endif
