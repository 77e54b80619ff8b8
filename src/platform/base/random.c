/* SPDX-License-Identifier: MIT */
/*
 * random.c - libsodium's generator, and ChaCha20 as a generator with a seed.
 *
 * The seeded numbers are put together byte by byte, so that they are the same whatever the byte
 * order of the machine; a modulus is made fair by drawing again what lies above its last multiple.
 */
#include "platform/base/random.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum status random_start(void)
{
    return sodium_init() < 0 ? ERR_FAULT : OK;
}

void random_bytes(void *out, size_t length_bytes)
{
    randombytes_buf(out, length_bytes);
}

uint32_t random_below(uint32_t below)
{
    return randombytes_uniform(below);
}

const char *random_digits(struct mem *mem, int count)
{
    uint32_t codes_count = 1;
    assert(count > 0 && count <= RANDOM_DIGITS_MAX);
    for (int i = 0; i < count; i++)
        codes_count *= 10;
    return mem_format(mem, "%0*u", count, random_below(codes_count));
}

const char *random_token(struct mem *mem)
{
    static const char symbols[] = "0123456789abcdefghjkmnpqrstvwxyz";
    unsigned char bytes[RANDOM_TOKEN_CHARS];
    char *token = mem_bytes(mem, RANDOM_TOKEN_CHARS + 1);
    random_bytes(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        token[i] = symbols[bytes[i] % 32];
    return token;
}

struct random_seeded random_seeded(const char *seed)
{
    struct random_seeded start = {.blocks = 0};
    crypto_hash_sha256(start.key, (const unsigned char *)seed, strlen(seed));
    return start;
}

static void next_block(struct random_seeded *from)
{
    unsigned char nonce[crypto_stream_chacha20_NONCEBYTES];
    for (size_t i = 0; i < sizeof nonce; i++)
        nonce[i] = (unsigned char)(from->blocks >> (8 * i));
    crypto_stream_chacha20(from->block, sizeof from->block, nonce, from->key);
    from->blocks++;
    from->left_bytes = sizeof from->block;
}

static uint64_t next_number(struct random_seeded *from)
{
    if (from->left_bytes < sizeof(uint64_t))
        next_block(from);
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof number; i++)
        number = number << 8 | from->block[--from->left_bytes];
    return number;
}

uint64_t random_seeded_below(struct random_seeded *from, uint64_t below)
{
    if (below == 0)
        return 0;
    uint64_t unfair = (UINT64_MAX - below + 1) % below; /* 2 to the 64th, modulo below */
    uint64_t number;
    do
        number = next_number(from);
    while (number < unfair);
    return number % below;
}

bool random_seeded_chance(struct random_seeded *from, int percent)
{
    return (int)random_seeded_below(from, 100) < percent;
}
