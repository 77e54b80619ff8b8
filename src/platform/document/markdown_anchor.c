/* SPDX-License-Identifier: MIT */
/* markdown_anchor.c - the headings of a Markdown text, and the ids by which links lead to them. */
#include "platform/document/markdown_anchor.h"

#include "platform/base/text.h"
#include "platform/document/markdown_tree.h"

#include <string.h>

enum { HEADING_BYTES_MAX = 2000, ID_BYTES_MAX = 60 };

static void end_walk(void *walk)
{
    cmark_iter_free(walk);
}

const char *markdown_heading_text(struct mem *mem, cmark_node *heading)
{
    struct text_builder words = text_build(mem, HEADING_BYTES_MAX);
    struct mem *walking = mem_child(mem);
    cmark_iter *walk = cmark_iter_new(heading);
    mem_at_end(walking, end_walk, walk);
    while (cmark_iter_next(walk) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(walk);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            text_add(&words, cmark_node_get_literal(node));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            text_add(&words, " ");
    }
    mem_end(walking);
    const char *text;
    if (text_build_end(&words, &text) != OK)
        return "";
    return text;
}

static bool is_given(const struct markdown_anchors *given, const char *id)
{
    for (size_t i = 0; i < given->count; i++)
        if (strcmp(given->ids[i], id) == 0)
            return true;
    return false;
}

const char *markdown_anchor(struct mem *mem, struct markdown_anchors *given, const char *text)
{
    char slug[ID_BYTES_MAX + 1];
    size_t length = 0;
    for (const char *c = text_fold(mem, text); *c != '\0' && length < ID_BYTES_MAX; c++) {
        bool is_word = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
        if (is_word || (*c == ' ' && length > 0))
            slug[length++] = *c == ' ' ? '-' : *c;
    }
    slug[length] = '\0';
    if (length == 0 || given->count == MARKDOWN_ANCHORS)
        return NULL;
    const char *id = mem_text(mem, slug);
    for (int n = 2; is_given(given, id); n++)
        id = mem_format(mem, "%s-%d", slug, n);
    given->ids[given->count++] = id;
    return id;
}

enum status markdown_headings(struct ctx *ctx, const char *text, struct markdown_heading **out,
                              size_t *count_out)
{
    struct markdown_anchors *given = mem_new(ctx->mem, struct markdown_anchors);
    struct mem *mem = mem_child(ctx->mem);
    cmark_iter *walk;
    *out = mem_array(ctx->mem, struct markdown_heading, MARKDOWN_ANCHORS);
    *count_out = 0;
    TRY(markdown_walk(ctx, mem, text, &walk));
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(walk);
        if (event != CMARK_EVENT_ENTER || cmark_node_get_type(node) != CMARK_NODE_HEADING)
            continue;
        const char *words = markdown_heading_text(ctx->mem, node);
        const char *id = markdown_anchor(ctx->mem, given, words);
        if (id != NULL)
            (*out)[(*count_out)++] =
                (struct markdown_heading){cmark_node_get_heading_level(node), id, words};
    }
    mem_end(mem);
    return OK;
}
