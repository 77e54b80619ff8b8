/* SPDX-License-Identifier: MIT */
/*
 * sqlgen_migration.c - what a migration may say.
 *
 * The store writes bigint, double precision and bytea as SQLite's own types and makes each table
 * strict, so other types cannot stand.  What stands in a section of one engine (`-- on sqlite`,
 * `-- on postgresql`, back with `-- on both`) is that engine's matter.
 */
#include "sqlgen.h"

#include <string.h>

/* The text with the lines of sections blanked, so that lines keep their numbers. */
static char *shared_part(struct mem *mem, const char *text)
{
    char *shared = mem_text(mem, text);
    bool is_shared = true;
    for (char *p = shared; *p != '\0';) {
        size_t length = strcspn(p, "\n");
        if (strncmp(p, "-- on ", 6) == 0)
            is_shared = strncmp(p, "-- on both", 10) == 0;
        if (!is_shared || strncmp(p, "-- on ", 6) == 0)
            memset(p, ' ', length);
        p += length + (p[length] == '\n');
    }
    return shared;
}

static void check_type(struct tool *tool, const struct tokens *tokens, int n)
{
    static const char *const types[] = {"bigint", "text", "bytea"};
    const struct token *column = token_at(tokens, n);
    const struct token *type = token_at(tokens, n + 1);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (token_is(type, types[i]))
            return;
    }
    if (!token_is(type, "double") || !token_is(token_at(tokens, n + 2), "precision"))
        tool_refuse(tool, column->line,
                    "column \"%s\" has type \"%s\": bigint, text, double precision or bytea",
                    column->text, type->text);
}

/* In `create table t (...)` what begins with one of these is no column. */
static bool is_constraint(const struct token *token)
{
    static const char *const words[] = {"primary", "foreign", "unique", "check", "constraint"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (token_is(token, words[i]))
            return true;
    }
    return false;
}

static void check_columns(struct tool *tool, const struct tokens *tokens)
{
    bool begins = false;
    int n = 2;
    while (n < tokens->count && !token_is(token_at(tokens, n), "("))
        n++;
    if (n == tokens->count)
        tool_refuse(tool, token_at(tokens, 0)->line, "a table lists its columns");
    for (; n < tokens->count; n++) {
        const struct token *token = token_at(tokens, n);
        if (begins && token->kind == TOKEN_WORD && !is_constraint(token))
            check_type(tool, tokens, n);
        begins = (token->depth == 0 && token_is(token, "(")) ||
                 (token->depth == 1 && token_is(token, ","));
    }
}

static void check_alter(struct tool *tool, const struct tokens *tokens)
{
    for (int n = 0; n < tokens->count; n++) {
        if (!token_is(token_at(tokens, n), "add"))
            continue;
        if (!token_is(token_at(tokens, n + 1), "column"))
            tool_refuse(tool, token_at(tokens, n)->line,
                        "write \"add column\": SQLite adds no more");
        check_type(tool, tokens, n + 2);
    }
}

static void check_statement(struct tool *tool, const struct tokens *tokens,
                            const struct owned_tables *owned)
{
    static const char *const words[] = {"create", "alter", "drop", "insert", "update", "delete"};
    const struct token *first = token_at(tokens, 0);
    bool is_known = false;
    sql_check_dialect(tool, tokens, SQL_SHARED);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        is_known = is_known || token_is(first, words[i]);
    if (!is_known)
        tool_refuse(tool, first->line,
                    "a migration creates, alters, drops or moves rows: not \"%s\"", first->text);
    (void)sql_check_writes(tool, tokens, owned);
    for (int n = 0; n < tokens->count; n++) {
        if (token_at(tokens, n)->kind == TOKEN_ARGUMENT)
            tool_refuse(tool, token_at(tokens, n)->line, "a migration has no arguments");
    }
    if (token_is(first, "create") && token_is(token_at(tokens, 1), "table"))
        check_columns(tool, tokens);
    if (token_is(first, "alter"))
        check_alter(tool, tokens);
}

void sql_check_migration(struct tool *tool, const char *text, struct owned_tables *owned)
{
    struct source all = {tool, text, 1};
    struct source shared = {tool, shared_part(tool->mem, text), 1};
    enum token_stop stop = STOP_SEMICOLON;
    sql_owned_tables(&all, owned);
    while (stop != STOP_END) {
        struct tokens tokens = {0};
        stop = sql_tokens(&shared, &tokens);
        if (tokens.count > 0)
            check_statement(tool, &tokens, owned);
        if (tokens.count > 0 && stop == STOP_END)
            tool_refuse(tool, token_at(&tokens, tokens.count - 1)->line,
                        "the last statement does not end in \";\"");
    }
}
