/* SPDX-License-Identifier: MIT */
/*
 * id.h - numbers for rows, references for people, codes for checking.
 *
 * An id is for the store and for nobody's eyes.  A reference ("PL-7K3M-9Q2P") is what people read
 * out on the phone; a code ("7K3M-9Q2P-4R5T") is printed on what anyone may verify.
 */
#ifndef PLATFORM_BASE_ID_H
#define PLATFORM_BASE_ID_H

#include "platform/base/ctx.h"

/*
 * A new id: over 0, greater for later seconds, and within one context greater than the ones before.
 * 32 bits are the seconds since 2020 (until 2156), 31 are drawn for the first id in a second; those
 * that follow in the same context and second count on from it.
 *
 * So two contexts that write n and m rows of one table in the same second meet with a chance of
 * (n + m) in 2,147,483,648; the insert is then refused by its key (ERR_CONFLICT), and the same
 * call again takes others.  As JSON an id is text: it does not fit a JavaScript number.
 */
int64_t id_new(struct ctx *ctx);

/* The second in which the id was made. */
int64_t id_made_at(int64_t id);

/*
 * A new reference: the prefix of two capital letters, seven random symbols (35 bits) and one that
 * checks the rest.  Symbols are Crockford's base 32: no I, L, O, U.  It is not kept anywhere: the
 * caller inserts it under a unique key and takes another on ERR_CONFLICT.  With a million of
 * one kind that is 1 in 34,000.
 */
const char *id_reference_new(struct mem *mem, const char *prefix);

/*
 * A reference as people type it: small letters, O for 0, I or L for 1, dashes and spaces anywhere,
 * the prefix left out.  prefix says which kind is meant; NULL takes any, and then it must be typed.
 *
 * ERR_INVALID    it has not this form, or another kind's prefix
 * ERR_NOT_FOUND  it has, but the check symbol says that it was mistyped: no such reference exists.
 *                Every wrong symbol and every two exchanged ones are noticed
 */
MUST_CHECK enum status id_reference_read(struct mem *mem, const char *typed, const char *prefix,
                                         const char **out);

/* A new code: eleven random symbols (55 bits) and one that checks them.  Unique as above. */
const char *id_code_new(struct mem *mem);

/* As id_reference_read. */
MUST_CHECK enum status id_code_read(struct mem *mem, const char *typed, const char **out);

#endif
