/* SPDX-License-Identifier: MIT */
/*
 * mail_render.h - the parts of a message as plain text and as HTML.  Inside mail/ only.
 */
#ifndef PLATFORM_MAIL_MAIL_RENDER_H
#define PLATFORM_MAIL_MAIL_RENDER_H

#include "platform/mail/mail.h"

/* What stands around every message. */
struct mail_frame {
    const char *service_name;
    const char *base_url; /* of the service, for the foot */
    const char *subject;
    const char *unsubscribe_url; /* NULL: none */
};

/* Paragraphs with an empty line between, links in full on a line of their own, never wrapped. */
MUST_CHECK enum status mail_render_text(struct ctx *ctx, const struct mail_frame *frame,
                                        const struct mail_part *parts, const char **out);

/*
 * A whole document without tables, pictures, scripts or anything to load: headings, lists and
 * links as such, in the colours of the design system, readable at any width.
 */
MUST_CHECK enum status mail_render_html(struct ctx *ctx, const struct mail_frame *frame,
                                        const struct mail_part *parts, const char **out);

#endif
