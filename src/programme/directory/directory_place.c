/* SPDX-License-Identifier: MIT */
/*
 * directory_place.c - where an organisation belonged on a day.
 *
 * The answer is worked out as a set of places that are possible on the day.  A link that holds
 * gives one.  Without it, the nearest later link is followed back and the nearest earlier one
 * forward through mergers and splits.  One possible place is an answer; several are "not known".
 */
#include "programme/directory/directory.h"

#include "platform/base/time.h"
#include "programme/directory/directory.sql.h"

#include <string.h>

enum { POSSIBLE_MAX = 64, STEPS_MAX = 8 };

/* DIRECTORY_NONE has no ids; DIRECTORY_NOT_KNOWN has all that are possible, which may be none. */
struct possible {
    enum directory_known known;
    int64_t ids[POSSIBLE_MAX];
    size_t count;
    bool is_worked_out;
};

static void add(struct possible *possible, int64_t id)
{
    for (size_t i = 0; i < possible->count; i++)
        if (possible->ids[i] == id)
            return;
    if (possible->count < POSSIBLE_MAX)
        possible->ids[possible->count++] = id;
}

static bool has_begun(const struct organisation *it, const char *day)
{
    return strcmp(it->opened_on, day) <= 0; /* "" comes first: taken as begun */
}

static bool has_ended(const struct organisation *it, const char *day)
{
    return it->closed_on[0] != '\0' && strcmp(it->closed_on, day) < 0;
}

/* Adds what can have been in the place of id on an earlier day: itself while it existed, and those
 * that it took over from since. */
static enum status go_back(struct ctx *ctx, int64_t id, const char *day, int steps,
                           struct possible *out)
{
    struct organisation it;
    struct directory_predecessors_row *rows;
    size_t count;
    TRY(directory_get(ctx, (struct organisation_id){id}, &it));
    if (has_begun(&it, day) && !has_ended(&it, day))
        add(out, id);
    TRY(directory_predecessors(ctx, id, DIRECTORY_ROWS_MAX, &rows, &count));
    for (size_t i = 0; i < count && steps > 0; i++)
        if (strcmp(rows[i].on_day, day) > 0)
            TRY(go_back(ctx, rows[i].id, day, steps - 1, out));
    return OK;
}

/* Adds what took the place of id by a later day. */
static enum status go_on(struct ctx *ctx, int64_t id, const char *day, int steps,
                         struct possible *out)
{
    struct organisation it;
    struct directory_successors_row *rows;
    size_t count;
    TRY(directory_get(ctx, (struct organisation_id){id}, &it));
    if (!has_ended(&it, day)) {
        add(out, id);
        return OK;
    }
    TRY(directory_successors(ctx, id, DIRECTORY_ROWS_MAX, &rows, &count));
    for (size_t i = 0; i < count && steps > 0; i++)
        if (strcmp(rows[i].on_day, day) <= 0)
            TRY(go_on(ctx, rows[i].id, day, steps - 1, out));
    return OK;
}

struct nearest {
    const struct directory_link_rows_row *holding, *later, *earlier;
};

/* rows are newest first. */
static struct nearest find_nearest(const struct directory_link_rows_row *rows, size_t count,
                                   const char *relation, const char *day)
{
    struct nearest found = {0};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].relation, relation) != 0)
            continue;
        if (strcmp(rows[i].from_on, day) > 0)
            found.later = &rows[i];
        else if (rows[i].to_on[0] == '\0' || strcmp(day, rows[i].to_on) <= 0)
            found.holding = &rows[i];
        else if (found.earlier == NULL)
            found.earlier = &rows[i];
    }
    return found;
}

static enum status follow(struct ctx *ctx, const struct nearest *nearest, const char *day,
                          struct possible *out)
{
    if (nearest->holding != NULL) {
        TRY(go_on(ctx, nearest->holding->target_id, day, STEPS_MAX, out));
        out->is_worked_out = out->count != 1 || out->ids[0] != nearest->holding->target_id;
        return OK;
    }
    out->is_worked_out = true;
    if (nearest->later != NULL)
        TRY(go_back(ctx, nearest->later->target_id, day, STEPS_MAX, out));
    if (out->count == 0 && nearest->earlier != NULL)
        TRY(go_on(ctx, nearest->earlier->target_id, day, STEPS_MAX, out));
    return OK;
}

/* Whether there was anything at all to belong to. */
static enum status had_places(struct ctx *ctx, const char *relation, const char *day, bool *out)
{
    struct directory_places_first_row *rows;
    size_t count;
    TRY(directory_places_first(ctx, relation, &rows, &count));
    *out = count == 0 || strcmp(rows[0].opened_on, day) <= 0;
    return OK;
}

