/* SPDX-License-Identifier: MIT */
/*
 * import_organisation.c - organisations, their names and their links, as a file tells them.
 *
 * Reads the files of the Organisation Data Service as published: no header, 27 columns, of which
 * "etr" (NHS trusts) is one.  A table with a header does as well; what it has no column for stays
 * as it is known.
 *
 * A file says where an organisation belongs on the day that it describes.  Since when, it does not
 * say.  A link to a board therefore begins with the organisation, the board, or the last day on
 * which the board took over from another, whichever came last; for earlier days a file of links
 * tells more (see packs/trusts).  Where it belongs when it has closed is today's structure with
 * the code of a place that may not have existed then: such a link is left out.
 */
#include <string.h>

#include "platform/base/id.h"
#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/directory/directory.sql.h"
#include "programme/directory/import.h"
#include "programme/directory/import.sql.h"

enum { NAME_CHARS_MAX = 200, LINE_CHARS_MAX = 150, TOWN_CHARS_MAX = 80, KINDS_MAX = 100 };

/* Places in import->columns. */
enum column {
    CODE,
    NAME,
    KIND,
    ADDRESS_1,
    ADDRESS_2,
    ADDRESS_3,
    TOWN,
    POSTCODE,
    ONS_CODE,
    STATE,
    OPENED_ON,
    CLOSED_ON,
    BOARD,
    REGION,
    PARENT,
    COLUMNS
};

static const struct import_column by_heading[COLUMNS] = {
    [CODE] = {{"code", "ods_code", "organisation_code"}, true},
    [NAME] = {{"name", "organisation_name"}, true},
    [KIND] = {{"kind"}, false},
    [ADDRESS_1] = {{"address", "address_line_1", "address1"}, false},
    [ADDRESS_2] = {{"address_line_2", "address2"}, false},
    [ADDRESS_3] = {{"address_line_3", "address3"}, false},
    [TOWN] = {{"town", "city"}, false},
    [POSTCODE] = {{"postcode"}, false},
    [ONS_CODE] = {{"ons_code"}, false},
    [STATE] = {{"status", "state"}, false},
    [OPENED_ON] = {{"opened_on", "open_date", "opened"}, false},
    [CLOSED_ON] = {{"closed_on", "close_date", "closed"}, false},
    [BOARD] = {{"board", "icb_ods_code", "icb"}, false},
    [REGION] = {{"region", "nhs_region_ods_code"}, false},
    [PARENT] = {{"parent", "parent_code", "parent_organisation_code"}, false},
};

/* Source: Organisation Data Service, "Organisation data file layouts". */
enum { ODS_COLUMNS = 27 };
static const int by_place[COLUMNS] = {
    [CODE] = 0,       [NAME] = 1,       [KIND] = -1,    [ADDRESS_1] = 4, [ADDRESS_2] = 5,
    [ADDRESS_3] = 6,  [TOWN] = 7,       [POSTCODE] = 9, [ONS_CODE] = -1, [STATE] = -1,
    [OPENED_ON] = 10, [CLOSED_ON] = 11, [BOARD] = 3,    [REGION] = 2,    [PARENT] = -1,
};

/* ---- reading ---- */

/* A cell that the file has a column for; NULL when it has none. */
static enum status read_if_any(struct import *import, const struct csv_row *row, enum column column,
                               size_t chars_max, const char **out)
{
    *out = NULL;
    if (import->columns[column] < 0)
        return OK;
    return import_text(import, row, import->columns[column], chars_max, out);
}

static enum status read_address(struct import *import, const struct csv_row *row,
                                struct import_record *out)
{
    if (import->columns[ADDRESS_1] < 0)
        return OK;
    out->address = "";
    for (enum column line = ADDRESS_1; line <= ADDRESS_3; line++) {
        const char *text;
        TRY(import_text(import, row, import->columns[line], LINE_CHARS_MAX, &text));
        if (text[0] != '\0')
            out->address = mem_format(import->ctx->mem, "%s%s%s", out->address,
                                      out->address[0] != '\0' ? "\n" : "",
                                      import_readable(import->ctx->mem, text));
    }
    return OK;
}

static enum status read_days(struct import *import, const struct csv_row *row,
                             struct import_record *out)
{
    if (import->columns[OPENED_ON] >= 0)
        TRY(import_day(import, row, import->columns[OPENED_ON], &out->opened_on));
    if (import->columns[CLOSED_ON] >= 0)
        TRY(import_day(import, row, import->columns[CLOSED_ON], &out->closed_on));
    bool has_both = out->opened_on != NULL && out->closed_on != NULL && out->opened_on[0] != '\0' &&
                    out->closed_on[0] != '\0';
    if (has_both && strcmp(out->closed_on, out->opened_on) < 0)
        return import_refuse(import, import->columns[CLOSED_ON], "It closed before it opened");
    return OK;
}

