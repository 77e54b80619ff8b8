/* SPDX-License-Identifier: MIT */
/*
 * mail_render.c - one source, two writings.
 *
 * Pages are views compiled by viewgen, which refuses style attributes: a page has a stylesheet and
 * a strict policy.  Mail programs drop stylesheets and keep style attributes, so this is the one
 * place that writes HTML by hand.  Everything that is not a literal here goes through add_words,
 * which escapes for text and for a quoted attribute alike; addresses were checked by
 * mail_body_href when the message was put.
 */
#include "platform/mail/mail_render.h"

#include "platform/base/text.h"

enum { RENDERED_BYTES_MAX = 4 * 1024 * 1024 };

/* Colours and sizes of the design system; each pair has a contrast of at least 4.5 to 1. */
#define FONT "font-family:Arial,Helvetica,sans-serif;"
#define STYLE_BODY "margin:0;padding:0;background-color:#f0f4f5;color:#212b32;" FONT
#define STYLE_SHEET "max-width:640px;margin:0 auto;background-color:#ffffff;"
#define STYLE_HEAD                                                                                 \
    "margin:0;padding:16px 24px;background-color:#005eb8;color:#ffffff;"                           \
    "font-size:20px;line-height:28px;font-weight:bold;"
#define STYLE_MAIN "padding:24px;font-size:19px;line-height:28px;"
#define STYLE_H1 "margin:0 0 24px;font-size:26px;line-height:34px;font-weight:bold;"
#define STYLE_H2 "margin:32px 0 16px;font-size:22px;line-height:30px;font-weight:bold;"
#define STYLE_P "margin:0 0 16px;"
#define STYLE_UL "margin:0 0 16px;padding:0 0 0 24px;"
#define STYLE_LI "margin:0 0 8px;"
#define STYLE_CODE                                                                                 \
    "margin:0 0 16px;font-size:32px;line-height:40px;font-weight:bold;letter-spacing:4px;"
#define STYLE_BUTTON                                                                               \
    "display:inline-block;padding:12px 16px;background-color:#007f3b;color:#ffffff;"               \
    "font-weight:bold;text-decoration:none;border-radius:4px;"
#define STYLE_SMALL "margin:0 0 16px;font-size:16px;line-height:24px;word-break:break-all;"
#define STYLE_LINK "color:#005eb8;"
#define STYLE_FOOT                                                                                 \
    "padding:16px 24px;border-top:1px solid "                                                      \
    "#d8dde0;color:#4c6272;font-size:16px;line-height:24px;"

static void add_words(struct text_builder *to, const char *words)
{
    for (const char *c = words; *c != '\0'; c++) {
        switch (*c) {
        case '&':
            text_add(to, "&amp;");
            break;
        case '<':
            text_add(to, "&lt;");
            break;
        case '>':
            text_add(to, "&gt;");
            break;
        case '"':
            text_add(to, "&quot;");
            break;
        case '\'':
            text_add(to, "&#39;");
            break;
        case '\n':
            text_add(to, "<br>\n");
            break;
        default:
            text_add_part(to, c, 1);
        }
    }
}

/* ---- plain text ---- */

static void add_rule(struct text_builder *to, const char *under)
{
    size_t length_chars = text_length_chars(under);
    for (size_t i = 0; i < length_chars && i < 60; i++)
        text_add(to, "-");
    text_add(to, "\n\n");
}

static void add_plain(struct text_builder *to, const struct mail_part *part)
{
    switch (part->kind) {
    case MAIL_PART_HEADING:
        text_add_format(to, "%s\n", part->text);
        add_rule(to, part->text);
        break;
    case MAIL_PART_BULLET:
        text_add_format(to, "- %s\n%s", part->text, part[1].kind == MAIL_PART_BULLET ? "" : "\n");
        break;
    case MAIL_PART_BUTTON:
        text_add_format(to, "%s:\n%s\n\n", part->text, part->href);
        break;
    case MAIL_PARTS_END:
    case MAIL_PART_TEXT:
    case MAIL_PART_CODE:
        text_add_format(to, "%s\n\n", part->text);
        break;
    }
}

