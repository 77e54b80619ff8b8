/* SPDX-License-Identifier: MIT */
/* library_desk.h - what the pages of the desk share, for the files *_web.c of this folder. */
#ifndef PROGRAMME_LIBRARY_LIBRARY_DESK_H
#define PROGRAMME_LIBRARY_LIBRARY_DESK_H

#include "platform/web/web.h"
#include "programme/library/library_shown.h"

/* The page, and the version, that the address names.  ERR_NOT_FOUND: there is none. */
MUST_CHECK enum status library_desk_find(struct web_request *request, struct library_page *out);
MUST_CHECK enum status library_desk_find_version(struct web_request *request,
                                                 struct library_page *page,
                                                 struct library_version *out);

/* Title and ways back; page NULL: directly below the list. */
void library_desk_head(struct web_request *request, struct web_answer *answer, const char *title,
                       const struct library_page *page);

#endif
