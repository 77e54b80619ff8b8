/* SPDX-License-Identifier: MIT */
/* access_privacy.c - what access keeps about people: accounts, roles, and codes to sign in. */
#include "programme/access/access.h"

#include "platform/base/time.h"
#include "programme/access/access.sql.h"

/* Roles end with the account, so that none is left with nobody. */
static enum status erase_roles(struct ctx *ctx, const struct privacy_subject *subject,
                               int64_t *changed_out)
{
    return access_grants_end(ctx, subject->person.n, time_day_of(ctx->mem, ctx->now_secs),
                             changed_out);
}

const struct privacy_holding access_holdings[] = {
    {.table = "person",
     .name = "Your account",
     .what = "your name and your email address",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that you can sign in, and others know whom they work with",
     .source = "you, or the person who invited you",
     .access = MAY_SEE_PEOPLE,
     .rule = "account",
     .rows = &access_person_copy_query,
     .erase = &access_person_erase_query,
     .retain = &access_person_retain_query},
    {.table = "access_grant",
     .name = "Your roles",
     .what = "what you may do here, where, and from when to when",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that each person sees only what their work needs",
     .source = "the person who gave you the role",
     .access = MAY_SEE_PEOPLE,
     .rule = "role",
     .rows = &access_grant_copy_query,
     .erase_by = erase_roles,
     .kept_because = "Your roles end today. That they were given stays, without your name, so that "
                     "we can show who was allowed to do what.",
     .retain = &access_grant_retain_query},
    {.table = "access_code",
     .name = "Codes to sign in",
     .what = "your email address and when a code was asked for it",
     .whose = PRIVACY_OF_STAFF | PRIVACY_OF_PUBLIC,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that only you can sign in as you",
     .source = "whoever typed your address to sign in",
     .rule = "sign-in-code",
     .rows = &access_code_copy_query,
     .erase = &access_code_erase_query,
     .retain = &access_code_purge_query,
     .is_passing = true,
     .fixed_secs = ACCESS_CODE_KEPT_SECS},
    {0},
};
