/* SPDX-License-Identifier: MIT */
/*
 * library_text.c - safe Markdown with named blocks.
 *
 * A block is handed to Markdown as a fenced block of code, which it does not read, and comes back
 * by the function `fence` below, which writes the component.  So the words around it are one text:
 * headings keep their levels and link references work.
 */
#include "programme/library/library.h"

#include <string.h>

#include "platform/base/text.h"
#include "programme/library/library_block.h"
#include "programme/library/library_page.html.h"

enum { TEXT_GROWN_BYTES = 1 << 20 };

#define BLOCK_INFO ":::"

struct writing {
    struct ctx *ctx;
    const char *whole; /* the text without its blocks, for the list of contents */
    int table_count, rung_count;
    bool has_contents; /* the headings are listed once: more would say the same again */
};

static struct html no_markup(void)
{
    return (struct html){NULL};
}

/* ---- pieces of a block ---- */

static enum status inner(struct writing *w, const char *text, int level, struct html *out)
{
    const struct markdown_options options = {.is_ours = true, .heading_level = level};
    return markdown_html(w->ctx, text, &options, out);
}

/* One paragraph as it stands in a list: without the element around it. */
static enum status in_line(struct writing *w, const char *text, struct html *out)
{
    TRY(inner(w, text, 0, out));
    const char *html = out->trusted != NULL ? out->trusted : "";
    size_t length = strlen(html);
    if (!text_begins(html, "<p>") || !text_ends(html, "</p>\n") || strstr(html + 3, "<p>") != NULL)
        return OK;
    struct view bare = {.mem = w->ctx->mem};
    view_raw(&bare, html + 3, length - 3 - 5);
    *out = view_html(&bare);
    return OK;
}

/* What stands behind "- " or "* "; NULL: the line begins no item. */
static const char *item_text(const char *line)
{
    bool is_item = (line[0] == '-' || line[0] == '*') && line[1] == ' ';
    return is_item ? line + 2 : NULL;
}

static const char *built(struct text_builder *item)
{
    const char *text = "";
    return text_build_end(item, &text) == OK ? text
                                             : ""; /* no longer than the text it is part of */
}

/* The items of a block; a line that begins none belongs to the one before. */
static size_t read_items(struct mem *mem, const char *text, const char **items)
{
    struct text_builder item = text_build(mem, TEXT_GROWN_BYTES);
    size_t count = 0;
    for (const char *line; (line = library_line_next(mem, &text)) != NULL;) {
        const char *begun = item_text(line);
        if (line[strspn(line, " \t")] == '\0')
            continue;
        if (count > 0 && (begun == NULL || count == LIBRARY_BLOCK_LINES)) {
            text_add_format(&item, " %s", begun != NULL ? begun : line);
            continue;
        }
        if (count > 0)
            items[count - 1] = built(&item);
        item = text_build(mem, TEXT_GROWN_BYTES);
        text_add(&item, begun != NULL ? begun : line);
        count++;
    }
    if (count > 0)
        items[count - 1] = built(&item);
    return count;
}

/* ---- the blocks ---- */

static enum status write_list(struct writing *w, const struct library_mark *mark,
                              const struct markdown_fence *fence, struct view *out)
{
    struct mem *mem = w->ctx->mem;
    bool is_do = strcmp(mark->name, "do") == 0;
    const char **items = mem_array(mem, const char *, LIBRARY_BLOCK_LINES);
    size_t count = read_items(mem, fence->text, items);
    struct part *parts = mem_array(mem, struct part, count);
    for (size_t i = 0; i < count; i++)
        TRY(in_line(w, items[i], &parts[i].html));
    const char *heading = is_do ? "Do" : "Don’t";
    do_dont_list(out, &(const struct do_dont_list){
                          .heading = {.text = mark->words[0] != '\0' ? mark->words : heading,
                                      .level = fence->heading_level < 3 ? 3 : fence->heading_level},
                          .icon = is_do ? "tick" : "cross",
                          .items = parts,
                          .item_count = count,
                          .hide_prefix = true});
    return OK;
}

static enum status write_inset(struct writing *w, const struct library_mark *mark,
                               const struct markdown_fence *fence, struct view *out)
{
    struct html html = no_markup();
    (void)mark;
    TRY(inner(w, fence->text, fence->heading_level, &html));
    inset_text(out, &(const struct inset_text){.html = html});
    return OK;
}

static enum status write_action(struct writing *w, const struct library_mark *mark,
                                const struct markdown_fence *fence, struct view *out)
{
    const char *at = fence->text;
    struct library_written_link link;
    (void)mark;
    while (library_written_link_next(w->ctx->mem, &at, &link))
        if (!link.is_image && link.text[0] != '\0')
            action_link(out, &(const struct action_link){.text = link.text, .href = link.href});
    return OK;
}

