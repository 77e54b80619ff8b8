/* SPDX-License-Identifier: MIT */
/*
 * receive_text.c - cleans what came in, reads HTML as text, and finds where an answer ends.
 *
 * Mail programs mark what they quote in many ways and no standard says how.  The line that our own
 * mail asks to write above (MAIL_ANSWER_ABOVE) is the surest; then come "> " lines that reach to
 * the end, the line that introduces them, and the headers that Outlook repeats.  A "> " line with
 * words of the writer behind it stays: it is what the writer answers to.
 */
#include "platform/mail/receive_text.h"

#include "platform/mail/receive.h"

#include <gumbo.h>
#include <string.h>
#include <strings.h>

/* ---- clean text ---- */

char *receive_copy(struct ctx *ctx, const char *bytes, size_t length_bytes)
{
    char *copy = mem_bytes(ctx->mem, length_bytes + 1);
    if (length_bytes > 0)
        memcpy(copy, bytes, length_bytes);
    return copy;
}

const char *receive_clean(struct ctx *ctx, struct text_span bytes, enum text_kind kind,
                          size_t max_bytes)
{
    struct mem *mem = ctx->mem;
    size_t length_bytes = bytes.length_bytes < max_bytes ? bytes.length_bytes : max_bytes;
    char *seen = receive_copy(ctx, bytes.bytes, length_bytes);
    for (size_t i = 0; i < length_bytes; i++)
        if (((unsigned char)seen[i] < ' ' && strchr("\t\n\r", seen[i]) == NULL) ||
            seen[i] == '\0' || seen[i] == 127)
            seen[i] = ' ';
    const char *out = text_repair(mem, seen, length_bytes);
    if (text_clean(mem, out, strlen(out), kind, &out) != OK) { /* C1 controls, unused code points */
        for (char *c = seen; *c != '\0'; c++)
            *c = (unsigned char)*c < 128 ? *c : '?';
        if (text_clean(mem, seen, length_bytes, kind, &out) != OK)
            out = "";
    }
    return bytes.length_bytes > max_bytes ? mem_join(mem, out, "…", "") : out;
}

/* ---- HTML ---- */

enum { DEPTH_MAX = 2000 };

/* The tree is never freed piece by piece, so that its depth costs no stack: it goes with its
 * memory. */
static void *take(void *arg, size_t size_bytes)
{
    return mem_bytes(arg, size_bytes);
}

static void leave(void *arg, void *bytes)
{
    (void)arg;
    (void)bytes;
}

static bool is_unseen(GumboTag tag)
{
    return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_HEAD ||
           tag == GUMBO_TAG_TITLE || tag == GUMBO_TAG_TEMPLATE;
}

static bool is_block(GumboTag tag)
{
    static const GumboTag blocks[] = {GUMBO_TAG_P,          GUMBO_TAG_DIV, GUMBO_TAG_BR,
                                      GUMBO_TAG_LI,         GUMBO_TAG_TR,  GUMBO_TAG_H1,
                                      GUMBO_TAG_H2,         GUMBO_TAG_H3,  GUMBO_TAG_H4,
                                      GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE, GUMBO_TAG_HR};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (blocks[i] == tag)
            return true;
    return false;
}

/* White space in the source is one space; line breaks are made by blocks. */
static void add_seen(struct text_builder *to, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        bool is_space = strchr(" \t\r\n\f", *c) != NULL;
        bool was_space = to->length_bytes == 0 || strchr(" \n", to->bytes[to->length_bytes - 1]);
        if (!is_space)
            text_add_part(to, c, 1);
        else if (!was_space)
            text_add(to, " ");
    }
}

static void enter(struct text_builder *to, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA)
        add_seen(to, node->v.text.text);
    else if (node->type == GUMBO_NODE_ELEMENT && is_block(node->v.element.tag))
        text_add(to, "\n");
}

static const GumboNode *first_child(const GumboNode *node)
{
    if ((node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) ||
        is_unseen(node->v.element.tag) || node->v.element.children.length == 0)
        return NULL;
    return node->v.element.children.data[0];
}

/* The node behind this one and what is in it; NULL at the end. */
static const GumboNode *next_of(struct text_builder *to, const GumboNode *node)
{
    for (; node->parent != NULL && node->parent->type == GUMBO_NODE_ELEMENT; node = node->parent) {
        const GumboVector *siblings = &node->parent->v.element.children;
        if (node->index_within_parent + 1 < siblings->length)
            return siblings->data[node->index_within_parent + 1];
        if (is_block(node->parent->v.element.tag))
            text_add(to, "\n");
    }
    return NULL;
}

/* Whether a tag (behind its "<") opens something that waits for its end. */
static bool is_opening(const char *tag)
{
    static const char *const flat[] = {"br", "p", "img", "hr", "meta", "link", "input", "li"};
    size_t length = 0;
    while ((tag[length] >= 'a' && tag[length] <= 'z') || (tag[length] >= 'A' && tag[length] <= 'Z'))
        length++;
    for (size_t i = 0; i < sizeof flat / sizeof flat[0]; i++)
        if (strlen(flat[i]) == length && strncasecmp(flat[i], tag, length) == 0)
            return false;
    return length > 0;
}

/* As much of it as is not nested beyond reason: the time that gumbo takes grows with the square of
 * the depth. */
static size_t sane_length(const char *html, size_t length_bytes)
{
    int depth = 0;
    for (size_t i = 0; i < length_bytes; i++) {
        if (html[i] != '<')
            continue;
        if (html[i + 1] == '/')
            depth -= depth > 0 && is_opening(html + i + 2);
        else if (is_opening(html + i + 1) && ++depth > DEPTH_MAX)
            return i;
    }
    return length_bytes;
}

