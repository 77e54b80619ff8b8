/* SPDX-License-Identifier: MIT */
/* oidc_fetch.h - asking another service for JSON.  Within account/ only. */
#ifndef PROGRAMME_ACCOUNT_OIDC_FETCH_H
#define PROGRAMME_ACCOUNT_OIDC_FETCH_H

#include "platform/base/ctx.h"

#include <jansson.h>

/* https, or http to the loopback; without a fragment, user or password. */
bool oidc_url_is_safe(const char *url);

struct oidc_ask {
    const char *url;
    const char *form;            /* posted; NULL: GET                     */
    const char *user, *password; /* of basic authentication; NULL: none   */
    const char *bearer;          /* an access token; NULL: none           */
};

/*
 * No redirect is followed, no proxy used, OIDC_CALL_MS and OIDC_ANSWER_BYTES_MAX are the limits.
 * The object lives as long as ctx->mem; code_out is HTTP's.
 *
 * ERR_BUSY       it cannot be reached, or did not answer with a JSON object
 * ERR_FORBIDDEN  the address is not safe
 */
MUST_CHECK enum status oidc_fetch(struct ctx *ctx, const struct oidc_ask *ask, json_t **out,
                                  long *code_out);

#endif
