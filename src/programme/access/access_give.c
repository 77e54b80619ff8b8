/* SPDX-License-Identifier: MIT */
/*
 * access_give.c - who may give which role where, who has one, and where a role lies.
 */
#include "platform/base/time.h"
#include "platform/store/store.h"
#include "programme/access/access.h"
#include "programme/access/access.sql.h"
#include "programme/access/access_internal.h"
#include "programme/access/policy.h"
#include "programme/directory/directory.h"

#include <string.h>

/* ---- areas ---- */

/* What stands for nothing in the structure is an organisation. */
static enum access_level level_by(const char *stands_for)
{
    enum access_level level = access_level_of(stands_for);
    return level == ACCESS_NATIONAL || strcmp(stands_for, access_level_code(level)) != 0
               ? ACCESS_ORGANISATION
               : level;
}

static const char *code_of(const struct directory_place *place)
{
    return place->known == DIRECTORY_KNOWN ? place->code : "";
}

static enum status find_places(struct ctx *ctx, struct access_area *area)
{
    struct directory_place board, region;
    struct organisation_id id = {area->organisation_id};
    const char *today = time_day_of(ctx->mem, ctx->now_secs);
    if (area->level != ACCESS_REGION) {
        TRY(directory_board_on(ctx, id, today, &board));
        area->board = code_of(&board);
    }
    TRY(directory_region_on(ctx, id, today, &region));
    area->region = code_of(&region);
    return OK;
}

enum status access_area_find(struct ctx *ctx, const char *code, struct access_area *out)
{
    struct access_area_row_row row;
    *out = (struct access_area){
        .code = code, .name = "", .level = ACCESS_NATIONAL, .board = "", .region = ""};
    if (code[0] == '\0')
        return OK;
    TRY(access_area_row(ctx, code, &row));
    out->name = row.name;
    out->level = level_by(row.stands_for);
    out->organisation_id = row.id;
    return find_places(ctx, out);
}

/* ---- giving ---- */

static enum status check_post(struct ctx *ctx, const struct access_post *post,
                              struct access_area *area_out)
{
    const struct access_role *role = access_role_of(post->role);
    if (role == NULL)
        return ctx_fail(ctx, ERR_INVALID, "there is no role \"%s\"", post->role);
    enum status status = access_area_find(ctx, post->area, area_out);
    if (status == ERR_NOT_FOUND)
        return ctx_fail(ctx, ERR_INVALID, "there is no organisation or area \"%s\"", post->area);
    TRY(status);
    if ((role->levels & (1u << area_out->level)) == 0)
        return ctx_fail(ctx, ERR_INVALID, "the role \"%s\" is not for an area of that level",
                        post->role);
    return OK;
}

/* Everywhere lies only in what reaches everywhere. */
static enum status holds_area(struct ctx *ctx, const char *scope, const char *area, bool *out)
{
    *out = scope == NULL;
    if (*out || area[0] == '\0')
        return OK;
    return access_scope_holds(ctx, scope, area, out);
}

enum status access_check_give(struct ctx *ctx, const struct access_post *post,
                              struct access_granted *out)
{
    struct access_person person;
    struct access_area area;
    TRY(check_post(ctx, post, &area));
    TRY(access_asker_roles(ctx, &person));
    for (size_t i = 0; i < person.grant_count; i++) {
        bool holds;
        if (policy_may(&person.grants[i], 1, 0, MAY_GIVE_ROLES, out) != OK ||
            !access_gives(out->role, post->role))
            continue;
        TRY(holds_area(ctx, out->scope, post->area, &holds));
        if (holds)
            return OK;
    }
    return ERR_FORBIDDEN;
}

enum status access_grant_get(struct ctx *ctx, int64_t grant_id, struct person_id *person_out,
                             struct access_grant *out)
{
    struct access_grant_row_row row;
    TRY(access_grant_row(ctx, grant_id, &row));
    *person_out = (struct person_id){row.person_id};
    *out = (struct access_grant){.id = grant_id,
                                 .role = access_role_of(row.role),
                                 .level = access_level_of(row.level),
                                 .area = row.area,
                                 .area_name = row.area,
                                 .from_on = row.from_on,
                                 .until_on = row.until_on != NULL ? row.until_on : ""};
    return out->role != NULL ? OK : ERR_NOT_FOUND; /* of another release of the program */
}

struct stopping {
    int64_t grant_id;
};

static enum status stop_once(struct ctx *ctx, void *arg)
{
    int64_t changes;
    const struct stopping *stopping = arg;
    struct person_id person;
    struct access_grant grant;
    TRY(access_grant_get(ctx, stopping->grant_id, &person, &grant));
    TRY(access_grant_end(ctx, grant.id, time_day_of(ctx->mem, ctx->now_secs), &changes));
    if (changes == 0)
        return OK;
    return access_note(
        ctx, &(const struct access_deed){"access.ended", person, grant.role->code, grant.area});
}

enum status access_grant_stop(struct ctx *ctx, int64_t grant_id)
{
    struct stopping stopping = {grant_id};
    return store_transact(ctx, "access_grant_stop", stop_once, &stopping);
}

/* ---- who has a role ---- */

enum status access_holders(struct ctx *ctx, const struct access_post *post, int at_most,
                           struct access_holder **out, size_t *count_out)
{
    struct access_holder_rows_row *rows;
    TRY(access_holder_rows(ctx, post->role, post->area, time_day_of(ctx->mem, ctx->now_secs),
                           at_most, &rows, count_out));
    *out = mem_array(ctx->mem, struct access_holder, *count_out);
    for (size_t i = 0; i < *count_out; i++)
        (*out)[i] = (struct access_holder){{rows[i].person_id}, rows[i].email, rows[i].name};
    return OK;
}
