/* SPDX-License-Identifier: MIT */
/* pledge_party_web.h - who signs, as pages show it; for the pages of this folder. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_PARTY_WEB_H
#define PROGRAMME_PLEDGE_PLEDGE_PARTY_WEB_H

#include "platform/web/web.h"
#include "programme/pledge/pledge_party_page.h"

/* Words and days for both sides.  base: before "/hand-over/SIDE"; NULL: nothing can be handed over
 * by this reader. */
void pledge_sides_fill(struct ctx *ctx, const struct pledge_sides *sides, const char *base,
                       struct pledge_sides_page *out);

#endif
