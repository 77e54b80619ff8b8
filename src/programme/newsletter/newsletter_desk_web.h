/* SPDX-License-Identifier: MIT */
/* newsletter_desk_web.h - what the pages of the desk share.  Inside newsletter/ only. */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_DESK_WEB_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_DESK_WEB_H

#include "programme/newsletter/newsletter.h"
#include "programme/newsletter/newsletter_web.h"

#define NEWSLETTER_ISSUE_PATH "/desk/newsletter/:issue"

/* The address of the issue that the path names. */
const char *newsletter_base_of(struct web_request *request);

/* The issue that the path names.  ERR_NOT_FOUND. */
MUST_CHECK enum status newsletter_open_issue(struct web_request *request,
                                             struct newsletter_issue **out);

/* The version that the page showed; a caller of the API that names none means the newest. */
int64_t newsletter_version_of(struct web_request *request, const struct newsletter_issue *issue);

/* What a deed answers: back to the issue, or why not. */
enum status newsletter_back_to(struct web_request *request, struct web_answer *answer,
                               enum status status);

void newsletter_set_page(struct web_answer *answer, const char *title);

#endif
