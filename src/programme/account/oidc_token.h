/* SPDX-License-Identifier: MIT */
/*
 * oidc_token.h - whether an ID token is what it must be.  Within account/ only.
 *
 * Knows no network and no store.
 */
#ifndef PROGRAMME_ACCOUNT_OIDC_TOKEN_H
#define PROGRAMME_ACCOUNT_OIDC_TOKEN_H

#include "platform/base/ctx.h"

#include <jansson.h>

struct oidc_wanted {
    const char *issuer, *client_id, *nonce;
    const char *keys; /* JSON: a set of keys (RFC 7517) */
};

/*
 * Checks signature and claims (OpenID Connect Core 1.0, 3.1.3.7); *claims_out lives as long as
 * ctx->mem.
 *
 * ERR_NOT_FOUND  no key of the set has the token's kid: fetch the keys again
 * ERR_FORBIDDEN  anything else is wrong; ctx->fault says what
 */
MUST_CHECK enum status oidc_token_check(struct ctx *ctx, const struct oidc_wanted *wanted,
                                        const char *token, json_t **claims_out);

/* A member that is text, "" otherwise. */
const char *oidc_text(const json_t *object, const char *name);

/* A value as JSON text, "" when there is none. */
const char *oidc_dump(struct ctx *ctx, const json_t *value);

#endif
