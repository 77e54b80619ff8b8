/* SPDX-License-Identifier: MIT */
/* event_routes.h - the routes of events, and what they show on pages of others. */
#ifndef PROGRAMME_EVENT_EVENT_ROUTES_H
#define PROGRAMME_EVENT_EVENT_ROUTES_H

#include "platform/web/web.h"
#include "programme/access/access_web.h"
#include "programme/account/account_web.h"
#include "programme/home/home_web.h"
#include "programme/pledge/pledge_web.h"

extern const struct web_route event_routes[], event_mine_routes[], event_desk_routes[];

/* On the front page: the next ones. */
extern const struct home_section event_home_section;

/* For /verify/:code. */
extern const struct pledge_verifier event_verifier;

/* At /account: events that one booked. */
extern const struct account_section event_sections[];

/* At /desk. */
extern const struct desk_queue event_queues[];

#endif
