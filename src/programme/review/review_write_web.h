/* SPDX-License-Identifier: MIT */
/* review_write_web.h - the handlers of review_write_web.c, for the routes of review_web.c. */
#ifndef PROGRAMME_REVIEW_REVIEW_WRITE_WEB_H
#define PROGRAMME_REVIEW_REVIEW_WRITE_WEB_H

#include "platform/web/web.h"

enum status review_write_show(struct web_request *request, struct web_answer *answer);
enum status review_write_keep(struct web_request *request, struct web_answer *answer);

#endif
