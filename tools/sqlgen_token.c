/* SPDX-License-Identifier: MIT */
/*
 * sqlgen_token.c - cuts SQL into words, numbers, strings, arguments and symbols.
 *
 * Knows only enough of SQL never to mistake a string or comment for text.  What may stand in a
 * query is decided in sqlgen_dialect.c.
 */
#include "sqlgen.h"

#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT "0123456789"
#define WORD_CHARACTERS LOWER UPPER DIGIT "_"

enum { DEPTH_MAX = 64 };

/* Longest first. */
static const char *const symbols[] = {"->>", "->", "||", "<=", ">=", "<>",
                                      "!=",  "==", "::", "<<", ">>"};

struct cutting {
    struct source *source;
    struct tokens *out;
    enum token_gap gap;
    int depth;
    const char *fragment;
    int fragment_depth;
};

static const struct token no_token = {.kind = TOKEN_END, .text = ""};

const struct token *token_at(const struct tokens *tokens, int n)
{
    return n < 0 || n >= tokens->count ? &no_token : &tokens->at[n];
}

bool token_is(const struct token *token, const char *text)
{
    return (token->kind == TOKEN_WORD || token->kind == TOKEN_SYMBOL) &&
           strcmp(token->text, text) == 0;
}

static void add(struct cutting *cut, enum token_kind kind, const char *start, size_t length)
{
    struct tokens *out = cut->out;
    struct mem *mem = cut->source->tool->mem;
    out->at = tool_room(mem, out->at, sizeof *out->at, out->count, &out->room);
    out->at[out->count++] = (struct token){
        .kind = kind,
        .gap = cut->gap,
        .text = mem_text_part(mem, start, length),
        .line = cut->source->line,
        .depth = cut->depth,
        .fragment = cut->fragment,
    };
    cut->gap = GAP_NONE;
}

/* A line that reads like the header of the next query, so that a forgotten semicolon is found
 * where it was forgotten. */
static bool looks_like_header(const char *p)
{
    p += strspn(p, "- ");
    size_t name = strspn(p, LOWER DIGIT "_");
    if (name == 0 || (p[name] != '(' && strncmp(p + name, " (", 2) != 0))
        return false;
    const char *end = p + strcspn(p, "\n");
    const char *arrow = strstr(p, ") -> ");
    return arrow != NULL && arrow < end;
}

/* At "--".  True when the line says that a text for PostgreSQL begins. */
static bool pass_comment(struct cutting *cut)
{
    static const char turn[] = "-- on postgresql";
    struct source *source = cut->source;
    size_t length = strcspn(source->p, "\n");
    bool turns = strncmp(source->p, turn, strlen(turn)) == 0 &&
                 strspn(source->p + strlen(turn), " \t\r") == length - strlen(turn);
    if (cut->out->count > 0 && looks_like_header(source->p))
        tool_refuse(source->tool, source->line, "the query before this line does not end in \";\"");
    source->p += length;
    return turns;
}

static void cut_string(struct cutting *cut)
{
    struct source *source = cut->source;
    const char *start = source->p;
    int line = source->line;
    const char *p = start + 1;
    for (;; p++) {
        if (*p == '\0')
            tool_refuse(source->tool, line, "a text in quotes does not end");
        if (*p == '\n')
            source->line++;
        if (*p == '\'' && *++p != '\'')
            break;
    }
    add(cut, TOKEN_STRING, start, (size_t)(p - start));
    source->p = p;
}

static void cut_word(struct cutting *cut)
{
    struct source *source = cut->source;
    size_t length = strspn(source->p, WORD_CHARACTERS);
    if (source->p[length] == '\'')
        tool_refuse(source->tool, source->line,
                    "a prefix before a quote is not shared by both: %.*s'",
                    (int)(length < 40 ? length : 40), source->p);
    add(cut, TOKEN_WORD, source->p, length);
    source->p += length;
}

static void cut_number(struct cutting *cut)
{
    struct source *source = cut->source;
    size_t length = strspn(source->p, DIGIT ".");
    if (strchr(WORD_CHARACTERS, source->p[length]) != NULL && source->p[length] != '\0')
        tool_refuse(source->tool, source->line, "a number is written in digits only");
    add(cut, TOKEN_NUMBER, source->p, length);
    source->p += length;
}

static void open_fragment(struct cutting *cut)
{
    struct source *source = cut->source;
    if (cut->fragment != NULL)
        tool_refuse(source->tool, source->line, "fragments do not nest");
    const char *name = source->p + 2;
    size_t length = strspn(name, LOWER DIGIT "_");
    if (length == 0 || name[length] != ':')
        tool_refuse(source->tool, source->line, "a fragment begins [[argument: ");
    cut->fragment = mem_text_part(source->tool->mem, name, length);
    cut->fragment_depth = cut->depth;
    cut->gap = GAP_SPACE;
    source->p = name + length + 1;
}

