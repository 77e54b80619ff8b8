/* SPDX-License-Identifier: MIT */
/*
 * access_web.h - what the pages of access offer to the program and to the pages of others: the
 * policy as the dispatcher asks it, queues of the desk, closing an account.
 */
#ifndef PROGRAMME_ACCESS_ACCESS_WEB_H
#define PROGRAMME_ACCESS_ACCESS_WEB_H

#include "platform/web/web.h"
#include "programme/access/access.h"

extern const struct web_route access_routes[];

/* The pages of signing in, which are account/'s: a first step, a second one, and proving once more
 * who one is. */
#define ACCESS_SIGN_IN_PATH "/sign-in"
#define ACCESS_SECOND_PATH "/sign-in/second"
#define ACCESS_PROOF_PATH "/sign-in/prove"

/*
 * For struct web_app: whether the person has the access today.  By a role that sees many people's
 * data only who signed in by two factors has it, unless the setting second_factor says "offered";
 * others are told to go to the second step first.  A route whose path holds
 * `:organisation`, the code of one, is allowed to who has the access for that one.  The scope is
 * the code of a region, board, organisation or site; NULL for everywhere.
 *
 * ERR_NOT_FOUND  the path names an organisation that there is not
 */
enum status access_may(struct web_request *request, int access, struct web_grant *grant_out);

/* The same for one organisation (its code; "": as it is), where a handler knows only from what it
 * read which one it is about. */
enum status access_may_for(struct web_request *request, int access, const char *organisation,
                           struct web_grant *grant_out);

/* For struct web_app: "" for a closed account, which so is signed out. */
enum status access_person_name(struct ctx *ctx, struct person_id person, const char **out);

/*
 * Closes an account and signs the person out everywhere.  OK also when it was closed.
 *
 * ERR_NOT_FOUND  no such person
 * ERR_FAULT      the store failed; nothing was changed
 *
 * One transaction.
 */
MUST_CHECK enum status access_person_close(struct ctx *ctx, const char *email);

/* ---- the desk ---- */

/* How much waits for people, and for how long the oldest of it. */
struct desk_load {
    int64_t waiting_count;
    int64_t oldest_at; /* UTC seconds; 0: nothing waits */
};

/* Something that waits for people who have an access, shown at /desk.  A capability declares a
 * table of them, ended by a NULL title. */
struct desk_queue {
    const char *title; /* "Pledges to look at" */
    const char *href;  /* "/desk/pledges"      */
    const char *hint;  /* one line; may be NULL */
    int access;
    /* What waits in a scope.  NULL: a page of the desk without a queue. */
    enum status (*count)(struct ctx *ctx, const char *scope, struct desk_load *out);
};

/* The tables in their order, ended by NULL: one list for the program, in programme_desk.c. */
extern const struct desk_queue *const desk_queues[];

/* The queues of access itself: messages that could not be sent. */
extern const struct desk_queue access_queues[];

#endif
