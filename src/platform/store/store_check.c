/* SPDX-License-Identifier: MIT */
/*
 * store_check.c - asks the database about every text of every query, before a visitor does.
 *
 * Walks the finite set of variants; the engines compare and read plans.
 */
#include "platform/store/store.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "platform/store/store_engine.h"

/* Absent when no query is linked in. */
extern const struct store_query *const __start_store_queries[] __attribute__((weak));
extern const struct store_query *const __stop_store_queries[] __attribute__((weak));

const struct store_query *const *store_queries(size_t *count_out)
{
    *count_out = (size_t)(__stop_store_queries - __start_store_queries);
    return __start_store_queries;
}

struct check {
    struct ctx *ctx;
    const struct store_query *query;
    bool with_plans;
    bool is_page; /* of rows: its limit ends a scan in order */
};

static enum status found_scan(void *arg, const char *table, bool is_ordered)
{
    const struct check *check = arg;
    char admitted[100];
    snprintf(admitted, sizeof admitted, " %s ", table);
    if ((is_ordered && check->is_page) ||
        (check->query->scans != NULL && strstr(check->query->scans, admitted) != NULL))
        return OK;
    return ctx_fail(check->ctx, ERR_FAULT,
                    "query %s (%s): reads the table %s whole: give it an index or admit it "
                    "with -- scans",
                    check->query->name, check->query->place, table);
}

static enum status check_text(struct check *check, const struct store_choice *choice,
                              uint64_t given, bool with_plan)
{
    struct ctx ctx = *check->ctx;
    struct store *store = ctx.store;
    ctx.mem = mem_child(check->ctx->mem);
    struct store_statement statement = {.query = check->query,
                                        .variant = store_variant_of(check->query, choice, given)};
    store_statement_shape(&statement);
    const char *text = store_statement_text(ctx.mem, &statement, store_is_postgresql(store));
    check->is_page = check->query->kind == STORE_PAGE;

    enum status status = store->engine->check(&ctx, store, &statement, text);
    if (status == OK && with_plan)
        status = store->engine->plan(&ctx, store, &statement, text,
                                     &(struct store_scans){found_scan, check});
    if (ctx.fault != NULL && check->ctx->fault == NULL)
        check->ctx->fault = mem_text(check->ctx->mem, ctx.fault);
    mem_end(ctx.mem);
    return status;
}

/* ---- the combinations of optional arguments ---- */

struct optional {
    uint64_t bits[STORE_OPTIONAL_MAX];
    int count;
    uint64_t all;
};

static struct optional optional_of(const struct store_query *query)
{
    struct optional optional = {.count = 0};
    for (int i = 0; i < query->argument_count; i++)
        if (query->arguments[i].is_optional) {
            optional.bits[optional.count++] = UINT64_C(1) << i;
            optional.all |= UINT64_C(1) << i;
        }
    return optional;
}

static enum status check_ends(struct check *check, const struct store_choice *choice,
                              bool with_plan)
{
    struct optional optional = optional_of(check->query);
    TRY(check_text(check, choice, 0, with_plan));
    return optional.count == 0 ? OK : check_text(check, choice, optional.all, with_plan);
}

static enum status check_combinations(struct check *check, const struct store_choice *choice)
{
    struct optional optional = optional_of(check->query);
    if (optional.count > STORE_ALL_COMBINATIONS) {
        for (int i = 0; i < optional.count; i++)
            TRY(check_text(check, choice, optional.bits[i], check->with_plans));
        return check_ends(check, choice, check->with_plans);
    }
    for (unsigned chosen = 0; chosen < 1u << optional.count; chosen++) {
        uint64_t given = 0;
        for (int i = 0; i < optional.count; i++)
            given |= (chosen >> i & 1) != 0 ? optional.bits[i] : 0;
        TRY(check_text(check, choice, given, check->with_plans));
    }
    return OK;
}

/* ---- the choices of a page ---- */

static enum status check_rows(struct check *check)
{
    const struct store_value place = {.is_null = true};
    for (int sort = 0; sort < check->query->sort_count; sort++)
        for (int way = 0; way < 4; way++) {
            struct store_choice choice = {.sort = sort,
                                          .is_backwards = (way & 1) != 0,
                                          .keys = (way & 2) != 0 ? &place : NULL};
            /* Where a page begins changes no name in it: plans apart, the ends will do. */
            if (check->with_plans || (sort == 0 && way == 0))
                TRY(check_combinations(check, &choice));
            else
                TRY(check_ends(check, &choice, false));
        }
    return OK;
}

static enum status check_page(struct check *check)
{
    TRY(check_rows(check));
    TRY(check_ends(check, &(struct store_choice){.what = STORE_COUNT}, false));
    for (int i = 0; i < check->query->column_count; i++)
        TRY(check_ends(check, &(struct store_choice){.what = STORE_FACET, .facet_column = i},
                       false));
    return OK;
}

/* ---- a query ---- */

static bool uses(const struct store_piece *pieces, int count, int number)
{
    char mark[12];
    snprintf(mark, sizeof mark, "$%d", number);
    for (int i = 0; i < count; i++)
        for (const char *at = pieces[i].text; (at = strstr(at, mark)) != NULL; at++)
            if (!isdigit((unsigned char)at[strlen(mark)]))
                return true;
    return false;
}

static enum status check_arguments(struct ctx *ctx, const struct store_query *query)
{
    if (query->argument_count > STORE_ARGUMENTS_MAX || query->column_count > STORE_COLUMNS_MAX ||
        query->sort_count > STORE_SORTS_MAX)
        return ctx_fail(ctx, ERR_FAULT, "query %s: too many arguments, columns or sorts",
                        query->name);
    for (int i = 0; i < query->argument_count; i++)
        if (!uses(query->pieces, query->piece_count, i + 1))
            return ctx_fail(ctx, ERR_FAULT, "query %s: argument \"%s\" is never used", query->name,
                            query->arguments[i].name);
    return OK;
}

static enum status check_query(struct check *check)
{
    TRY(check_arguments(check->ctx, check->query));
    return check->query->kind == STORE_PAGE ? check_page(check) : check_combinations(check, NULL);
}

enum status store_check_list(struct ctx *ctx, const struct store_query *const *queries,
                             size_t count, bool with_plans, int *checked_out)
{
    *checked_out = 0;
    if (ctx->store->engine->ready != NULL)
        TRY(ctx->store->engine->ready(ctx, ctx->store));
    for (size_t i = 0; i < count; i++, ++*checked_out) {
        struct check check = {.ctx = ctx, .query = queries[i], .with_plans = with_plans};
        if (check_query(&check) != OK)
            return ERR_FAULT;
    }
    return OK;
}

enum status store_check_queries(struct ctx *ctx, bool with_plans, int *checked_out)
{
    size_t count;
    const struct store_query *const *queries = store_queries(&count);
    return store_check_list(ctx, queries, count, with_plans, checked_out);
}