static enum status find_places(struct ctx *ctx, const struct organisation *it, const char *relation,
                               const char *day, struct possible *out)
{
    struct directory_link_rows_row *rows;
    size_t count;
    bool is_possible;
    *out = (struct possible){.known = DIRECTORY_NONE};
    if (!has_begun(it, day) || has_ended(it, day))
        return OK;
    if (strcmp(it->stands_for, relation) == 0) {
        add(out, it->id.n);
        out->known = DIRECTORY_KNOWN;
        return OK;
    }
    TRY(had_places(ctx, relation, day, &is_possible));
    TRY(directory_link_rows(ctx, it->id.n, DIRECTORY_ROWS_MAX, &rows, &count));
    struct nearest nearest = find_nearest(rows, count, relation, day);
    bool has_any = nearest.holding != NULL || nearest.later != NULL || nearest.earlier != NULL;
    if (!is_possible || !has_any)
        return OK;
    TRY(follow(ctx, &nearest, day, out));
    out->known = out->count == 1 ? DIRECTORY_KNOWN : DIRECTORY_NOT_KNOWN;
    return OK;
}

static enum status fill(struct ctx *ctx, int64_t id, bool is_worked_out, const char *day,
                        struct directory_place *out)
{
    struct organisation it;
    TRY(directory_get(ctx, (struct organisation_id){id}, &it));
    *out = (struct directory_place){DIRECTORY_KNOWN, it.id, it.code, it.name, is_worked_out};
    return directory_name_on(ctx, it.id, day, &out->name);
}

enum status directory_organisation_on(struct ctx *ctx, struct organisation_id id, const char *day,
                                      struct directory_place *out)
{
    struct directory_link_rows_row *rows;
    size_t count;
    *out = (struct directory_place){.known = DIRECTORY_NONE};
    TRY(directory_link_rows(ctx, id.n, DIRECTORY_ROWS_MAX, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].relation, DIRECTORY_PART_OF) == 0 && strcmp(rows[i].from_on, day) <= 0 &&
            (rows[i].to_on[0] == '\0' || strcmp(day, rows[i].to_on) <= 0))
            return fill(ctx, rows[i].target_id, false, day, out);
    return OK;
}

enum status directory_lies_in(struct ctx *ctx, const char *code, const char *area, const char *day,
                              bool *out)
{
    struct directory_within_row_row row;
    TRY(directory_within_row(ctx, code, area, day, &row));
    *out = row.places > 0;
    return OK;
}

/* The one whose place counts: of a site, the organisation that it is a part of. */
static enum status get_placed(struct ctx *ctx, struct organisation_id id, const char *day,
                              struct organisation *out)
{
    struct directory_place whole;
    TRY(directory_get(ctx, id, out));
    if (strcmp(out->stands_for, DIRECTORY_SITE) != 0)
        return OK;
    TRY(directory_organisation_on(ctx, id, day, &whole));
    return whole.known == DIRECTORY_KNOWN ? directory_get(ctx, whole.id, out) : OK;
}

enum status directory_board_on(struct ctx *ctx, struct organisation_id id, const char *day,
                               struct directory_place *out)
{
    struct organisation it;
    struct possible boards;
    *out = (struct directory_place){.known = DIRECTORY_NONE};
    TRY(get_placed(ctx, id, day, &it));
    TRY(find_places(ctx, &it, "board", day, &boards));
    out->known = boards.known;
    return out->known == DIRECTORY_KNOWN ? fill(ctx, boards.ids[0], boards.is_worked_out, day, out)
                                         : OK;
}

/* The region that all of these boards were in; 0 when they were not in one. */
static enum status shared_region(struct ctx *ctx, const struct possible *boards, const char *day,
                                 int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < boards->count; i++) {
        struct organisation board;
        struct possible regions;
        TRY(directory_get(ctx, (struct organisation_id){boards->ids[i]}, &board));
        TRY(find_places(ctx, &board, "region", day, &regions));
        if (regions.known != DIRECTORY_KNOWN || (i > 0 && *out != regions.ids[0])) {
            *out = 0;
            return OK;
        }
        *out = regions.ids[0];
    }
    return OK;
}

