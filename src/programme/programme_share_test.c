/* SPDX-License-Identifier: MIT */
/* programme_share_test.c - what sharing a pledge promises. */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/web/web_test_client.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"
#include "programme/share/share.h"

static const char *published(struct ctx *ctx)
{
    const char *reference = pledge_test_send(ctx, "R0A");
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    return reference;
}

static void get(struct web_client *c, const char *reference, const char *tail)
{
    client_get(c, mem_format(c->ctx->mem, "/pledges/%s%s", reference, tail));
}

static struct pledge read_public(struct ctx *ctx, const char *reference)
{
    struct pledge pledge;
    CHECK(pledge_find(ctx, reference, PLEDGE_FOR_PUBLIC, &pledge) == OK);
    return pledge;
}

TEST(a_pledge_in_force_is_shared_by_plain_links_and_nothing_is_loaded_from_elsewhere)
{
    const char *reference = published(ctx);
    struct web_client *c = web_client(ctx, &programme_app);
    get(c, reference, "/share");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "href=\"mailto:?subject=") && client_has(c, "In force since 9 March 2026"));
    CHECK(client_count(c, "rel=\"noopener noreferrer\"") == 5);
    CHECK(client_count(c, "src=\"http") == 0 && client_count(c, "<script") == 1);
    CHECK(client_has(c, mem_format(ctx->mem, "img src=&quot;%s/pledges/%s/badge.svg&quot;",
                                   ctx->settings->base_url, reference)));
    CHECK(client_has(c, mem_format(ctx->mem, "/pledges/%s/poster.pdf", reference)));
    get(c, reference, "");
    CHECK(client_has(c, mem_format(ctx->mem, "href=\"/pledges/%s/share\"", reference)));
}

TEST(what_is_not_public_is_not_shared)
{
    static const char *const tails[] = {"/share", "/picture.png", "/badge.svg", "/poster.pdf"};
    const char *reference = pledge_test_send(ctx, "R0A");
    struct web_client *c = web_client(ctx, &programme_app);
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        get(c, reference, tails[i]);
        CHECK_CODE(c, 404);
        get(c, "%ff%00<script>", tails[i]);
        CHECK(c->code >= 400 && c->code < 500);
    }
}

TEST(the_head_of_a_pledge_says_how_it_is_shared)
{
    const char *reference = published(ctx);
    struct web_client *c = web_client(ctx, &programme_app);
    get(c, reference, "?q=1");
    CHECK(client_count(c, "property=\"og:title\"") == 1);
    CHECK(client_has(c, mem_format(ctx->mem, "property=\"og:url\" content=\"%s/pledges/%s\"",
                                   ctx->settings->base_url, reference)));
    CHECK(client_has(c, mem_format(ctx->mem,
                                   "property=\"og:image\" content=\"%s/pledges/%s/picture.png\"",
                                   ctx->settings->base_url, reference)));
    CHECK(client_has(c, mem_format(ctx->mem, "rel=\"canonical\" href=\"/pledges/%s\"", reference)));
    CHECK(client_has(c, "name=\"description\" content=\"The Partnership Pledge of Manchester"));
    CHECK(!client_has(c, "twitter:"));
    client_get(c, "/verify");
    CHECK(!client_has(c, "og:title"));
}

TEST(badge_and_picture_follow_the_pledge_and_other_sites_may_show_them)
{
    const char *reference = published(ctx);
    struct web_client *c = web_client(ctx, &programme_app);
    get(c, reference, "/badge.svg");
    CHECK_CODE(c, 200);
    CHECK_TEXT(client_header(c, "content-type"), "image/svg+xml");
    CHECK_TEXT(client_header(c, "cross-origin-resource-policy"), "cross-origin");
    CHECK_TEXT(client_header(c, "cache-control"), "public, no-cache");
    CHECK(client_has(c, "<title id=\"title\">Partnership Pledge: In force since 9 March 2026"));
    CHECK(client_has(c, "Manchester University") && !client_has(c, "No longer"));
    CHECK(!client_has(c, "href=") && !client_has(c, "<script") && !client_has(c, "style="));
    get(c, reference, "/picture.png");
    CHECK_TEXT(client_header(c, "content-type"), "image/png");
    const char *before = client_header(c, "etag");
    CHECK(before[0] != '\0');
    CHECK(pledge_withdraw(ctx, reference, "It is over") == OK);
    get(c, reference, "/picture.png");
    CHECK(strcmp(client_header(c, "etag"), before) != 0);
    get(c, reference, "/badge.svg");
    CHECK(client_has(c, "No longer in force") && !client_has(c, "In force since"));
    get(c, reference, "/poster.pdf");
    CHECK_CODE(c, 409);
    CHECK(client_has(c, "There is no poster of this pledge"));
    get(c, reference, "/share");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "No longer in force: withdrawn") && !client_has(c, "mailto:"));
    get(c, reference, "");
    CHECK(!client_has(c, "Share this pledge") &&
          client_has(c, "is no longer in force (Withdrawn)"));
}

/* How often the bytes hold the text; they need not be text. */
static size_t count_in(struct text_span bytes, const char *text)
{
    size_t count = 0, length = strlen(text);
    for (size_t i = 0; i + length <= bytes.length_bytes; i++)
        count += memcmp(bytes.bytes + i, text, length) == 0;
    return count;
}

TEST(names_of_any_length_and_script_fit_on_everything)
{
    char wide[601] = "";
    for (size_t i = 0; i < 200; i++)
        memcpy(wide + i * 3, "語", 3);
    const char *const names[] = {
        "X", wide, "مستشفى الأمل الجامعي للصحة والرعاية",
        "A & B <script>alert(1)</script> \"Trust\"",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Community Health Trust"};
    struct pledge pledge = read_public(ctx, published(ctx));
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct view badge = {.mem = ctx->mem};
        struct text_span bytes;
        pledge.organisation_name = names[i];
        share_badge(ctx, &pledge, &badge);
        CHECK(strstr(badge.text, "<script") == NULL && strstr(badge.text, "</svg>") != NULL);
        const struct picture_shared picture = share_picture(ctx->mem, &pledge);
        CHECK(picture_shared_draw(ctx, &picture, &bytes) == OK);
        CHECK(share_poster(ctx, &pledge, &bytes) == OK);
        CHECK(count_in(bytes, "/Type /Page ") == 1);
        CHECK(strstr(share_badge_html(ctx, &pledge), "<script") == NULL);
    }
}

TEST(the_message_names_the_promise_the_intentions_and_where_to_read_more)
{
    struct pledge pledge = read_public(ctx, published(ctx));
    const char *message = share_message(ctx, &pledge);
    CHECK(strstr(message, pledge.organisation_name) == message);
    for (size_t i = 0; i < pledge.intention_count; i++)
        CHECK(strstr(message, mem_format(ctx->mem, "- %s\n", pledge.intention_names[i])) != NULL);
    CHECK(strstr(message, mem_format(ctx->mem, "/pledges/%s\n", pledge.reference)) != NULL);
    CHECK(strstr(message, mem_format(ctx->mem, "/verify/%s\n", pledge.code)) != NULL);
}
