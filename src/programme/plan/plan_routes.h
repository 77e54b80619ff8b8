/* SPDX-License-Identifier: MIT */
/* plan_routes.h - the routes of plans and what they add to other pages, for the lists. */
#ifndef PROGRAMME_PLAN_PLAN_ROUTES_H
#define PROGRAMME_PLAN_PLAN_ROUTES_H

#include "platform/web/web.h"
#include "programme/access/access_web.h"
#include "programme/account/account_web.h"
#include "programme/plan/plan.h"
#include "programme/pledge/pledge_web.h"

extern const struct web_route plan_routes[];        /* reading, for those who work on it */
extern const struct web_route plan_write_routes[];  /* updates, actions, leads           */
extern const struct web_route plan_people_routes[]; /* who works on it; joining          */
extern const struct web_route plan_public_routes[]; /* what anybody may read             */
extern const struct web_route plan_desk_routes[];   /* what waits in an organisation     */

/* On the public page of a pledge: how its plan goes; at the desk: a link to all of it. */
extern const struct pledge_section plan_section, plan_desk_section;

/* At /account: the plans that one works on. */
extern const struct account_section plan_own_sections[];

/* Actions that are overdue or quiet. */
extern const struct desk_queue plan_queues[];

#endif
