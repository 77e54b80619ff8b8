/* SPDX-License-Identifier: MIT */
/* event_desk_web.h - what the desk's page files of event/ share. */
#ifndef PROGRAMME_EVENT_EVENT_DESK_WEB_H
#define PROGRAMME_EVENT_EVENT_DESK_WEB_H

#include "platform/web/web.h"
#include "programme/event/event.h"

/* The event of the path, when it lies in the organiser's area. */
MUST_CHECK enum status event_desk_open(struct web_request *request, struct event *out);

/* "/desk/events/EV-..." */
const char *event_desk_path(struct web_request *request, const struct event *event);

enum status event_new_show(struct web_request *request, struct web_answer *answer);
enum status event_new_save(struct web_request *request, struct web_answer *answer);
enum status event_edit_show(struct web_request *request, struct web_answer *answer);
enum status event_edit_save(struct web_request *request, struct web_answer *answer);

#endif
