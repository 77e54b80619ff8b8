/* SPDX-License-Identifier: MIT */
/* rights_mail.h - the messages about a request; this folder only. */
#ifndef PROGRAMME_RIGHTS_RIGHTS_MAIL_H
#define PROGRAMME_RIGHTS_RIGHTS_MAIL_H

#include "programme/rights/rights.h"
#include "programme/rights/rights.sql.h"

/* What an erasure did, line by line; count 0: nothing was erased. */
struct rights_erased {
    struct privacy_erasure *lines;
    size_t count;
};

MUST_CHECK enum status rights_mail_link(struct ctx *ctx, const struct rights_row_row *row,
                                        const char *token);
MUST_CHECK enum status rights_mail_taken(struct ctx *ctx, const struct rights_row_row *row);
MUST_CHECK enum status rights_mail_extended(struct ctx *ctx, const struct rights_row_row *row);
MUST_CHECK enum status rights_mail_acknowledged(struct ctx *ctx, const struct rights_row_row *row);
MUST_CHECK enum status rights_mail_closed(struct ctx *ctx, const struct rights_row_row *row,
                                          const struct rights_erased *erased);

/* "We deleted this." or why it stays: the words for one line, before or after. */
const char *rights_erased_words(struct mem *mem, const struct privacy_erasure *line);

#endif
