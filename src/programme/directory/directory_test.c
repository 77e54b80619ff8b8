/* SPDX-License-Identifier: MIT */
/* directory_test.c - the real organisations: found, dated, searched. */
#include "programme/directory/directory.h"
#include "programme/directory/directory_test_help.h"

#include "platform/base/id.h"
#include "platform/base/test.h"
#include "platform/base/text.h"

static struct organisation find(struct ctx *ctx, const char *code)
{
    struct organisation it;
    CHECK(directory_find(ctx, code, &it) == OK);
    return it;
}

static void take(struct ctx *ctx)
{
    directory_test_packs(ctx);
}

/* The board's code, "?" when not known, "-" when there was none. */
static const char *board_on(struct ctx *ctx, const char *code, const char *day)
{
    struct directory_place place;
    CHECK(directory_board_on(ctx, find(ctx, code).id, day, &place) == OK);
    return place.known == DIRECTORY_KNOWN ? place.code : place.known == DIRECTORY_NONE ? "-" : "?";
}

static const char *region_on(struct ctx *ctx, const char *code, const char *day)
{
    struct directory_place place;
    CHECK(directory_region_on(ctx, find(ctx, code).id, day, &place) == OK);
    return place.known == DIRECTORY_KNOWN ? place.code : place.known == DIRECTORY_NONE ? "-" : "?";
}

TEST(the_packs_bring_regions_boards_and_trusts)
{
    struct directory_choice *choices;
    size_t count;
    take(ctx);
    CHECK(directory_places(ctx, "region", "2026-04-09", &choices, &count) == OK && count == 7);
    CHECK(directory_places(ctx, "board", "2026-03-31", &choices, &count) == OK && count == 42);
    CHECK(directory_places(ctx, "board", "2026-04-01", &choices, &count) == OK && count == 36);
    CHECK(directory_places(ctx, "board", "2022-06-30", &choices, &count) == OK && count == 0);
    struct organisation trust = find(ctx, "R0A");
    CHECK_TEXT(trust.name, "Manchester University NHS Foundation Trust");
    CHECK_TEXT(trust.kind, "foundation-trust");
    CHECK_TEXT(trust.address, "Cobbett House\nOxford Road");
    CHECK_TEXT(trust.postcode, "M13 9WL");
    CHECK_TEXT(trust.opened_on, "2017-10-01");
    CHECK(trust.is_open && trust.is_employer);
    CHECK_TEXT(find(ctx, "RYV").closed_on, "2026-03-31");
}

TEST(taking_the_packs_twice_changes_nothing)
{
    struct directory_import *imports;
    size_t once, twice;
    take(ctx);
    CHECK(directory_imports(ctx, 100, &imports, &once) == OK && once == 5);
    take(ctx);
    CHECK(directory_imports(ctx, 100, &imports, &twice) == OK && twice == 5);
    for (size_t i = 0; i < twice; i++)
        CHECK(imports[i].refused_count == 0);
}

TEST(a_code_is_found_in_small_letters_and_of_any_width)
{
    take(ctx);
    CHECK_TEXT(find(ctx, "r0a").code, "R0A");
    CHECK_TEXT(find(ctx, "G6V2S").name, "North London NHS Foundation Trust");
    struct organisation it;
    CHECK(directory_find(ctx, "R0", &it) == ERR_NOT_FOUND);
    CHECK(directory_find(ctx, "", &it) == ERR_NOT_FOUND);
}

TEST(a_trust_was_in_another_board_before_the_mergers_of_2026)
{
    take(ctx);
    CHECK_TEXT(board_on(ctx, "RAL", "2026-04-01"), "Z9B2Z");
    CHECK_TEXT(board_on(ctx, "RAL", "2026-03-31"), "QMJ");
    CHECK_TEXT(board_on(ctx, "RAL", "2023-06-15"), "QMJ");
    CHECK_TEXT(board_on(ctx, "RYJ", "2023-06-15"), "QRV");
    CHECK_TEXT(board_on(ctx, "RDU", "2026-03-31"), "QNQ");
    CHECK_TEXT(board_on(ctx, "RDU", "2026-04-01"), "S9B9J");
    CHECK_TEXT(board_on(ctx, "RQW", "2025-01-01"), "QM7");
    CHECK_TEXT(board_on(ctx, "RDE", "2025-01-01"), "QJG");
    CHECK_TEXT(board_on(ctx, "RGR", "2026-04-01"), "T6Y0W");
}

