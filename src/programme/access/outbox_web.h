/* SPDX-License-Identifier: MIT */
/* outbox_web.h - the emails of a demonstration, for the routes of access_web.c. */
#ifndef PROGRAMME_ACCESS_OUTBOX_WEB_H
#define PROGRAMME_ACCESS_OUTBOX_WEB_H

#include "platform/web/web.h"

/* Each is ERR_NOT_FOUND where this is no demonstration. */
enum status outbox_web_list(struct web_request *request, struct web_answer *answer);
enum status outbox_web_show(struct web_request *request, struct web_answer *answer);
enum status outbox_web_message(struct web_request *request, struct web_answer *answer);

#endif
