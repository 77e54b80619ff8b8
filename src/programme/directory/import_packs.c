/* SPDX-License-Identifier: MIT */
/* import_packs.c - packs of kinds, regions, boards and organisations, taken in as imports are. */
#include <string.h>

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/directory/import.h"
#include "programme/directory/import.sql.h"

/* ---- kinds ---- */

enum kind_column {
    CODE,
    NAME,
    PLURAL,
    SHELF,
    IS_EMPLOYER,
    STANDS_FOR,
    ODS_ROLES,
    NAME_CONTAINS,
    KIND_COLUMNS
};

static const char *const kind_headings[KIND_COLUMNS + 1] = {
    "code", "name", "plural", "shelf", "is_employer", "stands_for", "ods_roles", "name_contains"};

struct kinds_taking {
    const char *const **rows; /* the cells of each */
    size_t count;
};

enum { KINDS_MAX = 100 };

static enum status check_kind(struct pack_table *table, const char *const *cells)
{
    bool has_shelf = strcmp(cells[SHELF], DIRECTORY_ORGANISATIONS) == 0 ||
                     strcmp(cells[SHELF], DIRECTORY_SCHOOLS) == 0 ||
                     strcmp(cells[SHELF], DIRECTORY_AREAS) == 0;
    bool has_flag = strcmp(cells[IS_EMPLOYER], "yes") == 0 || strcmp(cells[IS_EMPLOYER], "no") == 0;
    if (cells[CODE][0] == '\0' || cells[NAME][0] == '\0' || cells[PLURAL][0] == '\0')
        return pack_table_refuse(table, "code, name or plural is missing");
    if (!has_shelf)
        return pack_table_refuse(table, "there is no shelf \"%s\"", cells[SHELF]);
    return has_flag ? OK : pack_table_refuse(table, "is_employer is not yes or no");
}

static enum status read_kinds(struct ctx *ctx, const struct pack *pack, struct kinds_taking *out)
{
    struct pack_table *table;
    const char *const *cells;
    enum status status;
    TRY(pack_table_open(ctx, pack, "kinds.csv", kind_headings, &table));
    out->rows = mem_array(ctx->mem, const char *const *, KINDS_MAX);
    while ((status = pack_table_next(table, &cells)) == OK) {
        if (out->count == KINDS_MAX)
            return pack_table_refuse(table, "there are more than %d kinds", KINDS_MAX);
        TRY(check_kind(table, cells));
        out->rows[out->count++] = cells;
    }
    return status == ERR_NOT_FOUND ? OK : status;
}

/* Runs inside a transaction, perhaps more than once. */
static enum status set_kinds(struct ctx *ctx, void *arg)
{
    const struct kinds_taking *taking = arg;
    for (size_t i = 0; i < taking->count; i++) {
        const char *const *cells = taking->rows[i];
        int64_t changes;
        TRY(directory_import_kind_set(ctx, cells[CODE], cells[NAME], cells[PLURAL], cells[SHELF],
                                      strcmp(cells[IS_EMPLOYER], "yes") == 0, cells[STANDS_FOR],
                                      cells[ODS_ROLES], text_fold(ctx->mem, cells[NAME_CONTAINS]),
                                      (int64_t)i, &changes));
    }
    return OK;
}

enum status import_kinds(struct ctx *ctx, const struct pack *pack)
{
    struct kinds_taking taking = {0};
    TRY(read_kinds(ctx, pack, &taking));
    return store_transact(ctx, "import_kinds", set_kinds, &taking);
}

static enum status check_kinds(struct ctx *ctx, const struct pack *pack)
{
    struct kinds_taking taking = {0};
    return read_kinds(ctx, pack, &taking);
}

/* ---- the others ---- */

