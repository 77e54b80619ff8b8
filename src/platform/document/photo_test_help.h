/* SPDX-License-Identifier: MIT */
/* photo_test_help.h - for tests: pictures as a camera makes them. */
#ifndef PLATFORM_DOCUMENT_PHOTO_TEST_HELP_H
#define PLATFORM_DOCUMENT_PHOTO_TEST_HELP_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

/* A JPEG of so many stored pixels, white with a dark quarter that is shown at the top left by who
 * heeds the orientation (1 to 8), and that says secret about itself. */
struct text_span photo_test_jpeg(struct ctx *ctx, int width, int height, int orientation,
                                 const char *secret);

/* The same upright and silent, its pixels in several scans. */
struct text_span photo_test_scans(struct ctx *ctx, int width, int height);

/* The dark quarter of a JPEG: 0 top left, 1 top right, 2 bottom left, 3 bottom right; -1: none. */
int photo_test_corner(struct ctx *ctx, struct text_span jpeg);

#endif
