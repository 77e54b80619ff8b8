/* SPDX-License-Identifier: MIT */
/*
 * viewgen_block.c - writes the C of literals and directives, for tools/viewgen.
 *
 * Each if, each and capture is a frame.  It remembers the place in the HTML where it began, and
 * every branch must end at that same place; what may differ (how far an address has come, whether
 * white space was written last) is merged, always to the more careful answer.
 */
#include "viewgen.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

void gen_fail(struct gen *g, const char *format, ...)
{
    va_list ap;
    if (g->failed)
        return;
    g->failed = true;
    fprintf(g->complaints, "%s:%d: ", g->file, g->line);
    va_start(ap, format);
    /* Read twice, as part of two programs, clang-tidy does not know va_start the second time. */
    vfprintf(g->complaints, format, ap); /* NOLINT(clang-analyzer-valist.Uninitialized) */
    va_end(ap);
    fputc('\n', g->complaints);
}

const char *gen_skip_space(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

/* After the word at p, or NULL when another stands there. */
const char *gen_word(const char *p, const char *wanted)
{
    size_t length = strlen(wanted);
    if (strncmp(p, wanted, length) != 0 || isalnum((unsigned char)p[length]) || p[length] == '_')
        return NULL;
    return gen_skip_space(p + length);
}

/* Reads a name of a view at p; gives what follows it, or NULL. */
const char *gen_name(const char *p, char name[NAME_BYTES])
{
    size_t length = strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (length == 0 || length >= NAME_BYTES || isdigit((unsigned char)*p) ||
        isupper((unsigned char)p[length]))
        return NULL;
    memcpy(name, p, length);
    name[length] = '\0';
    return gen_skip_space(p + length);
}

void gen_end_run(struct gen *g)
{
    if (g->run_bytes > 0)
        fprintf(g->c, "\", %zu);\n", g->run_bytes);
    g->run_bytes = 0;
}

static void write_char(struct gen *g, char ch)
{
    if (g->run_bytes == 0)
        fputs("    view_raw(out, \"", g->c);
    g->run_bytes++;
    if (ch == '\n')
        fputs("\\n\"\n                  \"", g->c);
    else if (ch == '\t')
        fputs("\\t", g->c);
    else if (ch == '"' || ch == '\\' || ch == '?') /* "?": no trigraphs */
        fprintf(g->c, "\\%c", ch);
    else
        fputc(ch, g->c);
}

static void write_space(struct gen *g)
{
    if (g->space != 0 && !g->was_space) {
        write_char(g, g->space);
        g->was_space = true;
    }
    g->space = 0;
}

void gen_literal(struct gen *g, const char *p)
{
    char about[128];
    enum place_at was_at = g->place.at;
    const char *wrong = place_next(&g->place, p, about, sizeof about);
    if (wrong != NULL) {
        gen_fail(g, "%s", wrong);
        return;
    }
    if ((unsigned char)*p < ' ' && strchr("\n\t\r", *p) == NULL)
        gen_fail(g, "a control character");
    if (strchr(" \n\t\r", *p) != NULL && place_is_loose(&g->place)) {
        char space = *p == '\n' && g->place.at == AT_TEXT ? '\n' : ' ';
        g->space = g->space == '\n' ? '\n' : space;
        return;
    }
    if (was_at == AT_TAG && *p == '>')
        g->space = 0;
    write_space(g);
    write_char(g, *p);
    g->was_space = false;
}

void gen_settle(struct gen *g)
{
    char about[128];
    const char *wrong = place_settle(&g->place, about, sizeof about);
    if (wrong != NULL)
        gen_fail(g, "%s", wrong);
}

static void code_line(struct gen *g)
{
    gen_end_run(g);
    fprintf(g->c, "#line %d \"%s\"\n", g->line, g->file);
}

static struct frame *push(struct gen *g, enum kind kind)
{
    if (g->depth == DEPTH)
        gen_fail(g, "too many ifs inside one another");
    struct frame *frame = &g->stack[g->depth < DEPTH ? g->depth++ : DEPTH];
    *frame =
        (struct frame){.kind = kind, .line = g->line, .begin = g->place, .was_space = g->was_space};
    return frame;
}

void gen_if(struct gen *g, const char *p, const char *end)
{
    write_space(g);
    code_line(g);
    fprintf(g->c, "    if (%.*s) {\n", (int)(end - p), p);
    push(g, KIND_IF);
}

void gen_each(struct gen *g, const char *p, const char *end)
{
    const char *in = NULL;
    const char *comma = NULL;
    int open = 0;
    for (const char *q = p; q < end; q++) {
        if (in == NULL && strncmp(q, " in ", 4) == 0)
            in = q;
        open += (*q == '(' || *q == '[' || *q == '{') - (*q == ')' || *q == ']' || *q == '}');
        if (*q == ',' && open == 0)
            comma = q;
    }
    if (in == NULL || comma == NULL || comma < in) {
        gen_fail(g, "each is {{each T *name in array, count}}");
        return;
    }
    write_space(g);
    code_line(g);
    fprintf(g->c, "    for (size_t each_index = 0; each_index < (size_t)(%.*s); each_index++) {\n",
            (int)(end - comma - 1), comma + 1);
    fprintf(g->c, "#line %d \"%s\"\n", g->line, g->file);
    fprintf(g->c, "    %.*s = &(%.*s)[each_index];\n", (int)(in - p), p, (int)(comma - in - 4),
            in + 4);
    push(g, KIND_EACH);
}

void gen_capture(struct gen *g, const char *p, const char *end)
{
    char name[NAME_BYTES];
    const char *rest = gen_name(p, name);
    if (rest != end) {
        gen_fail(g, "capture is {{capture name}}");
        return;
    }
    if (g->place.at != AT_TEXT || g->place.inside[0] != '\0') {
        gen_fail(g, "capture stands in text only");
        return;
    }
    code_line(g);
    fprintf(g->c, "    struct html %s;\n    {\n    const size_t %s_at = out->length_bytes;\n", name,
            name);
    struct frame *frame = push(g, KIND_CAPTURE);
    memcpy(frame->name, name, sizeof name);
    g->space = 0;
    g->was_space = true;
}

/* A branch ends here: it must end where it began. */
static void branch_ends(struct gen *g, struct frame *frame)
{
    const char *wrong = place_branch_ends(&g->place);
    if (frame->kind == KIND_CAPTURE)
        g->space = 0;
    write_space(g);
    gen_end_run(g);
    if (wrong != NULL)
        gen_fail(g, "%s", wrong);
    if (!place_same(&g->place, &frame->begin))
        gen_fail(g, "the HTML stands in another place here than at line %d, where this began",
                 frame->line);
    if (frame->has_end) {
        place_merge(&frame->end, &g->place);
        frame->end_space = frame->end_space && g->was_space;
    } else {
        frame->end = g->place;
        frame->end_space = g->was_space;
    }
    frame->has_end = true;
}

void gen_else(struct gen *g, const char *p, const char *end)
{
    struct frame *frame = g->depth > 0 ? &g->stack[g->depth - 1] : NULL;
    const char *condition = gen_word(p, "if");
    if (frame == NULL || frame->kind != KIND_IF || frame->has_else) {
        gen_fail(g, "else without if");
        return;
    }
    if (condition == NULL && p != end) {
        gen_fail(g, "else is {{else}} or {{else if condition}}");
        return;
    }
    branch_ends(g, frame);
    g->place = frame->begin;
    g->was_space = frame->was_space;
    if (condition == NULL) {
        frame->has_else = true;
        fputs("    } else {\n", g->c);
        return;
    }
    fputs("    } else\n", g->c);
    code_line(g);
    fprintf(g->c, "    if (%.*s) {\n", (int)(end - condition), condition);
}

void gen_end(struct gen *g, const char *p, const char *end)
{
    if (p != end) {
        gen_fail(g, "end is {{end}}");
        return;
    }
    if (g->depth == 0) {
        gen_fail(g, "end without if, each or capture");
        return;
    }
    struct frame *frame = &g->stack[--g->depth];
    branch_ends(g, frame);
    if (frame->kind == KIND_CAPTURE) {
        fprintf(g->c, "    %s = view_cut(out, %s_at);\n    }\n", frame->name, frame->name);
        g->place = frame->begin;
        g->was_space = frame->was_space;
        return;
    }
    if (frame->kind == KIND_EACH && frame->was_space && !g->was_space) {
        write_char(g, g->place.at == AT_TEXT ? '\n' : ' ');
        gen_end_run(g);
    }
    if (!frame->has_else) {
        place_merge(&frame->end, &frame->begin);
        frame->end_space = frame->end_space && frame->was_space;
    }
    g->place = frame->end;
    g->was_space = frame->end_space || (frame->kind == KIND_EACH && frame->was_space);
    fputs("    }\n", g->c);
}

static bool is_in_tag_view(const struct gen *g, const char *name)
{
    for (size_t i = 0; i < g->in_tag_count; i++)
        if (strcmp(g->in_tag_views[i], name) == 0)
            return true;
    return false;
}

/* {{use view(arguments)}}: p stands at the name. */
void gen_use(struct gen *g, const char *p, const char *end)
{
    char name[NAME_BYTES];
    const char *rest = gen_name(p, name);
    if (rest == NULL || *rest != '(' || end[-1] != ')') {
        gen_fail(g, "use is {{use view(arguments)}}");
        return;
    }
    if (is_in_tag_view(g, name) ? g->place.at != AT_TAG
                                : g->place.at != AT_TEXT || g->place.inside[0] != '\0') {
        gen_fail(g, "view %s cannot be used in this place", name);
        return;
    }
    rest = gen_skip_space(rest + 1);
    if (g->place.at == AT_TAG)
        g->space = 0;
    write_space(g);
    code_line(g);
    fprintf(g->c, "    %s(out%s%.*s;\n", name, *rest == ')' ? "" : ", ", (int)(end - rest), rest);
    g->place.is_glued = true;
    g->was_space = false;
}

/* {{thing(.member = value)}}: true when the directive has this form. */
static bool component(struct gen *g, const char *p, const char *end)
{
    char name[NAME_BYTES];
    const char *rest = gen_name(p, name);
    if (rest == NULL || *rest != '(' || end[-1] != ')')
        return false;
    rest = gen_skip_space(rest + 1);
    if (*rest != '.' && *rest != ')')
        return false;
    if (g->place.at != AT_TEXT || g->place.inside[0] != '\0') {
        gen_fail(g, "component %s cannot be used in this place", name);
        return true;
    }
    write_space(g);
    code_line(g);
    fprintf(g->c, "    %s(out, &(const struct %s){%.*s});\n", name, name,
            rest == end - 1 ? 1 : (int)(end - 1 - rest), rest == end - 1 ? "0" : rest);
    g->was_space = false;
    return true;
}

void gen_value(struct gen *g, const char *p, const char *end)
{
    const char *wrong;
    if (component(g, p, end))
        return;
    const char *escaper = place_escaper(&g->place, &wrong);
    if (p == end)
        wrong = "an empty directive";
    if (wrong != NULL) {
        gen_fail(g, "%s", wrong);
        return;
    }
    write_space(g);
    code_line(g);
    fprintf(g->c, "    %s(out, %.*s);\n", escaper, (int)(end - p), p);
    place_value_written(&g->place);
    g->was_space = false;
}

void gen_attributes(struct gen *g, const char *p, const char *end)
{
    if (g->place.at != AT_TAG) {
        gen_fail(g, "attributes stand inside a tag");
        return;
    }
    g->space = 0;
    code_line(g);
    fprintf(g->c, "    view_attributes(out, %.*s);\n", (int)(end - p), p);
    g->place.is_glued = true;
    g->was_space = false;
}

void gen_let(struct gen *g, const char *p, const char *end)
{
    gen_end_run(g);
    code_line(g);
    fprintf(g->c, "    %.*s;\n", (int)(end - p), p);
}
