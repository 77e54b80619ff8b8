/* SPDX-License-Identifier: MIT */
/* register_difference.c - what is another in the later of two snapshots. */
#include "programme/register/register.h"
#include "programme/register/register.sql.h"

#include <jansson.h>
#include <string.h>

enum { ROWS_AT_ONCE = 1000 };

static const char *member(struct mem *mem, const json_t *json, const char *name)
{
    const char *text = json_string_value(json_object_get(json, name));
    return mem_text(mem, text != NULL ? text : "");
}

static enum status read_line(struct ctx *ctx, const char *line, struct register_line *out)
{
    *out = (struct register_line){0};
    if (line == NULL)
        return OK;
    json_t *json = json_loads(line, 0, NULL);
    if (json == NULL)
        return ctx_fail(ctx, ERR_FAULT, "a line of a snapshot is not JSON");
    *out = (struct register_line){
        .reference = member(ctx->mem, json, "reference"),
        .organisation_code = member(ctx->mem, json, "organisation"),
        .name = member(ctx->mem, json, "name"),
        .state = member(ctx->mem, json, "state"),
        .signed_on = member(ctx->mem, json, "signed_on"),
        .digest = member(ctx->mem, json, "digest"),
        .period = (int64_t)json_integer_value(json_object_get(json, "period")),
    };
    json_decref(json);
    return OK;
}

static bool stands(const struct register_line *line)
{
    return line->reference != NULL && pledge_state_stands(pledge_state_of(line->state));
}

static enum register_change change_of(const struct register_difference_row *row)
{
    if (row->before.reference == NULL)
        return REGISTER_ADDED;
    return stands(&row->before) && !stands(&row->after) ? REGISTER_LEFT : REGISTER_CHANGED;
}

static enum status add_rows(struct ctx *ctx, const struct register_changed_row *rows, size_t count,
                            struct register_difference *out)
{
    struct register_difference_row *more =
        mem_array(ctx->mem, struct register_difference_row, out->count + count);
    if (out->count > 0)
        memcpy(more, out->rows, out->count * sizeof *more);
    out->rows = more;
    for (size_t i = 0; i < count; i++) {
        struct register_difference_row *row = &out->rows[out->count];
        if (rows[i].before_line != NULL && rows[i].after_line != NULL &&
            strcmp(rows[i].before_line, rows[i].after_line) == 0)
            continue; /* changed in between, and back */
        TRY(read_line(ctx, rows[i].before_line, &row->before));
        TRY(read_line(ctx, rows[i].after_line, &row->after));
        row->change = change_of(row);
        out->added += row->change == REGISTER_ADDED;
        out->changed += row->change == REGISTER_CHANGED;
        out->left += row->change == REGISTER_LEFT;
        out->count++;
    }
    return OK;
}

enum status register_difference(struct ctx *ctx, const char *from_month, const char *to_month,
                                struct register_difference *out)
{
    struct register_changed_row *rows;
    size_t count = ROWS_AT_ONCE;
    const char *after = "";
    *out = (struct register_difference){0};
    while (count == ROWS_AT_ONCE) {
        TRY(register_changed(ctx, from_month, to_month, after, ROWS_AT_ONCE, &rows, &count));
        TRY(add_rows(ctx, rows, count, out));
        after = count > 0 ? rows[count - 1].reference : "";
    }
    return OK;
}
