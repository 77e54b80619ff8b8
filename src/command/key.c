/* SPDX-License-Identifier: MIT */
/*
 * key.c - `onward key`: the keys that sign the public log and receipts.
 *
 *   onward key list
 *   onward key renew
 */
#include "command/list.h"

#include "platform/base/time.h"
#include "programme/ledger/ledger.h"

#include <inttypes.h>

static enum status list(struct ctx *ctx, struct command_run *run)
{
    struct ledger_key *keys;
    size_t count;
    TRY(ledger_keys(ctx, &keys, &count));
    if (count == 0)
        fprintf(run->io.out, "There is no key yet: the first is made when something is signed.\n");
    for (size_t i = 0; i < count; i++)
        fprintf(run->io.out, "%s  from %s%s%s\n", keys[i].id, time_show(ctx->mem, keys[i].from_at),
                keys[i].until_at == 0 ? ", signs now" : " until ",
                keys[i].until_at == 0 ? "" : time_show(ctx->mem, keys[i].until_at));
    return OK;
}

static enum status renew(struct ctx *ctx, struct command_run *run)
{
    const char *id;
    TRY(ledger_key_renew(ctx, &id));
    fprintf(run->io.out,
            "The key %s signs from now on. What the others signed can still be checked; their "
            "secrets are wiped here, but not from copies that were made before.\n",
            id);
    return OK;
}

const struct command command_key_list = {
    .words = {"key list", "Lists the keys that sign the public log and receipts.", "", 0, 0, NULL},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = list,
};

const struct command command_key_renew = {
    .words = {"key renew", "Makes a new key that signs from now on.", "", 0, 0, NULL},
    .needs = COMMAND_NEEDS_SCHEMA,
    .run = renew,
};
