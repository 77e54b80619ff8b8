/* SPDX-License-Identifier: MIT */
/*
 * privacy_erase.c - erasing what need not be kept about one person, and saying why the rest is.
 *
 * The lines before and after come from the same declarations, so they cannot differ.
 */
#include "programme/privacy/privacy.h"

#include "programme/privacy/privacy.sql.h"
#include "programme/privacy/privacy_bind.h"

#include <string.h>

enum { HOLDS_MAX = 1000 };

struct erasing {
    const struct privacy_subject *subject;
    struct privacy_erasure *out;
    size_t count;
};

/* ---- before ---- */

/* Whether a cell of a copy is one of the codes; NULL: none is. */
static const char *named_in(const struct privacy_copy *copy,
                            const struct privacy_hold_named_row *held, size_t held_count)
{
    for (size_t i = 0; i < copy->row_count * (size_t)copy->column_count; i++)
        for (size_t k = 0; k < held_count; k++)
            if (copy->cells[i].type == STORE_TEXT && !copy->cells[i].is_null &&
                strcmp(copy->cells[i].text, held[k].code) == 0)
                return held[k].code;
    return NULL;
}

/* Holds on the person, and on organisations and things that their data names. */
static enum status find_hold(struct ctx *ctx, const struct privacy_subject *subject,
                             const struct privacy_copy *copies, size_t count, const char **held_out)
{
    struct privacy_hold_named_row *held;
    size_t held_count;
    TRY(privacy_hold_of(ctx, subject, held_out));
    if (*held_out != NULL)
        return OK;
    TRY(privacy_hold_named(ctx, HOLDS_MAX, &held, &held_count));
    if (held_count == HOLDS_MAX)
        return ctx_fail(ctx, ERR_FAULT, "%d holds or more stand", HOLDS_MAX);
    for (size_t i = 0; i < count; i++) {
        const char *code = named_in(&copies[i], held, held_count);
        if (code != NULL)
            *held_out =
                mem_format(ctx->mem, "It belongs to %s, which is under a legal hold.", code);
    }
    return OK;
}

enum status privacy_erasure_plan(struct ctx *ctx, const struct privacy_subject *subject,
                                 struct privacy_erasure *out, size_t *count_out,
                                 const char **held_out)
{
    struct privacy_copy *copies = mem_array(ctx->mem, struct privacy_copy, PRIVACY_COPIES_MAX);
    TRY(privacy_copy(ctx, subject, copies, count_out));
    for (size_t i = 0; i < *count_out; i++)
        out[i] = (struct privacy_erasure){.holding = copies[i].holding,
                                          .kept_because = copies[i].holding->kept_because,
                                          .row_count = (int64_t)copies[i].row_count};
    return find_hold(ctx, subject, copies, *count_out, held_out);
}

/* ---- doing it ---- */

static enum status erase_holding(struct ctx *ctx, void *arg, const struct privacy_holding *holding)
{
    struct erasing *erasing = arg;
    struct privacy_bound bound = {.subject = erasing->subject};
    const struct store_value *values;
    int64_t changed = 0;
    if (holding->erase != NULL) {
        TRY(privacy_bind_pseudonym(ctx, holding, &bound));
        TRY(privacy_bind(ctx, holding->erase, &bound, &values));
        TRY(store_run(ctx, holding->erase, NULL, values, NULL, NULL, &changed));
    } else if (holding->erase_by != NULL) {
        TRY(holding->erase_by(ctx, erasing->subject, &changed));
    }
    if (erasing->count == PRIVACY_COPIES_MAX)
        return ctx_fail(ctx, ERR_FAULT, "more than %d tables hold people", PRIVACY_COPIES_MAX);
    erasing->out[erasing->count++] = (struct privacy_erasure){
        .holding = holding, .kept_because = holding->kept_because, .row_count = changed};
    return OK;
}

/* Only what there was, or what is kept of it, is worth a line. */
static size_t pick(const struct privacy_erasure *before, size_t before_count,
                   const struct erasing *erasing)
{
    size_t count = 0;
    for (size_t i = 0; i < erasing->count; i++) {
        bool was_there = erasing->out[i].row_count > 0;
        for (size_t j = 0; j < before_count && !was_there; j++)
            was_there = before[j].holding == erasing->out[i].holding;
        if (was_there)
            erasing->out[count++] = erasing->out[i];
    }
    return count;
}

/* Runs inside a transaction, perhaps more than once. */
static enum status erase_once(struct ctx *ctx, void *arg)
{
    struct erasing *erasing = arg;
    struct privacy_erasure *before =
        mem_array(ctx->mem, struct privacy_erasure, PRIVACY_COPIES_MAX);
    size_t before_count;
    const char *held;
    erasing->count = 0;
    TRY(privacy_erasure_plan(ctx, erasing->subject, before, &before_count, &held));
    if (held != NULL)
        return ctx_fail(ctx, ERR_CONFLICT, "a legal hold stands: %s", held);
    TRY(privacy_each(ctx, erase_holding, erasing));
    erasing->count = pick(before, before_count, erasing);
    return audit_note(ctx, &(const struct audit_deed){.what = "privacy.erased",
                                                      .subject = erasing->subject->person});
}

enum status privacy_erase(struct ctx *ctx, const struct privacy_subject *subject,
                          struct privacy_erasure *out, size_t *count_out)
{
    struct erasing erasing = {.subject = subject, .out = out};
    TRY(store_transact(ctx, "privacy_erase", erase_once, &erasing));
    *count_out = erasing.count;
    return OK;
}
