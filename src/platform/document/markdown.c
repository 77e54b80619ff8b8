/* SPDX-License-Identifier: MIT */
/*
 * markdown.c - walks the tree that cmark-gfm made of a text, and writes every tag itself.
 *
 * cmark-gfm's own renderer is not used.  The tree is walked (never by recursion) and each node
 * that is known writes its tags; a node that is not known, HTML above all, writes nothing.
 */
#include "platform/document/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>
#include <strings.h>

#include "platform/document/markdown_anchor.h"
#include "platform/document/markdown_tree.h"

enum { HEADING_DEEPEST = 6 };

struct writing {
    struct view *out;
    const struct markdown_options *options;
    int open_headings[HEADING_DEEPEST]; /* the writer's levels that enclose this place */
    int open_heading_count;
    int plain_depth; /* inside a picture's alternative text */
    bool is_table_head, has_caption;
    int column;
    cmark_node *table;
    struct markdown_anchors *anchors;
    enum status status; /* of what the caller's own blocks did */
};

/* ---- addresses ---- */

/* The scheme with its colon is so long; 0: the address is relative. */
static size_t scheme_length(const char *url)
{
    size_t length = strcspn(url, ":/?#");
    return url[length] == ':' ? length + 1 : 0;
}

bool markdown_is_other_site(const char *url)
{
    bool is_web = strncasecmp(url, "http:", 5) == 0 || strncasecmp(url, "https:", 6) == 0;
    bool has_host = (url[0] == '/' || url[0] == '\\') && (url[1] == '/' || url[1] == '\\');
    return is_web || has_host;
}

bool markdown_may_link(const char *url)
{
    for (const char *c = url; *c != '\0'; c++)
        if ((unsigned char)*c <= ' ')
            return false;
    size_t length = scheme_length(url);
    return length == 0 || markdown_is_other_site(url) || strncasecmp(url, "mailto:", 7) == 0;
}

/* ---- writing ---- */

static void raw(struct writing *w, const char *literal)
{
    view_raw(w->out, literal, strlen(literal));
}

/* Level 2 of a page looks like m, 3 like s, and so on, as in the design system's guidance. */
static const char *heading_class(int level)
{
    static const char *const classes[] = {"l", "l", "m", "s", "xs", "xs", "xs"};
    return classes[level];
}

/* The page's level of a heading: one deeper than those of the writer that enclose it. */
static int page_level(struct writing *w, int writers_level)
{
    while (w->open_heading_count > 0 &&
           w->open_headings[w->open_heading_count - 1] >= writers_level)
        w->open_heading_count--;
    int level = w->options->heading_level + w->open_heading_count;
    w->open_headings[w->open_heading_count++] = writers_level;
    return level < HEADING_DEEPEST ? level : HEADING_DEEPEST;
}

static void write_anchor(struct writing *w, cmark_node *heading)
{
    if (!w->options->has_anchors)
        return;
    struct mem *mem = w->out->mem;
    const char *id = markdown_anchor(mem, w->anchors, markdown_heading_text(mem, heading));
    if (id == NULL)
        return;
    raw(w, " id=\"");
    view_text_str(w->out, id);
    raw(w, "\"");
}

static void write_heading(struct writing *w, cmark_node *node, bool is_enter)
{
    int level = page_level(w, cmark_node_get_heading_level(node));
    raw(w, is_enter ? "<h" : "</h");
    view_text_int(w->out, level);
    if (is_enter) {
        raw(w, " class=\"nhsuk-heading-");
        raw(w, heading_class(level));
        raw(w, "\"");
        write_anchor(w, node);
    }
    raw(w, is_enter ? ">" : ">\n");
}

static void write_list(struct writing *w, cmark_node *node, bool is_enter)
{
    bool is_bullet = cmark_node_get_list_type(node) == CMARK_BULLET_LIST;
    if (!is_enter) {
        raw(w, is_bullet ? "</ul>\n" : "</ol>\n");
    } else if (is_bullet) {
        raw(w, "<ul class=\"nhsuk-list nhsuk-list--bullet\">\n");
    } else {
        int start = cmark_node_get_list_start(node);
        raw(w, "<ol class=\"nhsuk-list nhsuk-list--number\"");
        if (start != 1) {
            raw(w, " start=\"");
            view_text_int(w->out, start);
            raw(w, "\"");
        }
        raw(w, ">\n");
    }
}

