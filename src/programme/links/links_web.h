/* SPDX-License-Identifier: MIT */
/* links_web.h - the desk of links, for the lists of the program. */
#ifndef PROGRAMME_LINKS_LINKS_WEB_H
#define PROGRAMME_LINKS_LINKS_WEB_H

#include "platform/web/web.h"
#include "programme/access/access_web.h"
#include "programme/links/links.h"

extern const struct web_route links_routes[];
extern const struct desk_queue links_queues[];

/* On the page of an editor's desk: which links of it are to be mended, below a heading of their
 * own; nothing when there are none.  One query. */
MUST_CHECK enum status links_mend_write(struct ctx *ctx, const struct links_kind *kind,
                                        const char *key, struct view *out);

/* The whole program, whose routes links are compared with: one for the program, in programme.c. */
extern const struct web_app *const links_site;

#endif
