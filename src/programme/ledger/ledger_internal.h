/* SPDX-License-Identifier: MIT */
/* ledger_internal.h - what the files of this folder know of each other. */
#ifndef PROGRAMME_LEDGER_LEDGER_INTERNAL_H
#define PROGRAMME_LEDGER_LEDGER_INTERNAL_H

#include "programme/ledger/ledger.h"
#include "programme/ledger/ledger.sql.h"
#include "programme/ledger/ledger_tree.h"

enum { LEDGER_KEY_ID_CHARS = 16, LEDGER_ROWS_AT_ONCE = 500 };

/* The hash of the leaf of an entry.  Its number is not in it: that is where it stands. */
struct tree_hash ledger_leaf(struct mem *mem, const struct ledger_entry *entry);

/* What is signed of a head, and of which its digest is made. */
const char *ledger_head_text(struct mem *mem, const struct ledger_head *head);

/* A hash as the store keeps it, read.  ERR_FAULT: it is none. */
MUST_CHECK enum status ledger_hash_read(struct ctx *ctx, const char *text, struct tree_hash *out);
const char *ledger_hash_text(struct mem *mem, const struct tree_hash *hash);

/* The tree of the store. */
extern const struct tree ledger_tree;

/* A head from a row of any query that gives heads. */
#define LEDGER_HEAD(row)                                                                           \
    ((struct ledger_head){(row).number,                                                            \
                          (row).size,                                                              \
                          (row).root,                                                              \
                          (row).at,                                                                \
                          (row).previous,                                                          \
                          (row).digest,                                                            \
                          {(row).key_id, (row).signature}})

/* ERR_NOT_FOUND: no head covers just so many. */
MUST_CHECK enum status ledger_head_at(struct ctx *ctx, int64_t size, struct ledger_head *out);

/* As ledger_prove, for the entry of that number. */
MUST_CHECK enum status ledger_prove_number(struct ctx *ctx, int64_t number,
                                           const struct ledger_head *head,
                                           struct ledger_proof *out);

/* That the head `to` goes on from `from`, which is no greater (RFC 9162, 2.1.4). */
MUST_CHECK enum status ledger_prove_growth(struct ctx *ctx, const struct ledger_head *from,
                                           const struct ledger_head *to, const char ***path_out,
                                           size_t *count_out);

struct json_t *ledger_entry_json(const struct ledger_entry *entry);
struct json_t *ledger_path_json(const char *const *path, size_t count);
struct json_t *ledger_key_json(const struct ledger_key_rows_row *key);

/* What lets a key in, see ledger_key.c. */
const char *ledger_key_text(struct mem *mem, int64_t number, const char *public_key,
                            int64_t from_at);

#endif