static enum status read_state(struct import *import, const struct csv_row *row,
                              struct import_record *out)
{
    TRY(read_if_any(import, row, STATE, 40, &out->state));
    if (out->state == NULL || out->state[0] == '\0') {
        out->state = out->closed_on != NULL && out->closed_on[0] != '\0' ? "closed" : "open";
        return OK;
    }
    const char *state = text_fold(import->ctx->mem, out->state);
    out->state = strcmp(state, "open") == 0      ? "open"
                 : strcmp(state, "closed") == 0  ? "closed"
                 : strcmp(state, "planned") == 0 ? "planned"
                 : strcmp(state, "future") == 0  ? "planned"
                                                 : NULL;
    if (out->state == NULL)
        return import_refuse(import, import->columns[STATE],
                             "\"%s\" is none of open, closed and planned", state);
    return OK;
}

enum status import_record_read(struct import *import, const struct csv_row *row,
                               struct import_record *out)
{
    struct mem *mem = import->ctx->mem;
    const int *columns = import->columns;
    out->line = import->line;
    out->board_column = columns[BOARD];
    out->region_column = columns[REGION];
    out->parent_column = columns[PARENT];
    TRY(import_code(import, row, columns[CODE], &out->code));
    TRY(import_text_needed(import, row, columns[NAME], NAME_CHARS_MAX, &out->name));
    out->name = import_readable(mem, out->name);
    TRY(read_if_any(import, row, KIND, 60, &out->kind));
    TRY(read_address(import, row, out));
    TRY(read_if_any(import, row, TOWN, TOWN_CHARS_MAX, &out->town));
    if (out->town != NULL)
        out->town = import_readable(mem, out->town);
    if (columns[POSTCODE] >= 0)
        TRY(import_postcode(import, row, columns[POSTCODE], &out->postcode));
    TRY(read_if_any(import, row, ONS_CODE, 20, &out->ons_code));
    TRY(read_days(import, row, out));
    TRY(read_state(import, row, out));
    TRY(import_text(import, row, columns[BOARD], 30, &out->board));
    TRY(import_text(import, row, columns[REGION], 30, &out->region));
    TRY(import_text(import, row, columns[PARENT], 30, &out->parent));
    if (!import_code_is_new(import, out->code))
        return import_refuse(import, columns[CODE], "The code %s stands in this file before",
                             out->code);
    return OK;
}

static enum status read_row(struct import *import, const struct csv_row *row, void *record)
{
    return import_record_read(import, row, record);
}

/* ---- storing ---- */

enum status import_id_of(struct import *import, const char *code, int64_t *out)
{
    struct directory_id_by_code_row row;
    enum status status = directory_id_by_code(import->ctx, code, &row);
    *out = status == OK ? row.id : 0;
    return status == ERR_NOT_FOUND ? OK : status;
}

enum status import_kind_for(struct import *import, const char *relation, const char *shelf,
                            const char **out)
{
    struct directory_import_kind_first_row *rows;
    size_t count;
    TRY(directory_import_kind_first(import->ctx, relation, shelf, &rows, &count));
    if (count == 0)
        return ctx_fail(import->ctx, ERR_CONFLICT, "there is no kind of organisation for \"%s\"",
                        relation != NULL ? relation : shelf);
    *out = rows[0].code;
    return OK;
}

enum status import_kinds_load(struct import *import)
{
    struct directory_kind_rows_row *rows;
    TRY(directory_kind_rows(import->ctx, NULL, KINDS_MAX, &rows, &import->named_count));
    struct import_named *named =
        mem_array(import->ctx->mem, struct import_named, import->named_count);
    for (size_t i = 0; i < import->named_count; i++)
        named[i] = (struct import_named){rows[i].code, rows[i].shelf, rows[i].name_contains};
    import->named = named;
    return import_kind_for(import, NULL, DIRECTORY_SCHOOLS, &import->school_kind);
}

/* By its own column, by the file, by its name; else as it is known, else the last of all kinds. */
static enum status choose_kind(struct import *import, const struct import_record *in,
                               const struct directory_record_by_id_row *known, const char **out)
{
    bool says = in->kind != NULL && in->kind[0] != '\0';
    const char *name = text_fold(import->ctx->mem, in->name);
    *out = says ? NULL : import->default_kind;
    for (size_t i = 0; i < import->named_count && *out == NULL; i++) {
        const struct import_named *kind = &import->named[i];
        bool fits =
            says ? strcmp(kind->code, in->kind) == 0
                 : kind->name_contains[0] != '\0' && strstr(name, kind->name_contains) != NULL;
        if (fits)
            *out = kind->code;
    }
    if (*out != NULL)
        return OK;
    if (says)
        return import_refuse(import, import->columns[KIND], "There is no kind \"%s\"", in->kind);
    *out = known != NULL ? known->kind : import->named[import->named_count - 1].code;
    return OK;
}

