/* SPDX-License-Identifier: MIT */
/* markdown_tree.h - a text's tree, for markdown.c and markdown_plain.c only. */
#ifndef PLATFORM_DOCUMENT_MARKDOWN_TREE_H
#define PLATFORM_DOCUMENT_MARKDOWN_TREE_H

#include "platform/base/ctx.h"

#include <cmark-gfm.h>

/* Parses the text and begins a walk over its tree; tree and walk end with mem.  text NULL is
 * empty.  ERR_INVALID: the text would cost too much (see markdown.h). */
MUST_CHECK enum status markdown_walk(struct ctx *ctx, struct mem *mem, const char *text,
                                     cmark_iter **out);

#endif
