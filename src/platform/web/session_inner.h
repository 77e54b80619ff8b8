/* SPDX-License-Identifier: MIT */
/*
 * session_inner.h - the dispatcher's side of sessions.  Within platform/web/ only.
 */
#ifndef PLATFORM_WEB_SESSION_INNER_H
#define PLATFORM_WEB_SESSION_INNER_H

#include "platform/web/session.h"

/* The secret that all nodes share, made when there is none yet; server->secret is filled. */
MUST_CHECK enum status session_secret(struct ctx *ctx, unsigned char *secret_out);

/* Reads the cookie and finds who is signed in: fills request->browser, ctx->person, person_name.
 * One query when the cookie is a signed-in person's, none else. */
MUST_CHECK enum status session_read(struct web_request *request);

/* Notes in the store that somebody sent something, every few minutes. */
void session_seen(struct web_request *request);

/* Whether the form token belongs to the cookie that was sent. */
bool session_token_fits(const struct web_request *request, const char *token);

/* Sets answer->cookie when the browser needs another than it has. */
void session_give_cookie(struct web_request *request, struct web_answer *answer);

#endif
