/* SPDX-License-Identifier: MIT */
/*
 * checkstyle_state.c - variables that outlive a call: there are none but the ones listed here.
 *
 * A variable at file level, or a static one inside a function, must be constant as a whole:
 * `static const char *const names[]`, not `static const char *names[]`.
 */
#include "checkstyle.h"

#include <string.h>

/* What cannot hang on a struct.  The reason is for the reader of this table. */
static const struct {
    const char *path;
    const char *name;
    const char *reason;
} allowed[] = {
    {"src/platform/web/", "stopping", "a signal handler has no other place to write to"},
    {"src/command/", "stopping", "a signal handler has no other place to write to"},
    {"src/platform/store/", "environ", "the C library's own, for a program that is started"},
    {"src/platform/document/markdown_tree.c", "registered", "cmark keeps one list a process"},
    {"src/platform/base/password.c", "work", "the memory of the machine is one for all threads"},
    {"src/platform/mail/mail_mime.c", "once", "GMime counts its starts without a lock"},
};

/* What the words of one declaration say. */
struct reading {
    const struct style_token *name; /* the last that can be one; NULL: a type only */
    bool is_constant;               /* since the last star */
    bool is_function;
    bool is_other; /* typedef and the like */
};

static bool is_listed(const struct style_file *file, const struct style_token *name)
{
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        if (style_begins(file->path, allowed[i].path) && style_is(name, allowed[i].name))
            return true;
    }
    return false;
}

/* From a bracket to the one that closes it. */
static int pass_brackets(const struct style_file *file, int n)
{
    int depth = 0;
    for (; n < file->token_count; n++) {
        const struct style_token *token = style_at(file, n);
        if (!token->is_plain)
            continue;
        depth += style_is(token, "(") || style_is(token, "{") || style_is(token, "[");
        depth -= style_is(token, ")") || style_is(token, "}") || style_is(token, "]");
        if (depth <= 0)
            break;
    }
    return n;
}

static int read_word(const struct style_file *file, int n, struct reading *reading)
{
    const struct style_token *token = style_at(file, n);
    if (style_is(token, "const"))
        reading->is_constant = true;
    else if (style_is(token, "__attribute__") || style_is(token, "_Alignas"))
        return pass_brackets(file, n + 1);
    else if (style_is(token, "struct") || style_is(token, "union") || style_is(token, "enum"))
        return n + (style_at(file, n + 1)->kind == STYLE_WORD); /* a tag is not a name */
    else if (style_is(token, "typedef") || style_is(token, "_Static_assert") ||
             style_is(token, "pthread_once_t")) /* what a library asks to be done once */
        reading->is_other = true;
    else if (!style_is(token, "static") && !style_is(token, "extern"))
        reading->name = token;
    return n;
}

static bool ends_declaration(const struct style_token *token, const struct reading *reading)
{
    return style_is(token, ";") || style_is(token, "=") ||
           (style_is(token, "{") && reading->is_function);
}

/* Reads the declaration that begins at n up to its "=", its ";" or the "{" of its body; returns
 * the place of that. */
static int read_declaration(const struct style_file *file, int n, struct reading *reading)
{
    int star_end = -1; /* of `(*name)(int)`: what follows are parameters of a pointer's target */
    *reading = (struct reading){0};
    for (; n < file->token_count; n++) {
        const struct style_token *token = style_at(file, n);
        if (!token->is_plain)
            continue;
        if (ends_declaration(token, reading))
            break;
        if (token->kind == STYLE_WORD) {
            n = read_word(file, n, reading);
        } else if (style_is(token, "*")) {
            reading->is_constant = false;
        } else if (style_is(token, "(") && style_is(style_at(file, n + 1), "*")) {
            star_end = pass_brackets(file, n);
        } else if (style_is(token, "(")) {
            reading->is_function = reading->is_function || star_end < 0 || n < star_end;
            n = pass_brackets(file, n);
        } else if (style_is(token, "{") || style_is(token, "[")) {
            n = pass_brackets(file, n);
        }
    }
    return n;
}

static void check(struct style *style, const struct style_file *file, const struct reading *reading)
{
    const struct style_token *name = reading->name;
    if (name == NULL || reading->is_constant || reading->is_function || reading->is_other ||
        is_listed(file, name))
        return;
    style_find(style, file, name->line,
               "%.*s: a variable that outlives its call; state hangs on a struct",
               (int)name->length, name->text);
}

void style_check_variables(struct style *style, const struct style_file *file)
{
    struct reading reading;
    int depth = 0;
    if (style_is_test(file->path)) /* a test's callback may have nowhere else to write to */
        return;
    for (int n = 0; n < file->token_count; n++) {
        const struct style_token *token = style_at(file, n);
        if (!token->is_plain)
            continue;
        if (depth > 0 && !style_is(token, "static")) {
            depth += style_is(token, "{") - style_is(token, "}");
            continue;
        }
        n = read_declaration(file, n, &reading);
        check(style, file, &reading);
        if (depth == 0 && style_is(style_at(file, n), "{"))
            depth = 1;
        while (depth == 0 && n < file->token_count && !style_is(style_at(file, n), ";"))
            n = style_is(style_at(file, n), "{") ? pass_brackets(file, n) + 1 : n + 1;
    }
}
