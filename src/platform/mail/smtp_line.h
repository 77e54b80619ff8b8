/* SPDX-License-Identifier: MIT */
/*
 * smtp_line.h - a line that libcurl opened, for smtp_bulk.c to talk on.  Inside mail/ only.
 *
 * Greeting, encryption and signing in are libcurl's.  What is said after that is sent with
 * curl_easy_send and read with curl_easy_recv, so that it is encrypted where the line is.
 */
#ifndef PLATFORM_MAIL_SMTP_LINE_H
#define PLATFORM_MAIL_SMTP_LINE_H

#include "platform/mail/smtp.h"

#include <curl/curl.h>

struct smtp_ready {
    CURL *curl;
    curl_socket_t socket; /* to wait for; never to read or write */
    bool is_pipelining;   /* several commands may be sent at once (RFC 2920) */
};

/* Opens the line.  reply->outcome: SMTP_ACCEPTED, or why not.  ERR_FAULT: libcurl itself failed. */
MUST_CHECK enum status smtp_connect(struct ctx *ctx, struct smtp *smtp, struct smtp_ready *out,
                                    struct smtp_reply *reply);

#endif
