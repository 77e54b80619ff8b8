/* SPDX-License-Identifier: MIT */
/* programme_library_test.c - the pages of guidance and their desk, through the whole program. */
#include "platform/base/test.h"
#include "platform/document/photo_test_help.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access_test_help.h"
#include "programme/library/library.h"
#include "programme/library/library.sql.h"
#include "programme/programme.h"
#include "programme/search/search.h"
#include "programme/search/search.sql.h"

static struct web_client *editor(struct ctx *ctx, const char *email)
{
    help_demonstration(ctx, false);
    struct person_id person = help_person(ctx, email, "editor");
    struct web_client *c = web_client(ctx, &programme_app);
    client_sign_in(c, person);
    client_token(c);
    return c;
}

/* Sends the form of a page with these words; what is not said is as it should be. */
static void send_page(struct web_client *c, const char *target, const char *based_on,
                      const char *path, const char *body)
{
    client_post(c, target, "based_on", based_on, "title", "T Levels here", "path", path, "summary",
                "What they are.", "body", body, "steps", "[Go](/get-in)", "related", "", "sources",
                "Us", "stage", "get-in", "pillar", "", "position", "7", "checked_on-day", "1",
                "checked_on-month", "1", "checked_on-year", "2026", "check_by_on-day", "1",
                "check_by_on-month", "6", "check_by_on-year", "2026", "note", "", NULL);
}

/* "/desk/library/123" of the page that was just sent. */
static const char *desk_of(struct web_client *c)
{
    struct ctx *ctx = c->ctx;
    const char *end = strstr(c->location, "/versions/");
    CHECK(end != NULL);
    return mem_text_part(ctx->mem, c->location, (size_t)(end - c->location));
}

static const char *joined(struct web_client *c, const char *desk, const char *tail)
{
    return mem_join(c->ctx->mem, desk, tail, "");
}

TEST(the_public_reads_the_guidance_of_the_pack)
{
    struct web_client *c = web_client(ctx, &programme_app);
    CHECK(library_take_packs(ctx) == OK);
    static const char *const paths[] = {"/guidance", "/get-ready", "/get-in", "/get-on",
                                        "/go-further"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        client_get(c, paths[i]);
        CHECK_CODE(c, 200);
        CHECK(client_has(c, "Last checked: 22 November 2026") && client_has(c, "Next check: "));
        CHECK(client_has(c, "What to do next"));
    }
    client_get(c, "/guidance/care-certificate");
    CHECK(client_has(c, "<link rel=\"canonical\" href=\"/guidance/care-certificate\">"));
    CHECK(client_has(c, "\"@type\":\"BreadcrumbList\"") && client_has(c, "property=\"og:image\""));
    CHECK(client_has(c, "nhsuk-list--tick") && client_has(c, "nhsuk-list--cross"));
    client_get(c, client_between(c, "og:image\" content=\"http://localhost:8080", "\""));
    CHECK_CODE(c, 200);
    CHECK(memcmp(c->body, "\x89PNG", 4) == 0);
    client_get(c, "/guidance/ladder");
    CHECK(client_count(c, "class=\"app-rung\"") == 6);
    client_get(c, "/sitemap.xml");
    CHECK(client_has(c, "<loc>http://localhost:8080/guidance/ladder</loc><lastmod>"));
    client_get(c, "/guidance/pictures/12345");
    CHECK_CODE(c, 404);
    client_get(c, "/robots.txt");
    CHECK(client_has(c, "Sitemap: http://localhost:8080/sitemap.xml") ||
          client_has(c, "Disallow: /\n"));
}

