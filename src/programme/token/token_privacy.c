/* SPDX-License-Identifier: MIT */
/* token_privacy.c - what keys keep about people: who made them. */
#include "programme/token/token.h"

#include "programme/access/access.h"
#include "programme/token/token.sql.h"

const struct privacy_holding token_holdings[] = {
    {.table = "token",
     .name = "Keys that you made",
     .what = "that you made a key for another program, and when",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that the organisation knows who can read its data, and by whose will",
     .source = "what you did here",
     .access = MAY_MAKE_TOKENS,
     .rule = "token",
     .rows = &token_copy_query,
     .kept_because = "A key is the organisation's. It holds a number and not your name.",
     .retain = &token_retain_query},
    {0},
};
