/* SPDX-License-Identifier: MIT */
/* markdown_plain.c - a Markdown text without its markup, to be read or to be searched. */
#include "platform/document/markdown.h"

#include <string.h>

#include "platform/base/text.h"
#include "platform/document/markdown_tree.h"

enum { MARKDOWN_PLAIN_BYTES = 1 << 20 };

struct plain {
    struct text_builder text;
    bool has_words_alone; /* no addresses, no marks of lists and tables */
};

/* So many line ends behind what is written, no matter how many blocks end here. */
static void end_block(struct text_builder *out, size_t wanted)
{
    size_t have = 0;
    while (have < out->length_bytes && out->bytes[out->length_bytes - 1 - have] == '\n')
        have++;
    if (out->length_bytes == have)
        return;
    for (; have < wanted; have++)
        text_add(out, "\n");
}

static void write_link_end(struct plain *plain, cmark_node *node)
{
    struct text_builder *out = &plain->text;
    cmark_node *only = cmark_node_first_child(node);
    const char *url = cmark_node_get_url(node);
    bool is_its_own_text = only != NULL && cmark_node_next(only) == NULL &&
                           cmark_node_get_type(only) == CMARK_NODE_TEXT &&
                           strcmp(cmark_node_get_literal(only), url) == 0;
    if (url[0] == '\0' || is_its_own_text || plain->has_words_alone)
        return;
    text_add(out, " (");
    text_add(out, url);
    text_add(out, ")");
}

static void write_leaf(struct text_builder *out, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        text_add(out, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_CODE_BLOCK:
        text_add(out, cmark_node_get_literal(node));
        end_block(out, 2);
        break;
    case CMARK_NODE_SOFTBREAK:
        text_add(out, " ");
        break;
    case CMARK_NODE_LINEBREAK:
        text_add(out, "\n");
        break;
    default:
        break;
    }
}

static void write_item_begin(struct plain *plain, cmark_node *item)
{
    struct text_builder *out = &plain->text;
    cmark_node *list = cmark_node_parent(item);
    end_block(out, 1);
    if (plain->has_words_alone)
        return;
    if (cmark_node_get_list_type(list) != CMARK_ORDERED_LIST) {
        text_add(out, "* ");
        return;
    }
    intptr_t before = (intptr_t)cmark_node_get_user_data(list);
    cmark_node_set_user_data(list, (void *)(before + 1));
    text_add_format(out, "%d. ", cmark_node_get_list_start(list) + (int)before);
}

static void write_end(struct plain *plain, cmark_node *node)
{
    struct text_builder *out = &plain->text;
    const char *type = cmark_node_get_type_string(node);
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH: {
        cmark_node *parent = cmark_node_parent(node);
        bool is_item = cmark_node_get_type(parent) == CMARK_NODE_ITEM;
        end_block(out, is_item && cmark_node_get_list_tight(cmark_node_parent(parent)) ? 1 : 2);
        break;
    }
    case CMARK_NODE_HEADING:
    case CMARK_NODE_LIST:
        end_block(out, 2);
        break;
    case CMARK_NODE_LINK:
        write_link_end(plain, node);
        break;
    default:
        if (strcmp(type, "table_cell") == 0 && cmark_node_next(node) != NULL)
            text_add(out, plain->has_words_alone ? " " : " | ");
        else if (strcmp(type, "table_row") == 0 || strcmp(type, "table_header") == 0)
            end_block(out, 1);
        else if (strcmp(type, "table") == 0)
            end_block(out, 2);
        break;
    }
}

static enum status write_plain(struct ctx *ctx, const char *text, bool has_words_alone,
                               const char **out)
{
    struct plain plain = {text_build(ctx->mem, MARKDOWN_PLAIN_BYTES), has_words_alone};
    struct text_builder *written = &plain.text;
    struct mem *mem = mem_child(ctx->mem);
    cmark_iter *iterator;
    TRY(markdown_walk(ctx, mem, text, &iterator));
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (event == CMARK_EVENT_EXIT)
            write_end(&plain, node);
        else if (cmark_node_get_type(node) == CMARK_NODE_ITEM)
            write_item_begin(&plain, node);
        else
            write_leaf(written, node);
    }
    mem_end(mem);
    while (written->length_bytes > 0 && written->bytes[written->length_bytes - 1] == '\n')
        written->length_bytes--;
    if (text_build_end(written, out) != OK)
        return ctx_fail(ctx, ERR_INVALID, "markdown grows beyond %d bytes", MARKDOWN_PLAIN_BYTES);
    *out = mem_text_part(ctx->mem, *out, written->length_bytes);
    return OK;
}

enum status markdown_plain(struct ctx *ctx, const char *text, const char **out)
{
    return write_plain(ctx, text, false, out);
}

enum status markdown_words(struct ctx *ctx, const char *text, const char **out)
{
    return write_plain(ctx, text, true, out);
}
