/* SPDX-License-Identifier: MIT */
/* store_check_test.c - what checks of queries promise, on whichever engine. */
#include "platform/base/test.h"

#include "platform/store/store_test_books.h"

static enum status check(struct ctx *ctx, const struct store_query *query, bool with_plans)
{
    int checked;
    ctx->fault = NULL;
    return store_check_list(ctx, &query, 1, with_plans, &checked);
}

/* A query of one piece of text that gives the columns id and title. */
static struct store_query query_of(const struct store_piece *piece)
{
    static const struct store_column columns[] = {{"id", STORE_INT, false},
                                                  {"title", STORE_TEXT, false}};
    return (struct store_query){.name = "checked",
                                .place = "here",
                                .kind = STORE_MANY,
                                .columns = columns,
                                .column_count = 2,
                                .pieces = piece,
                                .piece_count = 1,
                                .scans = ""};
}

static enum status check_text(struct ctx *ctx, const char *text, bool with_plans)
{
    const struct store_piece piece = {-1, text};
    struct store_query query = query_of(&piece);
    return check(ctx, &query, with_plans);
}

TEST(good_queries_pass_the_check)
{
    const struct store_query *const queries[] = {&shelf_add,  &book_add,  &book_rename,
                                                 &book_by_id, &book_note, &book_list};
    int checked = 0;
    CHECK(books_make(ctx) == OK);
    CHECK(store_check_list(ctx, queries, 6, true, &checked) == OK);
    CHECK(checked == 6);
}

TEST(a_misspelt_name_does_not_pass_the_check)
{
    CHECK(books_make(ctx) == OK);
    CHECK(check_text(ctx, "select id, titel from book where id = 1", false) == ERR_FAULT);
    CHECK(strstr(ctx->fault, "titel") != NULL);
    CHECK(check_text(ctx, "select id, title from boko where id = 1", false) == ERR_FAULT);
    CHECK(check_text(ctx, "select id, \"titel\" from book where id = 1", false) == ERR_FAULT);
    CHECK(check_text(ctx, "select id, title from book where id = 1", false) == OK);
}

TEST(another_number_of_columns_does_not_pass_the_check)
{
    CHECK(books_make(ctx) == OK);
    CHECK(check_text(ctx, "select id from book where id = 1", false) == ERR_FAULT);
    CHECK(check_text(ctx, "select id, title, note from book where id = 1", false) == ERR_FAULT);
}

TEST(another_type_does_not_pass_the_check)
{
    CHECK(books_make(ctx) == OK);
    CHECK(check_text(ctx, "select title, title from book where id = 1", false) == ERR_FAULT);
    CHECK(check_text(ctx, "select id, weight from book where id = 1", false) == ERR_FAULT);
}

TEST(two_statements_do_not_pass_the_check)
{
    CHECK(books_make(ctx) == OK);
    CHECK(check_text(ctx, "select id, title from book where id = 1; delete from book", false) ==
          ERR_FAULT);
}

TEST(arguments_that_are_not_declared_or_not_used_do_not_pass_the_check)
{
    const struct store_argument arguments[] = {{"id", STORE_INT, false, false}};
    const struct store_piece none = {-1, "select id, title from book where id = 1"};
    const struct store_piece two = {-1, "select id, title from book where id = $1 or id = $2"};
    const struct store_piece ten = {-1, "select id, title from book where id = $10"};
    CHECK(books_make(ctx) == OK);
    struct store_query query = query_of(&none);
    query.arguments = arguments;
    query.argument_count = 1;
    CHECK(check(ctx, &query, false) == ERR_FAULT);
    CHECK_TEXT(ctx->fault, "query checked: argument \"id\" is never used");
    query.pieces = &two;
    CHECK(check(ctx, &query, false) == ERR_FAULT);
    query.pieces = &ten;
    CHECK(check(ctx, &query, false) == ERR_FAULT);
}

