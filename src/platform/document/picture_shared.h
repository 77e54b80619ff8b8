/* SPDX-License-Identifier: MIT */
/*
 * picture_shared.h - the picture that other services show beside a shared address: what it is, its
 * title, a line or two beneath and the name of the service, in the same looks whatever it is of.
 *
 * It is here because it knows nothing of what it shows: each capability says the words of its own
 * things, and web_shared_picture (web.h) draws and sends them.  The colours are the neutral ones of
 * the service.  The same words make the same bytes.
 */
#ifndef PLATFORM_DOCUMENT_PICTURE_SHARED_H
#define PLATFORM_DOCUMENT_PICTURE_SHARED_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

enum { PICTURE_SHARED_WIDTH_PX = 1200, PICTURE_SHARED_HEIGHT_PX = 630 };

/* Words of any length and script: see picture.h. */
struct picture_shared {
    const char *kind;        /* small, above: "News"                                   */
    const char *title;       /* the largest                                            */
    const char *line;        /* beneath: who, or when; NULL: none                      */
    const char *second_line; /* where; NULL: none                                      */
    const char *reference;   /* beside the name of the service; NULL: none             */
    bool is_over;            /* grey: the title says that it does not hold, or is off  */
};

/* A PNG.  ERR_FAULT: the library failed. */
MUST_CHECK enum status picture_shared_draw(struct ctx *ctx, const struct picture_shared *shared,
                                           struct text_span *out);

/* What the picture says, for those who cannot see it: "News: A title. 9 March 2026." */
const char *picture_shared_words(struct mem *mem, const struct picture_shared *shared);

#endif
