/* SPDX-License-Identifier: MIT */
/* desk_web.h - the frame of the desk, for the routes of access_web.c. */
#ifndef PROGRAMME_ACCESS_DESK_WEB_H
#define PROGRAMME_ACCESS_DESK_WEB_H

#include "platform/web/web.h"

enum status desk_web_show(struct web_request *request, struct web_answer *answer);
enum status desk_web_ask_work_as(struct web_request *request, struct web_answer *answer);
enum status desk_web_work_as(struct web_request *request, struct web_answer *answer);

#endif
