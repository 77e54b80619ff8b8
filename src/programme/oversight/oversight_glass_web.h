/* SPDX-License-Identifier: MIT */
/* oversight_glass_web.h - the handlers of the pages, for the routes of oversight_record_web.c. */
#ifndef PROGRAMME_OVERSIGHT_OVERSIGHT_GLASS_WEB_H
#define PROGRAMME_OVERSIGHT_OVERSIGHT_GLASS_WEB_H

#include "platform/web/listing.h"
#include "platform/web/web.h"

enum status glass_web_ask(struct web_request *request, struct web_answer *answer);
enum status glass_web_send(struct web_request *request, struct web_answer *answer);
enum status glass_web_show(struct web_request *request, struct web_answer *answer);
enum status glass_web_close(struct web_request *request, struct web_answer *answer);
enum status glass_web_review(struct web_request *request, struct web_answer *answer);
enum status glass_web_reviewed(struct web_request *request, struct web_answer *answer);

extern const struct listing glass_listing;

#endif
