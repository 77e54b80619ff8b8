/* SPDX-License-Identifier: MIT */
/*
 * newsletter_compose.c - the blocks of an issue as a page, as mail and as plain text.
 *
 * Mail programs drop stylesheets and classes.  The markup of the page comes from the Markdown
 * renderer and from here, so its tags are known; for mail each gets its style in place of its
 * class, and each address of this site is made whole.
 */
#include "platform/base/settings.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/library/library.h"
#include "programme/newsletter/newsletter.h"
#include "programme/newsletter/newsletter_page.html.h"

#include <string.h>

enum { COMPOSED_BYTES_MAX = 2 * 1024 * 1024 };

/* ---- the page ---- */

static enum status add_words(struct ctx *ctx, const char *text, struct view *page)
{
    struct html words;
    TRY(library_markdown(ctx, text, &words));
    view_text_html(page, words);
    return OK;
}

enum status newsletter_page_html(struct ctx *ctx, const struct newsletter_issue *issue,
                                 struct html *out)
{
    struct view page = {.mem = ctx->mem};
    for (size_t i = 0; i < issue->block_count; i++) {
        if (issue->blocks[i].is_item)
            newsletter_item(&page, &issue->blocks[i]);
        else
            TRY(add_words(ctx, issue->blocks[i].text, &page));
    }
    *out = view_html(&page);
    return OK;
}

/* ---- mail ---- */

#define FONT "font-family:Arial,Helvetica,sans-serif;"
#define LINK "color:#005eb8;"

/* What stands in place of a tag's class; the same colours as other mail of the service. */
static const struct tag_style {
    const char *tag, *style;
} styles[] = {
    {"h1", "margin:0 0 24px;font-size:26px;line-height:34px;font-weight:bold;"},
    {"h2", "margin:32px 0 12px;font-size:22px;line-height:30px;font-weight:bold;"},
    {"h3", "margin:24px 0 8px;font-size:19px;line-height:28px;font-weight:bold;"},
    {"h4", "margin:16px 0 8px;font-size:19px;line-height:28px;font-weight:bold;"},
    {"p", "margin:0 0 16px;"},
    {"ul", "margin:0 0 16px;padding:0 0 0 24px;"},
    {"ol", "margin:0 0 16px;padding:0 0 0 24px;"},
    {"li", "margin:0 0 8px;"},
    {"a", LINK},
    {"blockquote", "margin:0 0 16px;padding:0 0 0 16px;border-left:8px solid #005eb8;"},
    {"table", "width:100%;margin:0 0 16px;border-collapse:collapse;"},
    {"th", "padding:8px 8px 8px 0;border-bottom:1px solid #d8dde0;text-align:left;"},
    {"td", "padding:8px 8px 8px 0;border-bottom:1px solid #d8dde0;"},
};

static const char *style_of(const char *tag, size_t length_bytes)
{
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++)
        if (strlen(styles[i].tag) == length_bytes && memcmp(styles[i].tag, tag, length_bytes) == 0)
            return styles[i].style;
    return NULL;
}

/* One attribute, ` name="value"`; class goes, href is made whole. */
static const char *add_attribute(struct text_builder *to, const char *at, const char *base_url)
{
    const char *quote = strchr(at, '"');
    const char *end = quote != NULL ? strchr(quote + 1, '"') : NULL;
    if (end == NULL)
        return at + strlen(at);
    if (text_begins(at, " class=") || text_begins(at, " id=") || text_begins(at, " tabindex="))
        return end + 1;
    text_add_part(to, at, (size_t)(quote + 1 - at));
    if (text_begins(at, " href=\"/") || text_begins(at, " src=\"/"))
        text_add(to, base_url);
    text_add_part(to, quote + 1, (size_t)(end - quote));
    return end + 1;
}

/* A start tag, from its "<" on. */
static const char *add_tag(struct text_builder *to, const char *at, const char *base_url)
{
    size_t name_bytes = strcspn(at + 1, " >/");
    const char *style = style_of(at + 1, name_bytes);
    text_add_part(to, at, name_bytes + 1);
    if (style != NULL)
        text_add_format(to, " style=\"%s\"", style);
    at += name_bytes + 1;
    while (*at == ' ' && at[1] != '/')
        at = add_attribute(to, at, base_url);
    return at;
}

