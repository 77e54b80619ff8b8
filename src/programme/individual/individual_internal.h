/* SPDX-License-Identifier: MIT */
/* individual_internal.h - what the files of individual/ share and nobody else sees. */
#ifndef PROGRAMME_INDIVIDUAL_INDIVIDUAL_INTERNAL_H
#define PROGRAMME_INDIVIDUAL_INDIVIDUAL_INTERNAL_H

#include "programme/individual/individual.h"

#include "platform/view/view.h"
#include "programme/individual/individual.sql.h"

/* All of one, by its number. */
MUST_CHECK enum status individual_get(struct ctx *ctx, int64_t id, struct individual *out);

/* The same of a row that was read. */
void individual_fill(struct mem *mem, const struct individual_row_row *row, struct individual *out);

/* The digest of its withdrawal at that time. */
const char *individual_end_digest(struct mem *mem, const struct individual *it, int64_t at);

/* In a transaction: the address of `it` is proven.  later_hash, unless NULL, opens the pledge that
 * counts for it then. */
MUST_CHECK enum status individual_prove(struct ctx *ctx, const struct individual *it,
                                        const char *later_hash);

/* Whether a part is among what was chosen to be shown. */
bool individual_is_chosen(const struct form_several *shown, enum individual_part part);

/* ---- mails, in the transaction of their cause ---- */

struct individual_letter {
    const char *reference; /* of the pledge that it is about */
    const char *to_address;
    const char *token; /* of the link in it */
    const char *code;
};

MUST_CHECK enum status individual_mail_confirm(struct ctx *ctx,
                                               const struct individual_letter *letter);
/* To an address that has signed: since when.  key: names the cause. */
MUST_CHECK enum status individual_mail_again(struct ctx *ctx,
                                             const struct individual_letter *letter,
                                             const char *signed_on);
MUST_CHECK enum status individual_mail_reminder(struct ctx *ctx,
                                                const struct individual_letter *letter);

/* What the programme did with what the public reads: hid it, with a reason, or NULL: shows it. */
MUST_CHECK enum status individual_mail_hidden(struct ctx *ctx,
                                              const struct individual_letter *letter,
                                              const char *reason);

/* Whether the public log has its signing under a head already. */
MUST_CHECK enum status individual_is_logged(struct ctx *ctx, const struct individual *it,
                                            bool *out);

/* The receipt to print, as PDF. */
MUST_CHECK enum status individual_print(struct ctx *ctx, const struct individual *it,
                                        struct view *out);

#endif
