/* SPDX-License-Identifier: MIT */
/*
 * sqlgen_test.c - what sqlgen refuses, and what the C it writes does.
 *
 * The generated functions run here against a store of a few lines: it keeps what it was given
 * and answers with rows that a test laid out.
 */
#include "platform/base/test.h"

#include "cases.h"
#include "pledge.sql.h"
#include "sqlgen.h"

/* ---- a store that remembers ---- */

struct heard {
    const struct store_query *query;
    const struct store_choice *choice;
    const struct store_value *params;
    int param_count;
    const struct store_value *rows; /* column_count values a row */
    int row_count;
};

/* The store of a test hangs where the real one would. */
static struct heard *heard_of(struct ctx *ctx)
{
    return (struct heard *)(void *)ctx->store;
}

struct store_value store_int(int64_t n)
{
    return (struct store_value){.type = STORE_INT, .n = n};
}

struct store_value store_real(double real)
{
    return (struct store_value){.type = STORE_REAL, .real = real};
}

struct store_value store_text(const char *text)
{
    size_t size_bytes = text != NULL ? strlen(text) : 0;
    return (struct store_value){STORE_TEXT, text == NULL, 0, 0, text, size_bytes};
}

struct store_value store_blob(const void *bytes, size_t size_bytes)
{
    return (struct store_value){STORE_BLOB, bytes == NULL, 0, 0, bytes, size_bytes};
}

struct store_value store_null(enum store_type type)
{
    return (struct store_value){.type = type, .is_null = true};
}

enum status store_run(struct ctx *ctx, const struct store_query *query,
                      const struct store_choice *choice, const struct store_value *params,
                      store_row_fn *row, void *arg, int64_t *changes_out)
{
    struct heard *heard = heard_of(ctx);
    heard->query = query;
    heard->choice = choice;
    heard->param_count = query->argument_count;
    heard->params =
        mem_copy(ctx->mem, params, (size_t)query->argument_count * sizeof(struct store_value));
    for (int i = 0; row != NULL && i < heard->row_count; i++)
        TRY(row(arg, &heard->rows[i * query->column_count]));
    if (changes_out != NULL)
        *changes_out = 3;
    return OK;
}

static struct heard *listen(struct ctx *ctx, const struct store_value *rows, int row_count)
{
    struct heard *heard = mem_new(ctx->mem, struct heard);
    heard->rows = rows;
    heard->row_count = row_count;
    ctx->store = (struct store *)(void *)heard;
    return heard;
}

/* ---- what is refused ---- */

static const char migration[] = "create table t (n bigint); create table u (n bigint);";

struct attempt {
    const struct case_input *input;
    struct sql_output out;
};

static void generate(struct tool *tool, void *arg)
{
    struct attempt *attempt = arg;
    struct owned_tables owned = {0};
    struct source source = {tool, migration, 1};
    sql_owned_tables(&source, &owned);
    tool->file = attempt->input->name;
    sql_generate(tool, attempt->input->text, &owned, &attempt->out);
}

static const char *say(struct mem *mem, const struct case_input *input)
{
    struct tool *tool = mem_new(mem, struct tool);
    struct attempt attempt = {input, {"t.sql", "t.sql.h", {.mem = mem}, {.mem = mem}}};
    tool->mem = mem;
    return tool_try(tool, generate, &attempt) ? "" : tool->message;
}

TEST(sqlgen_refuses_each_bad_query_at_its_line)
{
    int count;
    CHECK(cases_run(ctx->mem, CASES "/sqlgen_cases.txt", say, &count) == 0);
    CHECK(count > 90);
}

static void check_migration(struct tool *tool, void *arg)
{
    const struct case_input *input = arg;
    struct owned_tables owned = {0};
    tool->file = input->name;
    sql_check_migration(tool, input->text, &owned);
}

static const char *say_of_migration(struct mem *mem, const struct case_input *input)
{
    struct case_input copy = *input;
    struct tool *tool = mem_new(mem, struct tool);
    tool->mem = mem;
    return tool_try(tool, check_migration, &copy) ? "" : tool->message;
}

TEST(a_migration_in_one_engines_own_words_is_refused)
{
    int count;
    CHECK(cases_run(ctx->mem, CASES "/migration_cases.txt", say_of_migration, &count) == 0);
    CHECK(count > 15);
}

/* Every prefix of a good file is refused or read; none is read beyond its end. */
TEST(sqlgen_survives_a_file_that_stops_anywhere)
{
    struct tool *tool = tool_new();
    size_t size_bytes;
    char *text = tool_read(tool, CASES "/samples/pledge/pledge.sql", &size_bytes);
    for (size_t i = 0; i < size_bytes; i++) {
        struct mem *mem = mem_child(ctx->mem);
        struct case_input input = {"pledge/pledge.sql", mem_text_part(mem, text, i), i};
        (void)say(mem, &input);
        mem_end(mem);
    }
    mem_end(tool->mem);
}

