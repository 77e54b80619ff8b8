/* SPDX-License-Identifier: MIT */
/* register_routes.h - pages, sections and jobs of the register, for the lists of the program. */
#ifndef PROGRAMME_REGISTER_REGISTER_ROUTES_H
#define PROGRAMME_REGISTER_REGISTER_ROUTES_H

#include "programme/pledge/pledge_web.h"

extern const struct web_route register_routes[];          /* the map and progress */
extern const struct web_route register_compare_routes[];  /* pledges side by side */
extern const struct web_route register_snapshot_routes[]; /* month by month       */

/* The pledges of an organisation over time, on its page. */
extern const struct directory_section register_directory_section;

/* Links to all this on the register, and to comparing on a pledge's page. */
extern const struct pledge_section register_links_section, register_compare_pledge_section;

/* Each night the counts, and on the first of a month the snapshot. */
extern const struct job_kind register_job_kinds[];

#endif
