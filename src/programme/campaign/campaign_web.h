/* SPDX-License-Identifier: MIT */
/* campaign_web.h - the pages of the campaign, for the lists of the program. */
#ifndef PROGRAMME_CAMPAIGN_CAMPAIGN_WEB_H
#define PROGRAMME_CAMPAIGN_CAMPAIGN_WEB_H

#include "programme/access/access_web.h"
#include "programme/pledge/pledge_web.h"

extern const struct web_route campaign_routes[];
extern const struct web_route campaign_list_routes[];
extern const struct web_route campaign_letter_routes[];
extern const struct web_route campaign_figure_routes[];

extern const struct desk_queue campaign_queues[];

/* On the desk's page of a pledge: reminders and letters. */
extern const struct pledge_section campaign_pledge_section;

#endif
