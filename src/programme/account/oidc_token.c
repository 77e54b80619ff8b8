/* SPDX-License-Identifier: MIT */
/*
 * oidc_token.c - signature and claims of an ID token.
 *
 * The algorithm that the token names must be on our list and fit the kind of the key, so that a
 * public key is never taken for a shared secret (RFC 8725, 2.1).
 */
#include "programme/account/oidc_token.h"

#include "platform/base/hash.h"
#include "programme/account/oidc.h"

#include <cjose/cjose.h>
#include <string.h>

enum { SUBJECT_BYTES_MAX = 255, OLDEST_SECS = 3600 };

static const struct {
    const char *algorithm, *key_type;
} allowed[] = {{"RS256", "RSA"}, {"RS384", "RSA"}, {"RS512", "RSA"},
               {"PS256", "RSA"}, {"PS384", "RSA"}, {"PS512", "RSA"},
               {"ES256", "EC"},  {"ES384", "EC"},  {"ES512", "EC"}};

static void drop_json(void *arg)
{
    json_decref(arg);
}

static void drop_jws(void *arg)
{
    cjose_jws_release(arg);
}

static void drop_jwk(void *arg)
{
    cjose_jwk_release(arg);
}

const char *oidc_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text != NULL ? text : "";
}

const char *oidc_dump(struct ctx *ctx, const json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT);
    return text != NULL ? mem_text_taken(ctx->mem, text, strlen(text)) : "";
}

static enum status refuse(struct ctx *ctx, const char *why)
{
    return ctx_fail(ctx, ERR_FORBIDDEN, "the token is refused: %s", why);
}

/* ---- the signature ---- */

static const char *key_type_of(const char *algorithm)
{
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (strcmp(allowed[i].algorithm, algorithm) == 0)
            return allowed[i].key_type;
    return NULL;
}

struct head {
    const char *algorithm, *kid, *key_type;
};

static const char *header_text(struct ctx *ctx, cjose_header_t *header, const char *name)
{
    cjose_err err;
    const char *text = cjose_header_get(header, name, &err);
    return text != NULL ? mem_text(ctx->mem, text) : "";
}

static enum status read_head(struct ctx *ctx, cjose_jws_t *jws, struct head *out)
{
    cjose_err err;
    cjose_header_t *header = cjose_jws_get_protected(jws);
    out->algorithm = header_text(ctx, header, "alg");
    out->kid = header_text(ctx, header, "kid");
    out->key_type = key_type_of(out->algorithm);
    if (out->key_type == NULL)
        return refuse(ctx, "its algorithm is not one of ours");
    char *critical = cjose_header_get_raw(header, "crit", &err);
    if (critical != NULL) {
        cjose_get_dealloc()(critical);
        return refuse(ctx, "it has critical headers");
    }
    return OK;
}

static bool is_key(const json_t *key, const struct head *head)
{
    const char *use = oidc_text(key, "use"), *alg = oidc_text(key, "alg");
    return strcmp(oidc_text(key, "kty"), head->key_type) == 0 &&
           (head->kid[0] == '\0' || strcmp(oidc_text(key, "kid"), head->kid) == 0) &&
           (use[0] == '\0' || strcmp(use, "sig") == 0) &&
           (alg[0] == '\0' || strcmp(alg, head->algorithm) == 0);
}

/* The one key that can have signed; a token without kid needs a set with one such key. */
static enum status find_key(struct ctx *ctx, const char *keys, const struct head *head,
                            json_t **out)
{
    size_t i, fitting = 0;
    json_t *key, *set = json_loads(keys, JSON_REJECT_DUPLICATES, NULL);
    if (set == NULL)
        return refuse(ctx, "there are no keys");
    mem_at_end(ctx->mem, drop_json, set);
    json_array_foreach(json_object_get(set, "keys"), i, key)
    {
        if (!is_key(key, head))
            continue;
        *out = key;
        fitting++;
    }
    if (fitting == 1)
        return OK;
    return fitting > 1 ? refuse(ctx, "more than one key fits")
                       : ctx_fail(ctx, ERR_NOT_FOUND, "no key has this kid");
}

