/* SPDX-License-Identifier: MIT */
/* home_web.h - the front page, and the pages that the footer links to. */
#ifndef PROGRAMME_HOME_HOME_WEB_H
#define PROGRAMME_HOME_HOME_WEB_H

#include "platform/web/web.h"

extern const struct web_route home_routes[];

/* What a capability shows on the front page: as much as is the same for everybody until the store
 * changes.  Nothing written: nothing is shown. */
struct home_section {
    enum status (*write)(struct ctx *ctx, struct view *out);
};

/* In their order, NULL-ended: one list for the program, in programme_sections.c. */
extern const struct home_section *const home_sections[];

#endif
