/* SPDX-License-Identifier: MIT */
/*
 * sqlgen_dialect.c - refuses what SQLite and PostgreSQL do not understand in the same way.
 *
 * What only one engine knows at all is left to store_check_queries, which prepares every query on
 * both.  Here stands what both accept and answer differently, and what the house does not use: a
 * clock in the database, text folded by the database, more than one statement's worth of meaning.
 */
#include "sqlgen.h"

#include <string.h>

struct ban {
    const char *word;
    bool when_called; /* only before "(": otherwise it may name a column */
    const char *why;
};

#define CLOCK "the time comes in as an argument (ctx->now_secs)"
#define FOLD "text is folded in C and stored folded"
#define GATHER "rows are gathered in C"
#define RANDOM "chance comes in as an argument"
#define IDS "ids are made by the program"
#define TRUTH "truth is 0 or 1 in a bigint"

static const struct ban bans[] = {
    {"now", true, CLOCK},
    {"date", true, CLOCK},
    {"time", true, CLOCK},
    {"datetime", true, CLOCK},
    {"julianday", true, CLOCK},
    {"unixepoch", true, CLOCK},
    {"strftime", true, CLOCK},
    {"extract", true, CLOCK},
    {"age", true, CLOCK},
    {"date_part", true, CLOCK},
    {"date_trunc", true, CLOCK},
    {"date_bin", true, CLOCK},
    {"make_date", true, CLOCK},
    {"make_interval", true, CLOCK},
    {"to_timestamp", true, CLOCK},
    {"to_date", true, CLOCK},
    {"to_char", true, CLOCK},
    {"clock_timestamp", true, CLOCK},
    {"statement_timestamp", true, CLOCK},
    {"transaction_timestamp", true, CLOCK},
    {"timeofday", true, CLOCK},
    {"current_timestamp", false, CLOCK},
    {"current_date", false, CLOCK},
    {"current_time", false, CLOCK},
    {"localtime", false, CLOCK},
    {"localtimestamp", false, CLOCK},
    {"interval", false, CLOCK},
    {"timestamp", false, CLOCK},
    {"timestamptz", false, CLOCK},
    {"boolean", false, TRUTH},
    {"like", false, FOLD},
    {"ilike", false, FOLD},
    {"glob", false, FOLD},
    {"regexp", false, FOLD},
    {"similar", false, FOLD},
    {"collate", false, FOLD},
    {"lower", true, FOLD},
    {"upper", true, FOLD},
    {"initcap", true, FOLD},
    {"string_agg", false, GATHER},
    {"group_concat", false, GATHER},
    {"array_agg", false, GATHER},
    {"greatest", false, "write case when"},
    {"least", false, "write case when"},
    {"random", true, RANDOM},
    {"randomblob", true, RANDOM},
    {"gen_random_uuid", true, RANDOM},
    {"nextval", true, IDS},
    {"currval", true, IDS},
    {"lastval", true, IDS},
    {"last_insert_rowid", true, IDS},
    {"rowid", false, IDS},
    {"varchar", false, "the length of a text is a check"},
    {"ifnull", true, "write coalesce"},
    {"iif", true, "write case when"},
    {"printf", true, "texts are made in C"},
    {"format", true, "texts are made in C"},
    {"natural", false, "name what is joined on"},
    {"lateral", false, "SQLite does not know it"},
    {"pragma", false, "only store/ sets up a connection"},
};

static const char *const symbols_shared[] = {"(",  ")", ",", ".", "=", "<>", "!=", "<", ">", "<=",
                                             ">=", "+", "-", "*", "/", "%",  "||", "&", "|"};

/* Words after which "*" means all columns. */
static const char *const before_all[] = {"select", "distinct", "returning", "all", ",", "."};

static bool is_one_of(const struct token *token, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (token_is(token, words[i]))
            return true;
    }
    return false;
}
#define IS_ONE_OF(token, words) is_one_of((token), (words), sizeof(words) / sizeof((words)[0]))

/* The only key that a full-text table of SQLite has. */
static bool is_own_key(const struct token *token, enum sql_text text)
{
    return text == SQL_SQLITE && token_is(token, "rowid");
}

