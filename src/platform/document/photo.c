/* SPDX-License-Identifier: MIT */
/*
 * photo.c - reads pixels with libjpeg or cairo, and writes them anew.
 *
 * libjpeg leaves by longjmp when a file is broken: everything that outlives the jump is in struct
 * reading, which is not on the stack of who called setjmp.
 */
#include "platform/document/photo.h"

#include <cairo.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

enum {
    QUALITY = 80,
    SCANS_MOST = 100, /* of a progressive picture; more is an attack on our time */
    ORIENTATION = 0x0112,
    EIGHTHS = 8,
    SAMPLES = 3, /* red, green, blue */
    MARKER_BYTES = 65533,
    HEADER_BYTES = 24, /* of a PNG, up to its width and height */
    DAMAGED_TEXT_BYTES = JMSG_LENGTH_MAX,
    COMPRESSED_BYTES_PIXEL = 6,
    COMPRESSED_BYTES_MORE = 65536
};

static const char damaged[] = "The selected picture is damaged. Save it again and try once more";
static const char too_large[] = "The selected picture must be 9,600 pixels wide and high, or less";
static const char too_many[] =
    "The selected picture has too many pixels. Make it smaller: 4,000 by "
    "4,000 always fits";

/* ---- pixels ---- */

struct pixels {
    int width, height;
    unsigned char *rgb; /* rows from the top */
};

/* Where the pixel that is shown at x, y lies in a picture with this orientation of 1 to 8. */
static size_t place(const struct pixels *from, int orientation, int x, int y)
{
    int w = from->width, h = from->height, column = x, row = y;
    bool is_lying = orientation >= 5;
    if (is_lying) {
        column = y;
        row = x;
    }
    if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8)
        column = w - 1 - column;
    if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7)
        row = h - 1 - row;
    return ((size_t)row * (size_t)w + (size_t)column) * SAMPLES;
}

static struct pixels upright(struct mem *mem, const struct pixels *from, int orientation)
{
    if (orientation < 2 || orientation > 8)
        return *from;
    bool is_lying = orientation >= 5;
    struct pixels out = {.width = is_lying ? from->height : from->width,
                         .height = is_lying ? from->width : from->height};
    out.rgb = mem_array(mem, unsigned char, (size_t)out.width *(size_t)out.height *SAMPLES);
    unsigned char *to = out.rgb;
    for (int y = 0; y < out.height; y++)
        for (int x = 0; x < out.width; x++, to += SAMPLES)
            memcpy(to, from->rgb + place(from, orientation, x, y), SAMPLES);
    return out;
}

/* ---- orientation ---- */

struct exif {
    const unsigned char *at;
    size_t length;
    bool is_big; /* the most significant byte first */
};

static unsigned number(const struct exif *exif, size_t from, size_t bytes)
{
    unsigned value = 0;
    if (from > exif->length || bytes > exif->length - from)
        return 0;
    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | exif->at[from + (exif->is_big ? i : bytes - 1 - i)];
    return value;
}

/* 1 to 8; 1 when it does not say. */
static int orientation_of(const unsigned char *marker, size_t length)
{
    enum { LEAD = 6, ENTRY = 12, ENTRIES_MOST = 200 };
    if (length < LEAD + 8 || memcmp(marker, "Exif\0\0", LEAD) != 0)
        return 1;
    struct exif exif = {marker + LEAD, length - LEAD, marker[LEAD] == 'M'};
    size_t directory = number(&exif, 4, 4);
    unsigned count = number(&exif, directory, 2);
    for (unsigned i = 0; i < count && i < ENTRIES_MOST; i++) {
        size_t entry = directory + 2 + (size_t)i * ENTRY;
        if (number(&exif, entry, 2) == ORIENTATION)
            return (int)number(&exif, entry + 8, 2);
    }
    return 1;
}

/* ---- JPEG ---- */

