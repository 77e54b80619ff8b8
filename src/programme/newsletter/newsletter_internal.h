/* SPDX-License-Identifier: MIT */
/* newsletter_internal.h - what the files of newsletter/ share.  Inside newsletter/ only. */
#ifndef PROGRAMME_NEWSLETTER_NEWSLETTER_INTERNAL_H
#define PROGRAMME_NEWSLETTER_NEWSLETTER_INTERNAL_H

#include "platform/base/hash.h"
#include "programme/newsletter/newsletter.h"

/* ---- secrets (newsletter_secret.c) ---- */

enum { NEWSLETTER_REPORT_CHARS = 48 };

/* The key of all that follows; the same on every node. */
struct newsletter_key {
    unsigned char bytes[HASH_KEY_BYTES];
};
MUST_CHECK enum status newsletter_key(struct ctx *ctx, struct newsletter_key *out);

/* The token of a reader's links, NEWSLETTER_TOKEN_CHARS long: whose, and proof that it is ours. */
const char *newsletter_token_of(struct mem *mem, const struct newsletter_key *key,
                                int64_t reader_id);

/* The reader whose token it is; ERR_NOT_FOUND: we did not make it. */
MUST_CHECK enum status newsletter_token_read(struct ctx *ctx, const char *token, int64_t *out);

/* The token to which reports about a delivery come, NEWSLETTER_REPORT_CHARS long. */
const char *newsletter_report_token(struct mem *mem, const struct newsletter_key *key,
                                    int64_t issue_id, int64_t reader_id);
MUST_CHECK enum status newsletter_report_read(struct ctx *ctx, const char *token, int64_t *issue_id,
                                              int64_t *reader_id);

/* The hash by which an address is known to be stopped. */
MUST_CHECK enum status newsletter_stop_hash(struct ctx *ctx, const char *email_key,
                                            const char **out);

/* ---- mail (newsletter_mail.c) ---- */

struct newsletter_letter {
    const char *reference, *to_address;
    const char *code, *link;
    bool is_reader; /* they have the newsletter already */
};
MUST_CHECK enum status newsletter_mail_ask(struct ctx *ctx, const struct newsletter_letter *letter);

/* ---- stopping (newsletter.c) ---- */

/* The reader goes and the address is kept as a hash; in the caller's transaction.  issue_id: where
 * it is counted; 0: the last that they got. */
struct newsletter_stopping {
    int64_t reader_id, issue_id;
    const char *why;     /* newsletter_stop.why           */
    const char *outcome; /* newsletter_delivery.outcome   */
};
MUST_CHECK enum status newsletter_stop(struct ctx *ctx, const struct newsletter_stopping *stopping);

#endif
