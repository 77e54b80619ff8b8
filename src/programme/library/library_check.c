/* SPDX-License-Identifier: MIT */
/* library_check.c - what an editor should mend in a text. */
#include "programme/library/library.h"

#include <string.h>

#include "platform/base/text.h"
#include "programme/library/library_block.h"

enum { BARE_BYTES = 1 << 20, SHOWN_CHARS = 60 };

/* A fence counts outside blocks only, as where the text is shown. */
static bool is_code_after(bool is_in_code, bool is_in_block, const char *line)
{
    return !is_in_block && library_line_is_fence(line) ? !is_in_code : is_in_code;
}

/* The text without the marks of its blocks, so that all of it is read as Markdown. */
static enum status without_marks(struct ctx *ctx, const char *text, const char **out)
{
    struct text_builder bare = text_build(ctx->mem, BARE_BYTES);
    bool is_in_code = false, is_in_block = false;
    struct library_mark mark;
    for (const char *line; (line = library_line_next(ctx->mem, &text)) != NULL;) {
        is_in_code = is_code_after(is_in_code, is_in_block, line);
        bool is_mark = !is_in_code && library_mark_read(ctx->mem, line, &mark);
        if (is_mark)
            is_in_block =
                mark.name[0] != '\0' && (is_in_block || library_block_is_known(mark.name));
        text_add_format(&bare, "%s\n", is_mark ? "" : line);
    }
    if (text_build_end(&bare, out) != OK)
        return ctx_fail(ctx, ERR_INVALID, "a text is longer than %d bytes", BARE_BYTES);
    return OK;
}

enum status library_things(struct ctx *ctx, const char *text, struct markdown_thing **out,
                           size_t *count_out)
{
    const char *bare;
    TRY(without_marks(ctx, text != NULL ? text : "", &bare));
    return markdown_things(ctx, bare, LIBRARY_THINGS, out, count_out);
}

static const char *mark_problem(struct mem *mem, const struct library_mark *mark, bool *is_open)
{
    if (mark->name[0] == '\0') {
        bool was_open = *is_open;
        *is_open = false;
        return was_open ? NULL : "A line “:::” ends a block that has not begun.";
    }
    if (*is_open)
        return mem_format(mem, "The block “%s” begins inside another. End that one with “:::”.",
                          mark->name);
    *is_open = true;
    if (library_block_is_known(mark->name))
        return NULL;
    return mem_format(mem,
                      "There is no block “%s”. There are do, dont, inset, action, contents, "
                      "summary, table and rung.",
                      text_cut(mem, mark->name, SHOWN_CHARS));
}

static void check_marks(struct ctx *ctx, const char *text, const char *field,
                        struct form_problems *problems)
{
    bool is_open = false, is_in_code = false;
    struct library_mark mark;
    for (const char *line; (line = library_line_next(ctx->mem, &text)) != NULL;) {
        is_in_code = is_code_after(is_in_code, is_open, line);
        if (is_in_code || !library_mark_read(ctx->mem, line, &mark))
            continue;
        const char *problem = mark_problem(ctx->mem, &mark, &is_open);
        if (problem != NULL)
            form_wrong(problems, field, problem);
    }
    if (is_open)
        form_wrong(problems, field, "A block is not closed. Add a line “:::” at its end.");
}

static const char *image_problem(struct mem *mem, const struct markdown_thing *thing)
{
    const char *href = text_cut(mem, thing->href, SHOWN_CHARS);
    if (thing->text[strspn(thing->text, " ")] == '\0')
        return mem_format(mem,
                          "The picture %s has no alternative text. Say in the square brackets what "
                          "it shows.",
                          href);
    if (!thing->is_shown)
        return mem_format(mem, "The picture %s is not of this site. Upload it here first.", href);
    return NULL;
}

static const char *thing_problem(struct mem *mem, const struct markdown_thing *thing)
{
    switch (thing->what) {
    case MARKDOWN_IMAGE:
        return image_problem(mem, thing);
    case MARKDOWN_LINK:
        return thing->is_shown
                   ? NULL
                   : mem_format(mem,
                                "The link “%s” cannot go to “%s”. A link begins with /, https: or "
                                "mailto:.",
                                text_cut(mem, thing->text, SHOWN_CHARS),
                                text_cut(mem, thing->href, SHOWN_CHARS));
    case MARKDOWN_HTML:
        break;
    }
    return text_begins(thing->text, "<!--")
               ? NULL
               : mem_format(mem, "HTML is not shown: “%s”. Write it in Markdown.",
                            text_cut(mem, thing->text, SHOWN_CHARS));
}

enum status library_text_check(struct ctx *ctx, const char *text, const char *field,
                               struct form_problems *problems)
{
    struct markdown_thing *things;
    struct html html;
    size_t count;
    text = text != NULL ? text : "";
    check_marks(ctx, text, field, problems);
    enum status status = library_markdown(ctx, text, &html);
    if (status == OK)
        status = library_things(ctx, text, &things, &count);
    if (status == ERR_INVALID) {
        ctx->fault = NULL;
        form_wrong(problems, field,
                   "This text is too long, or too deeply nested, to be shown. Make it simpler.");
        return OK;
    }
    TRY(status);
    for (size_t i = 0; i < count; i++) {
        const char *problem = thing_problem(ctx->mem, &things[i]);
        if (problem != NULL)
            form_wrong(problems, field, problem);
    }
    return OK;
}
