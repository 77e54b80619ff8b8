/* SPDX-License-Identifier: MIT */
/*
 * sqlgen_constant.c - writes what the store reads: one struct store_query a query.
 *
 * The text of a page query ends in `where ( ... )`, so that the store can add ` and ` and a keyset
 * condition.
 */
#include "sqlgen.h"

#include <string.h>

static const char *const kind_names[] = {"STORE_ONE", "STORE_MANY", "STORE_CHANGES", "STORE_PAGE"};

const char *sql_type_name(enum store_type type)
{
    static const char *const names[] = {"STORE_INT", "STORE_TEXT", "STORE_REAL", "STORE_BLOB"};
    return names[type];
}

static void write_arguments(struct tool_text *out, const struct query *query)
{
    if (query->argument_count == 0)
        return;
    tool_print(out, "\nstatic const struct store_argument %s_arguments[] = {\n", query->name);
    for (int i = 0; i < query->argument_count; i++) {
        const struct field *field = &query->arguments[i];
        tool_print(out, "    {\"%s\", %s, %s, %s},\n", field->name, sql_type_name(field->type),
                   field->is_nullable ? "true" : "false", field->is_optional ? "true" : "false");
    }
    tool_print(out, "};\n");
}

static void write_columns(struct tool_text *out, const struct query *query)
{
    if (query->column_count == 0)
        return;
    tool_print(out, "\nstatic const struct store_column %s_columns[] = {\n", query->name);
    for (int i = 0; i < query->column_count; i++) {
        const struct field *field = &query->columns[i];
        tool_print(out, "    {\"%s\", %s, %s},\n", field->name, sql_type_name(field->type),
                   field->is_nullable ? "true" : "false");
    }
    tool_print(out, "};\n");
}

static int argument_index(const struct query *query, const char *name)
{
    int i = 0;
    while (strcmp(query->arguments[i].name, name) != 0)
        i++;
    return i;
}

/* The tokens of one piece as text.  Every piece but the first begins with a space or a new line,
 * so that leaving one out never joins two words. */
static void gather(struct tool_text *text, const struct query *query, const struct token *token,
                   bool is_first)
{
    if (!is_first)
        tool_print(text, "%s", token->gap == GAP_LINE ? "\n" : token->gap == GAP_SPACE ? " " : "");
    if (token->kind == TOKEN_ARGUMENT)
        tool_print(text, "$%d", argument_index(query, token->text) + 1);
    else
        tool_print(text, "%s", token->text);
}

static void write_piece(struct tool_text *out, struct mem *mem, int when, struct tool_text *text)
{
    tool_print(out, "    {%d, \"", when);
    tool_print_literal(out, text->bytes, true);
    tool_print(out, "\"},\n");
    *text = (struct tool_text){.mem = mem};
}

static bool is_where(const struct token *token)
{
    return token->depth == 0 && token->fragment == NULL && token_is(token, "where");
}

static int write_pieces(struct tool_text *out, const struct query *query, const struct tokens *body,
                        const char *name)
{
    struct tool_text text = {.mem = out->mem};
    bool is_page = query->kind == STORE_PAGE;
    const char *fragment = NULL;
    int count = 0;
    tool_print(out, "\nstatic const struct store_piece %s_%s[] = {\n", query->name, name);
    for (int n = 0; n < body->count; n++) {
        const struct token *token = token_at(body, n);
        if (token->fragment != fragment && text.size_bytes > 0) {
            write_piece(out, out->mem, fragment == NULL ? -1 : argument_index(query, fragment),
                        &text);
            count++;
        }
        fragment = token->fragment;
        gather(&text, query, token, n == 0);
        if (is_page && is_where(token))
            tool_print(&text, " (");
    }
    if (fragment != NULL) {
        write_piece(out, out->mem, argument_index(query, fragment), &text);
        count++;
    }
    if (is_page)
        tool_print(&text, ")");
    if (text.size_bytes > 0) {
        write_piece(out, out->mem, -1, &text);
        count++;
    }
    tool_print(out, "};\n");
    return count;
}

