/* SPDX-License-Identifier: MIT */
/*
 * mail_line.h - what putting and sending share.  Inside mail/ only.
 */
#ifndef PLATFORM_MAIL_MAIL_LINE_H
#define PLATFORM_MAIL_MAIL_LINE_H

#include "platform/mail/mail.h"
#include "platform/mail/smtp.h"

/* The kind of the job that sends one message; its key is the id of the message.  mail.sql names
 * it too. */
#define MAIL_SEND_KIND "mail.send"

/* A line to the mail server of the settings.  ERR_INVALID: the setting cannot be. */
MUST_CHECK enum status mail_line_open(struct ctx *ctx, struct smtp **out);

#endif
