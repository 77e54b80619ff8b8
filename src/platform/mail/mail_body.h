/* SPDX-License-Identifier: MIT */
/*
 * mail_body.h - the parts of a message: checked, kept as text, read back.  Inside mail/ only.
 */
#ifndef PLATFORM_MAIL_MAIL_BODY_H
#define PLATFORM_MAIL_MAIL_BODY_H

#include "platform/mail/mail.h"

/*
 * The parts as one line of JSON, [["text","words",""], ...], with every href made whole.  base_url:
 * of this service, put before an href that begins with "/".
 *
 * ERR_INVALID  there is no part or there are too many, a text is empty, too long or not UTF-8, or
 *              an href is no address that a reader can open
 */
MUST_CHECK enum status mail_body_pack(struct ctx *ctx, const struct mail_part *parts,
                                      const char *base_url, const char **out);

/* The parts again, ended by MAIL_END.  ERR_FAULT: the text is not what mail_body_pack wrote. */
MUST_CHECK enum status mail_body_unpack(struct ctx *ctx, const char *packed,
                                        const struct mail_part **out);

/* href made whole.  ERR_INVALID: not http, https or a path of this service, too long, or with
 * characters that an address cannot have. */
MUST_CHECK enum status mail_body_href(struct ctx *ctx, const char *href, const char *base_url,
                                      const char **out);

#endif
