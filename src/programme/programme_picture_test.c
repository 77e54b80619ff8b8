/* SPDX-License-Identifier: MIT */
/* programme_picture_test.c - pictures beside the shared addresses of case studies, news, events and
 * guidance; those of pledges: programme_share_test.c. */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/web/web_test_client.h"
#include "programme/casestudy/casestudy_test_help.h"
#include "programme/directory/directory.h"
#include "programme/event/event_test_help.h"
#include "programme/library/library.h"
#include "programme/library/library_test_help.h"
#include "programme/news/news.h"
#include "programme/programme.h"

#include <inttypes.h>

/* ---- things that are public ---- */

static const char *study(struct ctx *ctx)
{
    const struct casestudy_draft draft = casestudy_test_draft(ctx);
    const char *reference = casestudy_test_confirmed(ctx, &draft);
    casestudy_test_publish(ctx, reference);
    return reference;
}

static const char *news_draft(struct ctx *ctx, const char *title)
{
    const char *slug;
    struct form_problems problems = {.count = 0};
    const struct news_words words = {title, "In short.", "funding", "More.", ""};
    CHECK(news_write(ctx, &(const struct news_place){"", 0}, &words, &problems, &slug) == OK);
    return slug;
}

static const char *news(struct ctx *ctx, const char *title)
{
    struct form_problems problems = {.count = 0};
    const char *slug = news_draft(ctx, title);
    CHECK(news_publish(ctx, &(const struct news_place){slug, 1}, 0, &problems) == OK);
    return slug;
}

static int64_t guidance_draft(struct ctx *ctx)
{
    struct library_page page;
    struct form_problems problems = {.count = 0};
    const struct library_edit edit = {0, 0, library_test_draft("/guidance/one", "Where to begin?")};
    CHECK(library_save(ctx, &edit, &problems, &page) == OK);
    return page.id;
}

static int64_t guidance(struct ctx *ctx)
{
    struct form_problems problems = {.count = 0};
    int64_t id = guidance_draft(ctx);
    CHECK(library_publish(ctx, id, 1, 0, &problems) == OK);
    return id;
}

/* ---- what is public ---- */

/* A whole number of four bytes in the head of a PNG. */
static int number_at(const struct web_client *c, int at)
{
    const unsigned char *b = (const unsigned char *)c->body + at;
    return b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
}

/* The page names the picture and says what is in it, and the picture is served. */
static void check_shared(struct web_client *c, const char *path, const char *picture,
                         const char *says)
{
    struct ctx *ctx = c->ctx;
    struct mem *mem = ctx->mem;
    const char *base = ctx->settings->base_url, *etag;
    client_get(c, path);
    CHECK_CODE(c, 200);
    CHECK(client_count(c, "property=\"og:title\"") == 1);
    CHECK(client_has(c, mem_format(mem, "property=\"og:url\" content=\"%s%s\"", base, path)));
    CHECK(client_has(c, mem_format(mem, "property=\"og:image\" content=\"%s%s\"", base, picture)));
    CHECK(client_has(c, "og:image:width\" content=\"1200\""));
    CHECK(client_has(c, "og:image:height\" content=\"630\""));
    CHECK_TEXT(client_between(c, "og:image:alt\" content=\"", "\">"), says);
    client_get(c, picture);
    CHECK_CODE(c, 200);
    CHECK(c->body_bytes > 1000 && memcmp(c->body, "\x89PNG\r\n\x1A\n", 8) == 0);
    CHECK(number_at(c, 16) == 1200 && number_at(c, 20) == 630);
    CHECK_TEXT(client_header(c, "content-type"), "image/png");
    CHECK_TEXT(client_header(c, "cross-origin-resource-policy"), "cross-origin");
    CHECK_TEXT(client_header(c, "cache-control"), "public, no-cache");
    etag = mem_text(mem, client_header(c, "etag"));
    CHECK(etag[0] != '\0');
    client_get(c, picture);
    CHECK_TEXT(client_header(c, "etag"), etag);
}

