/* SPDX-License-Identifier: MIT */
/*
 * sign.h - signatures that anybody can check: Ed25519 (RFC 8032), by libsodium.
 *
 * Keys and signatures are bytes as the RFC has them.  A secret here is the seed of 32 bytes of
 * which the pair of keys is made.
 */
#ifndef PLATFORM_BASE_SIGN_H
#define PLATFORM_BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>

enum { SIGN_SECRET_BYTES = 32, SIGN_PUBLIC_BYTES = 32, SIGN_SIGNATURE_BYTES = 64 };

/* The public key of a secret from random_bytes. */
void sign_public(const unsigned char *secret, unsigned char *public_out);

/* The signature of the bytes. */
void sign_bytes(const unsigned char *secret, const void *bytes, size_t length_bytes,
                unsigned char *signature_out);

/* Whether it is the signature of these bytes by that key. */
bool sign_holds(const unsigned char *public_key, const void *bytes, size_t length_bytes,
                const unsigned char *signature);

#endif
