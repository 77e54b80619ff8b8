/* SPDX-License-Identifier: MIT */
/*
 * pledge_merge.c - duplicates: one pledge becomes a part of another, and where it is to be found
 * then.
 */
#include "platform/base/id.h"
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/pledge/pledge_internal.h"
#include "programme/pledge/pledge_passage.sql.h"

#include <string.h>

/* More merges in a row than anybody makes; data that goes in a circle ends there. */
enum { CHAIN_MAX = 50 };

const char *pledge_detail(struct mem *mem, const char *detail, const char *key)
{
    size_t length = strlen(key);
    for (const char *line = detail; *line != '\0';) {
        size_t end = strcspn(line, "\n");
        if (end > length && line[length] == '=' && memcmp(line, key, length) == 0)
            return mem_text_part(mem, line + length + 1, end - length - 1);
        line += end + (line[end] == '\n');
    }
    return "";
}

/* ---- merging ---- */

struct merging {
    const struct pledge_merge *merge;
    struct form_problems *problems;
    struct pledge_file goes, stays;
};

static enum status open_stays(struct ctx *ctx, struct merging *m)
{
    const char *reference;
    enum status status = id_reference_read(ctx->mem, m->merge->stays, "PL", &reference);
    if (status == OK)
        status = pledge_file_open(ctx, reference, &m->stays);
    if (status != ERR_NOT_FOUND && status != ERR_INVALID)
        return status;
    ctx->fault = NULL;
    form_wrong(m->problems, "into", "Enter the reference of a pledge, such as PL-7K3M-9Q2P");
    return OK;
}

static void check(struct merging *m)
{
    if (m->stays.row.reference == NULL)
        return;
    if (m->stays.row.id == m->goes.row.id)
        form_wrong(m->problems, "into", "Enter another pledge: this is the one that goes");
    else if (!pledge_state_is_live(m->stays.standing.state))
        form_wrong(m->problems, "into",
                   "Enter a pledge that is not over: this one is returned, withdrawn, lapsed or a "
                   "part of another pledge");
}

static enum status open_both(struct ctx *ctx, struct merging *m)
{
    struct pledge_standing after;
    m->problems->count = 0;
    m->stays = (struct pledge_file){0};
    TRY(pledge_file_open(ctx, m->merge->goes, &m->goes));
    after = m->goes.standing;
    if (!pledge_state_after(&after, PLEDGE_WAS_MERGED))
        return ctx_fail(ctx, ERR_CONFLICT, "pledge \"%s\" is over", m->merge->goes);
    TRY(open_stays(ctx, m));
    check(m);
    return m->problems->count == 0
               ? OK
               : ctx_fail(ctx, ERR_INVALID, "pledges cannot be merged like this");
}

enum status pledge_merge_look(struct ctx *ctx, const struct pledge_merge *merge,
                              struct form_problems *problems, struct pledge *goes_out,
                              struct pledge *stays_out)
{
    struct merging m = {.merge = merge, .problems = problems};
    TRY(open_both(ctx, &m));
    TRY(pledge_find(ctx, m.goes.row.reference, PLEDGE_FOR_STAFF, goes_out));
    return pledge_find(ctx, m.stays.row.reference, PLEDGE_FOR_STAFF, stays_out);
}

static enum status merge_once(struct ctx *ctx, void *arg)
{
    struct merging *m = arg;
    struct organisation from, to;
    TRY(open_both(ctx, m));
    TRY(directory_get(ctx, (struct organisation_id){m->goes.row.holder_id}, &from));
    TRY(directory_get(ctx, (struct organisation_id){m->stays.row.holder_id}, &to));
    return pledge_put_into(ctx, &m->goes, &m->stays,
                           &(const struct pledge_passing){"duplicate", &from, &to,
                                                          time_day_of(ctx->mem, ctx->now_secs),
                                                          m->merge->reason});
}

enum status pledge_merge(struct ctx *ctx, const struct pledge_merge *merge,
                         struct form_problems *problems)
{
    struct merging m = {.merge = merge, .problems = problems};
    return store_transact(ctx, "pledge_merge", merge_once, &m);
}

/* ---- where it is then ---- */

enum status pledge_whole_of(struct ctx *ctx, const struct pledge *pledge, struct pledge *out)
{
    const char *reference = pledge->into;
    struct pledge_by_reference_row row;
    if (reference[0] == '\0')
        return ERR_NOT_FOUND;
    for (int i = 0; i < CHAIN_MAX; i++) {
        TRY(pledge_by_reference(ctx, reference, &row));
        if (row.into_reference[0] == '\0')
            break;
        reference = row.into_reference;
    }
    return pledge_find(ctx, reference, PLEDGE_FOR_STAFF, out);
}

enum status pledge_parts_of(struct ctx *ctx, const char *reference, const char ***references_out,
                            size_t *count_out)
{
    const char **found = mem_array(ctx->mem, const char *, PLEDGE_PARTS_MAX);
    size_t count = 0;
    const char *whole = reference;
    /* Each that was found may have parts of its own. */
    for (size_t next = 0; whole != NULL; next++) {
        struct pledge_parts_row *rows;
        size_t row_count;
        TRY(pledge_parts(ctx, whole, PLEDGE_PARTS_MAX, &rows, &row_count));
        for (size_t i = 0; i < row_count && count < PLEDGE_PARTS_MAX; i++)
            found[count++] = rows[i].reference;
        whole = next < count ? found[next] : NULL;
    }
    *references_out = found;
    *count_out = count;
    return OK;
}
