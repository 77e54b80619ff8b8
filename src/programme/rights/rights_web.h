/* SPDX-License-Identifier: MIT */
/* rights_web.h - the routes of rights and records, for the list of the program. */
#ifndef PROGRAMME_RIGHTS_RIGHTS_WEB_H
#define PROGRAMME_RIGHTS_RIGHTS_WEB_H

#include "programme/access/access_web.h"
#include "programme/account/account_web.h"

extern const struct web_route rights_routes[];
extern const struct web_route rights_desk_routes[];
extern const struct web_route records_routes[];

/* At /account: one's data. */
extern const struct account_section rights_sections[];

/* Requests and complaints that wait, and the records. */
extern const struct desk_queue rights_queues[];

#endif
