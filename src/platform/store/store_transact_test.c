/* SPDX-License-Identifier: MIT */
/* store_transact_test.c - what transactions and cursors promise, on whichever engine. */
#include "platform/base/test.h"
#include "platform/base/text.h"
#include "platform/store/store_nodes.h"
#include "platform/store/store_test_books.h"

static enum status add(struct ctx *ctx, int64_t id, int64_t shelf)
{
    struct store_value row[] = {store_int(id),          store_int(shelf),
                                store_text("a book"),   store_null(STORE_REAL),
                                store_null(STORE_BLOB), store_null(STORE_TEXT)};
    return store_run(ctx, &book_add, NULL, row, NULL, NULL, NULL);
}

static int64_t count(struct ctx *ctx)
{
    int64_t n = -1;
    return books_count(ctx, &n) == OK ? n : -1;
}

/* ---- ends of a transaction ---- */

static enum status add_two(struct ctx *ctx, void *arg)
{
    TRY(add(ctx, 1, 1));
    TRY(add(ctx, 2, 1));
    return *(enum status *)arg == OK ? OK : ctx_fail(ctx, *(enum status *)arg, "the rule says no");
}

TEST(what_a_transaction_did_stays_when_it_ends_well)
{
    enum status status = OK;
    CHECK(books_make(ctx) == OK);
    CHECK(store_transact(ctx, "add_two", add_two, &status) == OK);
    CHECK(count(ctx) == 2);
}

TEST(what_a_transaction_did_is_undone_when_a_rule_refuses)
{
    enum status status = ERR_FORBIDDEN;
    CHECK(books_make(ctx) == OK);
    CHECK(store_transact(ctx, "add_two", add_two, &status) == ERR_FORBIDDEN);
    CHECK_TEXT(ctx->fault, "the rule says no");
    CHECK(count(ctx) == 0);
    status = OK;
    CHECK(store_transact(ctx, "add_two", add_two, &status) == OK);
    CHECK(count(ctx) == 2);
}

static enum status nest(struct ctx *ctx, void *arg)
{
    TRY(add(ctx, 3, 1));
    (void)!store_transact(ctx, "inner", add_two, arg);
    return ERR_INVALID;
}

TEST(an_inner_transaction_ends_with_the_outer)
{
    enum status inner = OK;
    CHECK(books_make(ctx) == OK);
    CHECK(store_transact(ctx, "nest", nest, &inner) == ERR_INVALID);
    CHECK(count(ctx) == 0);
}

struct doomed {
    enum status later;
    int64_t changes;
};

static enum status go_on_after_conflict(struct ctx *ctx, void *arg)
{
    struct doomed *doomed = arg;
    TRY(add(ctx, 1, 1));
    if (add(ctx, 1, 1) != ERR_CONFLICT)
        return ERR_FAULT;
    doomed->later = add(ctx, 2, 1);
    return OK;
}

TEST(a_transaction_in_which_the_database_refused_something_cannot_be_committed)
{
    struct doomed doomed = {.later = OK};
    CHECK(books_make(ctx) == OK);
    CHECK(store_transact(ctx, "doomed", go_on_after_conflict, &doomed) == ERR_CONFLICT);
    CHECK(doomed.later == ERR_FAULT);
    CHECK(strstr(ctx->fault, "book_add") != NULL);
    CHECK(count(ctx) == 0);
    CHECK(books_add(ctx, 1, 1, "after") == OK);
}

struct race {
    struct ctx *other; /* whoever adds the same at the same time */
    int runs;
};

static enum status add_while_another_adds(struct ctx *ctx, void *arg)
{
    struct race *race = arg;
    if (race->runs++ > 0)
        return count(ctx) == 1 ? OK : ERR_FAULT; /* it is there: all is well */
    TRY(add(race->other, 1, 1));
    return add(ctx, 1, 1);
}

