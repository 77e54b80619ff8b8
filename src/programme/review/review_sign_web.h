/* SPDX-License-Identifier: MIT */
/* review_sign_web.h - what the pages of signing share within this folder. */
#ifndef PROGRAMME_REVIEW_REVIEW_SIGN_WEB_H
#define PROGRAMME_REVIEW_REVIEW_SIGN_WEB_H

#include "platform/web/form.h"
#include "platform/web/web.h"

/* The field of a reason for sending a review back. */
struct review_reason {
    const char *reason;
};
extern const struct form_field review_reason_fields[];

/* Why a review cannot be signed: ERR_FORBIDDEN, nobody signs for two sides; ERR_CONFLICT, these
 * words do not wait for this side any more. */
enum status review_say_refused(struct web_request *request, struct web_answer *answer,
                               enum status status);

#endif