enum status directory_region_on(struct ctx *ctx, struct organisation_id id, const char *day,
                                struct directory_place *out)
{
    struct organisation it;
    struct possible boards, regions;
    int64_t region;
    *out = (struct directory_place){.known = DIRECTORY_NONE};
    TRY(get_placed(ctx, id, day, &it));
    TRY(find_places(ctx, &it, "board", day, &boards));
    TRY(shared_region(ctx, &boards, day, &region));
    if (region != 0) {
        bool is_worked_out = boards.known != DIRECTORY_KNOWN || boards.is_worked_out;
        return fill(ctx, region, is_worked_out, day, out);
    }
    TRY(find_places(ctx, &it, "region", day, &regions));
    out->known = regions.known;
    if (out->known == DIRECTORY_KNOWN)
        return fill(ctx, regions.ids[0], regions.is_worked_out, day, out);
    if (boards.known == DIRECTORY_NOT_KNOWN)
        out->known = DIRECTORY_NOT_KNOWN;
    return OK;
}

/* ---- for the page of an organisation ---- */

static bool follows(struct mem *mem, const char *to_on, const char *from_on)
{
    const char *next;
    return time_day_add(mem, to_on, (struct time_step){.days = 1}, &next) == OK &&
           strcmp(next, from_on) == 0;
}

/* The last added of that relation, which is the one that came next in time; NULL: none. */
static struct directory_period *newest_of(struct directory_period *periods, size_t count,
                                          const char *relation)
{
    while (count-- > 0)
        if (strcmp(periods[count].relation, relation) == 0)
            return &periods[count];
    return NULL;
}

enum status directory_periods(struct ctx *ctx, struct organisation_id id,
                              struct directory_period **out, size_t *count_out)
{
    struct organisation it;
    struct directory_link_rows_row *rows;
    size_t row_count, count = 0;
    TRY(directory_get(ctx, id, &it));
    TRY(directory_link_rows(ctx, id.n, DIRECTORY_ROWS_MAX, &rows, &row_count));
    *out = mem_array(ctx->mem, struct directory_period, row_count);
    for (size_t i = 0; i < row_count; i++) {
        const char *to_on = rows[i].to_on[0] != '\0' ? rows[i].to_on : it.closed_on;
        struct directory_period *newer = newest_of(*out, count, rows[i].relation);
        if (newer != NULL && strcmp(newer->code, rows[i].target_code) == 0 &&
            follows(ctx->mem, to_on, newer->from_on)) {
            newer->from_on = rows[i].from_on;
            continue;
        }
        struct organisation_id target = {rows[i].target_id};
        const char *name;
        TRY(directory_name_on(ctx, target, rows[i].from_on, &name));
        (*out)[count++] = (struct directory_period){rows[i].relation, rows[i].target_code, name,
                                                    rows[i].from_on, to_on};
    }
    *count_out = count;
    return OK;
}

static enum status add_succession(struct ctx *ctx, int64_t id, struct directory_succession *out)
{
    struct organisation other;
    TRY(directory_get(ctx, (struct organisation_id){id}, &other));
    out->name = other.name;
    return OK;
}

enum status directory_successions(struct ctx *ctx, struct organisation_id id,
                                  struct directory_succession **out, size_t *count_out)
{
    struct directory_successors_row *after;
    struct directory_predecessors_row *before;
    size_t after_count, before_count, count = 0;
    TRY(directory_successors(ctx, id.n, DIRECTORY_ROWS_MAX, &after, &after_count));
    TRY(directory_predecessors(ctx, id.n, DIRECTORY_ROWS_MAX, &before, &before_count));
    *out = mem_array(ctx->mem, struct directory_succession, after_count + before_count);
    for (size_t i = 0; i < after_count; i++) {
        (*out)[count] = (struct directory_succession){true, after[i].code, NULL, after[i].on_day,
                                                      after[i].kind};
        TRY(add_succession(ctx, after[i].id, &(*out)[count++]));
    }
    for (size_t i = 0; i < before_count; i++) {
        (*out)[count] = (struct directory_succession){false, before[i].code, NULL, before[i].on_day,
                                                      before[i].kind};
        TRY(add_succession(ctx, before[i].id, &(*out)[count++]));
    }
    *count_out = count;
    return OK;
}

const char *directory_choice_name(const struct directory_choice *choices, size_t count,
                                  const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(choices[i].code, code) == 0)
            return choices[i].name;
    return NULL;
}

enum status directory_places(struct ctx *ctx, const char *relation, const char *day,
                             struct directory_choice **out, size_t *count_out)
{
    struct directory_place_rows_row *rows;
    TRY(directory_place_rows(ctx, relation, day, DIRECTORY_ROWS_MAX, &rows, count_out));
    *out = mem_array(ctx->mem, struct directory_choice, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct directory_choice){rows[i].code, rows[i].name};
    return OK;
}
