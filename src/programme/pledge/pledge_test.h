/* SPDX-License-Identifier: MIT */
/* pledge_test.h - for tests: a pledge that could be sent, and the links in the mails about it. */
#ifndef PROGRAMME_PLEDGE_PLEDGE_TEST_H
#define PROGRAMME_PLEDGE_PLEDGE_TEST_H

#include "programme/pledge/pledge.h"

/* Takes the packs and fills a right draft for the organisation of that code. */
void pledge_test_draft(struct ctx *ctx, const char *code, struct pledge_draft *out);

/* Sends it and gives its reference. */
const char *pledge_test_send(struct ctx *ctx, const char *code);

/* Both signatories sign by their newest links. */
void pledge_test_sign(struct ctx *ctx);

/* The token in the newest mail to that address; "" for none. */
const char *pledge_test_token(struct ctx *ctx, const char *address);

/* Where the button of the newest mail to an address leads, on pages of pledges; "" for none. */
const char *pledge_test_button(struct ctx *ctx, const char *address);

#endif
