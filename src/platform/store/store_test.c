/* SPDX-License-Identifier: MIT */
/* store_test.c - what running a query promises, on whichever engine the tests run. */
#include "platform/base/test.h"

#include <math.h>
#include <stdio.h>

#include "platform/store/store_test_books.h"

/* ---- values ---- */

struct kept {
    struct ctx *ctx;
    struct store_value row[6];
    int64_t count;
};

static enum status keep(void *arg, const struct store_value *columns)
{
    struct kept *kept = arg;
    kept->count++;
    for (int i = 0; i < 6; i++) {
        kept->row[i] = columns[i];
        if (!columns[i].is_null && (columns[i].type == STORE_TEXT || columns[i].type == STORE_BLOB))
            kept->row[i].text =
                mem_copy(kept->ctx->mem, columns[i].text, columns[i].size_bytes + 1);
    }
    return OK;
}

static enum status find(struct ctx *ctx, int64_t id, struct kept *kept)
{
    struct store_value params[] = {store_int(id)};
    *kept = (struct kept){.ctx = ctx};
    return store_run(ctx, &book_by_id, NULL, params, keep, kept, NULL);
}

static enum status add_row(struct ctx *ctx, const struct store_value *row)
{
    int64_t changes = -1;
    TRY(store_run(ctx, &book_add, NULL, row, NULL, NULL, &changes));
    return changes == 1 ? OK : ERR_FAULT;
}

TEST(every_type_comes_back_as_it_went_in)
{
    char cover[256];
    struct kept kept;
    for (int i = 0; i < 256; i++)
        cover[i] = (char)i;
    struct store_value row[] = {store_int(INT64_MIN),
                                store_int(1),
                                store_text("\xc5\xb7 'quoted' \"\\ \xf0\x9f\x98\x80"),
                                store_real(0.1),
                                store_blob(cover, sizeof cover),
                                store_text("")};
    CHECK(books_make(ctx) == OK);
    CHECK(add_row(ctx, row) == OK);
    CHECK(find(ctx, INT64_MIN, &kept) == OK);
    CHECK(kept.count == 1 && kept.row[0].n == INT64_MIN && kept.row[1].n == 1);
    CHECK_TEXT(kept.row[2].text, row[2].text);
    CHECK(kept.row[2].size_bytes == strlen(row[2].text));
    CHECK(kept.row[3].real == 0.1);
    CHECK(kept.row[4].size_bytes == 256 && memcmp(kept.row[4].text, cover, 256) == 0);
    CHECK(!kept.row[5].is_null && kept.row[5].size_bytes == 0);
}

TEST(extreme_numbers_and_empty_blobs_come_back)
{
    struct kept kept;
    struct store_value row[] = {store_int(INT64_MAX), store_int(1),
                                store_text("x"),      store_real(-1.7976931348623157e308),
                                store_blob("", 0),    store_text("x")};
    CHECK(books_make(ctx) == OK);
    CHECK(add_row(ctx, row) == OK);
    CHECK(find(ctx, INT64_MAX, &kept) == OK);
    CHECK(kept.row[0].n == INT64_MAX && kept.row[3].real == -1.7976931348623157e308);
    CHECK(!kept.row[4].is_null && kept.row[4].size_bytes == 0 && kept.row[4].text != NULL);
}

TEST(nulls_come_back_as_nulls)
{
    struct kept kept;
    CHECK(books_make(ctx) == OK);
    CHECK(books_add(ctx, 5, 1, "Emma") == OK);
    CHECK(find(ctx, 5, &kept) == OK);
    CHECK(kept.row[3].is_null && kept.row[4].is_null && kept.row[5].is_null);
}

TEST(a_null_in_a_column_that_declares_none_is_a_fault)
{
    struct store_value params[] = {store_int(5)};
    struct kept kept = {.ctx = ctx};
    CHECK(books_make(ctx) == OK);
    CHECK(books_add(ctx, 5, 1, "Emma") == OK);
    CHECK(store_run(ctx, &book_note, NULL, params, keep, &kept, NULL) == ERR_FAULT);
    CHECK_TEXT(ctx->fault, "query book_note: column \"note\" holds a null");
}

