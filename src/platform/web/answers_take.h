/* SPDX-License-Identifier: MIT */
/*
 * answers_take.h - the border that every reader of answers uses.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_ANSWERS_TAKE_H
#define PLATFORM_WEB_ANSWERS_TAKE_H

#include "platform/base/text.h"
#include "platform/web/answers.h"

/* A new empty pair at the end. */
struct form_answer *answers_push(struct mem *mem, struct form_answers *answers);

/* A name as sent, checked.  ERR_INVALID: too long, or not text. */
MUST_CHECK enum status answers_name(struct ctx *ctx, struct text_span sent, const char **out);

/* A value as typed, cleaned.  ERR_INVALID: too long, or not text; name is for the cause. */
MUST_CHECK enum status answers_clean(struct ctx *ctx, const char *name, struct text_span typed,
                                     const char **out);

/* Adds a pair, cleaning the value.  ERR_INVALID: as above, or too many pairs. */
MUST_CHECK enum status answers_take(struct ctx *ctx, struct form_answers *out, const char *name,
                                    struct text_span typed);

#endif