enum status receive_html(struct ctx *ctx, struct text_span html, struct text_span *out)
{
    struct text_builder to = text_build(ctx->mem, (size_t)2 * MAIL_RECEIVED_HTML_BYTES_MAX);
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = leave;
    options.userdata = ctx->mem;
    options.max_errors = 0;
    size_t length_bytes = html.length_bytes < MAIL_RECEIVED_HTML_BYTES_MAX
                              ? html.length_bytes
                              : MAIL_RECEIVED_HTML_BYTES_MAX;
    const GumboOutput *tree =
        gumbo_parse_with_options(&options, html.bytes, sane_length(html.bytes, length_bytes));
    if (tree == NULL || tree->root == NULL)
        return ctx_fail(ctx, ERR_FAULT, "a message of HTML cannot be read");
    for (const GumboNode *node = tree->root; node != NULL;) {
        enter(&to, node);
        const GumboNode *child = first_child(node);
        node = child != NULL ? child : next_of(&to, node);
    }
    const char *text;
    if (text_build_end(&to, &text) != OK)
        ctx->fault = NULL; /* what fitted is enough */
    *out = (struct text_span){text, strlen(text)};
    return OK;
}

/* ---- where an answer ends ---- */

enum { LINES_MAX = 5000 };

struct lines {
    const char **line; /* each ended by a zero byte */
    size_t count;
};

static struct lines split(struct mem *mem, const char *text)
{
    struct lines lines = {mem_array(mem, const char *, LINES_MAX), 0};
    char *rest = mem_text(mem, text);
    while (rest != NULL && lines.count < LINES_MAX) {
        char *end = strchr(rest, '\n');
        if (end != NULL)
            *end = '\0';
        lines.line[lines.count++] = rest;
        rest = end != NULL ? end + 1 : NULL;
    }
    return lines;
}

static const char *without_space(const char *line)
{
    return line + strspn(line, " \t");
}

static bool is_empty(const char *line)
{
    return *without_space(line) == '\0';
}

static bool is_quoted(const char *line)
{
    return *without_space(line) == '>';
}

/* The next line that is not empty; count when there is none. */
static size_t next_line(const struct lines *lines, size_t at)
{
    do
        at++;
    while (at < lines->count && is_empty(lines->line[at]));
    return at;
}

static bool ends_with(const char *line, const char *with)
{
    size_t length = strlen(line);
    while (length > 0 && strchr(" \t", line[length - 1]) != NULL)
        length--;
    return length >= strlen(with) && strncmp(line + length - strlen(with), with, strlen(with)) == 0;
}

/* "On Monday, Ana wrote:", on one line or two, or any line with a colon before what is quoted. */
static bool is_introduction(const struct lines *lines, size_t at)
{
    const char *line = without_space(lines->line[at]);
    size_t next = next_line(lines, at);
    bool is_on = text_begins(line, "On ");
    if (is_on && (ends_with(line, "wrote:") ||
                  (at + 1 < lines->count && ends_with(lines->line[at + 1], "wrote:"))))
        return true;
    return ends_with(line, ":") && next < lines->count && is_quoted(lines->line[next]);
}

/* "From: ..." with "Sent:", "Date:" or "To:" right behind it. */
static bool is_repeated_header(const struct lines *lines, size_t at)
{
    if (!text_begins(without_space(lines->line[at]), "From:") || at + 1 >= lines->count)
        return false;
    const char *next = without_space(lines->line[at + 1]);
    return text_begins(next, "Sent:") || text_begins(next, "Date:") || text_begins(next, "To:");
}

static bool is_rule(const char *line)
{
    const char *words = without_space(line);
    return text_begins(words, "-----Original Message") ||
           text_begins(words, "________________________________");
}

static bool is_end(const struct lines *lines, size_t at)
{
    const char *line = lines->line[at];
    return strstr(line, MAIL_ANSWER_ABOVE) != NULL || strcmp(line, "-- ") == 0 ||
           strcmp(line, "--") == 0 || is_rule(line) || is_introduction(lines, at) ||
           is_repeated_header(lines, at);
}

/* Where the quoted lines begin that reach to the end; to when there are none. */
static size_t before_last_quote(const struct lines *lines, size_t to)
{
    size_t at = to;
    while (at > 0 && (is_quoted(lines->line[at - 1]) || is_empty(lines->line[at - 1])))
        at--;
    return at;
}

static const char *joined(struct ctx *ctx, const struct lines *lines, size_t to, bool is_own_only)
{
    struct text_builder text = text_build(ctx->mem, (size_t)2 * MAIL_RECEIVED_TEXT_BYTES_MAX);
    const char *out;
    for (size_t i = 0; i < to; i++) {
        if (is_own_only && (is_quoted(lines->line[i]) || is_introduction(lines, i)))
            continue;
        text_add(&text, lines->line[i]);
        text_add(&text, "\n");
    }
    if (text_build_end(&text, &out) != OK)
        ctx->fault = NULL;
    return receive_clean(ctx, (struct text_span){out, strlen(out)}, TEXT_LONG,
                         MAIL_RECEIVED_TEXT_BYTES_MAX);
}

const char *receive_answer(struct ctx *ctx, const char *text)
{
    struct lines lines = split(ctx->mem, text);
    size_t end = 0;
    while (end < lines.count && !is_end(&lines, end))
        end++;
    const char *above = joined(ctx, &lines, before_last_quote(&lines, end), false);
    return above[0] != '\0' ? above : joined(ctx, &lines, lines.count, true);
}
