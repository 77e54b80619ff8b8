/* SPDX-License-Identifier: MIT */
/* lead_routes.h - the routes and queues of local leads, for the lists of the program. */
#ifndef PROGRAMME_LEAD_LEAD_ROUTES_H
#define PROGRAMME_LEAD_LEAD_ROUTES_H

#include "platform/web/web.h"
#include "programme/access/access_web.h"
#include "programme/directory/directory_web.h"

extern const struct web_route lead_routes[], enquiry_routes[], lead_desk_routes[],
    enquiry_desk_routes[];

/* On the page of an organisation: the way to its local lead. */
extern const struct directory_section lead_directory_section;

/* What waits at the desk: leads whom nobody confirmed, questions, late ones. */
extern const struct desk_queue lead_queues[];

#endif
