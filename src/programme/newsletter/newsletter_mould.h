/* SPDX-License-Identifier: MIT */
/* newsletter_mould.h - an issue as the message that each reader gets.  Inside newsletter/ only. */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_MOULD_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_MOULD_H

#include "platform/mail/dkim.h"
#include "platform/mail/mail_mould.h"
#include "platform/mail/smtp.h"
#include "programme/newsletter/newsletter.h"
#include "programme/newsletter/newsletter_internal.h"

struct newsletter_mould {
    struct mail_mould *mould;
    struct dkim *dkim;
    struct newsletter_key key;
    int64_t issue_id;
};

/* Composes it, once for all readers. */
MUST_CHECK enum status newsletter_mould_make(struct ctx *ctx, const struct newsletter_issue *issue,
                                             struct newsletter_mould *out);

/* The message for one reader, signed when a key is set; in ctx->mem. */
MUST_CHECK enum status newsletter_mould_fill(struct ctx *ctx, const struct newsletter_mould *mould,
                                             int64_t reader_id, const char *email,
                                             struct smtp_message *out);

/* The job that sends somebody an issue as a test: key REFERENCE/PERSON/TIME. */
enum status newsletter_test_job(struct ctx *ctx, const struct job *job);

#endif
