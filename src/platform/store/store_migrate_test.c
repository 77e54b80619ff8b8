/* SPDX-License-Identifier: MIT */
/* store_migrate_test.c - what migrations promise, on whichever engine. */
#include "platform/base/test.h"

#include "platform/store/store_nodes.h"
#include "platform/store/store_test_books.h"

static int64_t count(struct ctx *ctx)
{
    int64_t n = -1;
    return books_count(ctx, &n) == OK ? n : -1;
}

static enum status migrate(struct ctx *ctx, const char *capability,
                           const struct store_migration *migrations, size_t migration_count,
                           int *applied)
{
    const struct store_migration_set set = {capability, migrations, migration_count};
    const struct store_migration_set *const sets[] = {&set};
    return store_migrate(ctx, sets, 1, applied);
}

static enum status check_schema(struct ctx *ctx, const struct store_migration *migrations,
                                size_t migration_count)
{
    const struct store_migration_set set = {"books", migrations, migration_count};
    const struct store_migration_set *const sets[] = {&set};
    return store_schema_check(ctx, sets, 1);
}

TEST(migrations_are_applied_once)
{
    const struct store_migration_set *const sets[] = {&books_migrations};
    int applied = -1;
    CHECK(store_migrate(ctx, sets, 1, &applied) == OK);
    CHECK(applied == 2);
    CHECK(store_migrate(ctx, sets, 1, &applied) == OK);
    CHECK(applied == 0);
    CHECK(store_schema_check(ctx, sets, 1) == OK);
}

TEST(a_database_without_tables_or_with_too_few_is_not_the_schema)
{
    const struct store_migration two[] = {{1, "create table a (n bigint)"},
                                          {2, "create table b (n bigint)"}};
    int applied;
    CHECK(check_schema(ctx, two, 2) == ERR_NOT_FOUND);
    CHECK_TEXT(ctx->fault, "the database is empty");
    ctx->fault = NULL;
    CHECK(migrate(ctx, "books", two, 1, &applied) == OK);
    CHECK(check_schema(ctx, two, 2) == ERR_CONFLICT);
    CHECK_TEXT(ctx->fault, "the database lacks books migration 2");
    CHECK(migrate(ctx, "books", two, 2, &applied) == OK);
    CHECK(applied == 1);
    CHECK(check_schema(ctx, two, 2) == OK);
}

TEST(a_newer_database_is_refused_and_left_alone)
{
    const struct store_migration two[] = {{1, "create table a (n bigint)"},
                                          {2, "create table b (n bigint)"}};
    const struct store_migration other[] = {{1, "create table c (n bigint)"}};
    int applied;
    CHECK(migrate(ctx, "books", two, 2, &applied) == OK);
    CHECK(migrate(ctx, "books", two, 1, &applied) == ERR_CONFLICT);
    CHECK(applied == 0);
    CHECK(strstr(ctx->fault, "newer than this program") != NULL);
    CHECK(migrate(ctx, "others", other, 1, &applied) == ERR_CONFLICT);
    CHECK(books_script(ctx, "select n from c") != OK);
}

TEST(a_migration_that_was_edited_is_refused)
{
    const struct store_migration first[] = {{1, "create table a (n bigint)"}};
    const struct store_migration edited[] = {{1, "create table a (n bigint );"}};
    int applied;
    CHECK(migrate(ctx, "books", first, 1, &applied) == OK);
    CHECK(migrate(ctx, "books", edited, 1, &applied) == ERR_CONFLICT);
    CHECK_TEXT(ctx->fault, "books migration 1 was edited after it was applied");
    ctx->fault = NULL;
    CHECK(check_schema(ctx, edited, 1) == ERR_CONFLICT);
}

TEST(a_migration_that_fails_leaves_nothing_behind)
{
    const struct store_migration bad[] = {
        {1, "create table a (n bigint primary key)"},
        {2, "create table b (n bigint); insert into a values (1); insert into a values (1)"}};
    int applied;
    CHECK(migrate(ctx, "books", bad, 2, &applied) == ERR_FAULT);
    CHECK(applied == 1);
    CHECK(strstr(ctx->fault, "books migration 2: ") == ctx->fault);
    ctx->fault = NULL;
    CHECK(check_schema(ctx, bad, 1) == OK);
    CHECK(books_script(ctx, "create table b (n bigint)") == OK);
}