TEST(the_sitemap_lists_the_navigation_and_all_that_is_public)
{
    enum { MANY = SEARCH_RECENT_MAX + 50 };
    struct web_client *c = web_client(ctx, &programme_app);
    int64_t changes;
    CHECK(library_take_packs(ctx) == OK);
    CHECK(search_put(ctx, &(const struct search_document){.kind = SEARCH_NEWS,
                                                          .key = "old",
                                                          .href = "/news/old",
                                                          .title = "Old",
                                                          .published_on = "2001-01-01"}) == OK);
    CHECK(search_put(ctx, &(const struct search_document){.kind = SEARCH_PLEDGE,
                                                          .key = "x",
                                                          .href = "/desk/pledges/x",
                                                          .title = "Hidden",
                                                          .access = MAY_SEE_PLEDGES}) == OK);
    for (int i = 1; i <= MANY; i++)
        CHECK(search_document_add(ctx, i, SEARCH_GUIDANCE, mem_format(ctx->mem, "many %d", i), "/x",
                                  "X", "", "", "", "", "", "", "2026-01-01", 0, "",
                                  &changes) == OK);
    client_get(c, "/sitemap.xml");
    CHECK_CODE(c, 200);
    for (const struct web_link *link = programme_app.navigation; link->text != NULL; link++)
        CHECK(client_count(
                  c, mem_format(ctx->mem, "<loc>http://localhost:8080%s</loc>", link->href)) == 1);
    CHECK(client_has(c, "/news/old</loc><lastmod>2001-01-01</lastmod>"));
    CHECK(!client_has(c, "/desk/"));
}

TEST(what_is_published_is_found_and_what_is_taken_down_is_not)
{
    struct web_client *c = editor(ctx, "one@nhs.example");
    struct search_found *rows;
    size_t count;
    const struct search_since since = {.kind = SEARCH_GUIDANCE, .at_most = 10};
    send_page(c, "/desk/library/new", "0", "/guidance/t-levels-here", "Words.");
    CHECK_CODE(c, 303);
    const char *desk = desk_of(c);
    client_follow(c);
    CHECK(client_has(c, "Preview") && client_has(c, "grade "));
    client_get(c, "/guidance/t-levels-here");
    CHECK_CODE(c, 404);
    client_post(c, joined(c, desk, "/versions/1/publish"), "when", "now", NULL);
    CHECK_CODE(c, 303);
    client_get(c, "/guidance/t-levels-here");
    CHECK_CODE(c, 200);
    CHECK(search_recent(ctx, &since, &rows, &count) == OK && count == 1);
    CHECK_TEXT(rows[0].href, "/guidance/t-levels-here");
    send_page(c, joined(c, desk, "/edit"), "1", "/guidance/moved", "Words.");
    client_post(c, joined(c, desk, "/versions/2/publish"), "when", "now", NULL);
    client_get(c, "/guidance/t-levels-here");
    CHECK_CODE(c, 301);
    CHECK_TEXT(c->location, "/guidance/moved");
    client_get(c, joined(c, desk, "/down"));
    client_post(c, joined(c, desk, "/down"), NULL);
    CHECK_CODE(c, 303);
    client_get(c, "/guidance/moved");
    CHECK_CODE(c, 404);
    CHECK(search_recent(ctx, &since, &rows, &count) == OK && count == 0);
}

TEST(what_an_editor_typed_comes_back_with_what_is_wrong)
{
    struct web_client *c = editor(ctx, "one@nhs.example");
    send_page(c, "/desk/library/new", "0", "/guidance/x", "My words <script>alert(1)</script>");
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "HTML is not shown") && client_has(c, "My words &lt;script&gt;"));
    send_page(c, "/desk/library/new", "0", "/guidance/x", "[go](javascript:alert(1)) kept");
    CHECK(client_has(c, "cannot go to") && client_has(c, "(javascript:alert(1)) kept"));
    send_page(c, "/desk/library/new", "0", "/guidance/x", "![](/guidance/pictures/1) kept");
    CHECK(client_has(c, "has no alternative text") && client_has(c, "pictures/1) kept"));
    send_page(c, "/desk/library/new", "0", "/guidance/x", "Fine.");
    CHECK_CODE(c, 303);
    const char *made = mem_text(ctx->mem, c->location);
    send_page(c, "/desk/library/new", "0", "/guidance/x", "Fine."); /* pressed twice */
    CHECK_CODE(c, 303);
    CHECK_TEXT(c->location, made);
    send_page(c, "/desk/library/new", "0", "/guidance/x", "Onto another.");
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "has this address") && client_has(c, "Onto another."));
    client_post_json(c, "/desk/library/new", "{\"title\":\"\"}");
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "\"field\":\"title\""));
}