/* ---- what the generated code does ---- */

TEST(one_row_fills_the_struct_with_copies)
{
    char title[] = "Ready";
    const struct store_value row[] = {store_int(7), store_text(title), store_null(STORE_TEXT)};
    struct heard *heard = listen(ctx, row, 1);
    struct pledge_by_reference_row got;
    CHECK(pledge_by_reference(ctx, "PL-1", &got) == OK);
    title[0] = 'S';
    CHECK(got.id == 7 && got.signed_on == NULL);
    CHECK_TEXT(got.title, "Ready");
    CHECK_TEXT(heard->params[0].text, "PL-1");
    CHECK_TEXT(heard->query->name, "pledge_by_reference");
    CHECK_TEXT(heard->query->place, "tools/test/samples/pledge/pledge.sql:4");
    CHECK(heard->query->kind == STORE_ONE && heard->query->column_count == 3);
    CHECK(heard->query->columns[2].is_nullable && !heard->query->columns[1].is_nullable);
}

TEST(one_row_that_is_not_there_is_not_found)
{
    listen(ctx, NULL, 0);
    struct pledge_by_reference_row got;
    CHECK(pledge_by_reference(ctx, "PL-1", &got) == ERR_NOT_FOUND);
    CHECK(ctx->fault == NULL);
}

TEST(two_rows_where_one_was_declared_are_a_fault)
{
    const struct store_value rows[] = {store_int(7), store_text("a"), store_text("b"),
                                       store_int(8), store_text("c"), store_text("d")};
    listen(ctx, rows, 2);
    struct pledge_by_reference_row got;
    CHECK(pledge_by_reference(ctx, "PL-1", &got) == ERR_FAULT);
    CHECK_TEXT(ctx->fault, "query pledge_by_reference gave more than one row");
}

TEST(a_null_text_that_may_not_be_null_never_reaches_the_store)
{
    struct heard *heard = listen(ctx, NULL, 0);
    struct pledge_by_reference_row got;
    CHECK(pledge_by_reference(ctx, NULL, &got) == ERR_FAULT);
    CHECK_TEXT(ctx->fault, "query pledge_by_reference: argument reference is null");
    CHECK(heard->query == NULL);
}

TEST(arguments_that_may_be_null_arrive_as_null_or_value)
{
    struct heard *heard = listen(ctx, NULL, 0);
    int64_t changes = 0;
    int64_t at = 99;
    struct store_value seal = store_blob("xy", 2);
    CHECK(pledge_signer_add(ctx, 5, NULL, NULL, seal, store_null(STORE_BLOB), &at, 1.5, &changes) ==
          OK);
    CHECK(changes == 3);
    CHECK(heard->params[0].n == 5 && heard->params[5].n == 99 && heard->params[6].real > 1.4);
    CHECK(heard->params[1].is_null && heard->params[1].type == STORE_TEXT);
    CHECK(heard->params[2].is_null && heard->params[2].type == STORE_REAL);
    CHECK(heard->params[3].size_bytes == 2 && heard->params[4].is_null);
    CHECK(pledge_signer_add(ctx, 5, NULL, NULL, store_null(STORE_BLOB), seal, &at, 1.5, NULL) ==
          ERR_FAULT);
    ctx->fault = NULL;
    CHECK(pledge_signer_add(ctx, 5, NULL, NULL, seal, store_int(1), &at, 1.5, NULL) == ERR_FAULT);
    CHECK_TEXT(ctx->fault, "query pledge_signer_add: argument photo is no blob");
}

TEST(many_rows_keep_their_order_while_they_grow)
{
    enum { ROWS = 1000, COLUMNS = 6 };
    struct store_value *rows = mem_array(ctx->mem, struct store_value, ROWS * COLUMNS);
    for (int i = 0; i < ROWS; i++) {
        rows[i * COLUMNS] = store_int(i);
        rows[i * COLUMNS + 1] = i % 2 == 0 ? store_null(STORE_REAL) : store_real(i / 2.0);
        rows[i * COLUMNS + 2] = i % 3 == 0 ? store_null(STORE_INT) : store_int(-i);
        rows[i * COLUMNS + 3] = store_blob("abc", 3);
        rows[i * COLUMNS + 4] = i % 2 == 0 ? store_null(STORE_BLOB) : store_blob("", 0);
        rows[i * COLUMNS + 5] = store_real(i);
    }
    listen(ctx, rows, ROWS);
    struct pledge_open_row *got;
    size_t count;
    CHECK(pledge_open(ctx, &got, &count) == OK);
    CHECK(count == ROWS);
    for (int i = 0; i < ROWS; i++) {
        CHECK(got[i].id == i && (got[i].share == NULL) == (i % 2 == 0));
        CHECK(i % 3 == 0 ? got[i].opened_at == NULL : *got[i].opened_at == -i);
        CHECK(got[i].seal.size_bytes == 3 && memcmp(got[i].seal.text, "abc", 3) == 0);
        CHECK(got[i].photo.is_null == (i % 2 == 0));
    }
}