TEST(migrations_must_be_numbered_without_gaps)
{
    const struct store_migration gap[] = {{1, "create table a (n bigint)"},
                                          {3, "create table b (n bigint)"}};
    int applied;
    CHECK(migrate(ctx, "books", gap, 2, &applied) == ERR_FAULT);
    CHECK(applied == 0);
}

TEST(tables_are_strict_on_both_engines)
{
    const struct store_migration one[] = {
        {1, "create table a (n bigint, r double  precision, b bytea, t text)"}};
    int applied;
    CHECK(migrate(ctx, "books", one, 1, &applied) == OK);
    CHECK(books_script(ctx, "insert into a (n) values ('not a number')") != OK);
    ctx->fault = NULL;
    CHECK(books_script(ctx, "insert into a (n, r, t) values (1, 1.5, 'x')") == OK);
}

TEST(a_migration_may_have_parts_for_one_engine)
{
    const struct store_migration one[] = {{1, "-- on paper this is a comment\n"
                                              "create table a (n bigint);\n"
                                              "-- on sqlite\n"
                                              "create table only_sqlite (n bigint);\n"
                                              "-- on postgresql\n"
                                              "create table only_postgresql (n bigint);\n"
                                              "-- on both\n"
                                              "create table b (n bigint)"}};
    int applied;
    const char *own = store_is_postgresql(ctx->store) ? "postgresql" : "sqlite";
    const char *other = store_is_postgresql(ctx->store) ? "sqlite" : "postgresql";
    CHECK(migrate(ctx, "books", one, 1, &applied) == OK);
    CHECK(books_script(ctx, "select n from a; select n from b") == OK);
    CHECK(books_script(ctx, mem_format(ctx->mem, "select n from only_%s", own)) == OK);
    CHECK(books_script(ctx, mem_format(ctx->mem, "select n from only_%s", other)) != OK);
}

TEST(a_table_that_others_refer_to_can_be_made_anew)
{
    const struct store_migration rebuild[] = {
        {1, "create table a (id bigint primary key);\n"
            "create table b (a_id bigint not null references a (id));\n"
            "insert into a values (1); insert into b values (1)"},
        {2, "-- on sqlite\n"
            "create table a_new (id bigint primary key, name text not null default '');\n"
            "insert into a_new (id) select id from a;\n"
            "drop table a;\n"
            "alter table a_new rename to a;\n"
            "-- on postgresql\n"
            "alter table a add column name text not null default ''"}};
    int applied;
    CHECK(migrate(ctx, "books", rebuild, 2, &applied) == OK);
    CHECK(books_script(ctx, "insert into b values (1)") == OK);
    CHECK(books_script(ctx, "insert into b values (2)") == ERR_CONFLICT);
}

TEST(a_migration_may_not_leave_a_reference_to_nothing)
{
    const struct store_migration orphan[] = {
        {1, "create table a (id bigint primary key);\n"
            "create table b (a_id bigint not null references a (id));\n"
            "insert into b values (1)"}};
    int applied;
    CHECK(migrate(ctx, "books", orphan, 1, &applied) == ERR_FAULT);
    CHECK(applied == 0);
    CHECK(books_script(ctx, "select * from a") != OK);
}

enum { PROGRAMS = 3 };

static enum status migrate_beside(struct ctx *ctx, int number, void *arg)
{
    const struct store_migration_set *const sets[] = {&books_migrations};
    int *applied = arg;
    return store_migrate(ctx, sets, 1, &applied[number]);
}

TEST(programs_that_start_at_once_apply_each_migration_once)
{
    int applied[PROGRAMS];
    store_nodes_run(ctx, PROGRAMS, migrate_beside, applied);
    CHECK(applied[0] + applied[1] + applied[2] == 2);
    CHECK(count(ctx) == 0);
}
