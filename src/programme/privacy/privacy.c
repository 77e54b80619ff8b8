/* SPDX-License-Identifier: MIT */
/*
 * privacy.c - what is held about one person: found, written out, erased.
 *
 * Nothing here knows a table: all follows from the declarations (struct privacy_holding), whose
 * queries are bound by the names of their arguments.
 */
#include "programme/privacy/privacy.h"

#include "platform/base/json_text.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "platform/document/csv.h"
#include "programme/privacy/privacy_bind.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

/* ---- declarations ---- */

enum status privacy_each(struct ctx *ctx,
                         enum status (*fn)(struct ctx *ctx, void *arg,
                                           const struct privacy_holding *holding),
                         void *arg)
{
    for (size_t i = 0; privacy_holdings[i] != NULL; i++)
        for (const struct privacy_holding *at = privacy_holdings[i]; at->table != NULL; at++)
            TRY(fn(ctx, arg, at));
    return OK;
}

const struct privacy_holding *privacy_holding_find(const char *table)
{
    for (size_t i = 0; privacy_holdings[i] != NULL; i++)
        for (const struct privacy_holding *at = privacy_holdings[i]; at->table != NULL; at++)
            if (strcmp(at->table, table) == 0)
                return at;
    return NULL;
}

const char *privacy_basis_words(enum privacy_basis basis)
{
    switch (basis) {
    case PRIVACY_PUBLIC_TASK:
        return "It is part of our public task (UK GDPR, article 6(1)(e)).";
    case PRIVACY_LEGAL_DUTY:
        return "The law says that we must (UK GDPR, article 6(1)(c)).";
    case PRIVACY_CONSENT:
        return "You agreed, and you can take that back (UK GDPR, article 6(1)(a)).";
    case PRIVACY_EQUALITY_DUTY:
        return "It is to check that people are treated fairly (UK GDPR, article 9(2)(g), and the "
               "Data Protection Act 2018, schedule 1, paragraph 8).";
    }
    return "";
}

/* ---- binding ---- */

static bool bind_one(const struct ctx *ctx, const char *name, const struct privacy_bound *bound,
                     struct store_value *out)
{
    const struct privacy_subject *subject = bound->subject;
    if (strcmp(name, "now") == 0)
        *out = store_int(ctx->now_secs);
    else if (strcmp(name, "at_most") == 0)
        *out = store_int(bound->at_most);
    else if (strcmp(name, "before") == 0)
        *out = store_int(bound->before);
    else if (strcmp(name, "before_on") == 0 && bound->before_on != NULL)
        *out = store_text(bound->before_on);
    else if (strcmp(name, "person_id") == 0 && subject != NULL)
        *out = store_int(subject->person.n);
    else if (strcmp(name, "email") == 0 && subject != NULL)
        *out = store_text(subject->email);
    else if (strcmp(name, "email_key") == 0 && subject != NULL)
        *out = store_text(subject->email_key);
    else if (strcmp(name, "pseudonym") == 0 && bound->pseudonym != NULL)
        *out = store_text(bound->pseudonym);
    else
        return false;
    return true;
}

enum status privacy_bind(struct ctx *ctx, const struct store_query *query,
                         const struct privacy_bound *bound, const struct store_value **out)
{
    struct store_value *values =
        mem_array(ctx->mem, struct store_value, (size_t)query->argument_count + 1);
    for (int i = 0; i < query->argument_count; i++)
        if (!bind_one(ctx, query->arguments[i].name, bound, &values[i]))
            return ctx_fail(ctx, ERR_FAULT, "query \"%s\" has an argument \"%s\" that is not bound",
                            query->name, query->arguments[i].name);
    *out = values;
    return OK;
}

enum status privacy_bind_pseudonym(struct ctx *ctx, const struct privacy_holding *holding,
                                   struct privacy_bound *bound)
{
    bound->pseudonym = NULL;
    return holding->pseudonym == NULL ? OK
                                      : holding->pseudonym(ctx, bound->subject, &bound->pseudonym);
}

/* ---- one person's copy ---- */

struct copying {
    struct ctx *ctx;
    const struct privacy_subject *subject;
    struct privacy_copy *copies;
    size_t count;
    struct store_value *cells; /* of the holding in hand */
    size_t row_count, room;
    int column_count;
};

static struct store_value kept(struct mem *mem, const struct store_value *value)
{
    struct store_value copy = *value;
    if (!copy.is_null && copy.type == STORE_TEXT)
        copy.text = mem_text_part(mem, value->text, value->size_bytes);
    return copy;
}

static enum status take_row(void *arg, const struct store_value *columns)
{
    struct copying *copying = arg;
    struct mem *mem = copying->ctx->mem;
    size_t width = (size_t)copying->column_count;
    if (copying->row_count == copying->room) {
        size_t room = copying->room == 0 ? 16 : copying->room * 2;
        struct store_value *cells = mem_array(mem, struct store_value, room * width);
        if (copying->row_count > 0)
            memcpy(cells, copying->cells, copying->row_count * width * sizeof *cells);
        copying->cells = cells;
        copying->room = room;
    }
    for (size_t i = 0; i < width; i++)
        copying->cells[copying->row_count * width + i] = kept(mem, &columns[i]);
    copying->row_count++;
    return OK;
}

