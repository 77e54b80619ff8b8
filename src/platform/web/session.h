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

/* How strongly somebody proved who it is. */
enum { SESSION_ONE_FACTOR = 1, SESSION_TWO_FACTORS = 2 };

enum { SESSION_LIST_MAX = 100 };

struct session_start {
    struct person_id person;
    int strength;
    int needs; /* with less than this only the second step is open; 0: nothing more is needed */
    int64_t idle_secs, kept_secs; /* 0, or more than the usual: the usual */
};

/*
 * Signs the person in on this browser: ends the session that it had, and gives it a new cookie and
 * new form tokens.  What the browser began anonymously (drafts) stays with it.
 *
 * ERR_FAULT  the store failed; nobody was signed in
 */
MUST_CHECK enum status session_begin(struct web_request *request, struct web_answer *answer,
                                     const struct session_start *start);

/*
 * The person proved again who it is: noted with its time, the strength rises to this one, and the
 * browser gets a new cookie, so that the old one is of no use to whoever has it.
 *
 * ERR_FORBIDDEN  the session has ended meanwhile, or there was none
 */
MUST_CHECK enum status session_prove(struct web_request *request, struct web_answer *answer,
                                     int strength);

/* From now on all sessions of the person need this strength; in the caller's transaction. */
MUST_CHECK enum status session_need(struct ctx *ctx, struct person_id person, int needs);

/* Signs out: the session is over and the browser forgets its cookie.  Fine when nobody was in. */
MUST_CHECK enum status session_end(struct web_request *request, struct web_answer *answer);

/* Signs a person out everywhere: after a change of roles, or when asked. */
MUST_CHECK enum status session_end_all(struct ctx *ctx, struct person_id person);

/* Everywhere but in the session of that id: after a change of how one signs in. */
MUST_CHECK enum status session_end_others(struct ctx *ctx, struct person_id person, int64_t id);

/* Signs out in one place.  ERR_NOT_FOUND  the person has no such session (any more). */
MUST_CHECK enum status session_end_one(struct ctx *ctx, struct person_id person, int64_t id);

/* One place where a person is signed in. */
struct session_place {
    int64_t id;
    int64_t began_at, seen_at; /* seen: the last time something was sent, give or take 5 minutes */
    const char *device;        /* "Firefox on Windows" */
    const char *network;       /* "192.0.2.x" */
};

/* Used last first, at most SESSION_LIST_MAX.  One query. */
MUST_CHECK enum status session_list(struct ctx *ctx, struct person_id person,
                                    struct session_place **out, size_t *count_out);

/* Removes sessions whose time is over; a recurring job calls it.  removed_out may be NULL. */
MUST_CHECK enum status session_purge(struct ctx *ctx, int64_t *removed_out);

#endif
