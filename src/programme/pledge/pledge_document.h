/* SPDX-License-Identifier: MIT */
/* pledge_document.h - the pledge on paper. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_DOCUMENT_H
#define PROGRAMME_PLEDGE_PLEDGE_DOCUMENT_H

#include "platform/view/view.h"
#include "programme/pledge/pledge.h"

/*
 * The pledge as its reader may see it, as a tagged PDF: the words, who signed, the plan, and the
 * code by which anyone can check it, as text and to scan.  The same pledge gives the same bytes.
 * out gets the bytes.
 */
MUST_CHECK enum status pledge_print(struct ctx *ctx, const struct pledge *pledge, struct view *out);

#endif