/* A pack's rows must all be good: it was made by hand, and a lost row would be lost for ever. */
static enum status take_file(struct ctx *ctx, const struct pack *pack, const char *path,
                             enum directory_import_kind kind)
{
    struct directory_import_report *report = mem_new(ctx->mem, struct directory_import_report);
    int file;
    TRY(pack_file_open(ctx, pack, path, &file));
    const struct directory_import_options options = {
        .source = mem_format(ctx->mem, "%s %s, %s", pack->name, pack->version, path),
        .as_at = pack->as_at,
    };
    enum status status = directory_import(ctx, kind, file, &options, report);
    if (status == ERR_INVALID) {
        ctx->fault = NULL;
        return ctx_fail(ctx, ERR_INVALID, "%s/%s: %s", pack->name, path, report->file_problem);
    }
    TRY(status);
    if (report->refused_count + report->remark_count == 0)
        return OK;
    if (report->id.n != 0)
        TRY(directory_import_undo(ctx, report->id));
    return ctx_fail(ctx, ERR_INVALID, "%s/%s: line %lld, column %d: %s", pack->name, path,
                    (long long)report->problems[0].line, report->problems[0].column,
                    report->problems[0].reason);
}

/* In the order in which they build on each other. */
static const struct {
    const char *path;
    enum directory_import_kind kind;
} known_files[] = {
    {"regions.csv", DIRECTORY_IMPORT_REGIONS},
    {"boards.csv", DIRECTORY_IMPORT_BOARDS},
    {"successions.csv", DIRECTORY_IMPORT_SUCCESSIONS},
    {"etr.csv", DIRECTORY_IMPORT_ORGANISATIONS},
    {"organisations.csv", DIRECTORY_IMPORT_ORGANISATIONS},
    {"board_2022.csv", DIRECTORY_IMPORT_LINKS},
    {"links.csv", DIRECTORY_IMPORT_LINKS},
};
enum { KNOWN_FILES = sizeof known_files / sizeof known_files[0] };

static bool has_file(const struct pack *pack, const char *path)
{
    for (size_t i = 0; i < pack->file_count; i++)
        if (strcmp(pack->files[i].path, path) == 0)
            return true;
    return false;
}

/* Every file is one that is read here, so that none is forgotten. */
static enum status check_files(struct ctx *ctx, const struct pack *pack)
{
    for (size_t i = 0; i < pack->file_count; i++) {
        bool is_known = false;
        for (size_t j = 0; j < KNOWN_FILES && !is_known; j++)
            is_known = strcmp(known_files[j].path, pack->files[i].path) == 0;
        if (!is_known)
            return ctx_fail(
                ctx, ERR_INVALID,
                "%s/pack.json: files[%zu].path: \"%s\" is not read by a pack of this kind",
                pack->name, i, pack->files[i].path);
    }
    return OK;
}

static enum status take_files(struct ctx *ctx, const struct pack *pack)
{
    TRY(check_files(ctx, pack));
    for (size_t i = 0; i < KNOWN_FILES; i++)
        if (has_file(pack, known_files[i].path))
            TRY(take_file(ctx, pack, known_files[i].path, known_files[i].kind));
    return OK;
}

const struct pack_reader directory_pack_readers[] = {
    {.holds = "organisation-kinds", .check = check_kinds, .take = import_kinds},
    {.holds = "regions", .check = check_files, .take = take_files},
    {.holds = "boards", .check = check_files, .take = take_files},
    {.holds = "organisations", .check = check_files, .take = take_files},
    {0},
};

enum status directory_take_packs(struct ctx *ctx)
{
    static const struct {
        const char *name;
        enum status (*take)(struct ctx *ctx, const struct pack *pack);
    } packs[] = {
        {"organisation-kinds", import_kinds},
        {"regions", take_files},
        {"boards", take_files},
        {"trusts", take_files},
    };
    for (size_t i = 0; i < sizeof packs / sizeof packs[0]; i++) {
        struct pack pack;
        TRY(pack_newest(ctx, packs[i].name, &pack));
        TRY(packs[i].take(ctx, &pack));
    }
    return OK;
}
