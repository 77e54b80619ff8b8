/* SPDX-License-Identifier: MIT */
/* search_test.c - documents come and go. */
#include "platform/base/test.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/search/search.h"
#include "programme/search/search.sql.h"
#include "programme/search/search_find.h"
#include "programme/search/search_internal.h"
#include "programme/search/search_missed.h"
#include "programme/search/search_routes.h"

TEST(what_was_put_is_among_the_recent_until_it_is_dropped)
{
    struct search_found *rows = NULL;
    size_t count = 0;
    struct search_document news = {.kind = SEARCH_NEWS,
                                   .key = "a",
                                   .href = "/news/a",
                                   .title = "Apprentices wanted",
                                   .published_on = "2026-03-09"};
    CHECK(search_put(ctx, &news) == OK);
    news.title = "Apprentices still wanted";
    CHECK(search_put(ctx, &news) == OK);
    CHECK(search_recent(ctx, &(struct search_since){NULL, "2026-03-01", 10}, &rows, &count) == OK);
    CHECK(count == 1);
    CHECK_TEXT(rows[0].title, "Apprentices still wanted");
    CHECK(search_recent(ctx, &(struct search_since){SEARCH_EVENT, "", 10}, &rows, &count) == OK);
    CHECK(count == 0);
    CHECK(search_drop(ctx, SEARCH_NEWS, "a") == OK);
    CHECK(search_drop(ctx, SEARCH_NEWS, "a") == OK);
    CHECK(search_recent(ctx, &(struct search_since){.at_most = 10}, &rows, &count) == OK);
    CHECK(count == 0);
}

/* ---- finding ---- */

static void put(struct ctx *ctx, const char *kind, const char *key, const char *title,
                const char *body)
{
    CHECK(search_put(ctx, &(struct search_document){.kind = kind,
                                                    .key = key,
                                                    .href = mem_format(ctx->mem, "/x/%s", key),
                                                    .title = title,
                                                    .body = body}) == OK);
}

/* The keys of what is found, in order, parted by spaces. */
static const char *found(struct ctx *ctx, const char *typed)
{
    struct search_result result;
    const char *keys = "";
    CHECK(search_find(ctx, &(struct search_asked){.typed = typed, .chosen = {"", "", "", ""}},
                      &result) == OK);
    for (size_t i = 0; i < result.hit_count; i++)
        keys = mem_join(ctx->mem, keys, i > 0 ? " " : "", result.hits[i].key);
    return keys;
}

TEST(an_excerpt_tells_headings_and_items_apart)
{
    struct search_result result;
    const char *text = "";
    put(ctx, SEARCH_GUIDANCE, "a", "Ways in",
        "What it is\n\nAn apprentice is paid.\n\nAges:\n16 or over\n18 for nights\n");
    CHECK(search_find(ctx,
                      &(struct search_asked){.typed = "apprentice", .chosen = {"", "", "", ""}},
                      &result) == OK);
    CHECK(result.hit_count == 1);
    for (size_t i = 0; i < result.hits[0].excerpt.count; i++)
        text = mem_join(ctx->mem, text, result.hits[0].excerpt.piece[i].text, "");
    CHECK_TEXT(text, "What it is. An apprentice is paid. Ages: 16 or over. 18 for nights");
}

TEST(words_are_found_by_stem_by_concept_and_with_one_letter_wrong)
{
    put(ctx, SEARCH_NEWS, "a", "Apprentices wanted", "Come and work in our hospital kitchens.");
    put(ctx, SEARCH_GUIDANCE, "b", "Your first ward", "What an HCSW does on an apprenticeship.");
    CHECK_TEXT(found(ctx, "kitchen"), "a");
    CHECK_TEXT(found(ctx, "apprentice"), "a b");
    CHECK_TEXT(found(ctx, "Health-care ASSISTANTS"), "b");
    CHECK_TEXT(found(ctx, "hopsital"), "a");
    CHECK_TEXT(found(ctx, "hostal"), "");
    CHECK_TEXT(found(ctx, "kitchen ward"), "b a");
    CHECK_TEXT(found(ctx, "\"kitchen\" AND (NOT *) title:x"), "a");
}

TEST(what_is_more_about_a_word_comes_first_and_the_kinds_in_their_order)
{
    put(ctx, SEARCH_PLEDGE, "title", "Volunteering pledge", "x");
    put(ctx, SEARCH_NEWS, "often", "Four times", "Volunteer volunteers volunteering volunteered.");
    put(ctx, SEARCH_GUIDANCE, "once", "Guidance", "You can volunteer.");
    put(ctx, SEARCH_CASE_STUDY, "too", "Case", "They volunteer.");
    CHECK_TEXT(found(ctx, "volunteer"), "title often once too");
}

