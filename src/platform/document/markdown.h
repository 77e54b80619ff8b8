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

struct markdown_options {
    bool is_ours; /* the operator's own pages: links are followed, pictures of this site shown */
    int heading_level; /* of the first heading; 0: 2, as the page has its own first               */
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

/* The same text without any markup, for summaries, feeds and plain mail: paragraphs are divided
 * by an empty line, links are their words with the address in brackets behind.  Same statuses. */
MUST_CHECK enum status markdown_plain(struct ctx *ctx, const char *text, const char **out);

#endif
