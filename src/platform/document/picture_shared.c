/* SPDX-License-Identifier: MIT */
/*
 * picture_shared.c - the looks of a picture beside a shared address.
 *
 * What it is stands at the top and the lines at the bottom, each as high as its words; the title
 * has all the room between them.
 */
#include "platform/document/picture_shared.h"

#include "platform/base/settings.h"
#include "platform/document/picture.h"

#include <string.h>

enum {
    MARGIN = 80,
    INNER_WIDTH = PICTURE_SHARED_WIDTH_PX - 2 * MARGIN,
    EDGE_WIDTH = 24,
    KIND_GAP = 18,
    LINES_GAP = 28,
    TOP_Y = 72,
    KIND_HEIGHT_MOST = 120,
    LINES_END_Y = 506,
    LINES_HEIGHT_MOST = 132,
    RULE_Y = 524,
    FOOT_Y = 544,
    FOOT_HEIGHT = 42
};

static const char teal[] = "#0b5563", pale[] = "#cfe7ea", white[] = "#ffffff";
static const char grey[] = "#425563", pale_grey[] = "#e8edee", orange[] = "#ffb81c";

struct looks {
    const char *ground, *quiet, *mark;
};

static struct picture_box box_at(int y, int height)
{
    return (struct picture_box){MARGIN, y, INNER_WIDTH, height};
}

static bool is_said(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static const char *lines_of(struct mem *mem, const struct picture_shared *shared)
{
    const char *line = shared->line != NULL ? shared->line : "";
    if (!is_said(shared->second_line))
        return line;
    return mem_join(mem, line, line[0] != '\0' ? "\n" : "", shared->second_line);
}

static void write_all(struct ctx *ctx, struct picture *picture, const struct picture_shared *shared,
                      const struct looks *looks)
{
    const char *service = ctx->settings->service_name;
    struct picture_words kind = {.text = shared->kind,
                                 .colour = looks->quiet,
                                 .size_px = 44,
                                 .least_px = 20,
                                 .box = box_at(TOP_Y, KIND_HEIGHT_MOST)};
    struct picture_words lines = {.text = lines_of(ctx->mem, shared),
                                  .colour = white,
                                  .size_px = 42,
                                  .least_px = 28,
                                  .box = box_at(0, LINES_HEIGHT_MOST)};
    struct picture_words title = {
        .text = shared->title, .colour = white, .is_bold = true, .size_px = 84, .least_px = 30};
    const struct picture_words foot = {
        .text = is_said(shared->reference)
                    ? mem_format(ctx->mem, "%s  ·  %s", service, shared->reference)
                    : service,
        .colour = looks->quiet,
        .size_px = 28,
        .least_px = 18,
        .box = box_at(FOOT_Y, FOOT_HEIGHT)};
    lines.box.y = LINES_END_Y - (lines.text[0] == '\0' ? 0 : picture_height(picture, &lines));
    int title_y = TOP_Y + picture_write(picture, &kind) + KIND_GAP;
    title.box = box_at(title_y, lines.box.y - LINES_GAP - title_y);
    (void)picture_write(picture, &title);
    (void)picture_write(picture, &lines);
    (void)picture_write(picture, &foot);
}

enum status picture_shared_draw(struct ctx *ctx, const struct picture_shared *shared,
                                struct text_span *out)
{
    const struct looks looks = shared->is_over ? (struct looks){grey, pale_grey, orange}
                                               : (struct looks){teal, pale, pale};
    struct picture *picture =
        picture_begin(ctx, PICTURE_SHARED_WIDTH_PX, PICTURE_SHARED_HEIGHT_PX, looks.ground);
    picture_fill(picture, looks.mark,
                 &(const struct picture_box){0, 0, EDGE_WIDTH, PICTURE_SHARED_HEIGHT_PX});
    const struct picture_box rule = box_at(RULE_Y, 2);
    picture_fill(picture, looks.mark, &rule);
    write_all(ctx, picture, shared, &looks);
    return picture_end(picture, out);
}

/* A part of the words behind a space, with a full stop where it ends with no mark of its own. */
static const char *sentence(struct mem *mem, const char *text)
{
    if (!is_said(text))
        return "";
    return mem_join(mem, " ", text, strchr(".?!", text[strlen(text) - 1]) != NULL ? "" : ".");
}

const char *picture_shared_words(struct mem *mem, const struct picture_shared *shared)
{
    return mem_format(mem, "%s:%s%s%s", shared->kind, sentence(mem, shared->title),
                      sentence(mem, shared->line), sentence(mem, shared->second_line));
}
