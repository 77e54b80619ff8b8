/* SPDX-License-Identifier: MIT */
/*
 * store_migrate.c - brings a database to the schema of this program, and says when it is not.
 *
 * The row in store_schema is written before the statements of the migration: its primary key
 * makes two programs that start at once take turns.
 */
#include "platform/store/store.h"

#include <sodium.h>
#include <string.h>

#include "platform/store/store_engine.h"

enum { DIGEST_HEX_BYTES = 2 * crypto_hash_sha256_BYTES + 1, APPLIED_MAX = 10000 };

static const char schema_table[] = "create table if not exists store_schema (\n"
                                   "    capability text   not null,\n"
                                   "    number     bigint not null,\n"
                                   "    digest     text   not null,\n"
                                   "    applied_at bigint not null,\n"
                                   "    primary key (capability, number)\n"
                                   ");\n";

static const struct store_column read_columns[] = {
    {"capability", STORE_TEXT, false}, {"number", STORE_INT, false}, {"digest", STORE_TEXT, false}};
static const struct store_piece read_pieces[] = {
    {-1, "select capability, number, digest from store_schema order by capability, number"}};
static const struct store_query schema_read = {.name = "store_schema_read",
                                               .place = "src/platform/store/store_migrate.c",
                                               .kind = STORE_MANY,
                                               .columns = read_columns,
                                               .column_count = 3,
                                               .pieces = read_pieces,
                                               .piece_count = 1,
                                               .scans = " store_schema "};

static const struct store_argument add_arguments[] = {{"capability", STORE_TEXT, false, false},
                                                      {"number", STORE_INT, false, false},
                                                      {"digest", STORE_TEXT, false, false},
                                                      {"applied_at", STORE_INT, false, false}};
static const struct store_piece add_pieces[] = {
    {-1, "insert into store_schema (capability, number, digest, applied_at) "
         "values ($1, $2, $3, $4) on conflict (capability, number) do nothing"}};
static const struct store_query schema_add = {.name = "store_schema_add",
                                              .place = "src/platform/store/store_migrate.c",
                                              .kind = STORE_CHANGES,
                                              .arguments = add_arguments,
                                              .argument_count = 4,
                                              .pieces = add_pieces,
                                              .piece_count = 1,
                                              .scans = ""};

struct applied {
    const char *capability;
    int64_t number;
    const char *digest;
};

struct applied_list {
    struct ctx *ctx;
    struct applied *rows;
    size_t count;
};

static enum status keep_applied(void *arg, const struct store_value *columns)
{
    struct applied_list *list = arg;
    struct mem *mem = list->ctx->mem;
    if (list->count == APPLIED_MAX)
        return ctx_fail(list->ctx, ERR_FAULT, "store_schema holds too many rows");
    list->rows[list->count++] = (struct applied){.capability = mem_text(mem, columns[0].text),
                                                 .number = columns[1].n,
                                                 .digest = mem_text(mem, columns[2].text)};
    return OK;
}

static enum status read_applied(struct ctx *ctx, struct applied_list *list)
{
    *list =
        (struct applied_list){.ctx = ctx, .rows = mem_array(ctx->mem, struct applied, APPLIED_MAX)};
    return store_run(ctx, &schema_read, NULL, NULL, keep_applied, list, NULL);
}

static const char *digest_of(struct mem *mem, const char *text)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char *hex = mem_bytes(mem, DIGEST_HEX_BYTES);
    crypto_hash_sha256(digest, (const unsigned char *)text, strlen(text));
    return sodium_bin2hex(hex, DIGEST_HEX_BYTES, digest, sizeof digest);
}

static const struct applied *find_applied(const struct applied_list *list, const char *capability,
                                          int number)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->rows[i].number == number && strcmp(list->rows[i].capability, capability) == 0)
            return &list->rows[i];
    return NULL;
}

static const struct store_migration *find_migration(const struct store_migration_set *const *sets,
                                                    size_t set_count, const struct applied *row)
{
    for (size_t i = 0; i < set_count; i++)
        if (strcmp(sets[i]->capability, row->capability) == 0)
            return row->number >= 1 && (uint64_t)row->number <= sets[i]->count
                       ? &sets[i]->migrations[row->number - 1]
                       : NULL;
    return NULL;
}

static enum status check_numbers(struct ctx *ctx, const struct store_migration_set *const *sets,
                                 size_t set_count)
{
    for (size_t i = 0; i < set_count; i++)
        for (size_t j = 0; j < sets[i]->count; j++)
            if (sets[i]->migrations[j].number != (int)j + 1)
                return ctx_fail(ctx, ERR_FAULT, "migrations of %s are not numbered 1, 2, ...",
                                sets[i]->capability);
    return OK;
}