static void close_fragment(struct cutting *cut)
{
    struct source *source = cut->source;
    if (cut->fragment == NULL)
        tool_refuse(source->tool, source->line, "\"]]\" ends no fragment");
    if (cut->depth != cut->fragment_depth)
        tool_refuse(source->tool, source->line, "the brackets in fragment \"%s\" do not pair",
                    cut->fragment);
    cut->fragment = NULL;
    cut->gap = GAP_SPACE;
    source->p += 2;
}

static void cut_bracket(struct cutting *cut)
{
    struct source *source = cut->source;
    if (*source->p == ')') {
        int least = cut->fragment != NULL ? cut->fragment_depth : 0;
        if (cut->depth <= least)
            tool_refuse(source->tool, source->line, "\")\" closes nothing");
        cut->depth--;
    }
    add(cut, TOKEN_SYMBOL, source->p, 1);
    if (*source->p == '(' && ++cut->depth > DEPTH_MAX)
        tool_refuse(source->tool, source->line, "more than %d brackets in one another", DEPTH_MAX);
    source->p++;
}

static void cut_symbol(struct cutting *cut)
{
    struct source *source = cut->source;
    size_t length = 1;
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        if (strncmp(source->p, symbols[i], strlen(symbols[i])) == 0) {
            length = strlen(symbols[i]);
            break;
        }
    }
    add(cut, TOKEN_SYMBOL, source->p, length);
    source->p += length;
}

static void cut_argument(struct cutting *cut)
{
    size_t length = strspn(cut->source->p + 1, LOWER DIGIT "_");
    add(cut, TOKEN_ARGUMENT, cut->source->p + 1, length);
    cut->source->p += 1 + length;
}

static void cut_one(struct cutting *cut)
{
    const char *p = cut->source->p;
    if (*p == '\'')
        cut_string(cut);
    else if (strchr(LOWER UPPER "_", *p) != NULL)
        cut_word(cut);
    else if (strchr(DIGIT, *p) != NULL)
        cut_number(cut);
    else if (*p == ':' && p[1] != '\0' && strchr(LOWER, p[1]) != NULL)
        cut_argument(cut);
    else if (strncmp(p, "[[", 2) == 0)
        open_fragment(cut);
    else if (strncmp(p, "]]", 2) == 0)
        close_fragment(cut);
    else if (*p == '(' || *p == ')')
        cut_bracket(cut);
    else
        cut_symbol(cut);
}

/* Passes blanks and comments.  False at the end of the statement, with why in stop. */
static bool pass_gap(struct cutting *cut, enum token_stop *stop)
{
    struct source *source = cut->source;
    for (;;) {
        if (*source->p == '\n') {
            source->line++;
            cut->gap = GAP_LINE;
            source->p++;
        } else if (*source->p != '\0' && strchr(" \t\r", *source->p) != NULL) {
            if (cut->gap == GAP_NONE)
                cut->gap = GAP_SPACE;
            source->p++;
        } else if (strncmp(source->p, "--", 2) == 0) {
            if (pass_comment(cut)) {
                *stop = STOP_POSTGRESQL;
                return false;
            }
        } else {
            break;
        }
    }
    if (*source->p == '\0' || *source->p == ';') {
        *stop = *source->p == ';' ? STOP_SEMICOLON : STOP_END;
        source->p += *source->p == ';';
        return false;
    }
    return true;
}

enum token_stop sql_tokens(struct source *source, struct tokens *out)
{
    struct cutting cut = {.source = source, .out = out};
    enum token_stop stop;
    while (pass_gap(&cut, &stop))
        cut_one(&cut);
    if (cut.fragment != NULL)
        tool_refuse(source->tool, source->line, "fragment \"%s\" does not end in ]]", cut.fragment);
    if (cut.depth != 0)
        tool_refuse(source->tool, source->line, "a bracket is not closed");
    return stop;
}

static void own(struct tool *tool, struct owned_tables *owned, const char *name)
{
    owned->names = tool_room(tool->mem, (void *)owned->names, sizeof *owned->names, owned->count,
                             &owned->room);
    owned->names[owned->count++] = name;
}

/* The place of the name in `create [virtual] table [if not exists] NAME`, or in
 * `alter table OLD rename to NAME`; -1 in other statements. */
static int created_name(const struct tokens *tokens)
{
    int n = 0;
    if (token_is(token_at(tokens, n), "alter") && token_is(token_at(tokens, 3), "rename") &&
        token_is(token_at(tokens, 4), "to"))
        return 5;
    if (!token_is(token_at(tokens, n++), "create"))
        return -1;
    n += token_is(token_at(tokens, n), "virtual");
    if (!token_is(token_at(tokens, n++), "table"))
        return -1;
    return token_is(token_at(tokens, n), "if") ? n + 3 : n;
}

void sql_owned_tables(struct source *source, struct owned_tables *owned)
{
    enum token_stop stop = STOP_SEMICOLON;
    while (stop != STOP_END) {
        struct tokens tokens = {0};
        stop = sql_tokens(source, &tokens);
        int n = created_name(&tokens);
        if (n >= 0 && token_at(&tokens, n)->kind == TOKEN_WORD)
            own(source->tool, owned, token_at(&tokens, n)->text);
    }
}
