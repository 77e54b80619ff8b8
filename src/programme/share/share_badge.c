/* SPDX-License-Identifier: MIT */
/*
 * share_badge.c - the badge for an organisation's own website.
 *
 * Text is text, so that it can be read aloud and found.  Fonts differ from machine to machine, so
 * each line is given the width that it has with ours: with any font it stays inside.
 */
#include "platform/base/settings.h"
#include "platform/base/time.h"
#include "platform/document/picture.h"
#include "programme/share/share.h"
#include "programme/share/share_page.html.h"

enum { BADGE_WIDTH = 320, INSET = 20, TEXT_WIDTH = BADGE_WIDTH - 2 * INSET, NAME_LINES = 3 };

struct writing {
    struct ctx *ctx;
    struct share_badge_page *page;
    int y;
};

static void add_lines(struct writing *writing, const char *text, int lines_most, int size_px,
                      bool is_bold)
{
    struct picture_line lines[NAME_LINES];
    const struct picture_words words = {
        .text = text, .is_bold = is_bold, .size_px = size_px, .box = {.width = TEXT_WIDTH}};
    int count;
    picture_lines(writing->ctx, &words, lines_most, lines, &count);
    for (int i = 0; i < count; i++) {
        writing->y += size_px * 13 / 10;
        writing->page->lines[writing->page->line_count++] = (struct share_badge_line){
            lines[i].text, lines[i].width_px, INSET, writing->y, size_px, is_bold ? 700 : 400};
    }
}

void share_badge(struct ctx *ctx, const struct pledge *pledge, struct view *out)
{
    bool stands = pledge_stands(pledge);
    struct share_badge_page page = {
        .title = mem_format(ctx->mem, "Partnership Pledge: %s", share_stand(ctx->mem, pledge)),
        .about = share_picture_words(ctx->mem, pledge),
        .width = BADGE_WIDTH,
        .ground = stands ? "#0b5563" : "#e8edee",
        .ink = stands ? "#ffffff" : "#212b32",
        .edge = stands ? "#0b5563" : "#8a1538",
        .dashes = stands ? "none" : "6 4",
    };
    struct writing writing = {ctx, &page, 12};
    add_lines(&writing, stands ? "Partnership Pledge" : "No longer in force", 1, 24, true);
    writing.y += 4;
    add_lines(&writing, pledge->organisation_name, NAME_LINES, 16, false);
    writing.y += 4;
    add_lines(
        &writing,
        stands ? share_stand(ctx->mem, pledge)
               : mem_format(ctx->mem, "Partnership Pledge, %s", pledge_state_text(pledge->state)),
        2, 15, stands);
    add_lines(&writing, mem_format(ctx->mem, "Check it: %s", pledge->code), 1, 13, false);
    page.height = writing.y + 18;
    share_badge_svg(out, &page);
}

/* Written here and not by a view: it is text to be copied, for a page that is not ours. */
const char *share_badge_html(struct ctx *ctx, const struct pledge *pledge)
{
    struct view alternative = {.mem = ctx->mem};
    view_text_str(&alternative, pledge->organisation_name);
    return mem_format(ctx->mem,
                      "<a href=\"%s/verify/%s\"><img src=\"%s/pledges/%s/badge.svg\" "
                      "alt=\"Partnership Pledge of %s: see whether it is in force\" "
                      "width=\"%d\"></a>",
                      ctx->settings->base_url, pledge->code, ctx->settings->base_url,
                      pledge->reference, alternative.text != NULL ? alternative.text : "",
                      BADGE_WIDTH);
}
