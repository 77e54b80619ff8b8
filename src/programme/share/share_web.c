/* SPDX-License-Identifier: MIT */
/*
 * share_web.c - the pages and files of sharing, all of them public.
 *
 *   /pledges/:reference/share         links, message, badge, poster
 *   /pledges/:reference/picture.png   for shared addresses
 *   /pledges/:reference/badge.svg     for other websites, which may show it
 *   /pledges/:reference/poster.pdf    only of a pledge that stands
 */
#include "programme/share/share_web.h"
#include "platform/base/settings.h"
#include "programme/share/share.h"
#include "programme/share/share_page.html.h"

/* The pledge that the address names, as the public sees it. */
static enum status find(struct web_request *request, struct pledge *out)
{
    return pledge_find(request->ctx, web_value(request, "reference"), PLEDGE_FOR_PUBLIC, out);
}

/* A plain link of a service, with the address or the words put in. */
static const char *place_href(struct mem *mem, const char *before, const char *value)
{
    return mem_join(mem, before, text_percent(mem, value), "");
}

enum { PLACES_COUNT = 5 };

static const struct share_place *places_of(struct mem *mem, const char *address, const char *words)
{
    struct share_place *places = mem_array(mem, struct share_place, PLACES_COUNT);
    const char *both = mem_format(mem, "%s %s", words, address);
    places[0] = (struct share_place){
        "LinkedIn",
        place_href(mem, "https://www.linkedin.com/sharing/share-offsite/?url=", address)};
    places[1] = (struct share_place){
        "Facebook", place_href(mem, "https://www.facebook.com/sharer/sharer.php?u=", address)};
    places[2] = (struct share_place){
        "Bluesky", place_href(mem, "https://bsky.app/intent/compose?text=", both)};
    places[3] = (struct share_place){"X", place_href(mem, "https://x.com/intent/post?text=", both)};
    places[4] = (struct share_place){"WhatsApp", place_href(mem, "https://wa.me/?text=", both)};
    return places;
}

static enum status show(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct mem *mem = request->ctx->mem;
    TRY(find(request, &pledge));
    const char *address =
        mem_format(mem, "%s/pledges/%s", request->ctx->settings->base_url, pledge.reference);
    const char *words =
        mem_format(mem, "%s has signed the Partnership Pledge.", pledge.organisation_name);
    const char *body = text_percent(mem, mem_format(mem, "%s\n\n%s", words, address));
    struct share_page page = {
        .reference = pledge.reference,
        .code = pledge.code,
        .organisation_name = pledge.organisation_name,
        .organisation_code = pledge.organisation_code,
        .stand = share_stand(mem, &pledge),
        .stands = pledge_stands(&pledge),
        .address = address,
        .mail_href = mem_format(mem, "mailto:?subject=%s&body=%s", text_percent(mem, words), body),
        .places = places_of(mem, address, words),
        .place_count = PLACES_COUNT,
        .message = share_message(request->ctx, &pledge),
        .badge_html = share_badge_html(request->ctx, &pledge),
        .badge_about = share_picture_words(mem, &pledge),
        .picture_about = share_picture_words(mem, &pledge)};
    answer->page = (struct web_page){
        .title = mem_format(mem, "Share the pledge of %s", pledge.organisation_name),
        .section = "/pledges",
        .crumbs = {{"Home", "/"},
                   {"Partnership Pledges", "/pledges"},
                   {pledge.organisation_name, mem_format(mem, "/pledges/%s", pledge.reference)}}};
    answer->is_public = answer->is_same_all_day = true;
    share_show(&answer->body, &page);
    return OK;
}

static enum status show_picture(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    TRY(find(request, &pledge));
    const struct picture_shared picture = share_picture(request->ctx->mem, &pledge);
    return web_shared_picture(request, answer, &picture);
}

static enum status show_badge(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    TRY(find(request, &pledge));
    share_badge(request->ctx, &pledge, &answer->body);
    answer->content_type = "image/svg+xml";
    answer->is_public = answer->is_same_all_day = true;
    web_header(answer, "Cross-Origin-Resource-Policy", "cross-origin");
    return OK;
}

static enum status show_poster(struct web_request *request, struct web_answer *answer)
{
    struct pledge pledge;
    struct text_span bytes;
    TRY(find(request, &pledge));
    enum status status = share_poster(request->ctx, &pledge, &bytes);
    if (status == ERR_CONFLICT)
        return web_sorry(request, answer, 409, "There is no poster of this pledge",
                         "The pledge is no longer in force. You can still read it and its history "
                         "on its page.");
    TRY(status);
    view_raw(&answer->body, bytes.bytes, bytes.length_bytes);
    answer->content_type = "application/pdf";
    answer->download_name = mem_format(request->ctx->mem, "poster-%s.pdf", pledge.reference);
    answer->is_public = true;
    return OK;
}

static enum status write_section(struct web_request *request, const struct pledge *pledge,
                                 struct view *out)
{
    (void)request;
    share_section(out,
                  &(const struct share_section_page){pledge->reference, pledge_stands(pledge)});
    return OK;
}

const struct pledge_section share_pledge_section = {PLEDGE_AT_END, write_section};

const struct web_route share_routes[] = {
    {"GET", "/pledges/:reference/share", WEB_PUBLIC, show, "Share a pledge."},
    {"GET", "/pledges/:reference/picture.png", WEB_PUBLIC, show_picture,
     "The picture beside a shared address."},
    {"GET", "/pledges/:reference/badge.svg", WEB_PUBLIC, show_badge,
     "The badge, as the pledge stands."},
    {"GET", "/pledges/:reference/poster.pdf", WEB_PUBLIC, show_poster, "A poster to hang up."},
    {0},
};
