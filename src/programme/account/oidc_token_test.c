/* SPDX-License-Identifier: MIT */
/* oidc_token_test.c - which ID tokens are believed, and all those that are not. */
#include "programme/account/oidc_token.h"

#include "platform/base/test.h"
#include "platform/base/text.h"
#include "programme/account/oidc.h"

#include <cjose/cjose.h>

#define ISSUER "https://id.example.org"
#define CLIENT "onward"
#define NONCE "nonce-of-this-visit"

enum { RSA_BITS = 2048 };

struct keys {
    cjose_jwk_t *rsa, *other, *ec;
    const char *set; /* public parts of rsa and ec */
};

static void release(void *arg)
{
    cjose_jwk_release(arg);
}

static cjose_jwk_t *kept(struct ctx *ctx, cjose_jwk_t *key, const char *kid)
{
    cjose_err err;
    CHECK(key != NULL && cjose_jwk_set_kid(key, kid, strlen(kid), &err));
    mem_at_end(ctx->mem, release, key);
    return key;
}

static const char *public_part(struct ctx *ctx, cjose_jwk_t *key)
{
    cjose_err err;
    char *text = cjose_jwk_to_json(key, false, &err);
    CHECK(text != NULL);
    return mem_text_taken(ctx->mem, text, strlen(text));
}

static struct keys make_keys(struct ctx *ctx)
{
    cjose_err err;
    struct keys keys = {
        .rsa = kept(ctx, cjose_jwk_create_RSA_random(RSA_BITS, NULL, 0, &err), "rsa-1"),
        .other = kept(ctx, cjose_jwk_create_RSA_random(RSA_BITS, NULL, 0, &err), "rsa-1"),
        .ec = kept(ctx, cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &err), "ec-1"),
    };
    keys.set = mem_format(ctx->mem, "{\"keys\":[%s,%s]}", public_part(ctx, keys.rsa),
                          public_part(ctx, keys.ec));
    return keys;
}

/* A token with these claims, signed as said. */
static const char *token(struct ctx *ctx, cjose_jwk_t *key, const char *algorithm, const char *kid,
                         const char *claims)
{
    cjose_err err;
    const char *out;
    cjose_header_t *header = cjose_header_new(&err);
    CHECK(cjose_header_set(header, CJOSE_HDR_ALG, algorithm, &err));
    if (kid != NULL)
        CHECK(cjose_header_set(header, CJOSE_HDR_KID, kid, &err));
    cjose_jws_t *jws = cjose_jws_sign(key, header, (const uint8_t *)claims, strlen(claims), &err);
    CHECK(jws != NULL && cjose_jws_export(jws, &out, &err));
    const char *copy = mem_text(ctx->mem, out);
    cjose_jws_release(jws);
    cjose_header_release(header);
    return copy;
}

struct said {
    const char *issuer, *audience, *party, *nonce, *subject;
    int64_t expires_in, made_ago;
};

static const struct said right = {
    "\"" ISSUER "\"", "\"" CLIENT "\"", NULL, "\"" NONCE "\"", "\"s-1\"", 300, 5};

static const char *claims(struct ctx *ctx, const struct said *said)
{
    return mem_format(ctx->mem,
                      "{\"iss\":%s,\"aud\":%s,%s%s%s\"nonce\":%s,\"sub\":%s,\"exp\":%lld,"
                      "\"iat\":%lld}",
                      said->issuer, said->audience, said->party != NULL ? "\"azp\":" : "",
                      said->party != NULL ? said->party : "", said->party != NULL ? "," : "",
                      said->nonce, said->subject, (long long)(ctx->now_secs + said->expires_in),
                      (long long)(ctx->now_secs - said->made_ago));
}

static enum status check(struct ctx *ctx, const struct keys *keys, const char *text)
{
    json_t *out = NULL;
    const struct oidc_wanted wanted = {ISSUER, CLIENT, NONCE, keys->set};
    ctx->fault = NULL;
    enum status status = oidc_token_check(ctx, &wanted, text, &out);
    if (status == OK)
        CHECK_TEXT(oidc_text(out, "sub"), "s-1");
    return status;
}

