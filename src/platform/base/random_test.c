/* SPDX-License-Identifier: MIT */
/* random_test.c - what is random, what can be repeated, and known answers of the hashes. */
#include "platform/base/hash.h"
#include "platform/base/random.h"
#include "platform/base/test.h"

TEST(tokens_are_letters_and_digits_and_differ)
{
    const char *first = random_token(ctx->mem);
    CHECK(strlen(first) == RANDOM_TOKEN_CHARS);
    CHECK(strspn(first, "0123456789abcdefghjkmnpqrstvwxyz") == RANDOM_TOKEN_CHARS);
    CHECK(strcmp(first, random_token(ctx->mem)) != 0);
}

TEST(codes_of_digits_are_as_long_as_was_asked_and_any_digit_comes_first)
{
    bool seen[10] = {false};
    for (int i = 0; i < 1000; i++) {
        const char *code = random_digits(ctx->mem, 6);
        CHECK(strlen(code) == 6 && strspn(code, "0123456789") == 6);
        seen[code[0] - '0'] = true;
    }
    for (int i = 0; i < 10; i++)
        CHECK(seen[i]);
    CHECK(strlen(random_digits(ctx->mem, RANDOM_DIGITS_MAX)) == RANDOM_DIGITS_MAX);
}

TEST(random_numbers_stay_below_their_limit)
{
    bool seen[5] = {false};
    CHECK(random_below(0) == 0 && random_below(1) == 0);
    for (int i = 0; i < 1000; i++) {
        uint32_t n = random_below(5);
        CHECK(n < 5);
        seen[n] = true;
    }
    for (int i = 0; i < 5; i++)
        CHECK(seen[i]);
}

TEST(a_seed_gives_the_same_numbers_for_ever)
{
    static const uint64_t wanted[] = {961278, 920187, 547141, 145668};
    struct random_seeded a = random_seeded("demo");
    struct random_seeded b = random_seeded("demo");
    struct random_seeded other = random_seeded("demo2");
    int same = 0;
    for (int i = 0; i < 100; i++) {
        uint64_t n = random_seeded_below(&a, 1000000);
        CHECK(n == random_seeded_below(&b, 1000000));
        same += n == random_seeded_below(&other, 1000000);
        if (i < 4)
            CHECK(n == wanted[i]);
    }
    CHECK(same < 3);
    CHECK(random_seeded_below(&a, 0) == 0 && random_seeded_below(&a, 1) == 0);
}

TEST(seeded_numbers_are_fair)
{
    struct random_seeded from = random_seeded("fair");
    int count[6] = {0};
    int hits = 0;
    for (int i = 0; i < 60000; i++)
        count[random_seeded_below(&from, 6)]++;
    for (int i = 0; i < 6; i++)
        CHECK(count[i] > 9600 && count[i] < 10400);
    for (int i = 0; i < 10000; i++)
        hits += random_seeded_chance(&from, 30);
    CHECK(hits > 2800 && hits < 3200);
    CHECK(!random_seeded_chance(&from, 0) && random_seeded_chance(&from, 100));
    /* A limit just over half of all numbers would show an unfair modulus at once. */
    uint64_t limit = (UINT64_C(1) << 63) + (UINT64_C(1) << 62);
    int low = 0;
    for (int i = 0; i < 6000; i++)
        low += random_seeded_below(&from, limit) < limit / 3;
    CHECK(low > 1800 && low < 2200);
}

TEST(hashes_give_known_answers)
{
    /* FIPS 180-4 example; RFC 4231, test case 1 with its key padded to 32 bytes. */
    CHECK_TEXT(hash_sha256(ctx->mem, "abc", 3),
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK_TEXT(hash_token(ctx->mem, "abc"), hash_sha256(ctx->mem, "abc", 3));
    unsigned char key[HASH_KEY_BYTES] = {0};
    memset(key, 0x0b, 20);
    CHECK_TEXT(hash_keyed(ctx->mem, key, "Hi There", 8),
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

TEST(hashes_are_compared_whole)
{
    CHECK(hash_is_equal("", "") && hash_is_equal("abc", "abc"));
    CHECK(!hash_is_equal("abc", "abd") && !hash_is_equal("abc", "ab") &&
          !hash_is_equal("ab", "abc"));
}
