/* SPDX-License-Identifier: MIT */
/*
 * library.h - the programme's guidance: pages with versions, and the safe Markdown that every long
 * text of the programme is written in.
 *
 * Named blocks
 *   Markdown as in document/markdown.h, and blocks between a line `::: NAME words` and a line
 *   `:::`, both at the very beginning of their lines:
 *
 *     ::: do Words                 list of what to do; each line that begins with "- " is an item;
 *     ::: dont Words               the same of what not to do.  The heading is "Do", "Don't" when
 *                                  no words stand behind the name
 *     ::: inset                    a paragraph set apart
 *     ::: action                   each [words](/address) in it becomes a link with an arrow
 *     ::: contents                 links to the headings of level 2 of this text; when the block
 *                                  holds links of its own, those
 *     ::: summary                  lines "Key: value", as a list of facts
 *     ::: table Caption            a Markdown table with a caption, which scrolls on a phone
 *
 *   A block inside a block is not read.  One that is not closed ends with the text.  One of another
 *   name is shown as if its marks were not there; library_text_check tells who writes.
 */
#ifndef PROGRAMME_LIBRARY_LIBRARY_H
#define PROGRAMME_LIBRARY_LIBRARY_H

#include "platform/base/filled.h"
#include "platform/view/view.h"

/* ---- text ---- */

/*
 * The text as markup, whoever wrote it: no script and no HTML can come out.  It is what the
 * operator publishes: links are followed, and pictures of this site are shown.  For words of
 * strangers that nobody looked over, take markdown_html with no options instead.  Headings begin at
 * level 2.  text NULL is empty.
 *
 * ERR_INVALID  too long, nested too deep, or made to grow: see document/markdown.h
 */
MUST_CHECK enum status library_markdown(struct ctx *ctx, const char *text, struct html *out);

/* The same without markup, for mail, feeds and the index of what can be found.  Same statuses. */
MUST_CHECK enum status library_markdown_plain(struct ctx *ctx, const char *text, const char **out);

/*
 * What an editor should mend, as problems of a field: a script or another address that no page may
 * link to, a picture without alternative text or from another site, HTML, a block that nobody
 * knows or that is not closed, a text that is too long.  OK also when there are problems.
 */
MUST_CHECK enum status library_text_check(struct ctx *ctx, const char *text, const char *field,
                                          struct form_problems *problems);

#endif
