/* SPDX-License-Identifier: MIT */
/*
 * import_undo.c - takes an import back: what it added goes, what it dropped is true again.
 *
 * Each row says which import added and which dropped it, so no copy of what was before is needed
 * (but of postcodes, which are kept once).  Imports that built on this one must be undone first.
 */
#include "programme/directory/directory.h"
#include "programme/directory/import.h"
#include "programme/directory/import_undo.sql.h"

enum { TOUCHED_AT_ONCE = 500 };

static enum status check(struct ctx *ctx, int64_t id)
{
    struct directory_undo_state_row state;
    struct directory_undo_later_row *later;
    size_t count;
    enum status status = directory_undo_state(ctx, id, &state);
    if (status == ERR_NOT_FOUND)
        return ctx_fail(ctx, ERR_NOT_FOUND, "there is no import %lld", (long long)id);
    TRY(status);
    if (state.undone_at != NULL)
        return ctx_fail(ctx, ERR_NOT_FOUND, "import %lld was undone before", (long long)id);
    TRY(directory_undo_later(ctx, id, &later, &count));
    if (count > 0)
        return ctx_fail(ctx, ERR_CONFLICT,
                        "import %lld changed what import %lld brought: undo it first",
                        (long long)later[0].later_id, (long long)id);
    return OK;
}

/* Words follow from records, so those of every organisation that changed back are made anew. */
static enum status make_words(struct ctx *ctx, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        TRY(directory_words_make(ctx, ids[i]));
    return OK;
}

static enum status list_touched(struct ctx *ctx, int64_t id, int64_t **out, size_t *count_out)
{
    struct directory_undo_touched_row *rows;
    size_t count, room = TOUCHED_AT_ONCE;
    int64_t after = 0;
    *out = mem_array(ctx->mem, int64_t, room);
    *count_out = 0;
    do {
        TRY(directory_undo_touched(ctx, id, after, TOUCHED_AT_ONCE, &rows, &count));
        if (*count_out + count > room) {
            int64_t *larger = mem_array(ctx->mem, int64_t, room * 2);
            for (size_t i = 0; i < *count_out; i++)
                larger[i] = (*out)[i];
            *out = larger;
            room *= 2;
        }
        for (size_t i = 0; i < count; i++)
            (*out)[(*count_out)++] = after = rows[i].organisation_id;
    } while (count == TOUCHED_AT_ONCE);
    return OK;
}

/* In an order that no reference forbids. */
static enum status take_back(struct ctx *ctx, int64_t id)
{
    static enum status (*const steps[])(struct ctx *, int64_t, int64_t *) = {
        directory_undo_words,
        directory_undo_schools_added,
        directory_undo_schools_dropped,
        directory_undo_successions_added,
        directory_undo_successions_dropped,
        directory_undo_links_added,
        directory_undo_links_dropped,
        directory_undo_names_added,
        directory_undo_names_dropped,
        directory_undo_records_added,
        directory_undo_records_dropped,
        directory_undo_organisations_added,
        directory_undo_postcodes_added,
        directory_undo_postcodes_replaced,
        directory_undo_postcodes_kept,
    };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        int64_t changes;
        enum status status = steps[i](ctx, id, &changes);
        if (status == ERR_CONFLICT) {
            ctx->fault = NULL; /* the store only knows of a foreign key */
            return ctx_fail(ctx, ERR_CONFLICT,
                            "something refers to an organisation that import %lld brought",
                            (long long)id);
        }
        TRY(status);
    }
    return OK;
}

/* Runs inside a transaction, perhaps more than once. */
static enum status undo(struct ctx *ctx, void *arg)
{
    const struct directory_import_id *id = arg;
    int64_t *touched, changes;
    size_t touched_count;
    TRY(check(ctx, id->n));
    TRY(list_touched(ctx, id->n, &touched, &touched_count));
    TRY(take_back(ctx, id->n));
    TRY(make_words(ctx, touched, touched_count));
    return directory_undo_mark(ctx, id->n, ctx->now_secs, &changes);
}

enum status directory_import_undo(struct ctx *ctx, struct directory_import_id id)
{
    return store_transact(ctx, "directory_import_undo", undo, &id);
}
