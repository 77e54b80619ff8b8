/* SPDX-License-Identifier: MIT */
/* links_test_help.h - for tests: how links of public pages stand. */
#ifndef PROGRAMME_LINKS_LINKS_TEST_HELP_H
#define PROGRAMME_LINKS_LINKS_TEST_HELP_H

#include "programme/links/links.h"

/* "broken: what was found", as editors read it; "not listed" when no page has the link. */
const char *links_test_stands(struct ctx *ctx, const char *href);

/* "href on the page title is state" of a link that does not work; "" when all do.
 *   count_out  how many links there are */
const char *links_test_not_ok(struct ctx *ctx, size_t *count_out);

/* How many public pages have the link. */
int64_t links_test_uses(struct ctx *ctx, const char *href);

#endif