static void check_word(struct tool *tool, const struct tokens *body, int n, enum sql_text text)
{
    const struct token *token = token_at(body, n);
    const struct token *next = token_at(body, n + 1);
    for (const char *p = token->text; *p != '\0'; p++) {
        if (*p >= 'A' && *p <= 'Z')
            tool_refuse(tool, token->line, "SQL is written in lower case: %s", token->text);
    }
    for (size_t i = 0; i < sizeof bans / sizeof bans[0]; i++) {
        bool counts = (!bans[i].when_called || token_is(next, "(")) && !is_own_key(token, text);
        if (counts && strcmp(token->text, bans[i].word) == 0)
            tool_refuse(tool, token->line, "\"%s\" is not used here: %s", token->text, bans[i].why);
    }
    if ((token_is(token, "true") || token_is(token, "false")) &&
        !(token_is(token, "true") && token_is(token_at(body, n - 1), "where")))
        tool_refuse(tool, token->line, "\"%s\" is not used here: " TRUTH, token->text);
    static const char *const locks[] = {"update", "share", "no", "key"};
    if (token_is(token, "for") && IS_ONE_OF(next, locks))
        tool_refuse(tool, token->line, "\"for %s\" is not used here: transactions are serialised",
                    next->text);
}

static void check_symbol(struct tool *tool, const struct token *token, enum sql_text text)
{
    if (IS_ONE_OF(token, symbols_shared))
        return;
    if (text == SQL_POSTGRESQL && token_is(token, "@"))
        return; /* the operators of full-text search */
    if (token_is(token, "::"))
        tool_refuse(tool, token->line, "write cast(x as type), not x::type");
    if (token_is(token, "->") || token_is(token, "->>"))
        tool_refuse(tool, token->line, "\"%s\" is not used here: JSON is read in C", token->text);
    if (token_is(token, "\""))
        tool_refuse(tool, token->line, "double quotes are not used here: 'text', or a plain name");
    if (token_is(token, "=="))
        tool_refuse(tool, token->line, "write =, not ==");
    unsigned char c = (unsigned char)token->text[0];
    if (c > ' ' && c < 0x7f)
        tool_refuse(tool, token->line, "\"%s\" is not shared by both engines", token->text);
    tool_refuse(tool, token->line, "a character outside quotes is not ASCII (byte %02x)", c);
}

/* `count(*)` and multiplication stand; anything else is a list of columns that nobody wrote. */
static void check_star(struct tool *tool, const struct tokens *body, int n)
{
    const struct token *before = token_at(body, n - 1);
    bool counts = token_is(before, "(") && token_is(token_at(body, n - 2), "count") &&
                  token_is(token_at(body, n + 1), ")");
    bool ends_operand = before->kind == TOKEN_WORD || before->kind == TOKEN_NUMBER ||
                        before->kind == TOKEN_ARGUMENT || token_is(before, ")");
    if (!counts && (!ends_operand || IS_ONE_OF(before, before_all)))
        tool_refuse(tool, token_at(body, n)->line, "name the columns: * is not used here");
}

/* `max(a, b)` is the greater of two on SQLite and unknown on PostgreSQL. */
static void check_aggregate(struct tool *tool, const struct tokens *body, int n)
{
    const struct token *token = token_at(body, n);
    for (int i = n + 2; token_at(body, i)->kind != TOKEN_END; i++) {
        const struct token *inside = token_at(body, i);
        if (inside->depth <= token->depth)
            return;
        if (inside->depth == token->depth + 1 && token_is(inside, ","))
            tool_refuse(tool, token->line,
                        "\"%s\" with two arguments is not used here: write case when", token->text);
    }
}

/* A text of PostgreSQL's own may read JSON, which both engines do and each in its way, and ask its
 * full-text search. */
static void check_cast(struct tool *tool, const struct tokens *body, int n, enum sql_text text)
{
    static const char *const types[] = {"bigint", "text", "bytea", "double"};
    const struct token *token = token_at(body, n);
    for (int i = n + 2; token_at(body, i)->depth > token->depth; i++) {
        const struct token *as = token_at(body, i);
        if (as->depth != token->depth + 1 || !token_is(as, "as"))
            continue;
        const struct token *type = token_at(body, i + 1);
        bool is_known = IS_ONE_OF(type, types);
        if (token_is(type, "double"))
            is_known = token_is(token_at(body, i + 2), "precision");
        if (text == SQL_POSTGRESQL && (token_is(type, "json") || token_is(type, "tsquery")))
            is_known = true;
        if (!is_known)
            tool_refuse(tool, type->line, "cast to \"%s\": bigint, text, double precision or bytea",
                        type->text);
    }
}

void sql_check_dialect(struct tool *tool, const struct tokens *body, enum sql_text text)
{
    for (int n = 0; n < body->count; n++) {
        const struct token *token = token_at(body, n);
        bool is_called = token_is(token_at(body, n + 1), "(");
        if (token->kind == TOKEN_WORD)
            check_word(tool, body, n, text);
        if (token->kind == TOKEN_SYMBOL)
            check_symbol(tool, token, text);
        if (token_is(token, "*"))
            check_star(tool, body, n);
        if (is_called && (token_is(token, "max") || token_is(token, "min")))
            check_aggregate(tool, body, n);
        if (is_called && token_is(token, "cast"))
            check_cast(tool, body, n, text);
    }
}