static void write_link(struct writing *w, cmark_node *node, bool is_enter)
{
    const char *url = cmark_node_get_url(node);
    if (!markdown_may_link(url) || url[0] == '\0')
        return;
    if (!is_enter) {
        raw(w, "</a>");
        return;
    }
    raw(w, "<a class=\"nhsuk-link\" href=\"");
    view_url(w->out, url);
    raw(w, !w->options->is_ours && markdown_is_other_site(url) ? "\" rel=\"nofollow noreferrer\">"
                                                               : "\">");
}

static void write_image(struct writing *w, cmark_node *node, bool is_enter)
{
    const char *url = cmark_node_get_url(node);
    bool is_shown = w->options->is_ours && url[0] == '/' && !markdown_is_other_site(url) &&
                    w->plain_depth == (is_enter ? 0 : 1);
    w->plain_depth += is_enter ? 1 : -1;
    if (!is_shown)
        return;
    if (!is_enter) {
        raw(w, "\">");
        return;
    }
    raw(w, "<img class=\"nhsuk-image__img\" src=\"");
    view_url(w->out, url);
    raw(w, "\" alt=\"");
}

/* A paragraph of a tight list is bare text in its item. */
static bool is_in_tight_list(cmark_node *paragraph)
{
    cmark_node *item = cmark_node_parent(paragraph);
    cmark_node *list = item != NULL ? cmark_node_parent(item) : NULL;
    return list != NULL && cmark_node_get_type(list) == CMARK_NODE_LIST &&
           cmark_node_get_list_tight(list);
}

static bool is_right_aligned(const struct writing *w)
{
    return w->column < cmark_gfm_extensions_get_table_columns(w->table) &&
           cmark_gfm_extensions_get_table_alignments(w->table)[w->column] == 'r';
}

static void write_cell(struct writing *w, bool is_enter)
{
    if (!is_enter) {
        raw(w, w->is_table_head ? "</th>\n" : "</td>\n");
        w->column++;
    } else if (w->is_table_head) {
        raw(w, is_right_aligned(w)
                   ? "<th class=\"nhsuk-table__header nhsuk-table__header--numeric\" "
                     "scope=\"col\">"
                   : "<th class=\"nhsuk-table__header\" scope=\"col\">");
    } else {
        raw(w, is_right_aligned(w) ? "<td class=\"nhsuk-table__cell nhsuk-table__cell--numeric\">"
                                   : "<td class=\"nhsuk-table__cell\">");
    }
}

static void write_row(struct writing *w, cmark_node *node, bool is_enter)
{
    bool is_head = cmark_gfm_extensions_get_table_row_is_header(node) != 0;
    cmark_node *last = cmark_node_last_child(w->table);
    if (is_enter) {
        w->is_table_head = is_head;
        w->column = 0;
        raw(w, is_head ? "<thead class=\"nhsuk-table__head\">\n<tr>\n"
                       : "<tr class=\"nhsuk-table__row\">\n");
        return;
    }
    raw(w, "</tr>\n");
    if (is_head)
        raw(w, node == last ? "</thead>\n" : "</thead>\n<tbody class=\"nhsuk-table__body\">\n");
    else if (node == last)
        raw(w, "</tbody>\n");
}

static void write_caption(struct writing *w)
{
    if (w->options->table_caption == NULL || w->has_caption)
        return;
    w->has_caption = true;
    raw(w, "<caption class=\"nhsuk-table__caption\" id=\"");
    view_text_str(w->out, w->options->table_caption_id);
    raw(w, "\">");
    view_text_str(w->out, w->options->table_caption);
    raw(w, "</caption>\n");
}

