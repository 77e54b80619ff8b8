/* SPDX-License-Identifier: MIT */
/*
 * import_link.c - where organisations belong, since when, and who took over from whom.
 *
 * Three sources end here: the place that a file of organisations gives each (since when follows
 * from rules), a file of links with their days, and a file of successions.
 */
#include <string.h>

#include "platform/base/text.h"
#include "platform/base/time.h"
#include "programme/directory/directory.sql.h"
#include "programme/directory/import.h"
#include "programme/directory/import.sql.h"

static const char *later(const char *a, const char *b)
{
    return strcmp(a, b) >= 0 ? a : b;
}

static enum status day_before(struct import *import, const char *day, const char **out)
{
    return time_day_add(import->ctx->mem, day, (struct time_step){.days = -1}, out);
}

/* The first day for which the file's word can be taken. */
static enum status first_day(struct import *import, const struct import_link *in, int64_t target_id,
                             const char **out)
{
    struct directory_record_by_id_row target;
    struct directory_predecessors_row *rows;
    size_t count;
    TRY(directory_record_by_id(import->ctx, target_id, &target));
    TRY(directory_predecessors(import->ctx, target_id, 1, &rows, &count));
    *out = later(in->opened_on, target.opened_on);
    if (count > 0)
        *out = later(*out, rows[0].on_day);
    /* Of regions no days are known: a board has been in its region all along, another organisation
     * at least on the day of the file. */
    if (strcmp(in->relation, "region") == 0 && in->stands_for[0] == '\0')
        *out = later(*out, import->as_at);
    if ((*out)[0] == '\0')
        *out = import->as_at;
    return OK;
}

/* The links of one relation, newest first: the one that stands and the last that ended. */
struct standing {
    const struct directory_link_rows_row *open, *ended;
};

static enum status find_standing(struct import *import, const struct import_link *in,
                                 struct standing *out)
{
    struct directory_link_rows_row *rows;
    size_t count;
    *out = (struct standing){0};
    TRY(directory_link_rows(import->ctx, in->organisation_id, DIRECTORY_ROWS_MAX, &rows, &count));
    for (size_t i = count; i-- > 0;) {
        if (strcmp(rows[i].relation, in->relation) != 0)
            continue;
        if (rows[i].to_on[0] == '\0')
            out->open = &rows[i];
        else
            out->ended = &rows[i];
    }
    return OK;
}

/* It has moved: on the day its old place ended, if that has ended, else by the day of the file. */
static enum status moved_on(struct import *import, const struct directory_link_rows_row *open,
                            const char *first, const char **out)
{
    struct directory_record_by_id_row old;
    TRY(directory_record_by_id(import->ctx, open->target_id, &old));
    bool has_ended = old.closed_on[0] != '\0' && strcmp(old.closed_on, import->as_at) < 0;
    *out = has_ended && strcmp(first, open->from_on) > 0 ? first : import->as_at;
    return OK;
}

static enum status replace(struct import *import, const struct import_link *in, int64_t target_id,
                           const struct directory_link_rows_row *open, const char *first)
{
    struct ctx *ctx = import->ctx;
    const char *from_on, *last_on;
    int64_t changes;
    TRY(moved_on(import, open, first, &from_on));
    TRY(day_before(import, from_on, &last_on));
    TRY(directory_import_link_drop(ctx, in->organisation_id, in->relation, open->from_on,
                                   import->id, &changes));
    TRY(directory_import_link_add(ctx, in->organisation_id, in->relation, open->target_id,
                                  open->from_on, last_on, import->id, &changes));
    return directory_import_link_add(ctx, in->organisation_id, in->relation, target_id, from_on, "",
                                     import->id, &changes);
}

