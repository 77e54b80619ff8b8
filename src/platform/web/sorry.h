/* SPDX-License-Identifier: MIT */
/*
 * sorry.h - the plain pages for what went wrong.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_SORRY_H
#define PLATFORM_WEB_SORRY_H

#include "platform/web/web.h"

/* What sorry.html shows. */
struct sorry_page {
    const char *heading;
    const char *sentence;
    const char *link_text, *link_href; /* NULL: none */
    const char *reference;             /* to quote when asking for help; NULL: none */
    const char *contact_email;         /* "": none */
};

/* The usual page for a code. */
void sorry_for_code(struct web_request *request, struct web_answer *answer, int code);

/* The code of a status, and the status of a code. */
int sorry_code(enum status status);
enum status sorry_status(int code);

#endif
