/* SPDX-License-Identifier: MIT */
/* store_test_books.c - the queries of store_test_books.h, as sqlgen would write them. */
#include "platform/store/store_test_books.h"

#include "platform/base/test_folder.h"
#include "platform/store/store_engine.h"

#define QUERY(NAME, KIND, ...)                                                                     \
    const struct store_query NAME = {                                                              \
        .name = #NAME, .place = __FILE__, .kind = (KIND), .scans = "", __VA_ARGS__}
#define ARGUMENTS(array) .arguments = (array), .argument_count = COUNT_OF(array)
#define COLUMNS(array) .columns = (array), .column_count = COUNT_OF(array)
#define PIECES(array) .pieces = (array), .piece_count = COUNT_OF(array)

static const struct store_migration migrations[] = {
    {1, "-- Where books stand; 'quoted; in a comment\n"
        "create table shelf (\n"
        "    id   bigint not null primary key, -- its number\n"
        "    name text   not null unique check (name <> 'bigint;')\n"
        ");\n"
        "create table book (\n"
        "    id       bigint not null primary key,\n"
        "    shelf_id bigint not null references shelf (id),\n"
        "    title    text   not null,\n"
        "    weight   double precision,\n"
        "    cover    bytea,\n"
        "    note     text\n"
        ");\n"
        "create index book_by_title on book (title, id);\n"},
    {2, "create index book_by_shelf on book (shelf_id, title, id);\n"
        "create index book_by_note on book (note, title, id);\n"
        "insert into shelf (id, name) values (1, 'fiction'), (2, 'fact')"},
};
const struct store_migration_set books_migrations = {"books", migrations, 2};

static const struct store_argument shelf_add_arguments[] = {{"id", STORE_INT, false, false},
                                                            {"name", STORE_TEXT, false, false}};
static const struct store_piece shelf_add_pieces[] = {
    {-1, "insert into shelf (id, name) values ($1, $2)"}};
QUERY(shelf_add, STORE_CHANGES, ARGUMENTS(shelf_add_arguments), PIECES(shelf_add_pieces));

static const struct store_argument book_add_arguments[] = {
    {"id", STORE_INT, false, false},     {"shelf_id", STORE_INT, false, false},
    {"title", STORE_TEXT, false, false}, {"weight", STORE_REAL, true, false},
    {"cover", STORE_BLOB, true, false},  {"note", STORE_TEXT, true, false}};
static const struct store_piece book_add_pieces[] = {
    {-1, "insert into book (id, shelf_id, title, weight, cover, note) "
         "values ($1, $2, $3, $4, $5, $6)"}};
QUERY(book_add, STORE_CHANGES, ARGUMENTS(book_add_arguments), PIECES(book_add_pieces));

static const struct store_argument rename_arguments[] = {{"name", STORE_TEXT, false, false},
                                                         {"id", STORE_INT, false, false}};
static const struct store_piece book_rename_pieces[] = {
    {-1, "update book set title = $1 where id = $2"}};
QUERY(book_rename, STORE_CHANGES, ARGUMENTS(rename_arguments), PIECES(book_rename_pieces));

static const struct store_argument by_id_arguments[] = {{"id", STORE_INT, false, false}};
static const struct store_column by_id_columns[] = {
    {"id", STORE_INT, false},     {"shelf_id", STORE_INT, false}, {"title", STORE_TEXT, false},
    {"weight", STORE_REAL, true}, {"cover", STORE_BLOB, true},    {"note", STORE_TEXT, true}};
static const struct store_piece by_id_pieces[] = {
    {-1, "select id, shelf_id, title, weight, cover, note from book where id = $1"}};
QUERY(book_by_id, STORE_ONE, ARGUMENTS(by_id_arguments), COLUMNS(by_id_columns),
      PIECES(by_id_pieces));

static const struct store_column shelf_columns[] = {{"name", STORE_TEXT, false}};
static const struct store_piece shelf_pieces[] = {{-1, "select name from shelf where id = $1"}};
QUERY(shelf_name, STORE_ONE, ARGUMENTS(by_id_arguments), COLUMNS(shelf_columns),
      PIECES(shelf_pieces));

static const struct store_piece shelf_rename_pieces[] = {
    {-1, "update shelf set name = $1 where id = $2"}};
QUERY(shelf_rename, STORE_CHANGES, ARGUMENTS(rename_arguments), PIECES(shelf_rename_pieces));

static const struct store_column note_columns[] = {{"note", STORE_TEXT, false}};
static const struct store_piece note_pieces[] = {{-1, "select note from book where id = $1"}};
QUERY(book_note, STORE_ONE, ARGUMENTS(by_id_arguments), COLUMNS(note_columns), PIECES(note_pieces));

static const struct store_argument list_arguments[] = {{"shelf_id", STORE_INT, false, true},
                                                       {"note", STORE_TEXT, false, true}};
static const struct store_column list_columns[] = {{"id", STORE_INT, false},
                                                   {"shelf_id", STORE_INT, false},
                                                   {"title", STORE_TEXT, false},
                                                   {"note", STORE_TEXT, true}};
static const struct store_piece list_pieces[] = {
    {-1, "select b.id, b.shelf_id, b.title, b.note from book b where true"},
    {0, " and b.shelf_id = $1"},
    {1, " and b.note = $2"}};
static const int title_keys[] = {2, 0};
static const int newest_keys[] = {0};
static const struct store_sort list_sorts[] = {
    [BOOK_BY_TITLE] = {"title", "b.title, b.id", "b.title desc, b.id desc",
                       "(b.title, b.id) > ($3, $4)", "(b.title, b.id) < ($3, $4)", title_keys, 2},
    [BOOK_NEWEST] = {"newest", "b.id desc", "b.id", "b.id < $3", "b.id > $3", newest_keys, 1}};
QUERY(book_list, STORE_PAGE, ARGUMENTS(list_arguments), COLUMNS(list_columns), PIECES(list_pieces),
      .sorts = list_sorts, .sort_count = 2);

enum status books_make(struct ctx *ctx)
{
    const struct store_migration_set *const sets[] = {&books_migrations};
    int applied;
    return store_migrate(ctx, sets, 1, &applied);
}

static enum status add(struct ctx *ctx, void *arg)
{
    return store_run(ctx, &book_add, NULL, arg, NULL, NULL, NULL);
}

enum status books_add(struct ctx *ctx, int64_t id, int64_t shelf, const char *title)
{
    struct store_value row[] = {store_int(id),          store_int(shelf),
                                store_text(title),      store_null(STORE_REAL),
                                store_null(STORE_BLOB), store_null(STORE_TEXT)};
    return store_transact(ctx, "books_add", add, row);
}

const struct store_value books_all[2] = {{.type = STORE_INT, .is_null = true},
                                         {.type = STORE_TEXT, .is_null = true}};

static enum status keep_count(void *arg, const struct store_value *columns)
{
    *(int64_t *)arg = columns[0].n;
    return OK;
}

enum status books_count(struct ctx *ctx, int64_t *out)
{
    struct store_choice choice = {.what = STORE_COUNT, .at_most = 100000};
    return store_run(ctx, &book_list, &choice, books_all, keep_count, out, NULL);
}

const char *books_path(struct ctx *ctx, const char *name)
{
    return mem_format(ctx->mem, "%s/%s", test_folder(ctx), name);
}

enum status books_make_shared(struct ctx *ctx)
{
    if (!store_is_postgresql(ctx->store)) {
        const char *path = books_path(ctx, "books.db");
        TRY(store_open(ctx, mem_format(ctx->mem, "sqlite:%s", path), &ctx->store));
    }
    return books_make(ctx);
}

enum status books_script(struct ctx *ctx, const char *text)
{
    return ctx->store->engine->script(ctx, ctx->store, text);
}
