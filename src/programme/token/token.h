/* SPDX-License-Identifier: MIT */
/*
 * token.h - keys by which another program acts for an organisation.
 *
 * A key has a name, an end, and a few accesses of the policy, always for the one organisation.  It
 * is shown once, when it is made; here only its hash is kept.  A program that shows it
 * (`Authorization: Bearer ...`) is nobody, has no session, and its role in the record is "key".
 *
 * Owns the table token.  Reads person.
 */
#ifndef PROGRAMME_TOKEN_TOKEN_H
#define PROGRAMME_TOKEN_TOKEN_H

#include "platform/base/filled.h"
#include "programme/access/access.h"
#include "programme/audit/audit.h"

enum {
    TOKEN_DAYS_MOST = 366,
    TOKENS_LIVE_MOST = 20, /* of one organisation */
    TOKEN_NAME_CHARS_MOST = 80
};

/* What a key can be given at all: a part of the policy that no person's data hangs on.  Ends with
 * 0.  access_name says each in words. */
const enum access *token_accesses(void);

/* The name of an access in forms and in the table: "see-pledges". */
const char *token_access_code(enum access access);

struct token {
    int64_t id;
    const char *organisation, *organisation_name; /* code; name when it was made */
    const char *name;
    const char *start; /* "onward_k3f9": its first characters */
    enum access accesses[8];
    size_t access_count;
    int64_t made_at, expires_at; /* UTC seconds                                    */
    int64_t ended_at, used_at;   /* UTC seconds, 0: not; used_at within an hour    */
    const char *maker;           /* name of the person who made it                 */
};

bool token_is_live(const struct token *token, int64_t now_secs);

/* What the form says. */
struct token_new {
    const char *name;
    struct form_several accesses; /* codes of token_access_code          */
    const char *days;             /* how long it works: a number as text */
    const char *request;          /* of the form, so that sending it twice makes one key */
};

/*
 * Makes a key for an organisation (code).  key_out is the whole key: show it once and forget it.
 *
 * ERR_INVALID    problems says which field, and why
 * ERR_NOT_FOUND  there is no such organisation
 * ERR_CONFLICT   this form made a key before, or the organisation has TOKENS_LIVE_MOST
 *
 * The caller has checked that the person may (MAY_MAKE_TOKENS).  One transaction.
 */
MUST_CHECK enum status token_make(struct ctx *ctx, const char *organisation,
                                  const struct token_new *wanted, struct form_problems *problems,
                                  const char **key_out);

MUST_CHECK enum status token_get(struct ctx *ctx, int64_t id, struct token *out);

/* Takes a key back; fine when it has ended.  ERR_NOT_FOUND: there is none of this id. */
MUST_CHECK enum status token_end(struct ctx *ctx, int64_t id);

/*
 * The key that was shown.
 *
 * ERR_FORBIDDEN  it is none, it has ended, or somebody took it back
 *
 * One query; one more once an hour, which keeps when it was used.
 */
MUST_CHECK enum status token_show(struct ctx *ctx, const char *key, int64_t *id_out);

extern const struct audit_kind token_audit_kinds[];

/* What keys keep about people. */
extern const struct privacy_holding token_holdings[];

#endif
