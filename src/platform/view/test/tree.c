/* SPDX-License-Identifier: MIT */
/*
 * tree.c - trees of HTML, by gumbo.
 *
 * A text is compared with each run of white space as one space and none at its ends; a text that
 * then is empty does not count.  Comments do not count.
 */
#include "platform/view/test/tree.h"

#include "platform/view/view.h"

#include <ctype.h>
#include <gumbo.h>

struct walk {
    struct mem *mem;
    const char *path;
};

static const char *name_of(struct mem *mem, const GumboNode *node)
{
    if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE)
        return "text";
    if (node->v.element.tag != GUMBO_TAG_UNKNOWN)
        return gumbo_normalized_tagname(node->v.element.tag);
    GumboStringPiece piece = node->v.element.original_tag;
    gumbo_tag_from_original_text(&piece);
    return mem_text_part(mem, piece.data, piece.length);
}

static const char *squeezed(struct mem *mem, const char *text)
{
    struct view out = {.mem = mem};
    while (*text != '\0') {
        size_t space = strspn(text, " \t\r\n\f");
        text += space;
        size_t word = strcspn(text, " \t\r\n\f");
        if (space > 0 && word > 0 && out.length_bytes > 0)
            view_raw(&out, " ", 1);
        view_raw(&out, text, word);
        text += word;
    }
    return out.text == NULL ? "" : out.text;
}

/* The next child that counts, from *at on; NULL after the last. */
static const GumboNode *next(struct mem *mem, const GumboVector *children, unsigned *at)
{
    while (*at < children->length) {
        const GumboNode *node = children->data[(*at)++];
        bool is_text = node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA;
        if (node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_COMMENT)
            continue;
        if (!is_text || squeezed(mem, node->v.text.text)[0] != '\0')
            return node;
    }
    return NULL;
}

static const char *attributes_differ(struct walk walk, const GumboNode *wanted,
                                     const GumboNode *got)
{
    const GumboVector *a = &wanted->v.element.attributes;
    const GumboVector *b = &got->v.element.attributes;
    for (unsigned i = 0; i < a->length; i++) {
        const GumboAttribute *attribute = a->data[i];
        const GumboAttribute *same = gumbo_get_attribute(b, attribute->name);
        if (same == NULL)
            return mem_format(walk.mem, "%s: no %s=\"%s\"", walk.path, attribute->name,
                              attribute->value);
        if (strcmp(attribute->value, same->value) != 0)
            return mem_format(walk.mem, "%s: %s is \"%s\", not \"%s\"", walk.path, attribute->name,
                              same->value, attribute->value);
    }
    for (unsigned i = 0; i < b->length; i++) {
        const GumboAttribute *attribute = b->data[i];
        if (gumbo_get_attribute(a, attribute->name) == NULL)
            return mem_format(walk.mem, "%s: %s=\"%s\" too much", walk.path, attribute->name,
                              attribute->value);
    }
    return NULL;
}

static const char *differ(struct walk walk, const GumboNode *wanted, const GumboNode *got)
{
    const char *name = name_of(walk.mem, wanted);
    if (strcmp(name, name_of(walk.mem, got)) != 0)
        return mem_format(walk.mem, "%s: <%s>, not <%s>", walk.path, name_of(walk.mem, got), name);
    if (wanted->type != GUMBO_NODE_ELEMENT && wanted->type != GUMBO_NODE_TEMPLATE) {
        const char *a = squeezed(walk.mem, wanted->v.text.text);
        const char *b = squeezed(walk.mem, got->v.text.text);
        return strcmp(a, b) == 0 ? NULL
                                 : mem_format(walk.mem, "%s: \"%s\", not \"%s\"", walk.path, b, a);
    }
    walk.path = mem_format(walk.mem, "%s/%s", walk.path, name);
    const char *difference = attributes_differ(walk, wanted, got);
    unsigned i = 0;
    unsigned j = 0;
    while (difference == NULL) {
        const GumboNode *a = next(walk.mem, &wanted->v.element.children, &i);
        const GumboNode *b = next(walk.mem, &got->v.element.children, &j);
        if (a == NULL && b == NULL)
            return NULL;
        if (a == NULL || b == NULL)
            return mem_format(walk.mem, "%s: <%s> %s", walk.path,
                              name_of(walk.mem, a != NULL ? a : b),
                              a != NULL ? "misses" : "too much");
        difference = differ(walk, a, b);
    }
    return difference;
}

const char *tree_difference(struct mem *mem, const char *wanted, const char *got)
{
    GumboOutput *a = gumbo_parse(mem_format(mem, "<!doctype html><body>%s", wanted));
    GumboOutput *b = gumbo_parse(mem_format(mem, "<!doctype html><body>%s", got));
    const char *difference = differ((struct walk){mem, ""}, a->root, b->root);
    gumbo_destroy_output(&kGumboDefaultOptions, a);
    gumbo_destroy_output(&kGumboDefaultOptions, b);
    return difference;
}
