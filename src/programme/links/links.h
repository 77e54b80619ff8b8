/* SPDX-License-Identifier: MIT */
/*
 * links.h - where public pages lead, and which of their links editors should mend.
 *
 * Whoever publishes, changes or takes back something of a kind below calls links_follow in the same
 * transaction, as it tells the index of what can be found (search.h).  What is there to read and
 * where it leads the kind itself says (struct links_kind), so that the check of the night can ask
 * again for everything that is public, and learns what an older program had published.
 *
 * Links within this site are compared with its pages and routes, new ones within a minute, all of
 * them every night.  Links to other websites are looked at one at a time (links_outside.c), where
 * the operator allows it.
 *
 * A new kind: a struct links_kind in its room, a line in programme_links.c, links_follow where it
 * tells the search, its name in links_desk_web.c, and links_mend_write on the page of its desk.
 *
 * Owns the tables links_page, links_held and links_outside.  Reads search.
 */
#ifndef PROGRAMME_LINKS_LINKS_H
#define PROGRAMME_LINKS_LINKS_H

#include "platform/base/ctx.h"
#include "platform/job/job.h"

/* ---- what a page leads to ---- */

enum { LINKS_MOST = 200, LINKS_HREF_BYTES_MOST = 1000 };

struct links {
    const char *hrefs[LINKS_MOST];
    size_t count;
};

/* Adds a link, once.  One within its own page, to write a mail, or too long is left out, and so is
 * what would be more than LINKS_MOST. */
void links_add(struct links *links, const char *href);

/* Adds each address https://... or http://... that stands in a text without marks. */
void links_add_plain(struct mem *mem, struct links *links, const char *text);

/* What the public reads, as editors know it. */
struct links_page {
    const char *title;
    const char *edit_href; /* path of the page where it is mended */
    struct links links;
};

struct links_kind {
    const char *kind; /* as in search.h, with the same keys */

    /* Fills in what the public reads.  ERR_NOT_FOUND: nothing (any more). */
    enum status (*read)(struct ctx *ctx, const char *key, struct links_page *out);

    /* Where its pages are: the key stands behind it, and nothing more.  "" : stands says it. */
    const char *below; /* "/news/" */

    /* Sets *state_out to "ok", "moved" or "broken" for a path that is of this kind, and leaves it
     * for others.  NULL: below says it. */
    enum status (*stands)(struct ctx *ctx, const char *path, const char **state_out);
};

/* Every kind, ended by NULL: one list for the program, in programme_links.c. */
extern const struct links_kind *const links_kinds[];

/*
 * Something was published, changed or taken back: keeps where it leads now, and of what nobody can
 * read nothing.  In the caller's transaction, or in one of its own.
 *
 * Three queries, and three for each link that was not there.
 */
MUST_CHECK enum status links_follow(struct ctx *ctx, const struct links_kind *kind,
                                    const char *key);

/* ---- looking ---- */

/* Asks every kind for everything that is public, and looks at all links within this site.  A
 * transaction a page and a link. */
MUST_CHECK enum status links_check(struct ctx *ctx);

/*
 * Looks at one link to another website (platform/net/look.h): the one that waits longest, of a host
 * that was not asked for a minute.  Nothing, when none waits.  What works is looked at again after
 * a week, what does not the next day; a link is broken after it failed on two days.
 *
 *   may_connect  NULL, except in tests: see net_looking
 *
 * Two transactions, and the look between them.
 */
struct sockaddr;
MUST_CHECK enum status links_outside_look(struct ctx *ctx,
                                          bool (*may_connect)(const struct sockaddr *));

extern const struct job_kind links_job_kinds[];

#endif
