/* SPDX-License-Identifier: MIT */
/*
 * photo.h - pictures that people send, as they are kept: upright, not larger than a page needs, and
 * with nothing in them but what is seen.
 *
 * A picture of a camera says where, when and by whom it was taken, and may hold a second, uncut
 * one.  So nothing of the file is kept: its pixels are read, turned as the camera says (Exif 2.32,
 * tag 0x0112), made smaller, and written anew.
 */
#ifndef PLATFORM_DOCUMENT_PHOTO_H
#define PLATFORM_DOCUMENT_PHOTO_H

#include "platform/base/ctx.h"
#include "platform/base/text.h"

enum {
    PHOTO_EDGE_PX = 1200,        /* the longer edge of what is kept           */
    PHOTO_SENT_EDGE_PX = 9600,   /* and of what may be sent                   */
    PHOTO_PNG_PIXELS = 16000000, /* of a PNG, which is read whole             */
    PHOTO_HELD_BYTES = 100000000 /* of a JPEG in several scans, likewise: of 16 million pixels */
};

struct photo {
    struct text_span bytes;
    int width_px, height_px;
};

/*
 * The picture anew.  type is what it was and stays: "image/jpeg" or "image/png".
 *
 *   problem_out  after ERR_INVALID, what is wrong, a sentence beside the field; else NULL
 *
 * ERR_INVALID  it is damaged, too large, or of a kind that screens do not show
 */
MUST_CHECK enum status photo_clean(struct ctx *ctx, const char *type, struct text_span sent,
                                   struct photo *out, const char **problem_out);

/* Width and height of a picture that photo_clean wrote.  ERR_INVALID: it is none. */
MUST_CHECK enum status photo_measure(struct ctx *ctx, const char *type, struct text_span bytes,
                                     int *width_out, int *height_out);

#endif
