/* SPDX-License-Identifier: MIT */
/*
 * receive.h - messages that come in: read, understood, and given to whoever knows their address.
 *
 * A mail server pipes each message that comes to the mailbox of the setting `mail_answers_to` to
 * `onward mail receive`.  An address there is the mailbox with a part behind a plus sign,
 *
 *     answers+PREFIX-TOKEN@service.example
 *
 * or, where the server hands over a whole domain, PREFIX-TOKEN@ alone.  The prefix says who takes
 * the message (struct mail_receiver), the token which thing it is about.  A token is a secret that
 * only the reader of our mail has; the sender of a message is only what the message says.
 *
 * What a stranger sends is any bytes.  Everything in struct mail_received is clean text of the
 * program (text.h), cut to the limits below.  Nothing here answers, and nothing may answer what
 * is_automatic: so no two programs can write to each other for ever.
 *
 * Reads the format of RFC 5322 and MIME by GMime, HTML by gumbo, reports by RFC 3464.
 */
#ifndef PLATFORM_MAIL_RECEIVE_H
#define PLATFORM_MAIL_RECEIVE_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

enum {
    MAIL_RECEIVED_BYTES_MAX = 10 * 1024 * 1024, /* of a message; more is refused            */
    MAIL_RECEIVED_TEXT_BYTES_MAX = 200 * 1024,  /* of text; more is cut, with "…"           */
    MAIL_RECEIVED_HTML_BYTES_MAX = 64 * 1024,   /* that are read of a message without text  */
    MAIL_RECEIVED_HEADER_CHARS_MAX = 1000,      /* of one header; more is cut               */
    MAIL_RECEIVED_HEADERS_MAX = 200,
    MAIL_RECEIVED_PARTS_MAX = 200,
    MAIL_RECEIVED_REPORTS_MAX = 50 /* recipients of one report                   */
};

/* Stands in mail that can be answered by mail: what is below it is not part of an answer. */
#define MAIL_ANSWER_ABOVE "Write your answer above this line"

struct mail_received_header {
    const char *name, *value; /* decoded, on one line */
};

/* What a report says of one recipient. */
struct mail_reported {
    const char *address; /* Original-Recipient, else Final-Recipient; "" when not said       */
    const char *action;  /* "failed", "delayed", "delivered", "relayed", "expanded"; lower case */
    const char *status;  /* "5.1.1"; "" when it has not that form                               */
    const char *reason;  /* Diagnostic-Code; "" for none                                        */
};

struct mail_received {
    const char *digest;        /* SHA-256 of its bytes: the same message come twice has the same */
    const char *to;            /* the address that it came to                                  */
    const char *token;         /* behind the prefix of the receiver, in lower case             */
    const char *from;          /* the address that it says it is from; "" when it says none    */
    const char *from_name;     /* "" for none                                                  */
    const char *envelope_from; /* where it would be returned to; "" for nowhere                */
    const char *subject;
    const char *message_id, *in_reply_to; /* without < and >; "" for none                    */
    const char *references;               /* ids with a space between them                   */
    const char *text;     /* all that it says, as plain text; "" for nothing                 */
    const char *answer;   /* the same without what it quotes, and without a signature        */
    int64_t other_count;  /* parts that are no text of it: attachments, forwarded messages   */
    bool is_automatic;    /* no person wrote it to us: never to be answered                  */
    bool is_report;       /* a delivery status notification                                  */
    const char *about_id; /* of a report: Message-ID of the message that it is about         */
    const struct mail_reported *reported; /* of a report                                     */
    size_t reported_count;
    const struct mail_received_header *headers; /* in their order */
    size_t header_count;
};

/* The first header of that name (any case), or "". */
const char *mail_received_header(const struct mail_received *mail, const char *name);

/* What the mail server knows beside the message.  NULL: it did not say. */
struct mail_envelope {
    const char *to;   /* the address that it came to; NULL: looked for in the headers            */
    const char *from; /* "" or "<>": a message that must not be returned; NULL: Return-Path says */
};

/*
 * Reads a message.  to and token are the envelope's address and "": mail_receive fills them in.
 *
 * ERR_INVALID  it is too large, empty, or has no header
 * ERR_FAULT    GMime or gumbo failed
 */
MUST_CHECK enum status mail_received_read(struct ctx *ctx, struct text_span bytes,
                                          const struct mail_envelope *envelope,
                                          struct mail_received *out);

/*
 * Takes messages whose address has that prefix ("enquiry" for answers+enquiry-TOKEN@).  A mail
 * server may hand over the same message twice: take it once, by digest.  What it returns:
 *
 * OK             taken, or rightly passed over
 * ERR_NOT_FOUND  nobody has that token: the server tells the sender that the address is none
 * ERR_CONFLICT, ERR_FORBIDDEN, ERR_INVALID
 *                not taken: the server tells the sender
 * ERR_BUSY, ERR_FAULT
 *                later: the server keeps the message and tries again
 */
struct mail_receiver {
    const char *prefix;
    enum status (*take)(struct ctx *ctx, const struct mail_received *mail);
};

/*
 * Reads a message and gives it to its receiver: that of the envelope's address, else of the first
 * address of Delivered-To, X-Original-To, Envelope-To, To and Cc that has one.  receivers: tables
 * each ended by {0}, ended by NULL.
 *
 * ERR_NOT_FOUND  no receiver knows the address
 * and what mail_received_read and take return
 */
MUST_CHECK enum status mail_receive(struct ctx *ctx, const struct mail_receiver *const *receivers,
                                    struct text_span bytes, const struct mail_envelope *envelope);

/* The address that answers with this prefix and token come to; NULL when the setting
 * `mail_answers_to` is not there, and nothing can be answered by mail. */
const char *mail_receive_address(struct ctx *ctx, const char *prefix, const char *token);

#endif
