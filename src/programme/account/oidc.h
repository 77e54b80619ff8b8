/* SPDX-License-Identifier: MIT */
/*
 * oidc.h - signing in with an account at another service: OpenID Connect, code flow with PKCE.
 *
 * Which services is the operator's to say, in the JSON file that the setting sign_in_providers
 * names:
 *
 *     {"providers": [{
 *        "code": "work",                        in addresses of this service, never changed
 *        "label": "your work account",          "Sign in with ..."
 *        "issuer": "https://id.example.org",
 *        "client_id": "...", "client_secret": "...",
 *        "scopes": "openid email",              this is what is meant without it
 *        "address_claim": "email",              likewise
 *        "verified_claim": "email_verified",    must be true; "" when it always is
 *        "second_factor": {"claim": "acr", "values": ["..."]}   counts as two; may be absent
 *     }]}
 *
 * Trust
 *   Discovery and keys are fetched from the issuer over https (http only on the loopback, for
 *   tests), kept in the store, and fetched again after OIDC_KEPT_SECS, or when a token names a key
 *   that is not there, at most once in OIDC_AGAIN_SECS.  A visit is bound to the browser that
 *   began it, comes back once, and its token must hold its nonce.  Signatures: RS, PS and ES, never
 *   "none" and never a shared secret.
 *
 *   Somebody there becomes a person here when that person, signed in, links the service; or the
 *   first time, when the service vouches for an address that is a person's here.  Later the address
 *   does not matter.
 *
 *   While a request waits for the other service its worker waits too, OIDC_CALL_MS at most.
 *
 * Standards: OpenID Connect Core 1.0 and Discovery 1.0, RFC 7636, RFC 9207, RFC 8725.
 */
#ifndef PROGRAMME_ACCOUNT_OIDC_H
#define PROGRAMME_ACCOUNT_OIDC_H

#include "platform/base/ctx.h"
#include "programme/access/access.h"

#include <stddef.h>

enum {
    OIDC_PROVIDERS_MAX = 10,
    OIDC_VALUES_MAX = 8,
    OIDC_VISIT_SECS = 600,
    OIDC_KEPT_SECS = 3600,
    OIDC_AGAIN_SECS = 60,
    OIDC_SKEW_SECS = 60,
    OIDC_CALL_MS = 5000,
    OIDC_ANSWER_BYTES_MAX = 256 * 1024
};

struct oidc_provider {
    const char *code, *label, *issuer, *client_id, *client_secret;
    const char *scopes, *address_claim, *verified_claim;
    const char *factor_claim; /* NULL: it never counts as two factors */
    const char *factor_values[OIDC_VALUES_MAX + 1];
};

/* The providers of the operator's file.  ERR_INVALID: it cannot be read, or says something wrong;
 * ctx->fault says what, without secrets. */
MUST_CHECK enum status oidc_providers(struct ctx *ctx, const struct oidc_provider **out,
                                      size_t *count_out);

/* ERR_NOT_FOUND  there is none of that code. */
MUST_CHECK enum status oidc_provider_find(struct ctx *ctx, const char *code,
                                          const struct oidc_provider **out);

/* ---- a visit ---- */

struct oidc_going {
    const char *browser;
    const char *goes_to;     /* "": nowhere in particular */
    struct person_id person; /* links to this one; n 0: signs in */
};

/* Where the browser is sent.  ERR_BUSY: the service cannot be reached.  ERR_FORBIDDEN: there is no
 * browser. */
MUST_CHECK enum status oidc_go(struct ctx *ctx, const struct oidc_provider *provider,
                               const struct oidc_going *going, const char **url_out);

/* What came back in the address. */
struct oidc_return {
    const char *browser;
    const char *state, *code, *issuer, *error; /* "" when absent */
};

struct oidc_known {
    struct person_id person;
    const char *goes_to;
    bool has_two_factors;
    bool is_linking; /* the person was signed in, and linked the service */
};

/*
 * ERR_FORBIDDEN  the visit is not this browser's, was over, came back before, or the token is not
 *                what it must be; ctx->fault says which
 * ERR_NOT_FOUND  all is well, but nobody here is that somebody
 * ERR_CONFLICT   linking: somebody else here is that somebody
 * ERR_BUSY       the service cannot be reached
 */
MUST_CHECK enum status oidc_back(struct ctx *ctx, const struct oidc_provider *provider,
                                 const struct oidc_return *back, struct oidc_known *out);

/* The person who asks no longer signs in from there.  OK also when it was not linked. */
MUST_CHECK enum status oidc_unlink(struct ctx *ctx, const char *provider_code);

#endif
