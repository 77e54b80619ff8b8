/* SPDX-License-Identifier: MIT */
/* store_admin_test.c - what migrations, checks and copies promise, on whichever engine. */
#include "platform/base/test.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/store/store_test.h"

static int64_t count(struct ctx *ctx)
{
    int64_t n = -1;
    return books_count(ctx, &n) == OK ? n : -1;
}

/* ---- migrations ---- */

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
    CHECK(check_schema(ctx, two, 2) == ERR_CONFLICT);
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
    const struct store_migration one[] = {{1, "create table a (n bigint);\n"
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

struct migrator {
    struct store *like;
    enum status status;
    int applied;
};

static void *migrate_beside(void *arg)
{
    struct migrator *migrator = arg;
    struct ctx ctx = {.mem = mem_root(), .request_id = "migrator"};
    const struct store_migration_set *const sets[] = {&books_migrations};
    migrator->status = store_open_again(&ctx, migrator->like, &ctx.store);
    if (migrator->status == OK)
        migrator->status = store_migrate(&ctx, sets, 1, &migrator->applied);
    mem_end(ctx.mem);
    return NULL;
}

TEST(programs_that_start_at_once_apply_each_migration_once)
{
    enum { PROGRAMS = 3 };
    pthread_t threads[PROGRAMS];
    struct migrator migrators[PROGRAMS];
    int applied = 0;
    for (int i = 0; i < PROGRAMS; i++) {
        migrators[i] = (struct migrator){.like = ctx->store};
        CHECK(pthread_create(&threads[i], NULL, migrate_beside, &migrators[i]) == 0);
    }
    for (int i = 0; i < PROGRAMS; i++) {
        pthread_join(threads[i], NULL);
        applied += migrators[i].status == OK ? migrators[i].applied : 100;
    }
    CHECK(applied == 2);
    CHECK(count(ctx) == 0);
}

/* ---- checks of queries ---- */

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

/* ---- copies ---- */

/* A context whose store is empty: on PostgreSQL the same database, emptied. */
static enum status open_empty(struct ctx *ctx, struct ctx *out)
{
    *out = *ctx;
    if (store_is_postgresql(ctx->store))
        return books_script(ctx, "drop schema public cascade; create schema public");
    return store_open(ctx, "sqlite::memory:", &out->store);
}

static void note_percent(void *arg, int percent)
{
    int *last = arg;
    *last = percent >= *last && percent <= 100 ? percent : -1000;
}

TEST(a_backup_restores_to_what_was_there)
{
    struct ctx fresh;
    struct stat file;
    int last = 0;
    const char *path = books_path(ctx, "copy");
    CHECK(books_make(ctx) == OK);
    for (int i = 1; i <= 50; i++)
        CHECK(books_add(ctx, i, 1, "\xc5\xb7 'quoted'") == OK);
    CHECK(store_backup(ctx, path, note_percent, &last) == OK);
    CHECK(last == 100);
    CHECK(stat(path, &file) == 0 && (file.st_mode & 0777) == 0600);
    CHECK(books_add(ctx, 99, 1, "after the copy") == OK);
    CHECK(open_empty(ctx, &fresh) == OK);
    CHECK(store_restore(&fresh, path) == OK);
    CHECK(count(&fresh) == 50);
    const struct store_migration_set *const sets[] = {&books_migrations};
    CHECK(store_schema_check(&fresh, sets, 1) == OK);
    CHECK(books_add(&fresh, 50, 1, "the key is still there") == ERR_CONFLICT);
}

TEST(a_backup_does_not_write_over_a_file)
{
    struct stat before;
    struct stat after;
    const char *path = books_path(ctx, "copy");
    CHECK(books_make(ctx) == OK);
    CHECK(store_backup(ctx, path, NULL, NULL) == OK);
    CHECK(stat(path, &before) == 0);
    CHECK(store_backup(ctx, path, NULL, NULL) == ERR_CONFLICT);
    CHECK(stat(path, &after) == 0);
    CHECK(before.st_size == after.st_size && before.st_ino == after.st_ino);
}

TEST(a_backup_to_a_folder_that_is_not_there_is_invalid)
{
    CHECK(books_make(ctx) == OK);
    CHECK(store_backup(ctx, "/nowhere/at/all", NULL, NULL) == ERR_INVALID);
}

TEST(a_restore_into_a_database_with_tables_is_a_conflict)
{
    const char *path = books_path(ctx, "copy");
    CHECK(books_make(ctx) == OK);
    CHECK(store_backup(ctx, path, NULL, NULL) == OK);
    CHECK(store_restore(ctx, path) == ERR_CONFLICT);
    CHECK(count(ctx) == 0);
}

static const char *write_file(struct ctx *ctx, const char *bytes, size_t size_bytes)
{
    const char *path = books_path(ctx, "file");
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    bool is_written = fd >= 0 && write(fd, bytes, size_bytes) == (ssize_t)size_bytes;
    close(fd);
    return is_written ? path : "/nowhere";
}

TEST(what_is_no_copy_or_one_of_the_other_engine_is_not_restored)
{
    bool is_postgresql = store_is_postgresql(ctx->store);
    const char *other = is_postgresql ? "SQLite format 3" : "PGDMP\1\16";
    const char *own = is_postgresql ? "PGDMP and then rubbish" : "SQLite format 3";
    CHECK(store_restore(ctx, "/nowhere/at/all") == ERR_INVALID);
    CHECK(store_restore(ctx, "/tmp") != OK);
    CHECK(store_restore(ctx, write_file(ctx, "", 0)) == ERR_INVALID);
    CHECK(store_restore(ctx, write_file(ctx, "id,title\n", 9)) == ERR_INVALID);
    CHECK(store_restore(ctx, write_file(ctx, other, 16)) == ERR_INVALID);
    CHECK(store_restore(ctx, write_file(ctx, own, 16)) != OK);
    CHECK(books_make(ctx) == OK); /* still empty */
}

struct pairs {
    struct store *like;
    atomic_bool is_done;
    int written;
};

static enum status add_pair(struct ctx *ctx, void *arg)
{
    const int *n = arg;
    TRY(books_add(ctx, 2 * *n, 1, "one of two"));
    return books_add(ctx, 2 * *n + 1, 1, "two of two");
}

static void *write_pairs(void *arg)
{
    struct pairs *pairs = arg;
    struct ctx ctx = {.mem = mem_root(), .request_id = "pairs"};
    if (store_open_again(&ctx, pairs->like, &ctx.store) == OK)
        while (!pairs->is_done) {
            int n = pairs->written;
            pairs->written += store_transact(&ctx, "add_pair", add_pair, &n) == OK;
        }
    mem_end(ctx.mem);
    return NULL;
}

TEST(a_backup_made_while_others_write_holds_whole_transactions)
{
    pthread_t thread;
    struct ctx fresh;
    CHECK(books_make_shared(ctx) == OK);
    struct pairs pairs = {.like = ctx->store};
    CHECK(pthread_create(&thread, NULL, write_pairs, &pairs) == 0);
    const char *path = NULL;
    enum status status = OK;
    for (int i = 0; i < 3 && status == OK; i++) {
        usleep(30000);
        path = books_path(ctx, "copy");
        status = store_backup(ctx, path, NULL, NULL);
    }
    pairs.is_done = true;
    pthread_join(thread, NULL);
    CHECK(status == OK);
    CHECK(count(ctx) == 2 * (int64_t)pairs.written && pairs.written > 0);
    CHECK(open_empty(ctx, &fresh) == OK);
    CHECK(store_restore(&fresh, path) == OK);
    CHECK(count(&fresh) > 0 && count(&fresh) % 2 == 0);
}

/* ---- names of databases ---- */

TEST(a_database_with_another_name_is_invalid)
{
    struct store *store;
    CHECK(store_open(ctx, "mysql://localhost/onward", &store) == ERR_INVALID);
    CHECK(store_open(ctx, "sqlite:", &store) == ERR_INVALID);
    CHECK(store_open(ctx, "", &store) == ERR_INVALID);
    CHECK(store_open(ctx, "onward.db", &store) == ERR_INVALID);
}

TEST(a_database_that_cannot_be_opened_says_why)
{
    struct store *store;
    CHECK(store_open(ctx, "sqlite:/nowhere/at/all.db", &store) == ERR_FAULT);
    CHECK(strstr(ctx->fault, "/nowhere/at/all.db") != NULL);
    ctx->fault = NULL;
    CHECK(store_open(ctx, "postgresql:///onward?host=/nowhere", &store) == ERR_BUSY);
    ctx->fault = NULL;
    const char *path = write_file(ctx, "this is not a database, it is only text", 39);
    CHECK(store_open(ctx, mem_format(ctx->mem, "sqlite:%s", path), &store) == ERR_FAULT);
}

TEST(a_new_database_file_can_be_read_by_its_owner_only)
{
    struct store *store;
    struct stat file;
    const char *path = books_path(ctx, "new.db");
    CHECK(store_open(ctx, mem_format(ctx->mem, "sqlite:%s", path), &store) == OK);
    CHECK(stat(path, &file) == 0 && (file.st_mode & 0777) == 0600);
}
