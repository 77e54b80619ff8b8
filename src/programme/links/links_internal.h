/* SPDX-License-Identifier: MIT */
/* links_internal.h - what the files of this folder share. */
#ifndef PROGRAMME_LINKS_LINKS_INTERNAL_H
#define PROGRAMME_LINKS_LINKS_INTERNAL_H

#include "programme/links/links.h"
#include "programme/links/links.sql.h"

/* The name of a page, as in the tables: "news/new-rules". */
const char *links_name(struct mem *mem, const char *kind, const char *key);

/* Whether a link leads to this site. */
bool links_is_within(const char *href);

/* How a link within this site stands now: ok, moved, broken; unchecked where only the page itself
 * could say. */
MUST_CHECK enum status links_site_state(struct ctx *ctx, const char *href, const char **state_out);

/* How a link to another website stands, which is looked at from now on; in the caller's
 * transaction.  "unchecked" for what is never looked at. */
MUST_CHECK enum status links_outside_state(struct ctx *ctx, const char *href,
                                           const char **state_out, int64_t *looked_at_out);

/* Whether a look is wanted: the operator allows it, and a link waits. */
MUST_CHECK enum status links_outside_wanted(struct ctx *ctx, bool *out);

/* Looks at the links within this site that are new; whether there are any. */
MUST_CHECK enum status links_look_at_new(struct ctx *ctx);
MUST_CHECK enum status links_new_wanted(struct ctx *ctx, bool *out);

#endif
