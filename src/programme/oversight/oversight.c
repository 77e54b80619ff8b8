/* SPDX-License-Identifier: MIT */
/* oversight.c - the kinds of events, and looks that are noted once. */
#include "programme/oversight/oversight.h"

#include "platform/base/hash.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/oversight/oversight.sql.h"

#include <string.h>

const struct audit_kind oversight_audit_kinds[] = {
    {"oversight.searched", "The record of what was done was searched", true},
    {"oversight.event_seen", "One event of the record was read", true},
    {"oversight.exported", "The record was written to a file for an auditor", true},
    {"oversight.glass_opened", "A record was opened in an emergency", true},
    {"oversight.glass_seen", "A record that was opened in an emergency was read", true},
    {"oversight.glass_closed", "A record that was opened in an emergency was closed", false},
    {"oversight.glass_reviewed", "An emergency was looked over by the programme", false},
    {0},
};

/* ---- looks ---- */

struct looking {
    const struct audit_deed *deed;
    const char *look; /* digest */
};

static enum status note_once(struct ctx *ctx, void *arg)
{
    const struct looking *looking = arg;
    struct oversight_look_row_row before;
    int64_t changes;
    enum status status = oversight_look_row(ctx, ctx->person.n, looking->look, &before);
    if (status == OK && before.noted_at + OVERSIGHT_LOOK_SECS > ctx->now_secs)
        return OK;
    if (status != OK && status != ERR_NOT_FOUND)
        return status;
    TRY(oversight_look_set(ctx, ctx->person.n, looking->look, ctx->now_secs, &changes));
    return audit_note(ctx, looking->deed);
}

enum status oversight_note_look(struct ctx *ctx, const struct audit_deed *deed, const char *look)
{
    const char *text = mem_format(ctx->mem, "%s\n%s", deed->what, look);
    struct looking looking = {deed, hash_sha256(ctx->mem, text, strlen(text))};
    return store_transact(ctx, "oversight_note_look", note_once, &looking);
}
