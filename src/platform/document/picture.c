/* SPDX-License-Identifier: MIT */
/* picture.c - draws with cairo on a surface of pixels, and sets text by Pango. */
#include "platform/document/picture.h"

#include "platform/document/fonts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PICTURE_BYTES_MAX = 8 * 1024 * 1024 };

struct picture {
    struct ctx *ctx;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *pango;
};

static void end_surface(void *surface)
{
    cairo_surface_destroy(surface);
}

static void end_cairo(void *cr)
{
    cairo_destroy(cr);
}

static void set_colour(struct picture *picture, const char *colour)
{
    unsigned long rgb = strtoul(colour + 1, NULL, 16);
    cairo_set_source_rgb(picture->cr, (double)(rgb >> 16 & 255) / 255,
                         (double)(rgb >> 8 & 255) / 255, (double)(rgb & 255) / 255);
}

void picture_fill(struct picture *picture, const char *colour, const struct picture_box *box)
{
    set_colour(picture, colour);
    cairo_rectangle(picture->cr, box->x, box->y, box->width, box->height);
    cairo_fill(picture->cr);
}

struct picture *picture_begin(struct ctx *ctx, int width_px, int height_px, const char *colour)
{
    struct picture *picture = mem_new(ctx->mem, struct picture);
    picture->ctx = ctx;
    picture->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_px, height_px);
    mem_at_end(ctx->mem, end_surface, picture->surface);
    picture->cr = cairo_create(picture->surface);
    mem_at_end(ctx->mem, end_cairo, picture->cr);
    picture->pango = fonts_context(ctx->mem, "en-GB");
    picture_fill(picture, colour, &(const struct picture_box){0, 0, width_px, height_px});
    return picture;
}

/* The words in a size; unref it. */
static PangoLayout *set(PangoContext *pango, struct mem *mem, const struct picture_words *words,
                        int size_px)
{
    PangoLayout *layout = pango_layout_new(pango);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, fonts_families);
    pango_font_description_set_size(font, size_px * PANGO_SCALE);
    pango_font_description_set_weight(font,
                                      words->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, words->box.width * PANGO_SCALE);
    fonts_set_features(layout);
    pango_layout_set_text(layout, text_repair(mem, words->text, strlen(words->text)), -1);
    return layout;
}

static int height_of(PangoLayout *layout)
{
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    return (int)ceil((double)box.height / PANGO_SCALE);
}

/* ---- letters that no font of the machine has ---- */

