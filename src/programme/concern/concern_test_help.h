/* SPDX-License-Identifier: MIT */
/* concern_test_help.h - for tests: concerns, who is told of them, and a walk that looks for one. */
#ifndef PROGRAMME_CONCERN_CONCERN_TEST_HELP_H
#define PROGRAMME_CONCERN_CONCERN_TEST_HELP_H

#include "platform/web/web_test_client.h"
#include "programme/concern/concern.h"

#define CONCERN_TEST_SECRET "a mentor hit the boy"
#define CONCERN_TEST_PURPOSE "to decide what to do"

extern const char *const concern_test_everywhere; /* the scope */

/* Somebody with a role, of the name of their address. */
struct person_id concern_test_role(struct ctx *ctx, const char *email, const char *role,
                                   const char *area);

/* Goes on as that person. */
void concern_test_as(struct ctx *ctx, struct person_id person);

/* A draft about the organisation of a code; packs are taken. */
struct concern_draft concern_test_draft(struct ctx *ctx, const char *code);

/* Raises it as an analyst; its reference. */
const char *concern_test_raise(struct ctx *ctx, const char *code);

/* Whether a message waits for that address; none of them says what the concern says. */
bool concern_test_was_told(struct ctx *ctx, const char *address);

/* For web_routes_each: every address, with what a visitor might put in, as who must not find it. */
struct concern_test_walk {
    struct ctx *ctx;
    struct web_client *c;
    const char *reference;
    bool is_all; /* not even that there is one may show */
};
void concern_test_look(void *arg, const struct web_route *route);

#endif
