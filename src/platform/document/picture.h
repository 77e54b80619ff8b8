/* SPDX-License-Identifier: MIT */
/*
 * picture.h - a small picture of boxes and words, as PNG: what others show of a page of ours.
 *
 * Text may be in any script and of any length: it is set in the largest size that fits its box with
 * every word whole.  At the least size a word that is wider than the box goes on in the next line,
 * and what does not fit then ends with "…".  Letters that no font of the machine has, such as
 * emoji, are left out of words that have others.  The same calls make the same bytes on a machine.
 */
#ifndef PLATFORM_DOCUMENT_PICTURE_H
#define PLATFORM_DOCUMENT_PICTURE_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

struct picture;

struct picture_box {
    int x, y, width, height; /* pixels, from the top left */
};

/* "#0b5563": six digits behind a #. */
struct picture_words {
    const char *text;
    const char *colour;
    bool is_bold;
    int size_px, least_px; /* the largest size of letters that is wanted, and the least */
    struct picture_box box;
};

/* Begins a picture that is all of one colour; lives as long as ctx->mem. */
struct picture *picture_begin(struct ctx *ctx, int width_px, int height_px, const char *colour);

void picture_fill(struct picture *picture, const char *colour, const struct picture_box *box);

/* Writes words into their box, from its top, and gives the height that they took. */
int picture_write(struct picture *picture, const struct picture_words *words);

/* The height that they would take, wherever the box is. */
int picture_height(struct picture *picture, const struct picture_words *words);

/* ERR_FAULT: the library failed. */
MUST_CHECK enum status picture_end(struct picture *picture, struct text_span *out);

/* A line of words that are set elsewhere, such as in an SVG, and how wide it is with our fonts. */
struct picture_line {
    const char *text;
    int width_px;
};

/* How a text is set into a width: at most lines_most lines, the last of which ends with "…" when
 * there is more.  words.size_px and is_bold count; of its box the width. */
void picture_lines(struct ctx *ctx, const struct picture_words *words, int lines_most,
                   struct picture_line *out, int *count_out);

#endif