enum status import_link_store(struct import *import, const struct import_link *in,
                              bool *changed_out)
{
    int64_t target_id, changes;
    struct standing standing;
    const char *first;
    TRY(import_id_of(import, in->target, &target_id));
    if (target_id == 0) {
        import_remark(import, in->column, "There is no %s with the code %s here; it was left out",
                      in->relation, in->target);
        return OK;
    }
    TRY(find_standing(import, in, &standing));
    if (standing.open != NULL && standing.open->target_id == target_id)
        return OK;
    TRY(first_day(import, in, target_id, &first));
    if (in->closed_on[0] != '\0' && strcmp(first, in->closed_on) > 0)
        return OK; /* the place of today of what closed before it */
    if (standing.open != NULL && strcmp(standing.open->from_on, import->as_at) >= 0) {
        import_remark(import, in->column, "A newer file says that it belongs to %s",
                      standing.open->target_code);
        return OK;
    }
    *changed_out = true;
    if (standing.open != NULL)
        return replace(import, in, target_id, standing.open, first);
    if (standing.ended != NULL && strcmp(first, standing.ended->to_on) <= 0)
        first = import->as_at;
    return directory_import_link_add(import->ctx, in->organisation_id, in->relation, target_id,
                                     first, "", import->id, &changes);
}

/* ---- a file of links ---- */

enum link_column { ORGANISATION, BOARD, REGION, FROM_ON, TO_ON, LINK_COLUMNS };

static const struct import_column link_columns[LINK_COLUMNS] = {
    [ORGANISATION] = {{"organisation", "organisation_code"}, true},
    [BOARD] = {{"board"}, false},
    [REGION] = {{"region"}, false},
    [FROM_ON] = {{"from_on"}, true},
    [TO_ON] = {{"to_on"}, true},
};

struct link_record {
    const char *organisation, *target;
    const char *from_on, *to_on;
};

static enum status begin_links(struct import *import, int file)
{
    import->report->layout = "Table of links with their days";
    TRY(import_open(import, file, link_columns, LINK_COLUMNS));
    import->relation = import->columns[BOARD] >= 0 ? "board" : "region";
    if (import->columns[BOARD] >= 0 || import->columns[REGION] >= 0)
        return OK;
    import->report->file_problem = "The file has neither a column \"board\" nor \"region\"";
    return ctx_fail(import->ctx, ERR_INVALID, "the file of links names no relation");
}

static enum status read_link(struct import *import, const struct csv_row *row, void *record)
{
    struct link_record *out = record;
    int target = import->columns[import->columns[BOARD] >= 0 ? BOARD : REGION];
    TRY(import_code(import, row, import->columns[ORGANISATION], &out->organisation));
    TRY(import_code(import, row, target, &out->target));
    TRY(import_day(import, row, import->columns[FROM_ON], &out->from_on));
    TRY(import_day(import, row, import->columns[TO_ON], &out->to_on));
    if (out->from_on[0] == '\0')
        return import_refuse(import, import->columns[FROM_ON], "There is no first day here");
    if (out->to_on[0] != '\0' && strcmp(out->to_on, out->from_on) < 0)
        return import_refuse(import, import->columns[TO_ON], "It ends before it begins");
    return OK;
}

static enum status known_code(struct import *import, int column, const char *code, int64_t *out)
{
    TRY(import_id_of(import, code, out));
    if (*out == 0)
        return import_refuse(import, column, "There is no organisation with the code %s here",
                             code);
    return OK;
}

static bool overlap(const struct directory_link_rows_row *row, const struct link_record *in)
{
    bool begins_after = in->to_on[0] != '\0' && strcmp(row->from_on, in->to_on) > 0;
    bool ends_before = row->to_on[0] != '\0' && strcmp(row->to_on, in->from_on) < 0;
    return !begins_after && !ends_before;
}

