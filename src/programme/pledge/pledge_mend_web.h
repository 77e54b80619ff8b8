/* SPDX-License-Identifier: MIT */
/* pledge_mend_web.h - the pages of a returned pledge; for the route table of this folder. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_MEND_WEB_H
#define PROGRAMME_PLEDGE_PLEDGE_MEND_WEB_H

#include "platform/web/web.h"

MUST_CHECK enum status pledge_mend_show(struct web_request *request, struct web_answer *answer);
MUST_CHECK enum status pledge_mend_open(struct web_request *request, struct web_answer *answer);

#endif
