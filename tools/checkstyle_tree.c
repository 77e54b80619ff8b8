/* SPDX-License-Identifier: MIT */
/* checkstyle_tree.c - gathers findings file by file, then what needs the whole tree. */
#include "checkstyle.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { LONG_PERCENT_MAX = 5, FUNCTIONS_FOR_A_SHARE = 20 };

void style_find(struct style *style, const struct style_file *file, int line, const char *format,
                ...)
{
    va_list ap;
    va_start(ap, format);
    char *message = mem_vformat(style->mem, format, ap);
    va_end(ap);
    style->findings = tool_room(style->mem, style->findings, sizeof *style->findings,
                                style->finding_count, &style->finding_room);
    style->findings[style->finding_count++] = (struct style_finding){file->path, line, message};
}

void style_add(struct style *style, const char *path, const char *text, size_t size_bytes)
{
    struct style_file *file = mem_new(style->mem, struct style_file);
    style->files = tool_room(style->mem, (void *)style->files, sizeof *style->files,
                             style->file_count, &style->file_room);
    style->files[style->file_count++] = file;
    if (strlen(text) != size_bytes) {
        *file = (struct style_file){.path = path, .text = ""};
        style_find(style, file, 1, "holds a zero byte");
        return;
    }
    if (style_ends(path, ".sql")) {
        *file = (struct style_file){.path = path, .text = text};
        style_check_sql(style, file);
        return;
    }
    style_cut(style->mem, path, text, file);
    style_check_text(style, file);
    style_check_includes(style, file);
    style_check_calls(style, file);
    style_check_code(style, file);
    style_check_variables(style, file);
}

static int by_place(const void *a, const void *b)
{
    const struct style_finding *x = a;
    const struct style_finding *y = b;
    int order = strcmp(x->path, y->path);
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* A handful of functions proves nothing about a share. */
static void check_share(struct style *style)
{
    if (style->function_count < FUNCTIONS_FOR_A_SHARE ||
        style->long_function_count * 100 <= style->function_count * LONG_PERCENT_MAX)
        return;
    struct style_file file = {.path = style->longest.path};
    style_find(
        style, &file, style->longest.line,
        "%d of %d functions are longer than 60 lines: at most %d in 100; this is the longest",
        style->long_function_count, style->function_count, LONG_PERCENT_MAX);
}

void style_finish(struct style *style)
{
    style_check_own_headers(style);
    style_check_circles(style);
    check_share(style);
    if (style->finding_count > 0)
        qsort(style->findings, (size_t)style->finding_count, sizeof *style->findings, by_place);
}
