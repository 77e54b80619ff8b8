/* SPDX-License-Identifier: MIT */
/*
 * mail_mime.h - a message in the form that mail servers take (RFC 5322, MIME).  Inside mail/ only.
 */
#ifndef PLATFORM_MAIL_MAIL_MIME_H
#define PLATFORM_MAIL_MAIL_MIME_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

struct mail_letter {
    const char *from_address;
    const char *from_name; /* "": none */
    const char *to_address;
    const char *to_name;  /* "": none */
    const char *reply_to; /* "": as from_address */
    const char *subject;
    const char *text;
    const char *html;
    const char *message_id;      /* without < and > */
    const char *unsubscribe_url; /* NULL: none      */
    int64_t dated_at;            /* UTC seconds     */
};

/*
 * The whole message: multipart/alternative of UTF-8 in quoted-printable, names and subject in
 * encoded words, lines ended by CR LF and at most 998 bytes long, all of it ASCII.  The same letter
 * gives the same bytes.  A line break in a name, subject or address cannot begin a header.
 *
 * ERR_FAULT  GMime refused
 */
MUST_CHECK enum status mail_mime(struct ctx *ctx, const struct mail_letter *letter,
                                 struct text_span *out);

/* Starts GMime, once: before it is used elsewhere. */
void mail_mime_start(void);

#endif
