/* SPDX-License-Identifier: MIT */
/*
 * checkstyle_code.c - functions: how long, how deep, how many parameters, how many ways through.
 */
#include "checkstyle.h"

#include <string.h>

enum {
    FUNCTION_LINES_MAX = 100,
    FUNCTION_LINES_NORM = 60,
    PARAMETERS_MAX = 5,
    DEPTH_MAX = 4, /* the body and three more */
    WAYS_MAX = 15
};

/* Called by generated code, which never mistakes one argument for another, and by libmicrohttpd,
 * which says what its callback takes. */
static const char *const wide_functions[] = {"store_run", "exchange_handle"};

static bool may_be_wide(const char *name)
{
    for (size_t i = 0; i < sizeof wide_functions / sizeof wide_functions[0]; i++)
        if (strcmp(wide_functions[i], name) == 0)
            return true;
    return false;
}

/* ---- reading ---- */

/* The bracket that closes the one at n, or the end of the file. */
static int closing(const struct style_file *file, int n, const char *open, const char *close)
{
    int depth = 0;
    for (; n < file->token_count; n++) {
        const struct style_token *token = style_at(file, n);
        if (!token->is_plain)
            continue;
        depth += style_is(token, open);
        depth -= style_is(token, close);
        if (depth == 0)
            break;
    }
    return n;
}

static int opening(const struct style_file *file, int n)
{
    int depth = 0;
    for (; n >= 0; n--) {
        const struct style_token *token = style_at(file, n);
        if (!token->is_plain)
            continue;
        depth += style_is(token, ")");
        depth -= style_is(token, "(");
        if (depth == 0)
            break;
    }
    return n;
}

static int plain_before(const struct style_file *file, int n)
{
    do
        n--;
    while (n >= 0 && !style_at(file, n)->is_plain);
    return n;
}

/* A brace that begins a block of statements, not a list of values or members. */
static bool begins_block(const struct style_file *file, int n)
{
    static const char *const before[] = {"{", "}", ";", ":", "else", "do"};
    int p = plain_before(file, n);
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        if (style_is(style_at(file, p), before[i]))
            return true;
    }
    if (!style_is(style_at(file, p), ")"))
        return false;
    const struct style_token *head = style_at(file, plain_before(file, opening(file, p)));
    return head->kind == STYLE_WORD && !style_is(head, "return") && !style_is(head, "sizeof");
}

/* ---- one function ---- */

struct function {
    const char *name;
    int line;
    int body; /* its "{" */
    int end;  /* its "}" */
    int parameters;
};

static int count_parameters(const struct style_file *file, int open)
{
    int close = closing(file, open, "(", ")");
    int depth = 0;
    int commas = 0;
    if (close == open + 1 || (close == open + 2 && style_is(style_at(file, open + 1), "void")))
        return 0;
    for (int n = open; n < close; n++) {
        const struct style_token *token = style_at(file, n);
        depth += style_is(token, "(") - style_is(token, ")");
        commas += depth == 1 && style_is(token, ",");
    }
    return commas + 1 - style_is(style_at(file, close - 1), "...");
}

static void check_depth(struct style *style, const struct style_file *file,
                        const struct function *function)
{
    int depth = 0;
    int deepest = 0;
    int line = function->line;
    for (int n = function->body; n < function->end; n++) {
        const struct style_token *token = style_at(file, n);
        if (!token->is_plain)
            continue;
        if (style_is(token, "{") && n != function->body && !begins_block(file, n)) {
            n = closing(file, n, "{", "}");
            continue;
        }
        depth += style_is(token, "{") - style_is(token, "}");
        if (depth > deepest) {
            deepest = depth;
            line = token->line;
        }
    }
    if (deepest > DEPTH_MAX)
        style_find(style, file, line, "%s: blocks %d deep: at most %d in its body", function->name,
                   deepest - 1, DEPTH_MAX - 1);
}

/* Cyclomatic complexity; a switch counts once, however many cases it lists. */
static void check_ways(struct style *style, const struct style_file *file,
                       const struct function *function)
{
    static const char *const forks[] = {"if", "for", "while", "switch", "&&", "||", "?"};
    int ways = 1;
    for (int n = function->body; n < function->end; n++) {
        const struct style_token *token = style_at(file, n);
        for (size_t i = 0; token->is_plain && i < sizeof forks / sizeof forks[0]; i++)
            ways += style_is(token, forks[i]);
    }
    if (ways > WAYS_MAX)
        style_find(style, file, function->line, "%s: %d ways through: at most %d", function->name,
                   ways, WAYS_MAX);
}

static void check_function(struct style *style, const struct style_file *file,
                           const struct function *function)
{
    int lines = style_at(file, function->end)->line - function->line + 1;
    style->function_count++;
    style->long_function_count += lines > FUNCTION_LINES_NORM;
    if (lines > style->longest_lines) {
        style->longest_lines = lines;
        style->longest = (struct style_finding){file->path, function->line, function->name};
    }
    if (lines > FUNCTION_LINES_MAX)
        style_find(style, file, function->line, "%s: %d lines: at most %d", function->name, lines,
                   FUNCTION_LINES_MAX);
    if (function->parameters > PARAMETERS_MAX && !may_be_wide(function->name))
        style_find(style, file, function->line, "%s: %d parameters: at most %d, more is a struct",
                   function->name, function->parameters, PARAMETERS_MAX);
    check_depth(style, file, function);
    check_ways(style, file, function);
}

/* ---- the file ---- */

/* Where a declaration at file level that begins at n stops: its ";", or the "}" of its body. */
static int declaration_end(struct style *style, const struct style_file *file, int n)
{
    struct function function = {.line = 0};
    int name = -1;
    bool is_value = false;
    for (; n < file->token_count; n++) {
        const struct style_token *token = style_at(file, n);
        if (!token->is_plain)
            continue;
        if (style_is(token, "__attribute__")) {
            n = closing(file, n + 1, "(", ")");
        } else if (style_is(token, ";")) {
            return n;
        } else if (style_is(token, "=")) {
            is_value = true;
        } else if (style_is(token, "(") && name < 0) {
            name = plain_before(file, n);
            function.parameters = count_parameters(file, n);
            n = closing(file, n, "(", ")");
        } else if (style_is(token, "{")) {
            int end = closing(file, n, "{", "}");
            bool is_body = name >= 0 && !is_value;
            if (!is_body) { /* a struct, an enum, a list of values: its ";" comes */
                n = end;
                continue;
            }
            const struct style_token *named = style_at(file, name);
            function.name = mem_text_part(style->mem, named->text, named->length);
            function.line = named->line;
            function.body = n;
            function.end = end < file->token_count ? end : file->token_count - 1;
            check_function(style, file, &function);
            return end;
        }
    }
    return n;
}

void style_check_code(struct style *style, const struct style_file *file)
{
    for (int n = 0; n < file->token_count; n++) {
        if (style_at(file, n)->is_plain)
            n = declaration_end(style, file, n);
    }
}