/* Pictures of nothing but decoration, icons, have no place in a mail. */
static const char *skip_svg(const char *at)
{
    const char *end = strstr(at, "</svg>");
    return end != NULL ? end + strlen("</svg>") : at + strlen(at);
}

static void add_styled(struct text_builder *to, const char *markup, const char *base_url)
{
    for (const char *at = markup; *at != '\0';) {
        if (text_begins(at, "<svg")) {
            at = skip_svg(at);
        } else if (*at == '<' && at[1] != '/') {
            at = add_tag(to, at, base_url);
        } else {
            size_t plain = 1 + strcspn(at + 1, "<");
            text_add_part(to, at, plain);
            at += plain;
        }
    }
}

/* What mail programs show beside the subject: the first words, which nobody sees again. */
static void add_preview(struct text_builder *to, struct mem *mem, const char *preview)
{
    struct view words = {.mem = mem};
    if (preview[0] == '\0')
        return;
    view_text(&words, preview);
    text_add_format(to, "<div style=\"display:none;max-height:0;overflow:hidden\">%s</div>\n",
                    words.text);
}

enum status newsletter_mail_html(struct ctx *ctx, const struct newsletter_issue *issue,
                                 const struct newsletter_links *links, const char **out)
{
    struct html inside;
    struct view page = {.mem = ctx->mem};
    const struct settings *settings = ctx->settings;
    TRY(newsletter_page_html(ctx, issue, &inside));
    newsletter_mail_page(
        &page, &(const struct newsletter_mail_view){.service_name = settings->service_name,
                                                    .base_url = settings->base_url,
                                                    .postal_address = settings->postal_address,
                                                    .issue = issue,
                                                    .links = links,
                                                    .inside = inside});
    struct text_builder to = text_build(ctx->mem, COMPOSED_BYTES_MAX);
    text_add(&to, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"color-scheme\" content=\"light\">\n");
    struct view title = {.mem = ctx->mem};
    view_text(&title, issue->subject);
    text_add_format(&to, "<title>%s</title>\n</head>\n", title.text != NULL ? title.text : "");
    text_add(&to, "<body style=\"margin:0;padding:0;background-color:#f0f4f5;color:#212b32;" FONT
                  "\">\n<div role=\"main\" style=\"max-width:640px;margin:0 auto;padding:24px;"
                  "background-color:#ffffff;font-size:19px;line-height:28px;\">\n");
    add_preview(&to, ctx->mem, issue->preview);
    add_styled(&to, page.text, settings->base_url);
    text_add(&to, "</div>\n</body>\n</html>\n");
    return text_build_end(&to, out);
}

/* Plain text says an address of this site as "(/path)". */
static void add_whole(struct text_builder *to, const char *words, const char *base_url)
{
    for (const char *at; (at = strstr(words, "(/")) != NULL; words = at + 1) {
        text_add_part(to, words, (size_t)(at - words) + 1);
        text_add(to, base_url);
    }
    text_add_format(to, "%s\n\n", words);
}

enum status newsletter_mail_text(struct ctx *ctx, const struct newsletter_issue *issue,
                                 const struct newsletter_links *links, const char **out)
{
    const struct settings *settings = ctx->settings;
    struct text_builder to = text_build(ctx->mem, COMPOSED_BYTES_MAX);
    text_add_format(&to, "%s\n\n", issue->subject);
    for (size_t i = 0; i < issue->block_count; i++) {
        const char *words;
        const struct newsletter_block *block = &issue->blocks[i];
        if (block->is_item) {
            bool is_ours = block->href[0] == '/';
            text_add_format(&to, "%s\n", block->title);
            if (block->text[0] != '\0')
                text_add_format(&to, "%s\n", block->text);
            text_add_format(&to, "%s%s\n\n", is_ours ? settings->base_url : "", block->href);
            continue;
        }
        TRY(library_markdown_plain(ctx, block->text, &words));
        add_whole(&to, words, settings->base_url);
    }
    text_add_format(&to, "--\n%s\n", settings->service_name);
    if (settings->postal_address[0] != '\0')
        text_add_format(&to, "%s\n", settings->postal_address);
    if (links != NULL)
        text_add_format(&to,
                        "\nYou get this because you asked for our newsletter.\n"
                        "Choose what you get:\n%s\n\nStop the newsletter:\n%s\n\n"
                        "Read it on the website:\n%s\n",
                        links->own_url, links->stop_url, links->page_url);
    return text_build_end(&to, out);
}
