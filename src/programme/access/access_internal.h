/* SPDX-License-Identifier: MIT */
/* access_internal.h - what the files of access/ share and nobody else sees. */
#ifndef PROGRAMME_ACCESS_ACCESS_INTERNAL_H
#define PROGRAMME_ACCESS_ACCESS_INTERNAL_H

#include "programme/access/access.h"

/* What happened, without its time and who did it: ctx->person. */
struct access_deed {
    const char *what; /* code of access_audit_kinds */
    struct person_id person;
    const char *role, *area; /* of a grant: its codes; NULL: none */
};

/* Adds an event, in the caller's transaction. */
MUST_CHECK enum status access_note(struct ctx *ctx, const struct access_deed *deed);

/* "region" ...; a level of another release of the program is the narrowest. */
const char *access_level_code(enum access_level level);
enum access_level access_level_of(const char *code);

/* Who asks: only the number, the roles of today and the choice among them.  ERR_FORBIDDEN: nobody
 * asks.  One query. */
MUST_CHECK enum status access_asker_roles(struct ctx *ctx, struct access_person *out);

/* Closes an account and ends its roles, in the caller's transaction.  OK also when it was closed.
 * ERR_NOT_FOUND  no such person */
MUST_CHECK enum status access_close(struct ctx *ctx, const char *email, struct person_id *out);

#endif
