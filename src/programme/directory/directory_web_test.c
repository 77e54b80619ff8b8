/* SPDX-License-Identifier: MIT */
/* directory_web_test.c - the pages of organisations, as a browser and a form get them. */
#include "programme/directory/directory_test_help.h"
#include "programme/directory/directory_web.h"

#include "platform/base/test.h"
#include "platform/web/web_test_client.h"

static const struct web_route *const tables[] = {directory_routes, NULL};
static const struct web_app app = {.routes = tables};

/* The page at a path. */
static const char *get(struct web_client *client, const char *target, int code)
{
    client_get(client, target);
    CHECK_CODE(client, code);
    return client->body;
}

static void check_holds(const char *page, const char *wanted)
{
    if (page == NULL || strstr(page, wanted) == NULL)
        fail_msg("\"%s\" is not on the page", wanted);
}

TEST(the_page_of_a_trust_shows_its_place_today_and_before)
{
    struct web_client *client = web_client(ctx, &app);
    directory_test_packs(ctx);
    ctx->now_secs = 1780000000; /* 28 May 2026 */
    const char *page = get(client, "/organisations/RDU", 200);
    check_holds(page, "Frimley Health NHS Foundation Trust</h1>");
    check_holds(page, "<a href=\"/organisations/S9B9J\">NHS Surrey and Sussex");
    check_holds(page, "<a href=\"/organisations/Y59\">South East</a>");
    check_holds(page, "NHS Frimley Integrated Care Board</a>. 1 July 2022 to 31 March 2026");
    check_holds(page, "<br>Camberley");
    check_holds(page, "Open Government Licence");
}

TEST(the_page_of_a_closed_board_says_who_took_over)
{
    struct web_client *client = web_client(ctx, &app);
    directory_test_packs(ctx);
    ctx->now_secs = 1780000000;
    const char *page = get(client, "/organisations/QNQ", 200);
    check_holds(page, "Its last day was 31 March 2026");
    check_holds(page, "Who took over from it");
    check_holds(page, "<a href=\"/organisations/S0E4D\">NHS Thames Valley");
    CHECK(!client_has(client, "See the organisations that belong to it"));
    page = get(client, "/organisations/Z9B2Z", 200);
    check_holds(page, "Who it took over from");
    check_holds(page, "See the organisations that belong to it");
    check_holds(page, "href=\"/organisations?board=Z9B2Z\"");
}

TEST(a_code_that_nobody_has_is_not_found)
{
    struct web_client *client = web_client(ctx, &app);
    directory_test_packs(ctx);
    get(client, "/organisations/NOBODY", 404);
    get(client, "/organisations/%00", 400);
    get(client, "/organisations/r0a", 200);
}

TEST(organisations_are_found_without_script)
{
    struct web_client *client = web_client(ctx, &app);
    directory_test_packs(ctx);
    check_holds(get(client, "/organisations/find?q=manchestr+universty", 200),
                "<a href=\"/organisations/R0A\">Manchester University NHS Foundation Trust</a>");
    check_holds(get(client, "/organisations/find?q=nhs+trust", 200), "The first 20 that fit");
    check_holds(get(client, "/organisations/find?q=%3Cb%3Exyzzy", 200), "“&lt;b&gt;xyzzy”");
    check_holds(get(client, "/organisations/find", 200), "Type a name, town, postcode or code");
}

TEST(a_form_gets_what_it_looks_for_as_json)
{
    struct web_client *client = web_client(ctx, &app);
    directory_test_packs(ctx);
    CHECK_TEXT(get(client, "/organisations/find.json?q=r0a", 200),
               "[{\"key\":\"R0A\",\"label\":\"Manchester University NHS Foundation Trust\","
               "\"detail\":\"Manchester, M13 9WL. Code R0A\"}]");
    CHECK_TEXT(get(client, "/organisations/find.json", 200), "[]");
    CHECK_TEXT(get(client, "/schools/find.json?q=manchester", 200), "[]");
}

TEST(the_list_is_narrowed_by_kind_region_board_and_state)
{
    struct web_client *client = web_client(ctx, &app);
    directory_test_packs(ctx);
    ctx->now_secs = 1780000000;
    check_holds(get(client, "/organisations", 200), "322 organisations");
    check_holds(get(client, "/organisations?state=closed", 200), "83 organisations");
    check_holds(get(client, "/organisations?board=QOP&state=open", 200),
                "Manchester University NHS Foundation Trust");
    check_holds(get(client, "/organisations.csv?region=Y62&kind=integrated-care-board", 200),
                "NHS Cheshire and Merseyside Integrated Care Board");
    check_holds(get(client, "/organisations.json?board=Z9B2Z", 200), "\"RAL\"");
}

TEST(a_lookup_gives_open_and_closed_but_no_areas)
{
    struct form_found found, *list;
    size_t count;
    directory_test_packs(ctx);
    CHECK(directory_organisations.find(ctx, "R0A", &found) == OK);
    CHECK_TEXT(found.detail, "Manchester, M13 9WL. Code R0A");
    CHECK(found.id > 0);
    CHECK(directory_organisations.find(ctx, "Y56", &found) == ERR_NOT_FOUND);
    CHECK(directory_organisations.find(ctx, "", &found) == ERR_NOT_FOUND);
    CHECK(directory_schools.find(ctx, "R0A", &found) == ERR_NOT_FOUND);
    CHECK(directory_organisations.search(ctx, "oxford health", 5, &list, &count) == OK);
    CHECK(count == 1);
    CHECK_TEXT(list[0].key, "RNU");
}
