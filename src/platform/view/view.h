/* SPDX-License-Identifier: MIT */
/*
 * view.h - where a view writes, and the only functions that escape.
 *
 * Views are .html files compiled by tools/viewgen to C: `void name(struct view *out, ...)`.  The
 * generated code calls the functions below; which one follows from the place in the page.
 */
#ifndef PLATFORM_VIEW_VIEW_H
#define PLATFORM_VIEW_VIEW_H

#include "platform/base/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A growing text, always ended with a zero byte.  Start with {.mem = mem}; text is NULL while
 * empty.  Room doubles, so writing n bytes costs at most 2n copied. */
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

/* Takes what was written from this length on out of the view, as markup to be written elsewhere. */
struct html view_cut(struct view *out, size_t from_bytes);

/* Extra attributes of a component's outer element; ends with a NULL name.  value NULL: the bare
 * attribute.  A name that is not on the allowed list (allowed.h) is left out; the value of one
 * that holds an address is checked as view_url does.  style is written only when it is exactly
 * "background-image: url('/PATH');". */
struct view_attribute {
    const char *name;
    const char *value;
};

/* An answer that may be left open: a component then takes its default. */
enum said { UNSAID, YES, NO };

/* Makes room for more_bytes and the zero byte. */
void view_grow(struct view *out, size_t more_bytes);

/* Writes bytes as they are: generated code only. */
static inline void view_raw(struct view *out, const char *literal, size_t length_bytes)
{
    if (out->room_bytes - out->length_bytes <= length_bytes)
        view_grow(out, length_bytes);
    memcpy(out->text + out->length_bytes, literal, length_bytes);
    out->length_bytes += length_bytes;
    out->text[out->length_bytes] = '\0';
}

void view_text_str(struct view *out, const char *text); /* NULL: nothing */
void view_text_int(struct view *out, int64_t number);
void view_text_uint(struct view *out, uint64_t number);
void view_text_html(struct view *out, struct html html);
void view_attributes(struct view *out, const struct view_attribute *attributes); /* NULL: none */

/* The name of an element: one of those with text in them (h1 to h6, p, div, span, a, button,
 * label, legend, section, ...); any other name is written as "span". */
void view_element(struct view *out, const char *name);

/* A whole URL: http, https, mailto, tel or relative; any other scheme is written as "#". */
void view_url(struct view *out, const char *url);

/* A whole URL that the browser fetches by itself: a path of this site; any other is left out. */
void view_path(struct view *out, const char *path);

/* A part of a URL: percent-encoded. */
void view_url_part_str(struct view *out, const char *part);

/* In text: markup passes. */
#define view_text(out, value)                                                                      \
    _Generic((value), char *: view_text_str, const char *: view_text_str,                          \
             struct html: view_text_html, unsigned int: view_text_uint,                            \
             unsigned long: view_text_uint, unsigned long long: view_text_uint,                    \
             default: view_text_int)((out), (value))

/* In a quoted attribute, and where only text may stand: markup does not compile. */
#define view_value(out, value)                                                                     \
    _Generic((value), char *: view_text_str, const char *: view_text_str,                          \
             unsigned int: view_text_uint, unsigned long: view_text_uint,                          \
             unsigned long long: view_text_uint, default: view_text_int)((out), (value))

#define view_url_part(out, value)                                                                  \
    _Generic((value), char *: view_url_part_str, const char *: view_url_part_str,                  \
             unsigned int: view_text_uint, unsigned long: view_text_uint,                          \
             unsigned long long: view_text_uint, default: view_text_int)((out), (value))

#endif
