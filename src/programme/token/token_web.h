/* SPDX-License-Identifier: MIT */
/* token_web.h - keys as the dispatcher meets them, and their pages. */
#ifndef PROGRAMME_TOKEN_TOKEN_WEB_H
#define PROGRAMME_TOKEN_TOKEN_WEB_H

#include "programme/access/access_web.h"
#include "programme/token/token.h"

extern const struct web_route token_routes[];
extern const struct desk_queue token_queues[];

/* For struct web_app: recognises a key. */
enum status token_key(struct web_request *request, const char *key);

/* For struct web_app: what a key may, for its own organisation; a person as access_may says. */
enum status token_may(struct web_request *request, int access, struct web_grant *grant_out);

/* For struct web_app: whether any key can have this access. */
bool token_key_may(int access);

#endif
