/* SPDX-License-Identifier: MIT */
/*
 * random.h - chance that nobody can guess, and chance that everybody can repeat.
 *
 * Secrets come from the system's generator (libsodium).  Demonstration data and tests use a
 * generator of their own, started from a seed: the same seed gives the same on every machine.
 */
#ifndef PLATFORM_BASE_RANDOM_H
#define PLATFORM_BASE_RANDOM_H

#include "platform/base/mem.h"
#include "platform/base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Called once, before anything here, in hash.h or in id.h.  ERR_FAULT: there is no randomness. */
MUST_CHECK enum status random_start(void);

void random_bytes(void *out, size_t length_bytes);

/* A number from 0 to below - 1, each as likely; 0 for 0. */
uint32_t random_below(uint32_t below);

/* A code to be typed: so many digits, at most RANDOM_DIGITS_MAX, each code as likely. */
enum { RANDOM_DIGITS_MAX = 9 };
const char *random_digits(struct mem *mem, int count);

/* A secret for a link or a cookie: RANDOM_TOKEN_CHARS small letters and digits, 130 bits.  Only
 * letters and digits, because programs that read mail cut a link at a last dash or underscore.
 * Store hash_token of it, never itself. */
enum { RANDOM_TOKEN_CHARS = 26 };
const char *random_token(struct mem *mem);

/* ---- from a seed ---- */

struct random_seeded {
    unsigned char key[32];
    uint64_t blocks; /* how many were made */
    unsigned char block[64];
    size_t left_bytes; /* of block */
};

struct random_seeded random_seeded(const char *seed);

/* The next number from 0 to below - 1, each as likely; 0 for 0. */
uint64_t random_seeded_below(struct random_seeded *from, uint64_t below);

/* True this often in a hundred. */
bool random_seeded_chance(struct random_seeded *from, int percent);

#endif
