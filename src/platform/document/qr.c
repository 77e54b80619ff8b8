/* SPDX-License-Identifier: MIT */
/* qr.c - QR codes by libqrencode, drawn as one path. */
#include "platform/document/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

static void end_code(void *code)
{
    QRcode_free(code);
}

enum status qr_make(struct ctx *ctx, const char *text, struct qr *out)
{
    size_t length = strlen(text);
    if (length == 0 || length > QR_BYTES)
        return ctx_fail(ctx, ERR_INVALID, "a text of %zu bytes does not fit a QR code", length);
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (code == NULL)
        return ctx_fail(ctx, ERR_FAULT, "a QR code was not made: %s", strerror(errno));
    struct mem *mem = mem_child(ctx->mem);
    mem_at_end(mem, end_code, code);
    size_t count = (size_t)code->width * (size_t)code->width;
    bool *is_dark = mem_array(ctx->mem, bool, count);
    for (size_t i = 0; i < count; i++)
        is_dark[i] = (code->data[i] & 1) != 0;
    *out = (struct qr){.size = code->width, .is_dark = is_dark};
    mem_end(mem);
    return OK;
}

static void raw(struct view *out, const char *literal)
{
    view_raw(out, literal, strlen(literal));
}

/* One horizontal bar, from where the pen may jump to any place: M x y h length v1 h-length z. */
static void write_bar(struct view *out, int x, int y, int length)
{
    raw(out, "M");
    view_text_int(out, x + QR_QUIET);
    raw(out, " ");
    view_text_int(out, y + QR_QUIET);
    raw(out, "h");
    view_text_int(out, length);
    raw(out, "v1h-");
    view_text_int(out, length);
    raw(out, "z");
}

static void write_row(struct view *out, const bool *is_dark, int size, int y)
{
    for (int x = 0; x < size; x++) {
        int length = 0;
        while (x + length < size && is_dark[x + length])
            length++;
        if (length > 0)
            write_bar(out, x, y, length);
        x += length;
    }
}

struct html qr_svg(struct ctx *ctx, const struct qr *qr, const char *label, int width_px)
{
    struct view out = {.mem = ctx->mem};
    int side = qr->size + 2 * QR_QUIET;
    raw(&out,
        "<svg class=\"app-qr\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"");
    view_text_str(&out, label);
    raw(&out, "\" width=\"");
    view_text_int(&out, width_px);
    raw(&out, "\" height=\"");
    view_text_int(&out, width_px);
    raw(&out, "\" viewBox=\"0 0 ");
    view_text_int(&out, side);
    raw(&out, " ");
    view_text_int(&out, side);
    raw(&out, "\"><path fill=\"#fff\" d=\"M0 0h");
    view_text_int(&out, side);
    raw(&out, "v");
    view_text_int(&out, side);
    raw(&out, "h-");
    view_text_int(&out, side);
    raw(&out, "z\"></path><path fill=\"#000\" d=\"");
    for (int y = 0; y < qr->size; y++)
        write_row(&out, qr->is_dark + (size_t)y * (size_t)qr->size, qr->size, y);
    raw(&out, "\"></path></svg>");
    return view_html(&out);
}
