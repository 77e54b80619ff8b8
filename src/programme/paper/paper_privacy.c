/* SPDX-License-Identifier: MIT */
/* paper_privacy.c - what papers keep about people, and when they go. */
#include "platform/document/upload.h"
#include "programme/access/access.h"
#include "programme/paper/paper_internal.h"

/* A batch of papers goes with their scans. */
static enum status retain(struct ctx *ctx, int64_t *changed_out)
{
    struct privacy_rule rule;
    struct paper_due_row *due;
    int64_t before, changes;
    const char *before_on;
    size_t count;
    TRY(privacy_rule_find(ctx, "paper", &rule));
    TRY(privacy_rule_before(ctx, &rule, &before, &before_on));
    TRY(paper_due(ctx, before, PRIVACY_BATCH_ROWS, &due, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(upload_remove(ctx, due[i].upload_id, paper_owner(ctx->mem, due[i].reference)));
        TRY(paper_remove(ctx, due[i].organisation_id, due[i].id, &changes));
    }
    *changed_out = (int64_t)count;
    return OK;
}

const struct privacy_holding paper_holdings[] = {
    {.table = "paper",
     .name = "Pledges and signatures on paper",
     .what = "a scan of the paper that you signed, your name as you wrote it, and your work email "
             "address where we know it; and who of the programme recorded and checked it",
     .whose = PRIVACY_OF_STAFF,
     .kind = PRIVACY_OPERATIONAL,
     .basis = PRIVACY_PUBLIC_TASK,
     .purpose = "so that a signature on paper counts like one that is given online, and can be "
                "shown when somebody doubts it",
     .source = "you, or whoever sent the paper",
     .recipients = "the public sees the day on which you signed, and that it was on paper; never "
                   "the scan",
     .access = MAY_RECORD_PAPER,
     .rule = "paper",
     .rows = &paper_copy_query,
     .kept_back = "The scan itself is not in the copy, for others may have signed on the same "
                  "paper. Ask the programme for it.",
     .erase = &paper_erase_query,
     .kept_because =
         "The scan stays as long as the pledge stands, for it shows that it was signed. "
         "Your email address, and your name as we typed it, go when it is settled.",
     .retain_by = retain},
    {0},
};
