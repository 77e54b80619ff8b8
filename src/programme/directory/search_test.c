/* SPDX-License-Identifier: MIT */
/* search_test.c - typing finds the real trusts, forgivingly and in a good order. */
#include "platform/base/test.h"
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"

/* The code found first; "" for none. */
static const char *first(struct ctx *ctx, const char *typed)
{
    struct directory_found *found;
    size_t count;
    CHECK(directory_search(ctx, &(struct directory_asked){typed, DIRECTORY_ORGANISATIONS, 10},
                           &found, &count) == OK);
    return count > 0 ? found[0].code : "";
}

static bool finds(struct ctx *ctx, const char *typed, const char *code)
{
    struct directory_found *found;
    size_t count;
    CHECK(directory_search(ctx, &(struct directory_asked){typed, DIRECTORY_ORGANISATIONS, 10},
                           &found, &count) == OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(found[i].code, code) == 0)
            return true;
    return false;
}

TEST(names_are_found_whatever_the_case_and_the_punctuation)
{
    directory_test_packs(ctx);
    CHECK_TEXT(first(ctx, "manchester university"), "R0A");
    CHECK_TEXT(first(ctx, "MANCHESTER UNIVERSITY NHS FOUNDATION TRUST"), "R0A");
    CHECK_TEXT(first(ctx, "university manchester"), "R0A");
    CHECK(finds(ctx, "kings college", "RJZ"));
    CHECK(finds(ctx, "King's College", "RJZ"));
    CHECK(finds(ctx, "guy's & st. thomas'", "RJ1"));
    CHECK(finds(ctx, "guys and saint thomas", "RJ1"));
    CHECK(finds(ctx, "Saint George's", "RJ7"));
    CHECK(finds(ctx, "imperial college health care", "RYJ"));
    CHECK(finds(ctx, "  barts---health!! ", "R1H"));
}

TEST(the_last_word_may_be_unfinished)
{
    directory_test_packs(ctx);
    CHECK_TEXT(first(ctx, "manchester univ"), "R0A");
    CHECK(finds(ctx, "frim", "RDU"));
    CHECK(finds(ctx, "univ hosp southam", "RHM"));
    CHECK(finds(ctx, "ro marsd", "RPY") == false); /* two letters are no beginning but at the end */
    CHECK(finds(ctx, "roy marsd", "RPY"));
}

TEST(codes_postcodes_and_towns_are_found)
{
    directory_test_packs(ctx);
    CHECK_TEXT(first(ctx, "R0A"), "R0A");
    CHECK_TEXT(first(ctx, "r0a"), "R0A");
    CHECK_TEXT(first(ctx, "G6V2S"), "G6V2S");
    CHECK_TEXT(first(ctx, "M13 9WL"), "R0A");
    CHECK_TEXT(first(ctx, "m139wl"), "R0A");
    CHECK_TEXT(first(ctx, "m13 9"), "R0A");
    CHECK(finds(ctx, "camberley", "RDU"));
}

TEST(one_wrong_letter_is_forgiven)
{
    directory_test_packs(ctx);
    CHECK_TEXT(first(ctx, "manchestr university"), "R0A");   /* missing */
    CHECK_TEXT(first(ctx, "manchesster university"), "R0A"); /* too many */
    CHECK_TEXT(first(ctx, "mamchester university"), "R0A");  /* wrong */
    CHECK_TEXT(first(ctx, "amnchester university"), "R0A");  /* swapped */
    CHECK(finds(ctx, "moorfeilds", "RP6"));
    CHECK(finds(ctx, "tavistok", "RNK"));
    CHECK(finds(ctx, "papwerth", "RGM"));
    CHECK(finds(ctx, "kinsg colege", "RJZ")); /* one in each of two words */
    CHECK(finds(ctx, "northumbira", "RTF"));
    CHECK_TEXT(first(ctx, "mxnchxster university"), ""); /* two are not */
}

TEST(one_wrong_letter_is_forgiven_in_a_word_that_is_being_typed)
{
    directory_test_packs(ctx);
    CHECK(finds(ctx, "moorfei", "RP6"));
    CHECK(finds(ctx, "manchset", "R0A"));
    CHECK(finds(ctx, "great ormnod st", "RP4"));
    CHECK(finds(ctx, "hertfordhsi", "RWR"));
}

TEST(open_organisations_come_first)
{
    struct directory_found *found;
    size_t count;
    directory_test_packs(ctx);
    CHECK(directory_search(ctx, &(struct directory_asked){"essex", NULL, 50}, &found, &count) ==
              OK &&
          count > 3);
    bool has_closed = false;
    for (size_t i = 0; i < count; i++) {
        CHECK(!(found[i].is_open && has_closed));
        has_closed = has_closed || !found[i].is_open;
    }
    CHECK(has_closed);
    CHECK(strstr(found[count - 1].detail, "Not open now") != NULL);
}

TEST(a_name_that_begins_so_comes_before_one_that_holds_the_words)
{
    directory_test_packs(ctx);
    CHECK_TEXT(first(ctx, "london"), "RRU"); /* before North London, South London ... */
    CHECK_TEXT(first(ctx, "oxford"), "RNU");
}

TEST(a_shelf_narrows_what_is_found)
{
    struct directory_found *found;
    size_t count;
    directory_test_packs(ctx);
    CHECK(directory_search(ctx, &(struct directory_asked){"london", DIRECTORY_AREAS, 10}, &found,
                           &count) == OK);
    CHECK(count == 1);
    CHECK_TEXT(found[0].code, "Y56");
    CHECK(directory_search(ctx, &(struct directory_asked){"london", DIRECTORY_SCHOOLS, 10}, &found,
                           &count) == OK);
    CHECK(count == 0);
}

TEST(what_cannot_be_searched_for_finds_nothing)
{
    directory_test_packs(ctx);
    static const char *const typed[] = {
        "", " ", "a", "!!!", "\xff\xfe", "zzzzzzzzzz", "%", "' or 1=1 --", "\xF0\x9F\x8F\xA5"};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
        CHECK_TEXT(first(ctx, typed[i]), "");
    char *huge = mem_bytes(ctx->mem, 100001);
    memset(huge, 'x', 100000);
    CHECK_TEXT(first(ctx, huge), "");
    for (int i = 1; i < 100000; i += 4)
        huge[i] = ' ';
    CHECK_TEXT(first(ctx, huge), "");
}

TEST(no_more_are_given_than_asked_for)
{
    struct directory_found *found;
    size_t count;
    directory_test_packs(ctx);
    CHECK(directory_search(ctx, &(struct directory_asked){"nhs trust", NULL, 3}, &found, &count) ==
              OK &&
          count == 3);
    CHECK(directory_search(ctx, &(struct directory_asked){"nhs trust", NULL, 0}, &found, &count) ==
              OK &&
          count == 0);
    CHECK(directory_search(ctx, &(struct directory_asked){"nhs trust", NULL, 5000}, &found,
                           &count) == OK);
    CHECK(count == DIRECTORY_FOUND_MAX);
}

TEST(a_search_takes_few_queries)
{
    struct directory_found *found;
    size_t count;
    directory_test_packs(ctx);
    int64_t before = store_calls(ctx->store);
    CHECK(directory_search(ctx, &(struct directory_asked){"manchester university", NULL, 10},
                           &found, &count) == OK);
    CHECK(store_calls(ctx->store) - before == 3);
    before = store_calls(ctx->store);
    CHECK(directory_search(ctx, &(struct directory_asked){"manchester universiyt", NULL, 10},
                           &found, &count) == OK);
    CHECK(store_calls(ctx->store) - before <= 25);
}
