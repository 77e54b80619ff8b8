/* SPDX-License-Identifier: MIT */
/* store_sqlgen_test.c - what sqlgen writes, run on whichever engine. */
#include "platform/base/test.h"

#include "platform/store/store_test.sql.h"
#include "platform/store/store_test_books.h"
#include "platform/store/store_test_migrations.h"

static enum status make(struct ctx *ctx)
{
    const struct store_migration_set *const sets[] = {&store_test_migrations};
    int applied;
    return store_migrate(ctx, sets, 1, &applied);
}

static enum status add(struct ctx *ctx, int64_t id, const char *name, int64_t place)
{
    double ratio = (double)id / 4;
    return store_thing_add(ctx, id, name, place == 0 ? NULL : &place, &ratio,
                           store_null(STORE_BLOB), place == 2 ? "second" : NULL, NULL);
}

TEST(generated_queries_carry_every_type_and_null)
{
    const int64_t place = -7;
    const double ratio = 0.3;
    struct store_thing_by_id_row row;
    int64_t changes = -1;
    CHECK(make(ctx) == OK);
    CHECK(store_thing_add(ctx, 1, "full", &place, &ratio, store_blob("a\0b", 3), "note",
                          &changes) == OK);
    CHECK(changes == 1);
    CHECK(store_thing_add(ctx, 1, "again", NULL, NULL, store_null(STORE_BLOB), NULL, &changes) ==
          OK);
    CHECK(changes == 0);
    CHECK(store_thing_by_id(ctx, 1, &row) == OK);
    CHECK_TEXT(row.name, "full");
    CHECK(*row.place == -7 && *row.ratio == 0.3);
    CHECK(row.photo.size_bytes == 3 && memcmp(row.photo.text, "a\0b", 3) == 0);
    CHECK_TEXT(row.note, "note");
    CHECK(store_thing_add(ctx, 2, "bare", NULL, NULL, store_null(STORE_BLOB), NULL, NULL) == OK);
    CHECK(store_thing_by_id(ctx, 2, &row) == OK);
    CHECK(row.place == NULL && row.ratio == NULL && row.photo.is_null && row.note == NULL);
    CHECK(store_thing_by_id(ctx, 3, &row) == ERR_NOT_FOUND);
}

TEST(a_write_can_give_back_its_row)
{
    struct store_thing_rename_row row;
    CHECK(make(ctx) == OK);
    CHECK(add(ctx, 1, "old", 4) == OK);
    CHECK(store_thing_rename(ctx, 1, "new", &row) == OK);
    CHECK_TEXT(row.name, "new");
    CHECK(*row.place == 4);
    CHECK(store_thing_rename(ctx, 2, "new", &row) == ERR_NOT_FOUND);
}

TEST(sums_and_averages_are_the_same_numbers_on_both_engines)
{
    struct store_thing_sums_row sums;
    struct store_thing_weigh_row *rows;
    size_t count;
    CHECK(make(ctx) == OK);
    CHECK(store_thing_sums(ctx, &sums) == OK);
    CHECK(sums.things == 0 && sums.numbers == NULL && sums.mean == NULL && sums.has_any == 0);
    CHECK(add(ctx, 1, "a", 1) == OK);
    CHECK(add(ctx, 2, "b", 1) == OK);
    CHECK(add(ctx, 4000000000000000000, "c", 0) == OK);
    CHECK(add(ctx, 4000000000000000001, "d", 0) == OK);
    CHECK(store_thing_sums(ctx, &sums) == OK);
    CHECK(sums.things == 4 && *sums.numbers == 8000000000000000004 && sums.has_any == 1);
    CHECK(*sums.mean == 2000000000000000001.0);
    CHECK(store_thing_weigh(ctx, 10, &rows, &count) == OK);
    CHECK(count == 2);
    CHECK(*rows[0].place == 1 && rows[0].things == 2);
    CHECK(*rows[0].ratio == 0.375 && *rows[0].most == 0.75);
    CHECK(rows[1].place == NULL);
}

TEST(a_sum_of_whole_numbers_that_is_too_large_is_a_fault)
{
    struct store_thing_sums_row sums;
    CHECK(make(ctx) == OK);
    CHECK(add(ctx, INT64_MAX, "a", 1) == OK);
    CHECK(add(ctx, INT64_MAX - 1, "b", 1) == OK);
    CHECK(store_thing_sums(ctx, &sums) == ERR_FAULT);
}

TEST(a_generated_page_filters_sorts_and_goes_on)
{
    struct store_thing_list_row *rows;
    size_t count;
    const int64_t place = 2;
    struct store_choice choice = {.sort = 0, .at_most = 3};
    CHECK(make(ctx) == OK);
    for (int64_t i = 1; i <= 8; i++)
        CHECK(add(ctx, i, mem_format(ctx->mem, "thing %d", (int)(8 - i)), 1 + i % 2) == OK);
    CHECK(store_thing_list(ctx, NULL, NULL, &choice, &rows, &count) == OK);
    CHECK(count == 3 && rows[0].id == 8 && rows[2].id == 6);
    struct store_value place_of_last[] = {store_text(rows[2].name), store_int(rows[2].id)};
    choice.keys = place_of_last;
    CHECK(store_thing_list(ctx, NULL, NULL, &choice, &rows, &count) == OK);
    CHECK(count == 3 && rows[0].id == 5);
    CHECK(store_thing_list(ctx, &place, "second", &choice, &rows, &count) == OK);
    CHECK(count == 3 && rows[0].id == 5 && rows[1].id == 3 && *rows[1].place == 2);
    choice = (struct store_choice){.sort = 1, .at_most = 2};
    CHECK(store_thing_list(ctx, &place, NULL, &choice, &rows, &count) == OK);
    CHECK(count == 2 && rows[0].id == 7 && rows[1].id == 5);
    CHECK(store_thing_list(ctx, NULL, "none such", &choice, &rows, &count) == OK);
    CHECK(count == 0);
}

TEST(generated_queries_pass_the_check_of_plans)
{
    const struct store_query *const queries[] = {
        &store_thing_add_query,   &store_thing_by_id_query, &store_thing_rename_query,
        &store_thing_weigh_query, &store_thing_sums_query,  &store_thing_list_query};
    int checked;
    CHECK(make(ctx) == OK);
    CHECK(store_check_list(ctx, queries, 6, true, &checked) == OK);
}
