/* SPDX-License-Identifier: MIT */
/* library_block.h - the named blocks of a text, for the files of this folder only. */
#ifndef PROGRAMME_LIBRARY_LIBRARY_BLOCK_H
#define PROGRAMME_LIBRARY_LIBRARY_BLOCK_H

#include "platform/document/markdown.h"
#include "platform/view/components.h"

enum { LIBRARY_BLOCK_LINES = 200, LIBRARY_THINGS = 500 };

/* What a line that begins with ":::" says. */
struct library_mark {
    const char *name;  /* "do"; "" ends a block */
    const char *words; /* behind the name       */
};

/* Whether a line is a mark; line is without its end. */
bool library_mark_read(struct mem *mem, const char *line, struct library_mark *out);

/* Whether there is a block of this name. */
bool library_block_is_known(const char *name);

/* The next line of a text, without its end, and where the one behind it begins; NULL: that was all.
 */
const char *library_line_next(struct mem *mem, const char **at);

/* Whether a line begins or ends a block of code, whose lines are not read. */
bool library_line_is_fence(const char *line);

/* A link that stands in a text as [words](address). */
struct library_written_link {
    const char *text, *href;
    bool is_image; /* ![words](address) */
};

/* The next of them from *at on, which moves behind it.  False: there is none. */
bool library_written_link_next(struct mem *mem, const char **at, struct library_written_link *out);

/* Links, images and HTML of a text, those inside blocks too; at most LIBRARY_THINGS. */
MUST_CHECK enum status library_things(struct ctx *ctx, const char *text,
                                      struct markdown_thing **out, size_t *count_out);

#endif