TEST(tokens_of_each_allowed_algorithm_are_believed)
{
    struct keys keys = make_keys(ctx);
    const char *all = claims(ctx, &right);
    static const char *const of_rsa[] = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"};
    for (size_t i = 0; i < sizeof of_rsa / sizeof of_rsa[0]; i++)
        CHECK(check(ctx, &keys, token(ctx, keys.rsa, of_rsa[i], "rsa-1", all)) == OK);
    CHECK(check(ctx, &keys, token(ctx, keys.ec, "ES256", "ec-1", all)) == OK);
    CHECK(check(ctx, &keys, token(ctx, keys.rsa, "RS256", NULL, all)) == OK);
}

TEST(claims_that_are_not_right_are_refused_each_by_itself)
{
    struct keys keys = make_keys(ctx);
    static const struct said wrong[] = {
        {"\"https://id.example.org/\"", "\"" CLIENT "\"", NULL, "\"" NONCE "\"", "\"s-1\"", 300, 5},
        {"\"" ISSUER "\"", "\"other\"", NULL, "\"" NONCE "\"", "\"s-1\"", 300, 5},
        {"\"" ISSUER "\"", "[\"other\"]", NULL, "\"" NONCE "\"", "\"s-1\"", 300, 5},
        {"\"" ISSUER "\"", "[]", NULL, "\"" NONCE "\"", "\"s-1\"", 300, 5},
        {"\"" ISSUER "\"", "7", NULL, "\"" NONCE "\"", "\"s-1\"", 300, 5},
        {"\"" ISSUER "\"", "[\"" CLIENT "\",\"other\"]", NULL, "\"" NONCE "\"", "\"s-1\"", 300, 5},
        {"\"" ISSUER "\"", "\"" CLIENT "\"", "\"other\"", "\"" NONCE "\"", "\"s-1\"", 300, 5},
        {"\"" ISSUER "\"", "\"" CLIENT "\"", "7", "\"" NONCE "\"", "\"s-1\"", 300, 5},
        {"\"" ISSUER "\"", "\"" CLIENT "\"", NULL, "\"another visit\"", "\"s-1\"", 300, 5},
        {"\"" ISSUER "\"", "\"" CLIENT "\"", NULL, "null", "\"s-1\"", 300, 5},
        {"\"" ISSUER "\"", "\"" CLIENT "\"", NULL, "\"" NONCE "\"", "\"\"", 300, 5},
        {"\"" ISSUER "\"", "\"" CLIENT "\"", NULL, "\"" NONCE "\"", "7", 300, 5},
        {"\"" ISSUER "\"", "\"" CLIENT "\"", NULL, "\"" NONCE "\"", "\"s-1\"", -OIDC_SKEW_SECS, 5},
        {"\"" ISSUER "\"", "\"" CLIENT "\"", NULL, "\"" NONCE "\"", "\"s-1\"", 300,
         -OIDC_SKEW_SECS - 1},
        {"\"" ISSUER "\"", "\"" CLIENT "\"", NULL, "\"" NONCE "\"", "\"s-1\"", 300, 3601},
    };
    CHECK(check(ctx, &keys, token(ctx, keys.rsa, "RS256", "rsa-1", claims(ctx, &right))) == OK);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *text = token(ctx, keys.rsa, "RS256", "rsa-1", claims(ctx, &wrong[i]));
        if (check(ctx, &keys, text) != ERR_FORBIDDEN)
            fail_msg("claims %zu were believed", i);
    }
}

TEST(clocks_may_differ_by_a_minute_and_a_token_may_be_for_several)
{
    struct keys keys = make_keys(ctx);
    struct said said = right;
    said.expires_in = -OIDC_SKEW_SECS + 1;
    said.made_ago = -OIDC_SKEW_SECS;
    CHECK(check(ctx, &keys, token(ctx, keys.rsa, "RS256", "rsa-1", claims(ctx, &said))) == OK);
    said = right;
    said.audience = "[\"other\",\"" CLIENT "\"]";
    said.party = "\"" CLIENT "\"";
    CHECK(check(ctx, &keys, token(ctx, keys.rsa, "RS256", "rsa-1", claims(ctx, &said))) == OK);
}