static enum status write_contents(struct writing *w, const struct library_mark *mark,
                                  const struct markdown_fence *fence, struct view *out)
{
    struct mem *mem = w->ctx->mem;
    const char *at = fence->text;
    struct markdown_heading *headings = NULL;
    struct library_written_link link;
    size_t heading_count = 0, count = 0;
    bool is_own = library_written_link_next(mem, &at, &link);
    (void)mark;
    if (!is_own && w->has_contents)
        return OK;
    struct contents_item *items = mem_array(mem, struct contents_item, MARKDOWN_ANCHORS);
    for (bool is_more = is_own; is_more && count < MARKDOWN_ANCHORS;
         is_more = library_written_link_next(mem, &at, &link))
        items[count++] = (struct contents_item){.text = link.text, .href = link.href};
    if (!is_own) {
        w->has_contents = true;
        TRY(markdown_headings(w->ctx, w->whole, &headings, &heading_count));
        for (size_t i = 0; i < heading_count; i++)
            if (headings[i].level <= 2)
                items[count++] = (struct contents_item){
                    .text = headings[i].text, .href = mem_format(mem, "#%s", headings[i].id)};
    }
    if (count > 0)
        contents_list(out,
                      &(const struct contents_list){.items = items,
                                                    .item_count = count,
                                                    .aria_label = is_own ? NULL : "On this page"});
    return OK;
}

static enum status write_summary(struct writing *w, const struct library_mark *mark,
                                 const struct markdown_fence *fence, struct view *out)
{
    struct mem *mem = w->ctx->mem;
    const char **lines = mem_array(mem, const char *, LIBRARY_BLOCK_LINES);
    const char *at = fence->text;
    size_t count = 0;
    (void)mark;
    for (const char *line; (line = library_line_next(mem, &at)) != NULL;)
        if (count < LIBRARY_BLOCK_LINES && line[strspn(line, " \t")] != '\0')
            lines[count++] = item_text(line) != NULL ? item_text(line) : line;
    struct summary_list_row *rows = mem_array(mem, struct summary_list_row, count);
    for (size_t i = 0; i < count; i++) {
        const char *colon = strstr(lines[i], ": ");
        const char *key =
            colon != NULL ? mem_text_part(mem, lines[i], (size_t)(colon - lines[i])) : lines[i];
        TRY(in_line(w, key, &rows[i].key.html));
        TRY(in_line(w, colon != NULL ? colon + 2 : "", &rows[i].value.html));
    }
    summary_list(out, &(const struct summary_list){.rows = rows, .row_count = count});
    return OK;
}

static enum status write_captioned(struct writing *w, const struct library_mark *mark,
                                   const struct markdown_fence *fence, struct view *out)
{
    const char *id = mem_format(w->ctx->mem, "table-%d", ++w->table_count);
    const struct markdown_options options = {.is_ours = true,
                                             .heading_level = fence->heading_level,
                                             .table_caption =
                                                 mark->words[0] != '\0' ? mark->words : "Table",
                                             .table_caption_id = id};
    struct html table = no_markup();
    TRY(markdown_html(w->ctx, fence->text, &options, &table));
    scroll(out, &(const struct scroll){.html = table, .labelled_by = id});
    return OK;
}

/* Facts up to the first empty line, then words. */
static enum status write_rung(struct writing *w, const struct library_mark *mark,
                              const struct markdown_fence *fence, struct view *out)
{
    struct mem *mem = w->ctx->mem;
    const char *parted = strstr(fence->text, "\n\n");
    const char *facts = parted != NULL
                            ? mem_text_part(mem, fence->text, (size_t)(parted - fence->text))
                            : fence->text;
    struct view list = {.mem = mem};
    struct library_rung rung = {.number = ++w->rung_count,
                                .title = mark->words,
                                .heading_level = fence->heading_level < 3 ? 2 : 3};
    const struct markdown_fence inside = {"", facts, fence->heading_level};
    TRY(write_summary(w, mark, &inside, &list));
    rung.facts = view_html(&list);
    TRY(inner(w, parted != NULL ? parted : "", rung.heading_level + 1, &rung.text));
    library_rung_show(out, &rung);
    return OK;
}

static const struct block {
    const char *name;
    enum status (*write)(struct writing *w, const struct library_mark *mark,
                         const struct markdown_fence *fence, struct view *out);
    const char *plain; /* what stands in front in plain text; NULL: the block is left out */
} blocks[] = {
    {"do", write_list, "Do"},           {"dont", write_list, "Do not"},
    {"inset", write_inset, ""},         {"action", write_action, ""},
    {"contents", write_contents, NULL}, {"summary", write_summary, ""},
    {"table", write_captioned, ""},     {"rung", write_rung, ""},
};

