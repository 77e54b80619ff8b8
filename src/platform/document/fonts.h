/* SPDX-License-Identifier: MIT */
/*
 * fonts.h - the fonts of papers and pictures, for text in any script; for this folder only.
 *
 * Fonts are asked for by a list of families; for a letter that none of them has, fontconfig finds
 * another font.  A colour emoji font must not be on the list: it has digits, and Pango would then
 * draw some as pictures.
 */
#ifndef PLATFORM_DOCUMENT_FONTS_H
#define PLATFORM_DOCUMENT_FONTS_H

#include "platform/base/mem.h"

#include <pango/pangocairo.h>

extern const char fonts_families[];

/* Fonts at 72 dots an inch, so that a point is a point and a pixel of a picture, and with no regard
 * to the pixels of a screen: the same text has the same size everywhere.  Ends with mem. */
PangoContext *fonts_context(struct mem *mem, const char *language);

/* Ligatures such as "ffi" are off: a reader's search would not find "staff".  Those that a script
 * cannot do without are another feature and stay. */
void fonts_set_features(PangoLayout *layout);

#endif