static const char *news_or(const char *news, const char *known)
{
    return news != NULL ? news : known != NULL ? known : "";
}

static bool is_same(const struct directory_record_by_id_row *a,
                    const struct directory_record_by_id_row *b)
{
    return strcmp(a->kind, b->kind) == 0 && strcmp(a->name, b->name) == 0 &&
           strcmp(a->address, b->address) == 0 && strcmp(a->town, b->town) == 0 &&
           strcmp(a->postcode, b->postcode) == 0 && strcmp(a->ons_code, b->ons_code) == 0 &&
           strcmp(a->state, b->state) == 0 && strcmp(a->opened_on, b->opened_on) == 0 &&
           strcmp(a->closed_on, b->closed_on) == 0;
}

static const char *shelf_of(const struct import *import, const char *kind)
{
    size_t i = 0;
    while (i + 1 < import->named_count && strcmp(import->named[i].code, kind) != 0)
        i++;
    return import->named[i].shelf;
}

static enum status add_record(struct import *import, const struct directory_record_by_id_row *it)
{
    int64_t changes;
    return directory_import_record_add(import->ctx, it->id, it->kind, shelf_of(import, it->kind),
                                       it->name, text_sort_key(import->ctx->mem, it->name),
                                       it->address, it->town, it->postcode, it->ons_code, it->state,
                                       it->opened_on, it->closed_on, import->id, &changes);
}

/* A new name begins on the day that the file describes; another writing of the same name, or a
 * file older than the name that is known, corrects it. */
static enum status store_name(struct import *import, int64_t id, const char *name)
{
    struct ctx *ctx = import->ctx;
    struct directory_name_rows_row *rows;
    size_t count;
    int64_t changes;
    const char *last_on;
    TRY(directory_name_rows(ctx, id, 1, &rows, &count));
    if (count == 0)
        return ctx_fail(ctx, ERR_FAULT, "organisation %lld has no name", (long long)id);
    TRY(directory_import_name_drop(ctx, id, rows[0].from_on, import->id, &changes));
    bool is_renamed = !text_equal_fold(ctx->mem, rows[0].name, name) &&
                      strcmp(rows[0].from_on, import->as_at) < 0;
    if (!is_renamed)
        return directory_import_name_add(ctx, id, rows[0].from_on, "", name, import->id, &changes);
    TRY(time_day_add(ctx->mem, import->as_at, (struct time_step){.days = -1}, &last_on));
    TRY(directory_import_name_add(ctx, id, rows[0].from_on, last_on, rows[0].name, import->id,
                                  &changes));
    return directory_import_name_add(ctx, id, import->as_at, "", name, import->id, &changes);
}

static enum status store_news(struct import *import, const struct directory_record_by_id_row *known,
                              const struct directory_record_by_id_row *now,
                              enum import_outcome *out)
{
    int64_t changes;
    if (is_same(known, now))
        return OK;
    *out = IMPORT_CHANGED;
    TRY(directory_import_record_drop(import->ctx, now->id, import->id, &changes));
    TRY(add_record(import, now));
    return strcmp(known->name, now->name) != 0 ? store_name(import, now->id, now->name) : OK;
}

static enum status store_new(struct import *import, struct directory_record_by_id_row *now,
                             const char *code, enum import_outcome *out)
{
    int64_t changes;
    *out = IMPORT_ADDED;
    now->id = id_new(import->ctx);
    TRY(directory_import_organisation_add(import->ctx, now->id, code, import->id, &changes));
    TRY(add_record(import, now));
    return directory_import_name_add(import->ctx, now->id, now->opened_on, "", now->name,
                                     import->id, &changes);
}

static enum status store_links(struct import *import, const struct import_record *in, int64_t id,
                               bool *changed)
{
    struct directory_record_by_id_row now;
    bool has_parent = in->parent != NULL && in->parent[0] != '\0';
    bool has_board = in->board != NULL && in->board[0] != '\0';
    bool has_region = in->region != NULL && in->region[0] != '\0';
    if (!has_board && !has_region && !has_parent)
        return OK;
    TRY(directory_record_by_id(import->ctx, id, &now));
    struct import_link link = {
        .organisation_id = id,
        .opened_on = now.opened_on,
        .closed_on = now.closed_on,
        .stands_for = now.stands_for,
    };
    if (has_parent) { /* board and region follow from it */
        link.relation = DIRECTORY_PART_OF;
        link.target = in->parent;
        link.column = in->parent_column;
        return import_link_store(import, &link, changed);
    }
    link.relation = has_board ? "board" : "region"; /* the region follows from the board */
    link.target = has_board ? in->board : in->region;
    link.column = has_board ? in->board_column : in->region_column;
    return import_link_store(import, &link, changed);
}

