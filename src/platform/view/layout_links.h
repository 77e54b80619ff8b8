/* SPDX-License-Identifier: MIT */
/* layout_links.h - what layout.html asks of layout.c. */
#ifndef PLATFORM_VIEW_LAYOUT_LINKS_H
#define PLATFORM_VIEW_LAYOUT_LINKS_H

#include "platform/view/components.h"
#include "platform/view/layout.h"

const struct header_link *layout_navigation(struct mem *mem, const struct layout *p);
const struct breadcrumb_item *layout_crumbs(struct mem *mem, const struct layout *p);
const struct footer_link *layout_footer(struct mem *mem, const struct layout *p);

/* The JSON as a block of data that no markup can end. */
void layout_linked_data(struct view *out, const char *json);

#endif
