/* SPDX-License-Identifier: MIT */
/*
 * view.h - where a view writes, and the only functions that escape.
 *
 * Views are .html files compiled by tools/viewgen to C functions `void name(struct view *out, ...)`.
 * The generated code calls the functions below; which one follows from the place in the page.
 */
#ifndef PLATFORM_VIEW_VIEW_H
#define PLATFORM_VIEW_VIEW_H

#include "platform/base/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A growing text.  Start with {.mem = mem}; text is NULL while empty. */
struct view {
    struct mem *mem;
    char *text;
    size_t length_bytes;
    size_t room_bytes;
};

/* Markup that is safe to send as it is.  Made only by the Markdown renderer and by view_html. */
struct html {
    const char *trusted; /* NULL: nothing */
};

/* What a view wrote, as markup for another view to hold. */
struct html view_html(const struct view *written);

/* Extra attributes of a component's outer element; ends with a NULL name.  value NULL: the bare
 * attribute.  A name that is not on the allowed list is left out and asserted in tests. */
struct view_attribute {
    const char *name;
    const char *value;
};

void view_raw(struct view *out, const char *literal, size_t length_bytes); /* generated code only */
void view_text_str(struct view *out, const char *text);                    /* NULL: nothing */
void view_text_int(struct view *out, int64_t number);
void view_text_html(struct view *out, struct html html);
void view_attributes(struct view *out, const struct view_attribute *attributes); /* NULL: none */

/* A whole URL: http, https, mailto, tel or relative; any other scheme is written as "#". */
void view_url(struct view *out, const char *url);

/* A part of a URL: percent-encoded. */
void view_url_part_str(struct view *out, const char *part);
void view_url_part_int(struct view *out, int64_t number);

#define view_text(out, value)                                                                      \
    _Generic((value), char *: view_text_str, const char *: view_text_str,                          \
             struct html: view_text_html, default: view_text_int)((out), (value))
#define view_url_part(out, value)                                                                  \
    _Generic((value), char *: view_url_part_str, const char *: view_url_part_str,                  \
             default: view_url_part_int)((out), (value))

#endif
