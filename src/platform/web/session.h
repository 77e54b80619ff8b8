/* SPDX-License-Identifier: MIT */
/*
 * session.h - who is signed in, and what stands for a browser.
 *
 * The cookie is `__Host-onward`, or `onward` where people reach the service by plain http (only a
 * machine of one's own).  It has one of two forms:
 *
 *   a<token>                  an anonymous browser: given when a page with a form is shown; no row
 *   s<token>.<minute>.<code>  a signed-in person: the row of web_session with the token's hash
 *
 * The minute says when it was last used.  A new one is given every few minutes, so that somebody
 * who reads stays signed in without a GET writing to the store; the code, made with the secret,
 * keeps people from writing their own.
 *
 * Owns the tables web_secret and web_session.
 */
#ifndef PLATFORM_WEB_SESSION_H
#define PLATFORM_WEB_SESSION_H

#include "platform/web/web.h"

enum {
    SESSION_IDLE_SECS = 2 * 60 * 60,       /* signed out after so long without a request   */
    SESSION_KEPT_SECS = 24 * 60 * 60,      /* signed out so long after signing in          */
    SESSION_FRESH_SECS = 5 * 60,           /* how exact "last used" is                     */
    SESSION_BROWSER_SECS = 180 * 24 * 3600 /* how long a browser keeps its anonymous cookie */
};

/*
 * Signs the person in on this browser: ends the session that it had, and gives it a new cookie and
 * new form tokens.  What the browser began anonymously (drafts) stays with it.
 *
 * ERR_FAULT  the store failed; nobody was signed in
 */
MUST_CHECK enum status session_begin(struct web_request *request, struct web_answer *answer,
                                     struct person_id person);

/* Signs out: the session is over and the browser forgets its cookie.  Fine when nobody was in. */
MUST_CHECK enum status session_end(struct web_request *request, struct web_answer *answer);

/* Signs a person out everywhere: after a change of address or roles, or when asked. */
MUST_CHECK enum status session_end_all(struct ctx *ctx, struct person_id person);

/* Removes sessions whose time is over; a recurring job calls it.  removed_out may be NULL. */
MUST_CHECK enum status session_purge(struct ctx *ctx, int64_t *removed_out);

#endif