TEST(a_null_or_a_wrong_type_as_argument_is_a_fault)
{
    struct store_value null_title[] = {store_text(NULL), store_int(5)};
    struct store_value wrong[] = {store_int(4), store_int(5)};
    CHECK(books_make(ctx) == OK);
    CHECK(store_run(ctx, &book_rename, NULL, null_title, NULL, NULL, NULL) == ERR_FAULT);
    CHECK_TEXT(ctx->fault, "query book_rename: argument \"name\" is null");
    ctx->fault = NULL;
    CHECK(store_run(ctx, &book_rename, NULL, wrong, NULL, NULL, NULL) == ERR_FAULT);
}

TEST(what_is_not_a_number_is_refused_on_both_engines)
{
    struct store_value row[] = {store_int(1),           store_int(1),
                                store_text("x"),        store_real(nan("")),
                                store_null(STORE_BLOB), store_null(STORE_TEXT)};
    CHECK(books_make(ctx) == OK);
    CHECK(add_row(ctx, row) == ERR_FAULT);
}

TEST(one_row_that_is_not_there_is_not_found_and_no_fault)
{
    struct kept kept;
    CHECK(books_make(ctx) == OK);
    CHECK(find(ctx, 404, &kept) == ERR_NOT_FOUND);
    CHECK(ctx->fault == NULL && kept.count == 0);
}

TEST(changes_are_counted)
{
    struct store_value nobody[] = {store_text("x"), store_int(404)};
    struct store_value emma[] = {store_text("x"), store_int(5)};
    int64_t changes = -1;
    CHECK(books_make(ctx) == OK);
    CHECK(books_add(ctx, 5, 1, "Emma") == OK);
    CHECK(store_run(ctx, &book_rename, NULL, nobody, NULL, NULL, &changes) == OK);
    CHECK(changes == 0);
    CHECK(store_run(ctx, &book_rename, NULL, emma, NULL, NULL, &changes) == OK);
    CHECK(changes == 1);
    CHECK(store_run(ctx, &book_by_id, NULL, &emma[1], NULL, NULL, &changes) == OK);
    CHECK(changes == 0);
}

/* ---- refusals ---- */

TEST(a_second_row_with_the_same_key_is_a_conflict)
{
    CHECK(books_make(ctx) == OK);
    CHECK(books_add(ctx, 5, 1, "Emma") == OK);
    CHECK(books_add(ctx, 5, 1, "Persuasion") == ERR_CONFLICT);
}

TEST(a_reference_to_nothing_is_a_conflict)
{
    CHECK(books_make(ctx) == OK);
    CHECK(books_add(ctx, 5, 99, "Emma") == ERR_CONFLICT);
}

TEST(a_value_that_a_check_refuses_is_a_conflict)
{
    struct store_value row[] = {store_int(3), store_text("bigint;")};
    CHECK(books_make(ctx) == OK);
    CHECK(store_run(ctx, &shelf_add, NULL, row, NULL, NULL, NULL) == ERR_CONFLICT);
}

/* ---- pages ---- */

struct list {
    int64_t ids[40];
    struct store_value last[2]; /* title, id */
    char title[64];
    int count;
};

static enum status list_row(void *arg, const struct store_value *columns)
{
    struct list *list = arg;
    list->ids[list->count++] = columns[0].n;
    snprintf(list->title, sizeof list->title, "%s", columns[2].text);
    list->last[0] = store_text(list->title);
    list->last[1] = columns[0];
    return OK;
}

static enum status read_page(struct ctx *ctx, struct store_choice choice,
                             const struct store_value *params, struct list *list)
{
    *list = (struct list){.count = 0};
    return store_run(ctx, &book_list, &choice, params, list_row, list, NULL);
}

static enum status fill(struct ctx *ctx, int count)
{
    TRY(books_make(ctx));
    for (int i = 1; i <= count; i++)
        TRY(books_add(ctx, i, i % 3 == 0 ? 2 : 1, mem_format(ctx->mem, "title %02d", i / 2)));
    return OK;
}

TEST(a_page_holds_its_rows_in_order_and_no_more)
{
    struct list list;
    CHECK(fill(ctx, 9) == OK);
    CHECK(read_page(ctx, (struct store_choice){.sort = BOOK_NEWEST, .at_most = 4}, books_all,
                    &list) == OK);
    CHECK(list.count == 4 && list.ids[0] == 9 && list.ids[3] == 6);
}