TEST(each_public_thing_has_a_picture_that_its_page_names)
{
    struct web_client *c = web_client(ctx, &programme_app);
    CHECK(directory_take_packs(ctx) == OK);
    const char *path = mem_format(ctx->mem, "/case-studies/%s", study(ctx));
    check_shared(c, path, mem_join(ctx->mem, path, "/picture.png", ""),
                 "Case study: Ward visits for pupils. Manchester University NHS Foundation Trust. "
                 "North West.");
    path = mem_format(ctx->mem, "/news/%s", news(ctx, "New rules"));
    check_shared(c, path, mem_join(ctx->mem, path, "/picture.png", ""),
                 "News: New rules. 9 March 2026.");
    path = mem_format(ctx->mem, "/events/%s", event_test_make(ctx, 5, 5));
    check_shared(c, path, mem_join(ctx->mem, path, "/picture.png", ""),
                 "Event: Meet the apprentices. Monday 8 June 2026, 10am to midday. The old "
                 "library, 1 High Street, Leeds, and online.");
    check_shared(c, "/guidance/one",
                 mem_format(ctx->mem, "/guidance/covers/%" PRId64, guidance(ctx)),
                 "Guidance · Get In: Where to begin? What it is.");
}

TEST(a_title_in_any_letters_is_shared)
{
    struct web_client *c = web_client(ctx, &programme_app);
    const char *path = mem_format(ctx->mem, "/news/%s", news(ctx, "Łódź a’r Cymry: أخبار"));
    check_shared(c, path, mem_join(ctx->mem, path, "/picture.png", ""),
                 "News: Łódź a’r Cymry: أخبار. 9 March 2026.");
}

TEST(the_picture_of_an_event_says_where_and_that_it_is_off)
{
    struct web_client *c = web_client(ctx, &programme_app);
    const char *reference = event_test_make(ctx, 0, 5), *before;
    const char *path = mem_format(ctx->mem, "/events/%s", reference);
    const char *picture = mem_join(ctx->mem, path, "/picture.png", "");
    const struct event event = event_test_get(ctx, reference);
    check_shared(c, path, picture,
                 "Event: Meet the apprentices. Monday 8 June 2026, 10am to midday. Online.");
    before = mem_text(ctx->mem, client_header(c, "etag"));
    CHECK(event_cancel(ctx, &event, "It snows") == OK);
    check_shared(c, path, picture,
                 "Meet the apprentices: This event is cancelled. Monday 8 June 2026, 10am to "
                 "midday. Online.");
    CHECK(strcmp(client_header(c, "etag"), before) != 0);
}

/* ---- what is not ---- */

static void check_none(struct web_client *c, const char *picture, int code)
{
    struct ctx *ctx = c->ctx;
    client_get(c, picture);
    CHECK_CODE(c, code);
    CHECK(strcmp(client_header(c, "content-type"), "image/png") != 0);
    CHECK(memcmp(c->body, "\x89PNG", 4) != 0 && !client_has(c, "og:image"));
}

TEST(what_is_not_public_yet_has_no_picture)
{
    const char *event;
    struct mem *mem = ctx->mem;
    struct form_problems problems = {.count = 0};
    struct web_client *c = web_client(ctx, &programme_app);
    CHECK(directory_take_packs(ctx) == OK);
    const struct casestudy_draft draft = casestudy_test_draft(ctx);
    const struct event_draft planned = event_test_draft(5, 0);
    CHECK(event_make(ctx, &planned, NULL, &problems, &event) == OK);
    const char *const none[] = {
        mem_format(mem, "/case-studies/%s/picture.png", casestudy_test_send(ctx, &draft)),
        mem_format(mem, "/case-studies/%s/picture.png", casestudy_test_confirmed(ctx, &draft)),
        mem_format(mem, "/events/%s/picture.png", event),
        mem_format(mem, "/news/%s/picture.png", news_draft(ctx, "New rules")),
        mem_format(mem, "/guidance/covers/%" PRId64, guidance_draft(ctx)),
        "/case-studies/%ff%00/picture.png",
        "/events/x/picture.png",
        "/news/x/picture.png",
        "/guidance/covers/x"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        check_none(c, none[i], i == 5 ? 400 : 404);
}

TEST(what_is_public_no_more_has_no_picture)
{
    struct web_client *c = web_client(ctx, &programme_app);
    CHECK(directory_take_packs(ctx) == OK);
    const char *reference = study(ctx), *slug = news(ctx, "New rules");
    const char *item = mem_format(ctx->mem, "/news/%s", slug);
    int64_t page = guidance(ctx);
    CHECK(casestudy_withdraw(ctx, reference, CASESTUDY_BY_AUTHOR, NULL) == OK);
    CHECK(news_withdraw(ctx, slug, "It was wrong") == OK);
    CHECK(library_take_down(ctx, page) == OK);
    check_none(c, mem_format(ctx->mem, "/case-studies/%s/picture.png", reference), 404);
    check_none(c, item, 410);
    check_none(c, mem_join(ctx->mem, item, "/picture.png", ""), 410);
    check_none(c, mem_format(ctx->mem, "/guidance/covers/%" PRId64, page), 404);
}
