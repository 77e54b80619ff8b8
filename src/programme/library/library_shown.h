/* SPDX-License-Identifier: MIT */
/* library_shown.h - a version as a page, for the files *_web.c of this folder. */
#ifndef PROGRAMME_LIBRARY_LIBRARY_SHOWN_H
#define PROGRAMME_LIBRARY_LIBRARY_SHOWN_H

#include "platform/document/picture_shared.h"
#include "programme/library/library_internal.h"
#include "programme/library/library_page.h"

/* lines: every public page, for the titles of related ones. */
MUST_CHECK enum status library_shown_fill(struct ctx *ctx, const struct library_draft *draft,
                                          const struct library_line *lines, size_t count,
                                          struct library_shown *out);

/* What search engines read of the page: JSON-LD, by the words of schema.org. */
const char *library_linked_data(struct ctx *ctx, const struct library_page *page,
                                const struct library_draft *draft);

/* Lines of differences as they are shown. */
struct library_difference_line *library_difference_show(struct mem *mem,
                                                        const struct library_difference *rows,
                                                        size_t count);

/* What the picture beside its shared address says. */
MUST_CHECK enum status library_picture_shared(struct ctx *ctx, const struct library_draft *draft,
                                              struct picture_shared *out);

#endif
