/* SPDX-License-Identifier: MIT */
/*
 * hash.h - SHA-256 of content, tokens as they are stored, and codes that only we can make.
 *
 * All are text of HASH_CHARS small hexadecimal digits.  Passwords are not for here: they need a
 * slow hash.
 */
#ifndef PLATFORM_BASE_HASH_H
#define PLATFORM_BASE_HASH_H

#include "platform/base/mem.h"

#include <stdbool.h>
#include <stddef.h>

enum { HASH_CHARS = 64, HASH_KEY_BYTES = 32, HASH_BYTES = 32 };

/* SHA-256 of the bytes: the digest of a file, a link of a chain of events. */
const char *hash_sha256(struct mem *mem, const void *bytes, size_t length_bytes);

/* The same as HASH_BYTES bytes: for what is hashed again. */
void hash_bytes(const void *bytes, size_t length_bytes, unsigned char *out);

/* A token as the store keeps it.  A plain SHA-256 is enough because a token of random_token cannot
 * be guessed; a short code that people type can, and needs hash_keyed. */
const char *hash_token(struct mem *mem, const char *token);

/* HMAC-SHA-256 of the bytes with a key of HASH_KEY_BYTES from random_bytes. */
const char *hash_keyed(struct mem *mem, const void *key, const void *bytes, size_t length_bytes);

/* Whether two hashes or tokens are the same, in a time that does not depend on where they differ,
 * only on the length of a. */
bool hash_is_equal(const char *a, const char *b);

#endif
