/* SPDX-License-Identifier: MIT */
/*
 * atom.h - a feed (RFC 4287) that readers of news come back for.
 *
 * Written to a view as it grows: atom_begin, atom_entry for each thing, atom_end.  Text is text:
 * it is escaped here, and what XML does not allow is left out.  Content type:
 * "application/atom+xml; charset=utf-8".
 */
#ifndef PLATFORM_DOCUMENT_ATOM_H
#define PLATFORM_DOCUMENT_ATOM_H

#include "platform/view/view.h"

struct atom_feed {
    const char *title;    /* required */
    const char *subtitle; /* NULL: none */
    const char *author;   /* required: who publishes the entries that name nobody */
    const char *language; /* "en-GB" */
    const char *self_url; /* required, whole: where this feed is; also its id     */
    const char *page_url; /* required, whole: the page that shows the same        */
    const char *next_url; /* older entries; NULL: there are none                  */
    int64_t updated_at;   /* UTC seconds: the newest change of an entry           */
};

struct atom_entry {
    const char *url;      /* required, whole: the page of the thing; also its id, so it must last */
    const char *title;    /* required */
    const char *summary;  /* plain text; NULL: none              */
    struct html content;  /* from the Markdown renderer; may be nothing */
    const char *author;   /* NULL: that of the feed              */
    int64_t published_at; /* UTC seconds; 0: not said            */
    int64_t updated_at;   /* UTC seconds; required               */
};

void atom_begin(struct view *out, const struct atom_feed *feed);
void atom_entry(struct view *out, const struct atom_entry *entry);
void atom_end(struct view *out);

#endif