TEST(what_holds_no_word_is_told_and_not_searched)
{
    static const struct {
        const char *typed;
        enum search_problem problem;
    } cases[] = {{"", SEARCH_NOTHING_TYPED},
                 {"the of AND", SEARCH_COMMON_ONLY},
                 {"\"* ( ^ :", SEARCH_NO_WORDS},
                 {"नर्स 護士 تمريض", SEARCH_FINE},
                 {"NEAR(a b) OR col:x*", SEARCH_FINE}};
    struct search_result result;
    char long_text[10001];
    memset(long_text, 'a', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK(search_find(
                  ctx, &(struct search_asked){.typed = cases[i].typed, .chosen = {"", "", "", ""}},
                  &result) == OK);
        CHECK(result.problem == cases[i].problem && result.total == 0);
    }
    CHECK(search_find(ctx, &(struct search_asked){.typed = long_text, .chosen = {"", "", "", ""}},
                      &result) == OK);
    CHECK(result.problem == SEARCH_TOO_LONG);
}

TEST(words_in_other_scripts_are_found_as_they_are_written)
{
    put(ctx, SEARCH_GUIDANCE, "hi", "नर्स बनें", "");
    put(ctx, SEARCH_GUIDANCE, "ar", "مهنة التمريض", "");
    CHECK_TEXT(found(ctx, "नर्स"), "hi");
    CHECK_TEXT(found(ctx, "التمريض"), "ar");
}

TEST(facets_count_what_each_choice_would_leave)
{
    struct search_result result;
    for (int i = 0; i < 7; i++)
        CHECK(search_put(ctx,
                         &(struct search_document){.kind = i < 4 ? SEARCH_NEWS : SEARCH_EVENT,
                                                   .key = mem_format(ctx->mem, "%d", i),
                                                   .href = "/x",
                                                   .title = "Open day",
                                                   .stage = i % 2 == 0 ? "get-in get-on" : "get-on",
                                                   .region = "Y62"}) == OK);
    CHECK(search_find(ctx,
                      &(struct search_asked){.typed = "open day",
                                             .chosen = {SEARCH_NEWS, "get-in", "", ""}},
                      &result) == OK);
    CHECK(result.total == 2 && !result.is_more);
    CHECK(result.value_counts[SEARCH_BY_KIND] == 2);
    CHECK_TEXT(result.values[SEARCH_BY_KIND][0].code, SEARCH_EVENT); /* 4 and 6; news: 0 and 2 */
    CHECK(result.values[SEARCH_BY_KIND][0].count == 2 &&
          result.values[SEARCH_BY_KIND][1].count == 2);
    CHECK(result.values[SEARCH_BY_STAGE][0].count == 4); /* get-on: all news */
    CHECK(result.value_counts[SEARCH_BY_PILLAR] == 0);
}

TEST(more_than_can_be_counted_are_not_counted_and_still_narrowed)
{
    struct search_result result;
    for (int i = 0; i < SEARCH_FOUND_MAX + 5; i++)
        put(ctx, i == 3 ? SEARCH_PLEDGE : SEARCH_NEWS, mem_format(ctx->mem, "%d", i), "Same", "");
    struct search_asked asked = {.typed = "same", .chosen = {"", "", "", ""}, .page = 1000};
    CHECK(search_find(ctx, &asked, &result) == OK);
    CHECK(result.is_more && result.total == SEARCH_FOUND_MAX && result.page == result.page_count);
    CHECK(result.values[SEARCH_BY_KIND][0].count == -1);
    asked.chosen[SEARCH_BY_KIND] = SEARCH_PLEDGE;
    asked.page = 1;
    CHECK(search_find(ctx, &asked, &result) == OK);
    CHECK(!result.is_more && result.total == 1);
    CHECK_TEXT(result.hits[0].key, "3");
}

/* ---- who may find what ---- */

