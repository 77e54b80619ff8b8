/* SPDX-License-Identifier: MIT */
/* pledge_web.h - what the pages of pledges offer to the pages of others. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_WEB_H
#define PROGRAMME_PLEDGE_PLEDGE_WEB_H

#include "programme/pledge/pledge_routes.h"

#endif
