/* SPDX-License-Identifier: MIT */
/* home_test.c - the front page and the pages of the footer, as a browser gets them. */
#include "programme/home/home_web.h"

#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access.h"
#include "programme/event/event_test_help.h"
#include "programme/library/library.h"
#include "programme/pack/pack.h"

static const struct web_route *const tables[] = {home_routes, NULL};
static const struct web_app app = {.routes = tables};

/* The page at a path, under settings that begin as the built-in ones. */
static const char *get(struct ctx *ctx, const struct settings *settings, const char *target)
{
    ctx->settings = settings;
    struct web_client *client = web_client(ctx, &app);
    client_get(client, target);
    CHECK_CODE(client, 200);
    return client->body;
}

static void add_person(struct ctx *ctx, const char *email, const char *role)
{
    struct access_person person;
    const struct access_new wanted = {.email = email, .name = "Ada", .role = role};
    CHECK(access_person_add(ctx, &wanted, &person, NULL) == OK);
}

TEST(the_front_page_shows_each_stage_of_the_framework_in_force)
{
    struct framework framework;
    struct settings settings = settings_built_in(ctx->mem);
    const char *page = get(ctx, &settings, "/");
    CHECK(framework_on(ctx, "talent-for-care", "2026-03-09", &framework) == OK);
    CHECK(framework.stage_count >= 4);
    for (size_t i = 0; i < framework.stage_count; i++)
        CHECK(strstr(page, framework.stages[i].summary) != NULL);
}

TEST(a_stage_leads_to_its_page_once_there_is_one)
{
    struct settings settings = settings_built_in(ctx->mem);
    CHECK(strstr(get(ctx, &settings, "/"), "href=\"/get-in\"") == NULL);
    CHECK(library_take_packs(ctx) == OK);
    CHECK(strstr(get(ctx, &settings, "/"), "href=\"/get-in\"") != NULL);
}

TEST(the_front_page_shows_events_until_their_day_is_over)
{
    struct settings settings = settings_built_in(ctx->mem);
    CHECK(strstr(get(ctx, &settings, "/"), "href=\"/events\"") == NULL);
    const char *link = mem_format(ctx->mem, "href=\"/events/%s\"", event_test_make(ctx, 5, 5));
    CHECK(strstr(get(ctx, &settings, "/"), link) != NULL);
    ctx->now_secs = 1780952000; /* 8 June 2026, 9:53pm, when it has been over for hours */
    CHECK(strstr(get(ctx, &settings, "/"), link) != NULL);
    ctx->now_secs = 1780960000; /* 9 June */
    CHECK(strstr(get(ctx, &settings, "/"), link) == NULL);
}

TEST(before_a_framework_is_in_force_the_front_page_is_there_all_the_same)
{
    struct settings settings = settings_built_in(ctx->mem);
    ctx->now_secs = 946684800; /* 1 January 2000 */
    CHECK(strstr(get(ctx, &settings, "/"), "Sign the pledge") != NULL);
}

TEST(only_a_demonstration_says_who_can_sign_in)
{
    struct settings settings = settings_built_in(ctx->mem);
    add_person(ctx, "ada@demo.example", "national");
    CHECK(strstr(get(ctx, &settings, "/"), "ada@demo.example") == NULL);
    settings.demonstration = true;
    const char *page = get(ctx, &settings, "/");
    CHECK(strstr(page, "ada@demo.example") != NULL && strstr(page, "National lead") != NULL);
    CHECK(strstr(page, "href=\"/desk/outbox\"") != NULL);
}

TEST(the_pages_of_the_footer_say_where_to_ask)
{
    static const char *const pages[] = {"/accessibility", "/contact", "/terms"};
    struct settings settings = settings_built_in(ctx->mem);
    settings.contact_email = "help@example.org";
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        CHECK(strstr(get(ctx, &settings, pages[i]), "mailto:help@example.org") != NULL);
    settings.contact_email = "";
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        CHECK(strstr(get(ctx, &settings, pages[i]), "mailto:") == NULL);
}

TEST(the_cookie_that_the_page_names_is_the_one_that_is_set)
{
    struct settings settings = settings_built_in(ctx->mem);
    CHECK(strstr(get(ctx, &settings, "/cookies"), ">onward<") != NULL);
    settings.base_url = "https://onward.example";
    CHECK(strstr(get(ctx, &settings, "/cookies"), ">__Host-onward<") != NULL);
}
