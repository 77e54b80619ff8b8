/* SPDX-License-Identifier: MIT */
/* photo_test_help.c - for tests: pictures as a camera makes them. */
#include "platform/document/photo_test_help.h"

#include "platform/base/test.h"

#include <stdio.h>

#include <jpeglib.h>

enum { SAMPLES = 3, WHITE = 255, DARK = 10, MIDDLE = 128, MORE_BYTES = 65536 };

/* Where the quarter at the top left of what is seen is stored, by orientation: right and below. */
static const struct {
    bool is_right, is_below;
} stored[] = {{false, false}, {false, false}, {true, false}, {true, true}, {false, true},
              {false, false}, {false, true},  {true, true},  {true, false}};

static void say(struct jpeg_compress_struct *to, int orientation, const char *secret)
{
    unsigned char exif[200] = {'E', 'x', 'i', 'f', 0, 0,    'M', 'M', 0, 42, 0, 0,
                               0,   8,   0,   1,   1, 0x12, 0,   3,   0, 0,  0, 1};
    exif[25] = (unsigned char)orientation;
    size_t length = strlen(secret);
    memcpy(exif + 32, secret, length);
    jpeg_write_marker(to, JPEG_APP0 + 1, exif, (unsigned)(32 + length));
}

static struct text_span make(struct ctx *ctx, int width, int height, int orientation,
                             const char *secret)
{
    bool has_scans = secret == NULL;
    struct jpeg_error_mgr errors;
    struct jpeg_compress_struct to = {.err = jpeg_std_error(&errors)};
    unsigned long bytes = (unsigned long)width * (unsigned long)height * 6 + MORE_BYTES;
    unsigned char *room = mem_array(ctx->mem, unsigned char, bytes);
    unsigned char *row = mem_array(ctx->mem, unsigned char, (size_t)width *SAMPLES);
    jpeg_create_compress(&to);
    jpeg_mem_dest(&to, &room, &bytes);
    to.image_width = (JDIMENSION)width;
    to.image_height = (JDIMENSION)height;
    to.input_components = SAMPLES;
    to.in_color_space = JCS_RGB;
    jpeg_set_defaults(&to);
    if (has_scans)
        jpeg_simple_progression(&to);
    jpeg_start_compress(&to, TRUE);
    if (!has_scans)
        say(&to, orientation, secret);
    for (int y = 0; y < height; y++) {
        bool is_row = stored[orientation].is_below == (y >= height / 2);
        for (int x = 0; x < width; x++) {
            bool is_dark = is_row && stored[orientation].is_right == (x >= width / 2);
            memset(row + (size_t)x * SAMPLES, is_dark ? DARK : WHITE, SAMPLES);
        }
        JSAMPROW rows = row;
        (void)jpeg_write_scanlines(&to, &rows, 1);
    }
    jpeg_finish_compress(&to);
    jpeg_destroy_compress(&to);
    return (struct text_span){(const char *)room, bytes};
}

struct text_span photo_test_jpeg(struct ctx *ctx, int width, int height, int orientation,
                                 const char *secret)
{
    return make(ctx, width, height, orientation, secret);
}

struct text_span photo_test_scans(struct ctx *ctx, int width, int height)
{
    return make(ctx, width, height, 1, NULL);
}

int photo_test_corner(struct ctx *ctx, struct text_span jpeg)
{
    struct jpeg_error_mgr errors;
    struct jpeg_decompress_struct in = {.err = jpeg_std_error(&errors)};
    jpeg_create_decompress(&in);
    jpeg_mem_src(&in, (const unsigned char *)jpeg.bytes, jpeg.length_bytes);
    (void)jpeg_read_header(&in, TRUE);
    in.out_color_space = JCS_RGB;
    (void)jpeg_start_decompress(&in);
    int corner = -1;
    unsigned char *row = mem_array(ctx->mem, unsigned char, (size_t)in.output_width *SAMPLES);
    for (unsigned y = 0; y < in.output_height; y++) {
        JSAMPROW rows = row;
        (void)jpeg_read_scanlines(&in, &rows, 1);
        if (y != in.output_height / 4 && y != in.output_height * 3 / 4)
            continue;
        for (int side = 0; side < 2; side++) {
            size_t x = in.output_width / 4 + (size_t)side * in.output_width / 2;
            if (row[x * SAMPLES] < MIDDLE)
                corner = (y > in.output_height / 2 ? 2 : 0) + side;
        }
    }
    (void)jpeg_finish_decompress(&in);
    jpeg_destroy_decompress(&in);
    return corner;
}
