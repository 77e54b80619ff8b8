/* SPDX-License-Identifier: MIT */
/* review_routes.h - the routes of reviews, for the list of the program. */
#ifndef PROGRAMME_REVIEW_REVIEW_ROUTES_H
#define PROGRAMME_REVIEW_REVIEW_ROUTES_H

#include "platform/job/job.h"
#include "platform/web/web.h"
#include "programme/access/access_web.h"
#include "programme/account/account_web.h"
#include "programme/pledge/pledge_web.h"

extern const struct web_route review_routes[], review_sign_routes[], review_public_routes[],
    review_desk_routes[];

/* On the pages of a pledge: the review that is open, those that were signed, and for the desk. */
extern const struct pledge_section review_top_section, review_history_section, review_desk_section;

/* What waits at the desk. */
extern const struct desk_queue review_queues[];

/* At /account: the reviews that one writes and signs. */
extern const struct account_section review_own_sections[];

/* Opens, warns and lets lapse, every few hours. */
extern const struct job_kind review_job_kinds[];

#endif
