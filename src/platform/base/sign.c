/* SPDX-License-Identifier: MIT */
/* sign.c - Ed25519 by libsodium. */
#include "platform/base/sign.h"

#include <sodium.h>

void sign_public(const unsigned char *secret, unsigned char *public_out)
{
    unsigned char whole[crypto_sign_SECRETKEYBYTES];
    crypto_sign_seed_keypair(public_out, whole, secret);
    sodium_memzero(whole, sizeof whole);
}

void sign_bytes(const unsigned char *secret, const void *bytes, size_t length_bytes,
                unsigned char *signature_out)
{
    unsigned char whole[crypto_sign_SECRETKEYBYTES], public_key[crypto_sign_PUBLICKEYBYTES];
    crypto_sign_seed_keypair(public_key, whole, secret);
    crypto_sign_detached(signature_out, NULL, bytes, length_bytes, whole);
    sodium_memzero(whole, sizeof whole);
}

bool sign_holds(const unsigned char *public_key, const void *bytes, size_t length_bytes,
                const unsigned char *signature)
{
    return crypto_sign_verify_detached(signature, bytes, length_bytes, public_key) == 0;
}