TEST(a_trust_whose_board_stayed_has_one_board_all_along)
{
    take(ctx);
    CHECK_TEXT(board_on(ctx, "R0A", "2022-07-01"), "QOP");
    CHECK_TEXT(board_on(ctx, "R0A", "2026-04-01"), "QOP");
    CHECK_TEXT(board_on(ctx, "RHM", "2023-01-01"), "QRL");
    CHECK_TEXT(board_on(ctx, "RHM", "2026-11-22"), "QRL");
}

TEST(before_july_2022_there_were_no_boards)
{
    take(ctx);
    CHECK_TEXT(board_on(ctx, "R0A", "2022-06-30"), "-");
    CHECK_TEXT(board_on(ctx, "RAL", "2022-06-30"), "-");
    CHECK_TEXT(board_on(ctx, "RAL", "2022-07-01"), "QMJ");
}

TEST(a_trust_has_a_board_only_while_it_exists)
{
    take(ctx);
    CHECK_TEXT(board_on(ctx, "G6V2S", "2024-10-31"), "-");
    CHECK_TEXT(board_on(ctx, "G6V2S", "2024-11-01"), "QMJ");
    CHECK_TEXT(board_on(ctx, "RRP", "2024-10-31"), "QMJ");
    CHECK_TEXT(board_on(ctx, "RRP", "2024-11-01"), "-");
    CHECK_TEXT(board_on(ctx, "RT6", "2011-01-01"), "-");
}

TEST(a_trust_outside_england_has_no_board)
{
    take(ctx);
    CHECK_TEXT(board_on(ctx, "RQF", "2026-05-01"), "-");
    CHECK_TEXT(region_on(ctx, "RQF", "2026-05-01"), "-");
}

TEST(a_region_follows_from_the_board)
{
    take(ctx);
    CHECK_TEXT(region_on(ctx, "R0A", "2023-01-01"), "Y62");
    CHECK_TEXT(region_on(ctx, "RAL", "2026-04-01"), "Y56");
    CHECK_TEXT(region_on(ctx, "QNQ", "2025-01-01"), "Y59");
    CHECK_TEXT(board_on(ctx, "QNQ", "2025-01-01"), "QNQ");
    CHECK_TEXT(board_on(ctx, "QNQ", "2026-04-01"), "-");
    CHECK_TEXT(region_on(ctx, "Y56", "2026-04-01"), "Y56");
}

TEST(without_its_own_link_an_earlier_board_is_known_only_when_it_is_the_only_one_possible)
{
    /* The same packs without the links that were worked out by postcode. */
    struct directory_import *imports;
    size_t count;
    struct directory_place place;
    take(ctx);
    CHECK(directory_imports(ctx, 100, &imports, &count) == OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(imports[i].kind, "links") == 0)
            CHECK(directory_import_undo(ctx, imports[i].id) == OK);
    CHECK_TEXT(board_on(ctx, "RAL", "2026-04-01"), "Z9B2Z");
    CHECK_TEXT(board_on(ctx, "RAL", "2023-06-15"), "?"); /* two boards merged */
    CHECK_TEXT(board_on(ctx, "RDE", "2023-06-15"), "?"); /* one was split */
    CHECK_TEXT(board_on(ctx, "RHM", "2023-06-15"), "?"); /* part of another joined it */
    CHECK_TEXT(board_on(ctx, "R0A", "2023-06-15"), "QOP");
    CHECK(directory_region_on(ctx, find(ctx, "RAL").id, "2023-06-15", &place) == OK);
    CHECK(place.known == DIRECTORY_KNOWN && place.is_worked_out); /* both were in London */
    CHECK_TEXT(place.code, "Y56");
}

