/* SPDX-License-Identifier: MIT */
/* links_page.h - what the views of links_page.html need, and nothing else. */
#ifndef PROGRAMME_LINKS_LINKS_PAGE_H
#define PROGRAMME_LINKS_LINKS_PAGE_H

#include "platform/view/view.h"
#include "programme/links/links.sql.h"

struct links_mend {
    const struct links_wrong_row *links; /* broken, or moved */
    size_t count;
};

#endif
