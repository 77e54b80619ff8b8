/* SPDX-License-Identifier: MIT */
/* paper_web.h - the routes of papers, for the list of the program, and what they show elsewhere. */
#ifndef PROGRAMME_PAPER_PAPER_WEB_H
#define PROGRAMME_PAPER_PAPER_WEB_H

#include "programme/access/access_web.h"
#include "programme/pledge/pledge_web.h"

extern const struct web_route paper_routes[];
extern const struct web_route paper_desk_routes[];

/* Reads a form with the scan of a new paper.  Problems of the file stand among the others.
 * ERR_INVALID: problems says what is wrong; a scan that is there is the caller's to remove. */
MUST_CHECK enum status paper_read_form(struct web_request *request, const struct form_field *fields,
                                       void *out, struct form_problems *problems);

/* Papers to record, to check, and all. */
extern const struct desk_queue paper_queues[];

/* On the page of a link to sign: the way by paper.  On the desk's page of a pledge: its papers. */
extern const struct pledge_section paper_signing_section;
extern const struct pledge_section paper_desk_section;

#endif