TEST(what_needs_an_access_is_found_by_those_who_have_it_in_its_area_only)
{
    struct search_result result;
    struct search_access everywhere = {MAY_SEE_PLEDGES, NULL}, elsewhere = {MAY_SEE_PLEDGES, "R0B"},
                         other = {MAY_RUN_EVENTS, NULL};
    struct search_asked asked = {.typed = "secret", .chosen = {"", "", "", ""}};
    struct search_found *rows = NULL;
    size_t count = 0;
    CHECK(search_put(ctx, &(struct search_document){.kind = SEARCH_PLEDGE,
                                                    .key = "s",
                                                    .href = "/desk/s",
                                                    .title = "Secret",
                                                    .organisation = "R0A",
                                                    .access = MAY_SEE_PLEDGES}) == OK);
    const struct {
        const struct search_access *access;
        size_t total;
    } cases[] = {{NULL, 0}, {&other, 0}, {&elsewhere, 0}, {&everywhere, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        asked.accesses = cases[i].access;
        asked.access_count = cases[i].access != NULL;
        CHECK(search_find(ctx, &asked, &result) == OK);
        CHECK(result.total == cases[i].total && result.mended == NULL);
    }
    CHECK(search_recent(ctx, &(struct search_since){.at_most = 5}, &rows, &count) == OK);
    CHECK(count == 0);
}

/* ---- what was not found ---- */

TEST(nothing_that_could_be_a_person_is_kept_of_what_was_not_found)
{
    static const char *const not_kept[] = {"ann@trust.example",
                                           "07700 900123",
                                           "ten words that go on and on for very long",
                                           "M13 9WL",
                                           "born 1 May 1980",
                                           "averyveryverylongwordwithoutanend x",
                                           "٠٧٧٠٠٩٠٠",
                                           ""};
    for (size_t i = 0; i < sizeof not_kept / sizeof not_kept[0]; i++)
        CHECK_TEXT(search_missed_words(ctx->mem, not_kept[i]), "");
    CHECK_TEXT(search_missed_words(ctx->mem, " T-Levels & Côté"), "t levels and cote");
}

TEST(an_old_month_is_forgotten)
{
    struct search_missed_known_row row;
    CHECK(search_missed_note(ctx, "podiatry") == OK && search_missed_note(ctx, "podiatry") == OK);
    CHECK(search_missed_known(ctx, "2026-03", "podiatry", &row) == OK && row.times == 2);
    CHECK(search_missed_tidy(ctx) == OK);
    CHECK(search_missed_known(ctx, "2026-03", "podiatry", &row) == OK);
    ctx->now_secs += 400 * 86400;
    CHECK(search_missed_tidy(ctx) == OK);
    CHECK(search_missed_known(ctx, "2026-03", "podiatry", &row) == ERR_NOT_FOUND);
}

/* ---- the index ---- */

TEST(the_index_made_anew_finds_the_same)
{
    put(ctx, SEARCH_NEWS, "a", "Apprentices wanted", "Come and work in our hospital kitchens.");
    CHECK(search_remake(ctx) == OK && search_remake(ctx) == OK);
    CHECK_TEXT(found(ctx, "apprenticeship kitchen"), "a");
    CHECK_TEXT(found(ctx, "hopsital"), "a");
}

TEST(words_that_no_document_has_any_more_are_swept_away)
{
    struct search_known_after_row *rows = NULL;
    size_t count = 0;
    put(ctx, SEARCH_NEWS, "a", "Apprentices", "");
    put(ctx, SEARCH_NEWS, "b", "Podiatry", "");
    CHECK(search_drop(ctx, SEARCH_NEWS, "b") == OK);
    for (const struct job_kind *kind = search_job_kinds; kind->name != NULL; kind++)
        CHECK(kind->fn(ctx, &(const struct job){.kind = kind->name}) == OK);
    CHECK(search_known_after(ctx, "", 10, &rows, &count) == OK && count == 2);
    CHECK_TEXT(rows[0].word, "apprentic");
    CHECK_TEXT(rows[1].word, "apprentices");
    CHECK_TEXT(found(ctx, "apprentice"), "a");
}

TEST(a_put_that_fails_anywhere_leaves_what_was_there)
{
    put(ctx, SEARCH_NEWS, "a", "Old words", "");
    const struct search_document new = {
        .kind = SEARCH_NEWS, .key = "a", .href = "/x/a", .title = "New signs"};
    enum status status = ERR_FAULT;
    int nth = 1;
    for (; status != OK; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = search_put(ctx, &new);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK_TEXT(found(ctx, "old words"), status == OK ? "" : "a");
        CHECK_TEXT(found(ctx, "new signs"), status == OK ? "a" : "");
    }
    CHECK(nth > 8);
    for (status = ERR_FAULT, nth = 1; status != OK; nth++) {
        store_fail_on_call(ctx->store, nth);
        status = search_drop(ctx, SEARCH_NEWS, "a");
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK_TEXT(found(ctx, "new signs"), status == OK ? "" : "a");
    }
}
