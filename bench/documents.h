/* SPDX-License-Identifier: MIT */
/*
 * documents.h - things to search for, and what to search.
 *
 * Words are invented and used as people use words: the nth is used a nth as often as the first.
 */
#ifndef BENCH_DOCUMENTS_H
#define BENCH_DOCUMENTS_H

#include "platform/base/ctx.h"

/* Puts so many documents where onward demo has been: a title of five words, a summary of twenty, a
 * text of a hundred and twenty. */
MUST_CHECK enum status documents_fill(struct ctx *ctx, int64_t count);

/* Prints so many different things to search, a line each, percent-encoded: a word, two words, and
 * one of eight with a letter wrong. */
void documents_searches(struct mem *mem, int64_t count);

#endif
