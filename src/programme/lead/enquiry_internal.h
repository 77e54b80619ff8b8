/* SPDX-License-Identifier: MIT */
/* enquiry_internal.h - what the files of enquiries share; nobody else includes it. */
#ifndef PROGRAMME_LEAD_ENQUIRY_INTERNAL_H
#define PROGRAMME_LEAD_ENQUIRY_INTERNAL_H

#include "programme/lead/enquiry.sql.h"
#include "programme/lead/lead_internal.h"

/* The secrets of one side, made from its number and a key of the service, so that every mail can
 * hold them and the store holds their hashes alone. */
enum enquiry_side { ENQUIRY_ASKER, ENQUIRY_HOLDER };
MUST_CHECK enum status enquiry_token(struct ctx *ctx, int64_t id, enum enquiry_side side,
                                     const char **out);

/* What happens to a question: one event. */
struct enquiry_happening {
    const char *kind;
    const char *by_whom;
    struct person_id person;
    const char *text, *whole, *sender, *digest; /* NULL: "" */
};
MUST_CHECK enum status enquiry_add_event(struct ctx *ctx, const struct enquiry *enquiry,
                                         const struct enquiry_happening *happening);

/* Whether one more message of a kind is taken from outside.  ERR_CONFLICT: there were too many. */
MUST_CHECK enum status enquiry_check_room(struct ctx *ctx, const struct enquiry *enquiry,
                                          const char *kind);

/* The steps, in the caller's transaction. */
MUST_CHECK enum status enquiry_begin(struct ctx *ctx, const struct enquiry *enquiry);
MUST_CHECK enum status enquiry_add_more(struct ctx *ctx, const struct enquiry *enquiry,
                                        const struct enquiry_happening *happening);
/* Gives it to the next in line when no role lets its holder answer it any more. */
MUST_CHECK enum status enquiry_give_on(struct ctx *ctx, const struct enquiry *enquiry,
                                       bool *changed_out);
MUST_CHECK enum status enquiry_add_answer(struct ctx *ctx, const struct enquiry *enquiry,
                                          const struct enquiry_happening *happening);

/* ---- mails (enquiry_mail.c) ---- */

MUST_CHECK enum status enquiry_mail_confirm(struct ctx *ctx, const struct enquiry *enquiry);
/* What the mail to a holder is about. */
enum enquiry_call {
    ENQUIRY_IS_NEW,
    ENQUIRY_IS_PASSED,
    ENQUIRY_SAYS_MORE,
    ENQUIRY_IS_DUE,
    ENQUIRY_HAS_STRAY
};
MUST_CHECK enum status enquiry_mail_holder(struct ctx *ctx, const struct enquiry *enquiry,
                                           enum enquiry_call call);
MUST_CHECK enum status enquiry_mail_begun(struct ctx *ctx, const struct enquiry *enquiry);
MUST_CHECK enum status enquiry_mail_answer(struct ctx *ctx, const struct enquiry *enquiry,
                                           const char *text);
/* Somebody who answers has closed it. */
MUST_CHECK enum status enquiry_mail_closed(struct ctx *ctx, const struct enquiry *enquiry,
                                           const char *by_whom);
/* To who watches over the area, and to who asked. */
MUST_CHECK enum status enquiry_mail_late(struct ctx *ctx, const struct enquiry *enquiry);
/* To the national leads. */
MUST_CHECK enum status enquiry_mail_press(struct ctx *ctx, const struct enquiry *enquiry);
/* To who asked: it is closed, and nobody answered it. */
MUST_CHECK enum status enquiry_mail_given_up(struct ctx *ctx, const struct enquiry *enquiry);

#endif
