/* SPDX-License-Identifier: MIT */
/*
 * review_draft.c - a review while it is written.
 *
 * Both sides and those who keep the plan write on one draft, a part a page.  Each part is kept as
 * it was typed, also what is not right yet.  Who saves says which save they saw, so that nobody
 * writes over what another has just written.
 */
#include "platform/store/store.h"
#include "programme/review/review_internal.h"

#include <string.h>

enum { DRAFTS_MAX = REVIEW_PARTS_MAX + 3 };

enum status review_draft_list(struct ctx *ctx, const struct pledge *pledge,
                              struct review_draft **out, size_t *count_out)
{
    struct review_drafts_row *rows;
    TRY(review_drafts(ctx, pledge->organisation_id, pledge->id, pledge->period, DRAFTS_MAX, &rows,
                      count_out));
    *out = mem_array(ctx->mem, struct review_draft, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] =
            (struct review_draft){rows[i].part, rows[i].answers, rows[i].number, rows[i].saved_at};
    return OK;
}

struct saving {
    const char *reference;
    const struct review_draft *draft;
};

static enum status save_once(struct ctx *ctx, void *arg)
{
    const struct saving *saving = arg;
    struct review_file file;
    struct review_draft *drafts;
    size_t count;
    int64_t changes, number = 0;
    TRY(review_file_open(ctx, saving->reference, 0, &file));
    TRY(review_must_be_open(ctx, &file));
    TRY(review_draft_list(ctx, &file.pledge, &drafts, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(drafts[i].part, saving->draft->part) != 0)
            continue;
        if (strcmp(drafts[i].answers, saving->draft->answers) == 0)
            return OK; /* sent twice */
        number = drafts[i].number;
    }
    if (number != saving->draft->number)
        return ctx_fail(ctx, ERR_CONFLICT, "somebody else has saved this part");
    return review_draft_set(ctx, file.pledge.organisation_id, file.pledge.id, file.pledge.period,
                            saving->draft->part, saving->draft->answers, number + 1, ctx->now_secs,
                            ctx->person.n, &changes);
}

enum status review_draft_save(struct ctx *ctx, const struct pledge *pledge,
                              const struct review_draft *draft)
{
    struct saving saving = {pledge->reference, draft};
    return store_transact(ctx, "review_draft_save", save_once, &saving);
}
