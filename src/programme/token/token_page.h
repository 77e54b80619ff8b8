/* SPDX-License-Identifier: MIT */
/* token_page.h - what the views of token_page.html need, and nothing else. */
#ifndef PROGRAMME_TOKEN_TOKEN_PAGE_H
#define PROGRAMME_TOKEN_TOKEN_PAGE_H

#include "platform/view/components.h"
#include "programme/token/token.h"

struct token_made_page {
    const char *name, *key;
};

struct token_page {
    const struct token *token;
    const char **may;                          /* what it may, in words; token->access_count */
    const char *made, *expires, *used, *ended; /* as people write times; "" */
    bool is_live;
    const char *form_token;
};

#endif
