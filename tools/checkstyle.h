/* SPDX-License-Identifier: MIT */
/*
 * checkstyle.h - the rules of the house that a program can check.
 *
 * A file is cut into tokens, comments and includes; each group of rules reads these and adds
 * findings.  Nothing stops at the first offence: whoever mends, mends all at once.  What needs
 * the whole tree (circles, own headers, the share of long functions) comes in style_finish.
 */
#ifndef TOOLS_CHECKSTYLE_H
#define TOOLS_CHECKSTYLE_H

#include "tool.h"

/* ---- one file, cut (checkstyle_cut.c) ---- */

enum style_kind { STYLE_END, STYLE_WORD, STYLE_NUMBER, STYLE_TEXT, STYLE_SYMBOL };

struct style_token {
    enum style_kind kind;
    const char *text; /* in the file: length bytes */
    size_t length;
    int line;
    bool is_plain; /* not in a preprocessor line, not in the second branch of an #if */
};

struct style_include {
    const char *path;
    int line;
    bool is_ours; /* "path", not <path> */
};

struct style_comment {
    const char *text; /* with its marks: length bytes */
    size_t length;
    int line;
};

struct style_file {
    const char *path; /* from the top of the tree: "src/main.c" */
    const char *text;
    struct style_token *tokens;
    int token_count;
    int token_room;
    struct style_include *includes;
    int include_count;
    int include_room;
    struct style_comment *comments;
    int comment_count;
    int comment_room;
};

/* text ends with a zero byte and lives as long as the file. */
void style_cut(struct mem *mem, const char *path, const char *text, struct style_file *out);

/* The nth token; outside the file one of kind STYLE_END. */
const struct style_token *style_at(const struct style_file *file, int n);
bool style_is(const struct style_token *token, const char *text);

bool style_begins(const char *text, const char *with);
bool style_ends(const char *text, const char *with);
bool style_is_test(const char *path); /* a test or what only tests use */

/* ---- findings ---- */

struct style_finding {
    const char *path;
    int line;
    const char *message;
};

struct style {
    struct mem *mem;
    struct style_finding *findings;
    int finding_count;
    int finding_room;
    struct style_file **files;
    int file_count;
    int file_room;
    int function_count;
    int long_function_count;
    struct style_finding longest; /* function, for the message about their share */
    int longest_lines;
};

void style_find(struct style *style, const struct style_file *file, int line, const char *format,
                ...) __attribute__((format(printf, 4, 5)));

/* ---- rules ---- */

/* checkstyle_text.c */
void style_check_text(struct style *style, const struct style_file *file);
void style_check_sql(struct style *style, const struct style_file *file);

/* checkstyle_include.c */
void style_check_includes(struct style *style, const struct style_file *file);
void style_check_circles(struct style *style);
void style_check_own_headers(struct style *style);

/* checkstyle_call.c, checkstyle_code.c, checkstyle_state.c */
void style_check_calls(struct style *style, const struct style_file *file);
void style_check_code(struct style *style, const struct style_file *file);
void style_check_variables(struct style *style, const struct style_file *file);

/* Reads one file (.c, .h or .sql; path as it stands in the tree) and applies the rules that need
 * no other. */
void style_add(struct style *style, const char *path, const char *text, size_t size_bytes);

/* Applies the rules that need them all, and sorts the findings by place. */
void style_finish(struct style *style);

#endif
