/* SPDX-License-Identifier: MIT */
/*
 * viewgen.c - turns views, written as HTML, into C functions that write them, escaped.
 *
 * What a view may hold is fixed in doc/decisions/0001-queries-and-views.md:
 *
 *   {{include "path/of.h"}}                    before the first view: for the C file
 *   {{view name (const struct thing *p)}}      begins a view, at the start of a line
 *   {{view name (...) in tag}}                 a view of attributes, for this file only
 *   {{p->title}}                               a value; its place decides how it is escaped
 *   {{if c}} {{else if c}} {{else}} {{end}}    any C condition
 *   {{each const struct row *r in p->rows, p->row_count}} ... {{end}}
 *   {{let T x = expression}}                   a C declaration
 *   {{capture name}} ... {{end}}               what it holds, as struct html name
 *   {{use other(arguments)}}                   another view, in place
 *   {{thing(.member = value)}}                 a component: a view of const struct thing *
 *   {{attributes array}}                       struct view_attribute, inside a tag
 *   {{# a comment }}
 *
 * There is no way to write unescaped text: only a struct html passes as it is, and only in text.
 * The generator knows HTML through viewgen_place.h and C not at all: expressions are copied, and
 * #line makes the compiler speak of the .html.  It stops at the first thing that is wrong.
 *
 * White space: a line that holds only if, each, else, end, let, capture or a comment is dropped
 * whole; in text and between attributes other runs of white space become one; <pre> and
 * <textarea> keep theirs; a view neither begins nor ends with any.
 */
#include "viewgen.h"

#include <ctype.h>
#include <string.h>

/* The end of the C string or character that begins at p, at its closing quote; NULL: none. */
static const char *quote_end(const char *p)
{
    char quote = *p;
    for (p++; *p != quote; p++) {
        if (*p == '\\' && p[1] != '\0')
            p++;
        if (*p == '\0' || *p == '\n')
            return NULL;
    }
    return p;
}

/* Where the directive that begins at p (after the braces) ends: at its closing braces, or NULL.
 * Knows the strings, characters and brackets of C. */
static const char *directive_end(const char *p)
{
    int open = 0;
    if (*p == '#')
        return strstr(p, "}}");
    for (; *p != '\0'; p++) {
        if (open == 0 && p[0] == '}' && p[1] == '}')
            return p;
        open += strchr("([{", *p) != NULL;
        open -= strchr(")]}", *p) != NULL;
        if (open < 0)
            return NULL;
        if (*p == '"' || *p == '\'')
            p = quote_end(p);
        if (p == NULL)
            return NULL;
    }
    return NULL;
}

static bool is_control(const char *p)
{
    return *p == '#' || gen_word(p, "if") || gen_word(p, "each") || gen_word(p, "else") ||
           gen_word(p, "end") || gen_word(p, "let") || gen_word(p, "capture") ||
           gen_word(p, "view") || gen_word(p, "include");
}

/* When the line at p holds only control directives and white space: its end; else NULL. */
static const char *control_line_end(const char *p)
{
    bool found = false;
    for (;;) {
        p += strspn(p, " \t\r");
        if (*p == '\n' || *p == '\0')
            return found ? p + (*p == '\n') : NULL;
        if (p[0] != '{' || p[1] != '{' || !is_control(gen_skip_space(p + 2)))
            return NULL;
        p = directive_end(gen_skip_space(p + 2));
        if (p == NULL)
            return NULL;
        p += 2;
        found = true;
    }
}

static void begin_view(struct gen *g, const char *p, const char *end);

static void include(struct gen *g, const char *p, const char *end)
{
    if (g->in_view)
        gen_fail(g, "include stands before the first view");
    else if (*p == '"' && end[-1] == '"')
        fprintf(g->c, "#include %.*s\n", (int)(end - p), p);
    else
        gen_fail(g, "include is {{include \"path/of.h\"}}");
}

static const struct {
    const char *word;
    void (*write)(struct gen *g, const char *p, const char *end);
    bool outside; /* may stand outside a view */
} directives[] = {
    {"view", begin_view, true}, {"include", include, true},
    {"if", gen_if, false},      {"each", gen_each, false},
    {"else", gen_else, false},  {"end", gen_end, false},
    {"let", gen_let, false},    {"capture", gen_capture, false},
    {"use", gen_use, false},    {"attributes", gen_attributes, false},
};

/* One directive, from p (after the opening braces and white space) to end (the closing braces). */
static void directive(struct gen *g, const char *p, const char *end)
{
    while (end > p && strchr(" \t\r\n", end[-1]) != NULL)
        end--;
    if (*p == '#')
        return;
    for (size_t i = 0; i < sizeof directives / sizeof directives[0]; i++) {
        const char *rest = gen_word(p, directives[i].word);
        if (rest != NULL && (g->in_view || directives[i].outside)) {
            gen_settle(g);
            directives[i].write(g, rest < end ? rest : end, end);
            return;
        }
    }
    if (g->in_view) {
        gen_settle(g);
        gen_value(g, p, end);
    } else {
        gen_fail(g, "before the first view only {{include \"...\"}} and comments may stand");
    }
}

/* --- views and files --- */

static void end_view(struct gen *g)
{
    if (!g->in_view || g->failed)
        return;
    if (g->depth > 0) {
        g->line = g->stack[g->depth - 1].line;
        gen_fail(g, "if, each or capture without end");
    }
    if (g->place.at != (g->view_in_tag ? AT_TAG : AT_TEXT) || g->place.inside[0] != '\0')
        gen_fail(g, "the view ends inside a tag");
    g->space = 0;
    gen_end_run(g);
    fputs("}\n", g->c);
    g->in_view = false;
}