TEST(a_filter_that_is_given_narrows_the_page)
{
    struct list list;
    struct store_value fact[] = {store_int(2), store_text(NULL)};
    struct store_value both[] = {store_int(2), store_text("none such")};
    struct store_choice choice = {.sort = BOOK_BY_TITLE, .at_most = 20};
    CHECK(fill(ctx, 9) == OK);
    CHECK(read_page(ctx, choice, fact, &list) == OK);
    CHECK(list.count == 3 && list.ids[0] == 3 && list.ids[2] == 9);
    CHECK(read_page(ctx, choice, both, &list) == OK);
    CHECK(list.count == 0);
    CHECK(read_page(ctx, choice, books_all, &list) == OK);
    CHECK(list.count == 9);
}

TEST(pages_follow_each_other_while_rows_are_added)
{
    struct list list;
    struct store_choice choice = {.sort = BOOK_BY_TITLE, .at_most = 4};
    CHECK(fill(ctx, 9) == OK);
    CHECK(read_page(ctx, choice, books_all, &list) == OK);
    CHECK(list.count == 4 && list.ids[0] == 1 && list.ids[3] == 4);
    CHECK(books_add(ctx, 20, 1, "title 00") == OK); /* before the place: not seen again */
    CHECK(books_add(ctx, 21, 1, "title 02") == OK); /* just after it                    */
    struct store_value place[] = {list.last[0], list.last[1]};
    char title[64];
    snprintf(title, sizeof title, "%s", list.title);
    place[0] = store_text(title);
    choice.keys = place;
    CHECK(read_page(ctx, choice, books_all, &list) == OK);
    CHECK(list.count == 4 && list.ids[0] == 5 && list.ids[1] == 21 && list.ids[2] == 6);
}

TEST(a_page_before_a_place_comes_in_reversed_order)
{
    struct list list;
    struct store_value place[] = {store_text("title 03"), store_int(6)};
    struct store_choice choice = {
        .sort = BOOK_BY_TITLE, .at_most = 3, .is_backwards = true, .keys = place};
    CHECK(fill(ctx, 9) == OK);
    CHECK(read_page(ctx, choice, books_all, &list) == OK);
    CHECK(list.count == 3 && list.ids[0] == 5 && list.ids[1] == 4 && list.ids[2] == 3);
    choice.keys = NULL;
    CHECK(read_page(ctx, choice, books_all, &list) == OK);
    CHECK(list.ids[0] == 9);
}

TEST(a_place_with_a_null_or_another_type_is_a_fault)
{
    struct list list;
    struct store_value null_key[] = {store_text(NULL), store_int(6)};
    struct store_value swapped[] = {store_int(6), store_text("title 03")};
    struct store_choice choice = {.sort = BOOK_BY_TITLE, .at_most = 3, .keys = null_key};
    CHECK(fill(ctx, 1) == OK);
    CHECK(read_page(ctx, choice, books_all, &list) == ERR_FAULT);
    choice.keys = swapped;
    CHECK(read_page(ctx, choice, books_all, &list) == ERR_FAULT);
}

static enum status keep_count(void *arg, const struct store_value *columns)
{
    *(int64_t *)arg = columns[0].n;
    return OK;
}

TEST(a_count_stops_at_its_limit)
{
    int64_t count = -1;
    struct store_value fact[] = {store_int(2), store_text(NULL)};
    CHECK(fill(ctx, 9) == OK);
    CHECK(store_run(ctx, &book_list, &(struct store_choice){.what = STORE_COUNT, .at_most = 100},
                    fact, keep_count, &count, NULL) == OK);
    CHECK(count == 3);
    CHECK(store_run(ctx, &book_list, &(struct store_choice){.what = STORE_COUNT, .at_most = 5},
                    books_all, keep_count, &count, NULL) == OK);
    CHECK(count == 5);
}