/* Marks in gone (a byte each of the text) where a letter begins that would be drawn as a box. */
static int mark_unknown(PangoLayout *layout, char *gone)
{
    int count = 0;
    PangoLayoutIter *at = pango_layout_get_iter(layout);
    do {
        const PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
        for (int i = 0; run != NULL && i < run->glyphs->num_glyphs; i++) {
            if ((run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0)
                continue;
            gone[run->item->offset + run->glyphs->log_clusters[i]] = 1;
            count++;
        }
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    return count;
}

static bool is_inside(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The text without them and without a space too many; as it is when nothing would be left. */
static const char *without(struct mem *mem, const char *text, const char *gone)
{
    size_t length = 0;
    char *left = mem_bytes(mem, strlen(text) + 1);
    for (size_t i = 0; text[i] != '\0'; i++) {
        bool is_first = length == 0 || left[length - 1] == ' ';
        if (gone[i] != 0)
            while (is_inside(text[i + 1]))
                i++;
        else if (text[i] != ' ' || !is_first)
            left[length++] = text[i];
    }
    left[length] = '\0';
    return length > 0 ? left : text;
}

/* The words as they can be drawn: emoji, say, where there is no font with them, are left out. */
static const char *drawable(struct picture *picture, const struct picture_words *words)
{
    struct mem *mem = picture->ctx->mem;
    PangoLayout *layout = set(picture->pango, mem, words, words->least_px);
    const char *text = mem_text(mem, pango_layout_get_text(layout));
    char *gone = mem_bytes(mem, strlen(text) + 1);
    if (pango_layout_get_unknown_glyphs_count(layout) > 0 && mark_unknown(layout, gone) > 0)
        text = without(mem, text, gone);
    g_object_unref(layout);
    return text;
}

/* ---- sizes ---- */

/* The words in a size, none of them broken; unref it. */
static PangoLayout *set_whole(struct picture *picture, const struct picture_words *words,
                              int size_px)
{
    PangoLayout *layout = set(picture->pango, picture->ctx->mem, words, size_px);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    return layout;
}

static bool is_inside_box(PangoLayout *layout, const struct picture_box *box)
{
    PangoRectangle taken;
    pango_layout_get_extents(layout, NULL, &taken);
    return taken.height <= box->height * PANGO_SCALE && taken.width <= box->width * PANGO_SCALE;
}

static bool fits(struct picture *picture, const struct picture_words *words, int size_px)
{
    PangoLayout *layout = set_whole(picture, words, size_px);
    bool does_fit = is_inside_box(layout, &words->box);
    g_object_unref(layout);
    return does_fit;
}

/* The largest size that fits, looked for by halves; the least one when none does. */
static int size_of(struct picture *picture, const struct picture_words *words)
{
    int too_large = words->size_px, size_px = words->least_px;
    if (fits(picture, words, too_large))
        return too_large;
    while (too_large - size_px > 1) {
        int middle = (too_large + size_px) / 2;
        if (fits(picture, words, middle))
            size_px = middle;
        else
            too_large = middle;
    }
    return size_px;
}

/* The words in the largest size that fits, else cut at the least; unref it. */
static PangoLayout *fit(struct picture *picture, const struct picture_words *words)
{
    struct picture_words shown = *words;
    shown.text = drawable(picture, words);
    int size_px = size_of(picture, &shown);
    PangoLayout *layout = set_whole(picture, &shown, size_px);
    if (is_inside_box(layout, &shown.box))
        return layout;
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_height(layout, shown.box.height * PANGO_SCALE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    return layout;
}

/* ---- writing ---- */

int picture_height(struct picture *picture, const struct picture_words *words)
{
    PangoLayout *layout = fit(picture, words);
    int height = height_of(layout);
    g_object_unref(layout);
    return height;
}

int picture_write(struct picture *picture, const struct picture_words *words)
{
    PangoLayout *layout = fit(picture, words);
    set_colour(picture, words->colour);
    cairo_move_to(picture->cr, words->box.x, words->box.y);
    pango_cairo_show_layout(picture->cr, layout);
    int height = height_of(layout);
    g_object_unref(layout);
    return height;
}

static cairo_status_t take_bytes(void *arg, const unsigned char *bytes, unsigned length)
{
    struct text_builder *out = arg;
    text_add_part(out, (const char *)bytes, length);
    return out->is_over ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

enum status picture_end(struct picture *picture, struct text_span *out)
{
    struct text_builder bytes = text_build(picture->ctx->mem, PICTURE_BYTES_MAX);
    cairo_status_t status = cairo_status(picture->cr);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(picture->surface, take_bytes, &bytes);
    if (status != CAIRO_STATUS_SUCCESS)
        return ctx_fail(picture->ctx, ERR_FAULT, "a picture was not drawn: %s",
                        cairo_status_to_string(status));
    *out = (struct text_span){.bytes = bytes.bytes, .length_bytes = bytes.length_bytes};
    return OK;
}

/* ---- words that are set elsewhere ---- */

static int width_of(PangoLayoutLine *line)
{
    PangoRectangle box;
    pango_layout_line_get_extents(line, NULL, &box);
    return (int)ceil((double)box.width / PANGO_SCALE);
}

/* The rest of a text as one line that ends with "…" where it is too long. */
static struct picture_line last_line(PangoContext *pango, struct mem *mem,
                                     const struct picture_words *words, const char *rest)
{
    struct picture_words one = *words;
    struct picture_line line = {rest, 0};
    size_t length_chars = text_length_chars(rest);
    for (;;) {
        one.text = line.text;
        PangoLayout *layout = set(pango, mem, &one, words->size_px);
        bool fits = pango_layout_get_line_count(layout) == 1;
        line.width_px = width_of(pango_layout_get_line_readonly(layout, 0));
        g_object_unref(layout);
        if (fits || length_chars <= 1)
            return line;
        length_chars--;
        line.text = text_cut(mem, rest, length_chars);
    }
}

void picture_lines(struct ctx *ctx, const struct picture_words *words, int lines_most,
                   struct picture_line *out, int *count_out)
{
    struct mem *mem = mem_child(ctx->mem);
    PangoContext *pango = fonts_context(mem, "en-GB");
    PangoLayout *layout = set(pango, mem, words, words->size_px);
    const char *text = pango_layout_get_text(layout);
    int lines = pango_layout_get_line_count(layout);
    int count = lines < lines_most ? lines : lines_most;
    for (int i = 0; i < count; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(layout, i);
        const char *begin = text + pango_layout_line_get_start_index(line);
        size_t length = (size_t)pango_layout_line_get_length(line);
        if (i == count - 1 && lines > count)
            out[i] = last_line(pango, ctx->mem, words, mem_text(ctx->mem, begin));
        else
            out[i] = (struct picture_line){mem_text_part(ctx->mem, begin, length), width_of(line)};
    }
    *count_out = count;
    g_object_unref(layout);
    mem_end(mem);
}