enum status mail_render_text(struct ctx *ctx, const struct mail_frame *frame,
                             const struct mail_part *parts, const char **out)
{
    struct text_builder to = text_build(ctx->mem, RENDERED_BYTES_MAX);
    for (const struct mail_part *part = parts; part->kind != MAIL_PARTS_END; part++)
        add_plain(&to, part);
    text_add_format(&to, "%s\n%s\n", frame->service_name, frame->base_url);
    if (frame->unsubscribe_url != NULL)
        text_add_format(&to, "\nStop these emails:\n%s\n", frame->unsubscribe_url);
    return text_build_end(&to, out);
}

/* ---- HTML ---- */

/* literal, escaped words, literal */
static void add_around(struct text_builder *to, const char *before, const char *words,
                       const char *after)
{
    text_add(to, before);
    add_words(to, words);
    text_add(to, after);
}

static void add_button(struct text_builder *to, const struct mail_part *part)
{
    add_around(to, "<p style=\"" STYLE_P "\"><a style=\"" STYLE_BUTTON "\" href=\"", part->href,
               "\">");
    add_around(to, "", part->text, "</a></p>\n");
    text_add(to, "<p style=\"" STYLE_SMALL "\">If the button does not work, copy this address into "
                 "your browser:<br>\n");
    add_around(to, "<a style=\"" STYLE_LINK "\" href=\"", part->href, "\">");
    add_around(to, "", part->href, "</a></p>\n");
}

static void add_bullet(struct text_builder *to, const struct mail_part *part, bool is_first)
{
    if (is_first)
        text_add(to, "<ul style=\"" STYLE_UL "\">\n");
    add_around(to, "<li dir=\"auto\" style=\"" STYLE_LI "\">", part->text, "</li>\n");
    if (part[1].kind != MAIL_PART_BULLET)
        text_add(to, "</ul>\n");
}

static void add_html(struct text_builder *to, const struct mail_part *part, bool is_first)
{
    switch (part->kind) {
    case MAIL_PART_HEADING:
        add_around(to, "<h2 dir=\"auto\" style=\"" STYLE_H2 "\">", part->text, "</h2>\n");
        break;
    case MAIL_PART_BULLET:
        add_bullet(to, part, is_first);
        break;
    case MAIL_PART_CODE:
        add_around(to, "<p style=\"" STYLE_CODE "\">", part->text, "</p>\n");
        break;
    case MAIL_PART_BUTTON:
        add_button(to, part);
        break;
    case MAIL_PARTS_END:
    case MAIL_PART_TEXT:
        add_around(to, "<p dir=\"auto\" style=\"" STYLE_P "\">", part->text, "</p>\n");
        break;
    }
}

static void add_foot(struct text_builder *to, const struct mail_frame *frame)
{
    text_add(to, "<div style=\"" STYLE_FOOT "\">\n");
    add_around(to, "<p style=\"margin:0\">", frame->service_name, "<br>\n");
    add_around(to, "<a style=\"" STYLE_LINK "\" href=\"", frame->base_url, "\">");
    add_around(to, "", frame->base_url, "</a></p>\n");
    if (frame->unsubscribe_url != NULL)
        add_around(to, "<p style=\"margin:16px 0 0\"><a style=\"" STYLE_LINK "\" href=\"",
                   frame->unsubscribe_url, "\">Stop these emails</a></p>\n");
    text_add(to, "</div>\n");
}

enum status mail_render_html(struct ctx *ctx, const struct mail_frame *frame,
                             const struct mail_part *parts, const char **out)
{
    struct text_builder to = text_build(ctx->mem, RENDERED_BYTES_MAX);
    text_add(&to, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"color-scheme\" content=\"light\">\n");
    add_around(&to, "<title>", frame->subject, "</title>\n</head>\n");
    text_add(&to,
             "<body style=\"" STYLE_BODY "\">\n<div role=\"main\" style=\"" STYLE_SHEET "\">\n");
    add_around(&to, "<p style=\"" STYLE_HEAD "\">", frame->service_name, "</p>\n");
    add_around(&to, "<div style=\"" STYLE_MAIN "\">\n<h1 dir=\"auto\" style=\"" STYLE_H1 "\">",
               frame->subject, "</h1>\n");
    for (const struct mail_part *part = parts; part->kind != MAIL_PARTS_END; part++)
        add_html(&to, part, part == parts || part[-1].kind != MAIL_PART_BULLET);
    text_add(&to, "</div>\n");
    add_foot(&to, frame);
    text_add(&to, "</div>\n</body>\n</html>\n");
    return text_build_end(&to, out);
}