/* "(p.signed_on, p.id) < ($4, $5)", or without brackets when there is one key. */
static void write_place(struct tool_text *out, const struct query *query, const struct sort *sort,
                        const char *sign)
{
    const char *open = sort->key_count > 1 ? "(" : "";
    const char *close = sort->key_count > 1 ? ")" : "";
    tool_print(out, "     \"%s", open);
    for (int k = 0; k < sort->key_count; k++)
        tool_print(out, "%s%s", k > 0 ? ", " : "", sort->keys[k]);
    tool_print(out, "%s %s %s", close, sign, open);
    for (int k = 0; k < sort->key_count; k++)
        tool_print(out, "%s$%d", k > 0 ? ", " : "", query->argument_count + 1 + k);
    tool_print(out, "%s\",\n", close);
}

static void write_order(struct tool_text *out, const struct sort *sort, bool is_descending)
{
    tool_print(out, "     \"");
    for (int k = 0; k < sort->key_count; k++)
        tool_print(out, "%s%s%s", k > 0 ? ", " : "", sort->keys[k], is_descending ? " desc" : "");
    tool_print(out, "\",\n");
}

static void write_sorts(struct tool_text *out, const struct query *query)
{
    for (int i = 0; i < query->sort_count; i++) {
        const struct sort *sort = &query->sorts[i];
        tool_print(out, "\nstatic const int %s_%s_keys[] = {", query->name, sort->name);
        for (int k = 0; k < sort->key_count; k++)
            tool_print(out, "%s%d", k > 0 ? ", " : "", sort->columns[k]);
        tool_print(out, "};\n");
    }
    if (query->sort_count == 0)
        return;
    tool_print(out, "\nstatic const struct store_sort %s_sorts[] = {\n", query->name);
    for (int i = 0; i < query->sort_count; i++) {
        const struct sort *sort = &query->sorts[i];
        tool_print(out, "    {\"%s\",\n", sort->name);
        write_order(out, sort, sort->is_descending);
        write_order(out, sort, !sort->is_descending);
        write_place(out, query, sort, sort->is_descending ? "<" : ">");
        write_place(out, query, sort, sort->is_descending ? ">" : "<");
        tool_print(out, "     %s_%s_keys, %d},\n", query->name, sort->name, sort->key_count);
    }
    tool_print(out, "};\n");
}

void sql_write_constant(struct tool_text *out, const struct query *query, const char *place)
{
    const char *name = query->name;
    write_arguments(out, query);
    write_columns(out, query);
    int pieces = write_pieces(out, query, &query->body, "pieces");
    int postgresql_pieces = 0;
    if (query->has_postgresql)
        postgresql_pieces = write_pieces(out, query, &query->postgresql_body, "pieces_postgresql");
    write_sorts(out, query);
    tool_print(out, "\nconst struct store_query %s_query = {\n", name);
    tool_print(out, "    .name = \"%s\",\n    .place = \"", name);
    tool_print_literal(out, place, false);
    tool_print(out, ":%d\",\n    .kind = %s,\n", query->line, kind_names[query->kind]);
    if (query->argument_count > 0)
        tool_print(out, "    .arguments = %s_arguments,\n    .argument_count = %d,\n", name,
                   query->argument_count);
    if (query->column_count > 0)
        tool_print(out, "    .columns = %s_columns,\n    .column_count = %d,\n", name,
                   query->column_count);
    tool_print(out, "    .pieces = %s_pieces,\n    .piece_count = %d,\n", name, pieces);
    if (query->has_postgresql)
        tool_print(out,
                   "    .postgresql_pieces = %s_pieces_postgresql,\n"
                   "    .postgresql_piece_count = %d,\n",
                   name, postgresql_pieces);
    if (query->sort_count > 0)
        tool_print(out, "    .sorts = %s_sorts,\n    .sort_count = %d,\n", name, query->sort_count);
    tool_print(out, "    .scans = \"%s\",\n};\n", query->scans);
    tool_print(
        out,
        "\n__attribute__((section(\"store_queries\"), used)) static const struct store_query "
        "*const\n    %s_listed = &%s_query;\n",
        name, name);
}
