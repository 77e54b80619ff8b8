/* SPDX-License-Identifier: MIT */
/*
 * markdown_tree.c - reads Markdown with cmark-gfm, and refuses what would make it slow.
 *
 * check_cost refuses three kinds of text before they are parsed, each measured with 100,000 bytes:
 * thousands of lists in one line, then many lines (47 s); a long link reference used thousands of
 * times (400 MB); and a table of many columns and many rows that hold nothing.
 */
#include "platform/document/markdown_tree.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <pthread.h>
#include <string.h>

#include "platform/document/markdown.h"

/* ---- refusing what is dear ---- */

static size_t skip_blanks(const char *line, size_t at)
{
    while (line[at] == ' ' || line[at] == '\t')
        at++;
    return at;
}

/* Where the list or quote mark at this place ends; 0: there is none. */
static size_t mark_end(const char *line, size_t at)
{
    if (line[at] == '>')
        return at + 1;
    size_t digits = strspn(line + at, "0123456789");
    if (digits > 0 && (line[at + digits] == '.' || line[at + digits] == ')'))
        return at + digits + 1;
    if (line[at] == '-' || line[at] == '*' || line[at] == '+')
        return at + 1;
    return 0;
}

/* How many quotes and lists a line opens; a row of dashes is a rule or a heading, not lists. */
static int nesting(const char *line)
{
    int depth = 0;
    size_t at = skip_blanks(line, 0);
    for (size_t end; (end = mark_end(line, at)) != 0; at = skip_blanks(line, end)) {
        bool is_mark = line[at] == '>' || line[end] == ' ' || line[end] == '\t';
        if (!is_mark)
            break;
        depth++;
    }
    return depth;
}

static enum status check_cost(struct ctx *ctx, const char *text)
{
    size_t length = strlen(text);
    if (length > MARKDOWN_BYTES)
        return ctx_fail(ctx, ERR_INVALID, "markdown is longer than %d bytes", MARKDOWN_BYTES);
    size_t lines = 1;
    size_t columns = 0;
    size_t most_columns = 0;
    size_t links = 0;
    bool is_line_begin = true;
    for (size_t i = 0; i < length; i++) {
        if (is_line_begin && nesting(text + i) > MARKDOWN_NESTING)
            return ctx_fail(ctx, ERR_INVALID, "markdown line %zu is nested too deep", lines);
        is_line_begin = text[i] == '\n' || text[i] == '\r';
        lines += is_line_begin;
        columns = is_line_begin ? 0 : columns + (text[i] == '|');
        most_columns = columns > most_columns ? columns : most_columns;
        links += text[i] == '[';
    }
    if (most_columns * lines > MARKDOWN_CELLS)
        return ctx_fail(ctx, ERR_INVALID, "markdown has too many table cells");
    if (strstr(text, "]:") != NULL && links * length > MARKDOWN_REFERENCES)
        return ctx_fail(ctx, ERR_INVALID, "markdown has too many link references");
    return OK;
}

/* ---- parsing ---- */

static void end_parser(void *parser)
{
    cmark_parser_free(parser);
}

static void end_node(void *node)
{
    cmark_node_free(node);
}

static void end_iterator(void *iterator)
{
    cmark_iter_free(iterator);
}

enum status markdown_walk(struct ctx *ctx, struct mem *mem, const char *text, cmark_iter **out)
{
    text = text != NULL ? text : "";
    TRY(check_cost(ctx, text));
    static pthread_once_t registered = PTHREAD_ONCE_INIT; /* the library's own list, once */
    pthread_once(&registered, cmark_gfm_core_extensions_ensure_registered);
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
    mem_at_end(mem, end_parser, parser);
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
    cmark_parser_feed(parser, text, strlen(text));
    cmark_node *tree = cmark_parser_finish(parser);
    mem_at_end(mem, end_node, tree);
    *out = cmark_iter_new(tree);
    mem_at_end(mem, end_iterator, *out);
    return OK;
}