/* Tables come from an extension, whose types are known by name only.  True: it was one. */
static bool write_table(struct writing *w, cmark_node *node, bool is_enter)
{
    const char *type = cmark_node_get_type_string(node);
    if (strcmp(type, "table") == 0) {
        w->table = node;
        raw(w, is_enter ? "<table class=\"nhsuk-table\">\n" : "</table>\n");
        if (is_enter)
            write_caption(w);
    } else if (strcmp(type, "table_row") == 0 || strcmp(type, "table_header") == 0) {
        write_row(w, node, is_enter);
    } else if (strcmp(type, "table_cell") == 0) {
        write_cell(w, is_enter);
    } else {
        return false;
    }
    return true;
}

static void write_code(struct writing *w, cmark_node *node, const char *before, const char *after)
{
    raw(w, before);
    view_text_str(w->out, cmark_node_get_literal(node));
    raw(w, after);
}

static void write_fence(struct writing *w, cmark_node *node)
{
    int level = w->options->heading_level + w->open_heading_count;
    const struct markdown_fence fence = {.info = cmark_node_get_fence_info(node),
                                         .text = cmark_node_get_literal(node),
                                         .heading_level =
                                             level < HEADING_DEEPEST ? level : HEADING_DEEPEST};
    enum status status = ERR_NOT_FOUND;
    if (w->options->fence != NULL && fence.info[0] != '\0')
        status = w->options->fence(w->options->fence_arg, &fence, w->out);
    if (status == ERR_NOT_FOUND)
        write_code(w, node, "<pre><code>", "</code></pre>\n");
    else if (w->status == OK)
        w->status = status;
}

static void write_block(struct writing *w, cmark_node *node, bool is_enter)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
        if (!is_in_tight_list(node))
            raw(w, is_enter ? "<p>" : "</p>\n");
        break;
    case CMARK_NODE_HEADING:
        write_heading(w, node, is_enter);
        break;
    case CMARK_NODE_LIST:
        write_list(w, node, is_enter);
        break;
    case CMARK_NODE_ITEM:
        raw(w, is_enter ? "<li>" : "</li>\n");
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        raw(w, is_enter ? "<blockquote class=\"nhsuk-inset-text\">\n" : "</blockquote>\n");
        break;
    case CMARK_NODE_CODE_BLOCK:
        write_fence(w, node);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        raw(w, "<hr class=\"nhsuk-section-break nhsuk-section-break--m "
               "nhsuk-section-break--visible\">\n");
        break;
    default:
        break;
    }
}

static void write_inline(struct writing *w, cmark_node *node, bool is_enter)
{
    bool is_plain = w->plain_depth > 0;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        view_text_str(w->out, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
        raw(w, is_plain ? " " : "\n");
        break;
    case CMARK_NODE_LINEBREAK:
        raw(w, is_plain ? " " : "<br>\n");
        break;
    case CMARK_NODE_CODE:
        write_code(w, node, is_plain ? "" : "<code>", is_plain ? "" : "</code>");
        break;
    case CMARK_NODE_EMPH:
        raw(w, is_plain ? "" : is_enter ? "<em>" : "</em>");
        break;
    case CMARK_NODE_STRONG:
        raw(w, is_plain ? "" : is_enter ? "<strong>" : "</strong>");
        break;
    case CMARK_NODE_LINK:
        if (!is_plain)
            write_link(w, node, is_enter);
        break;
    case CMARK_NODE_IMAGE:
        write_image(w, node, is_enter);
        break;
    default:
        break;
    }
}

enum status markdown_html(struct ctx *ctx, const char *text, const struct markdown_options *options,
                          struct html *out)
{
    struct markdown_options chosen = *options;
    if (chosen.heading_level == 0)
        chosen.heading_level = 2;
    struct view written = {.mem = ctx->mem};
    struct writing w = {.out = &written, .options = &chosen};
    if (chosen.has_anchors)
        w.anchors = mem_new(ctx->mem, struct markdown_anchors);

    struct mem *mem = mem_child(ctx->mem);
    cmark_iter *iterator;
    TRY(markdown_walk(ctx, mem, text, &iterator));
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator);
        bool is_enter = event == CMARK_EVENT_ENTER;
        if (write_table(&w, node, is_enter))
            continue;
        write_block(&w, node, is_enter);
        write_inline(&w, node, is_enter);
    }
    mem_end(mem);
    *out = view_html(&written);
    return w.status;
}
