/* SPDX-License-Identifier: MIT */
/* ledger_test_help.c - see the header. */
#include "programme/ledger/ledger_test_help.h"

#include "platform/base/test.h"
#include "programme/ledger/ledger_internal.h"
#include "programme/ledger/ledger_test.sql.h"

#include <string.h>

struct ledger_fact ledger_test_fact(struct ctx *ctx, int n)
{
    const char *subject = mem_format(ctx->mem, "PL-%04d", n);
    return (struct ledger_fact){"pledge", subject, hash_sha256(ctx->mem, subject, strlen(subject)),
                                ctx->now_secs};
}

void ledger_test_add(struct ctx *ctx, int from, int until)
{
    for (int n = from; n < until; n++) {
        struct ledger_fact fact = ledger_test_fact(ctx, n);
        CHECK(ledger_add(ctx, &fact) == OK);
    }
}

void ledger_test_take(struct ctx *ctx)
{
    bool is_left;
    CHECK(ledger_take(ctx, 1000, &is_left) == OK && !is_left);
}

bool ledger_test_proves(struct ctx *ctx, const struct ledger_proof *proof,
                        const struct ledger_head *head)
{
    int64_t place = proof->entry.number, last = head->size - 1;
    struct tree_hash hash = ledger_leaf(ctx->mem, &proof->entry);
    for (size_t i = 0; i < proof->path_count; i++) {
        struct tree_hash beside;
        CHECK(ledger_hash_read(ctx, proof->path[i], &beside) == OK);
        if (last == 0)
            return false;
        if ((place & 1) != 0 || place == last) {
            hash = tree_node(&beside, &hash);
            while ((place & 1) == 0 && place != 0) {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = tree_node(&hash, &beside);
        }
        place >>= 1;
        last >>= 1;
    }
    return last == 0 && strcmp(ledger_hash_text(ctx->mem, &hash), head->root) == 0;
}

const char *ledger_test_broken(struct ctx *ctx)
{
    struct ledger_checked checked;
    CHECK(ledger_check(ctx, &checked) == OK);
    return checked.broken;
}

enum status ledger_test_forget(struct ctx *ctx)
{
    int64_t changes;
    TRY(ledger_test_drop_heads(ctx, &changes));
    TRY(ledger_test_drop_nodes(ctx, &changes));
    return ledger_test_drop_entries(ctx, &changes);
}
