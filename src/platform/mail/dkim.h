/* SPDX-License-Identifier: MIT */
/*
 * dkim.h - signs messages so that mail servers know whose they are: DKIM (RFC 6376).
 *
 * The key is a file in PEM that the setting dkim_key names: Ed25519 (RFC 8463) or RSA of at least
 * 2048 bits (RFC 8301 asks for 1024 at least and advises 2048).  Its public half stands in DNS at
 * SELECTOR._domainkey.DOMAIN; DOMAIN is that of the setting mail_from.  Header and body are taken
 * in their relaxed form, so that a server on the way may fold lines anew.
 *
 * libopendkim was looked at: its last release is of 2015 and knows no Ed25519.  What is left once
 * OpenSSL signs is the canonical form, some hundred lines; the tests have it checked by dkimpy.
 */
#ifndef PLATFORM_MAIL_DKIM_H
#define PLATFORM_MAIL_DKIM_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

struct dkim;

/*
 * Reads the key of the settings.  *out NULL: none is set, messages go unsigned.
 *
 * ERR_INVALID  the file cannot be read, is no private key in PEM, or one that verifiers refuse
 */
MUST_CHECK enum status dkim_open(struct ctx *ctx, struct dkim **out);

/* Puts a DKIM-Signature before the message, whose lines end in CR LF; with dkim NULL the message as
 * it is.  signed_at: UTC seconds.  ERR_FAULT: OpenSSL refused, or the message has no end of its
 * header. */
MUST_CHECK enum status dkim_sign(struct ctx *ctx, const struct dkim *dkim, int64_t signed_at,
                                 struct text_span *message);

/* The line to put into DNS, "v=DKIM1; k=ed25519; p=...". */
MUST_CHECK enum status dkim_record(struct ctx *ctx, const struct dkim *dkim, const char **out);

#endif
