/* SPDX-License-Identifier: MIT */
/*
 * share_picture.c - the picture that services show beside a shared address.
 *
 * The colours are the neutral ones of the service.  A pledge that does not stand is grey, and its
 * largest words are that it is no longer in force.
 */
#include "platform/base/settings.h"
#include "platform/document/picture.h"
#include "programme/share/share.h"

enum { MARGIN = 80, INNER_WIDTH = SHARE_PICTURE_WIDTH_PX - 2 * MARGIN };

static const char teal[] = "#0b5563", pale[] = "#cfe7ea", white[] = "#ffffff";
static const char grey[] = "#425563", pale_grey[] = "#e8edee", orange[] = "#ffb81c";

struct looks {
    const char *ground, *quiet, *mark;
};

static void write_at(struct picture *picture, const struct picture_words *words, int y, int height)
{
    struct picture_words placed = *words;
    placed.box = (struct picture_box){MARGIN, y, INNER_WIDTH, height};
    (void)picture_write(picture, &placed);
}

static void write_all(struct ctx *ctx, struct picture *picture, const struct pledge *pledge,
                      const struct looks *looks)
{
    bool stands = pledge_stands(pledge);
    const char *name = pledge->organisation_name, *stand = share_stand(ctx->mem, pledge);
    const char *foot =
        mem_format(ctx->mem, "%s  ·  %s", ctx->settings->service_name, pledge->reference);
    write_at(picture,
             &(const struct picture_words){.text = stands ? "Partnership Pledge" : name,
                                           .colour = looks->quiet,
                                           .size_px = 44,
                                           .least_px = 20},
             72, stands ? 64 : 120);
    write_at(picture,
             &(const struct picture_words){.text = stands ? name : "No longer in force",
                                           .colour = white,
                                           .is_bold = true,
                                           .size_px = 84,
                                           .least_px = 30},
             stands ? 150 : 210, stands ? 270 : 130);
    write_at(picture,
             &(const struct picture_words){
                 .text = stands ? stand
                                : mem_format(ctx->mem, "Partnership Pledge, %s",
                                             pledge_state_text(pledge->state)),
                 .colour = white,
                 .size_px = 42,
                 .least_px = 24},
             440, 60);
    write_at(picture,
             &(const struct picture_words){
                 .text = foot, .colour = looks->quiet, .size_px = 28, .least_px = 18},
             544, 42);
}

enum status share_picture(struct ctx *ctx, const struct pledge *pledge, struct text_span *out)
{
    const struct looks looks = pledge_stands(pledge) ? (struct looks){teal, pale, pale}
                                                     : (struct looks){grey, pale_grey, orange};
    struct picture *picture =
        picture_begin(ctx, SHARE_PICTURE_WIDTH_PX, SHARE_PICTURE_HEIGHT_PX, looks.ground);
    picture_fill(picture, looks.mark,
                 &(const struct picture_box){0, 0, 24, SHARE_PICTURE_HEIGHT_PX});
    picture_fill(picture, looks.mark, &(const struct picture_box){MARGIN, 524, INNER_WIDTH, 2});
    write_all(ctx, picture, pledge, &looks);
    return picture_end(picture, out);
}