struct reading {
    struct jpeg_error_mgr errors; /* first: libjpeg hands out its address */
    jmp_buf broken;
    struct jpeg_progress_mgr progress;
    struct jpeg_decompress_struct in;
    struct jpeg_compress_struct to;
    bool is_read, is_written; /* in and to are there and have to be ended */
    struct mem *mem;
    struct pixels pixels;
    int orientation;
    unsigned char *compressed;
    unsigned long compressed_bytes;
    char why[DAMAGED_TEXT_BYTES];
};

static void leave(j_common_ptr common)
{
    struct reading *r = (struct reading *)(void *)common->err;
    common->err->format_message(common, r->why);
    longjmp(r->broken, 1);
}

static void say_nothing(j_common_ptr common, int level)
{
    (void)common;
    (void)level;
}

static void watch(j_common_ptr common)
{
    struct reading *r = (struct reading *)(void *)common->err;
    if (r->in.input_scan_number > SCANS_MOST) {
        (void)snprintf(r->why, sizeof r->why, "more than %d scans", SCANS_MOST);
        longjmp(r->broken, 1);
    }
}

static void end_reading(void *arg)
{
    struct reading *r = arg;
    if (r->is_read)
        jpeg_destroy_decompress(&r->in);
    if (r->is_written)
        jpeg_destroy_compress(&r->to);
}

/* How many eighths of its size it is read in. */
static unsigned eighths(unsigned width, unsigned height)
{
    unsigned edge = width > height ? width : height, most = EIGHTHS;
    while (most > 1 && (edge * most + EIGHTHS - 1) / EIGHTHS > PHOTO_EDGE_PX)
        most--;
    return most;
}

static void find_orientation(struct reading *r)
{
    r->orientation = 1;
    for (jpeg_saved_marker_ptr marker = r->in.marker_list; marker != NULL; marker = marker->next)
        if (r->orientation == 1)
            r->orientation = orientation_of(marker->data, marker->data_length);
}

/* What libjpeg holds of a picture whose pixels come in several scans: all of it, at its full size,
 * although a few bytes can say that it is huge. */
static size_t held_bytes(struct jpeg_decompress_struct *in)
{
    size_t blocks = 0;
    if (!jpeg_has_multiple_scans(in))
        return 0;
    for (int i = 0; i < in->num_components; i++)
        blocks += (size_t)in->comp_info[i].width_in_blocks * in->comp_info[i].height_in_blocks;
    return blocks * DCTSIZE2 * sizeof(JCOEF);
}

/* May leave by longjmp.  What is wrong with it; NULL: nothing. */
static const char *read_jpeg(struct reading *r, struct text_span sent)
{
    jpeg_create_decompress(&r->in);
    r->is_read = true;
    r->progress.progress_monitor = watch;
    r->in.progress = &r->progress;
    jpeg_mem_src(&r->in, (const unsigned char *)sent.bytes, sent.length_bytes);
    jpeg_save_markers(&r->in, JPEG_APP0 + 1, MARKER_BYTES);
    (void)jpeg_read_header(&r->in, TRUE);
    if (r->in.image_width > PHOTO_SENT_EDGE_PX || r->in.image_height > PHOTO_SENT_EDGE_PX)
        return too_large;
    if (held_bytes(&r->in) > PHOTO_HELD_BYTES)
        return too_many;
    find_orientation(r);
    r->in.scale_num = eighths(r->in.image_width, r->in.image_height);
    r->in.scale_denom = EIGHTHS;
    r->in.out_color_space = JCS_RGB;
    (void)jpeg_start_decompress(&r->in);
    r->pixels.width = (int)r->in.output_width;
    r->pixels.height = (int)r->in.output_height;
    size_t row_bytes = (size_t)r->in.output_width * SAMPLES;
    r->pixels.rgb = mem_array(r->mem, unsigned char, row_bytes * r->in.output_height);
    while (r->in.output_scanline < r->in.output_height) {
        JSAMPROW row = r->pixels.rgb + row_bytes * r->in.output_scanline;
        (void)jpeg_read_scanlines(&r->in, &row, 1);
    }
    (void)jpeg_finish_decompress(&r->in);
    return NULL;
}

