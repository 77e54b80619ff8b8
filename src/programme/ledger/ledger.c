/* SPDX-License-Identifier: MIT */
/* ledger.c - what may come into the public log. */
#include "programme/ledger/ledger.h"

#include "platform/base/hash.h"
#include "platform/base/id.h"
#include "programme/ledger/ledger.sql.h"

#include <string.h>

enum { KIND_BYTES_MAX = 30, SUBJECT_BYTES_MAX = 40 };

/* Only such text goes into a leaf, whose lines it can so neither break nor imitate. */
static bool is_made_of(const char *text, const char *signs, size_t bytes_max)
{
    size_t length = strlen(text);
    return length > 0 && length <= bytes_max && strspn(text, signs) == length;
}

enum status ledger_add(struct ctx *ctx, const struct ledger_fact *fact)
{
    int64_t changes;
    if (!is_made_of(fact->kind, "abcdefghijklmnopqrstuvwxyz-", KIND_BYTES_MAX) ||
        !is_made_of(fact->subject, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", SUBJECT_BYTES_MAX) ||
        !is_made_of(fact->digest, "0123456789abcdef", HASH_CHARS) ||
        strlen(fact->digest) != HASH_CHARS)
        return ctx_fail(ctx, ERR_FAULT, "a fact of kind \"%s\" about \"%s\" has another form",
                        fact->kind, fact->subject);
    return ledger_waiting_add(ctx, id_new(ctx), fact->kind, fact->subject, fact->digest, fact->at,
                              &changes);
}
