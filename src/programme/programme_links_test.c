/* SPDX-License-Identifier: MIT */
/*
 * programme_links_test.c - no page that anyone can reach leads nowhere: all links are followed from
 * the front page on, as a search engine would; and what is sent again all day is the same all day.
 */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/web/web_test_client.h"
#include "programme/demo/demo.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/programme.h"

enum { PAGES_MAX = 150, PATH_BYTES_MAX = 300, PLEDGES = 24, TO_MIDNIGHT_SECS = 15 * 60 * 60 };

struct walk {
    const char *paths[PAGES_MAX];
    size_t count;
};

/* Each page once; of pages that differ only behind "?", and of organisations, some will do. */
static void add(struct ctx *ctx, struct walk *walk, const char *path, size_t length)
{
    size_t alike = 0, bare = strcspn(path, "?\"#");
    for (size_t i = 0; i < walk->count; i++) {
        const char *known = walk->paths[i];
        if (strlen(known) == length && strncmp(known, path, length) == 0)
            return;
        alike += strcspn(known, "?") == bare && strncmp(known, path, bare) == 0;
    }
    if (alike < 4 && walk->count < PAGES_MAX)
        walk->paths[walk->count++] = mem_text_part(ctx->mem, path, length);
}

/* Entities in an address: only "&amp;" comes about. */
static char *without_entities(struct mem *mem, const char *path)
{
    char *clean = mem_text(mem, path), *to = clean;
    for (const char *at = path; *at != '\0'; at++) {
        *to++ = *at;
        if (strncmp(at, "&amp;", 5) == 0)
            at += 4;
    }
    *to = '\0';
    return clean;
}

static void add_links(struct ctx *ctx, struct walk *walk, const char *page)
{
    static const char href[] = "href=\"";
    for (const char *at = page; (at = strstr(at, href)) != NULL;) {
        at += sizeof href - 1;
        size_t length = strcspn(at, "\"#");
        if (at[0] == '/' && length > 0 && length < PATH_BYTES_MAX) {
            const char *path = without_entities(ctx->mem, mem_text_part(ctx->mem, at, length));
            add(ctx, walk, path, strlen(path));
        }
    }
}

TEST(no_link_of_a_public_page_leads_nowhere)
{
    struct walk walk = {.count = 0};
    struct settings settings = settings_built_in(ctx->mem);
    settings.demonstration = true;
    ctx->settings = &settings;
    directory_test_packs(ctx);
    struct web_client *client = web_client(ctx, &programme_app);
    add(ctx, &walk, "/", 1);
    for (size_t i = 0; i < walk.count; i++) {
        client_get(client, walk.paths[i]);
        bool is_away = client->code == 303 && client->location[0] != '\0';
        if (client->code != 200 && !is_away)
            fail_msg("%s is linked to and answers %d", walk.paths[i], client->code);
        if (is_away && client->location[0] == '/')
            add(ctx, &walk, client->location, strlen(client->location));
        if (client->code == 200 && strstr(client->body, "<!DOCTYPE html>") != NULL)
            add_links(ctx, &walk, client->body);
    }
    CHECK(walk.count > 20);
}

/* Whether the page is one that may be sent again later that day (web/kept.h). */
static bool is_same_all_day(const struct web_client *client)
{
    return client->code == 200 && client->answer.is_for_all && client->answer.is_same_all_day;
}

TEST(what_is_sent_again_all_day_is_the_same_all_day)
{
    struct walk walk = {.count = 0};
    struct demo_made made;
    size_t compared = 0;
    int64_t morning_secs = ctx->now_secs; /* 09:00 in London's winter */
    struct settings settings = settings_built_in(ctx->mem);
    ctx->settings = &settings;
    directory_test_packs(ctx);
    CHECK(demo_fill(ctx, &(const struct demo_options){.seed = "day", .pledge_count = PLEDGES},
                    &made) == OK);
    struct web_client *client = web_client(ctx, &programme_app);
    add(ctx, &walk, "/", 1);
    for (size_t i = 0; i < walk.count; i++) {
        ctx->now_secs = morning_secs;
        client_get(client, walk.paths[i]);
        if (client->code == 200 && strstr(client->body, "<!DOCTYPE html>") != NULL)
            add_links(ctx, &walk, client->body);
        if (!is_same_all_day(client))
            continue;
        const char *morning = client->body;
        ctx->now_secs = morning_secs + TO_MIDNIGHT_SECS - 1;
        client_get(client, walk.paths[i]);
        if (!is_same_all_day(client) || strcmp(client->body, morning) != 0)
            fail_msg("%s says it is the same all day, and is not", walk.paths[i]);
        compared++;
    }
    CHECK(compared > 20);
}
