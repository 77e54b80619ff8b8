/* SPDX-License-Identifier: MIT */
/* pledge_receipt_web.h - the receipt of a pledge, and where it stands in the public log. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_RECEIPT_WEB_H
#define PROGRAMME_PLEDGE_PLEDGE_RECEIPT_WEB_H

#include "programme/pledge/pledge_routes.h"

extern const struct web_route pledge_receipt_routes[];
extern const struct pledge_section pledge_log_section;

#endif