static enum status copy_holding(struct ctx *ctx, void *arg, const struct privacy_holding *holding)
{
    struct copying *copying = arg;
    struct privacy_bound bound = {.subject = copying->subject, .at_most = PRIVACY_ROWS_MAX + 1};
    const struct store_value *values;
    if (holding->rows == NULL)
        return OK;
    if (copying->count == PRIVACY_COPIES_MAX)
        return ctx_fail(ctx, ERR_FAULT, "more than %d tables hold people", PRIVACY_COPIES_MAX);
    copying->cells = NULL;
    copying->row_count = copying->room = 0;
    copying->column_count = holding->rows->column_count;
    TRY(privacy_bind_pseudonym(ctx, holding, &bound));
    TRY(privacy_bind(ctx, holding->rows, &bound, &values));
    TRY(store_run(ctx, holding->rows, NULL, values, take_row, copying, NULL));
    if (copying->row_count == 0)
        return OK;
    if (holding->words != NULL)
        TRY(holding->words(ctx, copying->cells, copying->row_count));
    bool is_cut = copying->row_count > PRIVACY_ROWS_MAX;
    copying->copies[copying->count++] =
        (struct privacy_copy){.holding = holding,
                              .columns = holding->rows->columns,
                              .column_count = holding->rows->column_count,
                              .cells = copying->cells,
                              .row_count = is_cut ? PRIVACY_ROWS_MAX : copying->row_count,
                              .is_cut = is_cut};
    return OK;
}

enum status privacy_copy(struct ctx *ctx, const struct privacy_subject *subject,
                         struct privacy_copy *out, size_t *count_out)
{
    struct copying copying = {.ctx = ctx, .subject = subject, .copies = out};
    TRY(privacy_each(ctx, copy_holding, &copying));
    *count_out = copying.count;
    return OK;
}

/* ---- as people and programs read it ---- */

void privacy_say(struct store_value *cell, const char *text)
{
    *cell = store_text(text);
    cell->size_bytes = strlen(text);
}

const char *privacy_heading(struct mem *mem, const char *column)
{
    char *text = mem_text(mem, column);
    size_t length = strlen(text);
    if (length > 3 && (text_ends(text, "_at") || text_ends(text, "_on")))
        text[length - 3] = '\0';
    for (char *at = text; *at != '\0'; at++)
        if (*at == '_')
            *at = ' ';
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    return text;
}

const char *privacy_cell(struct mem *mem, const struct store_column *column,
                         const struct store_value *value)
{
    if (value->is_null)
        return "";
    if (value->type == STORE_INT)
        return text_ends(column->name, "_at") ? time_show(mem, value->n)
                                              : mem_format(mem, "%" PRId64, value->n);
    if (value->type == STORE_REAL)
        return mem_format(mem, "%.15g", value->real);
    if (value->type == STORE_BLOB)
        return mem_format(mem, "%zu bytes", value->size_bytes);
    return text_ends(column->name, "_on") ? time_show_day(mem, value->text) : value->text;
}

static json_t *json_of(struct mem *mem, const struct store_column *column,
                       const struct store_value *value)
{
    if (value->is_null)
        return json_null();
    if (value->type == STORE_INT && text_ends(column->name, "_at"))
        return json_string(time_rfc3339(mem, value->n));
    if (value->type == STORE_INT)
        return json_integer(value->n);
    if (value->type == STORE_REAL)
        return json_real(value->real);
    if (value->type == STORE_BLOB)
        return json_string(text_base64url(mem, value->text, value->size_bytes));
    return json_string(text_repair(mem, value->text, value->size_bytes));
}

static json_t *json_rows(struct mem *mem, const struct privacy_copy *copy)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < copy->row_count; i++) {
        json_t *row = json_object();
        for (int j = 0; j < copy->column_count; j++)
            json_object_set_new(row, copy->columns[j].name,
                                json_of(mem, &copy->columns[j],
                                        &copy->cells[i * (size_t)copy->column_count + (size_t)j]));
        json_array_append_new(rows, row);
    }
    return rows;
}

const char *privacy_copy_json(struct ctx *ctx, const struct privacy_copy *copies, size_t count)
{
    json_t *whole = json_object();
    for (size_t i = 0; i < count; i++)
        json_object_set_new(whole, copies[i].holding->table,
                            json_pack("{s:s, s:b, s:o}", "name", copies[i].holding->name, "is_cut",
                                      copies[i].is_cut, "rows", json_rows(ctx->mem, &copies[i])));
    return json_text_taken(ctx->mem, whole, JSON_INDENT(2));
}

const char *privacy_copy_csv(struct ctx *ctx, const struct privacy_copy *copy)
{
    struct csv_writer csv;
    csv_write_begin(&csv, ctx->mem, true);
    for (int i = 0; i < copy->column_count; i++)
        csv_write_text(&csv, privacy_heading(ctx->mem, copy->columns[i].name));
    csv_write_row_end(&csv);
    for (size_t i = 0; i < copy->row_count; i++) {
        for (int j = 0; j < copy->column_count; j++)
            csv_write_text(&csv,
                           privacy_cell(ctx->mem, &copy->columns[j],
                                        &copy->cells[i * (size_t)copy->column_count + (size_t)j]));
        csv_write_row_end(&csv);
    }
    return mem_text_part(ctx->mem, csv.text, csv.length_bytes);
}
