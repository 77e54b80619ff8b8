/* SPDX-License-Identifier: MIT */
/* account_session_web.c - what the rules of account want of sessions. */
#include "platform/web/session.h"
#include "programme/account/account_internal.h"

enum status account_sessions_need(struct ctx *ctx, struct person_id person, bool two_factors)
{
    return session_need(ctx, person, two_factors ? SESSION_TWO_FACTORS : SESSION_ONE_FACTOR);
}

enum status account_sessions_end(struct ctx *ctx, struct person_id person)
{
    return session_end_all(ctx, person);
}