TEST(a_fragment_that_is_wrong_only_with_others_does_not_pass_the_check)
{
    const struct store_argument arguments[] = {{"a", STORE_INT, false, true},
                                               {"b", STORE_INT, false, true}};
    const struct store_piece pieces[] = {{-1, "select id, title from book where id > 0"},
                                         {0, " and (shelf_id = $1"},
                                         {1, " or shelf_id = $2)"}};
    struct store_query query = query_of(pieces);
    query.arguments = arguments;
    query.argument_count = 2;
    query.piece_count = 3;
    CHECK(books_make(ctx) == OK);
    CHECK(check(ctx, &query, false) == ERR_FAULT);
}

TEST(a_whole_scan_does_not_pass_the_check_of_plans_unless_it_is_admitted)
{
    const struct store_piece piece = {-1, "select b.id, b.title from book b where b.weight > 1"};
    struct store_query query = query_of(&piece);
    CHECK(books_make(ctx) == OK);
    CHECK(check(ctx, &query, false) == OK);
    CHECK(check(ctx, &query, true) == ERR_FAULT);
    CHECK_TEXT(ctx->fault, "query checked (here): reads the table book whole: give it an index or "
                           "admit it with -- scans");
    query.scans = " shelf book ";
    CHECK(check(ctx, &query, true) == OK);
    query.scans = " bookshop ";
    CHECK(check(ctx, &query, true) == ERR_FAULT);
}

TEST(a_whole_scan_hidden_in_a_join_or_a_subquery_is_found)
{
    CHECK(books_make(ctx) == OK);
    CHECK(check_text(ctx,
                     "select s.id, b.title from shelf s join book b on b.weight = s.id "
                     "where s.id = 1",
                     true) == ERR_FAULT);
    CHECK(strstr(ctx->fault, "book") != NULL);
    CHECK(check_text(ctx,
                     "select s.id, s.name from shelf as s where s.id = 1 and exists "
                     "(select 1 from book as heavy where heavy.weight > 1)",
                     true) == ERR_FAULT);
    CHECK(check_text(ctx,
                     "with heavy as (select id, title from book where weight > 1) "
                     "select id, title from heavy",
                     true) == ERR_FAULT);
    CHECK(check_text(ctx,
                     "select s.id, b.title from shelf s join book b on b.shelf_id = s.id "
                     "where s.id = 1",
                     true) == OK);
}

TEST(a_whole_scan_hidden_in_a_view_is_found)
{
    CHECK(books_make(ctx) == OK);
    CHECK(books_script(ctx, "create view told as "
                            "select b.id as id, b.title as title from book b where b.weight > 1 "
                            "union all select n.id, n.title from book n where n.id = 1") == OK);
    CHECK(check_text(ctx, "select t.id, t.title from told t where t.title <> ''", true) ==
          ERR_FAULT);
    CHECK(strstr(ctx->fault, "book") != NULL);
    CHECK(check_text(ctx, "select t.id, t.title from told t where t.id = 1", true) == OK);
}

TEST(what_is_made_by_the_query_itself_may_be_read_whole)
{
    CHECK(books_make(ctx) == OK);
    CHECK(check_text(ctx,
                     "with wanted (id) as (values (1), (2)) select b.id, b.title from wanted w "
                     "join book b on b.id = w.id",
                     true) == OK);
}

TEST(a_partial_index_is_no_whole_scan)
{
    CHECK(books_make(ctx) == OK);
    CHECK(books_script(ctx, "create index book_heavy on book (id, title) where weight > 100") ==
          OK);
    CHECK(check_text(ctx, "select id, title from book where weight > 100 order by id limit 5",
                     true) == OK);
}

TEST(a_page_may_be_read_along_an_index_but_not_sorted_from_a_whole_scan)
{
    static const int keys[] = {2, 0};
    static const struct store_sort bad[] = {
        {"note", "b.note, b.weight", "b.note desc, b.weight desc", "(b.note, b.weight) > ($3, $4)",
         "(b.note, b.weight) < ($3, $4)", keys, 2}};
    struct store_query query = book_list;
    CHECK(books_make(ctx) == OK);
    CHECK(check(ctx, &query, true) == OK);
    query.sorts = bad;
    query.sort_count = 1;
    CHECK(check(ctx, &query, true) == ERR_FAULT);
}