/* Writes the heads of the function; a view in a tag is for its own file. */
static void write_signature(struct gen *g, const char *name, const char *parameters, int length)
{
    const char *comma = length > 0 ? ", " : "";
    if (g->view_in_tag)
        memcpy(g->in_tag_views[g->in_tag_count++], name, strlen(name) + 1);
    else
        fprintf(g->h, "void %s(struct view *out%s%.*s);\n", name, comma, length, parameters);
    fprintf(g->c, "\n#line %d \"%s\"\n%svoid %s(struct view *out%s%.*s)\n{\n", g->line, g->file,
            g->view_in_tag ? "static " : "", name, comma, length, parameters);
}

static void begin_view(struct gen *g, const char *p, const char *end)
{
    char name[NAME_BYTES];
    const char *rest = gen_name(p, name);
    end_view(g);
    g->view_in_tag = end - p > 6 && strncmp(end - 6, "in tag", 6) == 0;
    if (g->view_in_tag)
        end -= 6;
    while (end > p && strchr(" \t\r\n", end[-1]) != NULL)
        end--;
    if (rest == NULL || *rest != '(' || end[-1] != ')') {
        gen_fail(g, "a view begins with {{view name (parameters)}}");
        return;
    }
    if (g->in_tag_count == IN_TAG_VIEWS) {
        gen_fail(g, "too many views in tags");
        return;
    }
    rest = gen_skip_space(rest + 1);
    write_signature(g, name, rest, (int)(end - 1 - rest));
    g->place = (struct place){.at = g->view_in_tag ? AT_TAG : AT_TEXT};
    g->in_view = true;
    g->space = g->view_in_tag ? ' ' : 0;
    g->was_space = !g->view_in_tag;
}

static void count_lines(struct gen *g, const char *from, const char *to)
{
    for (; from < to; from++)
        g->line += *from == '\n';
}

/* Reads one directive at p, which stands at "{{"; gives what follows it. */
static const char *read_directive(struct gen *g, const char *p)
{
    const char *begin = gen_skip_space(p + 2);
    const char *end = directive_end(begin);
    if (end == NULL) {
        gen_fail(g, "{{ without its }}, or with brackets or quotes that do not match");
        return p;
    }
    directive(g, begin, end);
    count_lines(g, p, end);
    return end + 2;
}

/* A line of control directives, up to its end. */
static const char *read_control_line(struct gen *g, const char *p, const char *end)
{
    while (p < end && !g->failed) {
        if (*p == '{')
            p = read_directive(g, p);
        else
            g->line += *p++ == '\n';
    }
    return p;
}

/* One byte that is no directive. */
static const char *read_byte(struct gen *g, const char *p)
{
    if (g->in_view)
        gen_literal(g, p);
    else if (strchr(" \t\r\n", *p) == NULL)
        gen_fail(g, "text before the first {{view name (parameters)}}");
    g->line += *p == '\n';
    return p + 1;
}

static void read_text(struct gen *g, const char *text)
{
    for (const char *p = text; *p != '\0' && !g->failed;) {
        const char *line_end = p == text || p[-1] == '\n' ? control_line_end(p) : NULL;
        bool is_view = p[0] == '{' && p[1] == '{' && gen_word(gen_skip_space(p + 2), "view");
        if (line_end != NULL && (!g->in_view || place_is_loose(&g->place)))
            p = read_control_line(g, p, line_end);
        else if (is_view)
            gen_fail(g, "a view begins on a line of its own");
        else if (p[0] == '{' && p[1] == '{')
            p = read_directive(g, p);
        else
            p = read_byte(g, p);
    }
}

/* The path as an #include names it: what follows the last "src/", else the last name. */
const char *gen_include_name(const char *path)
{
    const char *found = strrchr(path, '/');
    found = found == NULL ? path : found + 1;
    for (const char *p = path; (p = strstr(p, "src/")) != NULL; p++)
        if (p == path || p[-1] == '/')
            found = p + 4;
    return found;
}

static void write_tops(struct gen *g, const char *header)
{
    const char *name = gen_include_name(g->file);
    char guard[200];
    size_t n = 0;
    for (; n < sizeof guard - 1 && name[n] != '\0'; n++)
        guard[n] = isalnum((unsigned char)name[n]) ? (char)toupper((unsigned char)name[n]) : '_';
    guard[n] = '\0';
    fprintf(g->h,
            "/* Written by tools/viewgen from %s: edit that file, not this one. */\n"
            "#ifndef %s_H\n#define %s_H\n\n#include \"platform/view/view.h\"\n",
            name, guard, guard);
    if (header[0] != '\0')
        fprintf(g->h, "#include \"%s\"\n", header);
    fputc('\n', g->h);
    fprintf(g->c,
            "/* Written by tools/viewgen from %s: edit that file, not this one. */\n"
            "#include \"%s.h\"\n#include \"platform/view/components.h\"\n\n"
            "#pragma GCC diagnostic ignored \"-Wshadow\"\n"
            "#pragma GCC diagnostic ignored \"-Wunused-parameter\"\n",
            name, name);
}

bool gen_views(const struct gen_files *files)
{
    struct gen g = {.file = files->name,
                    .line = 1,
                    .h = files->h,
                    .c = files->c,
                    .complaints = files->complaints};
    write_tops(&g, files->header);
    read_text(&g, files->text);
    if (!g.failed && !g.in_view)
        gen_fail(&g, "no view: begin with {{view name (parameters)}}");
    end_view(&g);
    fputs("\n#endif\n", g.h);
    return !g.failed;
}