static enum status verify(struct ctx *ctx, cjose_jws_t *jws, json_t *key)
{
    cjose_err err;
    const char *text = oidc_dump(ctx, key);
    cjose_jwk_t *jwk = cjose_jwk_import(text, strlen(text), &err);
    if (jwk == NULL)
        return refuse(ctx, "its key cannot be read");
    mem_at_end(ctx->mem, drop_jwk, jwk);
    return cjose_jws_verify(jws, jwk, &err) ? OK : refuse(ctx, "its signature does not fit");
}

/* ---- the claims ---- */

static bool is_for_us(const json_t *claims, const char *client_id)
{
    size_t i;
    bool found = false;
    const json_t *audience = json_object_get(claims, "aud"),
                 *party = json_object_get(claims, "azp");
    json_t *one;
    if (party != NULL && strcmp(oidc_text(claims, "azp"), client_id) != 0)
        return false;
    if (json_is_string(audience))
        return strcmp(json_string_value(audience), client_id) == 0;
    json_array_foreach(audience, i, one)
    {
        const char *text = json_string_value(one);
        found = found || (text != NULL && strcmp(text, client_id) == 0);
    }
    return found && (json_array_size(audience) == 1 || party != NULL);
}

static enum status check_claims(struct ctx *ctx, const struct oidc_wanted *wanted,
                                const json_t *claims)
{
    const json_t *expires = json_object_get(claims, "exp"), *made = json_object_get(claims, "iat");
    const char *subject = oidc_text(claims, "sub");
    if (strcmp(oidc_text(claims, "iss"), wanted->issuer) != 0)
        return refuse(ctx, "it is of another issuer");
    if (!is_for_us(claims, wanted->client_id))
        return refuse(ctx, "it is for somebody else");
    if (!json_is_number(expires) ||
        json_number_value(expires) <= (double)(ctx->now_secs - OIDC_SKEW_SECS))
        return refuse(ctx, "it has expired");
    if (!json_is_number(made) ||
        json_number_value(made) > (double)(ctx->now_secs + OIDC_SKEW_SECS) ||
        json_number_value(made) < (double)(ctx->now_secs - OLDEST_SECS))
        return refuse(ctx, "it was made at another time");
    if (wanted->nonce[0] == '\0' || !hash_is_equal(wanted->nonce, oidc_text(claims, "nonce")))
        return refuse(ctx, "it belongs to another visit");
    if (subject[0] == '\0' || strlen(subject) > SUBJECT_BYTES_MAX)
        return refuse(ctx, "it names nobody");
    return OK;
}

enum status oidc_token_check(struct ctx *ctx, const struct oidc_wanted *wanted, const char *token,
                             json_t **claims_out)
{
    cjose_err err;
    struct head head;
    uint8_t *bytes;
    size_t length;
    json_t *key = NULL;
    cjose_jws_t *jws = cjose_jws_import(token, strlen(token), &err);
    if (jws == NULL)
        return refuse(ctx, "it is none");
    mem_at_end(ctx->mem, drop_jws, jws);
    TRY(read_head(ctx, jws, &head));
    TRY(find_key(ctx, wanted->keys, &head, &key));
    TRY(verify(ctx, jws, key));
    if (!cjose_jws_get_plaintext(jws, &bytes, &length, &err))
        return refuse(ctx, "it is empty");
    json_t *claims = json_loadb((const char *)bytes, length, JSON_REJECT_DUPLICATES, NULL);
    if (claims == NULL)
        return refuse(ctx, "it holds no claims");
    mem_at_end(ctx->mem, drop_json, claims);
    TRY(check_claims(ctx, wanted, claims));
    *claims_out = claims;
    return OK;
}
