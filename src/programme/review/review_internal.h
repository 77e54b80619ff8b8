/* SPDX-License-Identifier: MIT */
/* review_internal.h - what the parts of review share; nobody else includes it. */
#ifndef PROGRAMME_REVIEW_REVIEW_INTERNAL_H
#define PROGRAMME_REVIEW_REVIEW_INTERNAL_H

#include "programme/review/review.h"
#include "programme/review/review.sql.h"

/* A review with its pledge and who signs it today, read for changing it. */
struct review_file {
    struct pledge pledge; /* as staff see it */
    struct pledge_parties parties;
    struct review review; /* period 0: none is there */
    int64_t warned;
    struct review_signatures_row *signed_by; /* of the newest version */
    size_t signed_count;
    bool is_quiet; /* the times of what is recorded are over: no mails */
};

/* The review of a period, 0: of that in which the pledge is.  ERR_NOT_FOUND: no such pledge. */
MUST_CHECK enum status review_file_open(struct ctx *ctx, const char *reference, int64_t period,
                                        struct review_file *out);

/* The row of the one who signed for that side; NULL: nobody did. */
const struct review_signatures_row *review_signed_by(const struct review_file *file,
                                                     const char *role);

/* The party of that side; NULL: there is none. */
const struct pledge_party *review_party(const struct review_file *file, const char *role);

/* ERR_CONFLICT unless it can be written and sent now. */
MUST_CHECK enum status review_must_be_open(struct ctx *ctx, const struct review_file *file);

/* Inside a transaction, from a file that is open. */
MUST_CHECK enum status review_file_begin(struct ctx *ctx, struct review_file *file);
MUST_CHECK enum status review_file_send(struct ctx *ctx, struct review_file *file,
                                        const struct review_words *words);
MUST_CHECK enum status review_file_sign(struct ctx *ctx, struct review_file *file,
                                        const struct review_act *act);
MUST_CHECK enum status review_file_lapse(struct ctx *ctx, struct review_file *file);

/* Notes in the record of deeds; what is a code of review_audit_kinds, reason NULL for none. */
MUST_CHECK enum status review_note(struct ctx *ctx, const struct review_file *file,
                                   const char *what, const char *reason);

/* Days that follow from the last day on which it can be signed. */
struct review_days {
    const char *lapses_on, *warn_on, *last_warn_on;
};
MUST_CHECK enum status review_days_of(struct ctx *ctx, const char *lapses_on,
                                      struct review_days *out);

/* ---- links (review_link.c) ---- */

/* Makes a link to sign for a side, ends the earlier ones, and gives its token. */
MUST_CHECK enum status review_link_make(struct ctx *ctx, const struct review_file *file,
                                        const struct pledge_party *party, const char **token_out);

/* The same to write, for as long as the review is open; ends none. */
MUST_CHECK enum status review_link_make_to_write(struct ctx *ctx, const struct review_file *file,
                                                 const struct pledge_party *party,
                                                 const char **token_out);

/* ---- mails (review_mail.c): none when file->is_quiet ---- */

MUST_CHECK enum status review_mail_opened(struct ctx *ctx, const struct review_file *file);
MUST_CHECK enum status review_mail_to_sign(struct ctx *ctx, const struct review_file *file);
MUST_CHECK enum status review_mail_declined(struct ctx *ctx, const struct review_file *file,
                                            const char *reason);
MUST_CHECK enum status review_mail_renewed(struct ctx *ctx, const struct review_file *file);
MUST_CHECK enum status review_mail_extended(struct ctx *ctx, const struct review_file *file);
MUST_CHECK enum status review_mail_soon(struct ctx *ctx, const struct review_file *file,
                                        bool is_last);
MUST_CHECK enum status review_mail_lapsed(struct ctx *ctx, const struct review_file *file);

#endif
