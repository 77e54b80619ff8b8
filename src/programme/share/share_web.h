/* SPDX-License-Identifier: MIT */
/* share_web.h - the pages of sharing, for the lists of the program. */
#ifndef PROGRAMME_SHARE_SHARE_WEB_H
#define PROGRAMME_SHARE_SHARE_WEB_H

#include "programme/pledge/pledge_web.h"

extern const struct web_route share_routes[];

/* On the page of a pledge that stands. */
extern const struct pledge_section share_pledge_section;

#endif