/* Nothing applied that this program does not know as it was applied. */
static enum status check_applied(struct ctx *ctx, const struct store_migration_set *const *sets,
                                 size_t set_count, const struct applied_list *list)
{
    TRY(check_numbers(ctx, sets, set_count));
    for (size_t i = 0; i < list->count; i++) {
        const struct applied *row = &list->rows[i];
        const struct store_migration *migration = find_migration(sets, set_count, row);
        if (migration == NULL)
            return ctx_fail(ctx, ERR_CONFLICT,
                            "the database is newer than this program: it has %s migration %d",
                            row->capability, (int)row->number);
        if (strcmp(digest_of(ctx->mem, migration->text), row->digest) != 0)
            return ctx_fail(ctx, ERR_CONFLICT, "%s migration %d was edited after it was applied",
                            row->capability, (int)row->number);
    }
    return OK;
}

struct step {
    const char *capability;
    const struct store_migration *migration;
    bool was_applied;
};

/* Two that make the table at once meet in PostgreSQL's own tables: then the other was quicker. */
static enum status make_table(struct ctx *ctx, void *arg)
{
    const char *text = arg;
    enum status status = ctx->store->engine->script(ctx, ctx->store, text);
    return status == ERR_CONFLICT ? ERR_BUSY : status;
}

static enum status apply_once(struct ctx *ctx, void *arg)
{
    struct step *step = arg;
    const struct store_engine *engine = ctx->store->engine;
    const struct store_value row[] = {
        store_text(step->capability), store_int(step->migration->number),
        store_text(digest_of(ctx->mem, step->migration->text)), store_int(ctx->now_secs)};
    int64_t changes;
    TRY(store_run(ctx, &schema_add, NULL, row, NULL, NULL, &changes));
    step->was_applied = changes == 1;
    if (!step->was_applied) /* another program was quicker */
        return OK;
    TRY(engine->script(ctx, ctx->store,
                       store_dialect(ctx->mem, step->migration->text, engine->is_postgresql)));
    return engine->migration_check == NULL ? OK : engine->migration_check(ctx, ctx->store);
}

static enum status apply(struct ctx *ctx, struct step *step)
{
    struct store *store = ctx->store;
    if (store->engine->migration_begin != NULL)
        TRY(store->engine->migration_begin(ctx, store));
    enum status status = store_transact(ctx, "store_migrate", apply_once, step);
    if (store->engine->migration_end != NULL) {
        enum status ended = store->engine->migration_end(ctx, store);
        status = status == OK ? ended : status;
    }
    if (status == OK || status == ERR_BUSY)
        return status;
    ctx->fault = mem_format(ctx->mem, "%s migration %d: %s", step->capability,
                            step->migration->number, ctx->fault != NULL ? ctx->fault : "failed");
    return ERR_FAULT;
}

enum status store_migrate(struct ctx *ctx, const struct store_migration_set *const *sets,
                          size_t set_count, int *applied_out)
{
    struct applied_list list;
    *applied_out = 0;
    char *table = store_dialect(ctx->mem, schema_table, store_is_postgresql(ctx->store));
    TRY(store_transact(ctx, "store_schema", make_table, table));
    TRY(read_applied(ctx, &list));
    TRY(check_applied(ctx, sets, set_count, &list));
    for (size_t i = 0; i < set_count; i++)
        for (size_t j = 0; j < sets[i]->count; j++) {
            struct step step = {sets[i]->capability, &sets[i]->migrations[j], false};
            if (find_applied(&list, step.capability, step.migration->number) != NULL)
                continue;
            TRY(apply(ctx, &step));
            *applied_out += step.was_applied;
        }
    return OK;
}

enum status store_schema_check(struct ctx *ctx, const struct store_migration_set *const *sets,
                               size_t set_count)
{
    struct applied_list list;
    bool is_empty;
    TRY(ctx->store->engine->is_empty(ctx, ctx->store, &is_empty));
    if (is_empty)
        return ctx_fail(ctx, ERR_NOT_FOUND, "the database is empty");
    TRY(read_applied(ctx, &list));
    TRY(check_applied(ctx, sets, set_count, &list));
    for (size_t i = 0; i < set_count; i++)
        for (size_t j = 0; j < sets[i]->count; j++)
            if (find_applied(&list, sets[i]->capability, sets[i]->migrations[j].number) == NULL)
                return ctx_fail(ctx, ERR_CONFLICT, "the database lacks %s migration %d",
                                sets[i]->capability, sets[i]->migrations[j].number);
    return OK;
}