/* May leave by longjmp.  The room is more than any picture takes, so libjpeg takes none itself. */
static void write_jpeg(struct reading *r)
{
    size_t row_bytes = (size_t)r->pixels.width * SAMPLES;
    r->compressed_bytes =
        (unsigned long)r->pixels.width * (unsigned long)r->pixels.height * COMPRESSED_BYTES_PIXEL +
        COMPRESSED_BYTES_MORE;
    r->compressed = mem_array(r->mem, unsigned char, r->compressed_bytes);
    jpeg_create_compress(&r->to);
    r->is_written = true;
    jpeg_mem_dest(&r->to, &r->compressed, &r->compressed_bytes);
    r->to.image_width = (JDIMENSION)r->pixels.width;
    r->to.image_height = (JDIMENSION)r->pixels.height;
    r->to.input_components = SAMPLES;
    r->to.in_color_space = JCS_RGB;
    jpeg_set_defaults(&r->to);
    jpeg_set_quality(&r->to, QUALITY, TRUE);
    jpeg_start_compress(&r->to, TRUE);
    while (r->to.next_scanline < r->to.image_height) {
        JSAMPROW row = r->pixels.rgb + row_bytes * r->to.next_scanline;
        (void)jpeg_write_scanlines(&r->to, &row, 1);
    }
    jpeg_finish_compress(&r->to);
}

static const char *clean_jpeg(struct reading *r, struct text_span sent)
{
    r->in.err = r->to.err = jpeg_std_error(&r->errors);
    r->errors.error_exit = leave;
    r->errors.emit_message = say_nothing;
    if (setjmp(r->broken) != 0)
        return damaged;
    const char *wrong = read_jpeg(r, sent);
    if (wrong != NULL)
        return wrong;
    r->pixels = upright(r->mem, &r->pixels, r->orientation);
    write_jpeg(r);
    return NULL;
}

/* ---- PNG ---- */

struct stream {
    struct text_span in;
    size_t read_bytes;
    struct text_builder out;
};

