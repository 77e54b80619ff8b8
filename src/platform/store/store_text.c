/* SPDX-License-Identifier: MIT */
/*
 * store_text.c - the finite set of texts of a query.
 *
 * A variant is one number: which optional arguments are given, rows or count or facet, which sort,
 * in which direction, from a place or not.  The text is put together only when a variant is
 * prepared on a connection for the first time.
 */
#include "platform/store/store_engine.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

/* Bits of a variant above those of the optional arguments. */
enum {
    WHAT_SHIFT = STORE_OPTIONAL_MAX,
    SORT_SHIFT = WHAT_SHIFT + 2,
    BACKWARDS_SHIFT = SORT_SHIFT + 6,
    PLACE_SHIFT,
    FACET_SHIFT
};

static bool is_given(uint64_t variant, int argument)
{
    return (variant >> argument & 1) != 0;
}

static enum store_what what_of(uint64_t variant)
{
    return (enum store_what)(variant >> WHAT_SHIFT & 3);
}

static bool is_backwards(uint64_t variant)
{
    return (variant >> BACKWARDS_SHIFT & 1) != 0;
}

static bool has_place(uint64_t variant)
{
    return (variant >> PLACE_SHIFT & 1) != 0;
}

static int facet_of(uint64_t variant)
{
    return (int)(variant >> FACET_SHIFT & 63);
}

static const struct store_sort *sort_of(const struct store_query *query, uint64_t variant)
{
    return &query->sorts[variant >> SORT_SHIFT & 63];
}

uint64_t store_variant_of(const struct store_query *query, const struct store_choice *choice,
                          uint64_t given)
{
    if (query->kind != STORE_PAGE)
        return given;
    assert(choice != NULL);
    uint64_t variant = given | (uint64_t)choice->what << WHAT_SHIFT;
    if (choice->what == STORE_COUNT)
        return variant;
    if (choice->what == STORE_FACET) {
        assert(choice->facet_column >= 0 && choice->facet_column < query->column_count);
        return variant | (uint64_t)choice->facet_column << FACET_SHIFT;
    }
    assert(choice->sort >= 0 && choice->sort < query->sort_count);
    return variant | (uint64_t)choice->sort << SORT_SHIFT |
           (uint64_t)choice->is_backwards << BACKWARDS_SHIFT |
           (uint64_t)(choice->keys != NULL) << PLACE_SHIFT;
}

uint64_t store_variant(const struct store_query *query, const struct store_choice *choice,
                       const struct store_value *params)
{
    uint64_t given = 0;
    for (int i = 0; i < query->argument_count; i++)
        if (query->arguments[i].is_optional && !params[i].is_null)
            given |= UINT64_C(1) << i;
    return store_variant_of(query, choice, given);
}

static void page_shape(struct store_statement *statement)
{
    const struct store_query *query = statement->query;
    int count = query->argument_count;
    if (what_of(statement->variant) == STORE_ROWS) {
        const struct store_sort *sort = sort_of(query, statement->variant);
        for (int i = 0; i < sort->key_count; i++)
            statement->types[count++] = query->columns[sort->key_columns[i]].type;
    } else {
        int column = 0;
        if (what_of(statement->variant) == STORE_FACET)
            statement->own_columns[column++] = query->columns[facet_of(statement->variant)];
        statement->own_columns[column++] = (struct store_column){"count", STORE_INT, false};
        statement->columns = statement->own_columns;
        statement->column_count = column;
    }
    statement->types[count++] = STORE_INT;
    statement->value_count = count;
}

void store_statement_shape(struct store_statement *statement)
{
    const struct store_query *query = statement->query;
    assert(query->argument_count <= STORE_ARGUMENTS_MAX);
    assert(query->column_count <= STORE_COLUMNS_MAX);
    for (int i = 0; i < query->argument_count; i++)
        statement->types[i] = query->arguments[i].type;
    statement->value_count = query->argument_count;
    statement->columns = query->columns;
    statement->column_count = query->column_count;
    if (query->kind == STORE_PAGE)
        page_shape(statement);
}

static void write_pieces(FILE *out, const struct store_query *query, uint64_t variant,
                         bool is_postgresql)
{
    const struct store_piece *pieces = query->pieces;
    int count = query->piece_count;
    if (is_postgresql && query->postgresql_pieces != NULL) {
        pieces = query->postgresql_pieces;
        count = query->postgresql_piece_count;
    }
    for (int i = 0; i < count; i++)
        if (pieces[i].when < 0 || is_given(variant, pieces[i].when))
            fputs(pieces[i].text, out);
}

static void write_rows(FILE *out, const struct store_statement *statement, bool is_postgresql)
{
    uint64_t variant = statement->variant;
    const struct store_sort *sort = sort_of(statement->query, variant);
    write_pieces(out, statement->query, variant, is_postgresql);
    if (has_place(variant))
        fprintf(out, "\nand %s", is_backwards(variant) ? sort->before : sort->after);
    fprintf(out, "\norder by %s\nlimit $%d",
            is_backwards(variant) ? sort->order_reversed : sort->order, statement->value_count);
}

static void write_count(FILE *out, const struct store_statement *statement, bool is_postgresql)
{
    fputs("with counted as (", out);
    write_pieces(out, statement->query, statement->variant, is_postgresql);
    fprintf(out, "\nlimit $%d)\nselect count(*) from counted", statement->value_count);
}

/* Columns are named by their number, so that any name of a column will do. */
static void write_facet(FILE *out, const struct store_statement *statement, bool is_postgresql)
{
    fputs("with listed (", out);
    for (int i = 0; i < statement->query->column_count; i++)
        fprintf(out, "%sc%d", i == 0 ? "" : ", ", i);
    fputs(") as (", out);
    write_pieces(out, statement->query, statement->variant, is_postgresql);
    fprintf(
        out,
        ")\nselect c%d, count(*) from listed group by 1 order by 2 desc, 1 nulls last limit $%d",
        facet_of(statement->variant), statement->value_count);
}

char *store_statement_text(struct mem *mem, const struct store_statement *statement,
                           bool is_postgresql)
{
    char *text = NULL;
    size_t size_bytes = 0;
    FILE *out = open_memstream(&text, &size_bytes);
    if (out == NULL)
        return mem_text(mem, "");
    if (statement->query->kind != STORE_PAGE)
        write_pieces(out, statement->query, statement->variant, is_postgresql);
    else if (what_of(statement->variant) == STORE_COUNT)
        write_count(out, statement, is_postgresql);
    else if (what_of(statement->variant) == STORE_FACET)
        write_facet(out, statement, is_postgresql);
    else
        write_rows(out, statement, is_postgresql);
    fclose(out);
    char *copy = mem_text(mem, text);
    free(text);
    return copy;
}
