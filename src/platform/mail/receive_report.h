/* SPDX-License-Identifier: MIT */
/*
 * receive_report.h - what a delivery status notification says (RFC 3464).  Inside mail/ only.
 */
#ifndef PLATFORM_MAIL_RECEIVE_REPORT_H
#define PLATFORM_MAIL_RECEIVE_REPORT_H

#include "platform/mail/receive.h"

/* Reads the part message/delivery-status into reported and reported_count.  Groups of fields that
 * name no recipient, the first one among them, are passed over. */
void receive_report(struct ctx *ctx, struct text_span part, struct mail_received *into);

/* The value of a field among lines of headers, on one line; "" for none. */
const char *receive_field(struct ctx *ctx, const char *headers, const char *name);

/* "<a@b>" and " a@b " as "a@b". */
const char *receive_bare(struct ctx *ctx, const char *text);

#endif