TEST(what_another_transaction_added_meanwhile_is_seen_on_a_second_look)
{
    struct ctx other = *ctx;
    struct race race = {.other = &other};
    if (!store_is_postgresql(ctx->store))
        return; /* SQLite lets nobody else write meanwhile */
    CHECK(books_make(ctx) == OK);
    CHECK(store_open_again(&other, ctx->store, &other.store) == OK);
    CHECK(store_transact(ctx, "race", add_while_another_adds, &race) == OK);
    CHECK(race.runs == 2 && count(ctx) == 1);
}

static enum status stop_reading(void *arg, const struct store_value *columns)
{
    (void)arg, (void)columns;
    return ERR_INVALID;
}

static enum status go_on_after_own_stop(struct ctx *ctx, void *arg)
{
    (void)arg;
    TRY(add(ctx, 1, 1));
    struct store_value missing[] = {store_int(404)};
    struct store_value found[] = {store_int(1)};
    if (store_run(ctx, &book_by_id, NULL, found, stop_reading, NULL, NULL) != ERR_INVALID)
        return ERR_FAULT;
    if (store_run(ctx, &book_by_id, NULL, missing, NULL, NULL, NULL) != ERR_NOT_FOUND)
        return ERR_FAULT;
    return add(ctx, 2, 1);
}

TEST(a_row_that_is_not_there_or_not_wanted_does_not_end_a_transaction)
{
    CHECK(books_make(ctx) == OK);
    CHECK(store_transact(ctx, "go_on", go_on_after_own_stop, NULL) == OK);
    CHECK(count(ctx) == 2);
}

static enum status add_orphan(struct ctx *ctx, void *arg)
{
    (void)arg;
    return books_script(ctx, "insert into page (id, book_id) values (1, 99)");
}

TEST(a_reference_that_is_checked_late_is_a_conflict_at_commit)
{
    CHECK(books_make(ctx) == OK);
    CHECK(books_script(ctx, store_is_postgresql(ctx->store)
                                ? "create table page (id bigint primary key, book_id bigint "
                                  "references book (id) deferrable initially deferred)"
                                : "create table page (id integer primary key, book_id integer "
                                  "references book (id) deferrable initially deferred)") == OK);
    CHECK(store_transact(ctx, "orphan", add_orphan, NULL) == ERR_CONFLICT);
    CHECK(books_add(ctx, 1, 1, "after") == OK);
}

/* ---- trying again ---- */

struct tries {
    int count;
    int busy;
};

static enum status be_busy(struct ctx *ctx, void *arg)
{
    struct tries *tries = arg;
    tries->count++;
    TRY(add(ctx, tries->count, 1));
    if (tries->count <= tries->busy)
        return ctx_fail(ctx, ERR_BUSY, "busy %d", tries->count);
    return OK;
}

TEST(a_transaction_with_others_in_the_way_is_tried_again_from_its_beginning)
{
    struct tries tries = {.busy = 2};
    CHECK(books_make(ctx) == OK);
    CHECK(store_transact(ctx, "be_busy", be_busy, &tries) == OK);
    CHECK(tries.count == 3);
    CHECK(ctx->fault == NULL);
    CHECK(count(ctx) == 1);
}

TEST(a_transaction_is_not_tried_for_ever)
{
    struct tries tries = {.busy = 100};
    CHECK(books_make(ctx) == OK);
    CHECK(store_transact(ctx, "be_busy", be_busy, &tries) == ERR_BUSY);
    CHECK(tries.count == 8);
    CHECK_TEXT(ctx->fault, "busy 8");
    CHECK(count(ctx) == 0);
}

enum { WRITERS = 8, ROUNDS = 50, COUNTER = 3 /* the shelf whose name is the newest number */ };

static enum status take_number(void *arg, const struct store_value *row)
{
    return text_number(row[0].text, 0, WRITERS * ROUNDS, arg);
}

/* Adds the book with the next number: lost updates would meet in one.  The book comes before the
 * number moves on, so that the database sees two of one key, and not two who change one row. */
