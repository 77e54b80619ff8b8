/* SPDX-License-Identifier: MIT */
/* concern_web.h - the pages of concerns, for the lists of the program. */
#ifndef PROGRAMME_CONCERN_CONCERN_WEB_H
#define PROGRAMME_CONCERN_CONCERN_WEB_H

#include "programme/access/access_web.h"

extern const struct desk_queue concern_queues[];
extern const struct web_route concern_routes[];

#endif
