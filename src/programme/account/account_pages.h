/* SPDX-License-Identifier: MIT */
/* account_pages.h - what the page files of account/ share and nobody else sees. */
#ifndef PROGRAMME_ACCOUNT_ACCOUNT_PAGES_H
#define PROGRAMME_ACCOUNT_ACCOUNT_PAGES_H

#include "platform/web/form.h"
#include "platform/web/web.h"
#include "programme/account/account.h"

enum {
    ACCOUNT_MANY_IDLE_SECS = 60 * 60, /* of sessions of those whose role sees many people */
    ACCOUNT_MANY_KEPT_SECS = 12 * 60 * 60
};

/* A form of one code or password. */
struct account_typed_form {
    const char *code, *password; /* one of them */
};

/* Where to go then: a path of this service, or fallback. */
const char *account_next(const struct web_request *request, const char *fallback);

/* path, and ?next= when the request has one that is ours. */
const char *account_with_next(const struct web_request *request, const char *path);

struct access_caller account_caller(const struct web_request *request);

/* Signs in who just proved it, and goes on.  The session needs as much as the person has. */
MUST_CHECK enum status account_enter(struct web_request *request, struct web_answer *answer,
                                     struct person_id person, int strength, const char *goes_to);

/* 429, for who must wait so long. */
enum status account_wait(struct web_request *request, struct web_answer *answer, int64_t wait_secs);

/* Reads the one field of a form.  ERR_INVALID  problems says what is missing. */
MUST_CHECK enum status account_read(struct web_request *request, const struct form_field *fields,
                                    const char **typed_out, struct form_problems *problems);

struct oidc_provider;

/* The services that people may sign in with.  When the operator's file became wrong while this runs
 * there are none, so that nobody is kept out for it; the log says what is wrong. */
MUST_CHECK enum status account_providers(struct ctx *ctx, const struct oidc_provider **out,
                                         size_t *count_out);

/* What a phone would show now in a demonstration; "" everywhere else. */
MUST_CHECK enum status account_now(struct ctx *ctx, const char **out);

#endif
