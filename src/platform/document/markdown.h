/* SPDX-License-Identifier: MIT */
/*
 * markdown.h - Markdown to the markup of the design system, safe whoever wrote it.
 *
 * CommonMark with tables, read by cmark-gfm and written by us: headings, lists, tables, links and
 * inset text carry the classes of the design system, and nothing else can come out.  HTML in the
 * text is dropped (what stands between its tags stays).  Strikethrough is off: our writing style
 * has no use for it.  Bare addresses are not made links: cmark-gfm's way of finding them takes
 * time that grows with the square of the text.
 */
#ifndef PLATFORM_DOCUMENT_MARKDOWN_H
#define PLATFORM_DOCUMENT_MARKDOWN_H

#include "platform/base/ctx.h"
#include "platform/view/view.h"

enum {
    MARKDOWN_BYTES = 100 * 1000,   /* longest text                                            */
    MARKDOWN_NESTING = 16,         /* most quotes and lists that one line may open             */
    MARKDOWN_CELLS = 100 * 1000,   /* lines times columns of a text with tables                */
    MARKDOWN_REFERENCES = 16 << 20 /* bytes that repeated link references may come to        */
};

/* A block between ``` or ~~~ lines. */
struct markdown_fence {
    const char *info;  /* what stands behind the first line's marks */
    const char *text;  /* the lines between, as they are            */
    int heading_level; /* of a heading that stood here, one below those around it */
};

struct markdown_options {
    bool is_ours; /* the operator's own pages: links are followed, pictures of this site shown */
    int heading_level; /* of the first heading; 0: 2, as the page has its own first               */
    bool has_anchors;  /* headings have the ids of markdown_headings                            */
    const char *table_caption;    /* of the first table; NULL: none */
    const char *table_caption_id; /* required with it               */
    /* Writes a fenced block in its own way; ERR_NOT_FOUND: it is shown as code.  NULL: all are. */
    enum status (*fence)(void *arg, const struct markdown_fence *fence, struct view *out);
    void *fence_arg;
};

enum { MARKDOWN_ANCHORS = 200 }; /* headings behind this many have no id */

/* A heading of a text.  Ids are made of its words, and no two are the same. */
struct markdown_heading {
    int level; /* as the writer has it, 1 to 6 */
    const char *id, *text;
};

/*
 * The text as markup.  Headings begin at heading_level and never skip a level, whatever the
 * writer did.  Links go to http, https, mailto and this site; a link elsewhere is only its words.
 * Unless is_ours, links to other sites carry rel="nofollow noreferrer", and pictures are replaced
 * by their alternative text.  Pictures of other sites always are.  Bytes that are not UTF-8 become
 * U+FFFD.  text NULL is empty.  Takes milliseconds for any text that it accepts.
 *
 * ERR_INVALID  longer than MARKDOWN_BYTES, nested deeper than MARKDOWN_NESTING, or made to grow
 */
MUST_CHECK enum status markdown_html(struct ctx *ctx, const char *text,
                                     const struct markdown_options *options, struct html *out);

/* The headings of a text in their order, at most MARKDOWN_ANCHORS.  Same statuses. */
MUST_CHECK enum status markdown_headings(struct ctx *ctx, const char *text,
                                         struct markdown_heading **out, size_t *count_out);

/* What an editor should look at in a text. */
struct markdown_thing {
    enum markdown_what { MARKDOWN_LINK, MARKDOWN_IMAGE, MARKDOWN_HTML } what;
    const char *href; /* as written; "" for HTML                                        */
    const char *text; /* the words of a link, the alternative text of an image, or the HTML */
    bool is_shown;    /* whether a page of ours (is_ours) shows it; false for HTML      */
};

/* Links, images and HTML of a text in their order, at most at_most.  Same statuses. */
MUST_CHECK enum status markdown_things(struct ctx *ctx, const char *text, size_t at_most,
                                       struct markdown_thing **out, size_t *count_out);

/* The same text without any markup, for summaries, feeds and plain mail: paragraphs are divided
 * by an empty line, links are their words with the address in brackets behind.  Same statuses. */
MUST_CHECK enum status markdown_plain(struct ctx *ctx, const char *text, const char **out);

/* The same with its words alone, to be searched or counted: no addresses of links, no marks of
 * lists and tables.  Same statuses. */
MUST_CHECK enum status markdown_words(struct ctx *ctx, const char *text, const char **out);

#endif