TEST(the_second_of_two_editors_is_told_and_keeps_every_word)
{
    struct web_client *c = editor(ctx, "one@nhs.example");
    send_page(c, "/desk/library/new", "0", "/guidance/x", "At first.");
    const char *desk = desk_of(c);
    struct web_client *other = client_other(c);
    client_sign_in(other, help_person(ctx, "two@nhs.example", "editor"));
    client_get(c, joined(c, desk, "/edit"));
    client_get(other, joined(other, desk, "/edit"));
    send_page(c, joined(c, desk, "/edit"), "1", "/guidance/x", "By the first editor.");
    CHECK_CODE(c, 303);
    send_page(other, joined(c, desk, "/edit"), "1", "/guidance/x", "By the second editor.");
    CHECK_CODE(other, 409);
    CHECK(client_has(other, "This page was changed while you worked on it"));
    CHECK(client_has(other, ">By the first editor.<") &&
          client_has(other, "By the second editor."));
    CHECK(client_has(other, "name=\"based_on\" value=\"2\""));
    send_page(other, joined(c, desk, "/edit"), "2", "/guidance/x", "By the second editor.");
    CHECK_CODE(other, 303);
    client_get(c, desk);
    CHECK(client_has(c, "Version 3") && client_has(c, "Version 2"));
}

TEST(a_version_is_planned_stopped_and_brought_back_by_its_buttons)
{
    struct web_client *c = editor(ctx, "one@nhs.example");
    send_page(c, "/desk/library/new", "0", "/guidance/x", "One.");
    const char *desk = desk_of(c), *second = joined(c, desk, "/versions/2");
    client_post(c, joined(c, desk, "/versions/1/publish"), "when", "now", NULL);
    send_page(c, joined(c, desk, "/edit"), "1", "/guidance/x", "Two.");
    client_get(c, joined(c, second, "/publish"));
    client_post(c, joined(c, second, "/publish"), "when", "later", "on-day", "1", "on-month", "1",
                "on-year", "2020", "at", "07:30", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "This time has passed"));
    client_post(c, joined(c, second, "/publish"), "when", "later", "on-day", "1", "on-month", "1",
                "on-year", "2199", "at", "25:30", NULL);
    CHECK(client_has(c, "Enter a time, like 9:30am or 14:00"));
    client_post(c, joined(c, second, "/publish"), "when", "later", "on-day", "1", "on-month", "1",
                "on-year", "2199", "at", "07:30", NULL);
    CHECK_CODE(c, 303);
    client_get(c, second);
    CHECK(client_has(c, "It becomes public on 1 January 2199 at 7:30am"));
    CHECK(client_has(c, "Differences from version 1") && client_has(c, "app-difference--added"));
    client_post(c, joined(c, second, "/stop"), NULL);
    client_post(c, joined(c, second, "/publish"), "when", "now", NULL);
    client_post(c, joined(c, desk, "/versions/1/back"), NULL);
    CHECK_CODE(c, 303);
    client_get(c, "/guidance/x");
    CHECK(client_has(c, "<p>One.</p>"));
    client_post(c, joined(c, desk, "/leave"), NULL);
    CHECK_CODE(c, 303);
}

