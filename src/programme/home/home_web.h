/* SPDX-License-Identifier: MIT */
/* home_web.h - the front page, and the pages that the footer links to. */
#ifndef PROGRAMME_HOME_HOME_WEB_H
#define PROGRAMME_HOME_HOME_WEB_H

#include "platform/web/web.h"

extern const struct web_route home_routes[];

#endif
