/* SPDX-License-Identifier: MIT */
/*
 * smtp.h - hands messages to a mail server.
 *
 * The server is named by a URL, the setting `smtp`:
 *
 *     smtp://[user:password@]host[:port][?starttls=required|offered|never]
 *     smtps://[user:password@]host[:port]
 *
 * With smtp:// the line is encrypted by STARTTLS.  `required` is the rule: a server that does not
 * offer it gets nothing.  On a loopback address the rule is `never`, for a mail server or a test on
 * this machine.  smtps:// is encrypted from the first byte.  Certificates are checked against those
 * that the machine trusts.  User and password are percent-decoded; they reach no log and no fault.
 */
#ifndef PLATFORM_MAIL_SMTP_H
#define PLATFORM_MAIL_SMTP_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

enum {
    SMTP_CONNECT_SECS = 20,
    SMTP_MESSAGE_SECS = 180, /* all of one message                                    */
    SMTP_IDLE_SECS = 20      /* a line that was idle for longer is not used any more  */
};

/* A line to one server: opened with the first message, kept for the next, closed with its mem. */
struct smtp;

/*
 * our_name: the host name that we greet with.  Nothing is sent yet.
 *
 * ERR_INVALID  the URL has another form; the fault says what is wrong, without the URL
 */
MUST_CHECK enum status smtp_open(struct ctx *ctx, const char *url, const char *our_name,
                                 struct smtp **out);

enum smtp_outcome {
    SMTP_ACCEPTED, /* the server has taken charge of it                                     */
    SMTP_NOT_NOW,  /* no line, not encrypted, not let in, 4xx: the same may succeed later   */
    SMTP_REFUSED   /* 5xx about this recipient or this message: it never will               */
};

struct smtp_message {
    const char *from_address;
    const char *to_address;
    struct text_span bytes; /* lines end in CR LF; dots are doubled on the way */
};

struct smtp_reply {
    enum smtp_outcome outcome;
    bool is_uncertain;  /* all was sent and no answer came: it may have been taken             */
    const char *reason; /* "" when accepted; else short and without names: "recipient refused:
                           550 5.1.1", "no connection"                                         */
};

/* Sends one message, at most SMTP_MESSAGE_SECS long.  What the server or the network says is in
 * *reply and is OK.  ERR_FAULT: libcurl itself failed.  Memory of reply is that of ctx. */
MUST_CHECK enum status smtp_send(struct ctx *ctx, struct smtp *smtp,
                                 const struct smtp_message *message, struct smtp_reply *reply);

#endif
