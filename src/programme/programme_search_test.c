/* SPDX-License-Identifier: MIT */
/* programme_search_test.c - what the search pages promise. */
#include "platform/base/settings.h"
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "platform/web/web_test_client.h"
#include "programme/access/access.h"
#include "programme/access/access_test_help.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"
#include "programme/pledge/pledge_test.h"
#include "programme/programme.h"
#include "programme/search/search.h"

static void put(struct ctx *ctx, const char *key, const char *title, const char *summary)
{
    CHECK(search_put(ctx, &(struct search_document){.kind = SEARCH_NEWS,
                                                    .key = key,
                                                    .href = mem_format(ctx->mem, "/news/%s", key),
                                                    .title = title,
                                                    .summary = summary}) == OK);
}

TEST(words_are_marked_and_markup_that_somebody_wrote_stays_text)
{
    struct web_client *c = web_client(ctx, &programme_app);
    put(ctx, "a", "Nurses <b>& (nursing)", "A <script>nurse</script> speaks.");
    client_get(c, "/search?q=nurse");
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "1 result for “nurse”"));
    CHECK(client_has(c, "<mark class=\"app-mark\">Nurses</mark> &lt;b&gt;&amp; (<mark"));
    CHECK(client_has(c, "&lt;script&gt;<mark class=\"app-mark\">nurse</mark>&lt;/script&gt;"));
    client_get(c, "/search.json?q=nurse");
    CHECK(client_has(c, "\"total\":1") && client_has(c, "\"title\":\"Nurses <b>& (nursing)\""));
}

TEST(each_bad_search_has_a_page_that_says_what_to_do)
{
    static const struct {
        const char *target, *words;
        int code;
    } cases[] = {
        {"/search?q=", "Enter what you are looking for", 200},
        {"/search?q=the+of", "Add a word that says what it is about", 200},
        {"/search?q=%22%2A%28", "Enter words: letters or numbers", 200},
        {"/search?q=zzz%22+OR+1%3D1", "Nothing found for “zzz&quot; OR 1=1”", 200},
        {"/search?q=%E0%A4%A8%E0%A4%B0", "Nothing found for “नर”", 200},
        {"/search?q=a%00b", "<h1", 400},
        {"/search?q=word&kind=%22&region=x+y&page=-1", "Nothing found", 200},
    };
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, "/search");
    CHECK(!client_has(c, "nhsuk-error-message\"") && client_has(c, "What are you looking for?"));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        client_get(c, cases[i].target);
        CHECK_CODE(c, cases[i].code);
        if (!client_has(c, cases[i].words))
            fail_msg("%s does not say: %s", cases[i].target, cases[i].words);
    }
    char long_target[1000] = "/search?q=";
    memset(long_target + strlen(long_target), 'a', 600);
    client_get(c, long_target);
    CHECK_CODE(c, 200);
    CHECK(client_has(c, "at most 200 letters") && client_has(c, "value=\"aaaaaa"));
    client_get(c, mem_format(ctx->mem, "%s.json?q=%s", "/search", long_target + 10));
    CHECK_CODE(c, 422);
}

TEST(a_postcode_and_a_code_lead_to_where_they_belong)
{
    struct web_client *c = web_client(ctx, &programme_app);
    directory_test_packs(ctx);
    client_get(c, "/search?q=m139wl");
    CHECK(client_has(c, "M13 9WL is a postcode") &&
          client_has(c, "href=\"/local-lead?place=M13%209WL\""));
    client_get(c, "/search?q=r0a");
    CHECK(client_has(c, "R0A is the code of") && client_has(c, "href=\"/organisations/R0A\""));
    client_get(c, "/search?q=manchester+university");
    CHECK(client_has(c, "href=\"/organisations/R0A\""));
    client_get(c, "/search?q=manchestr+univercity");
    CHECK(client_has(c, "href=\"/organisations/R0A\""));
    client_get(c, "/search/suggest.json?q=manchester+uni");
    CHECK(client_has(c, "\"href\":\"/organisations/R0A\""));
}

TEST(titles_are_suggested_before_they_are_finished)
{
    struct web_client *c = web_client(ctx, &programme_app);
    put(ctx, "a", "Care Certificate for beginners", "");
    client_get(c, "/search/suggest.json?q=care+cert");
    CHECK(client_has(c, "\"label\":\"Care Certificate for beginners\""));
    client_get(c, "/search/suggest.json?q=cert+care");
    CHECK_TEXT(c->body, "[]");
    client_get(c, "/search/suggest.json?q=%22%2A");
    CHECK_TEXT(c->body, "[]");
}

TEST(a_pledge_is_found_at_the_desk_from_the_start_and_by_all_while_it_is_public)
{
    struct web_client *c = web_client(ctx, &programme_app), *desk = client_other(c);
    help_demonstration(ctx, true);
    const char *reference = pledge_test_send(ctx, "R0A");
    client_sign_in(desk, help_person(ctx, "n@desk.example", "national"));
    client_get(c, "/search.json?q=pledge+manchester&scope=mine");
    CHECK(client_has(c, "\"total\":0"));
    client_get(desk, "/search.json?q=pledge+manchester");
    CHECK(client_has(desk, "\"total\":0"));
    client_get(desk, "/search?q=pledge+manchester&scope=mine");
    CHECK(client_has(desk, mem_format(ctx->mem, "/desk/pledges/%s", reference)) &&
          client_has(desk, "Not public"));
    ctx->person = (struct person_id){0};
    pledge_test_sign(ctx);
    CHECK(pledge_acknowledge(ctx, reference) == OK && pledge_publish(ctx, reference) == OK);
    client_get(c, "/search?q=pledge+manchester");
    CHECK(client_has(c, mem_format(ctx->mem, "href=\"/pledges/%s\"", reference)));
    CHECK(pledge_withdraw(ctx, reference, "to see") == OK);
    client_get(c, "/search.json?q=pledge+manchester");
    CHECK(client_has(c, "\"total\":0"));
}

TEST(editors_see_what_several_people_searched_in_vain_on_several_days)
{
    struct web_client *c = web_client(ctx, &programme_app), *editor = client_other(c);
    static const char *const peers[] = {"192.0.2.1", "192.0.2.2", "192.0.2.3"};
    struct person_id person = help_person(ctx, "e@desk.example", "editor");
    for (int day = 0; day < 3; day++) {
        client_sign_in(editor, person);
        client_get(editor, "/desk/searches");
        CHECK_CODE(editor, 200);
        CHECK(!client_has(editor, "podiatry"));
        for (int i = 0; i < 3; i++) {
            c->peer = peers[i];
            client_get(c, "/search?q=Podiatry");
            client_get(c, "/search?q=podiatry");
        }
        ctx->now_secs += 61; /* what a worker found in a minute is written together */
        client_get(c, "/search?q=podiatry");
        ctx->now_secs += 86400;
    }
    client_sign_in(editor, person);
    client_get(editor, "/desk/searches.json");
    CHECK(client_has(editor, "podiatry") && client_has(editor, "\"times\":9"));
    client_get(c, "/desk/searches");
    CHECK_CODE(c, 303);
}

TEST(a_search_that_cannot_be_counted_still_answers)
{
    struct web_client *c = web_client(ctx, &programme_app);
    client_get(c, "/search?q=nothing+here");
    int64_t calls = c->store_calls;
    CHECK(calls < 60);
    store_fail_on_call(ctx->store, (int)calls);
    client_get(c, "/search?q=nothing+here");
    store_fail_on_call(ctx->store, 0);
    CHECK_CODE(c, 200);
}
