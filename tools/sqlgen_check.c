/* SPDX-License-Identifier: MIT */
/*
 * sqlgen_check.c - does the text keep what its header says?
 *
 * Arguments, fragments, kinds, limits, columns, and the tables that the text writes to.
 */
#include "sqlgen.h"

#include <string.h>

/* ---- arguments and fragments ---- */

static struct field *find_argument(struct query *query, const char *name)
{
    for (int i = 0; i < query->argument_count; i++) {
        if (strcmp(query->arguments[i].name, name) == 0)
            return &query->arguments[i];
    }
    return NULL;
}

static void check_use(struct tool *tool, struct query *query, const struct token *token)
{
    struct field *argument = find_argument(query, token->text);
    if (argument == NULL)
        tool_refuse(tool, token->line, "no argument \":%s\" in the header", token->text);
    if (argument->is_optional &&
        (token->fragment == NULL || strcmp(token->fragment, token->text) != 0))
        tool_refuse(tool, token->line, "optional \":%s\" may only stand inside [[%s: ]]",
                    token->text, token->text);
    argument->is_used = true;
}

static void check_fragment(struct tool *tool, struct query *query, const struct token *token)
{
    struct field *argument = find_argument(query, token->fragment);
    if (argument == NULL || !argument->is_optional)
        tool_refuse(tool, token->line, "fragment \"%s\" names no optional argument",
                    token->fragment);
    argument->is_used = true;
}

static void check_arguments(struct tool *tool, struct query *query, const struct tokens *body)
{
    for (int n = 0; n < body->count; n++) {
        const struct token *token = token_at(body, n);
        if (token->fragment != NULL)
            check_fragment(tool, query, token);
        if (token->kind == TOKEN_ARGUMENT)
            check_use(tool, query, token);
    }
}

static void check_all_used(struct tool *tool, const struct query *query)
{
    for (int i = 0; i < query->argument_count; i++) {
        if (!query->arguments[i].is_used)
            tool_refuse(tool, query->line, "argument \"%s\" is never used",
                        query->arguments[i].name);
    }
}

/* ---- writing ---- */

static void check_target(struct tool *tool, const struct tokens *body, int n,
                         const struct owned_tables *owned)
{
    const struct token *table = token_at(body, n);
    if (table->kind != TOKEN_WORD || token_is(token_at(body, n + 1), "."))
        tool_refuse(tool, token_at(body, n - 1)->line, "a write names its table plainly");
    for (int i = 0; i < owned->count; i++) {
        if (strcmp(owned->names[i], table->text) == 0)
            return;
    }
    tool_refuse(tool, table->line,
                "table \"%s\" is not this folder's: no migration given here creates it",
                table->text);
}

static bool is_write(const struct tokens *body, int n)
{
    const struct token *token = token_at(body, n);
    const struct token *before = token_at(body, n - 1);
    if (token_is(before, "on")) /* `references t (id) on delete cascade` */
        return false;
    if (token_is(token, "update"))
        return !token_is(before, "do");
    return token_is(token, "insert") || token_is(token, "delete");
}

bool sql_check_writes(struct tool *tool, const struct tokens *body,
                      const struct owned_tables *owned)
{
    bool writes = false;
    for (int n = 0; n < body->count; n++) {
        const struct token *token = token_at(body, n);
        if (token_is(token, "into") && !token_is(token_at(body, n - 1), "insert"))
            tool_refuse(tool, token->line, "\"into\" follows \"insert\" only");
        if (!is_write(body, n))
            continue;
        if (token_is(token, "insert") && !token_is(token_at(body, n + 1), "into"))
            tool_refuse(tool, token->line,
                        "write \"insert into\", with \"on conflict\" if need be");
        if (token_is(token, "delete") && !token_is(token_at(body, n + 1), "from"))
            tool_refuse(tool, token->line, "write \"delete from\"");
        check_target(tool, body, token_is(token, "update") ? n + 1 : n + 2, owned);
        writes = true;
    }
    return writes;
}

static void check_first_word(struct tool *tool, const struct tokens *body)
{
    static const char *const words[] = {"select", "with", "insert", "update", "delete"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (token_is(token_at(body, 0), words[i]))
            return;
    }
    tool_refuse(tool, token_at(body, 0)->line,
                "a query begins with select, with, insert, update or delete, not \"%s\"",
                token_at(body, 0)->text);
}

/* ---- columns ---- */

/* The first place from n on with this word outside brackets and fragments, else the end. */
static int find_plain(const struct tokens *body, int n, const char *word)
{
    for (; n < body->count; n++) {
        const struct token *token = token_at(body, n);
        bool compares = token_is(token_at(body, n - 1), "distinct") && token_is(token, "from");
        if (token->depth == 0 && token->fragment == NULL && token_is(token, word) && !compares)
            return n;
    }
    return body->count;
}

/* The name that the item of tokens from..to-1 gives its column, "" when it gives none. */
static const char *item_name(const struct tokens *body, int from, int to)
{
    const struct token *last = token_at(body, to - 1);
    const struct token *before = token_at(body, to - 2);
    if (last->kind != TOKEN_WORD)
        return "";
    if (to - from == 1 || (to - from > 2 && token_is(before, "as")))
        return last->text;
    return to - from == 3 && token_is(before, ".") ? last->text : "";
}