static enum status keep_facet(void *arg, const struct store_value *columns)
{
    char *seen = arg;
    if (columns[0].is_null)
        sprintf(seen + strlen(seen), "null:%d ", (int)columns[1].n);
    else if (columns[0].type == STORE_INT)
        sprintf(seen + strlen(seen), "%d:%d ", (int)columns[0].n, (int)columns[1].n);
    else
        sprintf(seen + strlen(seen), "%s:%d ", columns[0].text, (int)columns[1].n);
    return OK;
}

TEST(a_facet_counts_each_value_most_first)
{
    char seen[200] = "";
    struct store_choice choice = {.what = STORE_FACET, .facet_column = 1, .at_most = 10};
    CHECK(fill(ctx, 9) == OK);
    CHECK(store_run(ctx, &book_list, &choice, books_all, keep_facet, seen, NULL) == OK);
    CHECK_TEXT(seen, "1:6 2:3 ");
    seen[0] = '\0';
    choice.facet_column = 3;
    CHECK(store_run(ctx, &book_list, &choice, books_all, keep_facet, seen, NULL) == OK);
    CHECK_TEXT(seen, "null:9 ");
    seen[0] = '\0';
    choice.facet_column = 2;
    choice.at_most = 2;
    CHECK(store_run(ctx, &book_list, &choice, books_all, keep_facet, seen, NULL) == OK);
    CHECK_TEXT(seen, "title 01:2 title 02:2 ");
}

TEST(text_is_ordered_by_its_bytes)
{
    struct list list;
    CHECK(books_make(ctx) == OK);
    CHECK(books_add(ctx, 1, 1, "b") == OK);
    CHECK(books_add(ctx, 2, 1, "a") == OK);
    CHECK(books_add(ctx, 3, 1, "B") == OK);
    CHECK(books_add(ctx, 4, 1, "\xc3\x89") == OK);
    CHECK(books_add(ctx, 5, 1, "a b") == OK);
    CHECK(books_add(ctx, 6, 1, "a-b") == OK);
    CHECK(read_page(ctx, (struct store_choice){.sort = BOOK_BY_TITLE, .at_most = 9}, books_all,
                    &list) == OK);
    const int64_t wanted[] = {3, 2, 5, 6, 1, 4};
    CHECK(list.count == 6 && memcmp(list.ids, wanted, sizeof wanted) == 0);
}

/* ---- row functions and the cache ---- */

struct nested {
    struct ctx *ctx;
    int depth;
    int rows;
};

static enum status run_again(void *arg, const struct store_value *columns)
{
    struct nested *nested = arg;
    (void)columns;
    nested->rows++;
    if (nested->depth == 2)
        return OK;
    nested->depth++;
    enum status status = store_run(nested->ctx, &book_list, &(struct store_choice){.at_most = 5},
                                   books_all, run_again, nested, NULL);
    nested->depth--;
    return status;
}

TEST(a_row_function_may_run_the_same_query)
{
    struct nested nested = {.ctx = ctx};
    CHECK(fill(ctx, 3) == OK);
    CHECK(store_run(ctx, &book_list, &(struct store_choice){.at_most = 5}, books_all, run_again,
                    &nested, NULL) == OK);
    CHECK(nested.rows == 3 + 9 + 27);
}

static enum status stop(void *arg, const struct store_value *columns)
{
    (void)columns;
    ++*(int *)arg;
    return ERR_FORBIDDEN;
}

TEST(a_row_function_stops_the_query_with_its_own_status)
{
    int rows = 0;
    CHECK(fill(ctx, 3) == OK);
    CHECK(store_run(ctx, &book_list, &(struct store_choice){.at_most = 5}, books_all, stop, &rows,
                    NULL) == ERR_FORBIDDEN);
    CHECK(rows == 1);
    CHECK(books_add(ctx, 9, 1, "after") == OK);
}

TEST(more_queries_than_the_cache_holds_all_run)
{
    enum { MANY = 400 };
    struct store_query *copies = mem_array(ctx->mem, struct store_query, MANY);
    CHECK(fill(ctx, 1) == OK);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < MANY; i++) {
            struct store_value params[] = {store_int(1)};
            struct kept kept = {.ctx = ctx};
            copies[i] = book_by_id;
            CHECK(store_run(ctx, &copies[i], NULL, params, keep, &kept, NULL) == OK);
            CHECK(kept.count == 1);
        }
}