static const struct block *block_find(const char *name)
{
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (strcmp(blocks[i].name, name) == 0)
            return &blocks[i];
    return NULL;
}

bool library_block_is_known(const char *name)
{
    return block_find(name) != NULL;
}

static enum status write_fence(void *arg, const struct markdown_fence *fence, struct view *out)
{
    struct writing *w = arg;
    struct library_mark mark;
    if (!library_mark_read(w->ctx->mem, fence->info, &mark))
        return ERR_NOT_FOUND;
    const struct block *block = block_find(mark.name);
    return block != NULL ? block->write(w, &mark, fence, out) : ERR_NOT_FOUND;
}

/* ---- the whole ---- */

/* A row of marks that is longer than any in the text. */
static const char *marks_for(struct mem *mem, const char *text)
{
    size_t longest = 2, run = 0;
    for (const char *c = text; *c != '\0'; c++) {
        run = *c == '~' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    char *marks = mem_bytes(mem, longest + 2);
    memset(marks, '~', longest + 1);
    marks[longest + 1] = '\0';
    return marks;
}

struct passing {
    struct mem *mem;
    struct text_builder out;
    const struct block *open; /* the block that the line stands in */
    bool is_in_code, is_plain;
    const char *marks;
};

static void begin_block(struct passing *p, const struct library_mark *mark)
{
    p->open = block_find(mark->name);
    if (p->open == NULL)
        return;
    if (!p->is_plain) {
        text_add_format(&p->out, "\n%s" BLOCK_INFO " %s %s\n", p->marks, mark->name, mark->words);
        return;
    }
    const char *words = mark->words[0] != '\0' ? mark->words : p->open->plain;
    if (p->open->plain != NULL && words[0] != '\0')
        text_add_format(&p->out, "\n%s\n\n", words);
    else
        text_add(&p->out, "\n");
}

static void end_block(struct passing *p)
{
    if (p->open != NULL)
        text_add_format(&p->out, "%s\n", p->is_plain ? "" : p->marks);
    p->open = NULL;
}

static void pass_line(struct passing *p, const char *line)
{
    struct library_mark mark;
    bool is_mark = !p->is_in_code && library_mark_read(p->mem, line, &mark);
    if (is_mark && mark.name[0] == '\0') {
        end_block(p);
    } else if (is_mark && p->open == NULL) {
        begin_block(p, &mark);
    } else if (!is_mark) {
        if (p->open == NULL && library_line_is_fence(line))
            p->is_in_code = !p->is_in_code;
        if (!p->is_plain || p->open == NULL || p->open->plain != NULL)
            text_add_format(&p->out, "%s\n", line);
        /* Facts are lines; without an empty one between they would run together. */
        if (p->is_plain && p->open != NULL && strcmp(p->open->name, "summary") == 0)
            text_add(&p->out, "\n");
    }
}

static enum status pass(struct ctx *ctx, const char *text, bool is_plain, const char **out)
{
    text = text != NULL ? text : "";
    struct passing p = {.mem = ctx->mem,
                        .out = text_build(ctx->mem, TEXT_GROWN_BYTES),
                        .is_plain = is_plain,
                        .marks = marks_for(ctx->mem, text)};
    for (const char *line; (line = library_line_next(ctx->mem, &text)) != NULL;)
        pass_line(&p, line);
    end_block(&p);
    if (text_build_end(&p.out, out) != OK)
        return ctx_fail(ctx, ERR_INVALID, "a text grows beyond %d bytes", TEXT_GROWN_BYTES);
    return OK;
}

enum status library_markdown(struct ctx *ctx, const char *text, struct html *out)
{
    struct writing w = {.ctx = ctx};
    *out = no_markup();
    TRY(pass(ctx, text, false, &w.whole));
    const struct markdown_options options = {
        .is_ours = true, .has_anchors = true, .fence = write_fence, .fence_arg = &w};
    return markdown_html(ctx, w.whole, &options, out);
}

enum status library_markdown_plain(struct ctx *ctx, const char *text, const char **out)
{
    const char *bare;
    *out = "";
    TRY(pass(ctx, text, true, &bare));
    return markdown_plain(ctx, bare, out);
}

enum status library_markdown_words(struct ctx *ctx, const char *text, const char **out)
{
    const char *bare;
    *out = "";
    TRY(pass(ctx, text, true, &bare));
    return markdown_words(ctx, bare, out);
}