/* header.claims.signature with a header of the attacker's choice and any third part. */
static const char *forged(struct ctx *ctx, const char *header, const char *rest)
{
    return mem_format(ctx->mem, "%s.%s", text_base64url(ctx->mem, header, strlen(header)), rest);
}

TEST(signatures_that_are_none_or_anothers_are_refused)
{
    cjose_err err;
    struct keys keys = make_keys(ctx);
    const char *all = claims(ctx, &right), *payload = text_base64url(ctx->mem, all, strlen(all));
    const char *good = token(ctx, keys.rsa, "RS256", "rsa-1", all);
    const char *rest = strchr(good, '.') + 1;
    CHECK(check(ctx, &keys,
                forged(ctx, "{\"alg\":\"none\"}", mem_format(ctx->mem, "%s.", payload))) ==
          ERR_FORBIDDEN);
    CHECK(check(ctx, &keys, forged(ctx, "{\"alg\":\"none\",\"kid\":\"rsa-1\"}", rest)) ==
          ERR_FORBIDDEN);
    CHECK(check(ctx, &keys, forged(ctx, "{\"alg\":\"RS256\",\"kid\":\"ec-1\"}", rest)) ==
          ERR_NOT_FOUND);
    CHECK(check(ctx, &keys,
                forged(ctx, "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"crit\":[\"exp\"]}", rest)) ==
          ERR_FORBIDDEN);
    /* A public key taken for a shared secret. */
    const char *public = public_part(ctx, keys.rsa);
    cjose_jwk_t *shared = kept(
        ctx, cjose_jwk_create_oct_spec((const uint8_t *)public, strlen(public), &err), "rsa-1");
    CHECK(check(ctx, &keys, token(ctx, shared, "HS256", "rsa-1", all)) == ERR_FORBIDDEN);
    /* Another key of the same kid, another payload, and half a token. */
    CHECK(check(ctx, &keys, token(ctx, keys.other, "RS256", "rsa-1", all)) == ERR_FORBIDDEN);
    const char *dot = strrchr(good, '.');
    CHECK(check(ctx, &keys,
                mem_format(ctx->mem, "%.*s.%s%s", (int)strcspn(good, "."), good,
                           text_base64url(ctx->mem, "{\"sub\":\"s-1\"}", 13), dot)) ==
          ERR_FORBIDDEN);
    CHECK(check(ctx, &keys, mem_text_part(ctx->mem, good, (size_t)(dot - good))) == ERR_FORBIDDEN);
    CHECK(check(ctx, &keys, "") == ERR_FORBIDDEN && check(ctx, &keys, "a.b.c") == ERR_FORBIDDEN);
}

TEST(a_key_that_is_not_there_is_said_apart_so_that_the_keys_are_fetched_again)
{
    struct keys keys = make_keys(ctx);
    const char *all = claims(ctx, &right);
    CHECK(check(ctx, &keys, token(ctx, keys.rsa, "RS256", "rsa-2", all)) == ERR_NOT_FOUND);
    /* Without a kid one key must fit, not one of several. */
    keys.set = mem_format(ctx->mem, "{\"keys\":[%s,%s]}", public_part(ctx, keys.rsa),
                          public_part(ctx, keys.other));
    CHECK(check(ctx, &keys, token(ctx, keys.rsa, "RS256", NULL, all)) == ERR_FORBIDDEN);
    keys.set = "{\"keys\":[]}";
    CHECK(check(ctx, &keys, token(ctx, keys.rsa, "RS256", "rsa-1", all)) == ERR_NOT_FOUND);
    keys.set = "no JSON";
    CHECK(check(ctx, &keys, token(ctx, keys.rsa, "RS256", "rsa-1", all)) == ERR_FORBIDDEN);
}
