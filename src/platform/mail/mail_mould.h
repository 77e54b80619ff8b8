/* SPDX-License-Identifier: MIT */
/*
 * mail_mould.h - one message to many people: built once, filled in for each.
 *
 * Building MIME costs more than sending it.  A mould is the whole message with a stand-in for each
 * of the three things that differ: the address, the id of the message, and the secret of the
 * reader's own links.  Id and secret have a fixed length, so filling in is copying; that the
 * message is what mail_mime would have built is tested.
 */
#ifndef PLATFORM_MAIL_MAIL_MOULD_H
#define PLATFORM_MAIL_MAIL_MOULD_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

enum { MAIL_MOULD_ID_CHARS = 48, MAIL_MOULD_SECRET_CHARS = 48 };

/* Stand-ins to build the source with: letters and digits of the lengths above that stand in no
 * text, because they are random. */
struct mail_mould_marks {
    const char *id, *secret;
};
struct mail_mould_marks mail_mould_marks(struct mem *mem);

struct mail_mould_source {
    const char *from_address, *from_name;
    const char *subject, *text, *html;
    const char *message_id;      /* marks.id, "@" and a domain                          */
    const char *unsubscribe_url; /* with marks.secret, an https address that takes a POST */
    int64_t dated_at;
};

struct mail_mould;

/* ERR_FAULT: GMime refused, or a stand-in got lost. */
MUST_CHECK enum status mail_mould_make(struct ctx *ctx, const struct mail_mould_marks *marks,
                                       const struct mail_mould_source *source,
                                       struct mail_mould **out);

struct mail_mould_person {
    const char *address;
    const char *id, *secret; /* letters and digits, of the lengths above */
};

/* The message for one person, in mem. */
struct text_span mail_mould_fill(struct mem *mem, const struct mail_mould *mould,
                                 const struct mail_mould_person *person);

#endif
