/* SPDX-License-Identifier: MIT */
/* directory_show_web.h - the page of one organisation, for the routes of this folder. */
#ifndef PROGRAMME_DIRECTORY_DIRECTORY_SHOW_WEB_H
#define PROGRAMME_DIRECTORY_DIRECTORY_SHOW_WEB_H

#include "platform/web/web.h"

enum status directory_show_web(struct web_request *request, struct web_answer *answer);

#endif