static void check_item(struct tool *tool, const struct query *query, const char *name, int column,
                       int line)
{
    const char *wanted = query->columns[column].name;
    if (strcmp(name, wanted) == 0)
        return;
    if (query->kind == STORE_PAGE)
        tool_refuse(tool, line, "column %d of a page must be named \"%s\": write `as %s`",
                    column + 1, wanted, wanted);
    for (int i = 0; i < query->column_count; i++) {
        if (strcmp(name, query->columns[i].name) == 0)
            tool_refuse(tool, line, "column %d is \"%s\" here and \"%s\" in the header", column + 1,
                        name, wanted);
    }
}

/* The list is compared in number, and in order where its items have names. */
static void check_columns(struct tool *tool, const struct query *query, const struct tokens *body)
{
    int n = find_plain(body, 0, query->writes ? "returning" : "select");
    if (n == body->count)
        tool_refuse(tool, query->line, "query \"%s\" gives rows and has no %s", query->name,
                    query->writes ? "\"returning\"" : "\"select\"");
    n += token_is(token_at(body, n + 1), "distinct") ? 2 : 1;
    int end = query->writes ? body->count : find_plain(body, n, "from");
    int column = 0;
    for (int from = n, to = n; to <= end; to++) {
        const struct token *token = token_at(body, to);
        bool ends_item = to == end || (token->depth == 0 && token_is(token, ","));
        if (!ends_item)
            continue;
        if (token->fragment != NULL)
            tool_refuse(tool, token->line, "a fragment cannot add columns");
        if (column < query->column_count)
            check_item(tool, query, item_name(body, from, to), column, token_at(body, from)->line);
        column++;
        from = to + 1;
    }
    if (column != query->column_count)
        tool_refuse(tool, query->line, "query \"%s\" declares %d columns and its text has %d",
                    query->name, query->column_count, column);
}

/* ---- kinds ---- */

static bool is_at_most(struct query *query, const struct token *token)
{
    if (token->kind != TOKEN_ARGUMENT || strcmp(token->text, "at_most") != 0)
        return false;
    const struct field *field = find_argument(query, "at_most");
    return field != NULL && field->type == STORE_INT && !field->is_nullable && !field->is_optional;
}

static void check_many(struct tool *tool, struct query *query, const struct tokens *body)
{
    for (int n = 0; n < body->count; n++) {
        const struct token *token = token_at(body, n);
        const struct token *most = token_at(body, n + 1);
        bool is_plain = token->depth == 0 && n + 2 == body->count;
        if (token->fragment == NULL && token_is(token, "limit") && (is_plain || query->writes) &&
            (most->kind == TOKEN_NUMBER || is_at_most(query, most)))
            return;
    }
    tool_refuse(tool, query->line,
                "query \"%s\" gives many rows and does not end in `limit :at_most`, an int",
                query->name);
}

static void check_page(struct tool *tool, struct query *query, const struct tokens *body)
{
    static const char *const words[] = {"order",  "limit",  "offset", "fetch",     "group",
                                        "having", "window", "union",  "intersect", "except"};
    if (query->writes)
        tool_refuse(tool, query->line, "page query \"%s\" writes", query->name);
    if (query->sort_count == 0)
        tool_refuse(tool, query->line, "page query \"%s\" declares no `-- sort`", query->name);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        for (int n = 0; n < body->count; n++) {
            const struct token *token = token_at(body, n);
            if (token->depth == 0 && token_is(token, words[i]))
                tool_refuse(tool, token->line, "a page query ends in its where: no \"%s\"",
                            words[i]);
        }
    }
    int where = find_plain(body, 0, "where");
    if (where + 1 >= body->count)
        tool_refuse(tool, query->line, "page query \"%s\" has no where (at least `where true`)",
                    query->name);
}

static void check_kind(struct tool *tool, struct query *query, const struct tokens *body)
{
    if (query->kind == STORE_CHANGES && !query->writes)
        tool_refuse(tool, query->line, "query \"%s\" counts changes and changes nothing",
                    query->name);
    if (query->kind == STORE_CHANGES && find_plain(body, 0, "returning") < body->count)
        tool_refuse(tool, query->line, "query \"%s\" returns rows: make it `-> one (...)`",
                    query->name);
    if (query->kind == STORE_PAGE)
        check_page(tool, query, body);
    if (query->gives_rows)
        check_columns(tool, query, body);
    if (query->kind == STORE_MANY)
        check_many(tool, query, body);
}

static void check_body(struct tool *tool, struct query *query, const struct tokens *body,
                       const struct owned_tables *owned)
{
    check_first_word(tool, body);
    check_arguments(tool, query, body);
    query->writes = sql_check_writes(tool, body, owned);
    check_kind(tool, query, body);
}

void sql_check(struct tool *tool, struct query *query, const struct owned_tables *owned)
{
    sql_check_dialect(tool, &query->body, query->has_postgresql ? SQL_SQLITE : SQL_SHARED);
    check_body(tool, query, &query->body, owned);
    if (query->has_postgresql) {
        sql_check_dialect(tool, &query->postgresql_body, SQL_POSTGRESQL);
        check_body(tool, query, &query->postgresql_body, owned);
    }
    check_all_used(tool, query);
}