static enum status store_link(struct import *import, const void *record, enum import_outcome *out)
{
    const struct link_record *in = record;
    struct directory_link_rows_row *rows;
    size_t count;
    int64_t id, target_id, changes;
    TRY(known_code(import, import->columns[ORGANISATION], in->organisation, &id));
    TRY(known_code(import, import->columns[import->columns[BOARD] >= 0 ? BOARD : REGION],
                   in->target, &target_id));
    TRY(directory_link_rows(import->ctx, id, DIRECTORY_ROWS_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].relation, import->relation) != 0 || !overlap(&rows[i], in))
            continue;
        if (rows[i].target_id == target_id && strcmp(rows[i].from_on, in->from_on) == 0 &&
            strcmp(rows[i].to_on, in->to_on) == 0)
            return OK;
        return import_refuse(import, import->columns[FROM_ON],
                             "It is known to have belonged to %s then", rows[i].target_code);
    }
    *out = IMPORT_ADDED;
    return directory_import_link_add(import->ctx, id, import->relation, target_id, in->from_on,
                                     in->to_on, import->id, &changes);
}

const struct import_kind import_links = {
    "links", sizeof(struct link_record), 500, begin_links, read_link, store_link};

/* ---- a file of successions ---- */

enum succession_column { PREDECESSOR, SUCCESSOR, ON, KIND, SUCCESSION_COLUMNS };

static const struct import_column succession_columns[SUCCESSION_COLUMNS] = {
    [PREDECESSOR] = {{"predecessor", "predecessor_code", "predecessor_ods_code"}, true},
    [SUCCESSOR] = {{"successor", "successor_code", "successor_ods_code"}, true},
    [ON] = {{"on", "on_day"}, true},
    [KIND] = {{"kind"}, true},
};

struct succession_record {
    const char *predecessor, *successor, *on_day, *kind;
};

static enum status begin_successions(struct import *import, int file)
{
    import->report->layout = "Table of successions";
    return import_open(import, file, succession_columns, SUCCESSION_COLUMNS);
}

static enum status read_succession(struct import *import, const struct csv_row *row, void *record)
{
    static const char *const known[] = {"merger", "split", "acquisition"};
    struct succession_record *out = record;
    const char *kind;
    TRY(import_code(import, row, import->columns[PREDECESSOR], &out->predecessor));
    TRY(import_code(import, row, import->columns[SUCCESSOR], &out->successor));
    TRY(import_day(import, row, import->columns[ON], &out->on_day));
    TRY(import_text(import, row, import->columns[KIND], 40, &kind));
    if (out->on_day[0] == '\0')
        return import_refuse(import, import->columns[ON], "There is no day here");
    if (strcmp(out->predecessor, out->successor) == 0)
        return import_refuse(import, import->columns[SUCCESSOR], "It cannot follow itself");
    kind = text_fold(import->ctx->mem, kind);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i], kind) == 0)
            out->kind = known[i];
    if (out->kind == NULL)
        return import_refuse(import, import->columns[KIND],
                             "\"%s\" is none of merger, split and acquisition", kind);
    return OK;
}

static enum status store_succession(struct import *import, const void *record,
                                    enum import_outcome *out)
{
    const struct succession_record *in = record;
    struct directory_import_succession_is_known_row *rows;
    size_t count;
    int64_t predecessor, successor, changes;
    TRY(known_code(import, import->columns[PREDECESSOR], in->predecessor, &predecessor));
    TRY(known_code(import, import->columns[SUCCESSOR], in->successor, &successor));
    TRY(directory_import_succession_is_known(import->ctx, predecessor, successor, in->on_day,
                                             in->kind, &rows, &count));
    if (count > 0)
        return OK;
    TRY(directory_import_succession_drop(import->ctx, predecessor, successor, import->id,
                                         &changes));
    *out = changes > 0 ? IMPORT_CHANGED : IMPORT_ADDED;
    return directory_import_succession_add(import->ctx, predecessor, successor, in->on_day,
                                           in->kind, import->id, &changes);
}

const struct import_kind import_successions = {
    "successions",   sizeof(struct succession_record), 500, begin_successions, read_succession,
    store_succession};
