/* SPDX-License-Identifier: MIT */
/* casestudy_routes.h - the routes of case studies, and what they show on pages of others. */
#ifndef PROGRAMME_CASESTUDY_CASESTUDY_ROUTES_H
#define PROGRAMME_CASESTUDY_CASESTUDY_ROUTES_H

#include "platform/web/web.h"
#include "programme/access/access_web.h"
#include "programme/directory/directory_web.h"

extern const struct web_route casestudy_routes[], casestudy_mine_routes[], casestudy_desk_routes[],
    casestudy_paper_routes[];
extern const struct desk_queue casestudy_queues[];

/* On the page of an organisation: its case studies, and those that it did too. */
extern const struct directory_section casestudy_directory_section;

#endif
