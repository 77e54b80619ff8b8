/* SPDX-License-Identifier: MIT */
/* equality_internal.h - what the files of equality/ share and nobody else sees. */
#ifndef PROGRAMME_EQUALITY_EQUALITY_INTERNAL_H
#define PROGRAMME_EQUALITY_EQUALITY_INTERNAL_H

#include "programme/equality/equality.h"

/* Under what the answers of an owner stand: a keyed hash. */
MUST_CHECK enum status equality_pseudonym(struct ctx *ctx, const struct equality_owner *owner,
                                          const char **out);

/* What could be answered by an edition of the pack.  ERR_NOT_FOUND: it is not there any more. */
MUST_CHECK enum status equality_options_of(struct ctx *ctx, const char *edition,
                                           struct equality_option **out, size_t *count_out);

/* For a person's copy, cells of equality_answer_copy: questions and answers as they were asked. */
MUST_CHECK enum status equality_words(struct ctx *ctx, struct store_value *cells, size_t row_count);

#endif
