/* SPDX-License-Identifier: MIT */
/* oversight_web.h - the pages of the record and of emergencies, for the lists of the program. */
#ifndef PROGRAMME_OVERSIGHT_OVERSIGHT_WEB_H
#define PROGRAMME_OVERSIGHT_OVERSIGHT_WEB_H

#include "programme/access/access_web.h"
#include "programme/account/account_web.h"

extern const struct desk_queue oversight_queues[];
extern const struct web_route oversight_routes[];

/* At /account: who saw or changed one's record. */
extern const struct account_section oversight_sections[];

#endif