TEST(what_did_not_come_out_at_its_time_is_found_from_the_desk)
{
    struct web_client *c = editor(ctx, "one@nhs.example");
    static const struct job_kind *const kinds[] = {library_job_kinds, NULL};
    struct form_problems problems = {.count = 0};
    int64_t id;
    bool did = true;
    send_page(c, "/desk/library/new", "0", "/guidance/x", "One.");
    const char *desk = desk_of(c);
    CHECK(text_number(desk + strlen("/desk/library/"), 1, INT64_MAX, &id) == OK);
    client_post(c, joined(c, desk, "/versions/1/publish"), "when", "now", NULL);
    send_page(c, joined(c, desk, "/edit"), "1", "/guidance/y", "Two.");
    CHECK(library_publish(ctx, id, 2, ctx->now_secs + 60, &problems) == OK);
    send_page(c, "/desk/library/new", "0", "/guidance/y", "It took the address.");
    CHECK_CODE(c, 303);
    ctx->now_secs += 7200;
    while (did)
        CHECK(job_work_once(ctx, kinds, &did) == OK);
    c = editor(ctx, "two@nhs.example"); /* the session of the other may have ended */
    client_get(c, "/desk");
    CHECK(client_has(c, "Guidance that did not come out"));
    client_get(c, "/desk/library?state=planned");
    CHECK(client_has(c, mem_format(ctx->mem, "href=\"%s\"", desk)));
    CHECK(client_has(c, "1 page"));
    client_get(c, desk);
    CHECK(client_has(c, "Could not be published"));
    /* And it is among those of its other states all the same. */
    client_get(c, "/desk/library?state=newer");
    CHECK(client_has(c, mem_format(ctx->mem, "href=\"%s\"", desk)));
}

static enum status take_newer(struct ctx *ctx, void *arg)
{
    return library_pack_readers[0].take(ctx, arg);
}

TEST(an_editor_goes_on_from_the_own_words_and_not_from_those_of_a_pack)
{
    struct web_client *c = editor(ctx, "one@nhs.example");
    static const char text[] = "---\ntitle: T\npath: /guidance/x\nsummary: S\nposition: 1\nnext: "
                               "[Go](/get-in)\nsource: Us\nchecked: 2026-01-01\ncheck-by: "
                               "2026-06-01\n---\nOf the pack.";
    struct pack_file file = {"x.md", "X", text, sizeof text - 1};
    struct pack pack = {
        .name = "content", .version = "9", .holds = "guidance", .files = &file, .file_count = 1};
    send_page(c, "/desk/library/new", "0", "/guidance/x", "Our own words.");
    const char *desk = desk_of(c);
    client_post(c, joined(c, desk, "/versions/1/publish"), "when", "now", NULL);
    CHECK(store_transact(ctx, "take", take_newer, &pack) == OK);
    client_post(c, joined(c, desk, "/leave"), NULL);
    client_get(c, joined(c, desk, "/edit"));
    CHECK(client_has(c, "Our own words.") && !client_has(c, "Of the pack."));
    CHECK(client_has(c, "name=\"based_on\" value=\"2\""));
}

