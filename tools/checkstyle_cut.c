/* SPDX-License-Identifier: MIT */
/*
 * checkstyle_cut.c - cuts C into tokens, comments and includes.
 *
 * Never mistakes a string or comment for code.  Macros are not expanded; of an #if only the first
 * branch counts as plain, so that brackets pair.
 */
#include "checkstyle.h"

#include <ctype.h>
#include <string.h>

enum { BRANCHES_MAX = 32 };

struct cutting {
    struct mem *mem;
    struct style_file *file;
    const char *p;
    int line;
    bool in_directive;
    bool at_line_start;
    int depth;                          /* of #if */
    bool in_later_branch[BRANCHES_MAX]; /* after #else or #elif, by depth */
};

/* Longest first. */
static const char *const symbols[] = {"...", "->", "&&", "||", "==", "!=", "<=", ">=",
                                      "+=",  "-=", "*=", "/=", "|=", "&=", "<<", ">>"};

static const struct style_token no_token = {.kind = STYLE_END, .text = ""};

const struct style_token *style_at(const struct style_file *file, int n)
{
    return n < 0 || n >= file->token_count ? &no_token : &file->tokens[n];
}

bool style_is(const struct style_token *token, const char *text)
{
    return token->kind != STYLE_TEXT && token->length == strlen(text) &&
           strncmp(token->text, text, token->length) == 0;
}

bool style_begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

bool style_ends(const char *text, const char *with)
{
    size_t length = strlen(text);
    size_t end = strlen(with);
    return length >= end && strcmp(text + length - end, with) == 0;
}

bool style_is_test(const char *path)
{
    return style_begins(path, "test/") || strstr(path, "/test/") != NULL ||
           style_ends(path, "_test.c") || style_ends(path, "_test.h") ||
           strstr(path, "_test_") != NULL;
}

static bool is_later_branch(const struct cutting *cut)
{
    for (int i = 0; i < cut->depth && i < BRANCHES_MAX; i++) {
        if (cut->in_later_branch[i])
            return true;
    }
    return false;
}

static void add(struct cutting *cut, enum style_kind kind, size_t length)
{
    struct style_file *file = cut->file;
    file->tokens = tool_room(cut->mem, file->tokens, sizeof *file->tokens, file->token_count,
                             &file->token_room);
    file->tokens[file->token_count++] = (struct style_token){
        .kind = kind,
        .text = cut->p,
        .length = length,
        .line = cut->line,
        .is_plain = !cut->in_directive && !is_later_branch(cut),
    };
    cut->p += length;
}

static void cut_comment(struct cutting *cut)
{
    struct style_file *file = cut->file;
    const char *start = cut->p;
    int line = cut->line;
    if (start[1] == '/') {
        cut->p += strcspn(cut->p, "\n");
    } else {
        const char *end = strstr(start + 2, "*/");
        end = end != NULL ? end + 2 : start + strlen(start);
        for (; cut->p < end; cut->p++)
            cut->line += *cut->p == '\n';
    }
    file->comments = tool_room(cut->mem, file->comments, sizeof *file->comments,
                               file->comment_count, &file->comment_room);
    file->comments[file->comment_count++] =
        (struct style_comment){start, (size_t)(cut->p - start), line};
}

static void cut_quoted(struct cutting *cut)
{
    char quote = *cut->p;
    size_t length = 1;
    while (cut->p[length] != '\0' && cut->p[length] != '\n' && cut->p[length] != quote)
        length += cut->p[length] == '\\' && cut->p[length + 1] != '\0' ? 2 : 1;
    const char *start = cut->p;
    add(cut, STYLE_TEXT, length + (cut->p[length] == quote));
    for (const char *p = start; p < cut->p; p++) /* a line may go on inside */
        cut->line += *p == '\n';
}

/* At the path of an #include. */
static void cut_include(struct cutting *cut)
{
    struct style_file *file = cut->file;
    cut->p += strspn(cut->p, " \t");
    if (*cut->p != '"' && *cut->p != '<')
        return;
    size_t length = strcspn(cut->p + 1, "\">\n");
    file->includes = tool_room(cut->mem, file->includes, sizeof *file->includes,
                               file->include_count, &file->include_room);
    file->includes[file->include_count++] = (struct style_include){
        mem_text_part(cut->mem, cut->p + 1, length), cut->line, *cut->p == '"'};
    cut->p += 1 + length;
    cut->p += *cut->p == '"' || *cut->p == '>';
}

/* At "#" at the start of a line. */
static void cut_directive(struct cutting *cut)
{
    cut->in_directive = true;
    cut->p++;
    cut->p += strspn(cut->p, " \t");
    size_t length = strspn(cut->p, "abcdefghijklmnopqrstuvwxyz");
    char *name = mem_text_part(cut->mem, cut->p, length);
    cut->p += length;
    bool has_state = cut->depth > 0 && cut->depth <= BRANCHES_MAX;
    if (strcmp(name, "include") == 0) {
        cut_include(cut);
    } else if (style_begins(name, "if")) {
        if (cut->depth++ < BRANCHES_MAX)
            cut->in_later_branch[cut->depth - 1] = false;
    } else if (style_begins(name, "el") && has_state) {
        cut->in_later_branch[cut->depth - 1] = true;
    } else if (strcmp(name, "endif") == 0 && cut->depth > 0) {
        cut->depth--;
    }
}

static void cut_symbol(struct cutting *cut)
{
    size_t length = 1;
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        if (style_begins(cut->p, symbols[i])) {
            length = strlen(symbols[i]);
            break;
        }
    }
    add(cut, STYLE_SYMBOL, length);
}

static size_t word_length(const char *p)
{
    size_t length = 0;
    while (isalnum((unsigned char)p[length]) || p[length] == '_')
        length++;
    return length;
}

/* Blanks, line ends and comments.  False when something else stands here. */
static bool pass_gap(struct cutting *cut)
{
    const char *p = cut->p;
    if (p[0] == '/' && (p[1] == '*' || p[1] == '/')) {
        cut_comment(cut);
    } else if (p[0] == '\\' && p[1] == '\n') {
        cut->line++;
        cut->p += 2;
    } else if (p[0] == '\n') {
        cut->line++;
        cut->p++;
        cut->in_directive = false;
        cut->at_line_start = true;
    } else if (isspace((unsigned char)p[0])) {
        cut->p++;
    } else {
        return false;
    }
    return true;
}

static void cut_one(struct cutting *cut)
{
    bool at_line_start = cut->at_line_start;
    cut->at_line_start = false;
    if (*cut->p == '#' && at_line_start)
        cut_directive(cut);
    else if (*cut->p == '"' || *cut->p == '\'')
        cut_quoted(cut);
    else if (isdigit((unsigned char)*cut->p))
        add(cut, STYLE_NUMBER, word_length(cut->p));
    else if (word_length(cut->p) > 0)
        add(cut, STYLE_WORD, word_length(cut->p));
    else
        cut_symbol(cut);
}

void style_cut(struct mem *mem, const char *path, const char *text, struct style_file *out)
{
    struct cutting cut = {.mem = mem, .file = out, .p = text, .line = 1, .at_line_start = true};
    *out = (struct style_file){.path = path, .text = text};
    while (*cut.p != '\0') {
        if (!pass_gap(&cut))
            cut_one(&cut);
    }
}
