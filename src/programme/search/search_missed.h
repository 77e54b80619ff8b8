/* SPDX-License-Identifier: MIT */
/* search_missed.h - what was searched and not found.  For this folder only. */
#ifndef PROGRAMME_SEARCH_SEARCH_MISSED_H
#define PROGRAMME_SEARCH_SEARCH_MISSED_H

#include "platform/base/ctx.h"

/* On so many days, and on one of them from so many callers, before anybody sees it; search.sql says
 * the same. */
enum { SEARCH_MISSED_DAYS = 3, SEARCH_MISSED_CALLERS = 3 };

/* What would be kept of what was typed: its folded words; "" for nothing. */
const char *search_missed_words(struct mem *mem, const char *typed);

/* As search_missed_note, but a connection writes at most once a minute: what comes in between is
 * written with the next, or lost when the program stops. */
MUST_CHECK enum status search_missed_later(struct ctx *ctx, const char *typed, const char *caller);

/* Forgets what nobody searched for a year. */
MUST_CHECK enum status search_missed_tidy(struct ctx *ctx);

#endif