static enum status add_next(struct ctx *ctx, void *arg)
{
    int64_t n;
    (void)arg;
    const struct store_value counter = store_int(COUNTER);
    TRY(store_run(ctx, &shelf_name, NULL, &counter, take_number, &n, NULL));
    TRY(add(ctx, n + 1, 1));
    const char *next = mem_format(ctx->mem, "%d", (int)n + 1);
    const struct store_value changed[] = {store_text(next), counter};
    return store_run(ctx, &shelf_rename, NULL, changed, NULL, NULL, NULL);
}

static enum status write_one(struct ctx *ctx, int number, void *arg)
{
    (void)number;
    return store_transact(ctx, "add_next", add_next, arg);
}

static enum status write_many(struct ctx *ctx, int number, void *arg)
{
    for (int i = 0; i < ROUNDS; i++)
        TRY(store_node_again(ctx, write_one, number, arg));
    return OK;
}

TEST(many_writers_lose_nothing_of_each_other_and_none_is_told_of_a_key_that_another_took)
{
    const struct store_value shelf[] = {store_int(COUNTER), store_text("0")};
    CHECK(books_make_shared(ctx) == OK);
    CHECK(store_run(ctx, &shelf_add, NULL, shelf, NULL, NULL, NULL) == OK);
    store_nodes_run(ctx, WRITERS, write_many, NULL);
    CHECK(count(ctx) == WRITERS * ROUNDS);
}

static enum status add_first(struct ctx *ctx, void *arg)
{
    ++*(int *)arg;
    return add(ctx, 1, 1);
}

TEST(who_asks_again_for_a_key_that_is_taken_is_told_so)
{
    int times = 0;
    CHECK(books_make(ctx) == OK && add(ctx, 1, 1) == OK);
    CHECK(store_transact(ctx, "add_first", add_first, &times) == ERR_CONFLICT);
    CHECK(times == (store_is_postgresql(ctx->store) ? 2 : 1));
}

static enum status add_another(struct ctx *ctx, void *arg)
{
    return add(ctx, ++*(int *)arg, 1);
}

TEST(who_comes_too_late_for_another_key_each_time_is_told_to_come_again)
{
    int times = 0;
    CHECK(books_make(ctx) == OK);
    for (int id = 1; id <= 10; id++)
        CHECK(add(ctx, id, 1) == OK);
    bool is_postgresql = store_is_postgresql(ctx->store);
    CHECK(store_transact(ctx, "add_another", add_another, &times) ==
          (is_postgresql ? ERR_BUSY : ERR_CONFLICT));
    CHECK(times == (is_postgresql ? 8 : 1));
}

/* ---- the version of what is kept ---- */

TEST(the_version_is_another_one_after_every_commit_of_anybody_and_only_then)
{
    uint64_t before, after;
    struct ctx other = *ctx;
    CHECK(books_make(ctx) == OK);
    CHECK(add(ctx, 1, 1) == OK);
    if (store_is_postgresql(ctx->store)) {
        CHECK(store_version(ctx, &before) == ERR_NOT_FOUND);
        return;
    }
    CHECK(store_open_again(&other, ctx->store, &other.store) == OK);
    CHECK(store_version(ctx, &before) == OK);
    CHECK(count(ctx) == 1 && count(&other) == 1);
    CHECK(store_version(ctx, &after) == OK && after == before);
    CHECK(add(ctx, 2, 1) == OK);
    CHECK(store_version(ctx, &after) == OK && after != before);
    before = after;
    CHECK(add(&other, 3, 1) == OK);
    CHECK(store_version(ctx, &after) == OK && after != before);
}

/* ---- failing the nth call ---- */

TEST(whatever_call_fails_nothing_is_half_done)
{
    enum status status = OK;
    CHECK(books_make(ctx) == OK);
    for (int nth = 1; nth <= 4; nth++) { /* begin, add, add, commit */
        store_fail_on_call(ctx->store, nth);
        CHECK(store_transact(ctx, "add_two", add_two, &status) == ERR_FAULT);
        store_fail_on_call(ctx->store, 0);
        ctx->fault = NULL;
        CHECK(count(ctx) == 0);
    }
    int64_t calls = store_calls(ctx->store);
    store_fail_on_call(ctx->store, 5);
    CHECK(store_transact(ctx, "add_two", add_two, &status) == OK);
    CHECK(store_calls(ctx->store) == calls + 4);
    store_fail_on_call(ctx->store, 0);
    CHECK(count(ctx) == 2);
}

