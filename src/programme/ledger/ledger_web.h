/* SPDX-License-Identifier: MIT */
/* ledger_web.h - the routes of the public log, for the list of the program. */
#ifndef PROGRAMME_LEDGER_LEDGER_WEB_H
#define PROGRAMME_LEDGER_LEDGER_WEB_H

#include "platform/web/web.h"

extern const struct web_route ledger_routes[];

#endif
