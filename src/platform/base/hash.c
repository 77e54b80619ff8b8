/* SPDX-License-Identifier: MIT */
/* hash.c - libsodium's hashes, as text. */
#include "platform/base/hash.h"

#include "platform/base/text.h"

#include <sodium.h>
#include <string.h>

const char *hash_sha256(struct mem *mem, const void *bytes, size_t length_bytes)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, bytes, length_bytes);
    return text_hex(mem, digest, sizeof digest);
}

void hash_bytes(const void *bytes, size_t length_bytes, unsigned char *out)
{
    crypto_hash_sha256(out, bytes, length_bytes);
}

const char *hash_token(struct mem *mem, const char *token)
{
    return hash_sha256(mem, token, strlen(token));
}

const char *hash_keyed(struct mem *mem, const void *key, const void *bytes, size_t length_bytes)
{
    unsigned char code[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256(code, bytes, length_bytes, key);
    return text_hex(mem, code, sizeof code);
}

bool hash_is_equal(const char *a, const char *b)
{
    size_t length = strlen(a);
    return strlen(b) == length && sodium_memcmp(a, b, length) == 0;
}
