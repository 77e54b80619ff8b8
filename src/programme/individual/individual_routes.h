/* SPDX-License-Identifier: MIT */
/* individual_routes.h - the routes of a person's pledge, and what it shows on pages of others. */
#ifndef PROGRAMME_INDIVIDUAL_INDIVIDUAL_ROUTES_H
#define PROGRAMME_INDIVIDUAL_INDIVIDUAL_ROUTES_H

#include "platform/web/web.h"
#include "programme/access/access_web.h"
#include "programme/account/account_web.h"
#include "programme/pledge/pledge_web.h"

extern const struct web_route individual_routes[];
extern const struct web_route individual_desk_routes[];
extern const struct desk_queue individual_queues[];

/* For /verify/:code. */
extern const struct pledge_verifier individual_verifier;

/* At /account: one's own pledge. */
extern const struct account_section individual_sections[];

#endif
