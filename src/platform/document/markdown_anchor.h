/* SPDX-License-Identifier: MIT */
/* markdown_anchor.h - ids of headings, and where links may go: for the files of markdown.h only. */
#ifndef PLATFORM_DOCUMENT_MARKDOWN_ANCHOR_H
#define PLATFORM_DOCUMENT_MARKDOWN_ANCHOR_H

#include "platform/document/markdown.h"

#include <cmark-gfm.h>

/* The ids that were given so far; zero at the start of a text. */
struct markdown_anchors {
    const char *ids[MARKDOWN_ANCHORS];
    size_t count;
};

/* The words of a heading. */
const char *markdown_heading_text(struct mem *mem, cmark_node *heading);

/* Its id, "who-can-apply", or "who-can-apply-2" where another has that; NULL: there are too many,
 * or it has no words. */
const char *markdown_anchor(struct mem *mem, struct markdown_anchors *given, const char *text);

/* Whether a link may go there, and whether that is another site; in markdown.c. */
bool markdown_may_link(const char *url);
bool markdown_is_other_site(const char *url);

#endif
