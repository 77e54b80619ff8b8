/* SPDX-License-Identifier: MIT */
/* sign_test.c - signatures are those of the standard. */
#include "platform/base/sign.h"

#include "platform/base/test.h"
#include "platform/base/text.h"

/* RFC 8032, 7.1: TEST 1, TEST 2, TEST 3. */
static const struct {
    const char *secret, *public_key, *message, *signature;
} vectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "4"
     "6bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d"
     "8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6"
     "594a7c15e9716ed28dc027beceea1ec40a"},
};

TEST(signatures_are_those_of_the_standard)
{
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        struct text_span secret, message;
        unsigned char public_key[SIGN_PUBLIC_BYTES], signature[SIGN_SIGNATURE_BYTES];
        CHECK(text_hex_read(ctx->mem, vectors[i].secret, &secret) == OK);
        CHECK(text_hex_read(ctx->mem, vectors[i].message, &message) == OK);
        sign_public((const unsigned char *)secret.bytes, public_key);
        CHECK_TEXT(text_hex(ctx->mem, public_key, sizeof public_key), vectors[i].public_key);
        sign_bytes((const unsigned char *)secret.bytes, message.bytes, message.length_bytes,
                   signature);
        CHECK_TEXT(text_hex(ctx->mem, signature, sizeof signature), vectors[i].signature);
        CHECK(sign_holds(public_key, message.bytes, message.length_bytes, signature));
        signature[3] ^= 1;
        CHECK(!sign_holds(public_key, message.bytes, message.length_bytes, signature));
        signature[3] ^= 1;
        CHECK(!sign_holds(public_key, "x", 1, signature));
    }
}
