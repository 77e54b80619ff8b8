/* SPDX-License-Identifier: MIT */
/*
 * qr.h - a text as a QR code (ISO/IEC 18004): a square of dark and light modules.
 *
 * Error correction is level M (15 % of the code may be lost).  Around the code stay QR_QUIET light
 * modules, which scanners need.
 */
#ifndef PLATFORM_DOCUMENT_QR_H
#define PLATFORM_DOCUMENT_QR_H

#include "platform/base/ctx.h"
#include "platform/view/view.h"

enum { QR_BYTES = 1024, QR_QUIET = 4 };

struct qr {
    int size;            /* modules in a row, without the quiet border */
    const bool *is_dark; /* size rows of size modules                  */
};

/* ERR_INVALID  the text is empty or longer than QR_BYTES bytes */
MUST_CHECK enum status qr_make(struct ctx *ctx, const char *text, struct qr *out);

/* The code as SVG of width_px by width_px, for a page; label is what it is called for those who
 * cannot see it, e.g. "QR code of the address that checks this pledge". */
struct html qr_svg(struct ctx *ctx, const struct qr *qr, const char *label, int width_px);

#endif