static cairo_status_t give(void *arg, unsigned char *to, unsigned length)
{
    struct stream *stream = arg;
    if (length > stream->in.length_bytes - stream->read_bytes)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, stream->in.bytes + stream->read_bytes, length);
    stream->read_bytes += length;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t take(void *arg, const unsigned char *from, unsigned length)
{
    struct stream *stream = arg;
    text_add_part(&stream->out, (const char *)from, length);
    return stream->out.is_over ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void end_surface(void *surface)
{
    cairo_surface_destroy(surface);
}

static cairo_surface_t *smaller(struct mem *mem, cairo_surface_t *from)
{
    int width = cairo_image_surface_get_width(from), height = cairo_image_surface_get_height(from);
    int edge = width > height ? width : height;
    if (edge <= PHOTO_EDGE_PX)
        return from;
    double scale = (double)PHOTO_EDGE_PX / edge;
    int w = (int)(width * scale), h = (int)(height * scale);
    cairo_surface_t *to =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, w > 0 ? w : 1, h > 0 ? h : 1);
    mem_at_end(mem, end_surface, to);
    cairo_t *cr = cairo_create(to);
    cairo_scale(cr, scale, scale);
    cairo_set_source_surface(cr, from, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
    cairo_paint(cr);
    cairo_destroy(cr);
    return to;
}

static enum status measure_png(struct ctx *ctx, struct text_span bytes, int *width_out,
                               int *height_out)
{
    if (bytes.length_bytes < HEADER_BYTES)
        return ctx_fail(ctx, ERR_INVALID, "a PNG of %zu bytes", bytes.length_bytes);
    const struct exif png = {(const unsigned char *)bytes.bytes, bytes.length_bytes, true};
    unsigned width = number(&png, 16, 4), height = number(&png, 20, 4);
    if (width < 1 || height < 1 || width > PHOTO_SENT_EDGE_PX || height > PHOTO_SENT_EDGE_PX ||
        width * height > PHOTO_PNG_PIXELS)
        return ctx_fail(ctx, ERR_INVALID, "a PNG of %u by %u pixels", width, height);
    *width_out = (int)width;
    *height_out = (int)height;
    return OK;
}

static const char *clean_png(struct mem *mem, struct stream *stream, struct photo *out)
{
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(give, stream);
    mem_at_end(mem, end_surface, surface);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        return damaged;
    surface = smaller(mem, surface);
    if (cairo_surface_write_to_png_stream(surface, take, stream) != CAIRO_STATUS_SUCCESS)
        return too_large;
    out->width_px = cairo_image_surface_get_width(surface);
    out->height_px = cairo_image_surface_get_height(surface);
    return NULL;
}

/* ---- both ---- */

static enum status clean_as_jpeg(struct ctx *ctx, struct text_span sent, struct photo *out,
                                 const char **problem_out)
{
    struct mem *mem = mem_child(ctx->mem);
    struct reading *r = mem_new(mem, struct reading);
    *r = (struct reading){.mem = mem};
    mem_at_end(mem, end_reading, r);
    *problem_out = clean_jpeg(r, sent);
    const char *why = mem_text(ctx->mem, r->why);
    if (*problem_out == NULL) {
        char *bytes = mem_array(ctx->mem, char, r->compressed_bytes + 1);
        memcpy(bytes, r->compressed, r->compressed_bytes);
        out->bytes = (struct text_span){bytes, r->compressed_bytes};
        out->width_px = r->pixels.width;
        out->height_px = r->pixels.height;
    }
    mem_end(mem);
    return *problem_out == NULL ? OK : ctx_fail(ctx, ERR_INVALID, "a JPEG was refused: %s", why);
}

static enum status clean_as_png(struct ctx *ctx, struct text_span sent, struct photo *out,
                                const char **problem_out)
{
    int width, height;
    struct mem *mem = mem_child(ctx->mem);
    struct stream stream = {.in = sent, .out = text_build(ctx->mem, sent.length_bytes * 8 + 65536)};
    enum status status = measure_png(ctx, sent, &width, &height);
    *problem_out = status == OK ? clean_png(mem, &stream, out) : too_many;
    mem_end(mem);
    if (*problem_out != NULL)
        return ctx_fail(ctx, ERR_INVALID, "a PNG was refused: %s", *problem_out);
    out->bytes = (struct text_span){stream.out.bytes, stream.out.length_bytes};
    return OK;
}

enum status photo_clean(struct ctx *ctx, const char *type, struct text_span sent, struct photo *out,
                        const char **problem_out)
{
    return strcmp(type, "image/png") == 0 ? clean_as_png(ctx, sent, out, problem_out)
                                          : clean_as_jpeg(ctx, sent, out, problem_out);
}

/* Ours begin with the tables and one frame; libjpeg writes no marker of a length over them. */
static enum status measure_jpeg(struct ctx *ctx, struct text_span bytes, int *width_out,
                                int *height_out)
{
    enum { FIRST_FRAME = 0xC0, LAST_FRAME = 0xC2, BEGIN = 2 };
    const struct exif jpeg = {(const unsigned char *)bytes.bytes, bytes.length_bytes, true};
    for (size_t at = BEGIN; at + 9 < bytes.length_bytes;) {
        unsigned marker = number(&jpeg, at + 1, 1);
        if (number(&jpeg, at, 1) != 0xFF)
            break;
        if (marker >= FIRST_FRAME && marker <= LAST_FRAME) {
            *height_out = (int)number(&jpeg, at + 5, 2);
            *width_out = (int)number(&jpeg, at + 7, 2);
            return OK;
        }
        at += 2 + number(&jpeg, at + 2, 2);
    }
    return ctx_fail(ctx, ERR_INVALID, "a JPEG without a frame");
}

enum status photo_measure(struct ctx *ctx, const char *type, struct text_span bytes, int *width_out,
                          int *height_out)
{
    return strcmp(type, "image/png") == 0 ? measure_png(ctx, bytes, width_out, height_out)
                                          : measure_jpeg(ctx, bytes, width_out, height_out);
}
