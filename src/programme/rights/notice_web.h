/* SPDX-License-Identifier: MIT */
/* notice_web.h - the privacy notice, for the routes of rights_web.c. */
#ifndef PROGRAMME_RIGHTS_NOTICE_WEB_H
#define PROGRAMME_RIGHTS_NOTICE_WEB_H

#include "platform/web/web.h"

enum status notice_web_show(struct web_request *request, struct web_answer *answer);

#endif
