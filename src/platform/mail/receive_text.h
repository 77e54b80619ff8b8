/* SPDX-License-Identifier: MIT */
/*
 * receive_text.h - the words of a message that came in.  Inside mail/ only.
 */
#ifndef PLATFORM_MAIL_RECEIVE_TEXT_H
#define PLATFORM_MAIL_RECEIVE_TEXT_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

/* A copy of any bytes, zero bytes among them, with one more zero byte behind. */
char *receive_copy(struct ctx *ctx, const char *bytes, size_t length_bytes);

/* Any bytes as clean text of at most max_bytes (about: more is cut): what is not UTF-8 becomes
 * U+FFFD, control characters go. */
const char *receive_clean(struct ctx *ctx, struct text_span bytes, enum text_kind kind,
                          size_t max_bytes);

/* What a reader of HTML sees, as lines; not yet clean.  ERR_FAULT: gumbo failed. */
MUST_CHECK enum status receive_html(struct ctx *ctx, struct text_span html, struct text_span *out);

/* Text without what it quotes and without a signature.  Who writes below what is quoted is
 * understood too. */
const char *receive_answer(struct ctx *ctx, const char *text);

#endif
