/* SPDX-License-Identifier: MIT */
/* review_document.h - a signed review as a paper. */
#ifndef PROGRAMME_REVIEW_REVIEW_DOCUMENT_H
#define PROGRAMME_REVIEW_REVIEW_DOCUMENT_H

#include "platform/view/view.h"
#include "programme/review/review_page.h"

/* Writes the PDF. */
MUST_CHECK enum status review_print(struct ctx *ctx, const struct review_show *show,
                                    struct view *out);

#endif