TEST(a_picture_needs_words_for_those_who_cannot_see_it)
{
    struct web_client *c = editor(ctx, "one@nhs.example");
    const struct text_span jpeg = photo_test_jpeg(ctx, 64, 32, 1, "secret place");
    const struct client_file file = {"file", "ward.jpg", "image/jpeg", jpeg.bytes,
                                     jpeg.length_bytes};
    client_get(c, "/desk/library/pictures");
    client_upload(c, "/desk/library/pictures", &file, "alt", "", NULL);
    CHECK_CODE(c, 422);
    CHECK(client_has(c, "Say what the picture shows"));
    client_upload(c, "/desk/library/pictures", &file, "alt", "A ward", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    const char *path = client_between(c, "<img class=\"nhsuk-image__img\" src=\"", "\"");
    CHECK(client_has(c, "![A ward](/guidance/pictures/"));
    client_get(c, path);
    CHECK_CODE(c, 200);
    CHECK(c->body_bytes > 0 && memmem(c->body, c->body_bytes, "secret", 6) == NULL);
}

TEST(a_picture_of_which_somebody_says_no_is_removed_for_good)
{
    struct web_client *c = editor(ctx, "one@nhs.example");
    const struct text_span jpeg = photo_test_jpeg(ctx, 64, 32, 1, "secret place");
    const struct client_file file = {"file", "ward.jpg", "image/jpeg", jpeg.bytes,
                                     jpeg.length_bytes};
    client_upload(c, "/desk/library/pictures", &file, "alt", "A ward", NULL);
    CHECK_CODE(c, 303);
    client_follow(c);
    const char *path = client_between(c, "<img class=\"nhsuk-image__img\" src=\"", "\"");
    const char *remove = client_between(c, "href=\"/desk/library/pictures/", "\"");
    remove = mem_format(ctx->mem, "/desk/library/pictures/%s", remove);
    send_page(c, "/desk/library/new", "0", "/guidance/x",
              mem_format(ctx->mem, "![A ward](%s)", path));
    const char *desk = desk_of(c);
    client_post(c, joined(c, desk, "/versions/1/publish"), "when", "now", NULL);
    client_get(c, remove);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "Remove the picture “A ward”"));
    client_get(c, path);
    CHECK_CODE(c, 200);
    for (int i = 0; i < 2; i++) {
        client_post(c, remove, NULL);
        CHECK_CODE(c, 303);
    }
    struct web_client *other = web_client(ctx, &programme_app);
    client_get(other, path);
    CHECK_CODE(other, 404);
    client_get(c, "/desk/library/pictures");
    CHECK(!client_has(c, "A ward"));
    CHECK(links_check(ctx) == OK);
    client_get(c, "/desk/links?state=broken");
    CHECK(client_has(c, path));
}

TEST(every_picture_that_was_added_is_found_page_by_page)
{
    enum { COUNT = 101, PAGE = 25 };
    struct web_client *c = editor(ctx, "one@nhs.example");
    client_get(c, "/desk/library/pictures");
    CHECK(client_has(c, "There are none yet."));
    for (int64_t i = 1, changes; i <= COUNT; i++)
        CHECK(library_picture_add(ctx, i, mem_format(ctx->mem, "Ward %d.", (int)i), 1000 + i,
                                  &changes) == OK);
    client_get(c, "/desk/library/pictures");
    for (int64_t newest = COUNT; newest > 0; newest -= PAGE) {
        for (int64_t i = newest; i > 0 && i > newest - PAGE; i--)
            CHECK(client_has(c, mem_format(ctx->mem, "alt=\"Ward %d.\"", (int)i)));
        CHECK(!client_has(c, mem_format(ctx->mem, "alt=\"Ward %d.\"", (int)(newest - PAGE))));
        CHECK(client_has(c, "name=\"alt\""));
        const char *next = client_between(c, "nhsuk-pagination__link--next\" href=\"", "\"");
        CHECK((next[0] == '\0') == (newest <= PAGE));
        if (next[0] != '\0')
            client_get(c, next);
    }
    client_get(c, "/desk/library/pictures.csv");
    CHECK(client_has(c, "Ward 101.") && client_has(c, "Ward 1."));
    client_get(c, "/desk/library/pictures.json");
    CHECK(client_has(c, "Ward 101.") && client_has(c, "\"next\""));
}

TEST(only_editors_come_to_the_desk_of_guidance)
{
    struct web_client *c = web_client(ctx, &programme_app);
    help_demonstration(ctx, false);
    client_sign_in(c, help_person(ctx, "regional@nhs.example", "operator"));
    static const char *const paths[] = {"/desk/library", "/desk/library/new", "/desk/links",
                                        "/desk/library/pictures"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        client_get(c, paths[i]);
        CHECK_CODE(c, 403);
    }
    struct web_client *e = editor(ctx, "one@nhs.example");
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        client_get(e, paths[i]);
        CHECK_CODE(e, 200);
    }
}