/* A code of one register may not be taken for one of another: a school stays a school. */
static enum status check_shelf(struct import *import, const struct import_record *in,
                               const struct directory_record_by_id_row *known, const char *kind)
{
    bool was_school = strcmp(known->shelf, DIRECTORY_SCHOOLS) == 0;
    if (was_school != (strcmp(kind, import->school_kind) == 0))
        return import_refuse(import, import->columns[CODE],
                             "The code %s is that of another kind of organisation, \"%s\"",
                             in->code, known->name);
    return OK;
}

enum status import_record_store(struct import *import, const struct import_record *in,
                                int64_t *id_out, enum import_outcome *out)
{
    struct directory_record_by_id_row known = {0}, now;
    int64_t id;
    TRY(import_id_of(import, in->code, &id));
    if (id != 0)
        TRY(directory_record_by_id(import->ctx, id, &known));
    now = (struct directory_record_by_id_row){
        .id = id,
        .name = in->name,
        .address = news_or(in->address, known.address),
        .town = news_or(in->town, known.town),
        .postcode = news_or(in->postcode, known.postcode),
        .ons_code = news_or(in->ons_code, known.ons_code),
        .state = in->state,
        .opened_on = news_or(in->opened_on, known.opened_on),
        .closed_on = news_or(in->closed_on, known.closed_on),
    };
    TRY(choose_kind(import, in, id != 0 ? &known : NULL, &now.kind));
    if (id != 0)
        TRY(check_shelf(import, in, &known, now.kind));
    TRY(id != 0 ? store_news(import, &known, &now, out) : store_new(import, &now, in->code, out));
    bool has_changed = false;
    TRY(store_links(import, in, now.id, &has_changed));
    if (*out != IMPORT_SAME)
        TRY(directory_words_make(import->ctx, now.id));
    else if (has_changed)
        *out = IMPORT_CHANGED;
    *id_out = now.id;
    return OK;
}

static enum status store_row(struct import *import, const void *record, enum import_outcome *out)
{
    int64_t id;
    return import_record_store(import, record, &id, out);
}

/* ---- the three kinds of file ---- */

static enum status check_default_kind(struct import *import)
{
    const char *kind = import->default_kind;
    bool is_known = kind == NULL;
    for (size_t i = 0; i < import->named_count && !is_known; i++)
        is_known = strcmp(import->named[i].code, kind) == 0;
    if (is_known && (kind == NULL || strcmp(kind, import->school_kind) != 0))
        return OK;
    import->report->file_problem =
        mem_format(import->ctx->mem, "There is no kind of organisation \"%s\"", kind);
    return ctx_fail(import->ctx, ERR_INVALID, "there is no kind of organisation \"%s\"", kind);
}

static enum status begin(struct import *import, int file)
{
    const char *const *cells;
    int count;
    TRY(import_peek(import, file, &cells, &count));
    TRY(import_kinds_load(import));
    TRY(check_default_kind(import));
    if (count == ODS_COLUMNS) {
        import->report->layout = "Organisation Data Service file, 27 columns without header";
        return import_open_bare(import, file, by_place, COLUMNS);
    }
    import->report->layout = "Table of organisations with a header";
    return import_open(import, file, by_heading, COLUMNS);
}

static enum status begin_with_kind(struct import *import, int file, const char *relation)
{
    import->report->layout = "Table of organisations with a header";
    TRY(import_kinds_load(import));
    TRY(import_kind_for(import, relation, NULL, &import->default_kind));
    return import_open(import, file, by_heading, COLUMNS);
}

static enum status begin_boards(struct import *import, int file)
{
    return begin_with_kind(import, file, "board");
}

static enum status begin_regions(struct import *import, int file)
{
    return begin_with_kind(import, file, "region");
}

const struct import_kind import_organisations = {
    "organisations", sizeof(struct import_record), 500, begin, read_row, store_row};
const struct import_kind import_boards = {
    "boards", sizeof(struct import_record), 500, begin_boards, read_row, store_row};
const struct import_kind import_regions = {
    "regions", sizeof(struct import_record), 500, begin_regions, read_row, store_row};