/* ---- cursors ---- */

static const struct store_choice by_title = {.sort = BOOK_BY_TITLE, .at_most = 100000};

static enum status add_thousand(struct ctx *ctx, void *arg)
{
    (void)arg;
    for (int i = 1; i <= 1000; i++)
        TRY(add(ctx, i, 1));
    return OK;
}

TEST(a_cursor_gives_every_row_in_order_and_then_ends)
{
    struct store_cursor *cursor;
    const struct store_value *row;
    CHECK(books_make(ctx) == OK);
    CHECK(store_transact(ctx, "add_thousand", add_thousand, NULL) == OK);
    CHECK(store_cursor_open(ctx, &book_list, &by_title, books_all, &cursor) == OK);
    for (int i = 1; i <= 1000; i++) {
        CHECK(store_cursor_next(cursor, &row) == OK);
        CHECK(row[0].n == i);
        CHECK_TEXT(row[2].text, "a book");
    }
    CHECK(store_cursor_next(cursor, &row) == ERR_NOT_FOUND);
    CHECK(store_cursor_next(cursor, &row) == ERR_NOT_FOUND);
    CHECK(count(ctx) == 1000);
}

TEST(a_cursor_shows_what_was_there_when_it_was_opened)
{
    struct store_cursor *cursor;
    const struct store_value *row;
    struct ctx other = *ctx;
    CHECK(books_make_shared(ctx) == OK);
    CHECK(store_transact(ctx, "add_thousand", add_thousand, NULL) == OK);
    CHECK(store_open_again(ctx, ctx->store, &other.store) == OK);
    CHECK(store_cursor_open(ctx, &book_list, &by_title, books_all, &cursor) == OK);
    CHECK(books_add(&other, 5000, 1, "later") == OK);
    int rows = 0;
    while (store_cursor_next(cursor, &row) == OK)
        rows++;
    CHECK(rows == 1000);
    CHECK(count(ctx) == 1001);
}

TEST(a_cursor_can_be_closed_at_any_row)
{
    struct store_cursor *cursor;
    const struct store_value *row;
    CHECK(books_make(ctx) == OK);
    CHECK(store_transact(ctx, "add_thousand", add_thousand, NULL) == OK);
    for (int rows = 0; rows < 3; rows++) {
        CHECK(store_cursor_open(ctx, &book_list, &by_title, books_all, &cursor) == OK);
        for (int i = 0; i < rows; i++)
            CHECK(store_cursor_next(cursor, &row) == OK);
        store_cursor_close(cursor);
        store_cursor_close(cursor);
        CHECK(store_cursor_next(cursor, &row) == ERR_NOT_FOUND);
        CHECK(count(ctx) == 1000);
    }
}

TEST(a_cursor_ends_with_its_memory)
{
    struct store_cursor *cursor;
    struct ctx inner = *ctx;
    CHECK(books_make(ctx) == OK);
    CHECK(books_add(ctx, 1, 1, "one") == OK);
    inner.mem = mem_child(ctx->mem);
    CHECK(store_cursor_open(&inner, &book_list, &by_title, books_all, &cursor) == OK);
    mem_end(inner.mem);
    CHECK(count(ctx) == 1);
}

TEST(while_a_cursor_is_open_the_connection_runs_nothing_else)
{
    struct store_cursor *cursor;
    struct store_cursor *second;
    int64_t n;
    CHECK(books_make(ctx) == OK);
    CHECK(books_add(ctx, 1, 1, "one") == OK);
    CHECK(store_cursor_open(ctx, &book_list, &by_title, books_all, &cursor) == OK);
    CHECK(books_count(ctx, &n) == ERR_FAULT);
    CHECK(books_add(ctx, 2, 1, "two") == ERR_FAULT);
    CHECK(store_cursor_open(ctx, &book_list, &by_title, books_all, &second) == ERR_FAULT);
    store_cursor_close(cursor);
    CHECK(count(ctx) == 1);
}