TEST(the_periods_of_a_trust_are_told_newest_first)
{
    struct directory_period *periods;
    size_t count;
    take(ctx);
    CHECK(directory_periods(ctx, find(ctx, "RDU").id, &periods, &count) == OK && count == 2);
    CHECK_TEXT(periods[0].code, "S9B9J");
    CHECK_TEXT(periods[0].from_on, "2026-04-01");
    CHECK_TEXT(periods[0].to_on, "");
    CHECK_TEXT(periods[1].name, "NHS Frimley Integrated Care Board");
    CHECK_TEXT(periods[1].from_on, "2022-07-01");
    CHECK_TEXT(periods[1].to_on, "2026-03-31");
}

TEST(two_periods_in_one_place_that_follow_each_other_are_told_as_one)
{
    struct directory_period *periods;
    size_t count;
    take(ctx);
    CHECK(directory_periods(ctx, find(ctx, "RHM").id, &periods, &count) == OK && count == 1);
    CHECK_TEXT(periods[0].from_on, "2022-07-01");
    CHECK_TEXT(periods[0].to_on, "");
}

TEST(a_board_that_was_split_has_several_successors)
{
    struct directory_succession *rows;
    size_t count, after = 0;
    take(ctx);
    CHECK(directory_successions(ctx, find(ctx, "QNQ").id, &rows, &count) == OK && count == 3);
    for (size_t i = 0; i < count; i++)
        after += rows[i].is_successor && strcmp(rows[i].kind, "split") == 0;
    CHECK(after == 3);
    CHECK(directory_successions(ctx, find(ctx, "Z9B2Z").id, &rows, &count) == OK && count == 2);
    CHECK(!rows[0].is_successor);
    CHECK_TEXT(rows[0].on, "2026-04-01");
}

TEST(openness_follows_the_days_and_then_the_word_of_the_source)
{
    CHECK(directory_is_open_on("open", "2020-01-01", "", "2020-01-01"));
    CHECK(!directory_is_open_on("open", "2020-01-01", "", "2019-12-31"));
    CHECK(directory_is_open_on("closed", "", "2020-01-01", "2020-01-01"));
    CHECK(!directory_is_open_on("closed", "", "2020-01-01", "2020-01-02"));
    CHECK(!directory_is_open_on("closed", "", "", "2020-01-02"));
    CHECK(!directory_is_open_on("planned", "", "", "2020-01-02"));
    CHECK(directory_is_open_on("planned", "2020-01-01", "", "2020-01-02"));
}

TEST(what_lies_in_an_area_is_said_by_the_links_of_the_day)
{
    /* Mid and South Essex: its board became part of another on 1 April 2026. */
    static const struct {
        const char *area, *day;
        bool lies;
    } cases[] = {{"QH8", "2026-03-31", true},    {"QH8", "2026-04-01", false},
                 {"D7T5G", "2026-03-31", false}, {"D7T5G", "2026-04-01", true},
                 {"Y61", "2026-03-31", true},    {"Y61", "2026-04-01", true},
                 {"Y62", "2026-04-01", false},   {"RAJ", "2026-04-01", true},
                 {"R0A", "2026-04-01", false},   {"NOWHERE", "2026-04-01", false}};
    directory_test_packs(ctx);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool lies;
        CHECK(directory_lies_in(ctx, "RAJ", cases[i].area, cases[i].day, &lies) == OK);
        if (lies != cases[i].lies)
            fail_msg("RAJ in %s on %s", cases[i].area, cases[i].day);
    }
}

/* Other tests are given a copy of what was taken before: the same, and older than theirs. */
TEST(packs_kept_for_tests_are_those_that_are_taken)
{
    struct directory_import *kept, *taken;
    size_t kept_count, taken_count;
    directory_test_packs(ctx);
    CHECK(directory_imports(ctx, 20, &kept, &kept_count) == OK && kept_count > 3);
    CHECK(directory_take_packs(ctx) == OK);
    CHECK(directory_imports(ctx, 20, &taken, &taken_count) == OK && taken_count == kept_count);
    for (size_t i = 0; i < kept_count; i++) {
        CHECK(kept[i].id.n == taken[i].id.n && kept[i].id.n < id_new(ctx));
        CHECK(id_made_at(kept[i].id.n) < ctx->now_secs);
    }
}
