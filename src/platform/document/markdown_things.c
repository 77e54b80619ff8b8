/* SPDX-License-Identifier: MIT */
/* markdown_things.c - links, images and HTML of a Markdown text, for those who check one. */
#include "platform/document/markdown_anchor.h"
#include "platform/document/markdown_tree.h"

static bool is_shown_image(const char *url)
{
    return url[0] == '/' && !markdown_is_other_site(url);
}

/* False: the node is none of the three. */
static bool read_thing(struct mem *mem, cmark_node *node, struct markdown_thing *out)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) {
        *out = (struct markdown_thing){MARKDOWN_HTML, "",
                                       mem_text(mem, cmark_node_get_literal(node)), false};
        return true;
    }
    if (type != CMARK_NODE_LINK && type != CMARK_NODE_IMAGE)
        return false;
    const char *url = mem_text(mem, cmark_node_get_url(node));
    bool is_image = type == CMARK_NODE_IMAGE;
    *out = (struct markdown_thing){
        is_image ? MARKDOWN_IMAGE : MARKDOWN_LINK, url, markdown_heading_text(mem, node),
        is_image ? is_shown_image(url) : url[0] != '\0' && markdown_may_link(url)};
    return true;
}

enum status markdown_things(struct ctx *ctx, const char *text, size_t at_most,
                            struct markdown_thing **out, size_t *count_out)
{
    struct mem *mem = mem_child(ctx->mem);
    cmark_iter *walk;
    *out = mem_array(ctx->mem, struct markdown_thing, at_most);
    *count_out = 0;
    TRY(markdown_walk(ctx, mem, text, &walk));
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        if (event != CMARK_EVENT_ENTER || *count_out == at_most)
            continue;
        if (read_thing(ctx->mem, cmark_iter_get_node(walk), &(*out)[*count_out]))
            (*count_out)++;
    }
    mem_end(mem);
    return OK;
}