static enum status read_one_and_write(struct ctx *ctx, void *arg)
{
    struct store_cursor *cursor;
    const struct store_value *row;
    (void)arg;
    TRY(store_cursor_open(ctx, &book_list, &by_title, books_all, &cursor));
    TRY(store_cursor_next(cursor, &row));
    store_cursor_close(cursor);
    return add(ctx, 2000, 1);
}

TEST(a_cursor_that_is_closed_early_leaves_its_transaction_whole)
{
    CHECK(books_make(ctx) == OK);
    CHECK(store_transact(ctx, "add_thousand", add_thousand, NULL) == OK);
    CHECK(store_transact(ctx, "read_one", read_one_and_write, NULL) == OK);
    CHECK(count(ctx) == 1001);
}

TEST(a_cursor_that_is_not_read_takes_the_values_it_was_opened_with)
{
    struct store_cursor *cursor;
    const struct store_value *row;
    char note[] = "kept";
    struct store_value filter[] = {store_null(STORE_INT), store_text(note)};
    struct store_value book[] = {store_int(1),           store_int(1),
                                 store_text("noted"),    store_null(STORE_REAL),
                                 store_null(STORE_BLOB), store_text("kept")};
    CHECK(books_make(ctx) == OK);
    CHECK(store_run(ctx, &book_add, NULL, book, NULL, NULL, NULL) == OK);
    CHECK(store_cursor_open(ctx, &book_list, &by_title, filter, &cursor) == OK);
    memset(note, 'x', sizeof note - 1);
    CHECK(store_cursor_next(cursor, &row) == OK);
    CHECK_TEXT(row[3].text, "kept");
}

/* ---- a server that goes away ---- */

static enum status end_other_connections(struct ctx *ctx)
{
    return books_script(ctx, "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
                             "where datname = current_database() and pid <> pg_backend_pid()");
}

struct cut {
    struct ctx *other;
    int count;
};

static enum status add_and_be_cut(struct ctx *ctx, void *arg)
{
    struct cut *cut = arg;
    TRY(add(ctx, 1, 1));
    if (cut->count++ == 0)
        TRY(end_other_connections(cut->other));
    return add(ctx, 2, 1);
}

static enum status add_more(struct ctx *ctx, void *arg)
{
    (void)arg;
    return add(ctx, 10, 1);
}

TEST(a_lost_connection_is_made_anew)
{
    struct ctx other = *ctx;
    struct cut cut = {.other = &other};
    struct store_cursor *cursor;
    if (!store_is_postgresql(ctx->store))
        return;
    CHECK(books_make(ctx) == OK);
    CHECK(store_open_again(ctx, ctx->store, &other.store) == OK);
    CHECK(count(ctx) == 0);
    CHECK(end_other_connections(&other) == OK);
    CHECK(count(ctx) == 0); /* a read, at once */
    CHECK(end_other_connections(&other) == OK);
    CHECK(add(ctx, 9, 1) == OK); /* a write on its own */
    CHECK(store_transact(ctx, "cut", add_and_be_cut, &cut) == OK);
    CHECK(cut.count == 2);
    CHECK(count(ctx) == 3);
    CHECK(books_script(ctx, "deallocate all") == OK); /* as a pool between might do */
    CHECK(count(ctx) == 3);
    CHECK(books_script(ctx, "deallocate all") == OK);
    CHECK(store_transact(ctx, "cut", add_more, NULL) == OK);
    CHECK(count(ctx) == 4);
    for (int i = 0; i < 2; i++) { /* with the statement yet to be prepared, and prepared */
        CHECK(end_other_connections(&other) == OK);
        CHECK(store_cursor_open(ctx, &book_list, &by_title, books_all, &cursor) == OK);
        store_cursor_close(cursor);
    }
}
