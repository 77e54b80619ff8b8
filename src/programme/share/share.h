/* SPDX-License-Identifier: MIT */
/*
 * share.h - what an organisation shows others of its pledge: a picture for shared addresses, a
 * badge for its own website, a poster, words for its staff.
 *
 * All of it is drawn from the pledge as it stands when somebody asks.  What is drawn of a pledge
 * that does not stand says so in its largest words; there is no poster of one.
 *
 * Owns no table.
 */
#ifndef PROGRAMME_SHARE_SHARE_H
#define PROGRAMME_SHARE_SHARE_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"
#include "platform/document/picture_shared.h"
#include "platform/view/view.h"
#include "programme/pledge/pledge.h"

/* "In force since 9 March 2026", or "No longer in force: withdrawn". */
const char *share_stand(struct mem *mem, const struct pledge *pledge);

/* What its picture beside a shared address says. */
struct picture_shared share_picture(struct mem *mem, const struct pledge *pledge);

/* What the picture says, for those who cannot see it. */
const char *share_picture_words(struct mem *mem, const struct pledge *pledge);

/* An SVG that needs nothing else. */
void share_badge(struct ctx *ctx, const struct pledge *pledge, struct view *out);

/* The lines of HTML by which a website shows the badge and leads to where it can be checked. */
const char *share_badge_html(struct ctx *ctx, const struct pledge *pledge);

/*
 * A poster: one page of A4 in PDF.
 *
 * ERR_CONFLICT  the pledge does not stand
 * ERR_FAULT     the library failed
 */
MUST_CHECK enum status share_poster(struct ctx *ctx, const struct pledge *pledge,
                                    struct text_span *out);

/* What may be sent to all staff, as plain text with lines. */
const char *share_message(struct ctx *ctx, const struct pledge *pledge);

#endif