TEST(no_rows_are_no_error_of_many)
{
    listen(ctx, NULL, 0);
    struct pledge_open_row *got;
    size_t count = 9;
    CHECK(pledge_open(ctx, &got, &count) == OK && count == 0 && got == NULL);
}

/* The text of a page with the optional arguments given whose bits are set. */
static char *text_of(struct mem *mem, const struct store_query *query, unsigned given)
{
    char *text = mem_text(mem, "");
    for (int i = 0; i < query->piece_count; i++) {
        if (query->pieces[i].when < 0 || (given >> query->pieces[i].when & 1U) != 0)
            text = mem_format(mem, "%s%s", text, query->pieces[i].text);
    }
    return text;
}

TEST(a_page_is_pieces_that_make_sense_with_and_without_each_fragment)
{
    struct heard *heard = listen(ctx, NULL, 0);
    const struct store_choice choice = {.at_most = 25};
    struct pledge_register_row *got;
    size_t count;
    CHECK(pledge_register(ctx, "trust", NULL, NULL, store_null(STORE_BLOB), NULL, &choice, &got,
                          &count) == OK);
    CHECK(heard->choice == &choice && heard->param_count == 5);
    CHECK(heard->params[1].is_null && heard->params[2].is_null && heard->params[4].is_null);
    CHECK(strstr(text_of(ctx->mem, heard->query, 0), "where ( p.kind = $1 or p.kind is null)") !=
          NULL);
    CHECK(strstr(text_of(ctx->mem, heard->query, 1U << 1 | 1U << 3),
                 "where ( p.kind = $1 or p.kind is null and p.region = $2 and p.photo = $4)") !=
          NULL);
    CHECK(strstr(text_of(ctx->mem, heard->query, 1U << 2),
                 "p.id and s.at >= $3 ) as signers\nfrom") != NULL);
    CHECK_TEXT(heard->query->scans, " pledge person ");
}

TEST(a_sort_knows_its_way_back_and_where_a_page_begins)
{
    (void)ctx;
    const struct store_query *query = &pledge_register_query;
    CHECK(query->sort_count == 3);
    CHECK_TEXT(query->sorts[0].name, "newest");
    CHECK_TEXT(query->sorts[0].order, "p.signed_on desc, p.id desc");
    CHECK_TEXT(query->sorts[0].order_reversed, "p.signed_on, p.id");
    CHECK_TEXT(query->sorts[0].after, "(p.signed_on, p.id) < ($6, $7)");
    CHECK_TEXT(query->sorts[0].before, "(p.signed_on, p.id) > ($6, $7)");
    CHECK(query->sorts[0].key_count == 2 && query->sorts[0].key_columns[0] == 3);
    CHECK_TEXT(query->sorts[1].after, "(p.title, p.id) > ($6, $7)");
    CHECK_TEXT(query->sorts[2].after, "id > $6");
    CHECK_TEXT(query->sorts[2].order_reversed, "id desc");
}

TEST(postgresql_has_a_text_of_its_own_where_one_was_written)
{
    (void)ctx;
    CHECK(pledge_search_query.postgresql_piece_count == 1);
    CHECK_TEXT(pledge_search_query.postgresql_pieces[0].text,
               "select id from pledge where words @@ to_tsquery('simple', $1) order by id "
               "limit $2");
    CHECK(pledge_drop_query.postgresql_piece_count == 1);
    CHECK(pledge_open_query.postgresql_pieces == NULL);
}

extern const struct store_query *const __start_store_queries[];
extern const struct store_query *const __stop_store_queries[];

TEST(every_query_is_on_the_list_of_the_program)
{
    (void)ctx;
    int named = 0;
    CHECK(__stop_store_queries - __start_store_queries == 8);
    for (const struct store_query *const *at = __start_store_queries; at < __stop_store_queries;
         at++)
        named += strcmp((*at)->name, "pledge_by_reference") == 0;
    CHECK(named == 1);
}
